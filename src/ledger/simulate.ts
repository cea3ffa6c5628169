/**
 * The ledger against a plain model of it, with several clients at once: drawn operations go to both, and both must answer
 * the same; after each round every invariant of db/checks holds, the chain verifies, and every account holds on three days
 * what the model says. A client knows what its own accounts must answer. On the account with a floor that all share only
 * whether there was enough is left open: what happened there is written down as it was answered, and the invariants judge it.
 * A difference names its seed, client and operation, and is shrunk to a short list on a fresh place, one operation after another.
 */
import { addDays } from "../lib/day.ts";
import { openPlace } from "../places/index.ts";
import type { Database } from "../platform/database/index.ts";
import { type House, perform } from "../platform/use-case/index.ts";
import { type ModelLedger, openModel } from "./domain/model-ledger.ts";
import { shrink } from "./domain/model-ledger-shrink.ts";
import {
  accountsOf,
  drawClient,
  drawKeeper,
  type Era,
  FIRST_DAY,
  limitedAccount,
  type Operation,
  type SimulatedAccount,
  sharedAccounts,
} from "./simulate-operations.ts";
import { type Answer, openSimulatedLedger, type SimulatedLedger } from "./simulate-store.ts";
import { verifyLedger } from "./verify-ledger.ts";

/** Of a scratch database: places are opened in it, and nothing of anyone's. */
type Scratch = { readonly house: House; readonly database: Database };

export type Simulation = {
  /** Lends a scratch house while places are simulated in it. */
  readonly inHouse: (work: (scratch: Scratch) => Promise<void>) => Promise<void>;
  /** On how many places before the next house: the standing checks read the rows of every place that a house has. */
  readonly erasInHouse: number;
  readonly seed: bigint;
  readonly operations: number;
  readonly clients: number;
  /** How many operations all clients together do before everything is checked; and on one place. */
  readonly round: number;
  readonly era: number;
  readonly say: (line: string) => void;
  /** Tests put a ledger that lies in place of the real one. */
  readonly openLedger?: (database: Database, placeId: number) => SimulatedLedger;
};

export type Simulated = {
  readonly operations: number;
  readonly transfers: number;
  /** How often each kind of operation had each outcome. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly rounds: number;
  readonly checks: number;
  readonly differences: readonly string[];
};

/** Who, which of theirs, and what; client 0 keeps the periods. */
type Step = { readonly client: number; readonly number: number; readonly operation: Operation };
type Difference = { readonly step: Step; readonly expected: string; readonly answered: string };
type World = {
  readonly era: Era;
  readonly slug: string;
  readonly ledger: SimulatedLedger;
  readonly model: ModelLedger;
  readonly accounts: readonly SimulatedAccount[];
};
type Simulating = Simulation & Scratch;
type Counted = {
  operations: number;
  transfers: number;
  rounds: number;
  checks: number;
  outcomes: Map<string, number>;
};

export async function simulateLedger(the: Simulation): Promise<Simulated> {
  const counted: Counted = { operations: 0, transfers: 0, rounds: 0, checks: 0, outcomes: new Map() };
  let differences: readonly string[] = [];
  let era = 0;
  const going = () => counted.operations < the.operations && differences.length === 0;
  while (going())
    await the.inHouse(async (scratch) => {
      for (const last = era + the.erasInHouse; era < last && going(); ) {
        era += 1;
        const simulating = { ...the, ...scratch };
        differences = await simulateEra(simulating, { era: { seed: the.seed, era, clients: the.clients }, counted });
      }
    });
  return { ...counted, differences };
}

async function simulateEra(
  the: Simulating,
  { era, counted }: { readonly era: Era; readonly counted: Counted },
): Promise<readonly string[]> {
  const world = await openWorld(the, era);
  const drawers = Array.from({ length: era.clients }, (_, index) => drawClient(era, index + 1));
  const keeper = drawKeeper(era);
  const steps: Step[] = [];
  const before = counted.operations;
  for (let round = 0; counted.operations < the.operations && counted.operations - before < the.era; round += 1) {
    const each = Math.max(1, Math.ceil(Math.min(the.round, the.operations - counted.operations) / era.clients));
    const drawn = drawers.map((draw, index) =>
      Array.from({ length: each }, (_, at) => ({
        client: index + 1,
        number: round * Math.ceil(the.round / era.clients) + at + 1,
        operation: draw(),
      })),
    );
    steps.push(...drawn.flat());
    const found = await playTogether(world, { drawn, counted });
    if (found !== null) return explain(the, { world, steps, found });
    const kept = keeper().map((operation, at) => ({ client: 0, number: round * 10 + at + 1, operation }));
    steps.push(...kept);
    const difference = await playAlone(world, { steps: kept, counted });
    if (difference !== null) return explain(the, { world, steps, found: difference });
    const broken = await checkAll(the, world);
    counted.rounds += 1;
    counted.checks += broken.checks;
    if (broken.found !== null) return [`seed ${the.seed}, place ${era.era}, after round ${round + 1}: ${broken.found}`];
    the.say(
      `place ${era.era}, round ${round + 1}: ${counted.operations} operations, ${counted.transfers} transfers, all answers the same, ${broken.checks} invariants hold`,
    );
  }
  return [];
}

let opened = 0;

async function openWorld(the: Simulating, era: Era): Promise<World> {
  opened += 1;
  const slug = `simulated-${opened}-${era.era}`;
  const input = { slug, name: "A simulated place", councils: ["E08000006"] };
  const place = await perform(the.house, openPlace, { credential: { kind: "operator" }, language: "en", input });
  if (!place.ok) throw new Error(`the scratch place was not opened: ${place.refusal.code}`);
  const accounts = [
    ...sharedAccounts(era),
    ...Array.from({ length: era.clients }, (_, index) => accountsOf(era, index + 1)).flat(),
  ];
  const ledger = (the.openLedger ?? openSimulatedLedger)(the.database, place.value.placeId);
  await ledger.open(accounts);
  const model = openModel(accounts.map((one) => ({ ...one, days: new Map(), held: 0n, reserved: 0n })));
  return { era, slug, ledger, model, accounts };
}

/** All clients at once, each one after another of its own; each seals now and then, while the others post. */
async function playTogether(
  world: World,
  { drawn, counted }: { readonly drawn: readonly (readonly Step[])[]; readonly counted: Counted },
): Promise<Difference | null> {
  const found = await Promise.all(drawn.map((steps) => playAlone(world, { steps, counted, together: true })));
  return found.find((one) => one !== null) ?? null;
}

const SEALED_EVERY = 50;

async function playAlone(
  world: World,
  {
    steps,
    counted,
    together,
  }: { readonly steps: readonly Step[]; readonly counted?: Counted; readonly together?: true },
): Promise<Difference | null> {
  for (const step of steps) {
    const allowed = expect(world, step.operation, together === true);
    const answer = await world.ledger.carryOut(step.operation).catch((error: unknown) => ({ outcome: String(error) }));
    const answered = words(answer);
    if (!allowed.includes(answered) && !allowed.includes(`${answer.outcome} there`))
      return { step, expected: allowed.join(" or "), answered };
    const made = settle(world.model, step.operation, answer);
    if (counted === undefined) continue;
    if (step.number % SEALED_EVERY === step.client) await world.ledger.seal();
    const name = `${step.operation.kind}: ${answer.outcome}`;
    counted.outcomes.set(name, (counted.outcomes.get(name) ?? 0) + 1);
    counted.transfers += made;
    counted.operations += 1;
  }
  return null;
}

const LACKS = ["insufficient_funds", "insufficient_funds_then"];
const OPEN_THERE = ["posted", "too_large", "insufficient_funds_then"];

/** The answers that are right. Alone, exactly one; together, whether the shared account had enough is not known before. */
function expect({ model, era }: World, operation: Operation, together: boolean): readonly string[] {
  if (operation.kind !== "transfer") return foresee(model, operation).map(words);
  const { transfer } = operation;
  const limited = limitedAccount(era);
  if (!together) return [words(model.post(transfer))];
  const answer = model.post(transfer, new Set([limited]));
  const touches = model.touches(transfer, limited);
  return touches && OPEN_THERE.includes(answer.outcome)
    ? [words(answer), ...LACKS.map((outcome) => `${outcome} there`)]
    : [words(answer)];
}

function foresee(model: ModelLedger, operation: Exclude<Operation, { kind: "transfer" }>): readonly Answer[] {
  switch (operation.kind) {
    case "batch": {
      const { fresh: _, lackingOn, ...answer } = model.batch(operation.transfers, operation.soft);
      return lackingOn === undefined ? [answer] : lackingOn.map((lowestOn) => ({ ...answer, lowestOn }));
    }
    case "reserve":
      return [model.canReserve(operation.reservation)];
    case "end":
      return [{ outcome: "freed", availablePence: model.reservedFor(operation.record) }];
    case "close":
      return [{ outcome: model.canClose(operation.period) }];
    case "reopen":
      return [{ outcome: model.canReopen(operation) ? "reopened" : "not_soft" }];
  }
}

/** Writes down in the model what was answered; gives how many transfers were made. */
function settle(model: ModelLedger, operation: Operation, { outcome }: Answer): number {
  if (operation.kind === "reserve" && outcome === "reserved") model.reserve(operation.reservation);
  if (operation.kind === "end") model.end(operation.record);
  if (operation.kind === "close" && (outcome === "soft" || outcome === "hard")) model.close(operation.period);
  if (operation.kind === "reopen" && outcome === "reopened") model.reopen(operation);
  if (outcome !== "posted") return 0;
  const posted = operation.kind === "transfer" ? [operation.transfer] : [];
  const all = operation.kind === "batch" ? operation.transfers : posted;
  const fresh = all.filter(({ transferId }) => !model.has(transferId));
  for (const transfer of fresh) model.keep(transfer);
  return fresh.length;
}

function words(answer: Answer): string {
  const { outcome, ...rest } = answer;
  const said = Object.entries(rest).filter(([, value]) => value !== undefined);
  return [outcome, ...said.sort().map(([name, value]) => `${name} ${value}`)].join(", ");
}

/** Every check and the chain through the ledger's own use case, then every balance on three days. */
async function checkAll(
  the: Simulating,
  { slug, ledger, model, accounts, era }: World,
): Promise<{ readonly checks: number; readonly found: string | null }> {
  await ledger.seal();
  const asked = { credential: { kind: "operator" }, place: slug, language: "en", input: {} } as const;
  const verified = await perform(the.house, verifyLedger, asked);
  const plain = (_: string, item: unknown) => (typeof item === "bigint" ? String(item) : item);
  if (!verified.ok) return { checks: 0, found: JSON.stringify(verified.refusal, plain) };
  for (const day of [FIRST_DAY, addDays(FIRST_DAY, 100 + (era.era % 100)), addDays(FIRST_DAY, 1000)]) {
    const balances = await ledger.balances(day);
    for (const { accountId } of accounts) {
      const [there, here] = [balances.get(accountId), model.balanceAt(accountId, day)];
      if (there !== here)
        return { checks: 0, found: `account ${accountId} holds ${there} at the end of ${day}, the model ${here}` };
    }
  }
  return { checks: verified.value.checks.length + 2, found: null };
}

type Explaining = { readonly world: World; readonly steps: readonly Step[]; readonly found: Difference };
const TRIES = 150;

/** The difference in words, with a list that is as short as could be found. */
async function explain(the: Simulating, { world, steps, found }: Explaining): Promise<readonly string[]> {
  const { client, number, operation } = found.step;
  const head = [
    `seed ${the.seed}, place ${world.era.era}, client ${client}, operation ${number} (${operation.kind})`,
    `  expected ${found.expected}`,
    `  answered ${found.answered}`,
  ];
  const upTo = steps.slice(0, steps.indexOf(found.step) + 1);
  const own = upTo.filter((step) => step.client === client || step.client === 0);
  const fails = async (some: readonly Step[]) => {
    const fresh = await openWorld(the, world.era);
    return (await playAlone(fresh, { steps: some })) !== null;
  };
  if (!(await fails(own))) return [...head, "  It does not come again with one client alone: the others matter."];
  const short = await shrink(own, { fails, tries: TRIES });
  return [...head, `  ${short.length} operations are enough, one after another on a fresh place:`, ...short.map(line)];
}

function line({ client, number, operation }: Step): string {
  const plain = (_: string, item: unknown) => (typeof item === "bigint" ? String(item) : item);
  return `  client ${client}, operation ${number}: ${JSON.stringify(operation, plain)}`;
}

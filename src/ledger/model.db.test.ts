/**
 * The ledger against a plain model of it: seeded random commands are given to both, and both must give the same answers
 * and the same balances after each. A failing run prints its seed and its shortest list of commands.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mustDay } from "../lib/day.ts";
import { decideDraw, MOST_RESTRICTED, type Source } from "./domain/draw.ts";
import { reverseTransfer, showPot, verifyLedger } from "./index.ts";
import { DAY, type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";

type Command =
  | { readonly kind: "contribute"; readonly stream: number; readonly pence: bigint }
  | { readonly kind: "allocate"; readonly pence: bigint }
  | { readonly kind: "commit"; readonly from: number; readonly pence: bigint }
  | { readonly kind: "pay"; readonly from: number; readonly pence: bigint }
  | { readonly kind: "reverse"; readonly which: number };

const pence = fc.bigInt({ min: 1n, max: 60n });
const pick = fc.nat({ max: 30 });
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("contribute" as const), stream: fc.nat({ max: 2 }), pence }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("allocate" as const), pence }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("commit" as const), from: pick, pence }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("pay" as const), from: pick, pence }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("reverse" as const), which: pick }) },
);

const STREAM_PENCE = 100n;

/** Accounts are named in words ("pot 1" holds the second stream's money); a transfer is a list of what moves. */
class Model {
  readonly #balances = new Map<string, bigint>();
  readonly #transfers: { readonly lines: readonly (readonly [string, bigint])[]; reversed: boolean }[] = [];
  readonly allocations: number[] = [];
  readonly commitments: number[] = [];
  readonly #sources: readonly Source[];

  constructor(sources: readonly Omit<Source, "availablePence">[]) {
    this.#sources = sources.map((source) => ({ ...source, availablePence: 0n }));
  }

  balance(account: string): bigint {
    return this.#balances.get(account) ?? 0n;
  }

  total(prefix: string): bigint {
    return [...this.#balances].reduce(
      (sum, [account, held]) => (account.startsWith(`${prefix} `) ? sum + held : sum),
      0n,
    );
  }

  contribute(stream: number, amount: bigint): string {
    if (this.balance(`stream ${stream}`) - amount < -STREAM_PENCE) return "stream_exhausted";
    this.#post([
      [`stream ${stream}`, -amount],
      [`pot ${stream}`, amount],
    ]);
    return "ok";
  }

  move(the: { readonly from: string; readonly to: (id: number) => string; readonly pence: bigint }): string {
    const sources = this.#sources.map((source, index) => ({
      ...source,
      availablePence: this.balance(`${the.from} ${index}`),
    }));
    const drawn = decideDraw({ amountPence: the.pence, order: MOST_RESTRICTED, spending: null }, sources);
    if (!drawn.ok) return "insufficient_funds";
    const to = the.to(this.#transfers.length);
    const indexOf = (streamId: string) => this.#sources.findIndex((source) => source.streamId === streamId);
    this.#post(
      drawn.value.flatMap(({ streamId, amountPence }): (readonly [string, bigint])[] => [
        [`${the.from} ${indexOf(streamId)}`, -amountPence],
        [`${to} ${indexOf(streamId)}`, amountPence],
      ]),
    );
    return "ok";
  }

  get transfers(): number {
    return this.#transfers.length;
  }

  reverse(which: number): string {
    const transfer = this.#transfers[which];
    if (transfer === undefined) return "none";
    if (transfer.reversed) return "already_reversed";
    if (
      transfer.lines.some(
        ([account, amount]) => amount > 0n && !account.startsWith("paid") && this.balance(account) < amount,
      )
    )
      return "used_further_on";
    for (const [account, amount] of transfer.lines) this.#balances.set(account, this.balance(account) - amount);
    transfer.reversed = true;
    return "ok";
  }

  #post(lines: readonly (readonly [string, bigint])[]): void {
    for (const [account, amount] of lines) this.#balances.set(account, this.balance(account) + amount);
    this.#transfers.push({ lines, reversed: false });
  }
}

let town: LedgerTown;
beforeAll(async () => {
  town = await openLedgerTown();
});
afterAll(() => town.house.close());

let runs = 0;

/** A fresh pot with three streams, in the real ledger and in the model. */
async function openBoth() {
  runs += 1;
  const potId = await town.pot(`Model pot ${runs}`);
  const names = [`B free ${runs}`, `A free ${runs}`, `Ring ${runs}`];
  const streams: string[] = [];
  for (const [index, name] of names.entries())
    streams.push(await town.stream(name, { pence: STREAM_PENCE, ringFenced: index === 2 }));
  const sources = streams.map((streamId, index) => ({
    streamId,
    stream: names[index] ?? "",
    ringFenced: index === 2,
    startsOn: mustDay("2012-04-01"),
    endsOn: mustDay("2013-03-31"),
    restrictions: { capital: false, conditions: [] },
  }));
  return {
    potId,
    streams,
    model: new Model(sources),
    transfers: [] as string[],
    allocationIds: [] as string[],
    commitmentIds: [] as string[],
  };
}

type Both = Awaited<ReturnType<typeof openBoth>>;

function at<T>(items: readonly T[], which: number): { readonly item: T; readonly index: number } | null {
  if (items.length === 0) return null;
  const index = which % items.length;
  const item = items[index];
  return item === undefined ? null : { item, index };
}

/** Carries out a command on both; gives the two answers, or null where there is nothing to carry it out on. */
async function carryOut(both: Both, one: Command): Promise<readonly [string, string] | null> {
  const { model } = both;
  const real = <V extends { readonly transferId: string }>(
    answer:
      | { readonly ok: true; readonly value: V }
      | { readonly ok: false; readonly refusal: { readonly code: string } },
  ): V | string => {
    if (!answer.ok) return answer.refusal.code;
    if (one.kind !== "reverse") both.transfers.push(answer.value.transferId);
    return answer.value;
  };
  const code = (answer: unknown) => (typeof answer === "string" ? answer : "ok");
  if (one.kind === "contribute") {
    const answer = real(
      await town.contribute({ streamId: both.streams[one.stream] ?? "", potId: both.potId, pence: one.pence }),
    );
    return [code(answer), model.contribute(one.stream, one.pence)];
  }
  if (one.kind === "allocate") {
    const answer = real(await town.allocate({ potId: both.potId, pence: one.pence }));
    if (typeof answer !== "string") both.allocationIds.push(answer.allocationId);
    return [
      code(answer),
      model.move({ from: "pot", to: () => `allocation ${both.allocationIds.length - 1}`, pence: one.pence }),
    ];
  }
  if (one.kind === "commit") {
    const from = at(both.allocationIds, one.from);
    if (from === null) return null;
    const answer = real(await town.commit({ allocationId: from.item, pence: one.pence }));
    if (typeof answer !== "string") both.commitmentIds.push(answer.commitmentId);
    const to = () => `commitment ${both.commitmentIds.length - 1}`;
    return [code(answer), model.move({ from: `allocation ${from.index}`, to, pence: one.pence })];
  }
  if (one.kind === "pay") {
    const from = at(both.commitmentIds, one.from);
    if (from === null) return null;
    const answer = real(await town.pay({ commitmentId: from.item, pence: one.pence }));
    return [code(answer), model.move({ from: `commitment ${from.index}`, to: () => "paid", pence: one.pence })];
  }
  const which = at(both.transfers, one.which);
  if (which === null) return null;
  const answer = real(await town.ask(reverseTransfer, { transferId: which.item, reason: "Random", reversedOn: DAY }));
  return [code(answer), model.reverse(which.index)];
}

it("answers as a plain ledger in memory does", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 30 }), async (commands) => {
      const both = await openBoth();
      for (const one of commands) {
        const answers = await carryOut(both, one);
        if (answers !== null)
          expect(
            answers[0],
            JSON.stringify(one, (_, item) => (typeof item === "bigint" ? String(item) : item)),
          ).toBe(answers[1]);
      }
      const { figures } = await town.value(showPot, { pot: `Model pot ${runs}`, asAt: DAY });
      const { model } = both;
      const paid = model.total("paid");
      const committed = model.total("commitment") + paid;
      const allocated = model.total("allocation") + committed;
      expect([figures.paidPence, figures.committedPence, figures.allocatedPence, figures.contributedPence]).toEqual([
        paid,
        committed,
        allocated,
        model.total("pot") + allocated,
      ]);
    }),
    { numRuns: 15 },
  );
  expect((await town.value(verifyLedger, {})).verified).toBe(true);
});

/**
 * The long form of src/proof/outside-ledgers.db.test.ts: a place of 10,000 transfers, filled by a seed, each book taken out
 * for hledger and beancount, and every account's balance at three days compared to the penny with what the database sums.
 * Both programs are required. Run: npx tsx test/reliability/outside-ledgers.ts [--transfers N] [--seed N]
 */
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { machineWords, openScratch, say } from "../../bench/scratch.ts";
import { mustDay } from "../../src/lib/day.ts";
import { insertHolding, openPlace } from "../../src/places/index.ts";
import { sql } from "../../src/platform/database/index.ts";
import { newId } from "../../src/platform/ids.ts";
import { type Credential, type House, perform } from "../../src/platform/use-case/index.ts";
import { exportBooks } from "../../src/proof/index.ts";
import { fillBooks, type Value } from "../setup/filled-books.ts";
import { type Balances, isInstalled, OUTSIDE, type OutsideProgram } from "../setup/outside-programs.ts";

const PLACE = "salford";
const DAYS = ["2012-08-31", "2012-12-31", "2013-03-31"].map(mustDay);
const { values } = parseArgs({
  options: { transfers: { type: "string", default: "10000" }, seed: { type: "string", default: "20130331" } },
});

const scratch = await openScratch();
const folder = await mkdtemp(join(tmpdir(), "onepot outside ledgers "));
const client = new pg.Client({ connectionString: scratch.adminUrl });
let faults = 0;
try {
  faults = await compareAll();
} finally {
  await client.end();
  await scratch.close();
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = faults === 0 ? 0 : 1;

async function compareAll(): Promise<number> {
  for (const program of OUTSIDE)
    if (!isInstalled(program)) {
      say(`${program.name} is needed and not installed: apt install ${program.name}`);
      return 1;
    }
  await client.connect();
  const seed = Number(values.seed);
  const credential = await openDesk(scratch.house);
  const began = performance.now();
  await fillBooks(valueAs(credential), { seed, transfers: Number(values.transfers) });
  const { rows } = await client.query(
    "select count(*)::int as transfers, (select count(*)::int from entry) as entries from transfer",
  );
  say(`${machineWords()}; seed ${seed}`);
  say(`${rows[0]?.transfers} transfers, ${rows[0]?.entries} entries, filled in ${secondsSince(began)}`);
  let found = 0;
  for (const program of OUTSIDE)
    for (const book of ["real", "shadow"] as const) found += await compare(program, { book, credential });
  say(found === 0 ? "Every balance is the same, to the penny." : `${found} differ.`);
  return found;
}

async function openDesk(house: House): Promise<Credential> {
  const operator = { credential: { kind: "operator" }, language: "en" } as const;
  const opened = await perform(house, openPlace, { ...operator, input: { slug: PLACE } });
  if (!opened.ok) throw new Error("the place was not opened");
  const { placeId } = opened.value;
  const userId = newId();
  await scratch.database.inPlace(placeId, async (tx) => {
    const email = `${userId}@onepot.example`;
    await tx.run(sql`insert into user_account (user_id, email, name) values (${userId}, ${email}, 'Test Person')`, 1);
    const holding = { holdingId: newId(), userId, role: "finance_officer", partnerId: null, areaId: null } as const;
    await insertHolding(tx, placeId, { ...holding, grantedBy: "test" });
  });
  return { kind: "person", userId };
}

function valueAs(credential: Credential): Value {
  return async (useCase, input) => {
    const done = await perform(scratch.house, useCase, { credential, place: PLACE, input, language: "en" });
    if (!done.ok) throw new Error(`${useCase.name} was refused: ${done.refusal.code}`);
    return done.value;
  };
}

type Book = { readonly book: "real" | "shadow"; readonly credential: Credential };

async function compare(program: OutsideProgram, { book, credential }: Book): Promise<number> {
  const path = join(folder, `${program.name}-${book}`);
  const file = await open(path, "w");
  const began = performance.now();
  const made = await perform(scratch.house, exportBooks, {
    credential,
    place: PLACE,
    input: { format: program.format, book, asAt: "2013-03-31", assertAt: DAYS.join(",") },
    language: "en",
    takePiece: async (piece) => file.appendFile(piece),
  });
  await file.close();
  if (!made.ok) throw new Error(`the export was refused: ${made.refusal.code}`);
  const { size } = await stat(path);
  const exported = secondsSince(began);
  const checking = performance.now();
  const fault = program.check(path);
  say(
    `${program.name}, ${book}: ${made.value.written} transfers, ${size} bytes in ${exported}; checked in ${secondsSince(checking)}`,
  );
  if (fault !== "") say(fault.slice(0, 2_000));
  let differ = fault === "" ? 0 : 1;
  for (const day of DAYS) {
    const [theirs, ours] = [program.balances(path, day), await summed(book, day)];
    const ids = new Set([...theirs.keys(), ...ours.keys()]);
    const wrong = [...ids].filter((id) => theirs.get(id) !== ours.get(id));
    const size = [...ours.values()].reduce((sum, pence) => sum + (pence > 0n ? pence : 0n), 0n);
    say(`  ${day}: ${ours.size} accounts that hold something, ${size} pence held or spent, ${wrong.length} differ`);
    differ += wrong.length;
  }
  return differ;
}

async function summed(book: string, day: string): Promise<Balances> {
  const { rows } = await client.query<{ account_id: string; pence: string }>(
    `select e.account_id, sum(e.amount_pence)::text as pence from entry e
       join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
      where a.book = $1 and e.effective_on <= $2 group by e.account_id having sum(e.amount_pence) <> 0`,
    [book, day],
  );
  return new Map(rows.map((row) => [row.account_id, BigInt(row.pence)]));
}

function secondsSince(moment: number): string {
  return `${((performance.now() - moment) / 1000).toFixed(1)} s`;
}

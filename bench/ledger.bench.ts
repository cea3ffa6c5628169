/**
 * Transfers a second at 1, 8 and 16 clients, beside the floor: a bare durable insert of two rows and update of two
 * balances in one transaction, at the same clients, turn about in the same minutes, on the same server and driver. With
 * `BENCH_PGLEDGER=FOLDER` the folder of a copy of pgledger (github.com/pgr0ss/pgledger, MIT; not shipped) takes its turn too.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { openAccounts, postTransfer } from "../src/ledger/store/accounts.ts";
import { openPlace } from "../src/places/index.ts";
import { sql } from "../src/platform/database/index.ts";
import { newId } from "../src/platform/ids.ts";
import { perform } from "../src/platform/use-case/index.ts";
import { machineWords, median, openScratch, percentile, type Scratch, say } from "./scratch.ts";

const ACCOUNTS = 2000;
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 5);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const CLIENTS = [1, 8, 16] as const;

type Work = (client: number) => Promise<void>;

async function openFloor(scratch: Scratch): Promise<{ readonly work: Work; readonly close: () => Promise<void> }> {
  const pool = new pg.Pool({ connectionString: scratch.adminUrl, max: 20 });
  pool.on("error", () => undefined);
  await pool.query(
    "create table floor_account (id integer primary key, balance bigint not null) with (fillfactor = 50)",
  );
  await pool.query("create table floor_entry (id uuid primary key, account integer not null, amount bigint not null)");
  await pool.query("insert into floor_account select n, 0 from generate_series(1, $1) n", [ACCOUNTS]);
  return {
    work: async () => {
      const client = await pool.connect();
      try {
        const [from, to] = pair();
        await client.query("begin");
        await client.query("insert into floor_entry (id, account, amount) values ($1, $2, -100), ($3, $4, 100)", [
          newId(),
          from,
          newId(),
          to,
        ]);
        await client.query(
          "update floor_account a set balance = a.balance + v.amount from (select id, amount from (values ($1::integer, -100), ($2::integer, 100)) as u (id, amount)) as v where a.id = v.id",
          [from, to],
        );
        await client.query("commit");
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

/** One statement a transfer, which commits by itself, as its documents call it. */
async function openPgledger(scratch: Scratch, folder: string): Promise<Work> {
  const pool = new pg.Pool({ connectionString: scratch.adminUrl, max: 20, options: "-c search_path=pgledger" });
  pool.on("error", () => undefined);
  await pool.query("create schema pgledger");
  for (const file of [
    "vendor/scoville-pgsql-ulid/ulid-to-uuid.sql",
    "vendor/scoville-pgsql-ulid/uuid-to-ulid.sql",
    "pgledger.sql",
  ])
    await pool.query(await readFile(join(folder, file), "utf8"));
  const made = await pool.query<{ id: string }>(
    "select a.id from generate_series(1, $1) as n, pgledger_create_account('account ' || n, 'GBP') as a",
    [ACCOUNTS],
  );
  const accounts = made.rows.map(({ id }) => id);
  return async () => {
    const [from, to] = pair();
    await pool.query("select * from pgledger_create_transfer($1, $2, $3)", [
      accounts[from - 1],
      accounts[to - 1],
      "1.00",
    ]);
  };
}

/** In ascending order, so that the floor cannot deadlock either. */
function pair(): readonly [number, number] {
  const one = 1 + Math.floor(Math.random() * ACCOUNTS);
  const other = 1 + Math.floor(Math.random() * ACCOUNTS);
  return one === other ? pair() : one < other ? [one, other] : [other, one];
}

async function openLedger(scratch: Scratch): Promise<Work> {
  const opened = await perform(scratch.house, openPlace, {
    credential: { kind: "operator" },
    language: "en",
    input: { slug: "salford" },
  });
  if (!opened.ok) throw new Error("the place was not opened");
  const { placeId } = opened.value;
  const [streamId, potId] = [newId(), newId()];
  const accounts = await scratch.database.inPlace(placeId, async (tx) => {
    await tx.rows(sql`select set_config('statement_timeout', '60s', true)`);
    const wanted = Array.from({ length: ACCOUNTS }, () => ({
      accountId: newId(),
      book: "real" as const,
      kind: "clearing" as const,
      recordId: newId(),
      streamId,
      potId,
      floorPence: -1_000_000_000_000n,
    }));
    return openAccounts(tx, placeId, wanted);
  });
  return async () => {
    const [from, to] = pair();
    const outcome = await scratch.database.inPlace(placeId, (tx) =>
      postTransfer(tx, placeId, {
        transferId: newId(),
        book: "real",
        kind: "transfer",
        effectiveOn: "2013-03-29" as never,
        lines: [
          { accountId: accounts[from - 1] ?? "", amountPence: -100n },
          { accountId: accounts[to - 1] ?? "", amountPence: 100n },
        ],
        recordId: newId(),
        words: "bench",
        reversesId: null,
        madeBy: "operator",
        requestHash: Buffer.alloc(32, 1),
      }),
    );
    if (outcome.outcome !== "posted") throw new Error(outcome.outcome);
  };
}

type Measured = { readonly perSecond: number; readonly p50: number; readonly p99: number };

async function measure(work: Work, clients: number): Promise<Measured> {
  const end = performance.now() + SECONDS * 1000;
  const times: number[] = [];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) {
        const begun = performance.now();
        await work(client);
        times.push(performance.now() - begun);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  return { perSecond: times.length / seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

type Rounds = readonly Measured[];

const figures = (rounds: Rounds): string =>
  `${median(rounds.map((one) => one.perSecond)).toFixed(0)} a second (p50 ${median(rounds.map((one) => one.p50)).toFixed(2)} ms, p99 ${median(rounds.map((one) => one.p99)).toFixed(2)} ms)`;
const times = (ours: Rounds, theirs: Rounds, of: "perSecond" | "p99" = "perSecond"): string =>
  median(ours.map((one, round) => one[of] / (theirs[round]?.[of] ?? 1))).toFixed(2);

const scratch = await openScratch();
say(
  `ledger: ${machineWords()}, ${new Date().toISOString().slice(0, 10)}; ${ROUNDS} rounds of ${SECONDS} s, ${ACCOUNTS} accounts`,
);
const floor = await openFloor(scratch);
const ledger = await openLedger(scratch);
const copy = process.env["BENCH_PGLEDGER"];
const pgledger = copy === undefined ? null : await openPgledger(scratch, copy);
if (pgledger === null) say("  pgledger: left out, BENCH_PGLEDGER names no folder");
for (const work of [floor.work, ledger, pgledger]) if (work !== null) await measure(work, 8);
for (const clients of CLIENTS) {
  const [bare, ours, theirs]: [Measured[], Measured[], Measured[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await measure(floor.work, clients));
    ours.push(await measure(ledger, clients));
    if (pgledger !== null) theirs.push(await measure(pgledger, clients));
  }
  say(
    `  ${clients} clients: transfers ${figures(ours)}; floor ${figures(bare)}; ratio ${times(ours, bare)} (goal 0.7)`,
  );
  if (pgledger !== null)
    say(
      `    pgledger ${figures(theirs)}; ours ${times(ours, theirs)} times as many (goal 2), p99 ${times(ours, theirs, "p99")} of its (goal 0.5)`,
    );
}
await floor.close();
await scratch.close();

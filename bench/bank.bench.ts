/**
 * What the posting store promises: one hot account without a floor at 16 clients beside spread accounts, batches of a
 * thousand beside single transfers, and a trial balance as at any day over ten million entries.
 */
import pg from "pg";
import { openAccounts, postTransfer } from "../src/ledger/store/accounts.ts";
import { postBatch } from "../src/ledger/store/batches.ts";
import { must } from "../src/lib/assert.ts";
import { addDays, type Day, mustDay } from "../src/lib/day.ts";
import { openPlace } from "../src/places/index.ts";
import { sealAudit } from "../src/platform/audit/index.ts";
import { sql } from "../src/platform/database/index.ts";
import { newId } from "../src/platform/ids.ts";
import { perform } from "../src/platform/use-case/index.ts";
import { machineWords, median, openScratch, percentile, type Scratch, say } from "./scratch.ts";

const ACCOUNTS = 2000;
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 5);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const ENTRIES = Number(process.env["BENCH_ENTRIES"] ?? 10_000_000);
const CLIENTS = 16;
const DAY = mustDay("2013-03-29");

type Books = { readonly placeId: number; readonly floored: readonly string[]; readonly hot: string };

async function openBooks(scratch: Scratch): Promise<Books> {
  const asked = { credential: { kind: "operator" }, language: "en", input: { slug: "salford" } } as const;
  const opened = await perform(scratch.house, openPlace, asked);
  if (!opened.ok) throw new Error("the place was not opened");
  const { placeId } = opened.value;
  const streamId = newId();
  const account = (floorPence: bigint | null) => ({
    accountId: newId(),
    book: "real" as const,
    kind: "clearing" as const,
    recordId: newId(),
    streamId,
    potId: null,
    floorPence,
  });
  const made = await scratch.database.inPlace(placeId, async (tx) => {
    await tx.rows(sql`select set_config('statement_timeout', '60s', true)`);
    const spread = Array.from({ length: ACCOUNTS }, () => account(-1_000_000_000_000n));
    return { floored: await openAccounts(tx, placeId, spread), hot: await openAccounts(tx, placeId, [account(null)]) };
  });
  return { placeId, floored: made.floored, hot: must(made.hot[0], "the hot account") };
}

const any = (ids: readonly string[]) => must(ids[Math.floor(Math.random() * ids.length)], "an account");
const lines = (from: string, to: string) => [
  { accountId: from, amountPence: -100n },
  { accountId: to, amountPence: 100n },
];

async function postOne(scratch: Scratch, { placeId }: Books, [from, to]: readonly [string, string]): Promise<void> {
  const { outcome } = await scratch.database.inPlace(placeId, (tx) =>
    postTransfer(tx, placeId, {
      transferId: newId(),
      book: "real",
      kind: "transfer",
      effectiveOn: DAY,
      lines: lines(from, to),
      recordId: newId(),
      words: "bench",
      reversesId: null,
      madeBy: "operator",
      requestHash: Buffer.alloc(32, 1),
    }),
  );
  if (outcome !== "posted") throw new Error(outcome);
}

type Measured = { readonly perSecond: number; readonly p50: number; readonly p99: number };

async function measure(clients: number, work: () => Promise<number>): Promise<Measured> {
  const end = performance.now() + SECONDS * 1000;
  const times: number[] = [];
  let transfers = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        const begun = performance.now();
        // First awaited, then added: the other clients add in between.
        const posted = await work();
        transfers += posted;
        times.push(performance.now() - begun);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  return { perSecond: transfers / seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

/** As a server does: what is posted is folded every few seconds. */
function startSealing(scratch: Scratch, placeId: number): () => void {
  const timer = setInterval(() => void scratch.database.inPlace(placeId, (tx) => sealAudit(tx, placeId)), 3000);
  return () => clearInterval(timer);
}

async function measureHot(scratch: Scratch, books: Books): Promise<void> {
  const spread = async () => {
    const from = any(books.floored);
    let to = any(books.floored);
    while (to === from) to = any(books.floored);
    await postOne(scratch, books, [from, to]);
    return 1;
  };
  const hot = async () => {
    await postOne(scratch, books, [any(books.floored), books.hot]);
    return 1;
  };
  await measure(CLIENTS, spread);
  const rounds: { readonly spread: Measured; readonly hot: Measured }[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({ spread: await measure(CLIENTS, spread), hot: await measure(CLIENTS, hot) });
  const ratio = median(rounds.map((one) => one.hot.perSecond / one.spread.perSecond));
  const figures = (pick: (one: (typeof rounds)[number]) => Measured) =>
    `${median(rounds.map((one) => pick(one).perSecond)).toFixed(0)} (p50 ${median(rounds.map((one) => pick(one).p50)).toFixed(2)} ms, p99 ${median(rounds.map((one) => pick(one).p99)).toFixed(2)} ms)`;
  say(
    `  hot account without a floor, ${CLIENTS} clients: ${figures(({ hot: one }) => one)} a second; spread ${figures(({ spread: one }) => one)}; ratio ${ratio.toFixed(2)} (goal 0.7)`,
  );
}

async function measureBatches(scratch: Scratch, books: Books): Promise<void> {
  const { placeId } = books;
  const single = async () => {
    await postOne(scratch, books, [any(books.floored.slice(0, 1000)), any(books.floored.slice(1000))]);
    return 1;
  };
  const batch = async () => {
    const transfers = Array.from({ length: 1000 }, () => ({
      transferId: newId(),
      book: "real" as const,
      kind: "transfer" as const,
      effectiveOn: DAY,
      recordId: newId(),
      words: "bench",
      requestHash: Buffer.alloc(32, 1),
      lines: lines(any(books.floored.slice(0, 1000)), any(books.floored.slice(1000))),
    }));
    const { outcome } = await scratch.database.inPlace(placeId, (tx) =>
      postBatch(tx, placeId, { transfers, madeBy: "operator", soft: false }),
    );
    if (outcome !== "posted") throw new Error(outcome);
    return transfers.length;
  };
  const rounds: { readonly single: Measured; readonly batch: Measured }[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({ single: await measure(1, single), batch: await measure(1, batch) });
  const ratio = median(rounds.map((one) => one.batch.perSecond / one.single.perSecond));
  say(
    `  batches of 1,000, one client: ${median(rounds.map((one) => one.batch.perSecond)).toFixed(0)} transfers a second; single ${median(rounds.map((one) => one.single.perSecond)).toFixed(0)}; ratio ${ratio.toFixed(1)} (goal 4)`,
  );
}

/** Entries of five years written past the posting function, in sets, then summed as the sealer sums them. */
async function fill(scratch: Scratch, { placeId, floored }: Books): Promise<void> {
  const step = 500_000;
  for (let done = 0; done < ENTRIES; done += step)
    await asOwner(scratch, placeId, [
      `insert into entry (place_id, account_id, version, transfer_id, line, amount_pence, balance_pence, effective_on)
           select ${placeId}, ('{${floored.join(",")}}'::uuid[])[1 + (n / 2 + (n % 2) * 7) % ${ACCOUNTS}], null, md5((n / 2)::text)::uuid, 1 + n % 2,
                  case n % 2 when 0 then -100 else 100 end, null, date '2008-04-01' + ((n / 2) % 1826)::integer
             from generate_series(${done}, ${done + step - 1}) as n`,
    ]);
  await asOwner(scratch, placeId, [
    `insert into ledger_sum (place_id, level, starts_on, account_id, amount_pence)
       select ${placeId}, level, date_trunc((array['day', 'month', 'year'])[level], d.effective_on)::date, d.account_id, sum(d.pence)
         from (select effective_on, account_id, sum(amount_pence) as pence from entry group by 1, 2) as d
        cross join generate_series(1, 3) as level group by 2, 3, 4
       on conflict (place_id, level, starts_on, account_id) do update set amount_pence = ledger_sum.amount_pence + excluded.amount_pence`,
    "analyze entry",
    // What autovacuum does within minutes of such a fill.
    "vacuum analyze ledger_sum",
  ]);
}

async function asOwner(scratch: Scratch, placeId: number, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: scratch.adminUrl });
  await client.connect();
  try {
    await client.query(`select set_config('app.place_id', '${placeId}', false)`);
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function measureAsAt(scratch: Scratch, { placeId }: Books): Promise<void> {
  const days: Day[] = Array.from({ length: 40 }, (_, at) => addDays(mustDay("2008-04-01"), at * 46 + 3));
  const ask = (day: Day) =>
    scratch.database.readPlace(placeId, (tx) =>
      tx.rows(sql<{ pence: bigint }>`
        select a.account_id, (a.posted_pence + coalesce(c.pence, 0))::bigint as pence from ledger_account a
          left join ledger_corrections(${placeId}::integer, ${day}::date) as c on c.account_id = a.account_id
         where a.place_id = ${placeId}`),
    );
  for (const day of days.slice(0, 5)) await ask(day);
  const times: number[] = [];
  for (const day of days) {
    const begun = performance.now();
    await ask(day);
    times.push(performance.now() - begun);
  }
  say(
    `  trial balance as at ${days.length} days, ${ENTRIES} entries, ${ACCOUNTS} accounts: median ${median(times).toFixed(1)} ms, slowest ${Math.max(...times).toFixed(1)} ms (goal 50)`,
  );
}

const scratch = await openScratch();
say(
  `bank: ${machineWords()}, ${new Date().toISOString().slice(0, 10)}; ${ROUNDS} rounds of ${SECONDS} s, ${ACCOUNTS} accounts`,
);
const books = await openBooks(scratch);
const stop = startSealing(scratch, books.placeId);
await measureHot(scratch, books);
await measureBatches(scratch, books);
stop();
for (let sealed = 1; sealed > 0; )
  sealed = await scratch.database.inPlace(books.placeId, async (tx) => {
    await tx.rows(sql`select set_config('statement_timeout', '60s', true)`);
    return sealAudit(tx, books.placeId);
  });
await fill(scratch, books);
await measureAsAt(scratch, books);
await scratch.close();

/**
 * Transfers a second that `ledger verify` proves: 200,000 transfers of a place, posted in sets and sealed, each standing check and the
 * chain timed by itself and then beside each other, and a bundle taken and verified without the database.
 */
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAccounts } from "../src/ledger/store/accounts.ts";
import {
  type Check,
  findBrokenHash,
  findWrongBalance,
  listStretches,
  planForChecks,
  readChecks,
  runCheck,
} from "../src/ledger/store/checks.ts";
import { openPlace } from "../src/places/index.ts";
import { sealAudit } from "../src/platform/audit/index.ts";
import { sql, type Transaction } from "../src/platform/database/index.ts";
import { newId } from "../src/platform/ids.ts";
import { perform } from "../src/platform/use-case/index.ts";
import { takeBundle, verifyBundleFile } from "../src/proof/index.ts";
import { machineWords, openScratch, say } from "./scratch.ts";

const TRANSFERS = Number(process.env["BENCH_TRANSFERS"] ?? 200_000);
const ACCOUNTS = 2_000;
const A_SET = 10_000;
/** What the goal is about: the chain, and the hash of each transfer. */
const HASHES = ["transfers-are-unchanged", "blocks: hashes", "blocks: trial balances"];

const scratch = await openScratch(4);
say(
  `verify: ${machineWords()}, ${new Date().toISOString().slice(0, 10)}; ${TRANSFERS} transfers, ${ACCOUNTS} accounts`,
);
const by = { kind: "operator" } as const;
const opened = await perform(scratch.house, openPlace, { credential: by, language: "en", input: { slug: "salford" } });
if (!opened.ok) throw new Error("the place was not opened");
const { placeId } = opened.value;
const streamId = newId();
const accounts = await scratch.database.inPlace(placeId, (tx) =>
  openAccounts(
    tx,
    placeId,
    Array.from({ length: ACCOUNTS }, () => ({
      accountId: newId(),
      book: "real" as const,
      kind: "clearing" as const,
      recordId: newId(),
      streamId,
      potId: null,
      floorPence: -1_000_000_000_000n,
    })),
  ),
);
for (let done = 0; done < TRANSFERS; done += A_SET)
  await scratch.database.inPlace(placeId, async (tx) => {
    await tx.rows(sql`select set_config('statement_timeout', '300s', true)`);
    await tx.rows(sql`
      select count(outcome) from generate_series(1, ${Math.min(A_SET, TRANSFERS - done)}) as n cross join lateral
        post_transfer(${placeId}, gen_random_uuid(), 'real', 'transfer', '2013-03-29',
          array[(${accounts}::uuid[])[1 + n % ${ACCOUNTS}], (${accounts}::uuid[])[1 + (n + 7) % ${ACCOUNTS}]], array[-100, 100]::bigint[],
          gen_random_uuid(), 'bench', null, 'operator', '\\x01', null, false)`);
  });
for (let sealed = 1; sealed > 0; ) sealed = await scratch.database.inPlace(placeId, (tx) => sealAudit(tx, placeId));

/** Each check by itself, on one link: what verify spends its time on. */
const spent = new Map<string, number>();
await scratch.database.readPlace(placeId, async (tx) => {
  await tx.rows(sql`select set_config('statement_timeout', '300s', true)`);
  await planForChecks(tx);
  const timed = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const started = performance.now();
    await work();
    spent.set(name, performance.now() - started);
  };
  for (const check of await readChecks()) await timed(check.name, () => runCheck(tx, check));
  await timed("blocks: hashes", () => findBrokenHash(tx, placeId, { from: 1n, to: 1_000_000n }));
  await timed("blocks: trial balances", () => findWrongBalance(tx, placeId));
});
const perSecond = (milliseconds: number) => `${Math.round(TRANSFERS / (milliseconds / 1000))} transfers a second`;
const sum = (names: readonly string[]) => names.reduce((total, name) => total + (spent.get(name) ?? 0), 0);
say(
  `  one link: chain and hashes ${perSecond(sum(HASHES))}, with every standing check ${perSecond(sum([...spent.keys()]))}`,
);
for (const [name, time] of [...spent].sort((a, b) => b[1] - a[1]).slice(0, 12))
  say(`    ${name}: ${time.toFixed(0)} ms`);

/** As verify does it: beside each other on four links, all of one moment. */
const measureBeside = async (name: string, checks: readonly Check[]): Promise<void> => {
  const started = performance.now();
  const found = await scratch.database.readPlace(placeId, async (tx) => {
    const stretches = await listStretches(tx, placeId);
    return tx.beside<unknown>(
      [
        ...checks.map((check) => (other: Transaction) => runCheck(other, check)),
        ...stretches.map((stretch) => (other: Transaction) => findBrokenHash(other, placeId, stretch)),
        (other: Transaction) => findWrongBalance(other, placeId),
      ].map((work) => async (other) => {
        await planForChecks(other);
        return work(other);
      }),
    );
  });
  if (found.some((one) => one !== null && !Array.isArray(one))) throw new Error("a block is broken");
  say(`  ${name}: ${perSecond(performance.now() - started)}`);
};
const all = await readChecks();
await measureBeside(
  "chain and hashes (goal 100,000)",
  all.filter(({ name }) => HASHES.includes(name)),
);
await measureBeside("with every standing check", all);

const folder = await mkdtemp(join(tmpdir(), "onepot bench "));
const path = join(folder, "bundle.zip");
const file = await open(path, "wx");
const sink = async (piece: Buffer): Promise<void> => void (await file.writeFile(piece));
const started = performance.now();
await perform(scratch.house, takeBundle, { credential: by, place: "salford", language: "en", input: { sink } });
const taken = performance.now();
await file.close();
const answer = await verifyBundleFile({ path }, null);
const verified = performance.now();
const { size } = await stat(path);
const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
say(`  bundle: taken at ${perSecond(taken - started)}, ${Math.round(size / 2 ** 20)} MiB`);
say(
  `  bundle verified (${answer.ok ? "whole" : answer.fault.what}) at ${perSecond(verified - taken)}, ${memory} MiB of memory`,
);
await rm(folder, { recursive: true, force: true });
await scratch.close();

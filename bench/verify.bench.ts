/**
 * Transfers a second that `ledger verify` proves: 200,000 transfers of a place, posted in sets and sealed, each standing check and the
 * chain timed by itself, then a bundle taken and verified without the database.
 */
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAccounts } from "../src/ledger/store/accounts.ts";
import { findBrokenBlock, planForChecks, readChecks, runCheck } from "../src/ledger/store/checks.ts";
import { openPlace } from "../src/places/index.ts";
import { sealAudit } from "../src/platform/audit/index.ts";
import { sql } from "../src/platform/database/index.ts";
import { newId } from "../src/platform/ids.ts";
import { perform } from "../src/platform/use-case/index.ts";
import { takeBundle, verifyBundleFile } from "../src/proof/index.ts";
import { machineWords, openScratch, say } from "./scratch.ts";

const TRANSFERS = Number(process.env["BENCH_TRANSFERS"] ?? 200_000);
const ACCOUNTS = 2_000;
const A_SET = 10_000;
/** What the goal is about: the chain, and the hash of each transfer. */
const HASHES = ["transfers-are-unchanged", "blocks"];

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

const spent = new Map<string, number>();
const timed = async (name: string, work: () => Promise<unknown>): Promise<void> => {
  const started = performance.now();
  await work();
  spent.set(name, performance.now() - started);
};
await scratch.database.readPlace(placeId, async (tx) => {
  await tx.rows(sql`select set_config('statement_timeout', '300s', true)`);
  await planForChecks(tx);
  for (const check of await readChecks())
    await timed(check.name, async () => {
      const [found] = await runCheck(tx, check);
      if (found !== undefined && check.name !== "records-are-their-transfers")
        throw new Error(`${check.name}: ${found}`);
    });
  await timed("blocks", async () => {
    const broken = await findBrokenBlock(tx, placeId);
    if (broken !== null) throw new Error(`block ${broken.blockNumber}: ${broken.fault}`);
  });
});
const total = [...spent.values()].reduce((sum, time) => sum + time, 0);
const hashes = HASHES.reduce((sum, name) => sum + (spent.get(name) ?? 0), 0);
const perSecond = (milliseconds: number) => `${Math.round(TRANSFERS / (milliseconds / 1000))} transfers a second`;
say(`  chain and hashes: ${perSecond(hashes)} (goal 100,000); with every standing check: ${perSecond(total)}`);
for (const [name, time] of [...spent].sort((a, b) => b[1] - a[1]).slice(0, 12))
  say(`    ${name}: ${time.toFixed(0)} ms`);

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

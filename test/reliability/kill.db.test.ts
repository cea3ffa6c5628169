/**
 * R1, kill -9 of the database while clients post. Each acknowledgement is written to an oracle file and fsynced before the client
 * goes on; what was not answered is asked again under its own key. In the end the oracle and the books say the same: nothing
 * acknowledged is lost, nothing is there twice, nothing is half done. Two kills here; `kill.ts` is the long form.
 * Method: the crash-safe oracle of Jepsen's checkers (Kyle Kingsbury, jepsen.io), with the acknowledgements of one process each.
 */
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openScratch, type Scratch } from "../../bench/scratch.ts";
import { verifyLedger } from "../../src/ledger/index.ts";
import { openAccounts, postTransfer } from "../../src/ledger/store/accounts.ts";
import { must } from "../../src/lib/assert.ts";
import { mustDay } from "../../src/lib/day.ts";
import { below, splitMix64 } from "../../src/lib/generator.ts";
import { openPlace } from "../../src/places/index.ts";
import { sql } from "../../src/platform/database/index.ts";
import { newId } from "../../src/platform/ids.ts";
import { perform } from "../../src/platform/use-case/index.ts";
import { drawSeed } from "../setup/seed.ts";

const KILLS = Number(process.env["ONEPOT_KILLS"] ?? 2);
const MOST_CLIENTS = 32;
const ACCOUNTS = 12;
const DAY = mustDay("2013-01-15");
const PLACE = "salford";

type Intention = { readonly key: string; readonly from: number; readonly to: number; readonly pence: bigint };
type Told = { intended: number; unanswered: number; already: number };

let scratch: Scratch;
let placeId: number;
let accounts: readonly string[];
const folder = mkdtempSync(join(tmpdir(), "onepot oracle "));

beforeAll(async () => {
  scratch = await openScratch(MOST_CLIENTS + 2);
  const asked = { credential: { kind: "operator" }, language: "en", input: { slug: PLACE } } as const;
  const opened = await perform(scratch.house, openPlace, asked);
  placeId = must(opened.ok ? opened.value.placeId : null, "the place was opened");
  accounts = await scratch.database.inPlace(placeId, (tx) =>
    openAccounts(
      tx,
      placeId,
      // The first gives without end; the last is hot and has no floor; those between refuse when they are empty.
      Array.from({ length: ACCOUNTS }, (_, index) => ({
        accountId: newId(),
        book: "real" as const,
        kind: "clearing" as const,
        recordId: newId(),
        streamId: null,
        potId: null,
        floorPence: index === 0 ? -1_000_000_000n : index === ACCOUNTS - 1 ? null : 0n,
      })),
    ),
  );
}, 120_000);
afterAll(async () => {
  await scratch?.close();
  rmSync(folder, { recursive: true, force: true });
});

function post({ key, from, to, pence }: Intention): Promise<string> {
  const [giver, taker] = [must(accounts[from], "an account"), must(accounts[to], "an account")];
  return scratch.database.inPlace(placeId, async (tx) => {
    const { outcome } = await postTransfer(tx, placeId, {
      transferId: key,
      book: "real",
      kind: "transfer",
      effectiveOn: DAY,
      lines: [
        { accountId: giver, amountPence: -pence },
        { accountId: taker, amountPence: pence },
      ],
      recordId: key,
      words: "A test",
      reversesId: null,
      madeBy: "test",
      requestHash: Buffer.alloc(32, 7),
    });
    return outcome;
  });
}

/** Posts until told to stop; asks again what was not answered; writes down every answer before the next request. */
async function client(
  number: number,
  {
    draw,
    playing,
    told,
  }: { readonly draw: (limit: number) => number; readonly playing: () => boolean; readonly told: Told },
): Promise<void> {
  const file = openSync(join(folder, `client ${number}`), "a");
  while (playing()) {
    const from = draw(3) === 0 ? 0 : draw(ACCOUNTS);
    const to = (from + 1 + draw(ACCOUNTS - 1)) % ACCOUNTS;
    const intention = { key: newId(), from, to, pence: BigInt(1 + draw(500)) };
    told.intended += 1;
    const outcome = await untilAnswered(intention, told);
    writeSync(
      file,
      `${intention.key} ${outcome === "already" ? "posted" : outcome} ${from} ${to} ${intention.pence}\n`,
    );
    fsyncSync(file);
  }
  closeSync(file);
}

async function untilAnswered(intention: Intention, told: Told): Promise<string> {
  const end = performance.now() + 120_000;
  for (;;) {
    try {
      const outcome = await post(intention);
      if (outcome === "already") told.already += 1;
      return outcome;
    } catch (error) {
      told.unanswered += 1;
      if (performance.now() > end) throw error;
      await pause(50);
    }
  }
}

const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/** The server itself, or every third time one of the processes that serve a client: both end everyone's transactions. */
async function kill(time: number): Promise<void> {
  const { server, served } = await whenServed(async () => {
    const admin = new pg.Client({ connectionString: scratch.adminUrl });
    admin.on("error", () => undefined);
    try {
      await admin.connect();
      const { rows: folders } = await admin.query<{ data_directory: string }>("show data_directory");
      const { rows } = await admin.query<{ pid: number }>(
        "select pid from pg_stat_activity where usename = 'onepot_app' order by pid limit 1",
      );
      const note = join(must(folders[0], "the server has its files").data_directory, "postmaster.pid");
      const server = Number(readFileSync(note, "utf8").split("\n")[0]);
      return { server, served: must(rows[0], "a client is served").pid };
    } finally {
      await admin.end().catch(() => undefined);
    }
  });
  process.kill(time % 3 === 2 ? served : server, "SIGKILL");
}

function readOracle(clients: number) {
  return Array.from({ length: clients }, (_, number) => readFileSync(join(folder, `client ${number}`), "utf8"))
    .join("")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [key = "", outcome = "", from = "", to = "", pence = ""] = line.split(" ");
      return { key, outcome, from: Number(from), to: Number(to), pence: BigInt(pence) };
    });
}

it("loses nothing acknowledged and does nothing twice", { timeout: 60_000 + KILLS * 30_000 }, async () => {
  const seed = drawSeed("kill");
  const next = splitMix64(BigInt(seed));
  const draw = (limit: number) => Number(below(BigInt(limit), next));
  const clients = KILLS > 2 ? 8 + draw(MOST_CLIENTS - 7) : 8;
  const told: Told = { intended: 0, unanswered: 0, already: 0 };
  let playing = true;
  const at = { draw, playing: () => playing, told };
  const posting = Promise.all(Array.from({ length: clients }, (_, number) => client(number, at)));
  for (let time = 0; time < KILLS; time += 1) {
    await pause(300 + draw(1_200));
    await kill(time);
    await whenServed(() => scratch.database.national((tx) => tx.one(sql`select 1 as one`)));
  }
  await pause(300);
  playing = false;
  await posting;
  const oracle = readOracle(clients);
  const posted = oracle.filter(({ outcome }) => outcome === "posted");
  process.stdout.write(
    `kill: seed ${seed}, ${KILLS} kills, ${clients} clients, ${told.intended} requests, ${posted.length} acknowledged as posted, ` +
      `${oracle.length - posted.length} refused, ${told.unanswered} times no answer, ${told.already} of them had been done\n`,
  );
  expect(oracle).toHaveLength(told.intended);
  await expectSame(posted);
});

/** Asks until it is answered: recovery may take a while, and a killed process is not missed at once. */
async function whenServed<T>(ask: () => Promise<T>): Promise<T> {
  const end = performance.now() + 60_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > end) throw error;
      await pause(100);
    }
  }
}

async function expectSame(posted: readonly Intention[]): Promise<void> {
  type Row = { readonly key: string; readonly account: string; readonly pence: bigint };
  const entries = await scratch.database.inPlace(placeId, (tx) =>
    tx.rows(
      sql<Row>`select transfer_id as key, account_id as account, amount_pence as pence from entry order by transfer_id, line`,
    ),
  );
  const there = new Map<string, string[]>();
  for (const { key, account, pence } of entries) there.set(key, [...(there.get(key) ?? []), `${account} ${pence}`]);
  const lost = posted.filter(({ key }) => !there.has(key));
  expect(lost, "acknowledged and lost").toEqual([]);
  const different = posted.filter(
    ({ key, from, to, pence }) => there.get(key)?.join() !== `${accounts[from]} ${-pence},${accounts[to]} ${pence}`,
  );
  expect(different, "there otherwise than acknowledged, twice or half done").toEqual([]);
  // What was refused, or never answered, is not there: every request was answered in the end.
  expect(there.size, "transfers nobody was told of").toBe(posted.length);
  const expected = accounts.map((_, index) =>
    posted.reduce((sum, { from, to, pence }) => sum + (to === index ? pence : 0n) - (from === index ? pence : 0n), 0n),
  );
  const sums = new Map<string, bigint>();
  for (const { account, pence } of entries) sums.set(account, (sums.get(account) ?? 0n) + pence);
  expect(accounts.map((account) => sums.get(account) ?? 0n)).toEqual(expected);
  const asked = { credential: { kind: "operator" }, place: PLACE, language: "en", input: {} } as const;
  expect(await perform(scratch.house, verifyLedger, asked)).toMatchObject({ ok: true, value: { verified: true } });
}

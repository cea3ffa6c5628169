/**
 * Batches against transfers posted one after another: the same balances, numbers and answers, and nothing at all of a batch
 * that is refused. Random batches by seed, each at a place of the two ways.
 */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { must } from "../lib/assert.ts";
import { addDays, type Day, mustDay } from "../lib/day.ts";
import { sql, type Transaction } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import { postJournals, verifyLedger } from "./index.ts";
import { type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";
import { openAccounts, postTransfer } from "./store/accounts.ts";
import { type BatchedTransfer, postBatch } from "./store/batches.ts";

let town: LedgerTown;
let streamId: string;
beforeAll(async () => {
  town = await openLedgerTown();
  streamId = await town.stream("Stream", { pence: 1_000_000n });
});
afterAll(() => town.house.close());

const inPlace = <T>(work: (tx: Transaction) => Promise<T>) => town.house.database.inPlace(town.placeId, work);
const START = mustDay("2012-06-01");

/** A source that may fall to -500, two accounts that may not fall below nought, and one without a floor. */
async function openSet(): Promise<readonly string[]> {
  return inPlace((tx) =>
    openAccounts(
      tx,
      town.placeId,
      [-500n, 0n, 0n, null].map((floorPence) => ({
        accountId: newId(),
        book: "shadow" as const,
        kind: "clearing" as const,
        recordId: newId(),
        streamId,
        potId: null,
        floorPence,
      })),
    ),
  );
}

type Step = { readonly from: number; readonly to: number; readonly pence: number; readonly day: number };
const step: fc.Arbitrary<Step> = fc.record({
  from: fc.nat({ max: 3 }),
  to: fc.nat({ max: 3 }),
  pence: fc.integer({ min: 1, max: 200 }),
  day: fc.nat({ max: 9 }),
});

function transferOf(accounts: readonly string[], one: Step): BatchedTransfer {
  const lineOf = (which: number, amountPence: bigint) => ({
    accountId: must(accounts[which], "an account"),
    amountPence,
  });
  return {
    transferId: newId(),
    book: "shadow",
    kind: "transfer",
    effectiveOn: addDays(START, one.day),
    recordId: newId(),
    words: "a step",
    requestHash: Buffer.alloc(32, 7),
    lines: [lineOf(one.from, BigInt(-one.pence)), lineOf(one.to, BigInt(one.pence))],
  };
}

const batch = (transfers: readonly BatchedTransfer[]) =>
  inPlace((tx) => postBatch(tx, town.placeId, { transfers, madeBy: "test", soft: false }));

async function oneByOne(transfers: readonly BatchedTransfer[]): Promise<string> {
  return inPlace(async (tx) => {
    await tx.run(sql`savepoint before`, "any");
    for (const transfer of transfers) {
      const { outcome } = await postTransfer(tx, town.placeId, { ...transfer, reversesId: null, madeBy: "test" });
      if (outcome === "posted") continue;
      await tx.run(sql`rollback to savepoint before`, "any");
      return outcome;
    }
    return "posted";
  });
}

const standing = (accounts: readonly string[]) =>
  inPlace((tx) =>
    tx.rows(sql<{ posted: bigint; version: bigint; newest: Day | null; entries: string }>`
      select a.posted_pence as posted, a.version, case when a.floor_pence is not null then a.last_effective_on end as newest,
             (select string_agg(concat_ws(' ', e.version, e.amount_pence, e.balance_pence, e.effective_on), ', '
                       order by e.version, e.effective_on, e.amount_pence)
                from entry e where e.place_id = a.place_id and e.account_id = a.account_id) as entries
        from ledger_account a where a.account_id = any(${accounts}::uuid[])
       order by array_position(${accounts}::uuid[], a.account_id)`),
  );

describe("a batch", () => {
  it("does what its transfers would do one after another, or nothing", { timeout: 60_000 }, async () => {
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
        async (batches) => {
          const [here, there] = [await openSet(), await openSet()];
          for (const steps of batches) {
            const answer = await batch(steps.map((one) => transferOf(here, one)));
            const plain = await oneByOne(steps.map((one) => transferOf(there, one)));
            outcomes.add(answer.outcome);
            // One after another stops at the first transfer at fault; a batch names the gravest fault of all.
            expect(answer.outcome === "posted", `${answer.outcome}, ${plain}`).toBe(plain === "posted");
            expect(await standing(here)).toEqual(await standing(there));
          }
        },
      ),
      {
        numRuns: 40,
        // Chance alone does not draw each outcome in forty runs: what comes in on the sixth day is not there on the third.
        examples: [
          [[[{ from: 3, to: 1, pence: 100, day: 5 }], [{ from: 1, to: 3, pence: 50, day: 2 }]]],
          [[[{ from: 1, to: 3, pence: 50, day: 0 }]]],
        ],
      },
    );
    expect([...outcomes].sort()).toEqual(["insufficient_funds", "insufficient_funds_then", "posted"]);
    expect((await town.value(verifyLedger, {})).verified).toBe(true);
  });

  it("is posted once however often it is sent, and by many at once", async () => {
    const accounts = await openSet();
    const transfers = [1, 2, 3].map((day) => transferOf(accounts, { from: 0, to: 1, pence: 100, day }));
    const answers = await Promise.all(Array.from({ length: 10 }, () => batch(transfers)));
    expect(answers.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 10 }, () => "posted"));
    expect(answers.reduce((sum, { posted }) => sum + posted, 0)).toBe(3);
    expect((await standing(accounts))[1]?.posted).toBe(300n);
    const other = { ...must(transfers[1], "a transfer"), requestHash: Buffer.alloc(32, 8) };
    expect(await batch([must(transfers[0], "a transfer"), other])).toMatchObject({ outcome: "key_reused", atFault: 2 });
  });

  it("takes a thousand", async () => {
    const accounts = await openSet();
    const transfers = Array.from({ length: 1000 }, (_, day) =>
      transferOf(accounts, { from: 3, to: 1, pence: 1, day: day % 9 }),
    );
    expect(await batch(transfers)).toMatchObject({ outcome: "posted", posted: 1000 });
    expect((await standing(accounts))[1]).toMatchObject({ posted: 1000n, version: 1000n });
  });
});

// Lines: account and pence; S is the source, A may not fall below nought, O is another stream's.
const JOURNALS = `
  S -100 A 100                  | posted 1
  S -100 A 99                   | unbalanced 1
  S -100 A 100; S -1 A 2        | unbalanced 2
  S -100 nowhere 100            | unknown_account 1
  S -100 O 100                  | streams_mixed 1
  A -101 S 101                  | insufficient_funds
  S -50 A 50; A -151 S 151      | insufficient_funds
  S -50 A 50; A -150 S 150      | posted 2
`;

describe("journals from a file", () => {
  let accounts: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const [source = "", plain = ""] = await openSet();
    const other = streamId;
    streamId = await town.stream("Another stream", { pence: 100n });
    const [another = ""] = await openSet();
    streamId = other;
    accounts = { S: source, A: plain, O: another, nowhere: newId() };
  });

  it.each(
    JOURNALS.trim()
      .split("\n")
      .map((row) => row.split("|").map((part) => part.trim())),
  )("%s: %s", async (written = "", expected = "") => {
    const journals = written.split("; ").map((one) => {
      const [from = "", out = "", to = "", into = ""] = one.split(" ");
      const lines = [
        { accountId: accounts[from] ?? "", amountPence: out },
        { accountId: accounts[to] ?? "", amountPence: into },
      ];
      return { book: "shadow" as const, effectiveOn: "2013-03-15", words: "A journal", lines };
    });
    const answer = await town.ask(postJournals, { journals });
    const words = answer.ok
      ? `posted ${answer.value.posted}`
      : [answer.refusal.code, "at" in answer.refusal ? answer.refusal["at"] : ""].join(" ").trim();
    expect(words).toBe(expected);
  });
});

/**
 * Two axes of time: a statement as at any day, as known at any block, is what the entries that were in the ledger by then
 * sum to. Seeded: records on random days, some of them backdated, sealed at random moments; recomputed in memory.
 */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sealAll } from "../../test/setup/seal.ts";
import { type Day, mustDay } from "../lib/day.ts";
import { type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";
import { recordAllocation } from "./record-allocation.ts";
import { recordContribution } from "./record-contribution.ts";
import { reverseTransfer } from "./reverse-transfer.ts";
import { showStatement } from "./show-statement.ts";

let town: LedgerTown;
beforeAll(async () => {
  town = await openLedgerTown();
});
afterAll(() => town.house.close());

const seal = () => sealAll(town);
const DAYS = ["2012-04-01", "2012-06-30", "2012-12-31", "2013-01-01", "2013-03-29"].map(mustDay);

type Made = { readonly day: Day; readonly pence: bigint; readonly kind: "put" | "allocated" };

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("put" as const), day: fc.nat(4), pence: fc.integer({ min: 1, max: 999 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("allocate" as const),
      day: fc.nat(4),
      pence: fc.integer({ min: 1, max: 300 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("reverse" as const), day: fc.constant(4), pence: fc.constant(0) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("seal" as const), day: fc.constant(0), pence: fc.constant(0) }) },
);

describe("a statement as known at a block", () => {
  it("is what the entries known by then sum to, at every day", async () => {
    await seal();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
        run += 1;
        const streamId = await town.stream(`Stream ${run}`, { pence: 1_000_000n });
        const potId = await town.pot(`Pot ${run}`);
        const pot = `pot-${run}`;
        const made: Made[] = [];
        const blocks: { readonly block: string; readonly count: number }[] = [];
        let last: { readonly transferId: string; readonly pence: bigint } | null = null;
        for (const one of [...steps, { do: "seal" as const, day: 0, pence: 0 }]) {
          const day = DAYS[one.day] ?? mustDay("2012-04-01");
          const pence = BigInt(one.pence);
          const amountPence = String(pence);
          if (one.do === "seal") {
            await seal();
            const shown = await town.value(showStatement, { pot, knownAt: "999999999" });
            blocks.push({ block: String(shown.known?.blockNumber), count: made.length });
          } else if (one.do === "put") {
            const done = await town.value(recordContribution, { streamId, potId, amountPence, madeOn: day });
            made.push({ day, pence, kind: "put" });
            last = { transferId: done.transferId, pence };
          } else if (one.do === "allocate") {
            const deciding = { name: "Work", decidedBy: "The board", decidedOn: day, power: "Clause 7" };
            const done = await town.ask(recordAllocation, { potId, amountPence, ...deciding });
            if (done.ok) made.push({ day, pence, kind: "allocated" });
          } else if (last !== null) {
            const { transferId } = last;
            const done = await town.ask(reverseTransfer, { transferId, reason: "A test", reversedOn: day });
            if (done.ok) made.push({ day, pence: -last.pence, kind: "put" });
            last = null;
          }
        }
        for (const { block, count } of blocks)
          for (const day of DAYS) {
            const shown = await town.value(showStatement, { pot, asAt: day, knownAt: block });
            const known = made.slice(0, count).filter((one) => one.day <= day);
            const sum = (kind: Made["kind"]) =>
              known.reduce((total, one) => (one.kind === kind ? total + one.pence : total), 0n);
            expect(shown.entries).toHaveLength(known.length);
            expect(shown.figures.contributedPence).toBe(sum("put"));
            expect(shown.figures.allocatedPence).toBe(sum("allocated"));
            expect(shown.closingPence).toBe(sum("put"));
          }
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it("names the block, its moment and its head, and refuses what is before the first", async () => {
    const now = await town.value(showStatement, { pot: "pot-1", knownAt: new Date().toISOString() });
    expect(now.known?.hash).toMatch(/^[0-9a-f]{64}$/);
    const same = await town.value(showStatement, { pot: "pot-1", knownAt: String(now.known?.blockNumber) });
    expect(same.known).toEqual(now.known);
    expect((await town.value(showStatement, { pot: "pot-1" })).known).toBeNull();
    expect((await town.refusal(showStatement, { pot: "pot-1", knownAt: "2012-01-01" })).code).toBe("nothing_sealed");
    expect((await town.refusal(showStatement, { pot: "pot-1", knownAt: "then" })).code).toBe("input_not_valid");
  });
});

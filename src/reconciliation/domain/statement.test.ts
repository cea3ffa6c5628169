/** The statement as lines of text, and that it always comes out to the penny. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawSeed } from "../../../test/setup/seed.ts";
import { mustDay } from "../../lib/day.ts";
import { ageOf, reconcile, type StatementLine, type StatementRecord } from "./statement.ts";

const PERIOD = { from: mustDay("2013-02-01"), to: mustDay("2013-02-28") };
const code = (text: string) => {
  const [costCentre = "", subjective = ""] = text.split("/");
  return { costCentre, subjective, project: "" };
};
const line = (text: string): StatementLine => {
  const [lineId = "", day = "", pence = "", reference = "", match = "", codes = ""] = text
    .split(",")
    .map((one) => one.trim());
  return {
    lineId,
    document: "",
    postedOn: mustDay(day),
    amountPence: BigInt(pence),
    supplier: "",
    reference,
    matchId: match || null,
    ...code(codes),
  };
};
const record = (text: string): StatementRecord => {
  const [recordId = "", day = "", pence = "", reference = "", match = "", codes = ""] = text
    .split(",")
    .map((one) => one.trim());
  const about = {
    kind: "payment",
    supplier: "",
    reference,
    matchId: match || null,
    code: codes === "" ? null : code(codes),
  };
  return { recordId, day: mustDay(day), amountPence: BigInt(pence), ...about };
};

describe("a month", () => {
  // Worked by hand: ours 100 + 250 + 40 = 390; theirs 100 + 245 + 9 = 354; 390 - 40 (ours only) + 9 (theirs only) - 5 = 354.
  const records = [
    "P1,2013-01-20,100,,M1,4471/41100",
    "P2,2013-02-10,250,OP-2,,4471/41100",
    "P3,2013-02-20,40,,M2,4471/",
  ].map(record);
  const lines = [
    "L1,2013-01-22,100,,M1,4471/41100",
    "L2,2013-02-12,245,OP-2,,4471/41100",
    "L3,2013-02-25,9,,,9000/1",
    "L4,2013-03-02,40,,M2,4471/7",
  ].map(line);
  const found = reconcile({ lines, records }, PERIOD);

  it("says what stood, what moved and what differs", () => {
    expect(found).toMatchObject({
      opening: { onepotPence: 100n, listingPence: 100n },
      period: { onepotPence: 290n, listingPence: 254n },
      closing: { onepotPence: 390n, listingPence: 354n },
      matchedPence: 100n,
      matches: 1,
      onepotOnlyPence: 40n,
      listingOnlyPence: 9n,
      differencesPence: 5n,
    });
  });
  it("what is matched after the last day waits", () => {
    expect([found.onepotOnly.map(({ recordId }) => recordId), found.listingOnly.map(({ lineId }) => lineId)]).toEqual([
      ["P3"],
      ["L3"],
    ]);
  });
  it("by code", () => {
    expect(
      found.codes.map(
        (one) => `${one.costCentre}/${one.subjective} ${one.onepotPence} ${one.listingPence} ${one.differencePence}`,
      ),
    ).toEqual(["4471/ 40 0 40", "4471/41100 350 345 5", "9000/1 0 9 -9"]);
  });
});

describe("any statement", () => {
  it("comes out to the penny, in sum and by code", () => {
    const item = fc.record({
      day: fc.constantFrom("2013-01-10", "2013-02-03", "2013-02-28", "2013-03-04"),
      pence: fc.integer({ min: -50, max: 50 }),
      reference: fc.constantFrom("", "OP-1", "OP-2", "OP-3"),
      code: fc.constantFrom("", "1/2", "1/", "3/4"),
    });
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 15 }),
        fc.array(item, { maxLength: 15 }),
        fc.nat(6),
        (ours, theirs, pairs) => {
          // Matches are of equal amounts: the first few lines are made equal to the first few records.
          const matched = Math.min(pairs, ours.length, theirs.length);
          const match = (at: number): string => (at < matched ? `M${at}` : "");
          const records = ours.map((one, at) =>
            record(`P${at},${one.day},${one.pence},${one.reference},${match(at)},${one.code}`),
          );
          const lines = theirs.map((one, at) =>
            line(
              `L${at},${one.day},${at < matched ? ours[at]?.pence : one.pence},${one.reference},${match(at)},${one.code}`,
            ),
          );
          const found = reconcile({ lines, records }, PERIOD);
          expect(
            found.closing.onepotPence - found.onepotOnlyPence + found.listingOnlyPence - found.differencesPence,
          ).toBe(found.closing.listingPence);
          const total = (key: "onepotPence" | "listingPence") => found.codes.reduce((sum, one) => sum + one[key], 0n);
          expect([total("onepotPence"), total("listingPence")]).toEqual([
            found.closing.onepotPence,
            found.closing.listingPence,
          ]);
        },
      ),
      { seed: drawSeed("statement"), numRuns: 300 },
    );
  });
});

describe("the same reference", () => {
  it("is another amount only of a cost with a cost: a credit that names its invoice is none", () => {
    const found = reconcile(
      {
        records: [record("C1,2013-02-20,-24000,OP-7"), record("P1,2013-02-04,30000,OP-9")],
        lines: [line("L1,2013-02-04,624000,OP-7"), line("L2,2013-02-05,30500,OP-9")],
      },
      PERIOD,
    );
    expect(found.amountDifferences.map((one) => [one.record.recordId, one.line.lineId])).toEqual([["P1", "L2"]]);
    expect([found.onepotOnlyPence, found.listingOnlyPence, found.differencesPence]).toEqual([-24000n, 624000n, -500n]);
  });
});

describe("ages", () => {
  it.each([
    ["2013-03-29", "0 0-30"],
    ["2013-02-27", "30 0-30"],
    ["2013-02-26", "31 31-60"],
    ["2013-01-28", "60 31-60"],
    ["2013-01-27", "61 61-90"],
    ["2012-12-29", "90 61-90"],
    ["2012-12-28", "91 over-90"],
  ])("%s is %s days old", (posted, expected) => {
    const { days, age } = ageOf(mustDay(posted), mustDay("2013-03-29"));
    expect(`${days} ${age}`).toBe(expected);
  });
});

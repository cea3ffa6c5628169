/** Files that nobody would make on purpose: whatever stands in them, the answer is whole, the same each time, and comes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Key, singleKey } from "./blocking/keys.ts";
import { blocksOf } from "./blocking/rules.ts";
import type { Comparison } from "./compare/comparison.ts";
import { findHomes } from "./household/homes.ts";
import { linkRecords } from "./link.ts";
import { findPatterns } from "./model/patterns.ts";
import { planColumns } from "./plan.ts";
import { Gathering } from "./table/gather.ts";
import { type Column, GrowingColumn } from "./table/records.ts";

type Files = readonly { readonly name: string; readonly rows: readonly (readonly string[])[] }[];

const HEADINGS = ["id", "forename", "surname", "date_of_birth", "address", "postcode", "email", "nhs_number"];

function gathered(files: Files, headings = HEADINGS) {
  const gathering = new Gathering({ id: "id", ignore: [] });
  for (const { name, rows } of files) {
    gathering.open(name, headings);
    for (const row of rows) gathering.take(row);
  }
  return gathering.finish();
}

function linked(files: Files, pairBudget = 1_000_000) {
  const records = gathered(files);
  if (!records.ok) return records;
  const plan = planColumns(records.value);
  if (!plan.ok) return plan;
  return linkRecords(records.value, { plan: plan.value, options: { seed: 1, threshold: 0.5, pairBudget } });
}

const cell = fc.oneof(
  fc.constantFrom("", " ", "-", "00/00/0000", "31/02/1999", "1999", "0000-00-00", "1/1/1", "99999999", "NULL", "n/a"),
  fc.constantFrom(
    "a|b;c",
    "|;|",
    "=1+1",
    '"',
    "O'Brien",
    "ﬁ",
    "ẞ",
    "Ⅷ",
    "\u0000",
    "\uD800",
    "𐐷",
    "李小龍",
    "محمد",
    "İı",
  ),
  fc.constantFrom(
    "M6 5PW",
    "m65pw",
    "a@b",
    "@",
    "9434765919",
    "999 999 9999",
    "Ann",
    "Anne",
    "Jones",
    "x".repeat(3000),
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);

describe("what stands in a file", () => {
  it("never makes a weight that is no number, a pair outside a cluster, or another answer the second time", () => {
    const row = fc.array(cell, { minLength: HEADINGS.length - 1, maxLength: HEADINGS.length - 1 });
    const rows = fc.array(row, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(rows, fc.boolean(), fc.constantFrom(1, 20, 1_000_000), (all, two, budget) => {
        const withIds = all.map((cells, at) => [`r${at}`, ...cells]);
        const files = two
          ? [
              { name: "a", rows: withIds },
              { name: "b", rows: withIds },
            ]
          : [{ name: "a", rows: withIds }];
        const found = linked(files, budget);
        if (!found.ok) {
          expect(["no_usable_columns", "too_many_pairs"]).toContain(found.refusal.code);
          return;
        }
        const { clusters, weights, recall, parameters } = found.value;
        expect(clusters.clusterOf).toHaveLength(all.length * files.length);
        expect(weights.every(Number.isFinite) && clusters.pairs.weights.every(Number.isFinite)).toBe(true);
        expect(recall >= 0 && recall <= 1 && parameters.prior > 0 && parameters.prior < 1).toBe(true);
        for (let pair = 0; pair < clusters.pairs.count; pair += 1)
          expect(clusters.clusterOf[clusters.pairs.left[pair] ?? -1]).toBe(
            clusters.clusterOf[clusters.pairs.right[pair] ?? -1],
          );
        const again = linked(files, budget);
        expect(again.ok && again.value.clusters).toEqual(clusters);
      }),
      { numRuns: 150 },
    );
  });

  it("may be one record, or two that are one, or two that share nothing", () => {
    const one = ["1", "Ann", "Jones", "1970-01-02", "1 Mill Street", "M6 5PW", "a@b.uk", "943 476 5919"];
    expect(linked([{ name: "a", rows: [one] }]).ok).toBe(false);
    const apart = ["2", "Bob", "Smith", "1950-06-07", "9 High Road", "SK1 1AA", "c@d.uk", "401 023 2137"];
    const two = linked([{ name: "a", rows: [one, apart] }]);
    expect(two.ok && [...two.value.clusters.clusterOf]).toEqual([0, 1]);
  });

  it("says of nothing found that nothing was looked for, where every block is too large", () => {
    const rows = Array.from({ length: 3000 }, (_, at) => [`${at}`, at % 2 === 0 ? "Ann" : "Bob", "Jones"]);
    const found = linked([{ name: "a", rows }]);
    if (found.ok) expect(found.value.pairs.count === 0 ? found.value.recall : 0).toBe(0);
  });

  it("keeps apart the ids of two files of one name", () => {
    const rows = [["1", "Ann", "Jones"]];
    const records = gathered([
      { name: "people.csv", rows },
      { name: "people.csv", rows },
    ]);
    expect(records.ok && records.value.ids).toEqual(["people.csv:1", "people.csv#2:1"]);
  });

  it("may be a cell of a hundred thousand words", () => {
    const words = (from: number) => Array.from({ length: 100_000 }, (_, at) => `w${from + at}`).join(" ");
    const rows = Array.from({ length: 6 }, (_, at) => [`${at}`, `Ann${at}`, "Jones", "", words(at)]);
    expect(linked([{ name: "a", rows }]).ok).toBe(true);
  });
});

describe("numbers beyond 53 bits", () => {
  const level = (base: number, at: number): Comparison => ({
    name: `c${at}`,
    columns: [],
    levels: Array.from({ length: base }, () => ({ name: "", group: 0, expected: 0.1, below: [] })),
    compare: (left, right) => ((left * 31 + right * 17 + at * 7) % (base + 1)) - 1,
    spread: () => new Float64Array(base),
    household: (matched) => matched,
    rarity: () => ({ whole: () => 0, shared: () => 0 }),
  });

  it("are not made of the levels of a pair, however many columns are compared", () => {
    const comparisons = Array.from({ length: 40 }, (_, at) => level(5 + (at % 27), at));
    const pairs = {
      count: 500,
      left: Int32Array.from({ length: 500 }, (_, at) => at + 1),
      right: Int32Array.from({ length: 500 }, (_, at) => at >> 1),
    };
    const { ofPair, levels, counts } = findPatterns(pairs, comparisons);
    for (let pair = 0; pair < pairs.count; pair += 1)
      comparisons.forEach(({ compare }, at) => {
        expect(levels[(ofPair[pair] ?? 0) * comparisons.length + at]).toBe(
          compare(pairs.left[pair] ?? 0, pairs.right[pair] ?? 0),
        );
      });
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500);
  });

  it.each(["one value", "several values"])("are not made of the keys of a rule of %s for each record", (kind) => {
    // Three keys of 2^20 values: by one number of 60 bits, records that share two of three would be in one block.
    const large = 2 ** 20;
    const key = (name: string, code: number): Key => {
      const codes = Int32Array.from([large - 1, large - 1 - code]);
      const made = singleKey(
        { name, comparison: name, parts: [name], of: () => "" },
        { codes: Int32Array.from([0, 1]), numbers: codes },
      );
      return kind === "one value" ? made : { ...made, single: null };
    };
    const blocks = blocksOf({ keys: [key("a", 0), key("b", 0), key("c", 1)] }, { largestBlock: 10 });
    expect(blocks.pairs).toBe(0);
  });
});

describe("a street without numbers in forty thousand postcodes", () => {
  it("is no block of homes to compare each with each", () => {
    const column = (name: string, cells: readonly string[]): Column => {
      const growing = new GrowingColumn(name);
      cells.forEach((text, record) => {
        growing.set(record, text);
      });
      return growing.finish(cells.length);
    };
    const records = 40_000;
    const address = column("address", Array(records).fill("no fixed abode"));
    const postcode = column(
      "postcode",
      Array.from({ length: records }, (_, at) => `m${at % 90} ${at % 9}${String.fromCharCode(97 + (at % 26))}${at}`),
    );
    const personOf = Int32Array.from({ length: records }, (_, at) => at);
    expect(findHomes({ address, postcode, surname: null, personOf }).homeOf).toHaveLength(records);
  });
});

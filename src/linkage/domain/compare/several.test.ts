/** Lists of values in one record: the best of all pairs, as brute force finds it; chances that are shares; and found among columns. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkRecords } from "../link.ts";
import { planColumns } from "../plan.ts";
import { Gathering } from "../table/gather.ts";
import type { Column } from "../table/records.ts";
import { GrowingColumn } from "../table/records.ts";
import { NOTHING } from "./comparison.ts";
import { populationOf } from "./population.ts";
import { asPostcodes, comparePostcodes } from "./postcode-levels.ts";
import { bestOfSeveral, holdsLists, severalOf } from "./several.ts";

function column(name: string, cells: readonly string[]): Column {
  const growing = new GrowingColumn(name);
  cells.forEach((cell, record) => {
    growing.set(record, cell);
  });
  return growing.finish(cells.length);
}

function compared(cells: readonly string[]) {
  const { column: values, starts } = severalOf([column("postcodes", cells)], "postcodes");
  return bestOfSeveral(comparePostcodes(asPostcodes(values)), { starts, columns: ["postcodes"] });
}

describe("several values of one record", () => {
  it.each([
    ["M6 5PW", "M6 5PW", 0],
    ["M6 5PW|SK1 1AA", "SK1 1AA;LL11 1AA", 0],
    ["M6 5PW|SK1 1AA", "LL11 1AA|M6 5PX", 1],
    ["M6 5PW|SK1 1AA", "LL11 1AA|M6 5AB", 2],
    ["M6 5PW", "LL11 1AA|SK1 1AB", 5],
    ["M6 5PW", "", NOTHING],
    [" | ;", "M6 5PW", NOTHING],
  ])("%s and %s come to level %i", (one, other, level) => {
    const { compare } = compared([one, other, "M1 1AA"]);
    expect(compare(0, 1)).toBe(level);
    expect(compare(1, 0)).toBe(level);
  });

  it("is the best of all pairs, and its chances are shares of a whole", () => {
    const code = fc.constantFrom("M6 5PW", "M6 5PX", "M6 5AB", "M6 4AA", "M5 4WT", "SK1 1AA", "LL11 1AA");
    const lists = fc.array(fc.array(code, { maxLength: 4 }), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(lists, (records) => {
        const { compare, spread, rarity, levels } = compared(records.map((list) => list.join("|")));
        const alone = comparePostcodes(asPostcodes(column("postcodes", [...records.flat(), "M6 5PW"])));
        const firstOf = (at: number) => records.slice(0, at).reduce((sum, list) => sum + list.length, 0);
        const population = populationOf(
          Int32Array.from(records, (_, at) => at),
          1,
        );
        const shares = spread(population);
        expect(shares).toHaveLength(levels.length);
        expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
        const { whole } = rarity(population);
        records.forEach((one, left) => {
          records.forEach((other, right) => {
            if (left === right) return;
            const all = one.flatMap((_, a) =>
              other.map((_value, b) => alone.compare(firstOf(left) + a, firstOf(right) + b)),
            );
            const level = all.length === 0 ? NOTHING : Math.min(...all);
            expect(compare(left, right)).toBe(level);
            expect(Number.isFinite(whole({ left, right, level }))).toBe(true);
          });
        });
      }),
    );
  });

  it("knows a list by its cells, and not by one slip of a key", () => {
    expect(
      holdsLists(column("address", ["1 Mill Street | 2 High Street", "3 Low Road;4 Hill", "5 Oak|6 Elm", "7"])),
    ).toBe(true);
    expect(holdsLists(column("address", ["1 Mill Street;", "2 High Street", "3 Low | Road"]))).toBe(false);
  });
});

/** Forty people of two files; the second writes their addresses in another order and knows one more. */
function filesOf(headings: readonly string[], write: (addresses: readonly string[]) => readonly string[]) {
  const gathering = new Gathering({ id: "id", ignore: [] });
  const people = Array.from({ length: 40 }, (_, at) => ({
    name: `Person${String.fromCharCode(97 + (at % 26))}${String.fromCharCode(97 + ((at * 7) % 26))}`,
    born: `19${60 + (at % 40)}-0${1 + (at % 9)}-1${at % 10}`,
    homes: [`${at + 1} Mill Street`, `${at + 70} Chapel Lane`, `${at + 150} Station Road`],
  }));
  for (const file of ["one", "two"]) {
    gathering.open(file, ["id", "forename", "date_of_birth", ...headings]);
    people.forEach(({ name, born, homes }, at) => {
      const known = file === "one" ? homes : [homes[2] ?? "", homes[0] ?? "", homes[1] ?? ""];
      gathering.take([`${file}${at}`, name, born, ...write(known)]);
    });
  }
  const records = gathering.finish();
  if (!records.ok) throw new Error(records.refusal.code);
  const plan = planColumns(records.value);
  if (!plan.ok) throw new Error(plan.refusal.code);
  return { records: records.value, plan: plan.value };
}

describe("lists among columns", () => {
  it.each([
    { headings: ["addresses"], write: (homes: readonly string[]) => [homes.join(" | ")] },
    { headings: ["address_1", "address_2", "address_3"], write: (homes: readonly string[]) => homes },
  ])("are compared as one, in any order: $headings", ({ headings, write }) => {
    const { records, plan } = filesOf(headings, write);
    const list = plan.comparisons.find(({ columns }) => columns.includes(headings[0] ?? ""));
    expect(list?.columns).toEqual(headings);
    expect(list?.compare(0, 40)).toBe(0);
    expect(list?.compare(0, 41)).not.toBe(0);
    const linked = linkRecords(records, { plan, options: { seed: 1, threshold: 0.5, pairBudget: 1e6 } });
    expect(linked.ok && Array.from({ length: 40 }, (_, at) => linked.value.clusters.clusterOf[at + 40])).toEqual(
      linked.ok && Array.from({ length: 40 }, (_, at) => linked.value.clusters.clusterOf[at]),
    );
  });

  it("leaves two numbered columns as the lines of one address", () => {
    const { plan } = filesOf(["address_1", "address_2"], (homes) => homes.slice(0, 2));
    expect(plan.comparisons.map(({ name }) => name)).toContain("address_1 and address_2");
    expect(plan.comparisons.find(({ name }) => name.includes("address"))?.levels.length).toBeGreaterThan(16);
  });
});

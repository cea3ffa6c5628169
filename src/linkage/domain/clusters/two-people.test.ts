/** What proves two people of one home, and what does not: each line is two clusters of records. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planColumns } from "../plan.ts";
import { Gathering } from "../table/gather.ts";
import { provesTwoPeople } from "./two-people.ts";

const HEADINGS = ["id", "forename", "surname", "date_of_birth", "address", "nhs_number"];
const USUAL = ["carys", "morgan", "1988-07-04", "83 station lane", ""];

/** Records as "forename birthday address number", `;` between them; "-" for what is missing and "=" for what is usual. */
function readCluster(text: string): readonly (readonly string[])[] {
  return text.split(";").map((record) => {
    const [forename = "=", birthday = "=", address = "=", number = "="] = record.trim().split(/\s+/);
    return [forename, "=", birthday, address, number].map((cell, at) =>
      cell === "=" ? (USUAL[at] ?? "") : cell === "-" ? "" : cell.replaceAll("_", " "),
    );
  });
}

/** With others beside them, so that each column is seen for what it is. */
function factsOf(rows: readonly (readonly string[])[]) {
  const gathering = new Gathering({ id: "id", ignore: [] });
  gathering.open("file", HEADINGS);
  const others = Array.from({ length: 30 }, (_, at) => [
    `name${"abcdefghijklmnopqrstuvwxyzabcdefgh".slice(at, at + 4)}`,
    "jones",
    `19${60 + at}-03-0${1 + (at % 9)}`,
    `${at} church road`,
    OTHERS[at % OTHERS.length] ?? "",
  ]);
  [...rows, ...others].forEach((row, at) => {
    gathering.take([String(at), ...row]);
  });
  const records = gathering.finish();
  if (!records.ok) throw new Error(records.refusal.code);
  const plan = planColumns(records.value);
  if (!plan.ok) throw new Error(plan.refusal.code);
  return plan.value.facts;
}

/** Numbers of the range that is given to nobody, with their check digit. */
const OTHERS = ["9990000018", "9990000026", "9990000034"];

const cases = `
  twins, each named twice, by one slip         | carys; carys                | cerys; cerys             | two
  one slip, once                               | carys; carys                | cerys                    | maybe one
  twins of other names, once each              | carys                       | megan                    | two
  an initial                                   | c; c                        | carys; carys             | maybe one
  a diminutive, however often                  | margaret; margaret          | maggie; maggie           | maybe one
  one of two names                             | carys_ann; carys_ann        | ann; ann                 | maybe one
  a surname where the forename goes            | carys                       | morgan                   | maybe one
  other names at other homes                   | carys                       | megan = 9_park_road      | maybe one
  other names, no birthday                     | carys                       | megan -                  | maybe one
  father and son of one name                   | john 1960-02-03             | john 1985-06-09          | two
  one name, years too near for father and son  | john 1960-02-03             | john 1968-06-09          | maybe one
  one name, a digit of the year mistyped       | john 1960-02-03             | john 1980-02-03          | maybe one
  one name, day and month swapped              | john 1960-02-03             | john 1960-03-02          | maybe one
  brothers                                     | john 1990-02-03             | peter 1993-06-09         | two
  a father and son, elsewhere                  | john 1960-02-03             | john 1985-06-09 1_x_road | maybe one
  other numbers that prove themselves          | carys = = 9990000018        | carys = = 9990000026     | two
  numbers, elsewhere                           | carys = = 9990000018        | carys = 1_x_road 9990000026 | two
  a number that fails its check digit          | carys = = 9990000018        | carys = = 9990000017     | maybe one
  a number in common                           | carys = = 9990000018; carys = = 9990000026 | carys = = 9990000026 | maybe one
`;

describe("what proves two people", () => {
  const lines = cases
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()) as [string, string, string, string]);

  it.each(lines)("%s", (_, one, other, wanted) => {
    const [a, b] = [readCluster(one), readCluster(other)];
    const proves = provesTwoPeople(factsOf([...a, ...b]));
    const [left, right] = [a.map((__, at) => at), b.map((__, at) => at + a.length)];
    expect(proves(left, right) ? "two" : "maybe one").toBe(wanted);
  });

  it("is the same from either side, and never parts a cluster from itself", () => {
    const rows = lines.flatMap(([, one, other]) => [...readCluster(one), ...readCluster(other)]);
    const proves = provesTwoPeople(factsOf(rows));
    const cluster = fc.uniqueArray(fc.nat(rows.length - 1), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(cluster, cluster, (one, other) => {
        expect(proves(one, other)).toBe(proves(other, one));
        expect(proves(one, one)).toBe(false);
      }),
    );
  });

  it("proves nothing without facts", () => {
    const none = { forenames: null, surnames: null, births: null, numbers: [], homes: [] };
    expect(provesTwoPeople(none)([0], [1])).toBe(false);
  });
});

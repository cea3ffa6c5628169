/** Which writings are one home, and who in a household is one person. */
import { describe, expect, it } from "vitest";
import { Gathering } from "../table/gather.ts";
import { findHomes } from "./homes.ts";
import { joinWithin } from "./second-pass.ts";

/** Records as "address, postcode, surname, person"; "-" for what is missing. */
function homesOf(...lines: readonly string[]) {
  const rows = lines.map((line) => line.split(",").map((cell) => cell.trim().replace(/^-$/, "")));
  const gathering = new Gathering({ id: "id", ignore: [] });
  gathering.open("file", ["id", "address", "postcode", "surname"]);
  rows.forEach((row, at) => {
    gathering.take([String(at), ...row.slice(0, 3)]);
  });
  const records = gathering.finish();
  if (!records.ok) throw new Error(records.refusal.code);
  const columnOf = (name: string) => records.value.columns.find((column) => column.name === name) ?? null;
  return findHomes({
    address: columnOf("address"),
    postcode: columnOf("postcode"),
    surname: columnOf("surname"),
    personOf: Int32Array.from(rows, (row, at) => Number(row[3] ?? at)),
  });
}

const cases = `
  the same                                      | 12 Mill Street, M5 4QT, jones; 12 mill street, M54QT, smith    | one
  a mistyped street                             | 12 Mill Street, M5 4QT, jones; 12 Mil Sreet, M5 4QT, smith     | one
  a mistyped postcode                           | 12 Mill Street, M5 4QT, jones; 12 Mill Street, M5 4QR, smith   | one
  the house next door                           | 12 Mill Street, M5 4QT, jones; 14 Mill Street, M5 4QT, smith   | two
  another number for one person                 | 12 Mill Street, M5 4QT, jones, 7; 21 Mill Street, M5 4QT, jones, 7 | one
  the same street elsewhere                     | 12 Mill Street, M5 4QT, jones; 12 Mill Street, M20 9AB, smith  | two
  another flat                                  | Flat 1 12 Mill Street, M5 4QT, jones; Flat 2 12 Mill Street, M5 4QT, smith | two
  an address whose postcode is missing          | 12 Mill Street, M5 4QT, jones; 12 Mill Street, -, smith        | one
  a postcode alone                              | 12 Mill Street, M5 4QT, jones; -, M5 4QT, jones                | not known
`;

describe("homes", () => {
  it.each(
    cases
      .trim()
      .split("\n")
      .map((line) => line.split("|").map((cell) => cell.trim()) as [string, string, string]),
  )("%s", (_, text, wanted) => {
    const [one, other] = homesOf(...text.split(";")).homeOf;
    expect(other === -1 ? "not known" : one === other ? "one" : "two").toBe(wanted);
  });

  it("of an address that stands with two postcodes are not guessed", () => {
    const { homeOf } = homesOf(
      "12 Mill Street, M5 4QT, jones",
      "12 Mill Street, M20 9AB, smith",
      "12 Mill Street, -, wood",
    );
    expect(homeOf[2]).toBe(-1);
  });
});

describe("the second look inside a household", () => {
  const clusters = [[0, 1], [2, 3], [4], [5]];
  const bits = (table: Readonly<Record<string, number>>) => (left: number, right: number) =>
    table[`${Math.min(left, right)} ${Math.max(left, right)}`] ?? -9;
  const all = (of: readonly number[], to: number, weight: number) =>
    Object.fromEntries(of.map((one) => [`${one} ${to}`, weight] as const));
  const look = (table: Readonly<Record<string, number>>, mayJoin = () => true) =>
    joinWithin({ clusters, households: [[0, 1, 2, 3]], weightOf: bits(table), mayJoin, least: 0 });

  it("gives a record to the member it fits", () => {
    expect(look(all([0, 1], 4, 3))).toEqual([{ one: 2, other: 0, bits: 3 }]);
  });

  it("leaves alone what fits two members, or none", () => {
    expect(look({ ...all([0, 1], 4, 3), ...all([2, 3], 4, 2) })).toEqual([]);
    expect(look(all([0, 1], 4, -1))).toEqual([]);
  });

  it("keeps to what was proved or decided", () => {
    expect(look(all([0, 1], 4, 8), () => false)).toEqual([]);
  });
});

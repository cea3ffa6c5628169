/** Which column holds what, and what is wrong with a row, by row and column. */
import { expect, test } from "vitest";
import { allowedColumns, guessColumns, missingRoles } from "./columns.ts";
import { isFault, readPersonRow } from "./rows.ts";

const headings = `
  reference,forename,surname,date_of_birth | reference 0, forename 1, surname 2, date_of_birth 3 |
  UPN,First Name,Last Name,D.O.B,Postcode   | forename 1, surname 2, postcode 4, reference 0     |
  Case number,Name,Colour                  | reference 0                                        | surname
  NHS number,ID                            | nhs_number 0, reference 1                          |
  Colour,Shape                             |                                                    | reference,surname
`;

test.each(
  headings
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim())),
)("%s", (row = "", expected = "", missing = "") => {
  const columns = guessColumns(row.split(","));
  const said =
    expected === ""
      ? {}
      : Object.fromEntries(expected.split(", ").map((one) => [one.split(" ")[0], Number(one.split(" ")[1])]));
  expect(columns).toMatchObject(said);
  expect(missingRoles(columns).join(",")).toBe(missing);
});

test("what is not allowed is left out before anything is kept, but for who is to be protected", () => {
  const { kept, leftOut } = allowedColumns({ reference: 0, surname: 1, email: 2, protection: 3 }, ["surname"]);
  expect(kept).toEqual({ reference: 0, surname: 1, protection: 3 });
  expect(leftOut).toEqual(["email"]);
});

const rows = `
  R1 | Ada  | Peel |         | taken
     | Ada  | Peel |         | reference_missing reference
  R1 | Ada  | Peel |         | taken
  R2 |      |      |         | nobody surname
  R3 | A\u0007a | Peel |     | not_printable forename
  R4 | Ada  | Peel | refuge  | taken
  R5 | Ada  | Peel | perhaps | protection_not_known flag
`;

test.each(
  rows
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim())),
)("%j %j %j %j -> %s", (...row) => {
  const columns = { reference: 0, forename: 1, surname: 2, protection: 3 };
  const expected = row.pop();
  const read = readPersonRow(
    { row: 2, cells: row },
    { columns, headings: ["reference", "forename", "surname", "flag"], seen: new Set() },
  );
  expect(isFault(read) ? `${read.reason} ${read.column}` : "taken").toBe(expected);
});

test("a reference stands once", () => {
  const reading = { columns: { reference: 0, surname: 1 }, headings: ["id", "surname"], seen: new Set<string>() };
  expect(isFault(readPersonRow({ row: 2, cells: ["R1", "Peel"] }, reading))).toBe(false);
  expect(readPersonRow({ row: 3, cells: ["R1", "Moss"] }, reading)).toMatchObject({
    row: 3,
    column: "id",
    reason: "reference_twice",
  });
});

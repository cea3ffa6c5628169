/** Which column holds what, and what is wrong with a row, by row and column. */
import { expect, test } from "vitest";
import { allowedColumns, guessColumns, missingRoles } from "./columns.ts";
import { readRelatives } from "./relatives.ts";
import { isFault, readPersonRow } from "./rows.ts";

const headings = `
  reference,forename,surname,date_of_birth | reference 0, forename 1, surname 2, date_of_birth 3 |
  UPN,First Name,Last Name,D.O.B,Postcode   | forename 1, surname 2, postcode 4, reference 0     |
  Case number,Name,Colour                  | reference 0                                        | surname
  NHS number,ID                            | nhs_number 0, reference 1                          |
  ID,Surname,Relationship,Related to,Relation | reference 0, surname 1, household_role 2, related_to 3, relation 4 |
  ref,surname,related_to,relation          | reference 0, surname 1, related_to 2, relation 3   |
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

test("who is related and how are kept together or not at all", () => {
  const columns = { reference: 0, surname: 1, related_to: 2, relation: 3 };
  const { kept, leftOut } = allowedColumns(columns, ["surname", "related_to"]);
  expect([kept, leftOut]).toEqual([{ reference: 0, surname: 1 }, ["related_to", "relation"]]);
  expect(allowedColumns(columns, ["surname", "related_to", "relation"]).leftOut).toEqual([]);
});

/** The row's own reference is R1: related to, relation, and what is read or what is wrong. */
const relatives = `
                |                       | none
   ;            | ;                     | none
  R2            | Mother                | parent R2
  R2            |  GUARDIAN             | guardian R2
  R2            | foster carer          | guardian R2
  R2            | son                   | child R2
  R2            | Wife                  | partner R2
  R2            | Civil  Partner        | partner R2
  R2            | joint claim           | partner R2
  R2            | brother               | sibling R2
  R2;R3         | child                 | child R2, child R3
  R2 ; R3       | Daughter; sister      | child R2, sibling R3
  R2; R2        | partner; husband      | partner R2
  R2            |                       | relation_missing relation
                | mother                | relative_missing related_to
  R2;R3         | child;child;child     | relations_do_not_fit relation
  R2            | mother;father         | relations_do_not_fit relation
  R2;R3         | child;                | relations_do_not_fit relation
  R2;           | child                 | relations_do_not_fit relation
  ${Array.from({ length: 21 }, (_, at) => `K${at}`).join(";")} | child | too_many_relatives related_to
  R2            | aunt                  | relation_not_known relation
  R2            | jointly liable        | relation_not_known relation
  R2;R3         | child;aunt            | relation_not_known relation
  R1            | partner               | related_to_oneself related_to
  R2;R1         | child                 | related_to_oneself related_to
`;

test.each(
  relatives
    .split("\n")
    .filter((line) => line.includes("|"))
    .map((line) => line.split("|")),
)("of R1 with %j as %j is read %s", (relatedTo = "", relation = "", expected = "") => {
  const read = readRelatives({ reference: "R1", relatedTo, relation });
  const said = read.ok
    ? read.value.relatives.map(({ kinship, reference }) => `${kinship} ${reference}`).join(", ") || "none"
    : `${read.refusal.code} ${read.refusal.column}`;
  expect(said).toBe(expected.trim());
  if (!read.ok) return;
  // What is kept is read again as it was.
  const { related_to, relation: words } = read.value.written;
  expect(readRelatives({ reference: "R1", relatedTo: related_to, relation: words })).toEqual(read);
});

test("relatives are kept as normalised words, and a fault is told by row and column", () => {
  const columns = { reference: 0, surname: 1, related_to: 2, relation: 3 };
  const reading = { columns, headings: ["ref", "surname", "kin", "how"], seen: new Set<string>() };
  const read = (cells: readonly string[]) => readPersonRow({ row: 2, cells }, reading);
  expect(read(["R1", "Peel", " R2;R3 ", "Mother ;FATHER"])).toEqual({
    row: 2,
    reference: "R1",
    fields: { surname: "Peel", related_to: "R2; R3", relation: "mother; father" },
  });
  expect(read(["R2", "Peel", ";", ";"])).toEqual({ row: 2, reference: "R2", fields: { surname: "Peel" } });
  expect(read(["R4", "Peel", "R5", "aunt"])).toEqual({ row: 2, column: "how", reason: "relation_not_known" });
  const only = { ...reading, columns: { reference: 0, surname: 1, related_to: 2 } };
  expect(readPersonRow({ row: 9, cells: ["R9", "Peel", "R5"] }, only)).toEqual({
    ...{ row: 9, column: "kin", reason: "relation_missing" },
  });
  // A row that was refused takes no reference.
  expect(read(["R4", "Peel", "R5", "son"])).toMatchObject({ reference: "R4" });
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

/** One row of an agency's file as a record, or what is wrong with it, by row and column: never by value, for that is somebody's. */
import { PERSON_FIELDS, type PersonField } from "../../sharing/index.ts";
import type { Protection } from "../domain/household/gather-households.ts";
import type { Columns } from "./columns.ts";
import { type RelativesFault, readRelatives } from "./relatives.ts";

export type PersonRow = {
  readonly row: number;
  readonly reference: string;
  readonly fields: Readonly<Partial<Record<PersonField, string>>>;
};

export type RowFault = {
  readonly row: number;
  readonly column: string;
  readonly reason:
    | "reference_missing"
    | "reference_twice"
    | "too_long"
    | "not_printable"
    | "nobody"
    | "protection_not_known"
    | RelativesFault["code"];
};

const MOST_CHARACTERS = 300;
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}]/u;

type Reading = {
  readonly columns: Columns;
  readonly headings: readonly string[];
  /** References of the rows before, which this one's is added to. */
  readonly seen: Set<string>;
};

export function readPersonRow(
  { row, cells }: { readonly row: number; readonly cells: readonly string[] },
  { columns, headings, seen }: Reading,
): PersonRow | RowFault {
  const cellOf = (at: number | undefined) => (at === undefined ? "" : (cells[at] ?? "").trim());
  const fault = (at: number | undefined, reason: RowFault["reason"]): RowFault => ({
    row,
    column: at === undefined ? "" : headings[at] || `column ${at + 1}`,
    reason,
  });
  const reference = cellOf(columns.reference);
  if (reference === "") return fault(columns.reference, "reference_missing");
  for (const at of Object.values(columns)) {
    if (cellOf(at).length > MOST_CHARACTERS) return fault(at, "too_long");
    if (UNPRINTABLE.test(cellOf(at))) return fault(at, "not_printable");
  }
  if (seen.has(reference)) return fault(columns.reference, "reference_twice");
  const fields: Partial<Record<PersonField, string>> = {};
  for (const field of PERSON_FIELDS) {
    const value = cellOf(columns[field]);
    if (value !== "") fields[field] = value;
  }
  if (!["forename", "surname", "nhs_number", "ni_number"].some((field) => field in fields))
    return fault(columns.surname ?? columns.forename, "nobody");
  if (fields.protection !== undefined && protectionOf(fields.protection) === undefined)
    return fault(columns.protection, "protection_not_known");
  // Kept only where it says something, so that to have a flag is to be protected.
  if (fields.protection !== undefined && protectionOf(fields.protection) === null) delete fields.protection;
  const relatives = readRelatives({ reference, relatedTo: fields.related_to, relation: fields.relation });
  // Where the file has only one of the two columns, it is the one to be told of.
  if (!relatives.ok) {
    const { column, code } = relatives.refusal;
    return fault(columns[column] ?? columns.related_to ?? columns.relation, code);
  }
  const { related_to: _relatedTo, relation: _relation, ...others } = fields;
  seen.add(reference);
  return { row, reference, fields: { ...others, ...relatives.value.written } };
}

export function isFault(one: PersonRow | RowFault): one is RowFault {
  return "reason" in one;
}

const NO_FLAG = ["no", "n", "none", "0", "false"];
const FLAGS: Readonly<Record<string, Protection>> = {
  refuge: "refuge",
  adoption: "adoption",
  adopted: "adoption",
  protection: "protection",
  protected: "protection",
  "witness protection": "protection",
  yes: "protection",
  y: "protection",
  "1": "protection",
  true: "protection",
};

/** Null where the flag says that there is none; undefined where it says what we do not know. */
export function protectionOf(written: string): Protection | null | undefined {
  const flag = written.trim().toLowerCase();
  return flag === "" || NO_FLAG.includes(flag) ? null : FLAGS[flag];
}

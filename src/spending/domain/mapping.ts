/** Which column of a publisher's file holds what: guessed, shown, corrected by a person and saved. */
import { accept, type Result, refuse } from "../../lib/result.ts";
import type { Role } from "./roles.ts";

/** A row of a table, as the reader of tables gives it. */
export type SpendRow = { readonly row: number; readonly cells: readonly string[] };

export type Mapping = {
  /** The row with the headings, from 1; null when the file has none. Rows up to it are not payments. */
  readonly headerRow: number | null;
  /** The headings as they stand in the file. */
  readonly headings: readonly string[];
  /** The column of each role, from 0. */
  readonly columns: Readonly<Partial<Record<Role, number>>>;
};

export type AmountRole = "net" | "amount" | "gross";

/** The column that is the amount of a payment: net of VAT where the file has it, for VAT is mostly got back. */
export function amountRole(columns: Mapping["columns"]): AmountRole | null {
  if (columns.net !== undefined) return "net";
  if (columns.amount !== undefined) return "amount";
  return columns.gross === undefined ? null : "gross";
}

export type MappingRefusal =
  | { readonly code: "mapping_incomplete"; readonly missing: readonly ("paidOn" | "amount" | "supplier")[] }
  | { readonly code: "mapping_column_twice"; readonly column: string; readonly roles: readonly Role[] };

/** A mapping by which lines can be read: it has a day, an amount and a supplier, and no column means two things. */
export function checkMapping(mapping: Mapping): Result<Mapping, MappingRefusal> {
  const { columns } = mapping;
  const missing: ("paidOn" | "amount" | "supplier")[] = [];
  if (columns.paidOn === undefined) missing.push("paidOn");
  if (amountRole(columns) === null) missing.push("amount");
  if (columns.supplier === undefined) missing.push("supplier");
  if (missing.length > 0) return refuse({ code: "mapping_incomplete", missing });
  const roles = new Map<number, Role[]>();
  for (const [role, column] of Object.entries(columns)) {
    if (column !== undefined) roles.set(column, [...(roles.get(column) ?? []), role as Role]);
  }
  for (const [column, both] of roles) {
    if (both.length > 1)
      return refuse({ code: "mapping_column_twice", column: columnName(mapping, column), roles: both });
  }
  return accept(mapping);
}

/** What a person calls a column: its heading, or its letter when it has none. */
export function columnName(mapping: Mapping, column: number): string {
  return mapping.headings[column]?.trim() || columnLetters(column);
}

/** A, B ... Z, AA: how a spreadsheet names a column, counted from 0. */
export function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
}

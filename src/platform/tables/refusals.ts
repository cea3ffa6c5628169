/** Why a file was not read as a table. Each code has its words in messages.ts. */
export type TableRefusal =
  | { readonly code: "file_empty" }
  | { readonly code: "file_not_found" }
  | { readonly code: "file_too_large"; readonly limitBytes: number }
  | { readonly code: "file_not_a_table"; readonly looksLike: FileLook }
  | { readonly code: "file_encoding" }
  | { readonly code: "file_has_nul"; readonly atByte: number }
  | { readonly code: "too_many_rows"; readonly limit: number }
  | { readonly code: "too_many_columns"; readonly row: number; readonly limit: number }
  | { readonly code: "row_too_long"; readonly row: number; readonly limit: number }
  | { readonly code: "cell_too_long"; readonly row: number; readonly limit: number }
  | { readonly code: "quote_not_closed"; readonly row: number }
  | { readonly code: "zip_expands_too_far"; readonly limitBytes: number }
  | { readonly code: "xlsx_broken"; readonly part: string }
  | { readonly code: "xlsx_has_entities"; readonly part: string }
  | { readonly code: "xlsx_too_much_text"; readonly limitBytes: number }
  | { readonly code: "xlsx_locked" }
  | { readonly code: "sheet_not_found"; readonly sheet: string; readonly sheets: readonly string[] };

export type TableRefusalCode = TableRefusal["code"];

/** What a file that is not a table seems to be. */
export type FileLook = "pdf" | "web_page" | "old_excel" | "open_document" | "zip" | "picture" | "program_data";

/**
 * Ends the reading of a table part way through. An iterator has no other way to say that what it gave is not the whole:
 * a loop that merely ended would take half a file for all of it. `readTable` and `eachBatch` turn it into a value.
 */
export class TableStopped extends Error {
  override readonly name = "TableStopped";
  readonly refusal: TableRefusal;

  constructor(refusal: TableRefusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** A row of a table as its reader gives it. */
export type TableRow = {
  /** From 1, as a spreadsheet numbers it: blank lines count, and a line break inside a cell does not. */
  readonly row: number;
  readonly cells: readonly string[];
};

/** Rows come in batches: one wait for many rows. */
export type RowBatches = AsyncGenerator<readonly TableRow[], void, undefined>;

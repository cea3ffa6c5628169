/**
 * How much of an upload is read before it is refused. The limits bound memory and time, whatever the file claims about
 * itself: sizes are counted as they are read, never believed.
 */
export type TableLimits = {
  /** Bytes of the file as it was sent. */
  readonly fileBytes: number;
  /** Rows with content, headings among them. */
  readonly rows: number;
  readonly columns: number;
  /** Characters of one row, separators and quotes among them. */
  readonly rowCharacters: number;
  /** Characters of one cell; a spreadsheet holds 32,767. */
  readonly cellCharacters: number;
  /** Bytes that the parts of one XLSX file may expand to, together. */
  readonly expandedBytes: number;
  /** A part of an XLSX file may be this many times larger than its packed form, once it is over 16 MiB. */
  readonly expansion: number;
  /** Bytes of an XLSX file's texts that are kept in memory while its sheet is read. */
  readonly sharedTextBytes: number;
};

export const TABLE_LIMITS: TableLimits = {
  fileBytes: 2 * 1024 ** 3,
  rows: 12_000_000,
  columns: 1_000,
  rowCharacters: 200_000,
  cellCharacters: 32_767,
  expandedBytes: 1024 ** 3,
  expansion: 200,
  sharedTextBytes: 48 * 1024 ** 2,
};

/** Below this many bytes a part may be packed as tightly as it likes: a small blank sheet packs very well. */
export const EXPANSION_FREE_BYTES = 16 * 1024 ** 2;

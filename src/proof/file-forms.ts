/** The ways in which a book leaves as a file: what each is called, and its pieces as they are read. */

import type { Day } from "../lib/day.ts";
import { type CellValue, type Column, writeCsv, writeXlsx, writeZip } from "../platform/tables/index.ts";
import { accountName } from "./domain/account-name.ts";
import { beancountForm } from "./domain/beancount.ts";
import type { BookTransfer } from "./domain/books.ts";
import { FISCAL_FIELDS, fiscalDescriptor, fiscalRows } from "./domain/fiscal-package.ts";
import { GRANT_TITLES, type Grant, grantRow } from "./domain/grant-rows.ts";
import { hledgerForm } from "./domain/hledger.ts";
import { type BooksToWrite, journalText } from "./domain/journal-text.ts";

export const FORMATS = ["csv", "xlsx", "hledger", "beancount", "datapackage", "journal", "360giving"] as const;
export type Format = (typeof FORMATS)[number];

const CSV = "text/csv; charset=utf-8";
const TEXT = "text/plain; charset=utf-8";
/** The ending of the file's name, its media type, and what the file is of. */
export const FORMS: Readonly<Record<Format, { readonly ending: string; readonly mediaType: string }>> = {
  csv: { ending: "entries.csv", mediaType: CSV },
  xlsx: {
    ending: "entries.xlsx",
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  },
  hledger: { ending: "hledger.journal", mediaType: TEXT },
  beancount: { ending: "books.beancount", mediaType: TEXT },
  datapackage: { ending: "datapackage.zip", mediaType: "application/zip" },
  journal: { ending: "journal.csv", mediaType: CSV },
  "360giving": { ending: "grants.csv", mediaType: CSV },
};

export type ToWrite = {
  readonly slug: string;
  readonly books: BooksToWrite;
  readonly grants: AsyncIterable<Grant>;
  readonly assertAt: readonly Day[];
};

export function piecesOf(format: Format, the: ToWrite): AsyncIterable<string | Uint8Array> {
  const { books, assertAt } = the;
  switch (format) {
    case "csv":
      return writeCsv(
        ENTRY_COLUMNS,
        rowsOf(books.transfers, (one) => entryRows(one, books.head.book)),
      );
    case "xlsx":
      return writeXlsx({
        sheet: "Entries",
        columns: ENTRY_COLUMNS,
        rows: rowsOf(books.transfers, (one) => entryRows(one, books.head.book)),
      });
    case "journal":
      return writeCsv(JOURNAL_COLUMNS, rowsOf(books.transfers, journalRows));
    case "hledger":
      return journalText(hledgerForm, { books, assertAt });
    case "beancount":
      return journalText(beancountForm, { books, assertAt });
    case "datapackage":
      return fiscalZip(the);
    case "360giving":
      return writeCsv(GRANT_COLUMNS, grantRows(the));
  }
}

async function* rowsOf(
  transfers: AsyncIterable<BookTransfer>,
  rows: (transfer: BookTransfer) => readonly (readonly CellValue[])[],
): AsyncGenerator<readonly CellValue[]> {
  for await (const transfer of transfers) yield* rows(transfer);
}

const text = (name: string): Column => ({ name, type: "text" });
const pounds = (name: string): Column => ({ name, type: "pounds" });
const day = (name: string): Column => ({ name, type: "day" });

const ENTRY_COLUMNS: readonly Column[] = [
  ...["transfer_id", "line"].map(text),
  day("day"),
  ...["posted_at", "book", "kind", "entry", "record_id", "reverses", "made_by"].map(text),
  ...["account_id", "account_name", "account_kind", "pot", "stream", "record"].map(text),
  pounds("amount"),
];

/** One row for each line, so that the amounts of a transfer sum to nought. */
function entryRows(one: BookTransfer, book: string): readonly (readonly CellValue[])[] {
  return one.lines.map(({ account, amountPence }, line) => [
    one.transferId,
    String(line + 1),
    one.effectiveOn,
    one.postedAt,
    book,
    one.kind,
    one.words,
    one.recordId,
    one.reversesId,
    one.madeBy,
    account.accountId,
    accountName(account),
    account.kind,
    account.pot,
    account.stream,
    account.record,
    amountPence,
  ]);
}

const JOURNAL_COLUMNS: readonly Column[] = [
  text("Journal number"),
  day("Date"),
  text("Account"),
  text("Code"),
  pounds("Debit"),
  pounds("Credit"),
  text("Words"),
  text("Prepared by"),
  text("Authorised by"),
];

/** The code is the account's own until a body's codes are mapped; who authorised is written once that is kept. */
function journalRows(one: BookTransfer): readonly (readonly CellValue[])[] {
  return one.lines.map(({ account, amountPence }) => [
    one.transferId,
    one.effectiveOn,
    accountName(account),
    account.accountId,
    amountPence > 0n ? amountPence : null,
    amountPence < 0n ? -amountPence : null,
    one.words,
    one.madeBy,
    null,
  ]);
}

const GRANT_COLUMNS: readonly Column[] = GRANT_TITLES.map((name) =>
  name === "Amount Awarded" ? pounds(name) : /Date/.test(name) ? day(name) : text(name),
);

async function* grantRows({ grants, slug }: ToWrite): AsyncGenerator<readonly CellValue[]> {
  for await (const grant of grants) yield grantRow(grant, slug);
}

const FISCAL_COLUMNS: readonly Column[] = FISCAL_FIELDS.map(({ name, type }) =>
  type === "number" ? pounds(name) : type === "date" ? day(name) : text(name),
);

function fiscalZip({ slug, books }: ToWrite): AsyncIterable<Uint8Array> {
  const path = "entries.csv";
  const descriptor = fiscalDescriptor({ ...books.head, slug, path });
  const rows = rowsOf(books.transfers, fiscalRows);
  return writeZip([
    { name: "datapackage.json", texts: [`${JSON.stringify(descriptor, null, 2)}\n`] },
    { name: path, texts: withoutMark(writeCsv(FISCAL_COLUMNS, rows)) },
  ]);
}

/** Programs that read packages take the file's mark for a part of the first column's name. */
async function* withoutMark(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of pieces) yield piece.replace(/^\ufeff/, "");
}

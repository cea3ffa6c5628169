/** Sends a table as a file: CSV or XLSX, with numbers as numbers and nothing that a spreadsheet runs. */
import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Column, type WrittenRows, writeCsv, writeXlsx } from "../../../platform/tables/index.ts";
import { EXPORT_RATE } from "../spending/exports.ts";
import { choiceOf, type Exchange } from "./exchange.ts";

export type ExportFormat = "csv" | "xlsx";
export type ExportTable = {
  /** The file's name, without its ending. */
  readonly name: string;
  readonly sheet: string;
  readonly columns: readonly Column[];
  readonly rows: WrittenRows;
};

/** The file piece by piece, as its rows are read. */
export function piecesOf(format: ExportFormat, table: Omit<ExportTable, "name">): AsyncGenerator<string | Uint8Array> {
  return format === "csv" ? writeCsv(table.columns, table.rows) : writeXlsx(table);
}

export const TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** The form asked for in the address (?format=csv), or null: the page itself. */
export function askedFormat({ request }: Pick<Exchange, "request">): ExportFormat | null {
  return choiceOf(request, "format", ["csv", "xlsx"]);
}

/** For the route of a page that is also taken out: as many files a minute as of spending; the page itself is not counted. */
export const EXPORT_LIMIT = {
  rateLimit: { ...EXPORT_RATE.rateLimit, allowList: (request: FastifyRequest) => askedFormat({ request }) === null },
};

export function sendTable(
  the: Exchange,
  { format, table }: { readonly format: ExportFormat; readonly table: ExportTable },
): FastifyReply {
  const file = `${table.name.replaceAll(/[^a-z0-9-]+/gi, "-")}.${format}`;
  const stream = Readable.from(piecesOf(format, table), { objectMode: false });
  return the.reply
    .type(TYPES[format])
    .header("content-disposition", `attachment; filename="${file}"`)
    .header("cache-control", "private, no-store")
    .send(stream);
}

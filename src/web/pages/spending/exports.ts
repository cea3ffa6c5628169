/** Published spending as files: lines and sums, CSV and XLSX, written as they are read, with a limit of rows. */
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Result } from "../../../lib/result.ts";
import { type CellValue, type Column, writeCsv, writeXlsx } from "../../../platform/tables/index.ts";
import { takeOutLines, takeOutSums } from "../../../spending/index.ts";
import { ask, sendRefusal } from "../../visit.ts";
import { inputOf, readQuery } from "./address.ts";
import { LINE_COLUMNS, lineCells, ROWS_LIMIT, SUM_COLUMNS, sumCells } from "./export-columns.ts";

export type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };
type Kind = "csv" | "xlsx";

/** An export reads much: so many a minute for each reader. */
export const EXPORT_RATE = { rateLimit: { max: 20, timeWindow: 60_000 } };
const TYPES: Readonly<Record<Kind, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

export function registerExports(app: FastifyInstance): void {
  for (const kind of ["csv", "xlsx"] as const) {
    app.get(`/places/:place/spending/lines.${kind}`, { config: EXPORT_RATE }, (request, reply) =>
      sendLines({ request, reply }, kind),
    );
    app.get(`/places/:place/spending/sums.${kind}`, { config: EXPORT_RATE }, (request, reply) =>
      sendSums({ request, reply }, kind),
    );
  }
}

async function sendLines(the: Exchange, kind: Kind): Promise<FastifyReply> {
  const { place, input, faulty } = askedOf(the.request);
  if (faulty) return sendNothing(the);
  const next = async (last: LineLast | null) =>
    ask(the.request, takeOutLines, {
      place,
      input: { ...input, after: last === null ? null : { paidOn: last.paidOn, fileId: last.fileId, row: last.row } },
    });
  const first = await next(null);
  if (!first.ok) return sendRefusal(the, takeOutLines, first.refusal);
  const rows = batches({ first: first.value, next, cells: lineCells });
  return sendTable(the, { kind, name: `${place}-payments`, columns: LINE_COLUMNS, rows });
}

async function sendSums(the: Exchange, kind: Kind): Promise<FastifyReply> {
  const { place, input, faulty } = askedOf(the.request);
  if (faulty) return sendNothing(the);
  const { fileId: _, credits: __, ...filter } = input;
  const next = async (last: SumLast | null) =>
    ask(the.request, takeOutSums, {
      place,
      input: {
        ...filter,
        after:
          last === null
            ? null
            : {
                publisherId: last.publisherId,
                month: last.month,
                serviceArea: last.serviceArea,
                supplier: last.supplier,
              },
      },
    });
  const first = await next(null);
  if (!first.ok) return sendRefusal(the, takeOutSums, first.refusal);
  const rows = batches({ first: first.value, next, cells: sumCells });
  return sendTable(the, { kind, name: `${place}-spending-sums`, columns: SUM_COLUMNS, rows });
}

type LineLast = Parameters<typeof lineCells>[0];
type SumLast = Parameters<typeof sumCells>[0];

function askedOf(request: FastifyRequest) {
  const { place } = request.params as { readonly place: string };
  const { query, faults } = readQuery(request.query, request.visit.language);
  return { place, input: inputOf(query), faulty: faults.length > 0 };
}

/** A filter that cannot be read is told on the page, not by a file of something else. */
function sendNothing({ request, reply }: Exchange): FastifyReply {
  return reply.redirect(request.visit.address.replace(/\/(lines|sums)\.(csv|xlsx)/, ""), 303);
}

async function* batches<T>(the: {
  readonly first: readonly T[];
  readonly next: (last: T | null) => Promise<Result<readonly T[]>>;
  readonly cells: (row: T) => readonly CellValue[];
}): AsyncGenerator<readonly CellValue[]> {
  let batch = the.first;
  let sent = 0;
  while (batch.length > 0) {
    for (const row of batch) {
      if (sent >= ROWS_LIMIT) return;
      sent += 1;
      yield the.cells(row);
    }
    const following = await the.next(batch.at(-1) ?? null);
    if (!following.ok) return;
    batch = following.value;
  }
}

export function sendTable(
  { reply }: Exchange,
  file: {
    readonly kind: Kind;
    readonly name: string;
    readonly columns: readonly Column[];
    readonly rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>;
  },
): FastifyReply {
  const { kind, name, columns, rows } = file;
  const pieces = kind === "csv" ? writeCsv(columns, rows) : writeXlsx({ sheet: "Payments", columns, rows });
  return reply
    .type(TYPES[kind])
    .header("content-disposition", `attachment; filename="${name.replaceAll(/[^a-z0-9-]/gi, "-")}.${kind}"`)
    .header("cache-control", "private, no-store")
    .send(Readable.from(pieces, { objectMode: false }));
}

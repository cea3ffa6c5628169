/** The ledger and its accounts as files: all that the filters leave, read in one transaction and never in memory. */
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { everyAccount, everyTransfer, ledgerRefusals, listAccounts, listTransfers } from "../../../ledger/index.ts";
import { accept } from "../../../lib/result.ts";
import type { CellValue } from "../../../platform/tables/index.ts";
import { declarePlaceUseCase, type PlaceContext } from "../../../platform/use-case/index.ts";
import { sendRefusal } from "../../visit.ts";
import type { Exchange } from "./exchange.ts";
import { type ExportFormat, type ExportTable, piecesOf, TYPES } from "./exports.ts";
import { sendMadeFile } from "./made-file.ts";
import type { Account, Transfer } from "./reading.ts";

/** More than any place has; a file that is cut there says so by its name. */
export const MOST_TRANSFERS = 1_000_000;
export const MOST_ACCOUNTS = 1_000_000;

const format = z.enum(["csv", "xlsx"]);
const output = z.object({ fileName: z.string(), mediaType: z.string() });

const takeTransfers = declarePlaceUseCase({
  name: "ledger.transfers_file",
  summary: "A file of the ledger's transfers",
  permission: "ledger.read",
  changes: false,
  makesFile: true,
  input: listTransfers.input.omit({ page: true }).extend({ format }),
  output,
  example: { format: "csv" },
  refusals: ledgerRefusals,
  handle: async (ctx, { format, ...filter }) => {
    const listed = upTo(MOST_TRANSFERS, everyTransfer(ctx, filter));
    await takeFile(ctx, format, ledgerFile(listed.rows));
    return accept(madeFile(format, nameOf(`ledger-${ctx.place.slug}`, listed.more() && MOST_TRANSFERS)));
  },
});

const takeAccounts = declarePlaceUseCase({
  name: "ledger.accounts_file",
  summary: "A file of the ledger's accounts",
  permission: "ledger.read",
  changes: false,
  makesFile: true,
  input: listAccounts.input.omit({ page: true }).extend({ format }),
  output,
  example: { format: "csv" },
  refusals: ledgerRefusals,
  handle: async (ctx, { format, asAt: asked, ...filter }) => {
    const asAt = asked ?? ctx.today;
    const listed = upTo(MOST_ACCOUNTS, everyAccount(ctx, { ...filter, asAt }));
    await takeFile(ctx, format, accountsFile(listed.rows));
    return accept(madeFile(format, nameOf(`accounts-${asAt}`, listed.more() && MOST_ACCOUNTS)));
  },
});

/** The first so many, and afterwards whether there were more. */
function upTo<T>(
  most: number,
  all: AsyncIterable<T>,
): { readonly rows: AsyncIterable<T>; readonly more: () => boolean } {
  let [taken, more] = [0, false];
  async function* rows(): AsyncGenerator<T> {
    for await (const one of all) {
      more = taken === most;
      if (more) return;
      taken += 1;
      yield one;
    }
  }
  return { rows: rows(), more: () => more };
}

async function takeFile(ctx: PlaceContext, format: ExportFormat, table: Table): Promise<void> {
  for await (const piece of piecesOf(format, table)) await ctx.takePiece(piece);
}

const madeFile = (format: ExportFormat, name: string) => ({
  fileName: `${name}.${format}`,
  mediaType: TYPES[format],
});

type Wanted<I extends z.ZodObject> = { readonly format: ExportFormat; readonly input: Omit<z.input<I>, "page"> };

export async function sendLedgerFile(
  the: Exchange,
  { format, input }: Wanted<typeof listTransfers.input>,
): Promise<FastifyReply> {
  const refused = (refusal: { readonly code: string }) => sendRefusal(the, takeTransfers, refusal);
  return sendMadeFile(the, { useCase: takeTransfers, input: { ...input, format }, refused });
}

export async function sendAccountsFile(
  the: Exchange,
  { format, input }: Wanted<typeof listAccounts.input>,
): Promise<FastifyReply> {
  const refused = (refusal: { readonly code: string }) => sendRefusal(the, takeAccounts, refusal);
  return sendMadeFile(the, { useCase: takeAccounts, input: { ...input, format }, refused });
}

/** A file that is cut says so by its name: a row of words would be read as a row of the list. */
function nameOf(name: string, cutAt: number | false): string {
  return cutAt === false ? name : `${name}-first-${cutAt}`;
}

type Table = Omit<ExportTable, "name">;

/** One row for each line, so that the amounts of a transfer sum to nought. */
function ledgerFile(transfers: AsyncIterable<Transfer>): Table {
  return {
    sheet: "Ledger",
    columns: [
      { name: "transfer_id", type: "text" },
      { name: "day", type: "day" },
      { name: "posted_at", type: "text" },
      { name: "book", type: "text" },
      { name: "kind", type: "text" },
      { name: "entry", type: "text" },
      { name: "record_id", type: "text" },
      { name: "reverses", type: "text" },
      { name: "reversed_by", type: "text" },
      { name: "made_by", type: "text" },
      { name: "account_id", type: "text" },
      { name: "account", type: "text" },
      { name: "stream", type: "text" },
      { name: "amount", type: "pounds" },
      { name: "held_afterwards", type: "pounds" },
    ],
    rows: rowsOf(transfers, (one) =>
      one.lines.map((line) => [
        one.transferId,
        one.effectiveOn,
        one.postedAt.toISOString(),
        one.book,
        one.kind,
        one.words,
        one.recordId,
        one.reversesId,
        one.reversedById,
        one.madeBy,
        line.accountId,
        line.accountKind,
        line.stream,
        line.amountPence,
        line.balancePence,
      ]),
    ),
  };
}

function accountsFile(accounts: AsyncIterable<Account>): Table {
  return {
    sheet: "Accounts",
    columns: [
      { name: "account_id", type: "text" },
      { name: "book", type: "text" },
      { name: "account", type: "text" },
      { name: "record_id", type: "text" },
      { name: "record", type: "text" },
      { name: "stream_id", type: "text" },
      { name: "stream", type: "text" },
      { name: "pot_id", type: "text" },
      { name: "pot", type: "text" },
      { name: "entries", type: "number" },
      { name: "floor", type: "pounds" },
      { name: "held", type: "pounds" },
    ],
    rows: rowsOf(accounts, (one) => [
      [
        one.accountId,
        one.book,
        one.kind,
        one.recordId,
        one.record,
        one.streamId,
        one.stream,
        one.potId,
        one.pot,
        one.entries,
        one.floorPence,
        one.balancePence,
      ],
    ]),
  };
}

async function* rowsOf<T>(
  all: AsyncIterable<T>,
  rows: (one: T) => readonly (readonly CellValue[])[],
): AsyncGenerator<readonly CellValue[]> {
  for await (const one of all) yield* rows(one);
}

/** The ledger and its accounts as files: all that the filters leave, not a page of it, read in one transaction. */
import type { FastifyReply } from "fastify";
import { z } from "zod";
import {
  ACCOUNTS_A_PAGE,
  ledgerRefusals,
  listAccounts,
  listTransfers,
  TRANSFERS_A_PAGE,
} from "../../../ledger/index.ts";
import { accept, type Refused } from "../../../lib/result.ts";
import { declarePlaceUseCase, performWithin } from "../../../platform/use-case/index.ts";
import { ask, sendRefusal } from "../../visit.ts";
import { readPages } from "./all-pages.ts";
import { type Exchange, visitOf } from "./exchange.ts";
import { type ExportFormat, type ExportTable, sendTable } from "./exports.ts";
import type { Account, Transfer } from "./reading.ts";

/** Whole pages of the lists. */
export const MOST_TRANSFERS = 10_000;
export const MOST_ACCOUNTS = 10_000;

const readTransfers = declarePlaceUseCase({
  name: "ledger.transfers_file",
  summary: "What a file of the ledger's transfers holds",
  permission: "ledger.read",
  changes: false,
  input: listTransfers.input,
  output: z.object({}),
  example: {},
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const read = await readPages(MOST_TRANSFERS / TRANSFERS_A_PAGE, (page) =>
      performWithin(ctx, listTransfers, { ...input, page }),
    );
    if (!read.ok) return read as Refused<never>;
    const transfers = read.value.flatMap((page) => page.transfers);
    return accept({ transfers, more: read.value.at(-1)?.more ?? false });
  },
});

const readAccounts = declarePlaceUseCase({
  name: "ledger.accounts_file",
  summary: "What a file of the ledger's accounts holds",
  permission: "ledger.read",
  changes: false,
  input: listAccounts.input,
  output: z.object({}),
  example: {},
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const read = await readPages(MOST_ACCOUNTS / ACCOUNTS_A_PAGE, (page) =>
      performWithin(ctx, listAccounts, { ...input, page }),
    );
    if (!read.ok) return read as Refused<never>;
    const [{ asAt }] = read.value;
    const accounts = read.value.flatMap((page) => page.accounts);
    return accept({ accounts, asAt, more: read.value.at(-1)?.more ?? false });
  },
});

type Wanted<I extends z.ZodObject> = { readonly format: ExportFormat; readonly input: z.input<I> };

export async function sendLedgerFile(
  the: Exchange,
  { format, input }: Wanted<typeof listTransfers.input>,
): Promise<FastifyReply> {
  const { place } = visitOf(the.request);
  const found = await ask(the.request, readTransfers, { place, input });
  if (!found.ok) return sendRefusal(the, readTransfers, found.refusal);
  const { transfers, more } = found.value;
  return sendTable(the, { format, table: ledgerFile(transfers, nameOf(`ledger-${place}`, more && MOST_TRANSFERS)) });
}

export async function sendAccountsFile(
  the: Exchange,
  { format, input }: Wanted<typeof listAccounts.input>,
): Promise<FastifyReply> {
  const { place } = visitOf(the.request);
  const found = await ask(the.request, readAccounts, { place, input });
  if (!found.ok) return sendRefusal(the, readAccounts, found.refusal);
  const { accounts, asAt, more } = found.value;
  return sendTable(the, { format, table: accountsFile(accounts, nameOf(`accounts-${asAt}`, more && MOST_ACCOUNTS)) });
}

/** A file that is cut says so by its name: a row of words would be read as a row of the list. */
function nameOf(name: string, cutAt: number | false): string {
  return cutAt === false ? name : `${name}-first-${cutAt}`;
}

/** One row for each line, so that the amounts of a transfer sum to nought. */
function ledgerFile(transfers: readonly Transfer[], name: string): ExportTable {
  return {
    name,
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
    rows: transfers.flatMap((one) =>
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

function accountsFile(accounts: readonly Account[], name: string): ExportTable {
  return {
    name,
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
    rows: accounts.map((one) => [
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
    ]),
  };
}

/** The ledger and its accounts as files: all that the filters leave, not a page of it, read in one transaction. */
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { ledgerRefusals, listAccounts, listTransfers } from "../../../ledger/index.ts";
import { accept, type Refused } from "../../../lib/result.ts";
import { declarePlaceUseCase, performWithin } from "../../../platform/use-case/index.ts";
import { ask, sendRefusal } from "../../visit.ts";
import { type Query, withQuery } from "./addresses.ts";
import { type Exchange, visitOf } from "./exchange.ts";
import { type ExportFormat, type ExportTable, sendTable } from "./exports.ts";
import type { Account, Transfer } from "./reading.ts";

export const MOST_TRANSFERS = 10_000;
export const MOST_ACCOUNTS = 10_000;

/** The two files of a list, narrowed as the page is. */
export function fileLinks(path: string, query: Query): { readonly csv: string; readonly xlsx: string } {
  return { csv: withQuery(path, { ...query, format: "csv" }), xlsx: withQuery(path, { ...query, format: "xlsx" }) };
}

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
    const transfers: Transfer[] = [];
    for (let page = 1; ; page += 1) {
      const found = await performWithin(ctx, listTransfers, { ...input, page });
      if (!found.ok) return found as Refused<never>;
      transfers.push(...found.value.transfers);
      if (!found.value.more || transfers.length >= MOST_TRANSFERS)
        return accept({ transfers: transfers.slice(0, MOST_TRANSFERS), more: found.value.more });
    }
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
    const accounts: Account[] = [];
    for (let page = 1; ; page += 1) {
      const found = await performWithin(ctx, listAccounts, { ...input, page });
      if (!found.ok) return found as Refused<never>;
      accounts.push(...found.value.accounts);
      if (!found.value.more || accounts.length >= MOST_ACCOUNTS)
        return accept({
          accounts: accounts.slice(0, MOST_ACCOUNTS),
          asAt: found.value.asAt,
          more: found.value.more,
        });
    }
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

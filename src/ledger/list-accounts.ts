/** The accounts of the ledger with their balances as at a day. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { accountKind, asAt, book } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { type Account, type AccountsSought, listAccounts as findAccounts, readAccounts } from "./store/statement.ts";

export const ACCOUNTS_A_PAGE = 100;

export const listAccounts = declarePlaceUseCase({
  name: "ledger.accounts",
  summary: "List the ledger's accounts with their balances as at a day",
  permission: "ledger.read",
  changes: false,
  route: { method: "get", path: "ledger/accounts" },
  command: { words: "ledger accounts" },
  input: z.strictObject({
    potId: field.id.nullable().default(null),
    kind: accountKind.nullable().default(null),
    book: book.nullable().default(null),
    asAt,
    page: field.page,
  }),
  output: z.object({
    asAt: z.string(),
    accounts: z.array(
      z.object({
        accountId: field.id,
        book,
        kind: accountKind,
        recordId: field.id,
        record: z.string(),
        streamId: field.id.nullable(),
        stream: z.string().nullable(),
        potId: field.id.nullable(),
        pot: z.string().nullable(),
        floorPence: field.penceText.nullable(),
        balancePence: field.penceText,
        entries: z.string(),
      }),
    ),
    page: z.number(),
    more: z.boolean(),
  }),
  example: { kind: "pot", book: "real", asAt: "2013-03-29" },
  refusals: ledgerRefusals,
  handle: async (ctx, { page, asAt: asked, ...filter }) => {
    const day = asked ?? ctx.today;
    const found = await findAccounts(ctx.tx, {
      placeId: ctx.place.placeId,
      areaId: ctx.place.area?.areaId ?? null,
      ...filter,
      asAt: day,
      limit: ACCOUNTS_A_PAGE + 1,
      skip: (page - 1) * ACCOUNTS_A_PAGE,
    });
    return accept({ asAt: day, accounts: found.slice(0, ACCOUNTS_A_PAGE), page, more: found.length > ACCOUNTS_A_PAGE });
  },
});

/** All that the filters leave, in the order of the list and never a page of it: for a file. */
export async function* everyAccount(
  { tx, place }: PlaceContext,
  filter: Omit<AccountsSought, "placeId" | "areaId">,
): AsyncGenerator<Account> {
  const sought = { ...filter, placeId: place.placeId, areaId: place.area?.areaId ?? null };
  for await (const found of readAccounts(tx, sought)) yield* found;
}

/** The bank accounts that pots have of their own: of one pot, or of all of them. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { reconciliationRefusals } from "./messages.ts";
import { ACCOUNT_KINDS, listPotBanks } from "./store/books.ts";

export const listBanks = declarePlaceUseCase({
  name: "bank_account.list",
  summary: "List the bank accounts that pots have of their own",
  permission: "reconciliation.read",
  changes: false,
  route: { method: "get", path: "bank-accounts" },
  command: { words: "bank-account list" },
  input: z.strictObject({ potId: field.id.nullable().default(null) }),
  output: z.object({
    accounts: z.array(
      z.object({
        potId: field.id,
        pot: z.string(),
        slug: z.string(),
        accountKind: z.enum(ACCOUNT_KINDS),
        lastFour: z.string(),
        openedOn: z.string(),
      }),
    ),
  }),
  example: {},
  refusals: reconciliationRefusals,
  handle: async (ctx, { potId }) => {
    const { placeId, area } = ctx.place;
    return accept({ accounts: await listPotBanks(ctx.tx, { placeId, areaId: area?.areaId ?? null, potId }) });
  },
});

/** Records that a pot has a bank account of its own: only then is there a bank statement to reconcile it to. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, said } from "../platform/use-case/index.ts";
import { reconciliationRefusals } from "./messages.ts";
import { reachToKeep } from "./reach.ts";
import { ACCOUNT_KINDS, findPot, insertPotBank } from "./store/books.ts";

export const openBank = declarePlaceUseCase({
  name: "pot.open_bank",
  summary: "Record that a pot has a bank account of its own",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "pots/bank" },
  command: { words: "pot open-bank" },
  input: z.strictObject({
    potId: field.id,
    accountKind: z.enum(ACCOUNT_KINDS).default("current"),
    lastFour: z
      .string()
      .regex(/^\d{4}$/, said({ en: "Give the last four digits", cy: "Rhowch y pedwar digid olaf" }))
      .describe("The last four digits of the account's number; no more of it is kept"),
    openedOn: field.day,
  }),
  output: z.object({ potId: field.id }),
  example: { potId: "0199c0de-0000-7000-8000-000000000002", lastFour: "1234", openedOn: "2012-04-26" },
  refusals: reconciliationRefusals,
  audited: (value: { readonly potId: string }) => value.potId,
  handle: async (ctx, input) => {
    const { placeId } = ctx.place;
    const pot = await findPot(ctx.tx, placeId, input.potId);
    if (pot === null) return refuse({ code: "pot_not_found", pot: input.potId });
    const reached = await reachToKeep(ctx, { bodyId: pot.hostId, potId: pot.potId });
    if (!reached.ok) return reached;
    if (pot.book === "shadow") return refuse({ code: "shadow_pot" });
    if (input.openedOn < pot.openedOn) return refuse({ code: "before_opening", openedOn: pot.openedOn });
    if (input.openedOn > ctx.today) return refuse({ code: "after_today", today: ctx.today });
    const made = await insertPotBank(ctx.tx, placeId, { ...input, madeBy: ctx.mark });
    return made ? accept({ potId: pot.potId }) : refuse({ code: "bank_exists" });
  },
});

/** The statements of a quarter: one for each partner whose streams give, and when it went out. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { book, quarter } from "./input.ts";
import { periodRefusals } from "./period-messages.ts";
import { listStatementsOut } from "./store/closing.ts";

export const listPartnerStatements = declarePlaceUseCase({
  name: "partner.list_statements",
  summary: "The partners' statements of a quarter, and which are sent",
  permission: "ledger.read",
  changes: false,
  route: { method: "get", path: "ledger/statements" },
  command: { words: "partner list-statements", positional: ["quarter"] },
  input: z.strictObject({ quarter, book: book.nullable().default(null).describe("Left out, both") }),
  output: z.object({
    quarter: z.string(),
    statements: z.array(
      z.object({
        partnerId: field.id,
        name: z.string(),
        nameWelsh: z.string().nullable(),
        sentAt: z.string().nullable(),
        figuresHash: z.string().nullable(),
      }),
    ),
  }),
  example: { quarter: "2012-13/Q4" },
  refusals: periodRefusals,
  handle: async (ctx, { quarter: asked, book: of }) => {
    const found = await listStatementsOut(ctx.tx, ctx.place.placeId, { book: of, to: asked.to, quarter: asked.name });
    const statements = found.map((one) => ({ ...one, sentAt: one.sentAt?.toISOString() ?? null }));
    return accept({ quarter: asked.name, statements });
  },
});

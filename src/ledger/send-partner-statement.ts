/** Marks a partner's statement as sent, with the hash of the figures that went out and the block that held them. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { quarter } from "./input.ts";
import { makeStatement } from "./partner-statement.ts";
import { periodRefusals } from "./period-messages.ts";
import { findPartnerNames, insertSent } from "./store/partner-statement.ts";

export const sendPartnerStatement = declarePlaceUseCase({
  name: "partner.send_statement",
  summary: "Mark a partner's statement of a quarter as sent",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "partners/{partnerId}/statement/sent" },
  command: { words: "partner send-statement", positional: ["partnerId", "quarter"] },
  input: z.strictObject({
    partnerId: field.id,
    quarter,
    figuresHash: z
      .string()
      .max(64)
      .nullable()
      .default(null)
      .describe("Of the figures that were looked at; refused where they have changed. Left out, as they are now"),
  }),
  output: z.object({ statementId: field.id, figuresHash: z.string() }),
  example: { partnerId: "0199c0de-0000-7000-8000-000000000004", quarter: "2012-13/Q4" },
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    if (!permits(ctx.actor, "ledger.record", null)) return refuse({ code: "another_area" });
    const { placeId } = ctx.place;
    if ((await findPartnerNames(ctx.tx, placeId, input.partnerId)) === null)
      return refuse({ code: "partner_not_found" });
    const { figuresHash, block } = await makeStatement(ctx, input);
    if (input.figuresHash !== null && input.figuresHash !== figuresHash) return refuse({ code: "figures_changed" });
    const statementId = ctx.newId();
    await insertSent(ctx.tx, placeId, {
      statementId,
      partnerId: input.partnerId,
      quarter: input.quarter.name,
      figuresHash: Buffer.from(figuresHash, "hex"),
      blockNumber: block?.blockNumber ?? null,
      mark: ctx.mark,
    });
    return accept({ statementId, figuresHash });
  },
  audited: ({ statementId }) => statementId,
});

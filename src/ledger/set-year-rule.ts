/** Says what happens at the year end to money left in a pot, from a day on: carried forward, or back to who gave it. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { periodRefusals } from "./period-messages.ts";
import { refuseArea } from "./posting.ts";
import { findPot } from "./store/pots.ts";
import { insertYearRule, YEAR_RULES } from "./store/year-end.ts";

export const setYearRule = declarePlaceUseCase({
  name: "pot.set_year_rule",
  summary: "Say what happens at the year end to money left in a pot",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "pots/{potId}/year-rule" },
  command: { words: "pot set-year-rule", positional: ["potId", "rule"] },
  input: z.strictObject({
    potId: field.id,
    rule: z.enum(YEAR_RULES),
    startsOn: field.day.nullable().default(null).describe("The first day that it holds; left out, today"),
    source: field.words(400).describe("Where it is agreed: the agreement and its clause"),
  }),
  output: z.object({ potId: field.id, rule: z.enum(YEAR_RULES), startsOn: z.string() }),
  example: {
    potId: "0199c0de-0000-7000-8000-000000000002",
    rule: "carry_forward",
    source: "Pooled fund agreement of 26 April 2012, clause 11",
  },
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    const pot = await findPot(ctx.tx, ctx.place.placeId, input.potId);
    if (pot === null) return refuse({ code: "pot_not_found", pot: input.potId });
    const refused = refuseArea(ctx, pot.areaId);
    if (refused) return refused;
    const startsOn = input.startsOn ?? ctx.today;
    const { potId, rule, source } = input;
    const made = await insertYearRule(ctx.tx, ctx.place.placeId, { potId, rule, source, startsOn, mark: ctx.mark });
    return made ? accept({ potId, rule, startsOn }) : refuse({ code: "rule_exists" });
  },
  audited: ({ potId }) => potId,
});

/** What is left of a stream at a date, pot by pot and in each book, and what would be clawed back then and why. */
import { z } from "zod";
import { must } from "../lib/assert.ts";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { figuresOf } from "./domain/figures.ts";
import { addPositions, CLAWBACK_RULES, positionOf } from "./domain/position.ts";
import { RULE_STATES, ruleHistory } from "./domain/rule-history.ts";
import { asAt, book } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { findPotsOf, listClawbackRules } from "./store/clawback.ts";
import { findPots, findStandings } from "./store/pots.ts";
import { sumOutside } from "./store/resolve.ts";
import { findConditions, listStreams } from "./store/streams.ts";

const positionOut = {
  givenPence: field.penceText,
  allocatedPence: field.penceText,
  committedPence: field.penceText,
  paidPence: field.penceText,
  outsidePence: field.penceText,
  leftPence: field.penceText,
  clawback: z.array(z.object({ why: z.enum(["unspent_at_end", "ineligible"]), amountPence: field.penceText })),
};

export const showPosition = declarePlaceUseCase({
  name: "stream.position",
  summary: "Show what is left of a stream at a date and what would be clawed back; real and shadow apart",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "streams/{streamId}/position" },
  command: { words: "stream position", positional: ["streamId"] },
  input: z.strictObject({ streamId: field.id, asAt }),
  output: z.object({
    asAt: z.string(),
    streamId: field.id,
    endsOn: z.string(),
    /** Null where nobody has said: people judge by the words. */
    rule: z.object({ rule: z.enum(CLAWBACK_RULES), fromOn: z.string(), reason: z.string() }).nullable(),
    rules: z
      .array(
        z.object({
          ruleId: field.id,
          state: z.enum(RULE_STATES),
          rule: z.enum(CLAWBACK_RULES),
          fromOn: z.string(),
          reason: z.string(),
          setBy: z.string(),
        }),
      )
      .describe("Every rule that was ever set, the newest first, with what it is on the day"),
    words: z.string(),
    /** The conditions that no program decides on. */
    toJudge: z.array(z.object({ number: z.number(), words: z.string() })),
    pots: z.array(
      z.object({
        potId: field.id,
        pot: z.string(),
        potWelsh: z.string().nullable(),
        potSlug: z.string(),
        book,
        ...positionOut,
      }),
    ),
    real: z.object(positionOut),
    shadow: z.object(positionOut),
  }),
  example: { streamId: "0199c0de-0000-7000-8000-000000000001", asAt: "2013-03-29" },
  refusals: ledgerRefusals,
  handle: async (ctx, { streamId, asAt: asked }) => {
    const placeId = ctx.place.placeId;
    const day = asked ?? ctx.today;
    const areaId = ctx.place.area?.areaId ?? null;
    const [stream] = await listStreams(ctx.tx, { placeId, areaId, streamId, asAt: day });
    if (stream === undefined) return refuse({ code: "stream_not_found" });
    const rules = ruleHistory(await listClawbackRules(ctx.tx, placeId, streamId), day);
    const rule = rules.find(({ state }) => state === "in_force") ?? null;
    const potIds = await findPotsOf(ctx.tx, placeId, streamId);
    const found = await findPots(ctx.tx, placeId, potIds);
    const standings = await findStandings(ctx.tx, { placeId, potIds, asAt: day });
    const outside = await sumOutside(ctx.tx, { placeId, streamId, asAt: day });
    const pots = standings
      .filter((one) => one.streamId === streamId)
      .map((standing) => {
        const pot = must(
          found.find(({ potId }) => potId === standing.potId),
          "a standing has its pot",
        );
        const position = positionOf({
          figures: figuresOf(standing),
          outsidePence: outside.find(({ potId }) => potId === standing.potId)?.pence ?? 0n,
          rule: rule?.rule ?? null,
          endsOn: stream.endsOn,
          day,
        });
        return {
          potId: pot.potId,
          pot: pot.name,
          potWelsh: pot.nameWelsh,
          potSlug: pot.slug,
          book: pot.book,
          ...position,
        };
      });
    const conditions = await findConditions(ctx.tx, placeId, streamId);
    return accept({
      asAt: day,
      streamId,
      endsOn: stream.endsOn,
      rule: rule && { rule: rule.rule, fromOn: rule.fromOn, reason: rule.reason },
      rules,
      words: stream.clawback,
      toJudge: conditions.flatMap(({ number, words, terms }) => (terms === null ? [{ number, words }] : [])),
      pots,
      real: addPositions(pots.filter((one) => one.book === "real")),
      shadow: addPositions(pots.filter((one) => one.book === "shadow")),
    });
  },
});

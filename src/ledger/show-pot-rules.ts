/**
 * The rules of a pot, each in force, before and to come: in which order its streams are drawn on, and what happens to what
 * is left at the year end. With a worked example: from which streams the next amount would be allocated today, by the order
 * in force and by each other. Conditions are not asked, since nobody has said yet what the money would be for.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { DRAW_ORDERS, type DrawOrder, drawUpTo, MOST_RESTRICTED } from "./domain/draw.ts";
import { RULE_STATES, ruleHistory } from "./domain/rule-history.ts";
import { asAt, sharesOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { asThen } from "./posting.ts";
import { findSources } from "./store/accounts.ts";
import { findDrawOrder, listDrawOrders } from "./store/draw-orders.ts";
import { findPotNamed } from "./store/pots.ts";
import { listYearRules, YEAR_RULES } from "./store/year-end.ts";

const set = { state: z.enum(RULE_STATES), fromOn: z.string(), setBy: z.string() };
const named = { streamId: field.id, stream: z.string(), streamWelsh: z.string().nullable() };

export const showPotRules = declarePlaceUseCase({
  name: "pot.rules",
  summary:
    "Show a pot's draw order and its year-end rule, before and now, and what the next amount would be drawn from",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "pots/{pot}/rules" },
  command: { words: "pot rules", positional: ["pot"] },
  input: z.strictObject({
    pot: field.words(200).describe("Its address or its name"),
    asAt,
    amountPence: field.positivePence.default(10_000n).describe("Of the worked example; left out, £100.00"),
  }),
  output: z.object({
    asAt: z.string(),
    potId: field.id,
    drawOrders: z.array(
      z.object({
        ...set,
        orderId: field.id,
        order: z.enum(DRAW_ORDERS),
        streams: z.array(z.object(named)),
        reason: z.string(),
        clause: z.string(),
      }),
    ),
    yearRules: z.array(z.object({ ...set, rule: z.enum(YEAR_RULES), source: z.string() })),
    draws: z
      .array(
        z.object({
          order: z.enum(DRAW_ORDERS),
          inForce: z.boolean(),
          shares: sharesOut,
          restPence: field.penceText.describe("What the pot does not have"),
        }),
      )
      .describe("Today, by each order; a stated order only where it is in force"),
  }),
  example: { pot: "greater-manchester-troubled-families-pot" },
  refusals: ledgerRefusals,
  handle: async (ctx, { pot: asked, asAt: dayAsked, amountPence }) => {
    const placeId = ctx.place.placeId;
    const day = dayAsked ?? ctx.today;
    const pot = await findPotNamed(ctx.tx, { placeId, areaId: ctx.place.area?.areaId ?? null, named: asked });
    if (pot === null) return refuse({ code: "pot_not_found", pot: asked });
    const { potId } = pot;
    const found = await findSources(ctx.tx, { placeId, kind: "pot", recordId: potId, day: ctx.today });
    const sources = asThen(found);
    const inForce = await findDrawOrder(ctx.tx, placeId, { potId, day: ctx.today });
    const draw = (order: DrawOrder) => {
      const { shares, restPence } = drawUpTo({ amountPence, order, spending: null }, sources);
      return { order: order.order, inForce: order.order === inForce.order, shares, restPence };
    };
    return accept({
      asAt: day,
      potId,
      drawOrders: ruleHistory(await listDrawOrders(ctx.tx, placeId, potId), day),
      yearRules: ruleHistory(await listYearRules(ctx.tx, placeId, potId), day),
      draws: DRAW_ORDERS.flatMap((order) => {
        if (order === inForce.order) return [draw(inForce)];
        return order === "stated_order" ? [] : [draw({ ...MOST_RESTRICTED, order })];
      }),
    });
  },
});

/**
 * The form that says in which order a pot's streams are drawn on. Each order shows from which streams the next £100.00 would
 * come, worked out by the rule that draws; a stated order is given by a number beside each stream, which needs no script.
 */
import { DRAW_ORDERS, setDrawOrder } from "../../../../ledger/index.ts";
import type { Day } from "../../../../lib/day.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { accept, type Result } from "../../../../lib/result.ts";
import { formatDay } from "../../../shell/formats.ts";
import { ask } from "../../../visit.ts";
import { named } from "../exchange.ts";
import type { PotRules } from "../reading.ts";
import { drawText, orderText } from "../rules.ts";
import { type RuleWords, ruleWords } from "../words-rules.ts";
import { baseOf, type Desk } from "./desk.ts";
import { dayValues, type FormField } from "./fields.ts";
import type { Preparation, Prepared } from "./form.ts";

type Placed = { readonly streamId: string; readonly stream: string; readonly place: string };

export const placeName = (streamId: string): string => `place-${streamId}`;

export function drawOrderForm(desk: Desk, rules: PotRules): Preparation {
  const { the, visit, words, choices, inPot } = desk;
  const { potId, slug } = inPot.pot.pot;
  const own = ruleWords(visit.language);
  const streams = streamsOf(desk);
  const [first] = streams;
  const current = rules.drawOrders.find(({ state }) => state === "in_force");
  const form: Prepared = {
    ...baseOf(desk),
    twoPeople: false,
    submit: words("save"),
    title: own("changeDrawOrder"),
    lead: current ? own("inForceToday", { rule: orderText(current, visit) }) : own("drawOrderNone"),
    points: [...exampleNow(desk, rules), own("unasked"), own("fromThen"), own("onRecord"), own("noMoney")],
    useCase: setDrawOrder,
    fieldOf: {
      before_opening: "fromOn",
      streamIds: first === undefined ? "order" : placeName(first.streamId),
    },
    fields: fieldsOf(desk, rules),
    values: dayValues("fromOn", choices.reader.today),
    run: async (typed, requestKey) => {
      const placed = streams.map((one) => ({ ...one, place: typed.text(placeName(one.streamId)) }));
      const ranked = rankStreams(placed, own);
      if (!ranked.ok) return ranked;
      const input = {
        potId,
        // What is no order is the use case's to refuse.
        order: typed.text("order") as (typeof DRAW_ORDERS)[number],
        streamIds: [...ranked.value],
        fromOn: typed.text("fromOn"),
        reason: typed.text("reason"),
        clause: typed.text("clause"),
      };
      const done = await ask(the.request, setDrawOrder, { place: visit.place, requestKey, input });
      const notice = own("orderDone", { day: formatDay(visit.language, typed.text("fromOn") as Day) });
      return done.ok ? accept({ href: `${visit.to.pot(slug)}#draw-order`, notice }) : done;
    },
  };
  return { form };
}

function streamsOf({ visit, inPot }: Desk) {
  return inPot.pot.streams.map(({ streamId, stream, streamWelsh, unallocatedPence }) => ({
    streamId,
    stream: named(visit.language, [stream, streamWelsh]),
    unallocatedPence,
  }));
}

/** What the next amount would come from as things stand. */
function exampleNow({ visit, inPot }: Desk, { draws }: PotRules): readonly string[] {
  const { language } = visit;
  const { streams } = inPot.pot;
  return draws.filter(({ inForce }) => inForce).map((draw) => drawText(draw, { language, streams, as: "nextNow" }));
}

function fieldsOf(desk: Desk, { draws }: PotRules): readonly FormField[] {
  const { visit, inPot } = desk;
  const own = ruleWords(visit.language);
  const streams = streamsOf(desk);
  const hintOf = (order: (typeof DRAW_ORDERS)[number]): string => {
    const draw = draws.find((one) => one.order === order);
    if (order === "stated_order" || draw === undefined) return own("statedHint");
    return drawText(draw, { language: visit.language, streams: inPot.pot.streams, as: "nextIf" });
  };
  // Without streams there is nothing to put in order.
  const orders = DRAW_ORDERS.filter((one) => one !== "stated_order" || streams.length > 0);
  return [
    {
      kind: "radios",
      name: "order",
      label: own("order"),
      items: orders.map((one) => ({ value: one, text: own(`order_${one}`), hint: hintOf(one) })),
    },
    ...streams.map(
      ({ streamId, stream, unallocatedPence }, index): FormField => ({
        kind: "number",
        name: placeName(streamId),
        label: own("place", { stream, amount: formatPounds(unallocatedPence) }),
        ...(index === 0 && { hint: own("placeHint") }),
        optional: "later",
        group: own("places"),
      }),
    ),
    { kind: "date", name: "fromOn", label: own("fromOn") },
    { kind: "text", name: "clause", label: own("clauseField"), hint: own("clauseHint") },
    { kind: "text", name: "reason", label: own("reason") },
  ];
}

/** The streams by the numbers beside them, from 1 on; what is wrong is named by stream, every fault at once. */
export function rankStreams(placed: readonly Placed[], words: RuleWords): Result<readonly string[]> {
  const numbered = placed.filter(({ place }) => place !== "");
  const faults: { field: string; message: string }[] = [];
  const byPlace = new Map<number, Placed>();
  for (const one of numbered) {
    const { streamId, stream } = one;
    const place = /^[1-9]\d{0,3}$/.test(one.place) ? Number(one.place) : 0;
    const before = byPlace.get(place);
    const field = placeName(streamId);
    if (place === 0 || place > placed.length)
      faults.push({ field, message: words("placeWrong", { stream, most: String(placed.length) }) });
    else if (before !== undefined)
      faults.push({ field, message: words("placeTwice", { first: before.stream, second: stream, place: one.place }) });
    else byPlace.set(place, one);
  }
  const inOrder = [...byPlace].toSorted(([a], [b]) => a - b);
  const gap = inOrder.findIndex(([place], index) => place !== index + 1);
  const [, after] = inOrder[gap] ?? [];
  // A number that is wrong or given twice leaves a gap of its own: that is said first.
  if (after !== undefined && faults.length === 0) {
    const { streamId, stream, place } = after;
    const message = words("placeGap", { missing: String(gap + 1), stream, place });
    faults.push({ field: placeName(streamId), message });
  }
  if (faults.length > 0) return { ok: false, refusal: { code: "input_not_valid", faults } };
  return accept(inOrder.map(([, { streamId }]) => streamId));
}

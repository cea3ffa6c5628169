/** The form that says who bears an item to resolve: an allocation of its pot, or further money of a stream. */
import type { FastifyInstance } from "fastify";
import { clearResolve, listResolve } from "../../../../ledger/index.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { accept } from "../../../../lib/result.ts";
import { asNotFound } from "../../../address-refusal.ts";
import { ask, sendRefusal } from "../../../visit.ts";
import { type Exchange, named, parameterOf, visitOf } from "../exchange.ts";
import { type ChoicesInPot, readChoices } from "../reading.ts";
import { reasonText } from "../resolve.ts";
import { resolveWords } from "../words-resolve.ts";
import { dayValues, type Item } from "./fields.ts";
import { type Preparation, registerForm } from "./form.ts";
import { dateHint } from "./open-records.ts";
import { formWords } from "./words.ts";

export function registerClearing(app: FastifyInstance): void {
  registerForm(app, { path: "/places/:place/resolve/:itemId/clear", prepare });
}

async function prepare(the: Exchange): Promise<Preparation> {
  const visit = visitOf(the.request);
  const { language } = visit;
  const words = resolveWords(language);
  const input = { itemId: parameterOf(the.request, "itemId") };
  const found = await ask(the.request, listResolve, { place: visit.place, input });
  if (!found.ok) return { page: sendRefusal(the, listResolve, asNotFound(found.refusal, "item_not_found")) };
  const [item] = found.value.items;
  if (item === undefined) return { page: sendRefusal(the, clearResolve, { code: "item_not_found" }) };
  // A form that was sent twice finds its item cleared already: its own key then gives the first answer again.
  if (item.leftPence === 0n && the.request.method !== "POST")
    return { page: sendRefusal(the, clearResolve, { code: "item_cleared" }) };
  const choices = await ask(the.request, readChoices, { place: visit.place, input: { pot: item.potSlug } });
  if (!choices.ok) return { page: sendRefusal(the, readChoices, choices.refusal) };
  const { inPot, streams, reader } = choices.value;
  const items: readonly Item[] = [
    { value: "", text: words("pickOne") },
    ...(inPot === null ? [] : allocationItems(inPot, language)),
    ...streams.flatMap((one): Item[] => {
      const left = one.amountPence - (item.book === "real" ? one.realGivenPence : one.shadowGivenPence);
      const name = named(language, [one.name, one.nameWelsh]);
      const text = words("ofStream", { name, amount: formatPounds(left) });
      return left > 0n ? [{ value: `stream ${one.streamId}`, text }] : [];
    }),
  ];
  return {
    form: {
      title: words("clearTitle"),
      caption: `${item.supplier}: ${named(language, [item.service, item.serviceWelsh])}, ${item.reference}`,
      lead: words("clearLead", { amount: formatPounds(item.leftPence) }),
      points: [...item.reasons.map((reason) => reasonText(language, reason)), words("clearPoint")],
      submit: words("clearNow"),
      crumbs: [{ text: words("resolveTitle"), href: visit.to.resolve() }],
      cancelHref: visit.to.resolve(),
      useCase: clearResolve,
      fieldOf: {
        how: "bearer",
        allocationId: "bearer",
        streamId: "bearer",
        condition_not_met: "bearer",
        after_today: "clearedOn",
        insufficient_funds_then: "clearedOn",
      },
      fields: [
        { kind: "select", name: "bearer", label: words("clearWho"), items },
        { kind: "money", name: "amountPence", label: words("clearAmount") },
        {
          kind: "date",
          name: "clearedOn",
          label: words("clearedOn"),
          hint: dateHint(formWords(language), { language, today: reader.today }),
        },
        { kind: "text", name: "reason", label: words("clearReason"), hint: words("clearReasonHint") },
      ],
      values: {
        ...dayValues("clearedOn", reader.today),
        amountPence: formatPounds(item.leftPence).replaceAll(/[£,]/g, ""),
      },
      run: async (typed, requestKey) => {
        const [kind, id = null] = typed.text("bearer").split(" ");
        const amountPence = typed.text("amountPence");
        const input = {
          itemId: item.itemId,
          how: kind === "stream" ? ("from_stream" as const) : ("from_allocation" as const),
          allocationId: kind === "stream" ? null : id,
          streamId: kind === "stream" ? id : null,
          amountPence,
          clearedOn: typed.text("clearedOn"),
          reason: typed.text("reason"),
        };
        const done = await ask(the.request, clearResolve, { place: visit.place, requestKey, input });
        const notice = words("clearDone", { amount: formatPounds(BigInt(amountPence)) });
        return done.ok ? accept({ href: visit.to.trace(item.itemId), notice }) : done;
      },
    },
  };
}

function allocationItems(inPot: ChoicesInPot, language: "en" | "cy"): readonly Item[] {
  const words = resolveWords(language);
  return inPot.pot.allocations.flatMap((one): Item[] => {
    const left = one.amountPence - one.committedPence;
    const name = named(language, [one.name, one.nameWelsh]);
    const text = words("ofAllocation", { name, amount: formatPounds(left) });
    return one.reversed || left <= 0n ? [] : [{ value: `allocation ${one.allocationId}`, text }];
  });
}

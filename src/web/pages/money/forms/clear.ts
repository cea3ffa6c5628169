/** The form that says who bears an item to resolve: an allocation of its pot, or further money of a stream. */
import type { FastifyInstance } from "fastify";
import { clearResolve, listResolve } from "../../../../ledger/index.ts";
import type { Language } from "../../../../lib/language.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { asNotFound } from "../../../address-refusal.ts";
import { ask, sendRefusal } from "../../../visit.ts";
import { type Exchange, named, parameterOf, visitOf } from "../exchange.ts";
import type { ValueOf } from "../reading.ts";
import { type Choices, type ChoicesInPot, readChoices } from "../reading-choices.ts";
import { reasonText } from "../resolve.ts";
import { resolveWords } from "../words-resolve.ts";
import { type Item as Choice, dayValues, type FormField } from "./fields.ts";
import { type Preparation, type Prepared, registerForm } from "./form.ts";
import { dateHint } from "./open-records.ts";
import { recordOrPrepare } from "./two-people.ts";
import { formWords } from "./words.ts";

export function registerClearing(app: FastifyInstance): void {
  registerForm(app, { path: "/places/:place/resolve/:itemId/clear", prepare });
}

type Item = ValueOf<typeof listResolve>["items"][number];

async function prepare(the: Exchange): Promise<Preparation> {
  const visit = visitOf(the.request);
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
  return { form: formOf(the, { item, choices: choices.value }) };
}

type Clearing = { readonly item: Item; readonly choices: Choices };

function formOf(the: Exchange, { item, choices }: Clearing): Prepared {
  const visit = visitOf(the.request);
  const { language } = visit;
  const words = resolveWords(language);
  return {
    title: words("clearTitle"),
    caption: `${item.supplier}: ${named(language, [item.service, item.serviceWelsh])}, ${item.reference}`,
    lead: words("clearLead", { amount: formatPounds(item.leftPence) }),
    points: [...item.reasons.map((reason) => reasonText(language, reason)), words("clearPoint")],
    twoPeople: item.book === "real",
    submit: item.book === "real" ? formWords(language)("prepare") : words("clearNow"),
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
    fields: fieldsOf({ item, choices }, language),
    values: {
      ...dayValues("clearedOn", choices.reader.today),
      amountPence: formatPounds(item.leftPence).replaceAll(/[£,]/g, ""),
    },
    run: async (typed, requestKey) => {
      const amountPence = typed.text("amountPence");
      const input = {
        itemId: item.itemId,
        ...bearerOf(typed.text("bearer")),
        amountPence,
        clearedOn: typed.text("clearedOn"),
        reason: typed.text("reason"),
      };
      const notice = words("clearDone", { amount: formatPounds(BigInt(amountPence)) });
      const done = () => ({ href: visit.to.trace(item.itemId), notice });
      return recordOrPrepare(the, { useCase: clearResolve, requestKey, input, done });
    },
  };
}

/** A bearer is chosen as its kind and its id. */
function bearerOf(chosen: string) {
  const [kind, id = null] = chosen.split(" ");
  return kind === "stream"
    ? { how: "from_stream" as const, allocationId: null, streamId: id }
    : { how: "from_allocation" as const, allocationId: id, streamId: null };
}

function fieldsOf({ item, choices }: Clearing, language: Language): readonly FormField[] {
  const words = resolveWords(language);
  const { inPot, streams, reader } = choices;
  const items: readonly Choice[] = [
    { value: "", text: words("pickOne") },
    ...(inPot === null ? [] : allocationItems(inPot, language)),
    ...streams.flatMap((one): Choice[] => {
      const left = one.amountPence - (item.book === "real" ? one.realGivenPence : one.shadowGivenPence);
      const name = named(language, [one.name, one.nameWelsh]);
      const text = words("ofStream", { name, amount: formatPounds(left) });
      return left > 0n ? [{ value: `stream ${one.streamId}`, text }] : [];
    }),
  ];
  const hint = dateHint(formWords(language), { language, today: reader.today });
  return [
    { kind: "select", name: "bearer", label: words("clearWho"), items },
    { kind: "money", name: "amountPence", label: words("clearAmount") },
    { kind: "date", name: "clearedOn", label: words("clearedOn"), hint },
    { kind: "text", name: "reason", label: words("clearReason"), hint: words("clearReasonHint") },
  ];
}

function allocationItems(inPot: ChoicesInPot, language: Language): readonly Choice[] {
  const words = resolveWords(language);
  return inPot.pot.allocations.flatMap((one): Choice[] => {
    const left = one.amountPence - one.committedPence;
    const name = named(language, [one.name, one.nameWelsh]);
    const text = words("ofAllocation", { name, amount: formatPounds(left) });
    return one.reversed || left <= 0n ? [] : [{ value: `allocation ${one.allocationId}`, text }];
  });
}

/** What the forms that move money share: the pot in hand, where its refusals belong, and the streams to draw on. */
import { formatPounds } from "../../../../lib/pence.ts";
import { ask, sendPage, sendRefusal } from "../../../visit.ts";
import { type Exchange, named, parameterOf, topOf, type Visit, visitOf } from "../exchange.ts";
import { type Choices, type ChoicesInPot, readChoices } from "../reading-choices.ts";
import { moneyWords } from "../words.ts";
import type { FormField, Typed } from "./fields.ts";
import type { Preparation, Prepared } from "./form.ts";
import { dateHint } from "./open-records.ts";
import { type FormWords, formWords } from "./words.ts";

export type Desk = {
  readonly the: Exchange;
  readonly visit: Visit;
  readonly words: FormWords;
  readonly choices: Choices;
  readonly inPot: ChoicesInPot;
};
export type Base = Pick<Prepared, "caption" | "crumbs" | "cancelHref" | "submit" | "twoPeople">;

export async function prepare(
  the: Exchange,
  make: (desk: Desk) => Preparation | Promise<Preparation>,
): Promise<Preparation> {
  const visit = visitOf(the.request);
  const pot = parameterOf(the.request, "pot");
  const found = await ask(the.request, readChoices, { place: visit.place, input: { pot } });
  if (!found.ok) return { page: sendRefusal(the, readChoices, found.refusal) };
  const { inPot } = found.value;
  if (inPot === null) return { page: the.reply.callNotFound() as never };
  return make({ the, visit, words: formWords(visit.language), choices: found.value, inPot });
}

export function baseOf({ visit, words, inPot }: Desk): Base {
  const { pot } = inPot.pot;
  const name = named(visit.language, [pot.name, pot.nameWelsh]);
  return {
    caption: name,
    crumbs: [
      { text: moneyWords(visit.language)("potsTitle"), href: visit.to.pots },
      { text: name, href: visit.to.pot(pot.slug) },
    ],
    cancelHref: visit.to.pot(pot.slug),
    twoPeople: pot.book === "real",
    submit: words(pot.book === "real" ? "prepare" : "save"),
  };
}

export function dateField(
  { visit, words, choices }: Desk,
  the: { readonly name: string; readonly label: string },
): FormField {
  return { kind: "date", ...the, hint: dateHint(words, { language: visit.language, today: choices.reader.today }) };
}

/** For what came after its period was closed. */
export function lateField(words: FormWords): FormField {
  return { kind: "tick", name: "late", label: words("late"), hint: words("lateHint") };
}

/** What a ticked late item adds to an input: nothing where it is not ticked. */
export function lateOf(typed: Typed): { readonly late?: true } {
  return typed.ticked("late") ? { late: true } : {};
}

/** Where a refusal that names no field belongs: the day, or what was chosen. */
export function faultsAt(day: string, supplier = "supplierId") {
  return { before_opening: day, after_today: day, period_closed: "late", partner_not_found: supplier };
}

/** The streams that a record can draw on, with what each has there. */
export function sharesField(
  words: FormWords,
  streams: readonly { readonly id: string; readonly name: string; readonly pence: bigint }[],
): readonly FormField[] {
  const items = streams
    .filter(({ pence }) => pence > 0n)
    .map(({ id, name, pence }) => ({
      value: id,
      text: words("shareOf", { stream: name, amount: formatPounds(pence) }),
    }));
  // With one stream there is nothing to share out.
  return items.length < 2 ? [] : [{ kind: "shares", name: "shares", label: words("shares"), streams: items }];
}

export function accountsOf(
  { inPot, visit }: Desk,
  the: { readonly kind: "allocation" | "commitment"; readonly recordId: string },
) {
  return inPot.accounts
    .filter((one) => one.kind === the.kind && one.recordId === the.recordId && one.streamId !== null)
    .map((one) => {
      const stream = inPot.pot.streams.find(({ streamId }) => streamId === one.streamId);
      const name =
        stream === undefined ? (one.stream ?? "") : named(visit.language, [stream.stream, stream.streamWelsh]);
      return { id: one.streamId ?? "", name, pence: one.balancePence };
    });
}

export type Choice = { readonly text: string; readonly left: string; readonly href: string };

/** Before a commitment or a payment: what it draws on. */
export function choosePage(
  desk: Desk,
  the: {
    readonly title: string;
    readonly question: string;
    /** Null: there is none, and the question says why. */
    readonly choices: readonly Choice[] | null;
  },
): Preparation {
  const base = baseOf(desk);
  const page = sendPage(desk.the, "pages/money/choose.njk", {
    top: topOf(desk.visit, { title: the.title, crumbs: [...base.crumbs, { text: the.title }] }),
    model: { w: desk.words, ...the, caption: base.caption, cancelHref: base.cancelHref },
  });
  return { page };
}

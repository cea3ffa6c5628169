/** The forms that open a stream and a pot. */
import type { FastifyInstance } from "fastify";
import { listPots, openPot, openStream } from "../../../../ledger/index.ts";
import { type Day, financialYear } from "../../../../lib/day.ts";
import { accept } from "../../../../lib/result.ts";
import { formatDay } from "../../../shell/formats.ts";
import { ask, sendRefusal } from "../../../visit.ts";
import { type Exchange, named, queryOf, visitOf } from "../exchange.ts";
import type { Pot } from "../reading.ts";
import { type Choices, readChoices } from "../reading-choices.ts";
import { moneyWords } from "../words.ts";
import { resolveWords } from "../words-resolve.ts";
import { dayValues, type FormField, type Item, type Typed } from "./fields.ts";
import { type Preparation, type Prepared, registerForm } from "./form.ts";
import { conditionsOf, termFields } from "./terms.ts";
import { type FormWords, formWords } from "./words.ts";

const CONDITIONS = [
  ["purpose", "conditionPurpose"],
  ["period", "conditionPeriod"],
  ["partner", "conditionPartner"],
  ["eligible_cost", "conditionEligible"],
  ["reporting", "conditionReporting"],
] as const;
const MODES = ["pooled", "shadow", "aligned", "delegated"] as const;

export function registerOpenings(app: FastifyInstance): void {
  registerForm(app, { path: "/places/:place/streams/new", prepare: async (the) => prepare(the, streamForm) });
  registerForm(app, { path: "/places/:place/pots/new", prepare: preparePot });
}

type Make = (the: Exchange, choices: Choices) => Prepared;

async function prepare(the: Exchange, make: Make): Promise<Preparation> {
  const choices = await ask(the.request, readChoices, { place: visitOf(the.request).place, input: {} });
  if (!choices.ok) return { page: sendRefusal(the, readChoices, choices.refusal) };
  return { form: make(the, choices.value) };
}

async function preparePot(the: Exchange): Promise<Preparation> {
  const listed = await ask(the.request, listPots, { place: visitOf(the.request).place, input: {} });
  if (!listed.ok) return { page: sendRefusal(the, listPots, listed.refusal) };
  // Whose part it can be: open, and not itself a part.
  const parents = listed.value.pots.filter(({ parentId, closedOn }) => parentId === null && closedOn === null);
  return prepare(the, (exchange, choices) => potForm(exchange, { choices, parents }));
}

export function partnerItems(
  choices: Choices,
  the: { readonly language: "en" | "cy"; readonly words: FormWords },
): readonly Item[] {
  const partners = choices.place.partners.map((one) => ({
    value: one.partnerId,
    text: named(the.language, [one.name, one.nameWelsh]),
  }));
  return [{ value: "", text: the.words("pickOne") }, ...partners];
}

function streamForm({ request }: Exchange, choices: Choices): Prepared {
  const { language, place, to } = visitOf(request);
  const words = formWords(language);
  const year = financialYear(choices.reader.today);
  const terms = termFields(choices, language);
  const hint = words("anyDateHint", { example: formatDay(language, year.from) });
  return {
    title: words("openStream"),
    lead: words("openStreamLead"),
    submit: words("openStream"),
    crumbs: [{ text: moneyWords(language)("streamsTitle"), href: to.streams }],
    cancelHref: to.streams,
    useCase: openStream,
    fieldOf: {
      partner_not_found: "payerId",
      conditions: "condition-capital",
      condition_theme_not_found: "term-theme",
      condition_partner_not_found: "term-partner",
    },
    fields: [
      { kind: "text", name: "name", label: words("name") },
      { kind: "text", name: "nameWelsh", label: words("nameWelsh"), optional: true },
      { kind: "select", name: "payerId", label: words("payer"), items: partnerItems(choices, { language, words }) },
      { kind: "money", name: "amountPence", label: words("amount") },
      { kind: "date", name: "startsOn", label: words("startsOn"), hint },
      { kind: "date", name: "endsOn", label: words("endsOn") },
      { kind: "text", name: "power", label: words("power"), hint: words("powerHint") },
      { kind: "tick", name: "ringFenced", label: words("ringFenced") },
      { kind: "tick", name: "capital", label: words("capital") },
      ...terms.capital,
      ...CONDITIONS.flatMap(([kind, label]) => [
        {
          kind: "long" as const,
          name: `condition-${kind}`,
          label: words(label),
          hint: words("conditionHint"),
          optional: true,
        },
        ...terms[kind],
      ]),
      { kind: "long", name: "clawback", label: words("clawback"), hint: words("clawbackHint"), optional: true },
      { kind: "text", name: "source", label: words("source"), hint: words("sourceHint"), optional: true },
    ],
    values: { ...dayValues("startsOn", year.from), ...dayValues("endsOn", year.to) },
    run: async (typed, requestKey) => {
      const done = await ask(request, openStream, { place, requestKey, input: streamInput(typed, language) });
      return done.ok ? accept({ href: to.trace(done.value.streamId), notice: words("streamOpened") }) : done;
    },
  };
}

function streamInput(typed: Typed, language: "en" | "cy") {
  const words = resolveWords(language);
  const kinds = ["capital" as const, ...CONDITIONS.map(([kind]) => kind)];
  return {
    name: typed.text("name"),
    nameWelsh: typed.maybe("nameWelsh"),
    payerId: typed.text("payerId"),
    amountPence: typed.text("amountPence"),
    startsOn: typed.text("startsOn"),
    endsOn: typed.text("endsOn"),
    power: typed.text("power"),
    ringFenced: typed.ticked("ringFenced"),
    capital: typed.ticked("capital"),
    clawback: typed.text("clawback"),
    source: typed.text("source"),
    conditions: kinds.flatMap((kind) => conditionsOf(kind, { typed, words })),
  };
}

type Parents = readonly Pick<Pot["pot"], "potId" | "slug" | "name" | "nameWelsh" | "book">[];
type PotChoices = { readonly choices: Choices; readonly parents: Parents };

function potForm({ request }: Exchange, { choices, parents }: PotChoices): Prepared {
  const { language, place, to } = visitOf(request);
  const words = formWords(language);
  const parent = parents.find(({ slug }) => slug === queryOf(request, "partOf"));
  return {
    title: words("openPot"),
    lead: words("openPotLead"),
    submit: words("openPot"),
    crumbs: [{ text: moneyWords(language)("potsTitle"), href: to.pots }],
    cancelHref: parent === undefined ? to.pots : to.pot(parent.slug),
    useCase: openPot,
    fieldOf: { partner_not_found: "hostId", after_today: "openedOn", pot_not_found: "parentId" },
    fields: [...potFields(choices, language), ...partFields(parents, language)],
    values: { ...dayValues("openedOn", choices.reader.today), parentId: parent?.potId ?? "" },
    run: async (typed, requestKey) => {
      const mode = MODES.find((one) => one === typed.text("mode")) ?? "shadow";
      const done = await ask(request, openPot, {
        place,
        requestKey,
        input: {
          name: typed.text("name"),
          nameWelsh: typed.maybe("nameWelsh"),
          purpose: typed.text("purpose"),
          mode,
          hostId: typed.text("hostId"),
          areaId: typed.maybe("areaId"),
          openedOn: typed.text("openedOn"),
          parentId: typed.maybe("parentId"),
          part: PARTS.map(([one]) => one).find((one) => one === typed.text("part")) ?? null,
        },
      });
      return done.ok ? accept({ href: to.pot(done.value.slug), notice: words("potOpened") }) : done;
    },
  };
}

const PARTS = [
  ["neighbourhood", "partNeighbourhood"],
  ["project", "partProject"],
  ["theme", "partTheme"],
] as const;

/** Whose part it is and as what: both or neither, which the use case asks. None where the place has no pot yet. */
function partFields(parents: Parents, language: "en" | "cy"): readonly FormField[] {
  if (parents.length === 0) return [];
  const words = formWords(language);
  const pots = parents.map(({ potId, book, ...one }) => {
    const name = named(language, [one.name, one.nameWelsh]);
    return { value: potId, text: book === "shadow" ? words("shadowPot", { name }) : name };
  });
  const kinds = PARTS.map(([value, key]) => ({ value, text: words(key) }));
  return [
    {
      kind: "select",
      name: "parentId",
      label: words("partOfPot"),
      hint: words("partOfPotHint"),
      items: [{ value: "", text: words("notAPart") }, ...pots],
      optional: true,
    },
    {
      kind: "select",
      name: "part",
      label: words("partAs"),
      items: [{ value: "", text: words("partAsNone") }, ...kinds],
      optional: true,
    },
  ];
}

export function dateHint(words: FormWords, the: { readonly language: "en" | "cy"; readonly today: Day }): string {
  const today = formatDay(the.language, the.today);
  const [year = "", month = "", day = ""] = the.today.split("-");
  return words("dateHint", { example: `${Number(day)} ${Number(month)} ${year}`, today });
}

function potFields(choices: Choices, language: "en" | "cy"): readonly FormField[] {
  const words = formWords(language);
  const modes = {
    aligned: { text: words("modeAligned"), hint: words("modeAlignedHint") },
    shadow: { text: words("modeShadow"), hint: words("modeShadowHint") },
    pooled: { text: words("modePooled"), hint: words("modePooledHint") },
    delegated: { text: words("modeDelegated"), hint: words("modeDelegatedHint") },
  };
  const areas = choices.place.areas.map((one) => ({
    value: one.areaId,
    text: named(language, [one.name, one.nameWelsh]),
  }));
  return [
    { kind: "text", name: "name", label: words("name") },
    { kind: "text", name: "nameWelsh", label: words("nameWelsh"), optional: true },
    { kind: "long", name: "purpose", label: words("purpose") },
    {
      kind: "radios",
      name: "mode",
      label: words("mode"),
      items: MODES.map((mode) => ({ value: mode, ...modes[mode] })),
    },
    { kind: "select", name: "hostId", label: words("host"), items: partnerItems(choices, { language, words }) },
    {
      kind: "select",
      name: "areaId",
      label: words("area"),
      items: [{ value: "", text: words("wholePlace") }, ...areas],
      optional: true,
    },
    {
      kind: "date",
      name: "openedOn",
      label: words("openedOn"),
      hint: dateHint(words, { language, today: choices.reader.today }),
    },
  ];
}

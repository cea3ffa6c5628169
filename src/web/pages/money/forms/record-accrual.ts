/**
 * The form for an accrual, a prepayment, a debtor or a receipt in advance, on the end of an open period; and the same form
 * filled in to take one back. No money moves, so one person is enough in either book.
 */
import type { FastifyInstance } from "fastify";
import { ACCRUAL_KINDS, listAccruals, listPeriods, recordAccrual } from "../../../../ledger/index.ts";
import { addDays, type Day, financialYear, parseDay } from "../../../../lib/day.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { accept } from "../../../../lib/result.ts";
import { formatDay } from "../../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../../visit.ts";
import { withQuery } from "../addresses.ts";
import { type Exchange, named, queryOf, topOf, visitOf } from "../exchange.ts";
import { readPots, type ValueOf } from "../reading.ts";
import { readChoices } from "../reading-choices.ts";
import { bare } from "../tables.ts";
import { baseOf, choosePage, type Desk, prepare } from "./desk.ts";
import type { FormField, Item, Typed, Values } from "./fields.ts";
import { type Preparation, type Prepared, registerForm } from "./form.ts";
import { nothingPage } from "./nothing.ts";
import { partnerItems } from "./open-records.ts";
import { formWords } from "./words.ts";
import { type AccrualWords, accrualWords } from "./words-accruals.ts";

type Accrual = ValueOf<typeof listAccruals>["accruals"][number];
type End = { readonly day: Day; readonly name: string; readonly state: "open" | "soft" };

export function registerAccruals(app: FastifyInstance): void {
  app.get("/places/:place/accruals/new", (request, reply) => choosePot({ request, reply }));
  registerForm(app, { path: "/places/:place/pots/:pot/accruals/new", prepare: (the) => prepare(the, accrualForm) });
}

/** From the debtors' page and the quarter's close: an accrual is of one pot. */
async function choosePot(the: Exchange) {
  const { request } = the;
  const visit = visitOf(request);
  const own = accrualWords(visit.language);
  // The choices ask whether the reader may record at all.
  const may = await ask(request, readChoices, { place: visit.place, input: {} });
  if (!may.ok) return sendRefusal(the, readChoices, may.refusal);
  const found = await ask(request, readPots, { place: visit.place, input: {} });
  if (!found.ok) return sendRefusal(the, readPots, found.refusal);
  const query = { on: queryOf(request, "on") };
  return sendPage(the, "pages/money/choose.njk", {
    top: topOf(visit, { title: own("record"), crumbs: [{ text: own("record") }] }),
    model: {
      w: formWords(visit.language),
      title: own("record"),
      question: own("choosePot"),
      choices: found.value.pots
        .filter(({ closedOn }) => closedOn === null)
        .map((one) => ({
          text: named(visit.language, [one.name, one.nameWelsh]),
          left: own(one.book),
          href: visit.to.newRecord(one.slug, "accruals", query),
        })),
      cancelHref: visit.to.debtors,
    },
  });
}

async function accrualForm(desk: Desk): Promise<Preparation> {
  const { the, visit } = desk;
  const own = accrualWords(visit.language);
  const asked = queryOf(the.request, "takeBack");
  const taken = asked === null ? null : await findAccrual(desk, asked);
  if (asked !== null && taken === null)
    return { page: nothingPage(the, { title: own("gone"), text: own("goneText"), status: 404 }) };
  const ends = await readEnds(desk, taken?.on ?? parseDay(queryOf(the.request, "on") ?? ""));
  if (!ends.ok) return { page: sendRefusal(the, listPeriods, ends.refusal) };
  if (ends.value.length === 0)
    return choosePage(desk, { title: own("record"), question: own("noEnds"), choices: null });
  return { form: formOf(desk, { taken, ends: ends.value }) };
}

/** Of this pot, while something of it stands; whoever sends the form again finds it too, and their first answer. */
async function findAccrual({ the, visit, inPot }: Desk, accrualId: string): Promise<Accrual | null> {
  const found = await ask(the.request, listAccruals, { place: visit.place, input: { accrualId } });
  const one = found.ok ? found.value.accruals.find(({ potId }) => potId === inPot.pot.pot.potId) : undefined;
  const sentAgain = the.request.method === "POST";
  return one !== undefined && (sentAgain || one.takesBackPence !== null) ? one : null;
}

/**
 * The month ends that are not closed for good, newest first: of this year and the one before, and of the year of the end that
 * was asked for.
 */
async function readEnds({ the, visit, choices, inPot }: Desk, asked: Day | null) {
  const { today } = choices.reader;
  const { book, openedOn } = inPot.pot.pot;
  const now = financialYear(today);
  const years = [now.name, financialYear(addDays(now.from, -1)).name];
  if (asked !== null && asked >= openedOn && asked <= now.to) years.push(financialYear(asked).name);
  const ends: End[] = [];
  for (const year of new Set(years.toSorted().reverse())) {
    const found = await ask(the.request, listPeriods, { place: visit.place, input: { year, book } });
    if (!found.ok) return found;
    // The closing period is March once more: its end is March's.
    const months = found.value.periods.filter(({ period, from }) => !period.endsWith("/13") && from <= today);
    for (const { to, name, state } of months.toReversed())
      if (state !== "hard" && to >= openedOn) ends.push({ day: to, name, state });
  }
  return accept(ends);
}

type Setting = { readonly taken: Accrual | null; readonly ends: readonly End[] };

function formOf(desk: Desk, { taken, ends }: Setting): Prepared {
  const { the, visit, words, choices, inPot } = desk;
  const { language, place } = visit;
  const own = accrualWords(language);
  const { today } = choices.reader;
  const asked = queryOf(the.request, "on");
  const ended = ends.find(({ day, state }) => day <= today && state === "open") ?? ends.find(({ day }) => day <= today);
  const on = taken?.on ?? ends.find(({ day }) => day === asked)?.day ?? ended?.day ?? "";
  return {
    ...baseOf(desk),
    title: own(taken === null ? "record" : "takeBackTitle"),
    lead: own(taken === null ? "lead" : "takeBackLead"),
    points: taken === null ? [own("back"), own("untouched"), own("sign")] : [own("backToo"), own("untouched")],
    twoPeople: false,
    submit: words("save"),
    cancelHref: taken === null ? visit.to.pot(inPot.pot.pot.slug) : debtorsOn(visit.to.debtors, taken.on),
    useCase: recordAccrual,
    fieldOf: {
      stream_not_found: "streamId",
      stream_not_in_pot: "streamId",
      partner_not_found: "counterpartyId",
      service_not_found: "serviceId",
      before_opening: "on",
      after_today: "on",
      period_closed: "on",
      accrual_not_found: "amountPence",
      accrual_taken_back: "amountPence",
      accrual_not_turned_round: "amountPence",
    },
    fields: accrualFields(desk, { own, ends }),
    values: taken === null ? { on } : valuesOf(taken),
    run: async (typed, requestKey) => {
      const takesBackId = taken?.accrualId ?? null;
      const input = { ...inputOf(typed, inPot.pot.pot.potId), takesBackId };
      const done = await ask(the.request, recordAccrual, { place, requestKey, input });
      if (!done.ok) return done;
      const notice = own("recorded", {
        amount: formatPounds(BigInt(input.amountPence)),
        day: formatDay(language, input.on as Day),
        back: formatDay(language, addDays(input.on as Day, 1)),
      });
      return accept({ href: debtorsOn(visit.to.debtors, input.on), notice });
    },
  };
}

function debtorsOn(href: string, day: string): string {
  return `${withQuery(href, { asAt: day })}#accruals`;
}

function inputOf(typed: Typed, potId: string) {
  return {
    potId,
    kind: ACCRUAL_KINDS.find((one) => one === typed.text("kind")) ?? "accrual",
    streamId: typed.text("streamId"),
    counterpartyId: typed.text("counterpartyId"),
    serviceId: typed.maybe("serviceId"),
    amountPence: typed.text("amountPence"),
    on: typed.text("on"),
    words: typed.text("words"),
    reference: typed.text("reference"),
  };
}

/** The amount turned round, under all that names the same debt. */
function valuesOf(taken: Accrual): Values {
  return {
    kind: taken.kind,
    streamId: taken.streamId,
    counterpartyId: taken.counterpartyId,
    serviceId: taken.serviceId ?? "",
    amountPence: bare(taken.takesBackPence ?? -taken.amountPence).replace("\u2212", "-"),
    on: taken.on,
    words: taken.words,
    reference: taken.reference,
  };
}

function accrualFields(
  { visit, words, choices, inPot }: Desk,
  { own, ends }: { readonly own: AccrualWords; readonly ends: readonly End[] },
): readonly FormField[] {
  const { language } = visit;
  const pick: Item = { value: "", text: words("pickOne") };
  const streams = inPot.pot.streams.map((one) => ({
    value: one.streamId,
    text: named(language, [one.stream, one.streamWelsh]),
  }));
  const services = choices.place.services.map((one) => ({
    value: one.serviceId,
    text: named(language, [one.name, one.nameWelsh]),
  }));
  const days = ends.map(({ day, name, state }) => ({
    value: day,
    text: own(state === "soft" ? "endSoft" : "end", { day: formatDay(language, day), period: name }),
  }));
  return [
    {
      kind: "radios",
      name: "kind",
      label: own("kind"),
      items: ACCRUAL_KINDS.map((one) => ({ value: one, text: own(one), hint: own(`${one}Hint`) })),
    },
    { kind: "select", name: "streamId", label: own("stream"), items: [pick, ...streams] },
    {
      kind: "select",
      name: "counterpartyId",
      label: own("counterparty"),
      items: partnerItems(choices, { language, words }),
    },
    {
      kind: "select",
      name: "serviceId",
      label: words("service"),
      items: [{ value: "", text: words("none") }, ...services],
      optional: true,
    },
    { kind: "money", name: "amountPence", label: own("amount"), hint: own("amountHint") },
    { kind: "select", name: "on", label: own("on"), items: [pick, ...days] },
    { kind: "text", name: "words", label: own("words"), optional: true },
    { kind: "text", name: "reference", label: own("reference"), hint: own("referenceHint"), optional: true },
  ];
}

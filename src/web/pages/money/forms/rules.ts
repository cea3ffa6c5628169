/**
 * The forms that say by rule what becomes of money that is left: of a pot at its year end, and of a stream whose payer takes
 * money back. They move nothing, so that one person is enough, for real money as well.
 */
import type { FastifyInstance } from "fastify";
import { CLAWBACK_RULES, setClawbackRule, setYearRule, showPotRules, YEAR_RULES } from "../../../../ledger/index.ts";
import type { Day } from "../../../../lib/day.ts";
import { accept } from "../../../../lib/result.ts";
import { asNotFound } from "../../../address-refusal.ts";
import { formatDay } from "../../../shell/formats.ts";
import { ask, sendRefusal } from "../../../visit.ts";
import { type Exchange, named, parameterOf, visitOf } from "../exchange.ts";
import { type PotRules, readStream, type ValueOf } from "../reading.ts";
import { readChoices } from "../reading-choices.ts";
import { clawbackText } from "../rules.ts";
import { moneyWords } from "../words.ts";
import { ruleWords } from "../words-rules.ts";
import { baseOf, type Desk, prepare } from "./desk.ts";
import { drawOrderForm } from "./draw-order.ts";
import { dayValues } from "./fields.ts";
import { type Preparation, type Prepared, registerForm } from "./form.ts";
import { formWords } from "./words.ts";

export function registerRules(app: FastifyInstance): void {
  const inPot = (make: (desk: Desk, rules: PotRules) => Preparation) => async (the: Exchange) => {
    const { place } = visitOf(the.request);
    const found = await ask(the.request, showPotRules, { place, input: { pot: parameterOf(the.request, "pot") } });
    if (!found.ok) return { page: sendRefusal(the, showPotRules, found.refusal) };
    return prepare(the, (desk) => make(desk, found.value));
  };
  registerForm(app, { path: "/places/:place/pots/:pot/draw-order", prepare: inPot(drawOrderForm) });
  registerForm(app, { path: "/places/:place/pots/:pot/year-rule", prepare: inPot(yearForm) });
  registerForm(app, { path: "/places/:place/streams/:stream/clawback-rule", prepare: clawbackForm });
}

function yearForm(desk: Desk, { yearRules }: PotRules): Preparation {
  const { the, visit, words, choices, inPot } = desk;
  const { potId, slug } = inPot.pot.pot;
  const own = ruleWords(visit.language);
  const current = yearRules.find(({ state }) => state === "in_force");
  const form: Prepared = {
    ...baseOf(desk),
    twoPeople: false,
    submit: words("save"),
    title: own("changeYearRule"),
    lead: current ? own("inForceToday", { rule: own(`year_${current.rule}`) }) : own("yearNone"),
    points: [own("yearAtEnd"), own("yearBack"), own("onRecord"), own("noMoney")],
    useCase: setYearRule,
    fields: [
      {
        kind: "radios",
        name: "rule",
        label: own("rule"),
        items: YEAR_RULES.map((one) => ({ value: one, text: own(one), hint: own(`year_${one}`) })),
      },
      { kind: "date", name: "startsOn", label: own("fromOn") },
      { kind: "text", name: "source", label: own("yearSource"), hint: own("clauseHint") },
    ],
    values: dayValues("startsOn", choices.reader.today),
    run: async (typed, requestKey) => {
      // What is no rule is the use case's to refuse.
      const rule = typed.text("rule") as (typeof YEAR_RULES)[number];
      const input = { potId, rule, startsOn: typed.text("startsOn"), source: typed.text("source") };
      const done = await ask(the.request, setYearRule, { place: visit.place, requestKey, input });
      const notice = own("yearDone", { day: formatDay(visit.language, typed.text("startsOn") as Day) });
      return done.ok ? accept({ href: `${visit.to.pot(slug)}#year-rule`, notice }) : done;
    },
  };
  return { form };
}

async function clawbackForm(the: Exchange): Promise<Preparation> {
  const { place } = visitOf(the.request);
  const streamId = parameterOf(the.request, "stream");
  const choices = await ask(the.request, readChoices, { place, input: {} });
  if (!choices.ok) return { page: sendRefusal(the, readChoices, choices.refusal) };
  const found = await ask(the.request, readStream, { place, input: { streamId } });
  if (!found.ok) return { page: sendRefusal(the, readStream, asNotFound(found.refusal, "stream_not_found")) };
  if (!found.value.reader.mayRecord) return { page: sendRefusal(the, setClawbackRule, { code: "another_area" }) };
  return { form: clawbackOf(the, found.value) };
}

function clawbackOf(the: Exchange, { stream, position, reader }: ValueOf<typeof readStream>): Prepared {
  const visit = visitOf(the.request);
  const { language, place, to } = visit;
  const { streamId } = stream;
  const own = ruleWords(language);
  const name = named(language, [stream.name, stream.nameWelsh]);
  const words = formWords(language);
  const inForce = clawbackText(position.rule, { visit, endsOn: stream.endsOn });
  return {
    title: own("changeClawback"),
    caption: name,
    lead: position.rule === null ? inForce : own("inForceToday", { rule: inForce }),
    points: [own("clawbackPosition"), own("onRecord"), own("noMoney")],
    submit: words("save"),
    crumbs: [
      { text: moneyWords(language)("streamsTitle"), href: to.streams },
      { text: name, href: to.stream(streamId) },
    ],
    cancelHref: to.stream(streamId),
    useCase: setClawbackRule,
    fields: [
      {
        kind: "radios",
        name: "rule",
        label: own("rule"),
        items: CLAWBACK_RULES.map((one) => ({ value: one, text: own(`clawback_${one}`) })),
      },
      { kind: "date", name: "fromOn", label: own("fromOn") },
      { kind: "text", name: "reason", label: own("yearSource"), hint: own("clawbackReasonHint") },
    ],
    values: dayValues("fromOn", reader.today),
    run: async (typed, requestKey) => {
      const rule = typed.text("rule") as (typeof CLAWBACK_RULES)[number];
      const input = { streamId, rule, fromOn: typed.text("fromOn"), reason: typed.text("reason") };
      const done = await ask(the.request, setClawbackRule, { place, requestKey, input });
      const notice = own("clawbackDone", { day: formatDay(language, typed.text("fromOn") as Day) });
      return done.ok ? accept({ href: `${to.stream(streamId)}#clawback-rule`, notice }) : done;
    },
  };
}

/** The form that takes a pot to its next mode: in plain words what happens to shadow money, which stays as it was. */
import type { FastifyInstance } from "fastify";
import { stepPot } from "../../../../ledger/index.ts";
import type { Day } from "../../../../lib/day.ts";
import { sendPage, sendRefusal } from "../../../visit.ts";
import { topOf } from "../exchange.ts";
import { modeName } from "../pots.ts";
import { moneyWords } from "../words.ts";
import { baseOf, type Desk, dateField, faultsAt, prepare } from "./desk.ts";
import { dayValues, type FormField } from "./fields.ts";
import { type Preparation, type Prepared, registerForm } from "./form.ts";
import { recordOrPrepare } from "./two-people.ts";
import { lifecycleWords } from "./words-lifecycle.ts";

const IN_ORDER = ["aligned", "shadow", "pooled", "delegated"] as const;
type Mode = (typeof IN_ORDER)[number];
const NAMES = {
  shadow: ["modeShadow", "modeShadowHint"],
  pooled: ["modePooled", "modePooledHint"],
  delegated: ["modeDelegated", "modeDelegatedHint"],
} as const;

export function registerStep(app: FastifyInstance): void {
  registerForm(app, { path: "/places/:place/pots/:pot/step", prepare: (the) => prepare(the, stepForm) });
}

function stepForm(desk: Desk): Preparation {
  const { pot } = desk.inPot.pot;
  // A form that was sent twice finds the step taken already: its own key then gives the first answer again.
  const sentAgain = desk.the.request.method === "POST";
  if (pot.closedOn !== null && !sentAgain) {
    const refusal = { code: "pot_closed" as const, closedOn: pot.closedOn as Day };
    return { page: sendRefusal(desk.the, stepPot, refusal) };
  }
  if (pot.mode === "delegated" && !sentAgain) return { page: nothingPage(desk) };
  return { form: formOf(desk) };
}

function nothingPage(desk: Desk) {
  const own = lifecycleWords(desk.visit.language);
  const base = baseOf(desk);
  const title = own("stepNone");
  return sendPage(desk.the, "pages/money/choose.njk", {
    top: topOf(desk.visit, { title, crumbs: [...base.crumbs, { text: title }] }),
    model: { w: desk.words, title, question: own("stepNoneText"), choices: null, cancelHref: base.cancelHref },
  });
}

function formOf(desk: Desk): Prepared {
  const { the, visit, choices, inPot } = desk;
  const { pot } = inPot.pot;
  const own = lifecycleWords(visit.language);
  // From aligned the next mode may still be shadow, which one person records; from the others two people are needed.
  const twoPeople = pot.mode !== "aligned";
  return {
    ...baseOf(desk),
    title: own("step"),
    lead: own("stepLead", { mode: modeName(moneyWords(visit.language), pot.mode) }),
    points: pointsOf(desk),
    twoPeople,
    submit: twoPeople ? desk.words("prepare") : own("step"),
    useCase: stepPot,
    fieldOf: faultsAt("fromOn"),
    fields: fieldsOf(desk),
    values: dayValues("fromOn", choices.reader.today),
    run: async (typed, requestKey) => {
      const mode = IN_ORDER.find((one) => one === typed.text("mode")) ?? pot.mode;
      const input = {
        potId: pot.potId,
        mode,
        fromOn: typed.text("fromOn"),
        power: typed.text("power"),
        words: typed.text("words"),
        name: typed.maybe("name"),
        nameWelsh: typed.maybe("nameWelsh"),
      };
      return recordOrPrepare(the, {
        useCase: stepPot,
        requestKey,
        input,
        done: ({ slug }) => ({ href: visit.to.pot(slug), notice: own("stepDone") }),
      });
    },
  };
}

function pointsOf({ visit, inPot }: Desk): readonly string[] {
  const own = lifecycleWords(visit.language);
  const towardsReal = [own("stepNew"), own("stepShadow")];
  switch (inPot.pot.pot.mode) {
    case "aligned":
      return [own("stepStatement"), own("stepToShadow"), ...towardsReal, own("stepTwo")];
    case "shadow":
      return [own("stepStatement"), ...towardsReal];
    case "pooled":
    case "delegated":
      return [own("stepStatement"), own("stepSame")];
  }
}

function modesAfter(mode: Mode): readonly (keyof typeof NAMES)[] {
  return IN_ORDER.slice(IN_ORDER.indexOf(mode) + 1).filter((one) => one !== "aligned");
}

/** Asked for where every mode that is left is one of real money. */
function followName({ visit, inPot }: Desk): FormField {
  const own = lifecycleWords(visit.language);
  const field = { kind: "text", name: "name", label: own("followName") } as const;
  return inPot.pot.pot.mode === "shadow"
    ? { ...field, optional: "later" }
    : { ...field, hint: own("followHint"), optional: true };
}

function fieldsOf(desk: Desk): readonly FormField[] {
  const { visit, words, inPot } = desk;
  const { pot } = inPot.pot;
  const own = lifecycleWords(visit.language);
  const modes = modesAfter(pot.mode);
  return [
    {
      kind: "radios",
      name: "mode",
      label: own("newMode"),
      items: modes.map((mode) => ({ value: mode, text: words(NAMES[mode][0]), hint: words(NAMES[mode][1]) })),
    },
    dateField(desk, { name: "fromOn", label: own("fromOn") }),
    { kind: "text", name: "power", label: own("stepPower"), hint: own("stepPowerHint") },
    { kind: "long", name: "words", label: own("stepWords"), hint: own("stepWordsHint") },
    ...(pot.book === "shadow"
      ? ([followName(desk), { kind: "text", name: "nameWelsh", label: own("followWelsh"), optional: true }] as const)
      : []),
  ];
}

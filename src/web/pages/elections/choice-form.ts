/**
 * The form on which a rule is chosen, in plain words: what is asked, what was chosen, and how that becomes a choice of the counter's.
 * Nothing is chosen before a person or the place did; what these ballots do not allow says why and cannot be chosen.
 */
import { wordsOfUncountable } from "../../../allocation/index.ts";
import type { Choice, ElectionShown } from "../../../decisions/index.ts";
import type { Language } from "../../../lib/language.ts";
import type { FormErrors } from "../../visit.ts";
import { choiceWords } from "./choice-words.ts";

export const FORM_RULES = ["greedy", "greedy-per-pound", "equal-shares", "phragmen", "max-welfare"] as const;
const FORM_UTILITIES = ["cost", "cardinality", "points", "borda"] as const;
const FORM_COMPLETIONS = ["none", "greedy", "add1", "add1-overspend", "add1-greedy"] as const;
const FORM_TIES = ["project-id", "cost-votes-lot"] as const;

type FormRule = (typeof FORM_RULES)[number];

/** What the form's fields hold. */
export type Fields = Readonly<Record<"rule" | "utility" | "completion" | "ties" | "seed" | "conditions", string>>;

export function fieldsFrom(sent: unknown): Fields {
  const values = (typeof sent === "object" && sent !== null ? sent : {}) as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof values[name] === "string" ? values[name].trim().slice(0, 200) : "");
  return {
    rule: text("rule"),
    utility: text("utility"),
    completion: text("completion"),
    ties: text("ties"),
    seed: text("seed"),
    conditions: text("conditions"),
  };
}

export function fieldsOf(choice: Choice): Fields {
  const { rule, utility, completion, stop, ties, seed, conditions } = choice;
  return {
    rule: rule === "greedy" && utility !== "cost" ? "greedy-per-pound" : rule,
    utility: rule === "equal-shares" || rule === "max-welfare" ? utility : "",
    completion: completion === "add1" && stop === "overspend" ? "add1-overspend" : (completion ?? ""),
    ties,
    seed,
    conditions,
  };
}

/** What the use case takes; it says what is missing. Only those that the rule asks for are sent. */
export function inputOf(fields: Fields): Record<string, unknown> {
  const { rule, utility, completion, ties, seed, conditions } = fields;
  const points = ["points", "borda"].includes(utility);
  const satisfied = rule === "greedy-per-pound" ? (points ? utility : "cardinality") : utility;
  const asks = rule === "equal-shares" || rule === "max-welfare" || rule === "greedy-per-pound";
  return {
    rule: rule === "greedy-per-pound" ? "greedy" : rule,
    utility: asks ? satisfied : "cost",
    completion: rule === "equal-shares" ? completion.replace("add1-overspend", "add1") || null : null,
    stop: completion === "add1-overspend" ? "overspend" : "exhaustive",
    ties,
    seed: ties === "cost-votes-lot" ? seed : "",
    conditions: conditions === "file" ? "file" : "none",
  };
}

/** The part of an address that fills the form again. */
export function queryOf(choice: Choice): string {
  const entries = Object.entries(fieldsOf(choice)).filter(([, value]) => value !== "" && value !== "none");
  const { completion } = fieldsOf(choice);
  if (completion === "none") entries.push(["completion", completion]);
  return new URLSearchParams(entries).toString();
}

type Choosing = {
  readonly language: Language;
  readonly election: ElectionShown;
  readonly fields: Fields;
  readonly errors: FormErrors["byField"];
};

export function presentChoice({ language, election, fields, errors }: Choosing) {
  const words = choiceWords(language);
  const why = (code: NonNullable<ElectionShown["applying"]["rules"][number]["hindered"]>) =>
    words("notHere", { why: wordsOfUncountable({ code }, language) });
  const ruleHindered = (rule: FormRule) =>
    election.applying.rules.find((one) => one.rule === (rule === "greedy-per-pound" ? "greedy" : rule))?.hindered;
  const item = <V extends string>(
    value: V,
    the: { readonly text: string; readonly hint: string; readonly chosen: string },
  ) => ({ value, text: the.text, hint: { text: the.hint }, checked: value === the.chosen });
  return {
    groups: [
      {
        ...group("rule", { title: words("rule"), hint: null, errors }),
        items: FORM_RULES.map((rule) => {
          const hindered = ruleHindered(rule);
          const hint = hindered ? why(hindered) : words(`rule_${rule}_hint`);
          const shown = item(rule, { text: words(`rule_${rule}`), hint, chosen: fields.rule });
          return hindered ? { ...shown, disabled: true, checked: false } : shown;
        }),
      },
      {
        ...group("utility", { title: words("utility"), hint: words("utilityHint"), errors }),
        // Only those that the ballots allow.
        items: FORM_UTILITIES.filter((utility) =>
          election.applying.utilities.some((one) => one.utility === utility && one.hindered === null),
        ).map((utility) =>
          item(utility, {
            text: words(`utility_${utility}`),
            hint: words(`utility_${utility}_hint`),
            chosen: fields.utility,
          }),
        ),
      },
      {
        ...group("completion", { title: words("completion"), hint: words("completionHint"), errors }),
        items: FORM_COMPLETIONS.map((completion) =>
          item(completion, {
            text: words(`completion_${completion}`),
            hint: words(`completion_${completion}_hint`),
            chosen: fields.completion,
          }),
        ),
      },
      {
        ...group("ties", { title: words("ties"), hint: null, errors }),
        items: FORM_TIES.map((ties) =>
          item(ties, { text: words(`ties_${ties}`), hint: words(`ties_${ties}_hint`), chosen: fields.ties }),
        ),
      },
    ],
    seed: { label: words("seed"), hint: words("seedHint"), value: fields.seed, error: errors["seed"] },
    conditions: conditionsOf({ language, election, fields, errors }),
  };
}

function group(
  name: string,
  the: { readonly title: string; readonly hint: string | null; readonly errors: FormErrors["byField"] },
) {
  return { name, title: the.title, hint: the.hint, error: the.errors[name] };
}

function conditionsOf({ language, election, fields }: Choosing) {
  const { threshold, limits } = election;
  if (threshold === null && limits === 0) return null;
  const words = choiceWords(language);
  const said = [
    ...(threshold === null ? [] : [words("conditionsThreshold", { number: threshold })]),
    ...(limits === 0 ? [] : [words("conditionsLimits", { count: limits })]),
  ];
  return {
    title: words("conditions"),
    text: words("conditions_file"),
    hint: said.join(" "),
    checked: fields.conditions === "file",
  };
}

/** A rule and all that was chosen with it, in one line. */
export function ruleSaid(choice: Choice, language: Language): string {
  const words = choiceWords(language);
  const { rule, utility, completion, ties } = fieldsOf(choice);
  const head = words(`rule_${rule as FormRule}`);
  const policy = words(`ties_${ties as (typeof FORM_TIES)[number]}`);
  const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
  const extras = [
    choice.start === "integral" ? words("extra_integral") : null,
    choice.misfit === "stop" ? words("extra_stop-at-misfit") : null,
    choice.comparison === "choices" ? words("extra_prefer-choices") : null,
    choice.comparison === "exclusion" ? words("extra_prefer-exclusion") : null,
    choice.partFunding ? words("extra_part") : null,
    choice.conditions === "file" ? words("extra_conditions") : null,
  ].filter((text) => text !== null);
  return [
    head,
    ...(utility === ""
      ? []
      : [words("satisfied", { utility: lower(words(`utility_${utility as Choice["utility"]}`)) })]),
    ...(completion === ""
      ? []
      : [
          words("left", {
            completion: lower(words(`completion_${completion as (typeof FORM_COMPLETIONS)[number]}`)),
          }),
        ]),
    words("tiesSaid", {
      ties: lower(ties === "cost-votes-lot" ? words("seedSaid", { ties: policy, seed: choice.seed }) : policy),
    }),
    ...extras,
  ].join("; ");
}

/** The rule alone. */
export function ruleName(choice: Choice, language: Language): string {
  return choiceWords(language)(`rule_${fieldsOf(choice).rule as FormRule}`);
}

/** Two empty fields say what to choose in the form's own words, and not what a program would be told. */
export function missingIn(fields: Fields, language: Language): FormErrors | null {
  const words = choiceWords(language);
  const asks = fields.rule === "equal-shares" || fields.rule === "max-welfare";
  const missing: readonly (readonly [string, string])[] = [
    ...(fields.rule === "" ? [["rule", words("chooseRule")] as const] : []),
    ...(asks && fields.utility === "" ? [["utility", words("chooseUtility")] as const] : []),
    ...(fields.rule === "equal-shares" && fields.completion === ""
      ? [["completion", words("chooseCompletion")] as const]
      : []),
    ...(fields.ties === "" ? [["ties", words("chooseTies")] as const] : []),
  ];
  if (missing.length === 0) return null;
  return {
    summary: missing.map(([field, text]) => ({ text, href: `#${field}` })),
    byField: Object.fromEntries(missing.map(([field, text]) => [field, { text }])),
  };
}

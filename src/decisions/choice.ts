/**
 * What a person chooses to count an election by, and how that stands in an address: `equal-shares.cost.add1.exhaustive.project-id`.
 * Two people who choose the same get the same address, and the same count. What a rule does not read is not in the address.
 */
import { z } from "zod";
import {
  COMPARISONS,
  COMPLETIONS,
  type Election,
  type Parameters,
  RULES,
  STARTS,
  STOPS,
  type Uncountable,
  UTILITIES,
  uncountable,
} from "../allocation/index.ts";
import { said } from "../platform/use-case/fault-words.ts";

export const TIES = ["project-id", "cost-votes-lot"] as const;
const SEED_CHARACTERS = 100;

const choose = {
  rule: said({ en: "Choose a rule", cy: "Dewiswch reol" }),
  utility: said({
    en: "Choose what makes a voter satisfied",
    cy: "Dewiswch beth sy'n bodloni pleidleisiwr",
  }),
  completion: said({
    en: "Choose what is done with the money that is left",
    cy: "Dewiswch beth a wneir â'r arian sydd ar ôl",
  }),
  ties: said({ en: "Choose how a tie is broken", cy: "Dewiswch sut y torrir pleidlais gyfartal" }),
  seed: said({
    en: "Enter the published seed of the lot, of 100 characters at most",
    cy: "Rhowch hedyn cyhoeddedig y coelbren, o 100 nod ar y mwyaf",
  }),
} as const;

export const choiceShape = z.strictObject({
  rule: z.enum(RULES, choose.rule).describe("Which projects are taken, in which order"),
  utility: z.enum(UTILITIES, choose.utility).describe("What makes a voter satisfied with a funded project"),
  completion: z
    .enum(COMPLETIONS, choose.completion)
    .nullable()
    .default(null)
    .describe("Equal shares: what is done with money left; null for the other rules"),
  stop: z.enum(STOPS).default("exhaustive").describe("Equal shares: when the raises of the share stop"),
  start: z
    .enum(STARTS)
    .default("fractional")
    .describe("Equal shares: whether the first share is a whole unit of money"),
  ties: z.enum(TIES, choose.ties).describe("How a tie is broken"),
  seed: z
    .string()
    .trim()
    .max(SEED_CHARACTERS, choose.seed)
    .regex(/^[^\p{Cc}]*$/u, choose.seed)
    .default("")
    .describe("The published seed, where ties are broken by lot"),
  misfit: z.enum(["skip", "stop"]).default("skip").describe("Greedy: what happens at a project that does not fit"),
  comparison: z
    .enum(COMPARISONS)
    .default("none")
    .describe("Keep greedy by votes where more voters prefer what it funds"),
  partFunding: z.boolean().default(false).describe("Give what is left to the next project"),
  conditions: z
    .enum(["none", "file"])
    .default("none")
    .describe("Keep the threshold and the limits that the file itself states"),
});
export type Choice = z.output<typeof choiceShape>;

/** The field at fault, where two of them do not fit each other. */
export function faultOfChoice({ rule, completion, ties, seed }: Choice): "completion" | "seed" | null {
  if (rule === "equal-shares" && completion === null) return "completion";
  return (ties === "cost-votes-lot") === (seed === "") ? "seed" : null;
}

/** Without what its rule does not read, so that one outcome has one address. */
export function plainChoice(choice: Choice): Choice {
  const { rule } = choice;
  // Ballots without points give every project one, whatever satisfies a voter.
  const utility = rule === "phragmen" ? "cost" : choice.utility;
  const completion = rule === "equal-shares" ? choice.completion : null;
  const raises = completion?.startsWith("add1") === true;
  const byVotes = rule === "greedy" && utility === "cost";
  const comparison = byVotes ? "none" : choice.comparison;
  const takesInOrder = rule === "greedy" || completion?.endsWith("greedy") === true || comparison !== "none";
  return {
    ...choice,
    ...{ utility, completion, comparison },
    stop: raises ? choice.stop : "exhaustive",
    start: raises ? choice.start : "fractional",
    misfit: takesInOrder ? choice.misfit : "skip",
  };
}

const EXTRAS = {
  integral: { start: "integral" },
  overspend: { stop: "overspend" },
  "stop-at-misfit": { misfit: "stop" },
  "prefer-choices": { comparison: "choices" },
  "prefer-exclusion": { comparison: "exclusion" },
  part: { partFunding: true },
  conditions: { conditions: "file" },
} as const satisfies Readonly<Record<string, Partial<Choice>>>;

export function writeChoice(asked: Choice): string {
  const choice = plainChoice(asked);
  const extras = Object.entries(EXTRAS).filter(([, set]) =>
    Object.entries(set).every(([field, value]) => choice[field as keyof Choice] === value),
  );
  const ties = choice.ties === "project-id" ? choice.ties : `lot-${Buffer.from(choice.seed).toString("base64url")}`;
  const completion = choice.completion === null ? [] : [choice.completion];
  return [choice.rule, choice.utility, ...completion, ties, ...extras.map(([name]) => name)].join(".");
}

/** Null for what `writeChoice` would not have written. */
export function readChoice(key: string): Choice | null {
  const [rule, utility, ...rest] = key.slice(0, 600).split(".");
  const completion = rule === "equal-shares" ? (rest.shift() ?? null) : null;
  const ties = rest.shift() ?? "";
  const lot = ties.startsWith("lot-");
  const extras = rest.map((name) => (name in EXTRAS ? EXTRAS[name as keyof typeof EXTRAS] : { unknown: name }));
  const read = choiceShape.safeParse({
    ...{ rule, utility, completion },
    ties: lot ? "cost-votes-lot" : ties,
    seed: lot ? Buffer.from(ties.slice(4), "base64url").toString("utf8") : "",
    ...Object.assign({}, ...extras),
  });
  return read.success && faultOfChoice(read.data) === null && writeChoice(read.data) === key ? read.data : null;
}

/** Everything that decides the outcome, for the counter. */
export function parametersOf(election: Election, choice: Choice): Parameters {
  const { rule, utility, completion, stop, start, misfit, comparison, partFunding } = plainChoice(choice);
  const byFile = choice.conditions === "file";
  const threshold = byFile ? thresholdOf(election, utility) : null;
  return {
    ...{ rule, utility, stop, start, misfit, comparison, partFunding },
    completion: completion ?? "none",
    ties: choice.ties === "project-id" ? { kind: "project-id" } : { kind: "cost-votes-lot", seed: choice.seed },
    conditions: { threshold, incompatible: [], limits: byFile ? election.limits : [] },
  };
}

/** In what the rule adds up: points as the election writes them, or votes. */
function thresholdOf({ threshold, pointPlaces }: Election, utility: Choice["utility"]): bigint | null {
  const finest = 10n ** BigInt(pointPlaces);
  return threshold === null || utility === "points" ? threshold : (threshold + finest - 1n) / finest;
}

const PLAIN: Choice = {
  ...{ rule: "greedy", utility: "cost", completion: null, stop: "exhaustive", start: "fractional" },
  ...{ ties: "project-id", seed: "", misfit: "skip", comparison: "none", partFunding: false, conditions: "none" },
};

export type Applying = {
  readonly rules: readonly { readonly rule: Choice["rule"]; readonly hindered: Uncountable["code"] | null }[];
  readonly utilities: readonly { readonly utility: Choice["utility"]; readonly hindered: Uncountable["code"] | null }[];
};

/** Which rules and which kinds of satisfaction these ballots allow, and what hinders the others. */
export function applyingTo(election: Election): Applying {
  const hindered = (choice: Partial<Choice>) =>
    uncountable(election, parametersOf(election, { ...PLAIN, ...choice }))?.code ?? null;
  return {
    rules: RULES.map((rule) => ({ rule, hindered: hindered({ rule }) })),
    utilities: UTILITIES.map((utility) => ({ utility, hindered: hindered({ utility }) })),
  };
}

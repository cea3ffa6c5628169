/**
 * A trained model as a text that is kept, compared and used again: what is compared, m and u of each level, the rules and the prior.
 * Levels are named, so that a model is never read into a comparison that has come to mean something else.
 */
import { accept, type Result, refuse } from "../../../lib/result.ts";
import { nameOfRule, type Rule } from "../blocking/rules.ts";
import type { Plan } from "../plan.ts";
import type { Parameters, Shares } from "./parameters.ts";

export const MODEL_FORMAT = "onepot-linkage-model";
export const MODEL_VERSION = 1;

export type Model = {
  readonly format: typeof MODEL_FORMAT;
  readonly version: typeof MODEL_VERSION;
  /** How likely two records drawn by chance are one person. */
  readonly prior: number;
  /** How likely they are of two people of one household. */
  readonly household: number;
  readonly comparisons: readonly ModelComparison[];
  /** Each rule as the names of its keys. */
  readonly rules: readonly (readonly string[])[];
  /** Where m is from; a mixture of pairs where nothing is said. */
  readonly learned?: LearnedFrom;
};

/** Matches that m was counted among, or only "mixture": nobody said which pairs match. */
export type LearnedFrom =
  | { readonly from: "mixture" }
  | { readonly from: "labels"; readonly matches: number }
  | { readonly from: "shared id"; readonly matches: number; readonly column: string };

export type ModelComparison = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly levels: readonly {
    readonly name: string;
    readonly m: number;
    readonly u: number;
    readonly trained: boolean;
  }[];
};

export type ModelRefusal =
  | { readonly code: "model_not_read"; readonly why: string }
  | { readonly code: "model_other_version"; readonly version: string }
  | { readonly code: "model_does_not_fit"; readonly missing: string };

export type Trained = {
  readonly parameters: Parameters;
  readonly rules: readonly Rule[];
  readonly learned?: LearnedFrom;
};

export function modelOf({ comparisons }: Pick<Plan, "comparisons">, { parameters, rules, learned }: Trained): Model {
  return {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    prior: parameters.prior,
    household: parameters.household,
    comparisons: comparisons.map(({ name, columns, levels }, at) => {
      const { matched, unmatched, trained } = parameters.comparisons[at] as Shares;
      return {
        name,
        columns,
        levels: levels.map((level, place) => ({
          name: level.name,
          m: matched[place] as number,
          u: unmatched[place] as number,
          trained: trained[place] === true,
        })),
      };
    }),
    rules: rules.map(({ keys }) => keys.map(({ name }) => name)),
    ...(learned !== undefined && { learned }),
  };
}

/** Levels that no match was seen at in training. */
export function untrainedLevels({ comparisons }: Pick<Model, "comparisons">): readonly string[] {
  return comparisons.flatMap(({ name, levels }) =>
    levels.filter(({ trained }) => !trained).map((level) => `${name}: ${level.name}`),
  );
}

/** The model of a text, with its shape checked and nothing more. */
export function readModel(text: string): Result<Model, ModelRefusal> {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return refuse({ code: "model_not_read", why: "it is not JSON" });
  }
  if (!isObject(found) || found["format"] !== MODEL_FORMAT)
    return refuse({ code: "model_not_read", why: `it has no "format": "${MODEL_FORMAT}"` });
  if (found["version"] !== MODEL_VERSION)
    return refuse({ code: "model_other_version", version: String(found["version"]) });
  const { prior, household, comparisons, rules } = found;
  if (typeof prior !== "number" || !(prior > 0 && prior < 1))
    return refuse({ code: "model_not_read", why: "prior is not between 0 and 1" });
  if (typeof household !== "number" || !(household > 0 && household < 1))
    return refuse({ code: "model_not_read", why: "household is not between 0 and 1" });
  if (!Array.isArray(comparisons) || comparisons.length === 0 || !comparisons.every(isComparison))
    return refuse({
      code: "model_not_read",
      why: "comparisons are not as they are written: name, columns, levels of name, m, u",
    });
  if (!Array.isArray(rules) || !rules.every(isNames))
    return refuse({ code: "model_not_read", why: "rules are not lists of names of keys" });
  const { learned } = found;
  if (learned !== undefined && !isLearned(learned))
    return refuse({ code: "model_not_read", why: "learned is not as it is written: from, matches, column" });
  const model = { format: MODEL_FORMAT, version: MODEL_VERSION, prior, household, comparisons, rules } as const;
  return accept(learned === undefined ? model : { ...model, learned });
}

/** The model's numbers for the comparisons and keys of a plan. Comparisons that the model does not know are left out. */
export function fitModel(model: Model, plan: Plan): Result<Trained & { readonly plan: Plan }, ModelRefusal> {
  const byName = new Map(model.comparisons.map((comparison) => [comparison.name, comparison]));
  const comparisons = plan.comparisons.filter(({ name }) => byName.has(name));
  const shares: Shares[] = [];
  for (const { name, levels } of comparisons) {
    const known = byName.get(name);
    if (
      known === undefined ||
      known.levels.length !== levels.length ||
      levels.some((level, at) => level.name !== known.levels[at]?.name)
    )
      return refuse({ code: "model_does_not_fit", missing: name });
    shares.push({
      matched: Float64Array.from(known.levels, ({ m }) => m),
      unmatched: Float64Array.from(known.levels, ({ u }) => u),
      trained: known.levels.map(({ trained }) => trained),
    });
  }
  const absent = model.comparisons.find(({ name }) => !comparisons.some((one) => one.name === name));
  if (absent !== undefined) return refuse({ code: "model_does_not_fit", missing: absent.name });
  const keys = new Map(plan.keys.map((key) => [key.name, key]));
  const rules: Rule[] = [];
  for (const names of model.rules) {
    const found = names.map((name) => keys.get(name));
    const missing = names.find((name) => !keys.has(name));
    if (missing !== undefined) return refuse({ code: "model_does_not_fit", missing });
    rules.push({ keys: found.filter((key) => key !== undefined) });
  }
  return accept({
    plan: { ...plan, comparisons },
    parameters: { comparisons: shares, prior: model.prior, household: model.household },
    rules,
  });
}

/** How much each level's weight changed from one model to the other, in bits, the largest change first. */
export function compareModels(before: Model, after: Model): readonly ModelChange[] {
  const changes: ModelChange[] = [];
  const bits = (level: { readonly m: number; readonly u: number }) => Math.log2(level.m / level.u);
  for (const comparison of after.comparisons) {
    const old = before.comparisons.find(({ name }) => name === comparison.name);
    for (const level of comparison.levels) {
      const was = old?.levels.find(({ name }) => name === level.name);
      const about = { comparison: comparison.name, level: level.name };
      changes.push({ ...about, before: was === undefined ? null : bits(was), after: bits(level) });
    }
  }
  for (const comparison of before.comparisons)
    for (const level of comparison.levels) {
      const now = after.comparisons
        .find(({ name }) => name === comparison.name)
        ?.levels.find(({ name }) => name === level.name);
      if (now === undefined)
        changes.push({ comparison: comparison.name, level: level.name, before: bits(level), after: null });
    }
  const size = ({ before: was, after: is }: ModelChange) =>
    was === null || is === null ? Number.POSITIVE_INFINITY : Math.abs(is - was);
  return changes.sort((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a)));
}

/** Weights in bits; null where the model does not know the level. */
export type ModelChange = {
  readonly comparison: string;
  readonly level: string;
  readonly before: number | null;
  readonly after: number | null;
};

export const ruleNames = (rules: readonly Rule[]): readonly string[] => rules.map(nameOfRule);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function isLearned(value: unknown): value is LearnedFrom {
  if (!isObject(value)) return false;
  const { from, matches, column } = value;
  if (from === "mixture") return true;
  return typeof matches === "number" && (from === "labels" || (from === "shared id" && typeof column === "string"));
}

function isComparison(value: unknown): value is ModelComparison {
  if (!isObject(value) || typeof value["name"] !== "string" || !isNames(value["columns"])) return false;
  const { levels } = value;
  return Array.isArray(levels) && levels.length > 1 && levels.every(isLevel);
}

function isLevel(value: unknown): boolean {
  if (!isObject(value) || typeof value["name"] !== "string" || typeof value["trained"] !== "boolean") return false;
  return [value["m"], value["u"]].every((share) => typeof share === "number" && share > 0 && share <= 1);
}

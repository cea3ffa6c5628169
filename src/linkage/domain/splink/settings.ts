/**
 * A model that Splink has saved, versions 3 to 5, as data: its comparisons with their conditions read, m and u, adjustments for the
 * frequency of terms, blocking rules and prior. What cannot be carried out here is refused by name, with the text that stands there.
 * The format: Splink's settings, as `save_model_to_json` writes them (moj-analytical-services/splink, settings_jsonschema.json).
 */
import { accept, type Result, refuse } from "../../../lib/result.ts";
import { type Expression, type Naming, NotRead, readExpression } from "./expressions.ts";

export type SplinkModel = {
  /** How likely two records drawn by chance are one person. */
  readonly prior: number;
  readonly linkType: "dedupe_only" | "link_only" | "link_and_dedupe";
  /** The column of ids. */
  readonly uniqueId: string;
  readonly comparisons: readonly SplinkComparison[];
  /** What two records must share, for each rule; a pair belongs to the first rule that makes it. */
  readonly rules: readonly { readonly text: string; readonly condition: Expression }[];
};

export type SplinkComparison = { readonly name: string; readonly levels: readonly SplinkLevel[] };

export type SplinkLevel = {
  readonly label: string;
  readonly text: string;
  /** Null where the level takes all that is left. */
  readonly condition: Expression | null;
  /** Null of a level that says nothing: one for want of a value. */
  readonly shares: { readonly m: number; readonly u: number } | null;
  readonly terms: TermFrequency | null;
};

export type TermFrequency = {
  readonly column: string;
  /** How much of the adjustment counts. */
  readonly weight: number;
  /** A term is taken to be no rarer than this. */
  readonly least: number;
  /** u of the level of exact agreement on the column. */
  readonly exact: number;
};

export type SplinkRefusal = {
  readonly code: "splink_not_read";
  /** The comparison and level, or the rule. */
  readonly where: string;
  readonly text: string;
  readonly why: string;
};

type Json = Readonly<Record<string, unknown>>;

/** Carries where it is from the depth of a model to the refusal. */
class Fault extends Error {
  readonly refusal: SplinkRefusal;
  constructor(refusal: Omit<SplinkRefusal, "code">) {
    super(refusal.why);
    this.refusal = { code: "splink_not_read", ...refusal };
  }
}

/** Whether a text is a model of Splink's, well or badly written. */
export function isSplinkModel(text: string): boolean {
  try {
    const found: unknown = JSON.parse(text);
    return isJson(found) && Array.isArray(found["comparisons"]) && found["comparisons"].some(hasLevels);
  } catch {
    return false;
  }
}

const hasLevels = (one: unknown) => isJson(one) && "comparison_levels" in one;

/** Takes a text that `isSplinkModel`. */
export function readSplinkModel(text: string): Result<SplinkModel, SplinkRefusal> {
  try {
    return accept(modelOf(JSON.parse(text) as Json));
  } catch (error) {
    if (error instanceof Fault) return refuse(error.refusal);
    throw error;
  }
}

const LINK_TYPES = ["dedupe_only", "link_only", "link_and_dedupe"] as const;

function modelOf(found: Json): SplinkModel {
  const prior = found["probability_two_random_records_match"];
  const about = { where: "the model", text: String(prior ?? "nothing") };
  if (typeof prior !== "number" || !(prior > 0 && prior < 1))
    throw new Fault({ ...about, why: "probability_two_random_records_match is not between 0 and 1" });
  const linkType = LINK_TYPES.find((one) => one === (found["link_type"] ?? "dedupe_only"));
  if (linkType === undefined)
    throw new Fault({ where: "link_type", text: String(found["link_type"]), why: "it is none of Splink's" });
  const dialect = found["sql_dialect"];
  if (dialect !== undefined && dialect !== "duckdb")
    throw new Fault({ where: "sql_dialect", text: String(dialect), why: "only duckdb is read" });
  const rules = listOf(found["blocking_rules_to_generate_predictions"] ?? []);
  return {
    prior,
    linkType,
    uniqueId: String(found["unique_id_column_name"] ?? "unique_id"),
    comparisons: listOf(found["comparisons"]).map(comparisonOf),
    rules: rules.map(ruleOf),
  };
}

function ruleOf(found: unknown, at: number): SplinkModel["rules"][number] {
  const where = `blocking rule ${at + 1}`;
  const text = String(isJson(found) ? found["blocking_rule"] : found);
  if (isJson(found) && Array.isArray(found["arrays_to_explode"]) && found["arrays_to_explode"].length > 0)
    throw new Fault({ where, text, why: "lists are not taken apart for blocking" });
  return { text, condition: conditionOf({ where, text }, "prefix") };
}

function comparisonOf(found: unknown, at: number): SplinkComparison {
  const one = isJson(found) ? found : {};
  const name = String(one["output_column_name"] ?? one["column_name"] ?? one["custom_name"] ?? `comparison ${at + 1}`);
  const written = listOf(one["comparison_levels"] ?? []).map((level) => (isJson(level) ? level : {}));
  const conditions = written.map((level) => levelCondition(level, name));
  if (conditions.at(-1) !== null || conditions.indexOf(null) < conditions.length - 1)
    throw new Fault({ where: name, text: "ELSE", why: "the last level, and no other, takes all that is left" });
  const levels = written.map((level, place): SplinkLevel => {
    const text = String(level["sql_condition"]);
    const label = String(level["label_for_charts"] ?? text);
    const shares = level["is_null_level"] === true ? null : sharesOf(level, `${name}: ${label}`);
    return { label, text, condition: conditions[place] ?? null, shares, terms: null };
  });
  return {
    name,
    levels: levels.map((level, place) => withTerms(level, { name, written: written[place] ?? {}, levels })),
  };
}

function levelCondition(level: Json, name: string): Expression | null {
  const text = String(level["sql_condition"] ?? "");
  if (text.trim().toUpperCase() === "ELSE") return null;
  return conditionOf({ where: `${name}: ${String(level["label_for_charts"] ?? text)}`, text }, "suffix");
}

function conditionOf(about: { readonly where: string; readonly text: string }, naming: Naming): Expression {
  try {
    return readExpression(about.text, naming);
  } catch (error) {
    if (error instanceof NotRead) throw new Fault({ ...about, why: error.message });
    throw error;
  }
}

function sharesOf(level: Json, where: string): SplinkLevel["shares"] {
  const text = String(level["sql_condition"]);
  const [m, u] = [level["m_probability"], level["u_probability"]];
  if (typeof m !== "number" || typeof u !== "number")
    throw new Fault({ where, text, why: "it has no m_probability or no u_probability: it was not trained" });
  if (!(m >= 0 && u >= 0 && m + u > 0 && Number.isFinite(m + u)))
    throw new Fault({ where, text, why: `m ${m} and u ${u} are no shares` });
  return { m, u };
}

type Within = { readonly name: string; readonly written: Json; readonly levels: readonly SplinkLevel[] };

function withTerms(level: SplinkLevel, { name, written, levels }: Within): SplinkLevel {
  const column = written["tf_adjustment_column"];
  const weight = Number(written["tf_adjustment_weight"] ?? 1);
  if (typeof column !== "string" || level.shares === null || level.condition === null || weight === 0) return level;
  const plain = column.replace(/^"|"$/g, "");
  const exact =
    written["disable_tf_exact_match_detection"] === true
      ? level.shares.u
      : levels.find(({ condition }) => isSameColumn(condition, plain))?.shares?.u;
  if (exact === undefined)
    throw new Fault({
      where: `${name}: ${level.label}`,
      text: level.text,
      why: `no level is exact agreement on ${plain}`,
    });
  return { ...level, terms: { column: plain, weight, least: Number(written["tf_minimum_u_value"] ?? 0), exact } };
}

function isSameColumn(condition: Expression | null, name: string): boolean {
  if (condition?.kind !== "call" || condition.name !== "equal") return false;
  const [left, right] = condition.of;
  const same = (one: Expression | undefined) => one?.kind === "column" && one.name.toLowerCase() === name.toLowerCase();
  return same(left) && same(right) && JSON.stringify(left) !== JSON.stringify(right);
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Fault({ where: "the model", text: String(value), why: "a list is expected" });
  return value;
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

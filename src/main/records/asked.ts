/** What the words of `records link` and `records train` ask for; the defaults stand here and nowhere else. */
import { parseArgs } from "node:util";
import { faultOfWords } from "../file-command.ts";

export const LINK_USE =
  "records link FILE [FILE…] [--auto] [--model MODEL.json] [--threshold 0.5] [--seed N] [--id COLUMN] [--ignore COLUMN] [--budget PAIRS] [--decisions FILE.csv] [--weak OUT.csv] [--households OUT.csv] [--day YYYY-MM-DD] [--protected COLUMN] --pairs PAIRS.csv --clusters CLUSTERS.csv [--json]";
export const TRAIN_USE =
  "records train FILE [FILE…] --out MODEL.json [--seed N] [--id COLUMN] [--ignore COLUMN] [--budget PAIRS] [--labels FILE.csv | --shared-id COLUMN] [--json]";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const many = { type: "string", multiple: true } as const;
const OPTIONS = {
  auto: flag,
  model: text,
  threshold: text,
  seed: text,
  id: text,
  ignore: many,
  budget: text,
  pairs: text,
  clusters: text,
  out: text,
  decisions: text,
  weak: text,
  labels: text,
  "shared-id": text,
  households: text,
  day: text,
  protected: text,
  json: flag,
} as const;

export type Asked = {
  readonly paths: readonly string[];
  readonly model: string | null;
  readonly threshold: number;
  readonly seed: number;
  readonly id: string | null;
  readonly ignore: readonly string[];
  /** The most pairs to compare; null for what is usual for the number of records. */
  readonly budget: number | null;
  readonly pairs: string | null;
  readonly clusters: string | null;
  readonly out: string | null;
  /** What reviewers decided, and where to write what they should look at. */
  readonly decisions: string | null;
  readonly weak: string | null;
  /** To learn from: pairs that somebody read, or a column whose values a person shares with nobody. */
  readonly labels: string | null;
  readonly sharedId: string | null;
  /** Where to write households, the day that they are of, and the column that says who is protected. */
  readonly households: string | null;
  readonly day: string | null;
  readonly protected: string | null;
  readonly json: boolean;
};

/** What is asked, or one sentence on what is wrong. */
export function readAsked(words: readonly string[]): Asked | string {
  try {
    return understood(words);
  } catch (error) {
    return `${faultOfWords(error)}.`;
  }
}

function understood(words: readonly string[]): Asked | string {
  const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  if (positionals.length === 0) return "Say which files to read.";
  if (values.auto === true && values.model !== undefined)
    return "--auto chooses everything from the columns, and --model has chosen before: give one of them.";
  if (values.labels !== undefined && values["shared-id"] !== undefined)
    return "--labels and --shared-id both say which pairs match: give one of them.";
  const threshold = Number(values.threshold ?? "0.5");
  if (!(threshold >= 0.01 && threshold <= 0.9999)) return "--threshold is a probability from 0.01 to 0.9999.";
  const seed = Number(values.seed ?? "1");
  if (!Number.isSafeInteger(seed) || seed < 0) return "--seed is a whole number.";
  const budget = values.budget === undefined ? null : Number(values.budget);
  if (budget !== null && !(Number.isSafeInteger(budget) && budget >= 1000 && budget <= 1_000_000_000))
    return "--budget is a number of pairs from 1000 to 1000000000.";
  if (values.day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(values.day)) return "--day is a day such as 2013-03-29.";
  return {
    paths: positionals,
    model: values.model ?? null,
    threshold,
    seed,
    id: values.id ?? null,
    ignore: values.ignore ?? [],
    budget,
    pairs: values.pairs ?? null,
    clusters: values.clusters ?? null,
    out: values.out ?? null,
    decisions: values.decisions ?? null,
    weak: values.weak ?? null,
    labels: values.labels ?? null,
    sharedId: values["shared-id"] ?? null,
    households: values.households ?? null,
    day: values.day ?? null,
    protected: values.protected ?? null,
    json: values.json === true,
  };
}

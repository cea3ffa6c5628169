/** What META must say by Pabulib's page beyond what a count needs: keys, dates, codes of language and money, flags, the rule. */
import type { VoteType } from "../election.ts";
import { listItems } from "./columns.ts";
import { type Decimal, parseDecimal } from "./decimal.ts";
import type { FaultCode, FaultList } from "./faults.ts";
import type { Meta } from "./meta.ts";
import { reportPlace } from "./reading.ts";

/** Budget and vote_type are not here: without them nothing is counted, and their lack is an error of its own. */
const OBLIGATORY = [
  "description",
  "country",
  "unit",
  "instance",
  "num_projects",
  "num_votes",
  "rule",
  "date_begin",
  "date_end",
];

const NUMBERS = [
  "num_projects",
  "num_votes",
  "min_length",
  "max_length",
  "min_sum_cost",
  "max_sum_cost",
  "min_points",
  "max_points",
  "min_sum_points",
  "max_sum_points",
  "min_project_cost",
  "max_project_cost",
];

const LISTS = [
  "categories",
  "neighborhoods",
  "neighbourhoods",
  "subdistricts",
  "budget_per_category",
  "budget_per_neighborhood",
  "min_sum_cost_per_category",
  "max_sum_cost_per_category",
];

export const RULES = [
  "greedy",
  "greedy-no-skip",
  "greedy-threshold",
  "greedy-exclusive",
  "greedy-custom",
  "equalshares",
  "equalshares-comparison",
  "equalshares/add1",
  "equalshares/add1-comparison",
  "unknown",
];

const SHAPES: readonly {
  readonly key: string;
  readonly code: FaultCode;
  readonly shape: RegExp;
  readonly expected: string;
}[] = [
  { key: "language", code: "language_shape", shape: /^[a-z]{2}$/, expected: "en" },
  { key: "currency", code: "currency_shape", shape: /^[A-Z]{3}$/, expected: "GBP" },
  { key: "fully_funded", code: "flag_unknown", shape: /^1$/, expected: "1" },
  { key: "experimental", code: "flag_unknown", shape: /^1$/, expected: "1" },
  { key: "comment", code: "comment_shape", shape: /^#1: /, expected: "#1: …" },
];

type Checked = { readonly meta: Meta; readonly faults: FaultList; readonly voteType: VoteType | null };

export function checkMeta({ meta, faults, voteType }: Checked): void {
  const inMeta = { faults, section: "META" } as const;
  const needed = voteType === "cumulative" ? [...OBLIGATORY, "max_sum_points"] : OBLIGATORY;
  for (const key of needed) {
    if (!meta.has(key)) reportPlace(inMeta, { code: "meta_key_missing", place: { line: 1, column: 1 }, expected: key });
  }
  for (const key of NUMBERS) {
    const entry = meta.get(key);
    if (!entry || parseDecimal(entry.value) !== null) continue;
    reportPlace(inMeta, { code: "number_unreadable", place: entry.place, found: entry.value, expected: `${key};123` });
  }
  for (const { key, code, shape, expected } of SHAPES) {
    const entry = meta.get(key);
    if (!entry || shape.test(entry.value)) continue;
    reportPlace(inMeta, { code, place: entry.place, found: entry.value, expected });
  }
  for (const key of LISTS) {
    const entry = meta.get(key);
    if (!entry || !/\s,|,\s/.test(entry.value)) continue;
    reportPlace(inMeta, { code: "list_space", place: entry.place, found: entry.value });
  }
  const rule = meta.get("rule");
  if (rule && !RULES.includes(rule.value)) {
    reportPlace(inMeta, { code: "rule_unknown", place: rule.place, found: rule.value, expected: RULES.join(", ") });
  }
  checkDates(meta, faults);
}

function checkDates(meta: Meta, faults: FaultList): void {
  const inMeta = { faults, section: "META" } as const;
  for (const key of ["date_begin", "date_end"]) {
    const entry = meta.get(key);
    if (!entry || daySpan(entry.value) !== null) continue;
    reportPlace(inMeta, { code: "date_shape", place: entry.place, found: entry.value, expected: "dd.mm.yyyy" });
  }
  const begin = meta.get("date_begin");
  const end = meta.get("date_end");
  const from = begin && daySpan(begin.value);
  const to = end && daySpan(end.value);
  if (from && to && from.first > to.last) {
    reportPlace(inMeta, { code: "dates_reversed", place: end.place, found: end.value, expected: begin.value });
  }
}

/** The first and the last day that a date may mean, as yyyymmdd: a year alone means all of it. */
function daySpan(text: string): { readonly first: number; readonly last: number } | null {
  const [, day = "", month = "", year = ""] = /^(?:(\d{2})\.(\d{2})\.)?(\d{4})$/.exec(text) ?? [];
  if (year === "") return null;
  if (month === "") return { first: Number(year) * 10_000, last: Number(year) * 10_000 + 9999 };
  const [inYear, inMonth, inDay] = [Number(year), Number(month), Number(day)];
  const leap = (inYear % 4 === 0 && inYear % 100 !== 0) || inYear % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][inMonth - 1] ?? 0;
  if (inDay < 1 || inDay > days) return null;
  const date = (inYear * 100 + inMonth) * 100 + inDay;
  return { first: date, last: date };
}

/** The number that a key of META gives; null where it gives none that can be read. */
export function boundOf(meta: Meta, key: string): Decimal | null {
  return parseDecimal(meta.get(key)?.value ?? "");
}

/** The numbers that a key gives: one for all, or one for each item of another list. */
export function boundsOf(meta: Meta, key: string): readonly (Decimal | null)[] {
  return listItems(meta.get(key)?.value ?? "").map(parseDecimal);
}

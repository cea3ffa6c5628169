/**
 * One new record against a table: the same candidates, levels and weights as when the table is linked with the record in it. Beside the
 * table the record counts for nothing: its values are new and rare. Second implementation: the engine's own way for whole tables.
 */
import { describe, expect, it } from "vitest";
import { shareValue } from "../blocking/keys.ts";
import { MOST_RULES, makePairs } from "../blocking/pairs.ts";
import { nameOfRule } from "../blocking/rules.ts";
import { type Population, strangers } from "../compare/population.ts";
import { makeAgencyFiles, TRUTH_COLUMNS } from "../generate/agencies.ts";
import { makeFamilies } from "../generate/families.ts";
import { linkRecords } from "../link.ts";
import { weigher } from "../model/score.ts";
import { type Plan, planColumns } from "../plan.ts";
import { Gathering } from "../table/gather.ts";
import type { Records } from "../table/records.ts";
import { RecordIndex } from "./record-index.ts";
import type { NewRecord } from "./texts.ts";

type Row = { readonly record: NewRecord; readonly person: string };

const HEADINGS = [
  "forename",
  "surname",
  "sex",
  "date_of_birth",
  "address",
  "postcode",
  "phone",
  "nhs_number",
  "full_name",
  "line_1",
  "line_2",
  "email",
];

/** Records of families, with a whole name, two lines of an address and an e-mail address besides. */
function drawn(families: number): readonly Row[] {
  return makeAgencyFiles(makeFamilies({ families, seed: 4 }), 4).flatMap(({ headings, rows }) =>
    rows.map((cells, at) => {
      const own = Object.fromEntries(headings.map((heading, place) => [heading, cells[place] ?? ""]));
      const { forename = "", surname = "", address = "", phone = "" } = own;
      const [number = "", ...street] = address.split(" ");
      const more = {
        full_name: `${forename} ${at % 3 === 0 ? "Mary Ann " : ""}${surname}`,
        line_1: at % 5 === 0 ? street.join(" ") : number,
        line_2: at % 5 === 0 ? number : street.join(" "),
        email: phone === "" ? "" : `${forename}.${phone.slice(-4)}@example.org`,
      };
      return { record: { ...own, ...more }, person: own["true_person"] ?? "" };
    }),
  );
}

function open(rows: readonly Row[]): { readonly records: Records; readonly plan: Plan } {
  const gathering = new Gathering({ id: "ref", ignore: [...TRUTH_COLUMNS] });
  gathering.open("all", ["ref", ...HEADINGS]);
  rows.forEach(({ record }, at) => {
    gathering.take([`r${at}`, ...HEADINGS.map((heading) => record[heading] ?? "")]);
  });
  const records = gathering.finish();
  if (!records.ok) throw new Error(records.refusal.code);
  const plan = planColumns(records.value);
  if (!plan.ok) throw new Error(plan.refusal.code);
  return { records: records.value, plan: plan.value };
}

const every = drawn(150);
// Every fortieth is new.
const table = every.filter((_, at) => at % 40 !== 0);
const fresh = every.filter((_, at) => at % 40 === 0);
const { plan } = open(table);
const linked = linkRecords(open(table).records, {
  plan,
  options: { seed: 1, threshold: 0.5, pairBudget: 20_000 },
});
if (!linked.ok) throw new Error(linked.refusal.code);
const { parameters } = linked.value;
// Rules of every kind of key, so that each is asked of a new record.
const rules = [
  ...plan.keys.filter(({ values }) => values > 60).map((key) => ({ keys: [key] })),
  ...linked.value.rules,
].slice(0, MOST_RULES);
const indexOf = () =>
  new RecordIndex({
    plan,
    parameters,
    rules,
    population: strangers(table.length, 1),
    largestBlock: Number.POSITIVE_INFINITY,
  });

/** The whole table with the new records at its end, which count for nothing when values are counted. */
function wholeTable() {
  const { plan: whole } = open([...table, ...fresh]);
  const all = strangers(table.length + fresh.length, 1);
  const weights = all.weights.map((weight, record) => (record < table.length ? weight : 0));
  const population: Population = { ...all, weights, persons: table.length };
  const keys = new Map(whole.keys.map((key) => [key.name, key]));
  const ofWhole = rules.map((rule) => ({ keys: rule.keys.flatMap(({ name }) => keys.get(name) ?? []) }));
  return { plan: whole, rules: ofWhole, weigh: weigher({ ...whole, parameters, population }) };
}

describe("a new record beside a table", () => {
  const whole = wholeTable();
  const levelsOf = (left: number, right: number) =>
    whole.plan.comparisons.map(({ compare, levels }) => levels[compare(left, right)]?.name ?? null);

  /** Records before `last` that any rule pairs with this one. */
  const pairedWith = (record: number, last: number) =>
    Array.from({ length: last }, (_, other) => other).filter((other) =>
      whole.rules.some(({ keys }) => keys.every((key) => shareValue(key, { left: record, right: other }))),
    );

  it("uses every kind of comparison and of key", () => {
    expect(plan.comparisons.map(({ name }) => name)).toEqual(whole.plan.comparisons.map(({ name }) => name));
    expect(plan.comparisons.map(({ name }) => name)).toContain("other names");
    expect(rules.length).toBeGreaterThan(20);
  });

  it("has the candidates, levels and weights that linking the whole table gives", () => {
    const index = indexOf();
    let [found, sure] = [0, 0];
    fresh.forEach(({ record, person }, at) => {
      const place = table.length + at;
      const { likes, compared, skipped } = index.findLike(record);
      expect(skipped).toEqual([]);
      expect(likes.map((like) => like.record).sort((a, b) => a - b)).toEqual(pairedWith(place, table.length));
      expect(compared).toBe(likes.length);
      for (const like of likes) {
        expect(like.levels).toEqual(levelsOf(place, like.record));
        expect(like.weight).toBeCloseTo(whole.weigh(place, like.record), 9);
      }
      const weights = likes.map(({ weight }) => weight);
      expect(weights).toEqual([...weights].sort((a, b) => b - a));
      const [best] = likes;
      if (best === undefined || best.probability < 0.9) return;
      sure += 1;
      if (table[best.record]?.person === person) found += 1;
    });
    expect(sure).toBeGreaterThan(30);
    // Less sure than it says, since the same names and addresses stand in several columns here.
    expect(found / sure).toBeGreaterThan(0.8);
  });

  it("pairs as blocking does", () => {
    const pairs = makePairs(whole.rules, { pairs: 1e9, largestBlock: 1e9 });
    if (!pairs.ok) throw new Error(pairs.refusal.code);
    const { left, right, count } = pairs.value;
    const index = indexOf();
    let made = 0;
    for (let pair = 0; pair < count; pair += 1)
      if ((left[pair] as number) >= table.length && (right[pair] as number) < table.length) made += 1;
    expect(fresh.reduce((sum, { record }) => sum + index.findLike(record).compared, 0)).toBe(made);
  });

  it("is found by those that come after it, once it is added", () => {
    const index = indexOf();
    fresh.forEach(({ record }, at) => {
      const place = table.length + at;
      const { likes } = index.findLike(record);
      expect(likes.map((like) => like.record).sort((a, b) => a - b)).toEqual(pairedWith(place, place));
      for (const like of likes.filter((one) => one.record >= table.length)) {
        expect(like.levels).toEqual(levelsOf(place, like.record));
        expect(like.weight).toBeCloseTo(whole.weigh(place, like.record), 9);
      }
      expect(index.add(record)).toBe(place);
    });
    expect(index.count).toBe(every.length);
    // Each again: it finds itself, the same in all that it has.
    fresh.forEach(({ record }, at) => {
      const same = index.findLike(record).likes.find((like) => like.record === table.length + at);
      expect(same?.levels.every((level) => level === null || /same|shared|only one/.test(level))).toBe(true);
    });
  });

  it("leaves out a rule that would compare too many, and says so", () => {
    const index = new RecordIndex({ plan, parameters, rules, population: strangers(table.length, 1), largestBlock: 3 });
    const { likes, skipped } = index.findLike(fresh[0]?.record ?? {});
    expect(skipped.length).toBeGreaterThan(0);
    expect(likes.length).toBeLessThan(indexOf().findLike(fresh[0]?.record ?? {}).likes.length);
    expect(rules.map(nameOfRule)).toContain(nameOfRule(skipped[0] ?? { keys: [] }));
  });

  it("with nothing in it is like nobody", () => {
    expect(indexOf().findLike({}).likes).toEqual([]);
  });
});

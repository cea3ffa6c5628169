/** m counted among matches that are known: as a count by hand gives it, and what is left as it was. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orderedLevels } from "../compare/comparison.ts";
import { asStrangers } from "../compare/household.ts";
import { compareValues } from "../compare/value-levels.ts";
import { linkRecords } from "../link.ts";
import { planColumns } from "../plan.ts";
import { Gathering } from "../table/gather.ts";
import { learnedFromMatches, matchesOfLabels, matchesOfSharedId } from "./known-matches.ts";
import type { Shares } from "./parameters.ts";

const comparisonOf = (codes: readonly number[], name = "town") =>
  compareValues({
    name,
    columns: [name],
    codes: Int32Array.from(codes),
    values: 8,
    levels: orderedLevels("same | 0.8\nnear | 0.1\ndifferent | 0.1"),
    household: asStrangers,
    levelOf: (left, right) => (Math.abs(left - right) === 1 ? 1 : 2),
  });

const before: Shares = {
  matched: Float64Array.of(0.5, 0.3, 0.2),
  unmatched: Float64Array.of(0.1, 0.1, 0.8),
  trained: [true, true, true],
};

describe("m of known matches", () => {
  it("is the share at each level, with five matches' worth of what is expected", () => {
    // Of 20 pairs 12 are the same, 5 near, 3 different: (12 + 5 * 0.8) / 25, and so on.
    const codes = [...Array(12).fill([1, 1]), ...Array(5).fill([1, 2]), ...Array(3).fill([1, 6])].flat();
    const pairs = Array.from({ length: 20 }, (_, at) => [2 * at, 2 * at + 1] as const);
    const known = matchesOfLabels(pairs);
    if (!known.ok) throw new Error(known.refusal.code);
    const [found] = learnedFromMatches([before], { known: known.value, comparisons: [comparisonOf(codes)] });
    expect([...(found?.matched ?? [])].map((m) => m.toFixed(4))).toEqual(["0.6400", "0.2200", "0.1400"]);
    expect(found?.unmatched).toEqual(before.unmatched);
  });

  it("stays as it was where fewer than ten pairs can be compared, and where the pairs were chosen by the column", () => {
    const pairs = Array.from({ length: 20 }, (_, at) => [2 * at, 2 * at + 1] as const);
    const known = matchesOfLabels(pairs);
    if (!known.ok) throw new Error(known.refusal.code);
    const missing = comparisonOf(Array.from({ length: 40 }, (_, at) => (at < 18 ? 1 : -1)));
    expect(learnedFromMatches([before], { known: known.value, comparisons: [missing] })).toEqual([before]);
    const fixed = { ...known.value, fixed: ["town"] };
    const full = comparisonOf(Array(40).fill(1));
    expect(learnedFromMatches([before], { known: fixed, comparisons: [full] })).toEqual([before]);
  });

  it("needs ten matches", () => {
    expect(matchesOfLabels([[0, 1]])).toMatchObject({ refusal: { code: "too_few_matches", found: 1, least: 10 } });
  });
});

/** Twenty people of two records each, who share a number, and 51 records whose number stands for "not known". */
function open() {
  const gathering = new Gathering({ id: "ref", ignore: [] });
  gathering.open("file", ["ref", "surname", "born", "nhs_number"]);
  const surnames = ["Probert", "Bowen", "Maddocks", "Cadwallader", "Pugh"];
  for (let at = 0; at < 91; at += 1) {
    const person = at < 40 ? at >> 1 : at;
    const number = at < 40 ? String(4_010_232_137 + person) : "0000000000";
    gathering.take([`r${at}`, surnames[person % 5] ?? "", `19${10 + person}-03-${10 + (person % 18)}`, number]);
  }
  const records = gathering.finish();
  if (!records.ok) throw new Error(records.refusal.code);
  const plan = planColumns(records.value);
  if (!plan.ok) throw new Error(plan.refusal.code);
  return { records: records.value, plan: plan.value };
}

describe("matches that share a number", () => {
  const { records, plan } = open();

  it("are every two records that do, but for a number that is nobody's; no pair is chosen by it", () => {
    const shared = matchesOfSharedId(records, { plan, heading: "NHS_number" });
    if (!shared.ok) throw new Error(shared.refusal.code);
    const { known, leftOut } = shared.value;
    expect([...known.left].map((left, at) => [known.right[at], left])).toEqual(
      Array.from({ length: 20 }, (_, person) => [2 * person, 2 * person + 1]),
    );
    expect(leftOut).toBe(1);
    expect(known.fixed).toEqual(["nhs_number"]);
    expect(plan.keys.some(({ comparison }) => comparison === "nhs_number")).toBe(true);
    expect(shared.value.plan.keys.some(({ comparison }) => comparison === "nhs_number")).toBe(false);
    const options = { seed: 1, threshold: 0.5, pairBudget: 100_000, known };
    const linked = linkRecords(records, { plan: shared.value.plan, options });
    if (!linked.ok) throw new Error(linked.refusal.code);
    const born = plan.comparisons.findIndex(({ name }) => name === "born");
    // 20 of 20 are the same: (20 + 5 * 0.75) / 25.
    expect(linked.value.parameters.comparisons[born]?.matched[0]).toBeCloseTo(0.95, 9);
  });

  it("are refused by the name of a column that is not there", () => {
    expect(matchesOfSharedId(records, { plan, heading: "upn" })).toMatchObject({
      refusal: { code: "shared_id_not_found", column: "upn" },
    });
  });

  it("are the pairs that comparing every two records finds", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 20, maxLength: 60 }), (codes) => {
        const counts = new Int32Array(6);
        for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
        const texts = ["a", "b", "c", "d", "e", "f"];
        const column = { name: "number", codes: Int32Array.from(codes), values: texts, written: texts, counts };
        const found = matchesOfSharedId({ columns: [column] }, { plan, heading: "number" });
        const every = codes.flatMap((one, left) =>
          codes.slice(0, left).flatMap((other, right) => (one >= 0 && one === other ? [`${left} ${right}`] : [])),
        );
        if (!found.ok) return void expect(every.length).toBeLessThan(10);
        const { left, right } = found.value.known;
        expect([...left].map((one, at) => `${one} ${right[at]}`).sort()).toEqual(every.sort());
      }),
    );
  });
});

/**
 * A run's report as the engine's own answer gives it, of made-up families: what is known there is filled in, and what is not (how many
 * were read) is nought. Households are counted by the last address of each person, since only how many there are is shown.
 */
import { must } from "../../../lib/assert.ts";
import {
  type ComparisonFacts,
  Gathering,
  type GroupFacts,
  groupingsOf,
  type Linked,
  linkRecords,
  makeAgencyFiles,
  makeFamilies,
  modelOf,
  type Plan,
  planColumns,
  probabilityOf,
  type Records,
  type RunReport,
  ruleNames,
  TRUTH_COLUMNS,
  type Waterfall,
} from "../../../linkage/index.ts";

type Found = { readonly records: Records; readonly plan: Plan; readonly linked: Linked };

export function linkFamilies(families: number): Found {
  const gathering = new Gathering({ id: "reference", ignore: [...TRUTH_COLUMNS] });
  for (const { agency, headings, rows } of makeAgencyFiles(makeFamilies({ families, seed: 11 }), 11)) {
    gathering.open(agency, headings);
    for (const row of rows) gathering.take(row);
  }
  const records = gathering.finish();
  if (!records.ok) throw new Error(records.refusal.code);
  const plan = planColumns(records.value);
  if (!plan.ok) throw new Error(plan.refusal.code);
  const options = { seed: 1, threshold: 0.5, pairBudget: 300_000 };
  const linked = linkRecords(records.value, { plan: plan.value, options });
  if (!linked.ok) throw new Error(linked.refusal.code);
  return { records: records.value, plan: plan.value, linked: linked.value };
}

export function reportOf(found: Found): RunReport {
  const { records, plan, linked } = found;
  const { clusters, parameters, weights, pairs } = linked;
  return {
    records: records.count,
    files: records.files.map((name, at) => ({
      name,
      records: records.fileOf.filter((file) => file === at).length,
      nobodyTwice: linked.singleFiles[at] ?? false,
    })),
    pairsCompared: linked.compared,
    blockingRecall: linked.recall,
    pairsLinked: clusters.pairs.count,
    pairsParted: clusters.parted.count,
    people: new Set(clusters.clusterOf).size,
    households: homesOf(found),
    communalHomes: 0,
    withheld: 0,
    ties: {
      kinds: [
        { kind: "parent-or-guardian", recorded: 120, inferred: 0 },
        { kind: "partner", recorded: 41, inferred: 0 },
        { kind: "sibling", recorded: 0, inferred: 63 },
        { kind: "co-resident", recorded: 0, inferred: 310 },
      ],
      contradictions: [{ code: "parent_too_young", relations: 2 }],
      crowdedPeople: 1,
      crowdedHomes: 0,
      unknownReferences: 3,
    },
    weakClusters: 0,
    recordsInDoubt: clusters.doubted.length,
    reviewLoad: weights.filter((bits) => Math.abs(bits) < 6.6).length,
    calibrationError: 0,
    prior: parameters.prior,
    threshold: 0.5,
    rules: rulesOf(linked),
    comparisons: comparisonsOf(plan, linked),
    histogram: histogramOf(weights.subarray(0, pairs.count)),
    unlinkables: unlinkablesOf(found),
    completeness: records.columns.map(({ name, codes }) => ({
      column: name,
      filled: records.files.map((_, file) => {
        const own = codes.filter((_code, record) => records.fileOf[record] === file);
        return own.every((code) => code < 0) ? null : own.filter((code) => code >= 0).length / own.length;
      }),
    })),
    groups: groupsOf(found),
  };
}

function homesOf({ records, linked }: Found): number {
  const home = must(
    records.columns.find(({ name }) => name === "postcode"),
    "made-up files have postcodes",
  );
  const last = new Map<number, number>();
  linked.clusters.clusterOf.forEach((person, record) => {
    if ((home.codes[record] ?? -1) >= 0) last.set(person, home.codes[record] ?? -1);
  });
  return new Set(last.values()).size;
}

function rulesOf({ rules, pairs }: Linked): RunReport["rules"] {
  const made = ruleNames(rules).map((name, at) => ({
    name,
    pairs: pairs.rules.filter((mask) => 31 - Math.clz32(mask & -mask) === at).length,
  }));
  let pairsSoFar = 0;
  return made.map((rule) => {
    pairsSoFar += rule.pairs;
    return { ...rule, pairsSoFar };
  });
}

function comparisonsOf(plan: Plan, linked: Linked): readonly ComparisonFacts[] {
  return modelOf(plan, linked).comparisons.map(({ name, columns, levels }) => ({
    ...{ name, columns },
    levels: levels.map((level) => ({
      ...{ name: level.name, m: level.m, u: level.u, trained: level.trained },
      bits: Math.log2(level.m / level.u),
    })),
  }));
}

function histogramOf(weights: Float32Array): RunReport["histogram"] {
  const from = Math.floor(weights.reduce((least, bits) => Math.min(least, bits), 0));
  const to = Math.ceil(weights.reduce((most, bits) => Math.max(most, bits), 0));
  const bins = Array.from({ length: to - from + 1 }, (_, at) => ({ from: from + at, to: from + at + 1, pairs: 0 }));
  for (const bits of weights) must(bins[Math.floor(bits) - from], "every weight has a bin").pairs += 1;
  return bins;
}

/** What each record weighs beside itself, prior included; how rare its values are is left out. */
function unlinkablesOf({ records, plan, linked }: Found): RunReport["unlinkables"] {
  const comparisons = comparisonsOf(plan, linked);
  const prior = Math.log2(linked.parameters.prior / (1 - linked.parameters.prior));
  const selves = Array.from({ length: records.count }, (_, record) =>
    plan.comparisons.reduce((sum, { compare }, at) => {
      const level = compare(record, record);
      return level < 0 ? sum : sum + (comparisons[at]?.levels[level]?.bits ?? 0);
    }, prior),
  );
  return Array.from({ length: 41 }, (_, at) => at - 10).map((bits) => ({
    bits,
    share: selves.filter((self) => self < bits).length / records.count,
  }));
}

function groupsOf(found: Found): readonly GroupFacts[] {
  const groupings = groupingsOf(found.records, "2013-03-29");
  return groupings.flatMap(({ by, groupOf }) =>
    [...new Set(groupOf)].flatMap((group) =>
      group === null ? [] : [groupFacts(found, { grouping: by === "missing fields" ? "missing" : by, group, groupOf })],
    ),
  );
}

type Group = Pick<GroupFacts, "grouping" | "group"> & { readonly groupOf: readonly (string | null)[] };

function groupFacts({ linked }: Found, { grouping, group, groupOf }: Group): GroupFacts {
  const { pairs, weights, clusters } = linked;
  let [links, wrong, missed, right] = [0, 0, 0, 0];
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const [left, other] = [pairs.left[pair] ?? 0, pairs.right[pair] ?? 0];
    if (groupOf[left] !== group && groupOf[other] !== group) continue;
    const chance = probabilityOf(weights[pair] ?? 0);
    if (clusters.clusterOf[left] === clusters.clusterOf[other]) {
      links += 1;
      wrong += 1 - chance;
      right += chance;
    } else missed += chance;
  }
  const records = groupOf.filter((one) => one === group).length;
  const share = (part: number, all: number) => (all === 0 ? 0 : part / all);
  return {
    ...{ grouping, group, records, links },
    missedShare: share(missed, missed + right),
    wrongShare: share(wrong, links),
  };
}

/** Two records that agree on most and lack a number, and may be of one household. */
export const WATERFALL: Waterfall = {
  priorBits: -10.6,
  steps: [
    {
      comparison: "name",
      columns: ["forename", "surname"],
      level: "forename same, surname near",
      bits: 12.5,
      rarityBits: 2,
    },
    { comparison: "date_of_birth", columns: ["date_of_birth"], level: "same", bits: 12.8, rarityBits: 0 },
    { comparison: "sex", columns: ["sex"], level: "same", bits: 1, rarityBits: 0 },
    { comparison: "address", columns: ["address"], level: "different", bits: -2.3, rarityBits: 0 },
    { comparison: "postcode", columns: ["postcode"], level: "different", bits: -5.4, rarityBits: 0 },
    { comparison: "nhs_number", columns: ["nhs_number"], level: null, bits: 0, rarityBits: 0 },
  ],
  movedBits: 2.3,
  householdBits: -1.1,
  totalBits: 9.2,
  probability: 1 / (1 + 2 ** -9.2),
};

/** Makes the report of a run from what was linked. Methods are named beside what they make; see run-report.ts for what each figure is. */
import { nameOfRule } from "../blocking/rules.ts";
import type { TieFacts } from "../household/family-ties.ts";
import type { Households } from "../household/gather-households.ts";
import type { People } from "../household/link-households.ts";
import type { Linked } from "../link.ts";
import { calibrationOf } from "../measure/calibration.ts";
import { groupingsOf } from "../measure/groups.ts";
import { modelOf } from "../model/artefact.ts";
import { probabilityOf, weigher } from "../model/score.ts";
import type { Plan } from "../plan.ts";
import { MISSING_CODE, type Records } from "../table/records.ts";
import type { GroupFacts, RuleFacts, RunReport } from "./run-report.ts";

export type Matched = {
  readonly records: Records;
  readonly plan: Plan;
  readonly linked: Linked;
  readonly people: People;
  readonly households: Households;
  readonly ties: TieFacts;
  readonly weakClusters: number;
  readonly reviewLoad: number;
  readonly threshold: number;
  /** The day that ages are of, YYYY-MM-DD. */
  readonly day: string;
  readonly provesTwo: (one: readonly number[], other: readonly number[]) => boolean;
};

export function makeReport(the: Matched): RunReport {
  const { records, plan, linked, people, households } = the;
  const { clusters, pairs } = linked;
  const model = modelOf(plan, linked);
  return {
    records: records.count,
    files: records.files.map((name, file) => ({
      name,
      records: countOf(records.fileOf, file),
      nobodyTwice: linked.singleFiles[file] === true,
    })),
    pairsCompared: linked.compared,
    blockingRecall: linked.recall,
    pairsLinked: clusters.pairs.count,
    pairsParted: clusters.parted.count,
    people: new Set(people.personOf).size,
    households: households.households.length,
    communalHomes: households.communal.length,
    withheld: households.withheld.length,
    ties: the.ties,
    weakClusters: the.weakClusters,
    recordsInDoubt: clusters.doubted.length,
    reviewLoad: the.reviewLoad,
    calibrationError: consistencyOf(linked),
    prior: linked.parameters.prior,
    threshold: the.threshold,
    rules: ruleFacts(linked),
    comparisons: model.comparisons.map(({ name, columns, levels }) => ({
      name,
      columns,
      levels: levels.map((level) => ({ ...level, bits: Math.log2(level.m / level.u) })),
    })),
    histogram: histogramOf(linked.weights.subarray(0, pairs.count)),
    unlinkables: unlinkablesOf(the),
    completeness: completenessOf(records),
    groups: groupFacts(the),
  };
}

function countOf(fileOf: Int32Array, file: number): number {
  let count = 0;
  for (const one of fileOf) if (one === file) count += 1;
  return count;
}

/** Pairs less likely than this are strangers to both sides of the comparison. */
const LEAST_CHANCE = 0.01;

/**
 * The expected calibration error where there are no labels: a pair's own probability against whether the cluster, which knows all other
 * pairs too, holds both. It shows what pairs say too much or too little beside the rest, and not what all have wrong together.
 */
export function consistencyOf({ pairs, weights, clusters: { clusterOf } }: Linked): number {
  return calibrationOf({
    count: pairs.count,
    chanceOf: (pair) => probabilityOf(weights[pair] as number),
    isMatch: (pair) => clusterOf[pairs.left[pair] as number] === clusterOf[pairs.right[pair] as number],
    least: LEAST_CHANCE,
  }).error;
}

/** A pair belongs to the first rule that makes it. Where few enough records are all compared with all, there is no rule. */
function ruleFacts({ rules, pairs }: Linked): readonly RuleFacts[] {
  const made = new Float64Array(rules.length);
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const first = 31 - Math.clz32((pairs.rules[pair] as number) & -(pairs.rules[pair] as number));
    if (first < made.length) made[first] = (made[first] as number) + 1;
  }
  let pairsSoFar = 0;
  return rules.map((rule, at) => {
    const own = made[at] as number;
    pairsSoFar += own;
    return { name: nameOfRule(rule), pairs: own, pairsSoFar };
  });
}

const BIN_BITS = 2;
/** Weights beyond these stand in the first and the last bin. */
const LEAST_BITS = -40;
const MOST_BITS = 60;

function histogramOf(weights: Float32Array): RunReport["histogram"] {
  const bins = new Float64Array((MOST_BITS - LEAST_BITS) / BIN_BITS);
  for (const weight of weights) {
    const bin = Math.floor((weight - LEAST_BITS) / BIN_BITS);
    const at = Math.max(0, Math.min(bins.length - 1, bin));
    bins[at] = (bins[at] as number) + 1;
  }
  const from = LEAST_BITS;
  return Array.from(bins, (pairs, at) => ({ from: from + at * BIN_BITS, to: from + (at + 1) * BIN_BITS, pairs }));
}

/** Each record is weighed against itself: what does not reach a threshold then can be linked to nothing at it. */
function unlinkablesOf({ records, plan, linked }: Matched): RunReport["unlinkables"] {
  const weigh = weigher({ ...plan, parameters: linked.parameters, population: linked.population });
  const own = Float64Array.from({ length: records.count }, (_, record) => weigh(record, record)).sort();
  let below = 0;
  return Array.from({ length: 41 }, (_, at) => {
    const bits = at - 10;
    while (below < own.length && (own[below] as number) < bits) below += 1;
    return { bits, share: below / Math.max(own.length, 1) };
  });
}

function completenessOf({ columns, files, fileOf }: Records): RunReport["completeness"] {
  const sizes = files.map((_, file) => countOf(fileOf, file));
  return columns.map(({ name, codes }) => {
    const filled = new Float64Array(files.length);
    codes.forEach((code, record) => {
      const file = fileOf[record] as number;
      if (code !== MISSING_CODE) filled[file] = (filled[file] as number) + 1;
    });
    return {
      column: name,
      filled: sizes.map((size, file) => ((filled[file] as number) === 0 ? null : (filled[file] as number) / size)),
    };
  });
}

const GROUPINGS = { sex: "sex", age: "age", "missing fields": "missing" } as const;

function groupFacts(the: Matched): readonly GroupFacts[] {
  const groupings = groupingsOf(the.records, the.day).map(({ by, groupOf }) => ({ grouping: GROUPINGS[by], groupOf }));
  const masses = massesOf(the);
  return [...groupings, { grouping: "moved" as const, groupOf: movedOf(the.people) }].flatMap(
    ({ grouping, groupOf }) => {
      const groups = new Map<string, number[]>();
      groupOf.forEach((group, record) => {
        if (group !== null) groups.set(group, [...(groups.get(group) ?? []), record]);
      });
      return [...groups]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([group, members]) => ({ grouping, group, records: members.length, ...errorsOf(members, masses) }));
    },
  );
}

/** Whether a person's records name two homes or more. */
function movedOf({ personOf, sightings }: People): readonly (string | null)[] {
  const homes = new Map<number, Set<number>>();
  for (const { person, home } of sightings) homes.set(person, (homes.get(person) ?? new Set()).add(home));
  return Array.from(personOf, (person) => {
    const seen = homes.get(person)?.size ?? 0;
    return seen === 0 ? null : seen > 1 ? "two homes or more" : "one home";
  });
}

/** By record: its links, how many of them are expected to be right, and how many matches are expected among pairs that are not linked. */
type Masses = { readonly links: Float64Array; readonly right: Float64Array; readonly missed: Float64Array };

function massesOf({ records, linked, provesTwo }: Matched): Masses {
  const sum = () => new Float64Array(records.count);
  const masses = { links: sum(), right: sum(), missed: sum() };
  const add = (into: Float64Array, the: { readonly left: number; readonly right: number; readonly by: number }) => {
    into[the.left] = (into[the.left] as number) + the.by;
    into[the.right] = (into[the.right] as number) + the.by;
  };
  const { pairs, weights, clusters } = linked;
  for (let pair = 0; pair < clusters.pairs.count; pair += 1) {
    const two = { left: clusters.pairs.left[pair] as number, right: clusters.pairs.right[pair] as number };
    add(masses.links, { ...two, by: 1 });
    add(masses.right, { ...two, by: probabilityOf(clusters.pairs.weights[pair] as number) });
  }
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const two = { left: pairs.left[pair] as number, right: pairs.right[pair] as number };
    const chance = probabilityOf(weights[pair] as number);
    if (chance < LEAST_CHANCE || clusters.clusterOf[two.left] === clusters.clusterOf[two.right]) continue;
    // What was kept apart by all that is known of both is not expected to be a match because one pair alone looks like one.
    if (chance >= 0.5 || provesTwo([two.left], [two.right])) continue;
    add(masses.missed, { ...two, by: chance });
  }
  return masses;
}

function errorsOf(members: readonly number[], { links, right, missed }: Masses) {
  const of = (mass: Float64Array) => members.reduce((sum, record) => sum + (mass[record] as number), 0);
  const all = of(links);
  const good = of(right);
  const lost = of(missed);
  return {
    links: Math.round(all),
    missedShare: good + lost === 0 ? 0 : lost / (good + lost),
    wrongShare: all === 0 ? 0 : (all - good) / all,
  };
}

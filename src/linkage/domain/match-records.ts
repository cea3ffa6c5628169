/**
 * Matches the records of a place from beginning to end: pairs, people, households, what a person should read, and the report. What stays
 * of it is small enough to be kept: for each pair why it weighs what it weighs, for each record its person, for each person their home.
 */
import { accept, type Result, refuse } from "../../lib/result.ts";
import type { TooManyPairs } from "./blocking/pairs.ts";
import { nameOfRule } from "./blocking/rules.ts";
import type { TwoRecords } from "./clusters/gather-clusters.ts";
import { provesTwoPeople } from "./clusters/two-people.ts";
import { type FamilyTies, familyTies, type RecordRelation } from "./household/family-ties.ts";
import { type Households, householdsOn, type Protection } from "./household/gather-households.ts";
import { daysOfRecords, type People, peopleInHomes, sourceOf } from "./household/link-households.ts";
import { type Linked, linkRecords, usualBudget } from "./link.ts";
import { modesOf } from "./mode.ts";
import { fitModel, type Model, type ModelRefusal, modelOf } from "./model/artefact.ts";
import { probabilityOf, weigher } from "./model/score.ts";
import { type NoPlan, type Plan, planColumns } from "./plan.ts";
import { type PairReasons, pairExplainer } from "./report/explain-pair.ts";
import { makeReport } from "./report/make-report.ts";
import type { RunReport } from "./report/run-report.ts";
import { type WorthReading, weakClustersOf, worthReading } from "./report/worth-reading.ts";
import { MISSING_CODE, type Records } from "./table/records.ts";

export type MatchOptions = {
  readonly seed: number;
  /** From 0.5 to below 1. */
  readonly threshold: number;
  /** The day households are of, YYYY-MM-DD. */
  readonly day: string;
  /** A model that was trained before; a new one is trained where there is none. */
  readonly model: Model | null;
  readonly mustLink: readonly TwoRecords[];
  readonly cannotLink: readonly TwoRecords[];
  /** Records of people about whose home nothing may be inferred. */
  readonly protectedRecords: ReadonlyMap<number, Protection>;
  /** What records say of each other, by the record that says it; never compared. */
  readonly relations: readonly Omit<RecordRelation, "day" | "source">[];
  /** Relatives named by a reference that no record of the register has. */
  readonly unknownReferences: number;
};

export type KeptPair = PairReasons & {
  readonly left: number;
  readonly right: number;
  /** The weight of the two records by themselves, prior included. */
  readonly bits: number;
  /** Of the cluster, where the two are in one; of the two by themselves, where not. */
  readonly probability: number;
  readonly linked: boolean;
  /** The first rule that made the pair; empty where none did. */
  readonly rule: string;
  readonly worth: Pick<WorthReading, "why" | "value"> | null;
};

export type KeptHousehold = {
  readonly members: readonly {
    readonly person: number;
    readonly known: "seen" | "placed" | "followed";
    readonly from: string | null;
    readonly to: string | null;
    /** The records that say that they live there. */
    readonly records: readonly number[];
  }[];
};

/** Persons and records by their numbers; of what was recorded, a source for each record that says it. */
export type KeptTie = FamilyTies["edges"][number];

export type Matching = {
  readonly report: RunReport;
  readonly model: Model;
  /** The person of each record, from 0. */
  readonly personOf: readonly number[];
  readonly households: readonly KeptHousehold[];
  readonly ties: readonly KeptTie[];
  readonly pairs: readonly KeptPair[];
};

export function matchRecords(
  records: Records,
  options: MatchOptions,
): Result<Matching, NoPlan | ModelRefusal | TooManyPairs> {
  const planned = planColumns(records);
  if (!planned.ok) return planned;
  const fitted = options.model === null ? null : fitModel(options.model, planned.value);
  if (fitted !== null && !fitted.ok) return fitted;
  const plan = fitted?.value.plan ?? planned.value;
  const found = linkRecords(records, {
    plan,
    options: {
      ...options,
      model: fitted?.value,
      pairBudget: usualBudget(records.count),
      households: true,
      closed: closedOf(records.count, options),
    },
  });
  if (!found.ok) return refuse(found.refusal);
  const linked = found.value;
  const people = peopleInHomes(records, { plan, clusterOf: linked.clusters.clusterOf });
  const hidden = protectedPeople(people, options);
  const households = householdsOn(options.day, { ...people, protectedPeople: hidden });
  const ties = familyTies({
    ...people,
    ...{ communal: households.communal, protectedPeople: hidden, yearOf: yearsOf(plan, people) },
    ...{ relations: datedRelations(records, options), unknownReferences: options.unknownReferences },
  });
  const provesTwo = provesTwoPeople(plan.facts);
  const weak = weakClustersOf(linked);
  const worth = worthReading({ linked, provesTwo, weak });
  const report = makeReport({
    records,
    plan,
    linked,
    people,
    households,
    ties: ties.facts,
    weakClusters: weak.length,
    reviewLoad: worth.length,
    threshold: options.threshold,
    day: options.day,
    provesTwo,
  });
  return accept({
    report,
    model: modelOf(plan, linked),
    personOf: Array.from(people.personOf),
    households: keptHouseholds(households),
    ties: ties.edges,
    pairs: keptPairs({ plan, linked, worth }),
  });
}

function closedOf(records: number, { protectedRecords }: MatchOptions): Uint8Array {
  const closed = new Uint8Array(records);
  for (const record of protectedRecords.keys()) closed[record] = 1;
  return closed;
}

function protectedPeople({ personOf }: People, { protectedRecords }: MatchOptions): ReadonlyMap<number, Protection> {
  return new Map([...protectedRecords].map(([record, why]) => [personOf[record] as number, why]));
}

function datedRelations(records: Records, { relations }: MatchOptions): readonly RecordRelation[] {
  const dayOf = daysOfRecords(records);
  return relations.map((one) => ({ ...one, day: dayOf(one.said), source: sourceOf(records, one.said) }));
}

/** The year of birth that most of a person's records bear, the first of several; null where none does. */
function yearsOf({ facts: { births } }: Pick<Plan, "facts">, { personOf }: Pick<People, "personOf">) {
  const years = modesOf(personOf, (record) => {
    const born = births?.values[births.codes[record] ?? MISSING_CODE];
    return born === undefined ? MISSING_CODE : Number(born.slice(0, 4));
  });
  return (person: number): number | null => years.get(person) ?? null;
}

function keptHouseholds({ households }: Households): readonly KeptHousehold[] {
  return households.map(({ members }) => ({
    members: members.map(({ person, known, spell }) => ({
      person,
      known,
      from: spell.from,
      to: spell.to,
      records: spell.records,
    })),
  }));
}

type Keeping = { readonly plan: Plan; readonly linked: Linked; readonly worth: readonly WorthReading[] };

/** The pairs within people, and those that are worth reading. */
function keptPairs({ plan, linked, worth }: Keeping): readonly KeptPair[] {
  const { clusters, parameters, population, rules, pairs } = linked;
  const scoring = { comparisons: plan.comparisons, parameters, population };
  const explain = pairExplainer(scoring);
  const weigh = weigher(scoring);
  const key = (left: number, right: number) => (left < right ? `${left} ${right}` : `${right} ${left}`);
  const worthOf = new Map(worth.map(({ left, right, ...one }) => [key(left, right), one]));
  const kept = new Map<
    string,
    { readonly left: number; readonly right: number; readonly probability: number | null }
  >();
  for (let pair = 0; pair < clusters.pairs.count; pair += 1) {
    const [left, right] = inOrder(clusters.pairs.left[pair] as number, clusters.pairs.right[pair] as number);
    const probability = probabilityOf(clusters.pairs.weights[pair] as number);
    kept.set(key(left, right), { left, right, probability });
  }
  for (const { left, right } of worth)
    if (!kept.has(key(left, right))) kept.set(key(left, right), { left, right, probability: null });
  const firstRule = new Map<string, number>();
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const name = key(pairs.left[pair] as number, pairs.right[pair] as number);
    if (kept.has(name)) firstRule.set(name, Math.log2((pairs.rules[pair] as number) & -(pairs.rules[pair] as number)));
  }
  const names = rules.map(nameOfRule);
  return [...kept].map(([name, { left, right, probability }]) => {
    const bits = weigh(left, right);
    return {
      left,
      right,
      bits,
      probability: probability ?? probabilityOf(bits),
      linked: probability !== null,
      rule: names[firstRule.get(name) ?? -1] ?? "",
      worth: worthOf.get(name) ?? null,
      ...explain(left, right),
    };
  });
}

function inOrder(one: number, other: number): readonly [number, number] {
  return one < other ? [one, other] : [other, one];
}

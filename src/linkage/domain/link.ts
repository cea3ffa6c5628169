/**
 * Links records: proposes rules or takes the model's, makes the pairs, trains or takes what was trained, scores, and makes clusters. The
 * answer depends on the files, the options and the seed alone.
 */
import { accept, type Result, refuse } from "../../lib/result.ts";
import { allPairs, makePairs, type Pairs, pairFinder, type TooManyPairs } from "./blocking/pairs.ts";
import { estimateRecall, waysOf } from "./blocking/recall.ts";
import { NumberTable, type Rule } from "./blocking/rules.ts";
import { type Clusters, gatherClusters, type TwoRecords } from "./clusters/gather-clusters.ts";
import { provesTwoPeople } from "./clusters/two-people.ts";
import { Union } from "./clusters/union.ts";
import { type Population, populationOf, strangers } from "./compare/population.ts";
import { lookAgain } from "./household/second-look.ts";
import type { KnownMatches } from "./model/known-matches.ts";
import type { Parameters } from "./model/parameters.ts";
import { findPatterns } from "./model/patterns.ts";
import { priorBits, probabilityOf, scorePairs, weigher } from "./model/score.ts";
import { recounted, startingParameters, type Training, type TrainingSet, trainModel } from "./model/train.ts";
import type { Plan } from "./plan.ts";
import { largestBlock, proposeRules } from "./propose-rules.ts";
import type { Records } from "./table/records.ts";

export type LinkOptions = {
  readonly seed: number;
  /** From 0.5 to below 1: what a pair must be likely to be, and two clusters in the mean, to be one person. */
  readonly threshold: number;
  /** The most pairs that are compared. */
  readonly pairBudget: number;
  /** Trained before: nothing is learned from these files but how frequent their values are. */
  readonly model?: { readonly rules: readonly Rule[]; readonly parameters: Parameters } | undefined;
  /** Matches that somebody knows, to learn from. */
  readonly known?: KnownMatches | undefined;
  readonly mustLink?: readonly TwoRecords[] | undefined;
  readonly cannotLink?: readonly TwoRecords[] | undefined;
  /** Look once more at clusters of one home, with the prior of a household. */
  readonly households?: boolean | undefined;
  /** Records of people who are protected, 1 for each: nothing is inferred of them by their home. */
  readonly closed?: Uint8Array | undefined;
};

export type Linked = {
  readonly pairs: Pairs;
  /** Pairs that were compared: those of blocking, and those that were missing between clusters. */
  readonly compared: number;
  /** The weight of each pair by itself, in bits, prior included. */
  readonly weights: Float32Array;
  readonly clusters: Clusters;
  readonly parameters: Parameters;
  /** By whom values were counted when pairs were weighed. */
  readonly population: Population;
  readonly rules: readonly Rule[];
  /** The share of matches that blocking is estimated to have found, from 0 to 1. */
  readonly recall: number;
  readonly sessions: number;
  /** Files in which no person is found twice: by place, as they were given. */
  readonly singleFiles: readonly boolean[];
};

/** How many pairs are compared where nothing else is asked: a million, and ten for each record where that is more. */
export function usualBudget(records: number): number {
  return Math.max(1_000_000, records * 10);
}

/** Pairs as likely as this are one person when values are counted by person. */
const SURE = 0.9;
/** Recall before it can be estimated. */
const USUAL_RECALL = 0.85;
/** Rules that make this many budgets of pairs, those made twice counted twice, are refused before any is made. */
const MOST_BUDGETS = 10;

export function linkRecords(
  records: Records,
  the: { readonly plan: Plan; readonly options: LinkOptions },
): Result<Linked, TooManyPairs> {
  const { plan, options } = the;
  const prepared = prepare(records, the);
  if (!prepared.ok) return prepared;
  const { pairs, rules, possible, population } = prepared.value;
  const patterns = findPatterns(pairs, plan.comparisons);
  const set: TrainingSet = { ...plan, rules, pairs, patterns, population, possible, known: options.known };
  const trained =
    options.model === undefined ? trainTwice(set, prepared.value) : scoreOnly(set, options.model.parameters);
  const { parameters, recall } = trained;
  const bits = priorBits(parameters.prior);
  const weights = trained.weights.map((weight) => weight + bits);
  const singleFiles = findSingleFiles(records, { pairs, weights, facts: plan.facts });
  const placeOf = pairFinder(pairs, records.count);
  const weigh = weigher({ ...plan, parameters, population: trained.population });
  const missing = remembered(weigh, records.count);
  const gatheredOnce = gatherClusters(
    { ...pairs, weights },
    {
      records: records.count,
      least: Math.log2(options.threshold / (1 - options.threshold)),
      weightOf: (left, right) => {
        const pair = placeOf(left, right);
        return pair >= 0 ? (weights[pair] as number) : missing.weightOf(left, right);
      },
      singleSource: singleFiles.includes(true)
        ? records.fileOf.map((file) => (singleFiles[file] === true ? file : -1))
        : undefined,
      twoPeople: provesTwoPeople(ofFamilies(parameters) ? plan.facts : { ...plan.facts, homes: [] }),
      mustLink: options.mustLink,
      cannotLink: options.cannotLink,
    },
  );
  const looking = { ...options, plan, clusters: gatheredOnce, parameters, singleFiles };
  const clusters = options.households === true ? lookAgain(records, looking) : gatheredOnce;
  return accept({
    pairs,
    compared: pairs.count + missing.count(),
    weights,
    clusters,
    parameters,
    population: trained.population,
    rules,
    recall,
    sessions: trained.sessions,
    singleFiles,
  });
}

/** Weights of pairs that blocking did not make, each worked out once however often it is asked for. */
function remembered(weigh: (left: number, right: number) => number, records: number) {
  const numbers = new NumberTable(1024);
  let known = new Float64Array(1024);
  return {
    count: () => numbers.size,
    weightOf: (left: number, right: number): number => {
      const before = numbers.size;
      const at = numbers.numberOf(Math.max(left, right) * records + Math.min(left, right));
      if (at < before) return known[at] as number;
      if (at === known.length) {
        const longer = new Float64Array(known.length * 2);
        longer.set(known);
        known = longer;
      }
      const weight = weigh(left, right);
      known[at] = weight;
      return weight;
    },
  };
}

/** Files are of families where pairs of one household are this frequent beside those of one person. */
const FAMILIES = 0.1;

/**
 * Whether another forename or birthday at the same home is another of the family. In files of people drawn from everywhere hardly any two
 * share a home, and it is the same person with a column gone wrong.
 */
function ofFamilies({ household, prior }: Parameters): boolean {
  return household >= FAMILIES * prior;
}

type Prepared = {
  readonly pairs: Pairs;
  readonly rules: readonly Rule[];
  readonly start: Parameters;
  /** Whether matches of a sample have taught it already. */
  readonly taught: boolean;
  readonly possible: number;
  readonly population: Population;
};

function prepare(
  records: Records,
  { plan, options }: { readonly plan: Plan; readonly options: LinkOptions },
): Result<Prepared, TooManyPairs> {
  const possible = (records.count * (records.count - 1)) / 2;
  const population = strangers(records.count, options.seed);
  const { pairBudget, model } = options;
  let start = model?.parameters ?? startingParameters({ ...plan, population }, firstPrior(records.count));
  let rules = model?.rules ?? [];
  if (rules.length === 0 && possible <= pairBudget)
    return accept({ pairs: allPairs(records.count), rules, start, taught: false, possible, population });
  const own = rules.length === 0;
  if (own) {
    const proposing = { plan, records: records.count, start, population, pairBudget, admits: () => true };
    const proposed = proposeRules(proposing);
    rules = proposed.rules;
    if (model === undefined) start = proposed.parameters;
  }
  const largest = own ? largestBlock(pairBudget) : Number.POSITIVE_INFINITY;
  const made = makePairs(rules, { pairs: MOST_BUDGETS * pairBudget, largestBlock: largest });
  if (!made.ok) return refuse(made.refusal);
  return accept({ pairs: made.value, rules, start, taught: own, possible, population });
}

/** Before anything is known: each record has one match on average, and no prior is above one in a hundred. */
function firstPrior(records: number): number {
  return Math.min(0.01, 1 / Math.max(records, 2));
}

type Learned = Training & { readonly recall: number; readonly population: Population };

/**
 * Once by records, which a sample has done where rules were proposed on one; then, with the people found so far counted as people, once
 * more.
 */
function trainTwice(set: TrainingSet, { start, taught }: Pick<Prepared, "start" | "taught">): Learned {
  const first = taught ? scored(set, start) : trainModel(set, { start, recall: USUAL_RECALL });
  const chances = chancesOf(first);
  const population = peopleOf(set, chances);
  const recall = recallOf(set, chances);
  const again = { ...set, population };
  const second = trainModel(again, { start: recounted(first.parameters, again), recall });
  return { ...second, recall, population };
}

function scored(set: TrainingSet, parameters: Parameters): Pick<Training, "weights" | "parameters"> {
  return { parameters, weights: scorePairs(set.pairs, set.patterns)({ ...set, parameters }) };
}

function scoreOnly(set: TrainingSet, parameters: Parameters): Learned {
  const { weights } = scored(set, parameters);
  const chances = chancesOf({ weights, parameters });
  const recall = recallOf(set, chances);
  return { parameters, weights, sessions: 0, recall, population: set.population };
}

/** All where all pairs were made; nothing where no rule could be found, or no block was small enough. */
function recallOf({ pairs, rules, possible }: TrainingSet, chances: Float32Array): number {
  if (pairs.count === possible) return 1;
  return pairs.count === 0 ? 0 : estimateRecall(waysOf(rules), { rules: pairs.rules, chances });
}

function chancesOf({ weights, parameters }: Pick<Training, "weights" | "parameters">): Float32Array {
  const bits = priorBits(parameters.prior);
  return weights.map((weight) => probabilityOf(weight + bits));
}

function peopleOf({ pairs, population }: TrainingSet, chances: Float32Array): Population {
  const union = new Union(population.personOf.length);
  for (let pair = 0; pair < pairs.count; pair += 1)
    if ((chances[pair] as number) >= SURE) union.join(pairs.left[pair] as number, pairs.right[pair] as number);
  return populationOf(union.clusters(), population.seed);
}

/**
 * A file with fewer pairs than this within it, for each of its records, is taken to hold no person twice. Only pairs of one forename
 * are counted: twins are as alike as one person's two records in all else, and a file of families is full of them.
 */
const HARDLY_ANY = 0.003;

function findSingleFiles(
  { files, fileOf, count }: Pick<Records, "files" | "fileOf" | "count">,
  { pairs, weights, facts }: Pick<Linked, "pairs" | "weights"> & Pick<Plan, "facts">,
): readonly boolean[] {
  if (files.length < 2) return [false];
  const names = facts.forenames?.codes;
  const within = new Float64Array(files.length);
  const sizes = new Float64Array(files.length);
  for (let record = 0; record < count; record += 1) {
    const file = fileOf[record] as number;
    sizes[file] = (sizes[file] as number) + 1;
  }
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const left = pairs.left[pair] as number;
    const right = pairs.right[pair] as number;
    const file = fileOf[left] as number;
    if (file === fileOf[right] && (names === undefined || names[left] === names[right]))
      within[file] = (within[file] as number) + probabilityOf(weights[pair] as number);
  }
  return files.map((_, file) => (within[file] as number) < HARDLY_ANY * (sizes[file] as number));
}

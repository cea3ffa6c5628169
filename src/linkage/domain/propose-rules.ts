/** Finds blocking rules for a place's own files: tries them on a sample, trains a first model there, and keeps what the budget allows. */
import { type Key, restricted } from "./blocking/keys.ts";
import { MOST_RULES, makePairs, type Pairs } from "./blocking/pairs.ts";
import {
  type Candidate,
  candidateRules,
  chooseRules,
  keysShared,
  NewPairs,
  type ProbableMatches,
} from "./blocking/propose.ts";
import { waysOf } from "./blocking/recall.ts";
import type { Rule } from "./blocking/rules.ts";
import type { Population } from "./compare/population.ts";
import type { Parameters } from "./model/parameters.ts";
import { findPatterns } from "./model/patterns.ts";
import { priorBits, probabilityOf } from "./model/score.ts";
import { trainModel } from "./model/train.ts";
import type { Plan } from "./plan.ts";

export type Proposing = {
  readonly plan: Pick<Plan, "comparisons" | "keys">;
  readonly records: number;
  readonly start: Parameters;
  readonly population: Population;
  readonly pairBudget: number;
  readonly admits: (left: number, right: number) => boolean;
};

export type Proposed = {
  readonly rules: readonly Rule[];
  /** What the sample taught, to begin the real training with. */
  readonly parameters: Parameters;
};

/** Records of the sample: their pairs are few enough to look at, and their matches enough to learn from. */
const SAMPLE = 12_000;
const MOST_CANDIDATES = 300;
/** Pairs that the first model is trained on. */
const SEED_PAIRS = 200_000;
/** Of the budget: the rest is for pairs that are missing between clusters, and for what the sample misjudges. */
const FILLED = 0.77;

/** A rule of a block larger than this costs more than it can find. */
export function largestBlock(pairBudget: number): number {
  return Math.ceil(Math.sqrt(pairBudget / 2));
}

export function proposeRules(the: Proposing): Proposed {
  const { plan, records, pairBudget } = the;
  const sample = sampleOf(records, the.population.seed);
  const scale = (records / sample.length) ** 2;
  const keys = plan.keys.map((key) => restricted(key, sample));
  const largest = Math.max(8, Math.ceil((largestBlock(pairBudget) * sample.length) / records));
  const candidates = candidatesOf(keys, { records: sample.length, pairs: (0.7 * pairBudget) / scale, largest });
  const within: Within = { the, sample, largest };
  const seeds = seedRules(candidates, SEED_PAIRS);
  const { matches, parameters } = learn(seeds, within);
  const chosen = chooseRules(candidates, {
    matches,
    pairs: (FILLED * pairBudget) / scale,
    most: MOST_RULES,
    newPairs: new NewPairs(sample.length, largest),
  });
  const full = new Map(plan.keys.map((key) => [key.name, key]));
  const rules = chosen.rules.map(({ rule }) => ({ keys: rule.keys.map(({ name }) => full.get(name) as Key) }));
  return { rules, parameters };
}

/** Counted on so many records of the sample: what a rule costs is counted again where it is worth it. */
const COUNTED = 4_000;

type Counted = { readonly records: number; readonly pairs: number; readonly largest: number };

/** Rules worth trying with the pairs that they make in the sample, counted on a part of it. */
function candidatesOf(keys: readonly Key[], { records, pairs, largest }: Counted): readonly Candidate[] {
  const step = Math.max(1, Math.floor(records / COUNTED));
  if (step === 1) return candidateRules(keys, { pairs, largestBlock: largest, most: MOST_CANDIDATES });
  const part = Int32Array.from({ length: Math.floor(records / step) }, (_, at) => at * step);
  const scale = (records / part.length) ** 2;
  const found = candidateRules(
    keys.map((key) => restricted(key, part)),
    { pairs: pairs / scale, largestBlock: Math.max(8, Math.ceil(largest / step)), most: MOST_CANDIDATES },
  );
  const whole = new Map(keys.map((key) => [key.name, key]));
  return found.map((one) => ({
    ...one,
    rule: { keys: one.rule.keys.map(({ name }) => whole.get(name) as Key) },
    pairs: one.pairs * scale,
  }));
}

type Within = { readonly the: Proposing; readonly sample: Int32Array; readonly largest: number };

function pairsOf(candidates: readonly Candidate[], { the, sample, largest }: Within): Pairs {
  const made = makePairs(
    candidates.map(({ rule }) => rule),
    {
      pairs: Number.POSITIVE_INFINITY,
      largestBlock: largest,
      admits: (left, right) => the.admits(sample[left] as number, sample[right] as number),
    },
  );
  if (!made.ok) return { count: 0, left: new Int32Array(0), right: new Int32Array(0), rules: new Int32Array(0) };
  const { left, right } = made.value;
  return {
    ...made.value,
    left: left.map((at) => sample[at] as number),
    right: right.map((at) => sample[at] as number),
  };
}

/** Trains on the seeds' pairs, and keeps the pairs that are probably matches with the keys that they share. */
function learn(
  seeds: readonly Candidate[],
  within: Within,
): { readonly matches: ProbableMatches; readonly parameters: Parameters } {
  const { plan, population, start } = within.the;
  const pairs = pairsOf(seeds, within);
  const patterns = findPatterns(pairs, plan.comparisons);
  const possible = Math.max(1, (within.sample.length * (within.sample.length - 1)) / 2);
  const set = { ...plan, rules: seeds.map(({ rule }) => rule), pairs, patterns, population, possible };
  const { parameters, weights } = trainModel(set, { start, recall: 0.8 });
  const bits = priorBits(parameters.prior);
  const masks: number[] = [];
  const chances: number[] = [];
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const chance = probabilityOf((weights[pair] as number) + bits);
    if (chance < 0.5) continue;
    masks.push(keysShared(plan.keys, { left: pairs.left[pair] as number, right: pairs.right[pair] as number }));
    chances.push(chance);
  }
  return { matches: { masks: Int32Array.from(masks), chances: Float64Array.from(chances) }, parameters };
}

/** For each set of parts of a person the rule that makes most pairs of those it can pay for; then the largest of these. */
function seedRules(candidates: readonly Candidate[], most: number): readonly Candidate[] {
  const ways = waysOf(candidates.map(({ rule }) => rule));
  const best = new Map<number, Candidate>();
  candidates.forEach((one, at) => {
    const way = ways[at] as number;
    if (one.pairs <= most / 12 && one.pairs > (best.get(way)?.pairs ?? 0)) best.set(way, one);
  });
  const found: Candidate[] = [];
  let sum = 0;
  for (const one of [...best.values()].sort((a, b) => b.pairs - a.pairs)) {
    if (found.length === MOST_RULES) break;
    if (sum + one.pairs > most) continue;
    sum += one.pairs;
    found.push(one);
  }
  return found;
}

/** Records drawn without replacement, the same for the same seed (Knuth, volume 2, section 3.4.2, algorithm S). */
function sampleOf(count: number, seed: number): Int32Array {
  if (count <= SAMPLE) return Int32Array.from({ length: count }, (_, at) => at);
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const found = new Int32Array(SAMPLE);
  let taken = 0;
  for (let at = 0; at < count && taken < SAMPLE; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    if ((state / 2 ** 32) * (count - at) < SAMPLE - taken) found[taken++] = at;
  }
  return found;
}

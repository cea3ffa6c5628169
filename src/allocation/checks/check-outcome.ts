/** Checks a set of funded projects: see `checks.ts` for what is checked and where each check comes from. */
import type { Conditions } from "../admission.ts";
import type { Election } from "../election.ts";
import { compareFractions, type Fraction, lowestTerms, toFloat } from "../fraction.ts";
import type { Parameters, Stage } from "../outcome.ts";
import { exactly } from "../reasons/exact.ts";
import { Holdings } from "../replay/holdings.ts";
import { costOf, costOfAll, type Reading, readAnew } from "../replay/own-reading.ts";
import type { Utility } from "../support.ts";
import type { Checks, FailedGroup, Priced, Represented, Served } from "./checks.ts";

export type Checking = {
  readonly funded: readonly number[];
  readonly utility: Utility;
  readonly conditions: Conditions;
  /** The stages of a count, whose payments are a price system where equal shares alone chose the set. */
  readonly stages?: readonly Stage[];
};

export function checkOutcome(election: Election, checking: Checking): Checks {
  const { funded, utility } = checking;
  const [reading, choosing] = [readingFor(election, checking), choicesOf(election)];
  const satisfied = satisfactionOf(choosing, funded);
  const cost = costOfAll(reading, funded);
  return {
    cost,
    fits: cost <= election.budget,
    stillFit: open(reading, funded).filter((project) => costOf(reading, project) <= election.budget - cost),
    represented: utility === "cost" ? represented(reading, { funded, satisfied }) : { is: "not_checked" },
    priced: priced(reading, { ...checking, choosing }),
    voters: served(choosing, { funded, satisfied }),
  };
}

/** The parameters that a check does not read are any. */
export function readingFor(
  election: Election,
  { utility, conditions }: Pick<Checking, "utility" | "conditions">,
): Reading {
  const parameters: Parameters = {
    ...{ rule: "greedy", utility, completion: "none", stop: "exhaustive", start: "fractional" },
    ...{ ties: { kind: "project-id" }, misfit: "skip", comparison: "none", partFunding: false, conditions },
  };
  return readAnew(election, parameters);
}

/** Who chose what, whatever the choice counts for: the last of a ranking counts for nought under Borda, and is chosen all the same. */
export function choicesOf(election: Election): Reading {
  const conditions: Conditions = { threshold: null, incompatible: [], limits: [] };
  return readingFor(election, { utility: "cost", conditions });
}

/** Not funded, with supporters, and barred by nothing. */
function open(reading: Reading, funded: readonly number[]): readonly number[] {
  const within = new Set(funded);
  return reading.admitted.filter(
    (project) => !within.has(project) && (reading.backing[project]?.voters ?? 0) > 0 && !reading.bars(project, funded),
  );
}

/** What the funded choices of each distinct ballot cost together, and how many they are. */
type Satisfied = { readonly costs: readonly bigint[]; readonly counts: readonly number[] };

export function satisfactionOf(reading: Reading, funded: readonly number[]): Satisfied {
  const costs = Array.from(reading.election.ballots.weights, () => 0n);
  const counts = costs.map(() => 0);
  for (const project of funded)
    for (const ballot of reading.backing[project]?.ballots ?? []) {
      costs[ballot] = (costs[ballot] ?? 0n) + costOf(reading, project);
      counts[ballot] = (counts[ballot] ?? 0) + 1;
    }
  return { costs, counts };
}

type Given = { readonly funded: readonly number[]; readonly satisfied: Satisfied };

function represented(reading: Reading, { funded, satisfied }: Given): Represented {
  const groups = open(reading, funded).flatMap((project) => failedGroup(reading, { project, satisfied }) ?? []);
  if (groups.length === 0) return { is: "yes" };
  groups.sort((a, b) => (a.beyond === b.beyond ? 0 : a.beyond > b.beyond ? -1 : 1));
  return { is: "no", groups: groups.map(({ beyond: _, ...group }) => group) };
}

/**
 * For each level of satisfaction the largest group is all supporters who have no more: if a group is failed, so is that one. Of those
 * that are, the one with the most money beyond what its best served voter would have.
 */
function failedGroup(
  { election, backing }: Reading,
  { project, satisfied }: { readonly project: number; readonly satisfied: Satisfied },
): (FailedGroup & { readonly beyond: bigint }) | null {
  const { weights, cast } = election.ballots;
  const cost = election.projects[project]?.cost ?? 0n;
  const byLevel = new Map<bigint, number>();
  for (const ballot of backing[project]?.ballots ?? []) {
    const level = satisfied.costs[ballot] ?? 0n;
    byLevel.set(level, (byLevel.get(level) ?? 0) + (weights[ballot] ?? 0));
  }
  let [voters, found]: [number, (FailedGroup & { readonly beyond: bigint }) | null] = [0, null];
  for (const [level, count] of [...byLevel].sort(([a], [b]) => (a < b ? -1 : 1))) {
    voters += count;
    const beyond = BigInt(voters) * election.budget - (level + cost) * BigInt(cast);
    if (beyond < 0n || (found !== null && beyond <= found.beyond)) continue;
    const deserves = exactly({ over: BigInt(voters) * election.budget, under: BigInt(cast) });
    found = { project, voters, deserves, has: level, beyond };
  }
  return found;
}

function priced(
  reading: Reading,
  { funded, stages = [], choosing }: Checking & { readonly choosing: Reading },
): Priced {
  const unsupported = funded.find((project) => (choosing.backing[project]?.voters ?? 0) === 0);
  if (unsupported !== undefined) return { is: "no", project: unsupported };
  const [stage] = stages;
  if (stage === undefined || stage.share === null || stages.some((other) => other !== stage && other.funded.length > 0))
    return { is: "not_decided" };
  const voters = BigInt(reading.election.ballots.cast);
  const share: Fraction = { over: stage.share, under: voters };
  const holdings = new Holdings(reading, share);
  for (const { project, over, under } of stage.purchases) {
    const payment = lowestTerms({ over, under: under * voters });
    const due = holdings.paymentOf(project, toFloat(payment));
    // What is not paid exactly by such a payment needs another.
    if (due === null || compareFractions(due, payment) !== 0) return { is: "not_by_these_payments", project };
    holdings.pay(project, payment);
  }
  const [chosen, bought] = [new Set(funded), new Set(stage.purchases.map(({ project }) => project))];
  const unlike = [...funded, ...bought].find((project) => chosen.has(project) !== bought.has(project));
  if (unlike !== undefined) return { is: "not_by_these_payments", project: unlike };
  const rich = open(reading, funded).find((project) => {
    const held = holdings.heldBehind(project);
    return held.over > costOf(reading, project) * held.under;
  });
  return rich === undefined ? { is: "yes", share: exactly(share) } : { is: "not_by_these_payments", project: rich };
}

function served({ election, backing }: Reading, { satisfied }: Given): Served {
  const { weights, cast } = election.ballots;
  const chosen = Array.from(weights, () => 0);
  for (const { ballots } of backing) for (const ballot of ballots) chosen[ballot] = (chosen[ballot] ?? 0) + 1;
  let [withNothing, choosing] = [0, 0];
  // Of ballots with as many choices, how many of those are funded together.
  const fundedOf = new Map<number, number>();
  weights.forEach((weight, ballot) => {
    const [count, choices] = [satisfied.counts[ballot] ?? 0, chosen[ballot] ?? 0];
    if (count === 0) withNothing += weight;
    if (choices === 0) return;
    choosing += weight;
    fundedOf.set(choices, (fundedOf.get(choices) ?? 0) + weight * count);
  });
  const sum = [...fundedOf].reduce(
    (all, [choices, count]) => plus(all, { over: BigInt(count), under: BigInt(choices) }),
    { over: 0n, under: 1n },
  );
  const mean = choosing === 0 ? null : exactly({ over: sum.over, under: sum.under * BigInt(choosing) });
  return { cast, withNothing, shareOfChoices: mean };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return lowestTerms({ over: a.over * b.under + b.over * a.under, under: a.under * b.under });
}

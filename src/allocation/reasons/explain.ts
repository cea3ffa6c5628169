/** Explains an outcome: see `explanation.ts` for what is said. Nothing is counted by the rules again but the payments of equal shares. */
import { must } from "../../lib/assert.ts";
import { Admission } from "../admission.ts";
import type { Election } from "../election.ts";
import type { Fraction } from "../fraction.ts";
import type { Outcome, Rule, Stage } from "../outcome.ts";
import { costOf, costOfAll, type Reading, readAnew, readByVotes } from "../replay/own-reading.ts";
import { followGreedy, followPhragmen, type OwnGreedy, type OwnLoads } from "../replay/own-rules.ts";
import { Search, worthOf } from "../replay/own-welfare.ts";
import { exactly } from "./exact.ts";
import type { Explanation, PurchaseReason, UnfundedReason, Unit, WhyUnfunded } from "./explanation.ts";
import { followMoney, type MoneyFollowed } from "./follow-money.ts";

/** Branches that finding the best set with a project in it may take, and with each of them together. */
const MOST_BRANCHES = 200_000;
const MOST_BRANCHES_TOGETHER = 2_000_000;

type Explaining = {
  readonly reading: Reading;
  readonly outcome: Outcome;
  readonly share: Fraction | null;
  readonly money: MoneyFollowed | null;
  readonly loads: OwnLoads | null;
  readonly greedy: Passing | null;
  /** The search for the best sets of maximum welfare. */
  readonly search: Search | null;
  readonly admission: Admission;
  /** Of the branches that are allowed together. */
  readonly branches: { left: number };
};

export function explainOutcome(election: Election, outcome: Outcome): Explanation {
  const explaining = open(election, outcome);
  const funded = new Set(outcome.funded);
  const { share } = explaining;
  return {
    purchases: purchasesOf(explaining),
    unfunded: election.projects
      .map((_, project) => project)
      .filter((project) => !funded.has(project))
      .map((project) => unfundedOf(explaining, project)),
    share: share === null ? null : exactly(share),
  };
}

function open(election: Election, outcome: Outcome): Explaining {
  const byRule = readAnew(election, outcome.parameters);
  const reading = outcome.compared?.kept === "greedy" ? readByVotes(byRule) : byRule;
  const [first] = outcome.stages;
  const last = outcome.stages.at(-1);
  const share = first === undefined || first.share === null ? null : shareOf(election, first.share);
  const scores = Float64Array.from(byRule.backing, ({ score }) => Number(score));
  const admission = new Admission(election, { conditions: outcome.parameters.conditions, scores });
  for (const project of outcome.funded) admission.fund(project);
  const before = outcome.stages.slice(0, -1).flatMap((stage) => stage.funded);
  return {
    reading,
    outcome,
    share,
    money: share === null ? null : followMoney(reading, { share, funded: new Set(outcome.funded) }),
    loads: first?.by === "phragmen" ? followPhragmen(reading) : null,
    greedy: last?.by === "greedy" ? passingOf(followGreedy(reading, before)) : null,
    search: outcome.optimum === null ? null : new Search(reading, 0),
    admission,
    branches: { left: MOST_BRANCHES_TOGETHER },
  };
}

/** What was left when the turn of each came that did not fit, and the last of them. */
type Passing = { readonly leftAt: ReadonlyMap<number, bigint>; readonly last: number | null };

const passingOf = ({ passed }: OwnGreedy): Passing => ({
  leftAt: new Map(passed.map(({ project, left }) => [project, left])),
  last: passed.at(-1)?.project ?? null,
});

const shareOf = (election: Election, share: bigint): Fraction => ({
  over: share,
  under: BigInt(election.ballots.cast),
});

function purchasesOf({ reading, outcome, money, loads }: Explaining): readonly PurchaseReason[] {
  const loadOf = new Map(loads?.purchases.map(({ project, load }) => [project, load]));
  const stages: readonly (readonly [number, Rule])[] = outcome.stages.flatMap(({ funded, by }: Stage) =>
    funded.map((project) => [project, by] as const),
  );
  let left = reading.election.budget;
  return stages.map(([project, stage], at) => {
    const cost = costOf(reading, project);
    left -= cost;
    const load = loadOf.get(project);
    return {
      project,
      order: at + 1,
      stage,
      cost,
      voters: reading.backing[project]?.voters ?? 0,
      score: reading.backing[project]?.score ?? 0n,
      left,
      paid: money?.paid.get(project) ?? null,
      load: load === undefined ? null : exactly(load),
    };
  });
}

function unfundedOf(explaining: Explaining, project: number): UnfundedReason {
  const { reading, outcome, money } = explaining;
  const { part } = outcome;
  return {
    project,
    why: whyUnfunded(explaining, project),
    voters: reading.backing[project]?.voters ?? 0,
    cost: costOf(reading, project),
    part: part?.project === project ? part.money : null,
    lacking: money?.lacking.get(project) ?? null,
    effectiveVotes: money?.effectiveVotes.get(project) ?? null,
    instead: money?.instead.get(project) ?? null,
  };
}

/** The first that holds: what bars it before any count, then what the funded projects bar, then what the rule lacked. */
function whyUnfunded(explaining: Explaining, project: number): WhyUnfunded {
  const { reading, admission } = explaining;
  const barred = admission.barred(project);
  if (barred?.why === "withdrawn") return { code: "withdrawn" };
  if (barred?.why === "below_threshold")
    return { code: "below_threshold", has: barred.has, needs: barred.needs, ...unitOf(explaining) };
  const { budget } = reading.election;
  if (costOf(reading, project) > budget) return { code: "costs_more_than_budget", budget };
  if (barred?.why === "incompatible") return { code: "incompatible", with: barred.with };
  if (barred?.why === "over_limit") return { code: "over_limit", limit: barred.limit, left: barred.left };
  return byRule(explaining, project);
}

/** Of scores: the threshold is of what the rule adds up, whatever is kept after the comparison. */
function unitOf({ reading, outcome }: Explaining): Unit {
  const { utility } = outcome.parameters;
  if (utility === "points") return { unit: "points", places: reading.election.pointPlaces };
  return { unit: utility === "borda" ? "points" : "votes", places: 0 };
}

function byRule(explaining: Explaining, project: number): WhyUnfunded {
  const { reading, outcome, loads, greedy } = explaining;
  const cost = costOf(reading, project);
  if (greedy !== null) {
    const left = greedy.leftAt.get(project);
    if (left !== undefined) return { code: "no_money_left", left, short: cost - left };
    return { code: "stopped_before", by: greedy.last ?? project };
  }
  if ((reading.backing[project]?.voters ?? 0) === 0) return { code: "no_supporters" };
  if (loads !== null) {
    const left = reading.election.budget - costOfAll(reading, outcome.funded);
    if (loads.stoppedBy === project) return { code: "due_but_did_not_fit", left, short: cost - left };
    // It goes on until one is due that does not fit, or nobody is left whom nothing bars.
    return { code: "stopped_before", by: must(loads.stoppedBy, "Phragmen ended with a project that may still be due") };
  }
  if (outcome.optimum === null) return { code: "supporters_lack" };
  return {
    code: "not_in_best_set",
    best: outcome.optimum,
    withIt: bestWith(explaining, project),
    isMoney: outcome.parameters.utility === "cost",
  };
}

/** The greatest satisfaction of a set with the project in it, from one set to a better until there is none. */
function bestWith({ reading, branches, search }: Explaining, project: number): bigint | null {
  const allowed = Math.min(MOST_BRANCHES, branches.left);
  if (search === null || allowed <= 0 || !search.has(project)) return null;
  search.allow(allowed);
  const fixed = new Map([[project, true]]);
  let best = 0n;
  for (;;) {
    const found = search.find({ fixed, least: best + 1n });
    if (found === null || search.exhausted) break;
    best = found.reduce((sum, one) => sum + worthOf(reading, one), 0n);
  }
  branches.left -= allowed - search.branchesLeft;
  return search.exhausted ? null : best;
}

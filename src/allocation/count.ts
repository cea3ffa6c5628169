/**
 * Counts an election by a rule: the rule, what completes it, and what a place lays around it. Pure: the same election and parameters
 * give the same outcome on any machine.
 */
import { accept, type Result, refuse } from "../lib/result.ts";
import { Admission } from "./admission.ts";
import type { Election } from "./election.ts";
import type { Compared, Outcome, Parameters, Stage, Uncountable } from "./outcome.ts";
import { votersPreferring } from "./prefer.ts";
import { addOne, type Bought } from "./rules/add-one.ts";
import { EqualShares, type Purchase } from "./rules/equal-shares.ts";
import { greedy, inOrder } from "./rules/greedy.ts";
import { maxWelfare } from "./rules/max-welfare.ts";
import { phragmen } from "./rules/phragmen.ts";
import { pointsAddUp, type Support, supportOf, utilityApplies } from "./support.ts";
import { type TieOrder, Ties, tieOrder } from "./ties.ts";

/** Branches that maximum welfare looks at before it gives up; of 1,746 real elections none needs more than some ten thousand. */
const MOST_BRANCHES = 2_000_000;

export type Watching = {
  /** Of the raises of Add1: how many were made. */
  readonly onRaise?: (raises: number) => void;
};

export function countElection(
  election: Election,
  { parameters, ...watching }: { readonly parameters: Parameters } & Watching,
): Result<Outcome, Uncountable> {
  const refusal = uncountable(election, parameters);
  if (refusal !== null) return refuse(refusal);
  const counting = open(election, parameters);
  const counted = stagesOf(counting, watching);
  return "code" in counted ? refuse(counted) : accept(outcomeOf(counting, counted));
}

/** Why the rule cannot be applied to these ballots; null where it can. Whether raises can be counted shows only on the way. */
export function uncountable(election: Election, { rule, utility }: Parameters): Uncountable | null {
  if (election.ballots.cast === 0) return { code: "no_ballots" };
  if (rule === "phragmen" && !["approval", "choose-1"].includes(election.voteType))
    return { code: "phragmen_needs_approvals" };
  if (!utilityApplies(election, utility))
    return { code: utility === "points" ? "utility_needs_points" : "utility_needs_ranking" };
  return utility === "points" && !pointsAddUp(election.ballots) ? { code: "points_too_large" } : null;
}

type Counting = {
  readonly election: Election;
  readonly parameters: Parameters;
  readonly support: Support;
  readonly costs: readonly bigint[];
  readonly measures: readonly bigint[];
  readonly order: TieOrder;
  /** All that nothing bars before the count begins. */
  readonly candidates: readonly number[];
  readonly admission: () => Admission;
};

function open(election: Election, parameters: Parameters): Counting {
  const support = supportOf(election, parameters.utility);
  const { conditions } = parameters;
  const admission = () => new Admission(election, { conditions, scores: support.scores });
  const costs = election.projects.map(({ cost }) => cost);
  const barredBefore = admission();
  return {
    election,
    parameters,
    support,
    costs,
    measures: parameters.utility === "cost" ? costs : costs.map(() => 1n),
    order: tieOrder(parameters.ties, { projects: election.projects, votes: support.voters }),
    candidates: costs.map((_, project) => project).filter((project) => barredBefore.barred(project) === null),
    admission,
  };
}

/** What shows only on the way. */
type Given = Extract<Uncountable["code"], "too_many_raises" | "too_many_ties" | "optimum_not_proved">;
type GivenUp = { readonly code: Given };

function stagesOf(counting: Counting, watching: Watching): Counted | GivenUp {
  switch (counting.parameters.rule) {
    case "greedy":
      return { stages: [greedyStage(counting, [])], increments: null, optimum: null, stoppedAt: null };
    case "phragmen": {
      const found = phragmenStage(counting);
      return "code" in found ? found : { ...found, increments: null, optimum: null };
    }
    case "max-welfare": {
      const found = welfareStage(counting);
      return found === null ? { code: "optimum_not_proved" } : { ...found, increments: null, stoppedAt: null };
    }
    case "equal-shares": {
      const found = sharesStage(counting, watching);
      if ("code" in found) return found;
      const { stage, increments } = found;
      const greedyToo = ["greedy", "add1-greedy"].includes(counting.parameters.completion);
      const stages = greedyToo ? [stage, greedyStage(counting, stage.funded)] : [stage];
      return { stages, increments, optimum: null, stoppedAt: null };
    }
  }
}

function admitting(counting: Counting, before: readonly number[]): Admission {
  const admission = counting.admission();
  for (const project of before) admission.fund(project);
  return admission;
}

function costOf({ costs }: Pick<Counting, "costs">, projects: readonly number[]): bigint {
  return projects.reduce((sum, project) => sum + (costs[project] as bigint), 0n);
}

function greedyStage(counting: Counting, before: readonly number[]): Stage {
  const { election, support, costs, measures, order, parameters } = counting;
  const [admission, without] = [admitting(counting, before), new Set(before)];
  const { funded, ties } = greedy({
    projects: counting.candidates.filter((project) => !without.has(project)),
    costs,
    scores: support.scores,
    measures,
    order,
    misfit: parameters.misfit,
    money: election.budget - costOf(counting, before),
    admits: (project) => admission.barred(project) === null,
    onFunded: (project) => admission.fund(project),
  });
  return { by: "greedy", funded, ties, share: null, purchases: [] };
}

function phragmenStage(counting: Counting): Pick<Counted, "stages" | "stoppedAt"> | GivenUp {
  const { election, support, costs, order } = counting;
  const admission = admitting(counting, []);
  const ties = new Ties(election.projects);
  const { funded, stoppedAt } = phragmen({
    ties,
    ballots: election.ballots,
    support,
    costs,
    order,
    candidates: counting.candidates.filter((project) => (costs[project] as bigint) <= election.budget),
    money: election.budget,
    admits: (project) => admission.barred(project) === null,
    onFunded: (project) => admission.fund(project),
  });
  if (ties.tooMany) return { code: "too_many_ties" };
  return { stages: [{ by: "phragmen", funded, ties: ties.met, share: null, purchases: [] }], stoppedAt };
}

function welfareStage(counting: Counting) {
  const { election, support, costs, measures, order, candidates, parameters } = counting;
  // What is barred before the count is no candidate; only these two bar one project because of another.
  const { incompatible, limits } = parameters.conditions;
  const isFree = incompatible.length + limits.length === 0;
  const found = maxWelfare({
    projects: candidates,
    costs,
    worth: candidates.map((project) => BigInt(support.scores[project] as number) * (measures[project] as bigint)),
    money: election.budget,
    order,
    most: MOST_BRANCHES,
    admits: (project, beside) => isFree || admitting(counting, beside).barred(project) === null,
  });
  if (found === null) return null;
  const ties = found.tied.length > 0 ? [{ round: 1, projects: found.tied }] : [];
  const stage: Stage = { by: "max-welfare", funded: found.funded, ties, share: null, purchases: [] };
  return { stages: [stage], optimum: found.optimum };
}

function sharesStage(
  counting: Counting,
  { onRaise }: Watching,
): { readonly stage: Stage; readonly increments: number | null } | GivenUp {
  const { election, parameters, costs, measures, support, order } = counting;
  const candidates = counting.candidates.filter((project) => (support.voters[project] as number) > 0);
  const shares = new EqualShares({ ballots: election.ballots, support, costs, measures, candidates });
  const buy = (share: bigint): Bought => buyAt(counting, { share, shares });
  const voters = BigInt(election.ballots.cast);
  const unit = 10n ** BigInt(election.places);
  const start = parameters.start === "integral" ? (election.budget / (voters * unit)) * unit * voters : election.budget;
  const raised = parameters.completion.startsWith("add1")
    ? addOne({
        buy,
        leap: (higher, { purchases: lower, cost }) => {
          const purchases: Purchase[] = [];
          const chooser = {
            ...admittingAlong(counting, (purchase) => purchases.push(purchase)),
            choose: ([first]: readonly number[]) => first as number,
            goesBefore: (a: number, b: number) => order(a, b) < 0,
          };
          return shares.sameUpTo(higher, { bought: lower, chooser }) ? { purchases, ties: null, cost } : null;
        },
        share: start,
        unit: unit * voters,
        budget: election.budget,
        stopsAt: ({ purchases, ties }) =>
          ties?.tooMany ||
          // Where all that is left is barred, no share buys more.
          stillOpen(counting, projectsOf(purchases)).length === 0 ||
          (parameters.stop === "exhaustive" && isExhaustive(counting, projectsOf(purchases))),
        ...(onRaise !== undefined && { onRaise }),
      })
    : { bought: buy(start), share: start, increments: null };
  if (raised === null) return { code: "too_many_raises" };
  const { bought, share, increments } = raised;
  const { purchases, ties } = bought;
  if (ties?.tooMany) return { code: "too_many_ties" };
  const stage: Stage = { by: "equal-shares", funded: projectsOf(purchases), ties: ties?.met ?? [], share, purchases };
  return { stage, increments };
}

/** What equal shares buys with that share; it stops where the ties are too many to be listed. */
function buyAt(
  counting: Counting,
  { share, shares }: { readonly share: bigint; readonly shares: EqualShares },
): Bought {
  const ties = new Ties(counting.election.projects);
  const purchases: Purchase[] = [];
  const { admits, onPurchase } = admittingAlong(counting, (purchase) => purchases.push(purchase));
  shares.run(share, {
    admits: (project) => !ties.tooMany && admits(project),
    onPurchase,
    choose: (tied) => {
      const sorted = [...tied].sort(counting.order);
      ties.meet({ round: purchases.length + 1, projects: sorted });
      return sorted[0] as number;
    },
  });
  return { purchases, ties, cost: costOf(counting, projectsOf(purchases)) };
}

function projectsOf(purchases: readonly Purchase[]): readonly number[] {
  return purchases.map(({ project }) => project);
}

/** Follows what a run buys, so that what a place lays down holds along it. */
function admittingAlong(counting: Counting, onPurchase: (purchase: Purchase) => void) {
  const admission = counting.admission();
  return {
    admits: (project: number) => admission.barred(project) === null,
    onPurchase: (purchase: Purchase) => {
      admission.fund(purchase.project);
      onPurchase(purchase);
    },
  };
}

/** What somebody supports, nobody bought and nothing bars beside what was funded. */
function stillOpen(counting: Counting, funded: readonly number[]): readonly number[] {
  const [within, admission] = [new Set(funded), admitting(counting, funded)];
  return counting.candidates.filter(
    (project) =>
      !within.has(project) && (counting.support.voters[project] as number) > 0 && admission.barred(project) === null,
  );
}

/** Whether nothing of that fits what is left. */
function isExhaustive(counting: Counting, funded: readonly number[]): boolean {
  const left = counting.election.budget - costOf(counting, funded);
  return stillOpen(counting, funded).every((project) => (counting.costs[project] as bigint) > left);
}

type Counted = {
  readonly stages: readonly Stage[];
  readonly increments: number | null;
  readonly optimum: bigint | null;
  /** Of Phragmen: the project that was due and did not fit. */
  readonly stoppedAt: number | null;
};

function outcomeOf(counting: Counting, counted: Counted): Outcome {
  const byRule = counted.stages.flatMap((stage) => stage.funded);
  const compared = counting.parameters.comparison === "none" ? null : compareWithGreedy(counting, byRule);
  const kept = compared?.kept ?? null;
  const stages = kept === null ? counted.stages : [kept.stage];
  const funded = stages.flatMap((stage) => stage.funded);
  return {
    parameters: counting.parameters,
    funded,
    cost: costOf(counting, funded),
    exhaustive: isExhaustive(counting, funded),
    increments: counted.increments,
    optimum: counted.optimum,
    stages,
    compared: compared?.found ?? null,
    part: counting.parameters.partFunding
      ? partOf(kept?.counting ?? counting, { funded, due: kept === null ? counted.stoppedAt : null })
      : null,
  };
}

/** The comparison step: both outcomes, and the greedy stage where that is kept. */
function compareWithGreedy(counting: Counting, byRule: readonly number[]) {
  const { election, parameters } = counting;
  const byVotes = countingByVotes(counting);
  const stage = greedyStage(byVotes, []);
  const by = parameters.comparison;
  const voters = votersPreferring(election.ballots, { first: byRule, second: stage.funded, by });
  const found: Compared = {
    rule: { funded: byRule, preferredBy: voters.first },
    greedy: { funded: stage.funded, preferredBy: voters.second },
    kept: voters.second > voters.first ? "greedy" : "rule",
  };
  return found.kept === "greedy" ? { found, kept: { stage, counting: byVotes } } : { found, kept: null };
}

/** In the order of votes, with nobody barred or let in by it: a threshold is of what the rule itself adds up. */
function countingByVotes(counting: Counting): Counting {
  const { candidates, admission, election, parameters } = counting;
  return { ...open(election, { ...parameters, rule: "greedy", utility: "cost" }), candidates, admission };
}

/**
 * What is left, for the next that somebody supports, that nothing bars and that it does not pay for whole: the one that was due, where
 * the rule stopped at one, else the first in the order of satisfaction per pound.
 */
function partOf(
  counting: Counting,
  { funded, due }: { readonly funded: readonly number[]; readonly due: number | null },
): Outcome["part"] {
  const { costs, scores, measures, order } = { ...counting, scores: counting.support.scores };
  const money = counting.election.budget - costOf(counting, funded);
  const dearer = stillOpen(counting, funded).filter((one) => (costs[one] as bigint) > money);
  const project = due ?? inOrder({ projects: dearer, costs, scores, measures, order }).projects[0];
  return project === undefined || money <= 0n ? null : { project, money };
}

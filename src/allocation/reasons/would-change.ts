/**
 * What would have changed the answer for a project that was not funded: a lower cost, or more supporters; all else, the budget, the
 * rule and the other ballots, as they were. Every number given was tried: the election was changed so and counted again by the rule.
 * The question is that of Piotr Faliszewski, Lukasz Janeczko, Dusan Knop and others, "Participatory Budgeting Project Strength via
 * Candidate Control" (2025) and its forerunners, who ask for the cheapest change that funds a losing project.
 *
 * Of a cost: the largest at which it is funded can be found by halving only where being funded at a cost means being funded at every
 * lower one. That holds
 * - for greedy with a score above nought: a lower cost moves the project up in the order or leaves it, so that fewer others come before
 *   it, more money is left when its turn comes, and less is needed. What comes before it does not depend on it.
 * - for equal shares at a fixed share: as long as it is not bought, the others are bought as if it were not there. What its supporters
 *   pay is f(x) = sum of min(b, x u), concave with f(0) = 0; so the x at which f(x) = cost falls with the cost, and so does x over the
 *   cost (which cost utility compares). Its turn comes no later, when its supporters hold no less. Greedy after it: as above.
 * - for Phragmen: its load before its turn falls with its cost, and the others' does not depend on it.
 * - for maximum welfare, where what it is worth does not fall with its cost: the best set with it only gets better.
 * It need not hold where the share is raised (a cheaper project can end the raises earlier), for maximum welfare under cost utility, where
 * the project is worth less, and under the comparison step. There the answer is a boundary: funded at this cost and not at one unit more.
 *
 * Of supporters: k more voters cast a ballot for this project only. That helps greedy, Phragmen and maximum welfare without exception (the
 * arguments above, with the score instead of the cost); equal shares divides the budget by more voters, so that the others' fortunes
 * change too. There every smaller number is tried while the recounts allow; where they do not, the answer is a boundary as well.
 */
import { countElection } from "../count.ts";
import type { Ballots, Election } from "../election.ts";
import type { Outcome, Parameters } from "../outcome.ts";
import { readAnew } from "../replay/own-reading.ts";

export type WouldChange = {
  readonly project: number;
  readonly cost: CostAnswer;
  readonly supporters: SupportersAnswer;
  /** How often the election was counted again. */
  readonly recounts: number;
};

export type CostAnswer =
  /** The largest whole amount of the smallest unit, below its own cost, at which it is funded. */
  | { readonly is: "largest"; readonly cost: bigint }
  /** Funded at this and not at one unit more; whether it is at some larger one was not tried. */
  | { readonly is: "boundary"; readonly cost: bigint }
  /** At no lower cost. */
  | { readonly is: "none" }
  /** Not at the lowest cost there is; others were not tried. */
  | { readonly is: "none_found" }
  | NotSearched;

export type SupportersAnswer =
  /** The fewest further voters who, with a ballot for this project only, get it funded. */
  | { readonly is: "fewest"; readonly voters: number }
  /** With so many it is funded and with one fewer it is not; not all smaller numbers were tried. */
  | { readonly is: "boundary"; readonly voters: number }
  /** Not with as many more voters as cast a ballot; where `all` is true, nor with fewer. */
  | { readonly is: "none_found"; readonly voters: number; readonly all: boolean }
  /** A ballot for one project only counts for nought under Borda. */
  | { readonly is: "no_such_ballot" }
  | NotSearched;

/** The recounts allowed were used up. */
export type NotSearched = { readonly is: "not_searched" };

export type Asking = {
  readonly outcome: Outcome;
  readonly project: number;
  /** For each of the two answers. */
  readonly mostRecounts?: number;
};

/** Enough to halve a million million, and to try some numbers one by one. */
export const USUAL_RECOUNTS = 60;

/** Null of a project that was funded. */
export function whatWouldChange(
  election: Election,
  { outcome, project, mostRecounts = USUAL_RECOUNTS }: Asking,
): WouldChange | null {
  if (outcome.funded.includes(project) || election.projects[project] === undefined) return null;
  const asked = { election, parameters: outcome.parameters, project };
  const [costs, supporters] = [new Trials(mostRecounts), new Trials(mostRecounts)];
  return {
    project,
    cost: costAnswer(asked, costs),
    supporters: supportersAnswer(asked, supporters),
    recounts: costs.made + supporters.made,
  };
}

type Asked = { readonly election: Election; readonly parameters: Parameters; readonly project: number };

/** Counts again, so often and no more. */
class Trials {
  readonly #most: number;
  made = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get left(): number {
    return this.#most - this.made;
  }

  isFunded(election: Election, { parameters, project }: Pick<Asked, "parameters" | "project">): boolean {
    this.made += 1;
    const counted = countElection(election, { parameters });
    return counted.ok && counted.value.funded.includes(project);
  }
}

function costAnswer(asked: Asked, trials: Trials): CostAnswer {
  const { election, project } = asked;
  const isFunded = (cost: bigint) => trials.isFunded(withCost(asked, cost), asked);
  let [funded, not] = [1n, election.projects[project]?.cost ?? 1n];
  // The lowest cost that there is, one smallest unit, first; every halving then stays between funded and not.
  if (not <= 1n || election.projects[project]?.withdrawn) return { is: "none" };
  if (trials.left < 1) return { is: "not_searched" };
  if (!isFunded(funded)) return { is: fallsWithCost(asked) ? "none" : "none_found" };
  while (not - funded > 1n) {
    if (trials.left < 1) return { is: "not_searched" };
    const between = (funded + not) / 2n;
    if (isFunded(between)) funded = between;
    else not = between;
  }
  return { is: fallsWithCost(asked) ? "largest" : "boundary", cost: funded };
}

/** Whether being funded at a cost means being funded at every lower one: see the head of this file. */
function fallsWithCost({ election, parameters, project }: Asked): boolean {
  const { rule, completion, utility, comparison } = parameters;
  if (comparison !== "none" || (readAnew(election, parameters).backing[project]?.score ?? 0n) <= 0n) return false;
  if (rule === "equal-shares") return completion === "none" || completion === "greedy";
  return rule !== "max-welfare" || utility !== "cost";
}

function withCost({ election, project }: Asked, cost: bigint): Election {
  return { ...election, projects: election.projects.map((one, at) => (at === project ? { ...one, cost } : one)) };
}

function supportersAnswer(asked: Asked, trials: Trials): SupportersAnswer {
  const { election, project, parameters } = asked;
  if (parameters.utility === "borda") return { is: "no_such_ballot" };
  const most = election.ballots.cast;
  const all = risesWithSupporters(asked);
  if (election.projects[project]?.withdrawn) return { is: "none_found", voters: most, all: true };
  const isFunded = (voters: number) => trials.isFunded(withSupporters(asked, voters), asked);
  const found = boundaryOf({ most, isFunded, trials });
  if (found === "not_searched") return { is: found };
  if (found === null) return { is: "none_found", voters: most, all };
  if (all || found === 1) return { is: "fewest", voters: found };
  // One fewer is known to fail; the others are tried from the fewest, while the recounts allow.
  for (let fewer = 1; fewer < found - 1; fewer += 1) {
    if (trials.left < 1) return { is: "boundary", voters: found };
    if (isFunded(fewer)) return { is: "fewest", voters: fewer };
  }
  return { is: "fewest", voters: found };
}

/** Doubling until it is funded, then halving between. */
function boundaryOf(the: {
  readonly most: number;
  readonly isFunded: (voters: number) => boolean;
  readonly trials: Trials;
}): number | null | "not_searched" {
  let [not, funded] = [0, 1];
  for (;;) {
    if (the.trials.left < 1) return "not_searched";
    if (the.isFunded(funded)) break;
    if (funded === the.most) return null;
    [not, funded] = [funded, Math.min(funded * 2, the.most)];
  }
  while (funded - not > 1) {
    if (the.trials.left < 1) return "not_searched";
    const between = Math.floor((funded + not) / 2);
    if (the.isFunded(between)) funded = between;
    else not = between;
  }
  return funded;
}

function risesWithSupporters({ parameters }: Asked): boolean {
  return parameters.rule !== "equal-shares" && parameters.comparison === "none";
}

/** Where ballots give points, such a voter gives as many as any voter gave to one project. */
function withSupporters({ election, project }: Asked, voters: number): Election {
  const { cast, weights, starts, choices, points } = election.ballots;
  const end = choices.length;
  const ballots: Ballots = {
    cast: cast + voters,
    weights: Uint32Array.from([...weights, voters]),
    starts: Uint32Array.from([...starts, end + 1]),
    choices: Uint32Array.from([...choices, project]),
    points: points === null ? null : Float64Array.from([...points, points.reduce((a, b) => Math.max(a, b), 1)]),
  };
  return { ...election, ballots };
}

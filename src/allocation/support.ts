/**
 * Who supports which project, and by how much, as a rule reads the ballots. Cost utility makes a voter as satisfied as a funded
 * project costs, cardinality by one each, points by the points given, Borda by the place in the ranking: a ballot of k projects
 * gives k - 1 to its first and nought to its last (as pabutools and the reference results count it).
 */
import type { Election } from "./election.ts";

export const UTILITIES = ["cost", "cardinality", "points", "borda"] as const;
export type Utility = (typeof UTILITIES)[number];

/** Supporters of project p stand at `starts[p]` to `starts[p + 1] - 1`. A supporter here is a distinct ballot, with all its voters. */
export type Support = {
  readonly starts: Uint32Array;
  readonly ballots: Uint32Array;
  /** What one pound's worth of satisfaction is measured in, for each supporter: 1 under cost and cardinality, else points or Borda. */
  readonly units: Float64Array;
  /** The same units, beside the ballots' `choices`; nought or less where the choice is no support. */
  readonly unitsOfChoices: Float64Array;
  /** Voters behind each project, those with a unit above nought. */
  readonly voters: Float64Array;
  /** Sum over voters of their units, those below nought too: what greedy and maximum welfare add up. */
  readonly scores: Float64Array;
};

/** Whether the ballots of this election carry what the utility reads. */
export function utilityApplies(election: Election, utility: Utility): boolean {
  if (utility === "points") return election.ballots.points !== null;
  if (utility === "borda") return election.voteType === "ordinal";
  return true;
}

/** Whether all points together, whatever their signs, are a number that floats add up to exactly. */
export function pointsAddUp({ weights, starts, points }: Election["ballots"]): boolean {
  let sum = 0;
  for (let ballot = 0; points !== null && ballot < weights.length; ballot += 1)
    for (let at = starts[ballot] as number; at < (starts[ballot + 1] as number); at += 1)
      sum += (weights[ballot] as number) * Math.abs(points[at] as number);
  return sum <= Number.MAX_SAFE_INTEGER;
}

export function supportOf(election: Election, utility: Utility): Support {
  const { ballots, projects } = election;
  const unitsOfChoices = unitsBeside(election, utility);
  const [voters, scores] = [new Float64Array(projects.length), new Float64Array(projects.length)];
  const starts = new Uint32Array(projects.length + 1);
  const { weights, choices } = ballots;
  for (let ballot = 0; ballot < weights.length; ballot += 1) {
    const weight = weights[ballot] as number;
    for (let at = ballots.starts[ballot] as number; at < (ballots.starts[ballot + 1] as number); at += 1) {
      const [project, unit] = [choices[at] as number, unitsOfChoices[at] as number];
      scores[project] = (scores[project] as number) + weight * unit;
      if (unit <= 0) continue;
      voters[project] = (voters[project] as number) + weight;
      starts[project + 1] = (starts[project + 1] as number) + 1;
    }
  }
  for (let project = 0; project < projects.length; project += 1)
    starts[project + 1] = (starts[project + 1] as number) + (starts[project] as number);
  return { starts, ...turned(election, { starts, unitsOfChoices }), unitsOfChoices, voters, scores };
}

/** From the ballots' lists of projects to the projects' lists of ballots. */
function turned(
  { ballots, projects }: Election,
  { starts, unitsOfChoices }: Pick<Support, "starts" | "unitsOfChoices">,
): Pick<Support, "ballots" | "units"> {
  const next = starts.slice(0, projects.length);
  const total = starts[projects.length] as number;
  const found = { ballots: new Uint32Array(total), units: new Float64Array(total) };
  for (let ballot = 0; ballot < ballots.weights.length; ballot += 1)
    for (let at = ballots.starts[ballot] as number; at < (ballots.starts[ballot + 1] as number); at += 1) {
      const unit = unitsOfChoices[at] as number;
      if (unit <= 0) continue;
      const project = ballots.choices[at] as number;
      const place = next[project] as number;
      next[project] = place + 1;
      found.ballots[place] = ballot;
      found.units[place] = unit;
    }
  return found;
}

function unitsBeside({ ballots, voteType }: Election, utility: Utility): Float64Array {
  const { choices, starts, points } = ballots;
  if (utility === "points" && points !== null) return points;
  const units = new Float64Array(choices.length);
  for (let ballot = 0; ballot + 1 < starts.length; ballot += 1) {
    const [from, to] = [starts[ballot] as number, starts[ballot + 1] as number];
    for (let at = from; at < to; at += 1) units[at] = utility === "borda" ? to - at - 1 : 1;
  }
  // A project given nought points is not approved of.
  if (points !== null && voteType !== "ordinal")
    for (let at = 0; at < units.length; at += 1) if ((points[at] as number) <= 0) units[at] = 0;
  return units;
}

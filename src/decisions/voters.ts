/** What voters have of a result: how many chose each project, and how many of each voter's choices are funded. */
import type { Election } from "../allocation/index.ts";

/** A choice given no points, or fewer, is none. */
function isChoice({ ballots, voteType }: Election, at: number): boolean {
  return ballots.points === null || voteType === "ordinal" || (ballots.points[at] as number) > 0;
}

/** Voters behind each project. */
export function votesOf(election: Election): Float64Array {
  const { weights, starts, choices } = election.ballots;
  const votes = new Float64Array(election.projects.length);
  for (let ballot = 0; ballot < weights.length; ballot += 1)
    for (let at = starts[ballot] as number; at < (starts[ballot + 1] as number); at += 1) {
      const project = choices[at] as number;
      if (isChoice(election, at)) votes[project] = (votes[project] as number) + (weights[ballot] as number);
    }
  return votes;
}

/** The last stands for so many or more. */
const MOST_FUNDED = 5;

/** Voters with none, one, two … of their choices funded; the last entry is of five or more. */
export function votersByFunded(election: Election, funded: readonly number[]): readonly number[] {
  const { weights, starts, choices } = election.ballots;
  const within = new Set(funded);
  const voters = new Array<number>(MOST_FUNDED + 1).fill(0);
  for (let ballot = 0; ballot < weights.length; ballot += 1) {
    let has = 0;
    for (let at = starts[ballot] as number; at < (starts[ballot + 1] as number); at += 1)
      if (isChoice(election, at) && within.has(choices[at] as number)) has += 1;
    const entry = Math.min(has, MOST_FUNDED);
    voters[entry] = (voters[entry] as number) + (weights[ballot] as number);
  }
  return voters;
}

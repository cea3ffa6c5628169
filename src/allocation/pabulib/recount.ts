/** How many voters chose each project, and the sum of what they gave it. */
import type { Election } from "../election.ts";

export type Recounted = {
  readonly votes: Float64Array;
  /** The sum of points in 10^-pointPlaces; of rankings, n for the first of n choices, down to 1; null where there are neither. */
  readonly score: readonly bigint[] | null;
};

export function recountVotes({
  voteType,
  projects,
  ballots,
}: Pick<Election, "voteType" | "projects" | "ballots">): Recounted {
  const { weights, starts, choices, points } = ballots;
  const votes = new Float64Array(projects.length);
  const ranked = voteType === "ordinal";
  const score = ranked || points ? projects.map(() => 0n) : null;
  for (const [ballot, weight] of weights.entries()) {
    const end = starts[ballot + 1] ?? 0;
    for (let at = starts[ballot] ?? 0; at < end; at += 1) {
      const project = choices[at] ?? 0;
      votes[project] = (votes[project] ?? 0) + weight;
      if (score === null) continue;
      const given = points ? (points[at] ?? 0) : end - at;
      score[project] = (score[project] ?? 0n) + BigInt(weight) * BigInt(given);
    }
  }
  return { votes, score };
}

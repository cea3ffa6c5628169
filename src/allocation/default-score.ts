/**
 * Ballots that score every project: those that a ballot does not list get the default score of its election, as Pabulib's page has
 * it (`default_score`, scoring ballots alone). Written out once, when an election is read, so that no rule needs to know of it.
 */
import type { Ballots } from "./election.ts";

export function withDefaultScore(
  { cast, weights, starts, choices, points }: Ballots,
  { projects, score }: { readonly projects: number; readonly score: number },
): Ballots {
  const distinct = weights.length;
  const all = new Uint32Array(distinct * projects);
  const scores = new Float64Array(distinct * projects).fill(score);
  for (let ballot = 0; ballot < distinct; ballot += 1) {
    const first = ballot * projects;
    for (let project = 0; project < projects; project += 1) all[first + project] = project;
    for (let at = starts[ballot] as number; at < (starts[ballot + 1] as number); at += 1)
      scores[first + (choices[at] as number)] = points?.[at] ?? score;
  }
  const ends = Uint32Array.from({ length: distinct + 1 }, (_, ballot) => ballot * projects);
  return { cast, weights, starts: ends, choices: all, points: scores };
}

/**
 * Which of two outcomes more voters prefer, for the comparison step that some cities add to equal shares: what greedy by votes funds
 * is kept where strictly more voters prefer it. Source: equalshares.net/implementation, "comparison step". A voter with nothing
 * funded in either is indifferent; one with nothing in only one of them prefers the other.
 */
import type { Ballots } from "./election.ts";

/** By how many of a voter's choices are funded, or only by whether any is. */
export const COMPARISONS = ["none", "choices", "exclusion"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Voters who prefer each of the two. A choice with no points, or fewer, is none. */
export function votersPreferring(
  ballots: Ballots,
  the: { readonly first: readonly number[]; readonly second: readonly number[]; readonly by: Comparison },
): { readonly first: number; readonly second: number } {
  const [inFirst, inSecond] = [new Set(the.first), new Set(the.second)];
  const prefer = { first: 0, second: 0 };
  const { weights, starts, choices, points } = ballots;
  for (let ballot = 0; ballot < weights.length; ballot += 1) {
    let [one, other] = [0, 0];
    for (let at = starts[ballot] as number; at < (starts[ballot + 1] as number); at += 1) {
      if (points !== null && (points[at] as number) <= 0) continue;
      const project = choices[at] as number;
      if (inFirst.has(project)) one += 1;
      if (inSecond.has(project)) other += 1;
    }
    if (the.by === "exclusion") [one, other] = [Math.min(one, 1), Math.min(other, 1)];
    if (one > other) prefer.first += weights[ballot] as number;
    if (other > one) prefer.second += weights[ballot] as number;
  }
  return prefer;
}

/**
 * How many matches the rules have missed, from how often several rules find the same one: matches found in one way against those found
 * in two, three and four. Source: Chun-Huo Chiu, Yi-Ting Wang, Bruno Walther and Anne Chao, "An Improved Nonparametric Lower Bound of
 * Species Richness via a Modified Good-Turing Frequency Formula", Biometrics 70, 2014 (iChao1), after Chao 1987. It bounds the missed
 * from below where records differ in how hard they are to find, so that the recall is at most about this. Rules that are made of the
 * same parts of a person find the same matches for that reason, and count as one way of finding. A pair counts as much as it is likely
 * to be a match, unlikely ones too: those that are hard to tell are also those that are hard to find.
 */
import { bitsSet } from "../compare/letters.ts";
import type { Key } from "./keys.ts";
import type { Rule } from "./rules.ts";

/** Rules by what they are made of: two rules are of one way where they are made of the same parts. */
export function waysOf(rules: readonly Rule[]): readonly number[] {
  const parts: ReadonlySet<string>[] = rules.map(({ keys }) => new Set(keys.flatMap((key: Key) => key.parts)));
  const seen: string[] = [];
  return parts.map((one) => {
    const name = [...one].sort().join("\n");
    if (!seen.includes(name)) seen.push(name);
    return seen.indexOf(name);
  });
}

/** Pairs less likely than this are no matches: there are so many of them that what is wrong with their chances would add up. */
const LEAST_CHANCE = 0.01;

/** The estimated share of matches that any rule finds, from 0 to 1. `chances` says how probable each pair is a match. */
export function estimateRecall(
  ways: readonly number[],
  { rules, chances }: { readonly rules: Int32Array; readonly chances: Float32Array },
): number {
  // How many matches are expected to be found in no way (none is), one, two, three and four.
  const times = new Float64Array(5);
  let all = 0;
  for (let pair = 0; pair < rules.length; pair += 1) {
    const chance = chances[pair] as number;
    if (chance < LEAST_CHANCE) continue;
    let found = 0;
    const marks = rules[pair] as number;
    for (let rule = 0; rule < ways.length; rule += 1)
      if ((marks & (1 << rule)) !== 0) found |= 1 << (ways[rule] as number);
    const many = bitsSet(found);
    all += chance;
    if (many < times.length) times[many] = (times[many] as number) + chance;
  }
  return all === 0 ? 1 : all / (all + missedOf(times));
}

function missedOf(times: Float64Array): number {
  const [, once = 0, twice = 0, thrice = 0, fourfold = 0] = times;
  const chao = (once * once) / (2 * Math.max(twice, 1));
  const more = once - (twice * thrice) / (2 * Math.max(fourfold, 1));
  return chao + (thrice / (4 * Math.max(fourfold, 1))) * Math.max(more, 0);
}

/**
 * How many matches the rules have missed, from how often several rules find the same one. Matches found by one rule only against those
 * found by two: Anne Chao, "Estimating the Population Size for Capture-Recapture Data with Unequal Catchability", Biometrics 43, 1987,
 * which bounds the missed from below, since records differ in how hard they are to find. Rules that share a part of a person find the
 * same matches for that reason, so they count as one way of finding.
 */
import type { Key } from "./keys.ts";
import type { Rule } from "./rules.ts";

/** Rules by what they are made of: two rules are of one way where they share a part. */
export function waysOf(rules: readonly Rule[]): readonly number[] {
  const parts: ReadonlySet<string>[] = rules.map(({ keys }) => new Set(keys.flatMap((key: Key) => key.parts)));
  const seen: string[] = [];
  return parts.map((one) => {
    const name = [...one].sort().join("\n");
    if (!seen.includes(name)) seen.push(name);
    return seen.indexOf(name);
  });
}

/** The estimated share of matches that any rule finds, from 0 to 1. `chances` says how probable each pair is a match. */
export function estimateRecall(
  ways: readonly number[],
  { rules, chances }: { readonly rules: Int32Array; readonly chances: Float32Array },
): number {
  let [once, twice, all] = [0, 0, 0];
  for (let pair = 0; pair < rules.length; pair += 1) {
    const chance = chances[pair] as number;
    if (chance < 0.5) continue;
    let found = 0;
    const marks = rules[pair] as number;
    for (let rule = 0; rule < ways.length; rule += 1)
      if ((marks & (1 << rule)) !== 0) found |= 1 << (ways[rule] as number);
    const times = bitsOf(found);
    all += chance;
    if (times === 1) once += chance;
    if (times === 2) twice += chance;
  }
  if (all === 0 || once === 0) return 1;
  const missed = (once * once) / (2 * Math.max(twice, 1));
  return all / (all + missed);
}

function bitsOf(marks: number): number {
  let [left, count] = [marks, 0];
  while (left !== 0) {
    left &= left - 1;
    count += 1;
  }
  return count;
}

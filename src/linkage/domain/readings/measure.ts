/**
 * How far readers agree with each other, and how many wrong merges a threshold would show at most. The bound is the upper one of an exact
 * one-sided 95 % interval of a proportion (Charles Clopper and Egon Pearson, "The Use of Confidence or Fiducial Limits Illustrated in
 * the Case of the Binomial", Biometrika 26, 1934); kappa is Jacob Cohen's, "A Coefficient of Agreement for Nominal Scales", Educational
 * and Psychological Measurement 20, 1960: agreement beyond what two who read at random would have.
 */
import type { PrecisionRecall } from "../report/run-report.ts";
import type { Verdict } from "./settle.ts";

/** A place shows matches that nobody has read only where at most this share of them is wrong. */
export const MOST_FALSE = 0.01;

const TAIL = 0.05;

/** The largest share of wrong merges that is consistent with `wrong` among `read`, at 95 %. 1 where nothing was read. */
export function mostWrong({ read, wrong }: { readonly read: number; readonly wrong: number }): number {
  if (read === 0 || wrong >= read) return 1;
  let [low, high] = [wrong / read, 1];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (atMost(wrong, { read, share: middle }) > TAIL) low = middle;
    else high = middle;
  }
  return high;
}

/** More than any place reads. */
const MOST_TO_READ = 1_000_000;

/** How many more pairs must be read, none of them wrong, before a threshold may be laid down; 0 where enough are. */
export function stillToRead({ read, wrong }: { readonly read: number; readonly wrong: number }): number {
  let [low, high] = [0, MOST_TO_READ];
  while (low < high) {
    const more = Math.floor((low + high) / 2);
    if (mostWrong({ read: read + more, wrong }) > MOST_FALSE) low = more + 1;
    else high = more;
  }
  return low;
}

/** The chance of no more than `wrong` in `read`, each wrong with the share. */
function atMost(wrong: number, { read, share }: { readonly read: number; readonly share: number }): number {
  // In logarithms: the chance of none among tens of thousands is too small for a number.
  let term = read * Math.log1p(-share);
  let sum = Math.exp(term);
  for (let count = 1; count <= wrong; count += 1) {
    term += Math.log((read - count + 1) / count) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(term);
  }
  return sum;
}

export type TwoReadings = { readonly first: Verdict; readonly second: Verdict };

/** The share of pairs of which two people read the same, and Cohen's kappa; null where nobody has read one twice. */
export function readersAgree(pairs: readonly TwoReadings[]): { readonly share: number; readonly kappa: number } | null {
  if (pairs.length === 0) return null;
  const share = pairs.filter(({ first, second }) => first === second).length / pairs.length;
  const verdicts: readonly Verdict[] = ["same", "different", "cannot_tell"];
  const expected = verdicts.reduce((sum, verdict) => {
    const of = (which: "first" | "second") => pairs.filter((pair) => pair[which] === verdict).length / pairs.length;
    return sum + of("first") * of("second");
  }, 0);
  return { share, kappa: expected === 1 ? 1 : (share - expected) / (1 - expected) };
}

export type ReadPair = { readonly probability: number; readonly verdict: "same" | "different" };

const THRESHOLDS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999];
/** Fewer readings than this say nothing of a threshold. */
const LEAST_READ = 20;

/** Of settled pairs, at each threshold. Null where too few are settled, or none is the same. */
export function precisionRecall(pairs: readonly ReadPair[]): PrecisionRecall | null {
  const matches = pairs.filter(({ verdict }) => verdict === "same").length;
  if (pairs.length < LEAST_READ || matches === 0) return null;
  return THRESHOLDS.flatMap((threshold) => {
    const linked = pairs.filter(({ probability }) => probability >= threshold);
    if (linked.length === 0) return [];
    const right = linked.filter(({ verdict }) => verdict === "same").length;
    return [{ threshold, precision: right / linked.length, recall: right / matches, pairs: linked.length }];
  });
}

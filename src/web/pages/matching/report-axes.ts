/** Weights, shares and thresholds as they stand on the axes and in the tables of a run's report. */
import type { Tick } from "../../charts/plot.ts";

/** With a true minus sign: "+3.2", "−1.6". */
export function bitsSaid(bits: number): string {
  const rounded = Math.abs(bits).toFixed(1);
  return rounded === "0.0" ? rounded : `${bits < 0 ? "\u2212" : "+"}${rounded}`;
}

/** From 0 to 1, as "97%", and "99.6%" where a whole per cent would hide what is left. */
export function shareSaid(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return "under 0.1%";
  if (percent > 99.95 && percent < 100) return "over 99.9%";
  const near = (percent > 98 && percent < 100) || (percent > 0 && percent < 2);
  return `${near ? percent.toFixed(1).replace(/\.0$/, "") : Math.round(percent)}%`;
}

/** The bits at which two records are as likely as this to be one person. */
export function bitsOf(probability: number): number {
  const kept = Math.min(Math.max(probability, 1e-12), 1 - 1e-12);
  return Math.log2(kept / (1 - kept));
}

/** Ten bits are a thousand times; so thirty are a billion. */
const ODDS: readonly (readonly [number, string, string])[] = [
  [-40, "1 in a trillion", "1 in 10¹²"],
  [-30, "1 in a billion", "1 in 10⁹"],
  [-20, "1 in a million", "1 in 10⁶"],
  [-10, "1 in 1,000", "1 in 1,000"],
  [0, "even", "even"],
  [10, "1,000 to 1", "1,000 to 1"],
  [20, "a million to 1", "10⁶ to 1"],
  [30, "a billion to 1", "10⁹ to 1"],
  [40, "a trillion to 1", "10¹² to 1"],
];

/** Names of odds along an axis of bits, as many as there is room for. */
export function oddsTicks({ from, to }: { readonly from: number; readonly to: number }): {
  readonly wide: readonly Tick[];
  readonly narrow: readonly Tick[];
} {
  const inside = ODDS.filter(([at]) => at >= from && at <= to);
  const step = (room: number) => (inside.length > room ? 20 : 10);
  const every = (size: number) => inside.filter(([at]) => at % size === 0);
  return {
    wide: every(step(7)).map(([at, text]) => ({ at, text })),
    narrow: every(step(3)).map(([at, , text]) => ({ at, text })),
  };
}

/**
 * When readers have settled whether two records are one person. One reader is enough where the reading agrees with the engine; where it
 * does not, where the reader cannot tell or reads again what they had undone, and for one pair in ten whatever was read, another person reads without being told; where two
 * disagree, a third decides. What stays open after three is left as the engine has it and is shown in nobody's picture. Double reading of
 * a share of all pairs is how clerical review is checked (Office for National Statistics, "Quality assurance of data linkage", clerical review).
 */
export const VERDICTS = ["same", "different", "cannot_tell"] as const;
export type Verdict = (typeof VERDICTS)[number];

export type OneReading = {
  readonly readBy: string;
  readonly verdict: Verdict;
  /** Whether the engine had linked the two when they were read: all that is known of both may speak against what they say by themselves. */
  readonly engineLinked: boolean;
  /** False where the reader had read the pair before, undone it, and so knows what the engine thinks. Left out, it was blind. */
  readonly blind?: boolean;
};

export type Settled =
  | { readonly state: "unread" }
  | { readonly state: "second_reader" | "third_reader" | "open" }
  | { readonly state: "settled"; readonly verdict: "same" | "different" };

const MOST_READINGS = 3;

/** The readings that were not undone, in their order, each by another person. */
export function settle(readings: readonly OneReading[], { checked }: { readonly checked: boolean }): Settled {
  const [first] = readings;
  if (first === undefined) return { state: "unread" };
  const count = (verdict: Verdict) => readings.filter((one) => one.verdict === verdict).length;
  const [same, different] = [count("same"), count("different")];
  if (readings.length === 1) {
    const engine = first.engineLinked ? "same" : "different";
    return first.verdict === engine && !checked && first.blind !== false
      ? { state: "settled", verdict: engine }
      : { state: "second_reader" };
  }
  if (same >= 2) return { state: "settled", verdict: "same" };
  if (different >= 2) return { state: "settled", verdict: "different" };
  return { state: readings.length < MOST_READINGS ? "third_reader" : "open" };
}

/** One pair in ten is read by two, by its ids: nobody chooses which. */
export function isChecked(leftId: string, rightId: string): boolean {
  let sum = 0;
  for (const letter of `${leftId}${rightId}`) sum = (sum * 31 + letter.charCodeAt(0)) % 1_000_003;
  return sum % 10 === 0;
}

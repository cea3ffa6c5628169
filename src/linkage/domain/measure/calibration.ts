/**
 * Whether probabilities mean what they say: of pairs that are said to be one person with 0.8, eight of ten should be. The expected
 * calibration error is the mean distance between what was said and what was found, over bins of equal width, each counted by its pairs
 * (Mahdi Pakdaman Naeini, Gregory Cooper and Milos Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015).
 */
export type Said = {
  readonly count: number;
  /** From 0 to 1. */
  readonly chanceOf: (pair: number) => number;
  readonly isMatch: (pair: number) => boolean;
  /** Pairs that are less likely are not looked at: millions of strangers, rightly said to be strangers, would hide all else. */
  readonly least: number;
};

export type Calibration = {
  readonly pairs: number;
  /** From 0 to 1; 0 where there are no pairs. */
  readonly error: number;
  readonly bins: readonly { readonly pairs: number; readonly said: number; readonly found: number }[];
};

const BINS = 10;

export function calibrationOf({ count, chanceOf, isMatch, least }: Said): Calibration {
  const bins = Array.from({ length: BINS }, () => ({ pairs: 0, said: 0, found: 0 }));
  let pairs = 0;
  for (let pair = 0; pair < count; pair += 1) {
    const chance = chanceOf(pair);
    if (chance < least) continue;
    const bin = bins[Math.min(BINS - 1, Math.floor(chance * BINS))];
    if (bin === undefined) continue;
    pairs += 1;
    bin.pairs += 1;
    bin.said += chance;
    if (isMatch(pair)) bin.found += 1;
  }
  let error = 0;
  for (const bin of bins) error += Math.abs(bin.said - bin.found) / Math.max(pairs, 1);
  const share = (sum: number, of: number) => (of === 0 ? 0 : sum / of);
  return {
    pairs,
    error,
    bins: bins.map((bin) => ({
      pairs: bin.pairs,
      said: share(bin.said, bin.pairs),
      found: share(bin.found, bin.pairs),
    })),
  };
}

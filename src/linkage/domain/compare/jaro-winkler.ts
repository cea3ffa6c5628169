/**
 * How alike two texts are, from 0 to 1. Source: Matthew Jaro, "Advances in Record-Linkage Methodology as Applied to Matching the 1985
 * Census of Tampa, Florida", JASA 84, 1989; the prefix: William Winkler, "String Comparator Metrics and Enhanced Decision Rules in the
 * Fellegi-Sunter Model of Record Linkage", 1990. A shared beginning of up to four letters counts, a tenth each, in every pair.
 */
import { bitsSet, type Letters, lettersOf } from "./letters.ts";

/** Letters beyond these are not looked at: no name is so long. */
const LONGEST = 128;
const PREFIX = 4;
const PREFIX_SCALE = 0.1;

/** Of two texts, by UTF-16 unit. Two empty texts are alike by 0: they say nothing. */
export function jaroWinkler(left: string, right: string): number {
  return jaroWinklerBetween(lettersOf([left, right]))(0, 1);
}

/** How alike two values are, by their numbers; 0 where they cannot be as alike as `least`, which a look at their letters often tells. */
export function jaroWinklerBetween(
  { starts, codes, kinds }: Letters,
  least = 0,
): (left: number, right: number) => number {
  const takenLeft = new Uint8Array(LONGEST);
  const takenRight = new Uint8Array(LONGEST);
  return (left, right) => {
    const a = starts[left] as number;
    const b = starts[right] as number;
    const lengthA = Math.min((starts[left + 1] as number) - a, LONGEST);
    const lengthB = Math.min((starts[right + 1] as number) - b, LONGEST);
    if (lengthA === 0 || lengthB === 0) return 0;
    let prefix = 0;
    while (prefix < PREFIX && prefix < lengthA && prefix < lengthB && codes[a + prefix] === codes[b + prefix])
      prefix += 1;
    const kindsA = kinds[left] as number;
    const kindsB = kinds[right] as number;
    // Letters of kinds that the other lacks have no partner there.
    const most = Math.min(lengthA - bitsSet(kindsA & ~kindsB), lengthB - bitsSet(kindsB & ~kindsA));
    const bound = (most / lengthA + most / lengthB + 1) / 3;
    if (bound + prefix * PREFIX_SCALE * (1 - bound) < least) return 0;
    const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1);
    takenLeft.fill(0, 0, lengthA);
    takenRight.fill(0, 0, lengthB);
    let common = 0;
    for (let at = 0; at < lengthA; at += 1) {
      const letter = codes[a + at];
      const last = Math.min(lengthB - 1, at + reach);
      for (let other = Math.max(0, at - reach); other <= last; other += 1) {
        if (takenRight[other] !== 0 || codes[b + other] !== letter) continue;
        takenLeft[at] = 1;
        takenRight[other] = 1;
        common += 1;
        break;
      }
    }
    if (common === 0) return 0;
    let moved = 0;
    let other = 0;
    for (let at = 0; at < lengthA; at += 1) {
      if (takenLeft[at] === 0) continue;
      while (takenRight[other] === 0) other += 1;
      if (codes[a + at] !== codes[b + other]) moved += 1;
      other += 1;
    }
    const jaro = (common / lengthA + common / lengthB + (common - (moved >> 1)) / common) / 3;
    return jaro + prefix * PREFIX_SCALE * (1 - jaro);
  };
}

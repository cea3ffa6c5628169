/**
 * How many letters were mistyped: the least number of letters put in, left out, changed, or swapped with their neighbour, each part of a
 * text being changed once (optimal string alignment). Source: Fred Damerau, "A Technique for Computer Detection and Correction of
 * Spelling Errors", Communications of the ACM 7, 1964. Bounded: more than `most` mistakes are not counted on, after Esko Ukkonen,
 * "Algorithms for Approximate String Matching", Information and Control 64, 1985, section 3.
 */
import { type Letters, lettersOf } from "./letters.ts";

const LONGEST = 256;

/** Mistakes between two texts; `most` + 1 where there are more than `most`. */
export function damerau(texts: { readonly left: string; readonly right: string }, most: number): number {
  return damerauBetween(lettersOf([texts.left, texts.right]), most)(0, 1);
}

/** Mistakes between two values, by their numbers; `most` + 1 where there are more. */
export function damerauBetween({ starts, codes }: Letters, most: number): (left: number, right: number) => number {
  let before = new Uint16Array(LONGEST + 2);
  let previous = new Uint16Array(LONGEST + 2);
  let current = new Uint16Array(LONGEST + 2);
  const more = most + 1;
  return (left, right) => {
    const a = starts[left] as number;
    const b = starts[right] as number;
    const lengthA = Math.min((starts[left + 1] as number) - a, LONGEST);
    const lengthB = Math.min((starts[right + 1] as number) - b, LONGEST);
    if (Math.abs(lengthA - lengthB) > most) return more;
    for (let at = 0; at <= lengthB; at += 1) previous[at] = at;
    let leastBefore = 0;
    for (let at = 1; at <= lengthA; at += 1) {
      const letter = codes[a + at - 1];
      // Only a band of the table can hold answers up to `most`; beside it stands "more".
      const from = Math.max(1, at - most);
      const to = Math.min(lengthB, at + most);
      current[from - 1] = from === 1 ? at : more;
      let least = current[from - 1] as number;
      for (let other = from; other <= to; other += 1) {
        const same = codes[b + other - 1] === letter;
        let best = (previous[other - 1] as number) + (same ? 0 : 1);
        if (other < at + most) best = Math.min(best, (previous[other] as number) + 1);
        best = Math.min(best, (current[other - 1] as number) + 1);
        if (at > 1 && other > 1 && codes[b + other - 2] === letter && codes[b + other - 1] === codes[a + at - 2])
          best = Math.min(best, (before[other - 2] as number) + 1);
        current[other] = Math.min(best, more);
        least = Math.min(least, best);
      }
      // A swap reaches back over one row, so two in a row must be beyond the bound.
      if (least > most && leastBefore > most) return more;
      leastBefore = least;
      [before, previous, current] = [previous, current, before];
    }
    return Math.min(previous[lengthB] as number, more);
  };
}

/**
 * The shortest part of a list that still fails that can be found by leaving pieces out. Source: Andreas Zeller and Ralf
 * Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE Transactions on Software Engineering 28(2), 2002 (ddmin).
 */
export async function shrink<T>(
  items: readonly T[],
  the: { readonly fails: (some: readonly T[]) => Promise<boolean>; readonly tries: number },
): Promise<readonly T[]> {
  let left = items;
  let pieces = 2;
  let tries = the.tries;
  while (left.length >= 2 && tries > 0) {
    const size = Math.ceil(left.length / pieces);
    let shorter: readonly T[] | null = null;
    for (let start = 0; start < left.length && shorter === null && tries > 0; start += size) {
      const without = [...left.slice(0, start), ...left.slice(start + size)];
      tries -= 1;
      if (without.length > 0 && (await the.fails(without))) shorter = without;
    }
    if (shorter === null && size === 1) return left;
    pieces = shorter === null ? Math.min(left.length, pieces * 2) : Math.max(2, pieces - 1);
    left = shorter ?? left;
  }
  return left;
}

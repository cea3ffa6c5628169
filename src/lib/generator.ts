/**
 * Numbers that look drawn by chance and are the same for the same seed on any machine, for ever. Source: SplitMix64, in
 * Guy Steele, Doug Lea and Christine Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014, figure 16, with
 * the constants of its function mix64variant13.
 */
const BITS = 64n;
const ALL = (1n << BITS) - 1n;
const STEP = 0x9e3779b97f4a7c15n;

/** The next number of 64 bits each time it is called. */
export function splitMix64(seed: bigint): () => bigint {
  let state = seed & ALL;
  return () => {
    state = (state + STEP) & ALL;
    const once = ((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n) & ALL;
    const twice = ((once ^ (once >> 27n)) * 0x94d049bb133111ebn) & ALL;
    return twice ^ (twice >> 31n);
  };
}

/** A number from 0 to below `limit`, each as likely as any other: those left over at the end of the range are drawn again. */
export function below(limit: bigint, next: () => bigint): bigint {
  const whole = ((ALL + 1n) / limit) * limit;
  let drawn = next();
  while (drawn >= whole) drawn = next();
  return drawn % limit;
}

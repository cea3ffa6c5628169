/**
 * Numbers that look random and are the same on every machine: mulberry32 (Tommy Ettinger, 2017, public domain), whose
 * state is one 32-bit word, started from the FNV-1a hash of a text (Fowler, Noll and Vo). Whole numbers only, so that
 * no machine's floating point can change an amount. Not for secrets.
 */
export type Random = {
  /** A whole number from 0 to below - 1. */
  readonly below: (below: number) => number;
  readonly between: (low: number, high: number) => number;
  /** True about `count` times in `outOf`. */
  readonly chance: (count: number, outOf: number) => boolean;
  readonly pick: <T>(list: readonly [T, ...T[]]) => T;
};

export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

export function randomFrom(text: string): Random {
  let state = hashText(text);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (count: number) => next() % count;
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (count, outOf) => below(outOf) < count,
    pick: (list) => list[below(list.length)] ?? list[0],
  };
}

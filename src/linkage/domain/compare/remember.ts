/**
 * Levels of pairs of values that were compared before, in a table of a fixed size where the newer takes the place of the older: the same
 * two surnames meet in many pairs of records, and comparing them letter by letter costs more than looking.
 */
const SLOTS = 1 << 16;

/** The same answers for two numbers in either order. The level must not depend on which is first. */
export function memoised(levelOf: (left: number, right: number) => number): (left: number, right: number) => number {
  const lows = new Int32Array(SLOTS).fill(-1);
  const highs = new Int32Array(SLOTS);
  const levels = new Uint8Array(SLOTS);
  return (left, right) => {
    const [low, high] = left < right ? [left, right] : [right, left];
    const mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
    const slot = (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
    if (lows[slot] === low && highs[slot] === high) return levels[slot] as number;
    const level = levelOf(low, high);
    lows[slot] = low;
    highs[slot] = high;
    levels[slot] = level;
    return level;
  };
}

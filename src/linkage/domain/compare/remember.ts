/**
 * Levels of pairs of values that were compared before, in a table of a fixed size where the newer takes the place of the older: the same
 * two surnames meet in many pairs of records, and comparing them letter by letter costs more than looking.
 */
const MOST_SLOTS = 1 << 16;

/** No more room than a few values can use: one record beside some others is compared in no time. */
function slotsFor(values: number): number {
  return Math.min(MOST_SLOTS, 1 << Math.ceil(Math.log2(4 * Math.min(values, MOST_SLOTS) + 4)));
}

/** The same answers for two numbers below `values` in either order. The level must not depend on which is first. */
export function memoised(
  levelOf: (left: number, right: number) => number,
  values: number,
): (left: number, right: number) => number {
  const slots = slotsFor(values);
  const lows = new Int32Array(slots).fill(-1);
  const highs = new Int32Array(slots);
  const levels = new Uint8Array(slots);
  return (left, right) => {
    const low = Math.min(left, right);
    const high = Math.max(left, right);
    const mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
    const slot = (mixed ^ (mixed >>> 15)) & (slots - 1);
    if (lows[slot] === low && highs[slot] === high) return levels[slot] as number;
    const level = levelOf(low, high);
    lows[slot] = low;
    highs[slot] = high;
    levels[slot] = level;
    return level;
  };
}

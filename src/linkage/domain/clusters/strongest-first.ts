/**
 * Pairs by falling weight. A million floats are put in order by their bits, eleven at a time, from the last (Donald Knuth, "The Art of
 * Computer Programming", volume 3, section 5.2.5, algorithm R): a comparison of two at a time takes five times as long.
 */
const DIGIT = 11;
const DIGITS = 1 << DIGIT;

type Weighed = { readonly count: number; readonly weights: Float32Array };

/** The places of pairs at or above a weight, by falling weight; equal ones in their order. */
export function strongestFirst({ count, weights }: Weighed, least: number): Int32Array {
  const bits = new Int32Array(weights.buffer, weights.byteOffset, count);
  let keys = new Int32Array(count);
  let places = new Int32Array(count);
  let found = 0;
  for (let pair = 0; pair < count; pair += 1) {
    const weight = weights[pair] as number;
    if (!(weight >= least)) continue;
    // Nought with a sign is nought.
    const own = weight === 0 ? 0 : (bits[pair] as number);
    // As whole numbers without a sign, floats above nought rise with their bits and those below fall: here all fall.
    keys[found] = own < 0 ? own : 0x7fffffff - own;
    places[found] = pair;
    found += 1;
  }
  let [nextKeys, nextPlaces] = [new Int32Array(found), new Int32Array(found)];
  for (let shift = 0; shift < 32; shift += DIGIT) {
    const begins = digitsBegin(keys, { found, shift });
    for (let at = 0; at < found; at += 1) {
      const key = keys[at] as number;
      const digit = (key >>> shift) & (DIGITS - 1);
      const to = begins[digit] as number;
      begins[digit] = to + 1;
      nextKeys[to] = key;
      nextPlaces[to] = places[at] as number;
    }
    [keys, nextKeys] = [nextKeys, keys];
    [places, nextPlaces] = [nextPlaces, places];
  }
  return places.subarray(0, found);
}

/** Where the keys of each digit begin. */
function digitsBegin(
  keys: Int32Array,
  { found, shift }: { readonly found: number; readonly shift: number },
): Int32Array {
  const begins = new Int32Array(DIGITS + 1);
  for (let at = 0; at < found; at += 1) {
    const next = (((keys[at] as number) >>> shift) & (DIGITS - 1)) + 1;
    begins[next] = (begins[next] as number) + 1;
  }
  for (let digit = 0; digit < DIGITS; digit += 1)
    begins[digit + 1] = (begins[digit + 1] as number) + (begins[digit] as number);
  return begins;
}

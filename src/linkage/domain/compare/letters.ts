/** Texts as numbers of letters in one long array, so that comparing two makes nothing new. */
export type Letters = {
  readonly starts: Int32Array;
  readonly codes: Uint16Array;
  /** For each text a bit for each of 32 kinds of letter in it. */
  readonly kinds: Int32Array;
};

export function lettersOf(values: readonly string[]): Letters {
  const starts = new Int32Array(values.length + 1);
  let length = 0;
  for (let at = 0; at < values.length; at += 1) {
    length += (values[at] as string).length;
    starts[at + 1] = length;
  }
  const codes = new Uint16Array(length);
  let to = 0;
  const kinds = new Int32Array(values.length);
  values.forEach((value, number) => {
    let marks = 0;
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at);
      codes[to++] = code;
      marks |= 1 << (code & 31);
    }
    kinds[number] = marks;
  });
  return { starts, codes, kinds };
}

/** The number of bits set in 32 (Henry Warren, "Hacker's Delight", 2003, figure 5-2). */
export function bitsSet(word: number): number {
  let sum = word - ((word >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Texts as numbers of letters in one long array, so that comparing two makes nothing new. */
export type Letters = { readonly starts: Int32Array; readonly codes: Uint16Array };

export function lettersOf(values: readonly string[]): Letters {
  const starts = new Int32Array(values.length + 1);
  let length = 0;
  for (let at = 0; at < values.length; at += 1) {
    length += (values[at] as string).length;
    starts[at + 1] = length;
  }
  const codes = new Uint16Array(length);
  let to = 0;
  for (const value of values) for (let at = 0; at < value.length; at += 1) codes[to++] = value.charCodeAt(at);
  return { starts, codes };
}

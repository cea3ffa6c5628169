/** Two columns of texts that change places, such as the lines of an address, as numbers of one list. */
import { type Column, MISSING_CODE } from "../table/records.ts";

/** Both columns with the values, and the counts, of both together. */
export function pairedText(one: Column, other: Column): readonly [Column, Column] {
  const codeOf = new Map(one.values.map((value, at) => [value, at]));
  const values = [...one.values];
  const numbers = Int32Array.from(other.values, (value) => {
    const known = codeOf.get(value);
    if (known !== undefined) return known;
    values.push(value);
    return values.length - 1;
  });
  const counts = new Int32Array(values.length);
  counts.set(one.counts);
  other.counts.forEach((count, at) => {
    const code = numbers[at] as number;
    counts[code] = (counts[code] as number) + count;
  });
  const second = other.codes.map((code) => (code === MISSING_CODE ? MISSING_CODE : (numbers[code] as number)));
  const together = { values, written: values, counts };
  return [
    { name: one.name, codes: one.codes, ...together },
    { name: other.name, codes: second, ...together },
  ];
}

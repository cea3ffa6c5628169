/** Postcodes: the same, one letter mistyped, the same sector, the same district, different. Others' codes: as numbers. */
import type { Column } from "../table/records.ts";
import { type Comparison, orderedLevels } from "./comparison.ts";
import { damerauBetween } from "./damerau.ts";
import { asMatches } from "./household.ts";
import { lettersOf } from "./letters.ts";
import { readPostcode } from "./postcodes.ts";
import { compareNumber } from "./text-levels.ts";
import { compareValues } from "./value-levels.ts";

/** Postcodes without their space, so that "M6 5PW" and "m65pw" are one value. */
export function asPostcodes(column: Column): Column {
  const codeOf = new Map<string, number>();
  const values: string[] = [];
  const recoded = Int32Array.from(column.values, (value) => {
    const unit = readPostcode(value)?.unit ?? value;
    const known = codeOf.get(unit);
    if (known !== undefined) return known;
    codeOf.set(unit, values.length);
    values.push(unit);
    return values.length - 1;
  });
  const codes = column.codes.map((code) => (code < 0 ? -1 : (recoded[code] as number)));
  const counts = new Int32Array(values.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return { name: column.name, codes, values, written: values, counts };
}

/** How the values of what `asPostcodes` gives are compared: as postcodes where most are of this kingdom, else as numbers. */
export function postcodeComparer({ values }: Column): (column: Column) => Comparison {
  const known = values.filter((value) => readPostcode(value) !== null).length;
  return known * 2 < values.length ? (column) => compareNumber(column, asMatches) : comparePostcodes;
}

export function comparePostcodes(column: Column): Comparison {
  const parts = column.values.map(readPostcode);
  const mistakes = damerauBetween(lettersOf(column.values), 1);
  const number = numbering();
  const sectors = Int32Array.from(parts, (part, at) => (part === null ? -1 - at : number(part.sector)));
  const districts = Int32Array.from(parts, (part, at) => (part === null ? -1 - at : number(part.district)));
  const areas = Int32Array.from(parts, (part, at) => (part === null ? -1 - at : number(part.area)));
  return compareValues({
    name: column.name,
    columns: [column.name],
    codes: column.codes,
    values: column.values.length,
    household: asMatches,
    levels: orderedLevels(`
      same | 0.6
      one letter mistyped | 0.08
      same sector | 0.04
      same district | 0.04
      same area | 0.04
      different | 0.2
    `),
    levelOf: (left, right) => {
      if (mistakes(left, right) === 1) return 1;
      if (sectors[left] === sectors[right]) return 2;
      if (districts[left] === districts[right]) return 3;
      return areas[left] === areas[right] ? 4 : 5;
    },
  });
}

function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
}

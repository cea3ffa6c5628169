/**
 * How names sound. Soundex is one letter and three digits: Robert Russell, US patents 1,261,167 (1918) and 1,435,663 (1922), by the rules
 * of the National Archives of the United States, "The Soundex Indexing System", 2007: letters of one digit that stand together, or are
 * parted by h or w, count once; parted by a vowel, twice. It knows English alone. Double Metaphone knows how letters are spoken in other
 * languages too and gives a name up to two readings: Lawrence Philips, "The Double Metaphone Search Algorithm", C/C++ Users Journal 18,
 * 2000.
 */
import { doubleMetaphone } from "double-metaphone";

const DIGITS: Readonly<Record<string, string>> = {
  b: "1",
  f: "1",
  p: "1",
  v: "1",
  c: "2",
  g: "2",
  j: "2",
  k: "2",
  q: "2",
  s: "2",
  x: "2",
  z: "2",
  d: "3",
  t: "3",
  l: "4",
  m: "5",
  n: "5",
  r: "6",
};

/** Of a normalised text; letters other than a to z are passed over. Empty where there is no letter. */
export function soundex(text: string): string {
  let code = "";
  let last = "";
  for (const letter of text) {
    if (letter < "a" || letter > "z") continue;
    const digit = DIGITS[letter] ?? "";
    if (code === "") code = letter;
    else if (digit !== "" && digit !== last) code += digit;
    if (code.length === 4) return code;
    if (letter !== "h" && letter !== "w") last = digit;
  }
  return code === "" ? "" : code.padEnd(4, "0");
}

/** A code of fewer letters than this is of too many names. */
const LEAST_CODE = 3;

/** The readings of a normalised name by Double Metaphone: one or two, none where it is too short to tell. */
export function readingsOf(text: string): readonly string[] {
  const [first, second] = doubleMetaphone(text);
  const readings = first === second ? [first] : [first, second];
  return readings.filter((code) => code.length >= LEAST_CODE);
}

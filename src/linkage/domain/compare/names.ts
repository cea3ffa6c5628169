/**
 * Names of people. A forename and a surname are compared as two parts; a whole name is taken apart into them first. Near is a diminutive
 * or a slip of the pen; alike is an initial, a like sound, or one of several forenames.
 */
import { type Column, MISSING_CODE } from "../table/records.ts";
import { damerauBetween } from "./damerau.ts";
import { jaroWinklerBetween } from "./jaro-winkler.ts";
import { lettersOf } from "./letters.ts";
import { areKin, namesOf } from "./nicknames.ts";
import { readingsOf, soundex } from "./sounds.ts";

export type NameParts = {
  readonly columns: readonly string[];
  /** Distinct texts of forenames and surnames together, and for each record the number of its own. */
  readonly values: readonly string[];
  readonly forenames: Int32Array;
  readonly surnames: Int32Array;
};

/** Words that stand beside a name and are nobody's. */
const TITLES = new Set(
  "mr mrs miss ms mx dr prof professor rev reverend sir dame lord lady hon master capt captain col colonel major jr sr junior senior".split(
    " ",
  ),
);

export type NameColumns = {
  readonly forename: Column | null;
  readonly surname: Column | null;
  readonly full: Column | null;
};

/** One list of values over the columns there are. Of a whole name the first word is the forename and the last the surname. */
export function nameParts({ forename, surname, full }: NameColumns): NameParts {
  const codeOf = new Map<string, number>();
  const values: string[] = [];
  const numberOf = (text: string) => {
    if (text === "") return MISSING_CODE;
    const known = codeOf.get(text);
    if (known !== undefined) return known;
    codeOf.set(text, values.length);
    values.push(text);
    return values.length - 1;
  };
  const renumbered = (column: Column, of: (value: string) => string) => {
    const numbers = Int32Array.from(column.values, (value) => numberOf(of(value)));
    return column.codes.map((code) => (code < 0 ? MISSING_CODE : (numbers[code] as number)));
  };
  const count = (forename ?? surname ?? full)?.codes.length ?? 0;
  const none = () => new Int32Array(count).fill(MISSING_CODE);
  const same = (value: string) => value;
  if (forename === null && surname === null && full !== null) {
    return {
      columns: [full.name],
      values,
      forenames: renumbered(full, (value) => wholeName(value).forename),
      surnames: renumbered(full, (value) => wholeName(value).surname),
    };
  }
  return {
    columns: [forename, surname].filter((one) => one !== null).map(({ name }) => name),
    values,
    forenames: forename === null ? none() : renumbered(forename, same),
    surnames: surname === null ? none() : renumbered(surname, same),
  };
}

/** A normalised whole name in its order of writing; a name of one word is a forename. */
export function wholeName(text: string): { readonly forename: string; readonly surname: string } {
  const words = text.split(" ").filter((word) => !TITLES.has(word));
  return { forename: words[0] ?? "", surname: words.length > 1 ? (words[words.length - 1] ?? "") : "" };
}

const NEAR = 0.9;
const ALIKE = 0.8;

/** How alike two names of one list are: 1 near, 2 alike, 3 different. */
export function nameLevels(values: readonly string[]): (left: number, right: number) => number {
  const letters = lettersOf(values);
  const likeness = jaroWinklerBetween(letters, ALIKE);
  const mistakes = damerauBetween(letters, 1);
  const kin = values.map((value) => namesOf(value));
  const sounds = values.map((value) => soundex(value));
  const lengths = values.map((value) => value.length);
  const words = values.map((value) => ` ${value} `);
  const several = values.map((value) => value.includes(" "));
  const initials = values.map(isInitial);
  const readings = values.map(readingsOf);
  return (left, right) => {
    const inOrder = (lengths[left] as number) <= (lengths[right] as number);
    const shorter = inOrder ? left : right;
    const longer = inOrder ? right : left;
    if (initials[shorter]) return values[longer]?.charAt(0) === values[shorter]?.charAt(0) ? 2 : 3;
    const like = likeness(left, right);
    if (like >= NEAR) return 1;
    if ((lengths[shorter] as number) > 3 && mistakes(left, right) === 1) return 1;
    const names = kin[left] as readonly number[];
    if (names.length > 0 && (kin[right] as readonly number[]).some((name) => names.includes(name))) return 1;
    if (like >= ALIKE || (several[longer] && (words[longer] ?? "").includes(words[shorter] ?? ""))) return 2;
    if (sounds[left] === sounds[right] && sounds[left] !== "") return 2;
    return (readings[left] as readonly string[]).some((one) => readings[right]?.includes(one)) ? 2 : 3;
  };
}

/** One letter, or several parted by spaces: "j", "e s". */
function isInitial(text: string): boolean {
  return text.length === 1 || (text.length <= 5 && /^\p{L}(?: \p{L})+$/u.test(text));
}

/** How two names that differ may be one person's: by a slip, by custom (a diminutive, an initial, one of several names), or not at all. */
export type NameLikeness = "slip" | "custom" | "none";

/** From this many letters on, two slips may have been made in a name. */
const LONG_NAME = 7;

/** Whether two names of one list may be one name, looked at only where it matters and so not remembered. */
export function nameLikeness(values: readonly string[]): (left: number, right: number) => NameLikeness {
  // Made when it is first asked: most files have no two people to tell apart.
  let mistakes: ((left: number, right: number) => number) | null = null;
  return (left, right) => {
    const one = values[left] ?? "";
    const other = values[right] ?? "";
    const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
    if (isInitial(shorter) && longer.startsWith(shorter.charAt(0))) return "custom";
    if (areKin(one, other) || ` ${longer} `.includes(` ${shorter} `)) return "custom";
    mistakes ??= damerauBetween(lettersOf(values), 2);
    const wrong = mistakes(left, right);
    return wrong <= 1 || (wrong === 2 && shorter.length >= LONG_NAME) ? "slip" : "none";
  };
}

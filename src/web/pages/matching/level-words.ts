/**
 * What each level of agreement is in plain words: "Same date of birth", "Different postcode". The names of levels are the engine's, in
 * src/linkage/domain/compare; a test reads them all there, and fails for one that has no words here. English, as a desk; kept together,
 * so that another language can follow.
 */

/** A level of a comparison: the name that the engine gives it, and the columns that it is of. */
export type Levelled = {
  readonly comparison: string;
  readonly columns: readonly string[];
  /** Null where either record has nothing to compare. */
  readonly level: string | null;
};

/** {what} is the column in the middle of a sentence, {What} at its beginning. */
const LEVEL_WORDS: Readonly<Record<string, string>> = {
  same: "Same {what}",
  different: "Different {what}",
  mistyped: "Nearly the same {what}, as if mistyped",
  alike: "Similar {what}",
  // Dates
  "day and month swapped": "{What} with day and month swapped",
  "one digit mistyped": "{What} with one digit different",
  "year off by one, or two parts the same": "{What} a year apart, or with two of day, month and year the same",
  "same year": "{What} in the same year only",
  // Addresses, postcodes
  "most words shared": "{What} with most words the same",
  "one letter mistyped": "{What} with one letter different",
  "same sector": "Different {what} in the same sector",
  "same district": "Different {what} in the same district",
  "same area": "Different {what} in the same postcode area",
  // Numbers, e-mail
  "two digits mistyped": "{What} with two digits different",
  "mistyped: one fails its check digit": "Nearly the same {what}, and one cannot be right",
  "mistyped, or the same name elsewhere": "{What} mistyped, or the same name at another provider",
  "a like name": "{What} with a similar name before the @",
  // Middle names, titles, names before marriage
  "a word of the other names is shared": "An other name that both have",
  "only one has other names": "Only one has other names",
  "both have other names, and share none": "Both have other names, and none in common",
};

const PART_WORDS: Readonly<Record<string, string>> = {
  same: "same",
  near: "nearly the same",
  alike: "similar",
  different: "different",
};

const PART = "(same|near|alike|different)";

/** Two columns compared as one. The first that fits is taken. */
const PAIRED: readonly { readonly named: RegExp; readonly said: (found: readonly string[]) => string }[] = [
  {
    named: new RegExp(`^(.+) ${PART}, no (.+)$`),
    said: ([one = "", level = "", missing = ""]) =>
      `${partSaid(one, level)}, with no ${columnSaid(missing)} to compare`,
  },
  {
    named: new RegExp(`^(.+) ${PART}, (.+) ${PART}$`),
    said: ([one = "", first = "", two = "", second = ""]) =>
      first === second
        ? `${partSaid(one, first)} and ${columnSaid(two)}`
        : `${partSaid(one, first)}, ${partSaid(two, second)}`,
  },
  {
    named: /^(.+) and (.+) swapped, one of them near$/,
    said: ([one = "", two = ""]) => `${columnSaid(one)} and ${columnSaid(two)} swapped, one of them nearly the same`,
  },
  {
    named: /^(.+) and (.+) swapped$/,
    said: ([one = "", two = ""]) => `${columnSaid(one)} and ${columnSaid(two)} swapped`,
  },
  {
    named: /^(.+) stands as the other's (.+)$/,
    said: ([one = "", other = ""]) => `${columnSaid(one)} of one is the other's ${columnSaid(other)}`,
  },
  {
    named: /^only (.+) and (.+), different$/,
    said: ([one = "", two = ""]) => `one has only a ${columnSaid(one)}, the other only a ${columnSaid(two)}: different`,
  },
  {
    named: /^(.+) the same as (.+)$/,
    said: ([one = "", two = ""]) => `${columnSaid(one)} of one is the only ${columnSaid(two)} of the other`,
  },
  {
    named: /^(.+) near (.+)$/,
    said: ([one = "", two = ""]) => `${columnSaid(one)} of one is nearly the only ${columnSaid(two)} of the other`,
  },
];

function partSaid(column: string, level: string): string {
  return `${PART_WORDS[level] ?? level} ${columnSaid(column)}`;
}

/** Headings that are short for something, and words that keep their capitals. */
const COLUMNS: Readonly<Record<string, string>> = {
  dob: "date of birth",
  "birth date": "date of birth",
  nhs: "NHS number",
  "nhs no": "NHS number",
  "nhs number": "NHS number",
  nino: "National Insurance number",
  "ni number": "National Insurance number",
  "national insurance number": "National Insurance number",
  upn: "unique pupil number",
  uprn: "property reference number",
  email: "e-mail address",
};

/** A column's heading as a word in a sentence: "date of birth" for date_of_birth. */
export function columnSaid(column: string): string {
  const words = column
    .replaceAll(/[_\s]+/g, " ")
    .trim()
    .toLowerCase();
  return COLUMNS[words] ?? words;
}

/** A file's name as a heading: "Council tax" for council-tax.csv. */
export function fileSaid(name: string): string {
  return opened(name.replace(/\.[a-z]{2,4}$/i, "").replaceAll(/[_-]+/g, " "));
}

/** The words for a level's own name; null where there are none. */
export function knownLevel({ comparison, level }: Levelled): string | null {
  const what = columnSaid(comparison);
  if (level === null) return `Nothing to compare for ${what}`;
  const words = LEVEL_WORDS[level];
  if (words !== undefined) return words.replace("{What}", opened(what)).replace("{what}", what);
  for (const { named, said } of PAIRED) {
    const found = named.exec(level);
    if (found !== null) return opened(said(found.slice(1)));
  }
  return null;
}

/** "Same date of birth". A level of a model from elsewhere, which has no words here, stands as it is written. */
export function levelSaid(levelled: Levelled): string {
  return knownLevel(levelled) ?? `${opened(columnSaid(levelled.comparison))}: ${levelled.level ?? ""}`;
}

/** With a capital at the beginning. */
export function opened(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

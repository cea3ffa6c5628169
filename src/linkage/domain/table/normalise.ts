/**
 * Texts as they are compared: one case, no accents, no punctuation, one space between words. What people write for "not known" is
 * missing, not a value, or all the unknown would be taken for one person.
 */
const PLAIN = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
const MARKS = /\p{M}+/gu;
/** Apostrophes join (O'Brien is obrien); every other mark parts two words. */
const JOINING = /['\u2019\u2018\u02bc`]/g;
const PARTING = /[^\p{L}\p{N}]+/gu;
/** Letters that Unicode does not take apart, written as people without them on their keyboard do. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ı: "i",
};
const SPECIAL = /[ßæœøđðþłı]/g;

const MISSING = new Set([
  "na",
  "nan",
  "nil",
  "none",
  "null",
  "unknown",
  "unk",
  "not known",
  "not recorded",
  "not stated",
  "not available",
  "not applicable",
  "missing",
  "n a",
]);

/** The text as it is compared; empty where the cell says nothing. */
export function normaliseText(raw: string): string {
  if (PLAIN.test(raw)) return MISSING.has(raw) ? "" : raw;
  const plain = raw
    .normalize("NFKD")
    .toLowerCase()
    .replace(MARKS, "")
    .replace(JOINING, "")
    .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter)
    .replace(PARTING, " ")
    .trim();
  return MISSING.has(plain) ? "" : plain;
}

/** Words of a column's heading: "Date of Birth", "date_of_birth" and "dateOfBirth" are the same three. */
export function headingWords(heading: string): readonly string[] {
  const parted = heading.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  return normaliseHeading(parted).split(" ");
}

function normaliseHeading(heading: string): string {
  return heading.toLowerCase().normalize("NFKD").replace(MARKS, "").replace(JOINING, "").replace(PARTING, " ").trim();
}

/** Amounts and words in the plain text of other programs: nothing rounded, nothing lost, nothing read as a sign. */
import type { Pence } from "../../lib/pence.ts";

/** Whole pence as pounds with two decimals and no other marks, of any size. */
export function poundsText(pence: Pence): string {
  const size = (pence < 0n ? -pence : pence).toString().padStart(3, "0");
  return `${pence < 0n ? "-" : ""}${size.slice(0, -2)}.${size.slice(-2)}`;
}

/** What would break a line or turn its letters round, spaces that a program would drop, and the sign of writing so. */
const UNSAFE = /[%\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]|^\s|\s$|(?<=\s)\s/gu;
const HALF_LETTER = /\p{Cs}/gu;

/** Words on one line; what cannot stand there is written as in an address, with % (RFC 3986, section 2.1). */
export function onOneLine(words: string, signs: RegExp | null = null): string {
  const safe = words.replaceAll(HALF_LETTER, "\ufffd").replaceAll(UNSAFE, written);
  return signs === null ? safe : safe.replaceAll(signs, written);
}

/** The words as they were. */
export function fromOneLine(text: string): string {
  return text.replaceAll(/(?:%[0-9A-F]{2})+/g, (coded) => decodeURIComponent(coded));
}

function written(letter: string): string {
  return [...new TextEncoder().encode(letter)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}

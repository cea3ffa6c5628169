/**
 * Which passwords are refused: too short, too long, the e-mail address itself, or among the first that anyone would try.
 * Length and a list of the worst are what helps; rules about capitals and figures are not (NIST SP 800-63B-4, 2025,
 * section 3.1.1.2; NCSC, Password policy: updating your approach, 2018).
 */
import { COMMON_PASSWORDS, COMMON_WORDS, KEYBOARD_ROWS } from "./common-passwords.ts";

export const LEAST_PASSWORD_LENGTH = 12;
export const MOST_PASSWORD_LENGTH = 200;

export type PasswordFault =
  | { readonly code: "password_too_short"; readonly least: number }
  | { readonly code: "password_too_long"; readonly most: number }
  | { readonly code: "password_is_email" }
  | { readonly code: "password_too_common" };

/** One written form for passwords that look the same on every keyboard. */
export function writtenPassword(password: string): string {
  return password.normalize("NFKC");
}

/** Null where the password may be used. Tried in this order: length, e-mail, common. Length counts characters as seen. */
export function passwordFault(the: { readonly password: string; readonly email: string }): PasswordFault | null {
  const password = writtenPassword(the.password);
  const length = [...password].length;
  if (length < LEAST_PASSWORD_LENGTH) return { code: "password_too_short", least: LEAST_PASSWORD_LENGTH };
  if (length > MOST_PASSWORD_LENGTH) return { code: "password_too_long", most: MOST_PASSWORD_LENGTH };
  if (isEmail(password.toLowerCase(), the.email.toLowerCase())) return { code: "password_is_email" };
  return isVeryCommon(password.toLowerCase()) ? { code: "password_too_common" } : null;
}

/** The address, its first part, or either with figures and signs around it. */
function isEmail(password: string, email: string): boolean {
  const [name = ""] = email.split("@");
  return (
    password === email ||
    password === name ||
    lettersOf(password) === lettersOf(email) ||
    (name.length > 3 && lettersOf(password) === lettersOf(name))
  );
}

function isVeryCommon(password: string): boolean {
  if (COMMON_PASSWORDS.has(password) || COMMON_PASSWORDS.has(password.replaceAll(/[\s._-]/g, ""))) return true;
  if (isRepeated(password) || isRun(password)) return true;
  const letters = lettersOf(readable(password));
  return [lettersOf(password), letters].some((bare) => COMMON_WORDS.has(bare) || isRepeatedWord(bare));
}

/** "p@ssw0rd" as it is meant. */
function readable(password: string): string {
  const meant: Readonly<Record<string, string>> = {
    "@": "a",
    "4": "a",
    "0": "o",
    "1": "i",
    "!": "i",
    "3": "e",
    $: "s",
    "5": "s",
    "7": "t",
  };
  const core = password.replace(/[\d\W_]+$/u, "").replace(/^[\d\W_]+/u, "");
  return [...core].map((character) => meant[character] ?? character).join("");
}

function lettersOf(text: string): string {
  return text.replaceAll(/[^\p{L}]/gu, "");
}

/** One to four characters over and over: "aaaaaaaaaaaa", "abcabcabcabc". */
function isRepeated(password: string): boolean {
  return /^(.{1,4}?)\1{2,}.{0,3}$/su.test(password);
}

function isRepeatedWord(letters: string): boolean {
  const half = /^(.+?)\1+$/su.exec(letters);
  return half !== null && COMMON_WORDS.has(half[1] ?? "");
}

/** A walk along the alphabet, the figures or a row of keys, forwards or backwards. */
function isRun(password: string): boolean {
  return KEYBOARD_ROWS.some((row) => row.includes(password) || [...row].toReversed().join("").includes(password));
}

/**
 * Numbers that prove themselves. NHS number: NHS Data Model and Dictionary, "NHS NUMBER": nine digits weighted 10 to 2, summed, and 11
 * less the remainder by 11 is the tenth (11 is written 0; a number that asks for 10 is not given out). National Insurance number:
 * HM Revenue and Customs, National Insurance Manual NIM39110: two letters, six digits, a suffix A to D.
 */
const NHS = /^\d{3} ?\d{3} ?\d{4}$/;
const INSURANCE = /^([a-z]{2}) ?\d{2} ?\d{2} ?\d{2} ?[a-d]?$/;
const NEVER_FIRST = "dfiquv";
const NEVER_SECOND = "dfiqouv";
const NEVER_GIVEN = new Set(["bg", "gb", "kn", "nk", "nt", "tn", "zz"]);

/** Whether the normalised text is ten digits, spaced or not, of which the last proves the rest. */
export function isNhsNumber(text: string): boolean {
  if (!NHS.test(text)) return false;
  const digits = text.replaceAll(" ", "");
  let sum = 0;
  for (let at = 0; at < 9; at += 1) sum += (10 - at) * (digits.charCodeAt(at) - 48);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === digits.charCodeAt(9) - 48 && !/^(\d)\1*$/.test(digits);
}

/** Whether the normalised text can be a National Insurance number; the suffix may be left out. */
export function isNationalInsuranceNumber(text: string): boolean {
  const prefix = INSURANCE.exec(text)?.[1];
  if (prefix === undefined || NEVER_GIVEN.has(prefix)) return false;
  return !NEVER_FIRST.includes(prefix.charAt(0)) && !NEVER_SECOND.includes(prefix.charAt(1));
}

/**
 * Text that a spreadsheet would run as a formula is written with an apostrophe before it, and read without it.
 * Source: OWASP, "CSV Injection" (cells that begin with = + - @, tab or carriage return), with the full-width forms
 * that some spreadsheets fold to these, and after any leading spaces, quotes and apostrophes.
 *
 * The rule holds for a text whenever it holds for the text without a leading apostrophe. So whatever was written with an
 * apostrophe, and only that, loses one when read, and written then read is the same.
 */
const DANGEROUS = /^['"\s]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const APOSTROPHE = 39;

/** The text as it may stand in a spreadsheet's cell. */
export function neutralText(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text;
}

/** The text as it was before neutralText. */
export function plainText(text: string): string {
  if (text.charCodeAt(0) !== APOSTROPHE) return text;
  const rest = text.slice(1);
  return DANGEROUS.test(rest) ? rest : text;
}

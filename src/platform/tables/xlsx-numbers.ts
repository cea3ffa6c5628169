/**
 * What a spreadsheet's numbers mean: plain decimal text as the sheet shows it, and days for cells that are formatted as
 * dates. Source: ECMA-376, part 1, sections 18.8.30 (number formats) and 18.17.4.1 (serial dates).
 */
const MILLISECONDS_A_DAY = 86_400_000;
const SECONDS_A_DAY = 86_400;
/** Day 0 of the 1900 system from 1 March 1900 on: it counts a 29 February 1900 that never was. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const LAST_SERIAL = 2_958_465;

export type CellFormat = "number" | "date" | "time";

/**
 * A number as decimal text without an exponent, rounded to the 15 digits that spreadsheets keep: the file holds 12.1 as
 * 12.1 but 0.1 + 0.2 as 0.30000000000000004. Whole numbers are left as they stand. Numbers of 1E15 and more, or too
 * small to write, keep their exponent, so that nobody takes them for exact.
 */
export function decimalText(text: string): string | null {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?\s*$/.exec(text);
  if (!match || (match[2] === "" && (match[3] ?? "") === "")) return null;
  const [, sign = "", whole = "", fraction = "", exponent] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/, "").length;
  if (exponent === undefined && (fraction === "" || digits <= 15)) return text.trim();
  const value = Number(text);
  if (value === 0) return "0";
  if (Math.abs(value) >= 1e15 || Math.abs(value) < 1e-15)
    return `${sign}${text.trim().replace(/^[+-]/, "").toUpperCase()}`;
  const rounded = value.toPrecision(15);
  return fromExponent(
    rounded.includes("e") ? rounded : rounded.replace(/\.?0+$/, (zeros) => (zeros[0] === "." ? "" : zeros)),
  );
}

/** Digits with an exponent, or with noughts after the point, as plain decimal text. */
function fromExponent(text: string): string {
  const match = /^(-?)(\d)\.?(\d*)e([+-]\d+)$/.exec(text);
  let plain = text;
  if (match) {
    const [, sign = "", head = "", tail = "", exponent = "0"] = match;
    const power = Number(exponent);
    const all = head + tail;
    plain = power < 0 ? `${sign}0.${"0".repeat(-power - 1)}${all}` : `${sign}${all.padEnd(power + 1, "0")}`;
  }
  return plain.includes(".") ? plain.replace(/0+$/, "").replace(/\.$/, "") : plain;
}

/** A serial date as YYYY-MM-DD, with " HH:MM:SS" when it has a time; null when it is no date. */
export function serialDay(text: string, from1904: boolean): string | null {
  const serial = Number(text);
  if (!Number.isFinite(serial) || serial < 0 || serial > LAST_SERIAL) return null;
  const seconds = Math.round((serial - Math.floor(serial)) * SECONDS_A_DAY);
  const days = Math.floor(serial) + (seconds === SECONDS_A_DAY ? 1 : 0);
  const early = !from1904 && days < 60 ? 1 : 0;
  const at = new Date((from1904 ? EPOCH_1904 : EPOCH_1900) + (days + early) * MILLISECONDS_A_DAY);
  const day = at.toISOString().slice(0, 10);
  return seconds % SECONDS_A_DAY === 0 ? day : `${day} ${clock(seconds)}`;
}

/** The time of a serial date as HH:MM:SS. */
export function serialTime(text: string): string | null {
  const serial = Number(text);
  if (!Number.isFinite(serial) || serial < 0 || serial >= 1) return null;
  return clock(Math.round(serial * SECONDS_A_DAY) % SECONDS_A_DAY);
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** What a number format shows, by its number and, for a workbook's own formats, its code. */
export function formatOf(id: number, code: string | undefined): CellFormat {
  if (code === undefined) {
    if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return "date";
    return id === 18 || id === 19 || id === 20 || id === 21 || id === 45 || id === 47 ? "time" : "number";
  }
  // Only letters that stand for parts of the number: not quoted, escaped, padding, or in brackets (colours, currencies,
  // and [h] for hours that have passed).
  const [shown = ""] = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, "").split(";");
  if (/\[[hms]+\]/i.test(shown)) return "number";
  const letters = shown.replaceAll(/\[[^\]]*\]/g, "");
  if (/general/i.test(letters)) return "number";
  if (/[dy]/i.test(letters)) return "date";
  if (/[hs]/i.test(letters)) return "time";
  return /m/i.test(letters) ? "date" : "number";
}

/**
 * Days of payment as councils publish them. Whether 03/04/2012 is the third of April or the fourth of March is decided
 * once for a file, from its dates that can only be one of the two; a file without any is read day first, as in Britain.
 */
import { type Day, dayOf } from "../../lib/day.ts";

export type DayOrder = "day_first" | "month_first";
export type DateFault = "date_missing" | "date_not_read" | "date_does_not_exist";

const NUMBERS = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/;
const YEAR_FIRST = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/;
const DAY_NAME =
  /^(?:\p{L}+,? )?(\d{1,2})(?:st|nd|rd|th|af|ail|ydd|fed|eg|ain)?[ \-/.]*(?:of |o )?([\p{L}]{3,10})\.?,?[ \-/.]*(\d{4}|\d{2})$/u;
const NAME_DAY = /^([\p{L}]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}|\d{2})$/u;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
/** A spreadsheet's number for a day, from 1954 to 2119. */
const SERIAL = /^([2-7]\d{4})(?:\.\d+)?$/;
const TIME =
  /(?:[T ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?: ?(?:Z|UTC|GMT|BST|[+-]\d{2}:?\d{2}))?)$/;

const MONTHS: readonly (readonly string[])[] = [
  ["jan", "january", "ion", "ionawr"],
  ["feb", "february", "chw", "chwe", "chwefror"],
  ["mar", "march", "maw", "mawrth", "fawrth"],
  ["apr", "april", "ebr", "ebrill"],
  ["may", "mai", "fai"],
  ["jun", "june", "meh", "mehefin", "fehefin"],
  ["jul", "july", "gor", "gorff", "gorffennaf", "orffennaf"],
  ["aug", "august", "aws", "awst"],
  ["sep", "sept", "september", "med", "medi", "fedi"],
  ["oct", "october", "hyd", "hydref"],
  ["nov", "november", "tach", "tachwedd", "dachwedd"],
  ["dec", "december", "rhag", "rhagfyr", "ragfyr"],
];
const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

/** The day, or why the text is none. A time after it is passed over. */
export function parseSpendDate(text: string, order: DayOrder): Day | DateFault {
  const bare = dateText(text);
  if (bare === "") return "date_missing";
  const numbers = NUMBERS.exec(bare);
  if (numbers) return fromNumbers(numbers, order);
  const parts = YEAR_FIRST.exec(bare) ?? COMPACT.exec(bare);
  if (parts) return realDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  const serial = SERIAL.exec(bare);
  if (serial) return fromSerial(Number(serial[1]));
  const named = DAY_NAME.exec(bare);
  if (named) return fromName(named[3] ?? "", named[2] ?? "", named[1] ?? "");
  const american = NAME_DAY.exec(bare);
  if (american) return fromName(american[3] ?? "", american[1] ?? "", american[2] ?? "");
  return "date_not_read";
}

/** Whether a text is a date written as one: not a bare number that a spreadsheet might mean as one. */
export function looksLikeDate(text: string): boolean {
  const bare = dateText(text);
  return !SERIAL.test(bare) && parseSpendDate(bare, "day_first").startsWith("date_") === false;
}

export type DayOrderFound = {
  readonly order: DayOrder;
  /** Dates that can only be day first, and only month first. Both together: the file mixes the two. */
  readonly onlyDayFirst: number;
  readonly onlyMonthFirst: number;
  /** Dates that would be another day in the other order. */
  readonly ambiguous: number;
};

/** Watches the dates of a file and says in which order they stand. */
export function startDayOrder(): { readonly see: (text: string) => void; readonly found: () => DayOrderFound } {
  let onlyDayFirst = 0;
  let onlyMonthFirst = 0;
  let ambiguous = 0;
  const see = (text: string): void => {
    // Nearly all dates are too short to have a time, and begin with the year when their fifth sign is not a digit.
    if (text.charCodeAt(4) === 45) return;
    const numbers = NUMBERS.exec(text.length <= 10 ? text : dateText(text));
    if (!numbers) return;
    const [first, second] = [Number(numbers[1]), Number(numbers[2])];
    if (first > 12 && second <= 12) onlyDayFirst += 1;
    else if (second > 12 && first <= 12) onlyMonthFirst += 1;
    else if (first !== second) ambiguous += 1;
  };
  const found = (): DayOrderFound => ({
    order: onlyMonthFirst > 0 && onlyDayFirst === 0 ? "month_first" : "day_first",
    onlyDayFirst,
    onlyMonthFirst,
    ambiguous,
  });
  return { see, found };
}

function dateText(text: string): string {
  return text
    .replaceAll(/[\s\u00a0]+/g, " ")
    .trim()
    .replace(TIME, "");
}

function fromNumbers(numbers: RegExpExecArray, order: DayOrder): Day | DateFault {
  const [first, second] = [Number(numbers[1]), Number(numbers[2])];
  // A date that can only be read one way is read that way, whatever the rest of the file does.
  const dayFirst = first > 12 ? true : second > 12 ? false : order === "day_first";
  return dayFirst ? realDay(fullYear(numbers[3]), second, first) : realDay(fullYear(numbers[3]), first, second);
}

function fromName(year: string, month: string, day: string): Day | DateFault {
  const number = MONTH_OF.get(month.toLowerCase());
  return number === undefined ? "date_not_read" : realDay(fullYear(year), number, Number(day));
}

/** Days after 30 December 1899, as spreadsheets count from March 1900 on. */
function fromSerial(serial: number): Day | DateFault {
  const date = new Date(Date.UTC(1899, 11, 30 + serial));
  return realDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** 00 to 69 is this century. */
function fullYear(text: string | undefined): number {
  const year = Number(text);
  return text?.length === 4 ? year : year + (year < 70 ? 2000 : 1900);
}

function realDay(year: number, month: number, day: number): Day | DateFault {
  return dayOf({ year, month, day }) ?? "date_does_not_exist";
}

/**
 * Dates as eight digits, year first, whatever way round a file writes them. A date that cannot be (1853-22-24) is kept as it is: it is
 * still most of a date, and is compared digit by digit. Which of day and month comes first is decided for a whole column.
 */
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const YEAR_FIRST = /^(\d{4}) ?(\d{2}) ?(\d{2})(?: 00.*| \d{1,2} \d{2}.*)?$/;
const YEAR_FIRST_SHORT = /^(\d{4}) (\d{1,2}) (\d{1,2})(?: .*)?$/;
const YEAR_LAST = /^(\d{1,2}) (\d{1,2}) (\d{4})(?: .*)?$/;
const YEAR_LAST_WHOLE = /^(\d{2})(\d{2})(\d{4})$/;
const NAMED = /^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9}) (\d{4})$/;
const YEAR = /^(1[5-9]\d\d|20\d\d)$/;

type MonthPlace = "month-second" | "month-first";

/** The eight digits of a normalised text, "00" for a month or day that is not given; null where it is no date. */
export function readDay(text: string, monthPlace: MonthPlace): string | null {
  const first = YEAR_FIRST.exec(text) ?? YEAR_FIRST_SHORT.exec(text);
  if (first !== null && isYear(first[1])) return digits(first[1], first[2], first[3]);
  const last = YEAR_LAST.exec(text) ?? YEAR_LAST_WHOLE.exec(text);
  if (last !== null && isYear(last[3]))
    return monthPlace === "month-second" ? digits(last[3], last[2], last[1]) : digits(last[3], last[1], last[2]);
  const named = NAMED.exec(text);
  if (named !== null) {
    const month = MONTHS.indexOf((named[2] ?? "").slice(0, 3)) + 1;
    return month === 0 ? null : digits(named[3], String(month), named[1]);
  }
  return YEAR.test(text) ? `${text}0000` : null;
}

function isYear(text: string | undefined): boolean {
  const year = Number(text);
  return year >= 1000 && year <= 2999;
}

function digits(year = "", month = "", day = ""): string {
  return year + month.padStart(2, "0") + day.padStart(2, "0");
}

/** Day before month, as in Britain, unless more of the values can only be read the other way round. */
export function findMonthPlace(values: Iterable<string>): MonthPlace {
  let second = 0;
  let first = 0;
  for (const value of values) {
    const found = YEAR_LAST.exec(value) ?? YEAR_LAST_WHOLE.exec(value);
    if (found === null) continue;
    if (Number(found[1]) > 12) second += 1;
    if (Number(found[2]) > 12) first += 1;
  }
  return first > second ? "month-first" : "month-second";
}

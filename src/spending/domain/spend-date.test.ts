/** Days as councils write them, and the order of day and month in a file. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayOf } from "../../lib/day.ts";
import { looksLikeDate, parseSpendDate, startDayOrder } from "./spend-date.ts";

const cases = `
  2012-04-03 => 2012-04-03
  2012-04-03T00:00:00 => 2012-04-03
  2012-04-03T14:05:00.000Z => 2012-04-03
  2012-04-03 14:05:00 => 2012-04-03
  2012/4/3 => 2012-04-03
  03/04/2012 => 2012-04-03
  3/4/12 => 2012-04-03
  03/04/2012 00:00 => 2012-04-03
  03/04/2012 12:00:00 AM => 2012-04-03
  03-04-2012 => 2012-04-03
  03.04.2012 => 2012-04-03
  03 04 2012 => 2012-04-03
  03-Apr-12 => 2012-04-03
  3-APR-2012 => 2012-04-03
  3 April 2012 => 2012-04-03
  3rd April 2012 => 2012-04-03
  1st of May 2012 => 2012-05-01
  Tuesday 3 April 2012 => 2012-04-03
  Tue, 3 Apr 2012 => 2012-04-03
  April 3, 2012 => 2012-04-03
  03/Apr/2012 => 2012-04-03
  03Apr2012 => 2012-04-03
  3 Ebrill 2012 => 2012-04-03
  3 Gorffennaf 2012 => 2012-07-03
  20120403 => 2012-04-03
  41002 => 2012-04-03
  41002.75 => 2012-04-03
  04/25/2012 => 2012-04-25
  29/02/2012 => 2012-02-29
  01/01/99 => 1999-01-01
  29/02/2013 => date_does_not_exist
  31/04/2012 => date_does_not_exist
  31 April 2012 => date_does_not_exist
  2012-13-01 => date_does_not_exist
  99/99/2012 => date_does_not_exist
  Apr-12 => date_not_read
  April 2012 => date_not_read
  12 => date_not_read
  1234567 => date_not_read
  3 Smarch 2012 => date_not_read
  03/04 => date_not_read
  n/a => date_not_read
`;
describe("day first", () => {
  const lines = cases
    .trim()
    .split("\n")
    .map((line) => line.trim().split(" => "));
  test.each(lines)("%s", (text = "", day) => expect(parseSpendDate(text, "day_first")).toBe(day));
  test.each(["", " ", "\u00a0"])("%j is missing", (text) =>
    expect(parseSpendDate(text, "day_first")).toBe("date_missing"),
  );
});

test("month first changes only what could be either", () => {
  expect(parseSpendDate("03/04/2012", "month_first")).toBe("2012-03-04");
  expect(parseSpendDate("25/04/2012", "month_first")).toBe("2012-04-25");
  expect(parseSpendDate("2012-04-03", "month_first")).toBe("2012-04-03");
  expect(parseSpendDate("3 April 2012", "month_first")).toBe("2012-04-03");
});

describe("the order of a file", () => {
  const orders = `
    03/04/2012 25/04/2012 2012-04-01 | day_first 1 0 1
    03/04/2012 04/25/2012 04/25/12 | month_first 0 2 1
    03/04/2012 05/05/2012 | day_first 0 0 1
    25/04/2012 04/25/2012 01/02/2012 | day_first 1 1 1
    2012-04-03 3 | day_first 0 0 0
  `;
  test.each(
    orders
      .trim()
      .split("\n")
      .map((line) => line.trim().split(" | ")),
  )("%s", (dates = "", wanted) => {
    const { see, found } = startDayOrder();
    for (const date of dates.split(" ")) see(date);
    const { order, onlyDayFirst, onlyMonthFirst, ambiguous } = found();
    expect(`${order} ${onlyDayFirst} ${onlyMonthFirst} ${ambiguous}`).toBe(wanted);
  });
});

test("bare numbers do not look like dates, though they may be", () => {
  expect(looksLikeDate("41002")).toBe(false);
  expect(looksLikeDate("3 Apr 2012")).toBe(true);
  expect(looksLikeDate("1234.56")).toBe(false);
});

test("every day of two centuries is read in each form", () => {
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  fc.assert(
    fc.property(
      fc.integer({ min: 1970, max: 2069 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 31 }),
      (year, month, date) => {
        const day = dayOf({ year, month, day: date }) ?? "date_does_not_exist";
        const two = (value: number): string => String(value).padStart(2, "0");
        for (const text of [
          `${year}-${two(month)}-${two(date)}`,
          `${date}/${month}/${year}`,
          `${two(date)}.${two(month)}.${two(year % 100)}`,
          `${date}-${months[month - 1]}-${two(year % 100)}`,
          `${year}${two(month)}${two(date)}`,
        ]) {
          expect(parseSpendDate(text, "day_first")).toBe(day);
        }
        if (date <= 12) expect(parseSpendDate(`${month}/${date}/${year}`, "month_first")).toBe(day);
      },
    ),
  );
});

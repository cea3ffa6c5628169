/** The calendar of the books, read and named: Local Government Finance Act 1992, section 116, for the year. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type Day, mustDay } from "../../lib/day.ts";
import {
  daysOf,
  endBefore,
  firstDay,
  parsePeriod,
  parseQuarter,
  parseYear,
  periodOf,
  periodOn,
  periodsBetween,
  periodsIn,
  periodsOf,
  periodWords,
  quarterOn,
  yearNamed,
} from "./periods.ts";

const cases = `
  2012-13/01 | 2012-04-01 | 2012-04-30 | Period 1 (April 2012)              | Cyfnod 1 (Ebrill 2012)
  2012-13/9  | 2012-12-01 | 2012-12-31 | Period 9 (December 2012)           | Cyfnod 9 (Rhagfyr 2012)
  2012-13/11 | 2013-02-01 | 2013-02-28 | Period 11 (February 2013)          | Cyfnod 11 (Chwefror 2013)
  2011-12/11 | 2012-02-01 | 2012-02-29 | Period 11 (February 2012)          | Cyfnod 11 (Chwefror 2012)
  2012-13/12 | 2013-03-01 | 2013-03-31 | Period 12 (March 2013)             | Cyfnod 12 (Mawrth 2013)
  2012-13/13 | 2013-03-31 | 2013-03-31 | Period 13 (year end, 31 March 2013) | Cyfnod 13 (cau'r flwyddyn, 31 Mawrth 2013)
  2012-13/Q1 | 2012-04-01 | 2012-06-30 | Quarter 1, April to June 2012      | Chwarter 1, Ebrill i Fehefin 2012
  2012-13/Q2 | 2012-07-01 | 2012-09-30 | Quarter 2, July to September 2012  | Chwarter 2, Gorffennaf i Fedi 2012
  2012-13/Q3 | 2012-10-01 | 2012-12-31 | Quarter 3, October to December 2012 | Chwarter 3, Hydref i Ragfyr 2012
  2012-13/q4 | 2013-01-01 | 2013-03-31 | Quarter 4, January to March 2013   | Chwarter 4, Ionawr i Fawrth 2013
  1999-00    | 1999-04-01 | 2000-03-31 | Financial year 1999-00             | Blwyddyn ariannol 1999-00
  2198-99    | 2198-04-01 | 2199-03-31 | Financial year 2198-99             | Blwyddyn ariannol 2198-99
`;

const rows = cases
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));

const read = (text: string) => parsePeriod(text) ?? parseQuarter(text) ?? parseYear(text);

it.each(rows)("%s runs from %s to %s: %s", (text = "", from = "", to = "", english = "", welsh = "") => {
  const found = read(text);
  expect(found).not.toBeNull();
  if (found === null) return;
  expect(found.kind).toBe(english.startsWith("Quarter") ? "quarter" : english.startsWith("Period") ? "period" : "year");
  expect([found.from, found.to, periodWords("en", found), periodWords("cy", found)]).toEqual([
    from,
    to,
    english,
    welsh,
  ]);
});

const wrong = [
  "2012",
  "2012-14",
  "2012-2013",
  "2012-13/",
  "2012-13x",
  "x2012-13",
  "2012-13 ",
  "2e3 -01",
  "2012-14/01",
  "2012-14/Q1",
  "2012-13/Q1/1",
  "2012-13/Q12",
  "2012-13//Q1",
  "2012-13//1",
  "2012-13/113",
  "2199-00/Q1",
  "2012-13/0",
  "2012-13/14",
  "2012-13/Q0",
  "2012-13/Q5",
  "2012-13/9/1",
  "2012-13/09 ",
  "1899-00",
  "2199-00",
  "",
  "/",
  "Q3",
  "2012-13/P9",
  "2012-13/١",
];

it.each(wrong)("%j names no period, quarter or year", (text) => {
  expect(read(text)).toBeNull();
});

const day = fc.integer({ min: 0, max: 90_000 }).map((count) => addDays(mustDay("1900-04-01"), count));

describe("every day", () => {
  it("is in one month and one quarter, which read the same again", () => {
    fc.assert(
      fc.property(day, (one: Day) => {
        const [period, quarter] = [periodOn(one), quarterOn(one)];
        expect(period.from <= one && one <= period.to && quarter.from <= one && one <= quarter.to).toBe(true);
        expect(parsePeriod(period.name)).toEqual(period);
        expect(parseQuarter(quarter.name)).toEqual(quarter);
        expect(periodsIn(quarter).map(({ name }) => name)).toContain(period.name);
      }),
    );
  });
});

describe("a year", () => {
  it("has twelve months end to end, and March twice", () => {
    const periods = periodsOf(yearNamed("2012-13"));
    expect(periods).toHaveLength(13);
    for (const [index, period] of periods.slice(1, 12).entries())
      expect(period.from).toBe(addDays(periods[index]?.to ?? period.from, 1));
    const last = parsePeriod("2012-13/13");
    expect(last && daysOf(last)).toMatchObject({ from: "2013-03-01", to: "2013-03-31" });
  });

  // What is closed | the first day that nothing can be entered on any more.
  it.each([
    ["2012-13/02", "2012-05-01"],
    ["2012-13/12", "2013-03-01"],
    ["2012-13/13", "2013-03-01"],
    ["2012-13/Q4", "2013-01-01"],
  ])("is closed by %s from %s", (name, day) => {
    const the = parsePeriod(name) ?? parseQuarter(name);
    expect(the && firstDay(the)).toBe(day);
  });

  it("has periods 1 to 13 and no other, and a name of two years that follow", () => {
    for (const number of [0, 14]) expect(() => periodOf(yearNamed("2012-13"), number)).toThrow(`no period ${number}`);
    expect(() => yearNamed("2012-14")).toThrow("not a year: 2012-14");
  });

  it("is counted across its end", () => {
    const names = periodsBetween(mustDay("2013-02-14"), mustDay("2013-05-01")).map(({ name }) => name);
    expect(names).toEqual(["2012-13/11", "2012-13/12", "2013-14/01"]);
    expect(periodsBetween(mustDay("2013-05-01"), mustDay("2013-05-01"))).toEqual([]);
  });
});

it.each([
  ["2013-02-28", "2013-02-28"],
  ["2013-03-30", "2013-02-28"],
  ["2012-03-01", "2012-02-29"],
  ["2013-04-01", "2013-03-31"],
  ["2013-01-30", "2012-12-31"],
])("the last month's end at or before %s is %s", (day, end) => {
  expect(endBefore(mustDay(day))).toBe(end);
});

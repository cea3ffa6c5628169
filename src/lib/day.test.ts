/** Days: what is a day, the financial year, and which day it is in London when the clocks change. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type Day, dayOf, financialYear, londonDay, mustDay, parseDay } from "./day.ts";

const anyDay = fc.integer({ min: 0, max: 100_000 }).map((count) => addDays(mustDay("1910-01-01"), count));

describe("a day", () => {
  it.each(["2013-03-29", "2012-02-29", "1900-01-01", "2199-12-31"])("%s is one", (text) =>
    expect(parseDay(text)).toBe(text),
  );

  it.each([
    "2013-02-29",
    "1900-02-29",
    "2013-04-31",
    "2013-13-01",
    "2013-00-10",
    "1899-12-31",
    "2200-01-01",
    "13-01-01",
  ])("%s is none", (text) => expect(parseDay(text)).toBeNull());

  it.each(["29/03/2013", "2013-3-29", " 2013-03-29", "2013-03-29T00:00", ""])("%j is not written as one", (text) =>
    expect(parseDay(text)).toBeNull(),
  );

  it("is made of a year, a month from 1 and a day", () => {
    expect(dayOf({ year: 2013, month: 3, day: 29 })).toBe("2013-03-29");
    expect(dayOf({ year: 2013, month: 2, day: 30 })).toBeNull();
    expect(() => mustDay("soon")).toThrow("not a day: soon");
  });

  it("moves over months, leap days and changes of the clocks", () => {
    const cases = `
      2012-02-28 1 2012-02-29
      2013-02-28 1 2013-03-01
      2013-03-30 2 2013-04-01
      2012-12-31 1 2013-01-01
      2013-03-29 -365 2012-03-29
    `;
    for (const line of cases.trim().split("\n")) {
      const [day = "", count, expected] = line.trim().split(" ");
      expect(addDays(mustDay(day), Number(count))).toBe(expected);
    }
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -9999, max: 9999 }), (day, count) => {
        expect(addDays(addDays(day, count), -count)).toBe(day);
      }),
    );
  });
});

describe("the financial year", () => {
  it("runs from 1 April to 31 March", () => {
    const year = { name: "2012-13", from: "2012-04-01", to: "2013-03-31" };
    for (const day of ["2012-04-01", "2012-12-31", "2013-01-01", "2013-03-29", "2013-03-31"]) {
      expect(financialYear(mustDay(day))).toEqual(year);
    }
    expect(financialYear(mustDay("2012-03-31")).name).toBe("2011-12");
    expect(financialYear(mustDay("2013-04-01")).name).toBe("2013-14");
    expect(financialYear(mustDay("1999-06-01")).name).toBe("1999-00");
  });

  it("holds each day once: a year begins the day after the one before ends", () => {
    fc.assert(
      fc.property(anyDay, (day: Day) => {
        const { from, to } = financialYear(day);
        expect(from <= day && day <= to).toBe(true);
        expect(financialYear(addDays(to, 1)).from).toBe(addDays(to, 1));
        expect(financialYear(addDays(from, -1)).to).toBe(addDays(from, -1));
      }),
    );
  });
});

describe("the day in London", () => {
  it.each([
    ["2013-01-15T23:59:59Z", "2013-01-15"],
    ["2013-07-15T22:59:59Z", "2013-07-15"],
    ["2013-07-15T23:00:00Z", "2013-07-16"],
    // The clocks went forward at 01:00 on 31 March 2013 and back at 02:00 on 27 October.
    ["2013-03-30T23:59:59Z", "2013-03-30"],
    ["2013-03-31T00:00:00Z", "2013-03-31"],
    ["2013-03-31T22:59:59Z", "2013-03-31"],
    ["2013-03-31T23:00:00Z", "2013-04-01"],
    ["2013-10-26T22:59:59Z", "2013-10-26"],
    ["2013-10-26T23:00:00Z", "2013-10-27"],
    ["2013-10-27T23:59:59Z", "2013-10-27"],
    ["2013-10-28T00:00:00Z", "2013-10-28"],
  ])("at %s is %s", (moment, day) => expect(londonDay(new Date(moment))).toBe(day));
});

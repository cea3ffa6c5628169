/** Days and months as people write them, in both languages. */
import { describe, expect, it } from "vitest";
import { mustDay } from "./day.ts";
import { formatDay, formatMonth } from "./day-words.ts";

const cases = `
  2013-03-29 | 29 March 2013    | 29 Mawrth 2013
  2012-01-01 | 1 January 2012   | 1 Ionawr 2012
  2012-10-31 | 31 October 2012  | 31 Hydref 2012
  2012-02-29 | 29 February 2012 | 29 Chwefror 2012
`;

describe("a day in words", () => {
  it.each(
    cases
      .trim()
      .split("\n")
      .map((line) => line.split("|").map((part) => part.trim()))
      .map(([day = "", en = "", cy = ""]) => ({ day, en, cy })),
  )("$day is $en, $cy", ({ day, en, cy }) => {
    expect(formatDay("en", mustDay(day))).toBe(en);
    expect(formatDay("cy", mustDay(day))).toBe(cy);
  });

  it("is a month where only the month is given", () => expect(formatMonth("cy", "2012-12")).toBe("Rhagfyr 2012"));
});

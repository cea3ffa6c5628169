/** Which code a record stands under, as lines of text. */
import { describe, expect, it } from "vitest";
import { type Day, mustDay } from "../../lib/day.ts";
import { codeFor, type Mapping, ties } from "./codes.ts";

const mapping = (text: string): Mapping => {
  const [mappingId = "", allocation = "", service = "", from = "", to = ""] = text.trim().split(/\s+/);
  const any = (word: string): string | null => (word === "*" ? null : word);
  const codes = { costCentre: mappingId, subjective: "", project: "", subjectiveGroup: 4 };
  const dates = { startsOn: mustDay(from), endsOn: to === "-" ? null : mustDay(to) };
  return {
    mappingId,
    bodyId: "b",
    potId: "p",
    allocationId: any(allocation),
    serviceId: any(service),
    ...codes,
    ...dates,
  };
};

const MAPPINGS = `
  pot    *  *  2012-04-01 -
  serv   *  S  2012-04-01 -
  alloc  A  *  2012-04-01 2012-12-31
  both   A  S  2012-06-01 2012-08-31
`;
const mappings = MAPPINGS.trim().split("\n").map(mapping);

describe("the code of a record", () => {
  it.each([
    ["A S 2012-07-01", "both"],
    ["A S 2012-05-31", "alloc"],
    ["A S 2012-09-01", "alloc"],
    ["A S 2013-01-01", "serv"],
    ["A T 2012-07-01", "alloc"],
    ["B S 2012-07-01", "serv"],
    ["B T 2012-07-01", "pot"],
    ["B T 2012-03-31", "none"],
  ])("%s: %s", (text, expected) => {
    const [allocationId = "", serviceId = "", day = ""] = text.split(" ");
    const found = codeFor({ potId: "p", allocationId, serviceId }, { day: day as Day, mappings });
    expect(found?.mappingId ?? "none").toBe(expected);
  });
  it("of another pot: none", () => {
    expect(
      codeFor({ potId: "q", allocationId: "A", serviceId: "S" }, { day: mustDay("2012-07-01"), mappings }),
    ).toBeNull();
  });
});

describe("a tie", () => {
  it.each([
    ["x A S 2012-04-01 2012-04-30", "y A S 2012-04-30 -", true],
    ["x A S 2012-04-01 2012-04-30", "y A S 2012-05-01 -", false],
    ["x A S 2012-04-01 -", "y A * 2012-04-01 -", false],
    ["x A S 2012-04-01 -", "y A S 2011-04-01 -", true],
  ])("%s and %s: %s", (first, second, expected) => {
    expect([ties(mapping(first), mapping(second)), ties(mapping(second), mapping(first))]).toEqual([
      expected,
      expected,
    ]);
  });
});

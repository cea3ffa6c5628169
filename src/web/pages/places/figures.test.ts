/** The plain rules of the pages of a place: which figures stand together, which months, which parts of a picture. */
import { describe, expect, it } from "vitest";
import { mustDay } from "../../../lib/day.ts";
import type { PublishedFigure } from "../../../places/index.ts";
import { disagreements } from "./figures.ts";
import { monthsBefore } from "./overview-figures.ts";
import { largest, type Part } from "./pot-picture.ts";

function figure(key: string, disagreesWith: readonly string[]): PublishedFigure {
  const words = {
    label: key,
    labelWelsh: null,
    valueText: "1",
    unit: "",
    period: "",
    dated: "2011",
    source: "s",
    publisher: "",
    note: "",
  };
  return { ...words, figureId: key, key, amountPence: null, priceYear: null, confidence: "sourced", disagreesWith };
}

describe("figures whose sources disagree", () => {
  // Each figure with those it names -> the groups, in the order of their first figure.
  const cases = `
    a b c          | a / b / c
    a>b b c        | a b / c
    a b>a c        | a b / c
    a>c b c        | a c / b
    a b c>a+b      | a b c
    a>b b>c c      | a b c
  `;
  it.each(
    cases
      .trim()
      .split("\n")
      .map((line) => line.split("|").map((part) => part.trim())),
  )("%s -> %s", (given = "", groups = "") => {
    const figures = given.split(" ").map((text) => {
      const [key = "", named = ""] = text.split(">");
      return figure(key, named === "" ? [] : named.split("+"));
    });
    expect(
      disagreements(figures)
        .map((group) => group.map((one) => one.key).join(" "))
        .join(" / "),
    ).toBe(groups);
  });
});

describe("months before", () => {
  it.each([
    ["2013-03-29", 0, "2013-03"],
    ["2013-03-31", 1, "2013-02"],
    ["2013-03-29", 11, "2012-04"],
    ["2013-01-01", 12, "2012-01"],
  ] as const)("%s, %i months -> %s", (day, months, month) => {
    expect(monthsBefore(mustDay(day), months)).toBe(month);
  });
});

describe("the parts of a picture", () => {
  const parts = (count: number): readonly Part[] =>
    Array.from({ length: count }, (_, index) => ({
      id: `${index}`,
      label: `${index}`,
      amountPence: BigInt(index + 1),
      href: "/",
    }));
  const rest = (count: number) => ({ label: `${count} others`, href: "/" });

  it("shows eight as they are, the largest first", () => {
    expect(largest(parts(8), rest).map((part) => part.amountPence)).toEqual([8n, 7n, 6n, 5n, 4n, 3n, 2n, 1n]);
  });

  it("sums the smallest into one where there are more, and loses nothing", () => {
    const shown = largest(parts(10), rest);
    expect(shown.map((part) => part.label).at(-1)).toBe("3 others");
    expect(shown.reduce((sum, part) => sum + part.amountPence, 0n)).toBe(55n);
  });
});

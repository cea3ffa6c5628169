/** Weights in words: by example, and that whoever reads the words back finds the weight again. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WaterfallStep } from "../../../linkage/index.ts";
import { WATERFALL } from "./report.fixture.ts";
import { showWaterfall } from "./report-waterfall.ts";
import { chanceSaid, countsSaid, pairsInWords, stepSaid, timesSaid } from "./weight-words.ts";

/** Two to the bits, to two figures: 2 to the power of 3.17 is 9.0, of 10 is 1,024. */
const CASES = `
  3.17 | 9 times for
  -1.585 | 3 times against
  0.5 | 1.4 times for
  10 | 1,000 times for
  -20 | 1 million times against
  0.02 | nothing
  0 | nothing
  45 | over 1,000 million times for
`;

it.each(
  CASES.trim()
    .split("\n")
    .map((line) => line.split("|").map((part) => part.trim())),
)("%s bits: %s", (bits = "", said = "") => {
  expect(timesSaid(Number(bits))).toBe(said);
});

it("words give the weight back, within a twentieth, and its direction", () => {
  fc.assert(
    fc.property(fc.double({ min: -29, max: 29, noNaN: true }), (bits) => {
      const said = timesSaid(bits);
      if (said === "nothing") {
        expect(2 ** Math.abs(bits)).toBeLessThan(1.05);
        return;
      }
      const [, number = "", million, way] = /^([\d.,]+)( million)? times (for|against)$/.exec(said) ?? [];
      const times = Number(number.replaceAll(",", "")) * (million === undefined ? 1 : 1e6);
      expect(times / 2 ** Math.abs(bits)).toBeGreaterThan(0.949);
      expect(times / 2 ** Math.abs(bits)).toBeLessThan(1.051);
      expect(way).toBe(bits > 0 ? "for" : "against");
    }),
  );
});

describe("a step", () => {
  const step = (level: string | null, [bits, rarityBits]: readonly [number, number]): WaterfallStep => ({
    ...{ comparison: "date_of_birth", columns: ["date_of_birth"], level, bits, rarityBits },
  });

  it("says what it counts, how rare its values are, and that nothing counts for nothing", () => {
    expect(stepSaid(step("same", [3.17, 0]))).toBe("Same date of birth: counts 9 times for");
    expect(stepSaid(step("different", [-1.585, 0]))).toBe("Different date of birth: counts 3 times against");
    expect(stepSaid(step(null, [0, 0]))).toBe("Nothing to compare for date of birth: counts for nothing");
    expect(stepSaid(step("same", [5.17, 2]))).toBe(
      "Same date of birth: counts 9 times for, and 4 times more, as what they share is rare",
    );
    expect(stepSaid(step("same", [2.17, -1]))).toBe(
      "Same date of birth: counts 9 times for, but 2 times less, as what they share is common",
    );
    expect(countsSaid(0)).toBe("counts for nothing");
  });
});

it("chances are never rounded to certainty", () => {
  expect([0.5, 0.9983, 0.999999, 1e-9, 0.004].map(chanceSaid)).toEqual([
    ...["50%", "99.83%", "more than 99.99%", "less than 0.01%", "0.40%"],
  ]);
  expect([1 / 1552, 0.6].map(pairsInWords)).toEqual(["one pair in 1,600", "60 pairs in 100"]);
});

describe("the waterfall of two records", () => {
  const { chart, said } = showWaterfall(WATERFALL, { language: "en", idPrefix: "pair", thresholdBits: 0 });
  const bits = (text: string) => Number(text.replace("\u2212", "-"));

  it("begins with any two records, has each comparison in words, and ends at what they weigh together", () => {
    expect(said).toEqual([
      "Any two records: one pair in 1,600 is of one person, which counts 1,600 times against",
      "Same forename, nearly the same surname: counts 1,400 times for, and 4 times more, as what they share is rare",
      "Same date of birth: counts 7,100 times for",
      "Same sex: counts 2 times for",
      "Different address: counts 4.9 times against",
      "Different postcode: counts 42 times against",
      "Nothing to compare for NHS number: counts for nothing",
      "They may have moved, and all of the home differs at once: counts 4.9 times less against",
      "They may be two people of one household: counts 2.1 times against",
      "Together: 99.83% likely to be one person",
    ]);
  });

  it("adds up in its table: the bars, rarity among them, come to the total", () => {
    const rows = chart.table.rows;
    const bars = rows.slice(0, -1).map((row) => bits(row[3] ?? ""));
    const sum = bars.reduce((all, one) => all + one, 0);
    expect(sum).toBeCloseTo(WATERFALL.totalBits, 6);
    expect(bits(rows.at(-2)?.[4] ?? "")).toBeCloseTo(bits(rows.at(-1)?.[4] ?? ""), 6);
    expect(rows.map(([label]) => label)).toContain("What they share is rarer than most");
  });

  it("counts no rarity, no move and no household where there is none", () => {
    const plain = { ...WATERFALL, movedBits: 0, householdBits: 0, steps: WATERFALL.steps.slice(1) };
    const shown = showWaterfall(plain, { language: "en", idPrefix: "pair", thresholdBits: 0 });
    expect(shown.chart.table.rows).toHaveLength(plain.steps.length + 2);
  });
});

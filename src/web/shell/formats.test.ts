/** Days, moments and numbers as each language writes them, and the contrast of a place's own colour. */
import { describe, expect, it } from "vitest";
import { mustDay } from "../../lib/day.ts";
import { formatAgo, formatDay, formatMoment, formatMonthShort, formatNumber } from "./formats.ts";
import { contrastRatio, decidePlaceColour, placeStylesheet } from "./place-colour.ts";

describe("formats", () => {
  it("days and months in both languages", () => {
    expect(formatDay("en", mustDay("2013-03-29"))).toBe("29 March 2013");
    expect(formatDay("cy", mustDay("2013-03-09"))).toBe("9 Mawrth 2013");
    expect(formatMonthShort("cy", "2012-07")).toBe("Gorff 2012");
  });

  it("times are London's, summer and winter", () => {
    expect(formatMoment("en", new Date("2012-11-19T14:05:00Z"))).toBe("19 November 2012, 14:05");
    expect(formatMoment("cy", new Date("2012-07-01T23:30:00Z"))).toBe("2 Gorffennaf 2012, 00:30");
  });

  it("how long ago", () => {
    const cases = `
      2012-11-22T15:00:00Z | 3 days ago (19 November 2012, 14:05)
      2012-11-19T14:05:30Z | just now (19 November 2012, 14:05)
      2012-11-19T16:04:00Z | 1 hour ago (19 November 2012, 14:05)
      2014-11-20T14:05:00Z | 2 years ago (19 November 2012, 14:05)
      2012-11-19T13:00:00Z | later (19 November 2012, 14:05)
    `;
    const at = new Date("2012-11-19T14:05:00Z");
    for (const line of cases.trim().split("\n")) {
      const [now = "", expected] = line.trim().split(" | ");
      expect(formatAgo("en", { at, now: new Date(now) })).toBe(expected);
    }
  });

  it("numbers", () => {
    expect(formatNumber(1234567)).toBe("1,234,567");
    expect(formatNumber(-1234.5678)).toBe("\u22121,234.5678");
    expect(formatNumber(12345678901234567890n)).toBe("12,345,678,901,234,567,890");
  });
});

describe("a place's colour", () => {
  it("contrast is that of WCAG: black on white 21, #767676 on white just enough", () => {
    expect(contrastRatio("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrastRatio("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  });

  it("must be a colour, and dark enough", () => {
    expect(decidePlaceColour("red")).toEqual({ ok: false, refusal: { code: "not_a_colour" } });
    expect(decidePlaceColour("#777777")).toMatchObject({ ok: false, refusal: { code: "colour_too_pale", least: 4.5 } });
    const chosen = decidePlaceColour(" #00703C ");
    if (!chosen.ok) throw new Error("refused");
    expect(placeStylesheet([{ slug: "salford", colour: chosen.value }])).toBe(
      ".place-salford{--place-colour:#00703c}\n",
    );
  });
});

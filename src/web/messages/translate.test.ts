/** Messages: both languages have the same ones with the same values, and each fills in and counts by its own rules. */
import { describe, expect, it } from "vitest";
import { cy } from "./cy.ts";
import { en } from "./en.ts";
import { openMessages, t } from "./translate.ts";

function names(message: string | object): readonly string[] {
  const text = typeof message === "string" ? message : Object.values(message).join(" ");
  return [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ""))].sort();
}

describe("messages", () => {
  it("fills in values, chooses the plural of the language, escapes nothing", () => {
    const cases = `
      en 1 | 1 day ago
      en 2 | 2 days ago
      cy 1 | 1 diwrnod yn ôl
      cy 2 | 2 ddiwrnod yn ôl
      cy 3 | 3 diwrnod yn ôl
    `;
    for (const line of cases.trim().split("\n")) {
      const [, language, count, expected] = /(\w\w) (\d) \| (.*)/.exec(line) ?? [];
      expect(t(language === "cy" ? "cy" : "en")("daysAgo", { count: Number(count) })).toBe(expected);
    }
    expect(t("en")("signedInAs", { name: "<b>", role: "R & D" })).toBe("<b>, R & D");
  });

  it.each(Object.keys(en) as (keyof typeof en)[])("%s has the same values in both languages", (key) => {
    expect(names(cy[key])).toEqual(names(en[key]));
  });

  it("refuses to compile without a Welsh message or a value", () => {
    // @ts-expect-error The Welsh of "two" is missing.
    const words = openMessages({ en: { one: "One {{n}}", two: "Two" }, cy: { one: "Un {{n}}" } });
    // @ts-expect-error The value n is missing.
    expect(words("cy")("one")).toContain("Un");
    expect(words("cy")("one", { n: 4 })).toBe("Un 4");
  });
});

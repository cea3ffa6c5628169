/** Folding: what people type and what is stored meet, whatever the case and the accents. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FOLD_FROM, FOLD_TO, foldText, patternsOf } from "./folding.ts";

const same = `
  Ŵyl y Tŷ         | wyl y ty
  GWYNEDD Âr Gŵyr  | gwynedd ar gwyr
  Café Zoë         | cafe zoe
  St Mary’s        | st mary's
  Irwell           | irwell
`;

const patterns = `
  Irwell support | %irwell% %support%
  support support | %support%
  50% | %50\\%%
  a_b | %a\\_b%
`;

const lines = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((part) => part.trim()));

describe("folding", () => {
  it.each(lines(same))("%s is %s", (text = "", folded) => {
    expect(foldText(text)).toBe(folded);
    expect(foldText(text.normalize("NFD"))).toBe(folded);
  });

  it.each(lines(patterns))("%s is sought as %s", (text = "", expected) => {
    expect(patternsOf(text).join(" ")).toBe(expected);
  });

  it("gives translate() two rows of one length, each letter once", () => {
    expect([...FOLD_FROM].length).toBe([...FOLD_TO].length);
    expect(new Set(FOLD_FROM).size).toBe([...FOLD_FROM].length);
  });

  it("folds what is folded to itself", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => foldText(foldText(text)) === foldText(text)));
  });

  it("seeks ten words at the most", () => {
    expect(patternsOf(Array.from({ length: 30 }, (_, index) => `word${index}`).join(" "))).toHaveLength(10);
  });
});

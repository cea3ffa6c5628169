/** Every fault has its sentence in both languages, and the sentence says what was found and what would be right. */
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../../lib/language.ts";
import { type FaultCode, GRADES } from "./faults.ts";
import { explainFault, FAULT_MESSAGES } from "./messages.ts";
import { validateElection } from "./read-election.ts";
import { APPROVAL, bytesOf } from "./small-election.fixture.ts";

const CODES = Object.keys(GRADES) as FaultCode[];
const words = { found: "FOUND", expected: "EXPECTED" };

describe("messages", () => {
  test("each is one sentence that says what to do, and no two are alike", () => {
    for (const language of LANGUAGES) {
      const sentences = CODES.map((code) => FAULT_MESSAGES[code][language](words));
      expect(new Set(sentences).size).toBe(CODES.length);
      for (const sentence of sentences)
        expect(sentence).toMatch(/^[A-Z“0-9][^\n]*: [^\n]*\.$|^[A-Z“0-9][^\n]*, for [^\n]*\.$/);
    }
  });

  test("both languages tell the same words of the file", () => {
    for (const code of CODES) {
      const told = (sentence: string) => ["FOUND", "EXPECTED"].filter((word) => sentence.includes(word));
      expect([code, told(FAULT_MESSAGES[code].cy(words))]).toEqual([code, told(FAULT_MESSAGES[code].en(words))]);
    }
  });

  test("a fault is told in the language asked for", () => {
    const [fault] = validateElection(bytesOf(APPROVAL.replace("num_votes;5", "num_votes;6"))).kept;
    if (!fault) throw new Error("no fault");
    expect(explainFault(fault, "en")).toBe(
      "META says that there are 6 votes and there are 5: correct num_votes or look for what is missing.",
    );
    expect(explainFault(fault, "cy")).toBe(
      "Mae META yn dweud bod 6 pleidlais ac mae 5: cywirwch num_votes neu chwiliwch am yr hyn sydd ar goll.",
    );
  });
});

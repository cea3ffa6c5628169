/** Reviewers' decisions: what they say, and which contradict each other. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDecisions } from "./decisions.ts";

const IDS = ["a", "b", "c", "d", "e"];

function read(text: string) {
  const rows = text.split(";").map((one, at) => {
    const [left = "", right = "", decision = ""] = one.trim().split(/\s+/);
    return { row: at + 2, left, right, decision };
  });
  return readDecisions(rows, IDS);
}

describe("decisions of reviewers", () => {
  it("become what must and what cannot be one", () => {
    expect(read("a b same; c b different")).toMatchObject({
      ok: true,
      value: { mustLink: [[0, 1]], cannotLink: [[2, 1]] },
    });
  });

  it.each([
    ["a b maybe", { code: "decision_not_known", row: 2, decision: "maybe" }],
    ["a b same; a z same", { code: "decision_without_record", row: 3, id: "z" }],
    ["a a different", { code: "decision_on_itself", row: 2, id: "a" }],
    ["a b same; a b different", { code: "decisions_contradict", row: 3, left: "a", right: "b" }],
    ["a c different; a b same; b c same", { code: "decisions_contradict", row: 2, left: "a", right: "c" }],
  ])("are refused: %s", (text, refusal) => {
    expect(read(text)).toMatchObject({ ok: false, refusal });
  });

  it("that follow one truth never contradict each other, in any order", () => {
    const id = fc.constantFrom(...IDS);
    const truth = fc.array(fc.nat(2), { minLength: IDS.length, maxLength: IDS.length });
    fc.assert(
      fc.property(truth, fc.array(fc.tuple(id, id), { maxLength: 12 }), (person, pairs) => {
        const rows = pairs
          .filter(([left, right]) => left !== right)
          .map(([left, right], at) => {
            const same = person[IDS.indexOf(left)] === person[IDS.indexOf(right)];
            return { row: at + 2, left, right, decision: same ? "same" : "different" };
          });
        expect(readDecisions(rows, IDS).ok).toBe(true);
      }),
    );
  });
});

/** When readings settle a pair, how far readers agree, how many wrong merges there may be, and what shows. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keepPersonIds } from "../people-kept.ts";
import { MOST_FALSE, mostWrong, precisionRecall, readersAgree, stillToRead } from "./measure.ts";
import { type OneReading, settle, type Verdict } from "./settle.ts";
import { shownTogether } from "./shown.ts";

// What the engine did; verdicts in order; whether two read it whatever is read; how it stands.
const cases = `
  linked |                                    | no  | unread
  linked | same                               | no  | settled same
  linked | same                               | yes | second_reader
  linked | different                          | no  | second_reader
  apart  | different                          | no  | settled different
  apart  | same                               | no  | second_reader
  linked | cannot_tell                        | no  | second_reader
  linked | different different                | no  | settled different
  apart  | same same                          | no  | settled same
  linked | different same                     | no  | third_reader
  linked | cannot_tell cannot_tell            | no  | third_reader
  linked | different same same                | no  | settled same
  linked | cannot_tell different different    | no  | settled different
  linked | cannot_tell different same         | no  | open
`;

const readingsOf = (engineLinked: boolean, verdicts: string): readonly OneReading[] =>
  verdicts
    .split(" ")
    .filter((word) => word !== "")
    .map((verdict, at) => ({ readBy: `person:${at}`, verdict: verdict as Verdict, engineLinked }));

test.each(
  cases
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim())),
)(
  "the engine has them %s, people say %j, checked: %s -> %s",
  (engine = "", verdicts = "", checked = "", expected = "") => {
    const settled = settle(readingsOf(engine === "linked", verdicts), { checked: checked === "yes" });
    expect(settled.state === "settled" ? `settled ${settled.verdict}` : settled.state).toBe(expected);
  },
);

describe("the largest share of wrong merges", () => {
  // Clopper and Pearson 1934; with none wrong it is 1 - 0.05^(1/n), which tables give as 0.00994 for 300 and 0.0295 for 100.
  test.each([
    [100, 0, 0.02951],
    [299, 0, 0.00997],
    [300, 0, 0.00994],
    // NIST/SEMATECH e-Handbook, section 7.2.4.1: 4 of 20, one-sided 95 %: 0.40103.
    [20, 4, 0.40103],
  ])("of %i read, %i wrong: %f at most", (read, wrong, bound) => {
    expect(mostWrong({ read, wrong })).toBeCloseTo(bound, 4);
  });
  test("nothing read says nothing", () => expect(mostWrong({ read: 0, wrong: 0 })).toBe(1));
});

// Sample sizes for 95 % confidence of at most 1 %, by how many are wrong, as tables of acceptance sampling give them: 299, 473, 628.
test.each([
  [0, 0, 299],
  [100, 0, 199],
  [299, 0, 0],
  [20, 1, 453],
  [628, 2, 0],
])("of %i read, %i wrong: %i more must be read", (read, wrong, more) => {
  expect(stillToRead({ read, wrong })).toBe(more);
});

test("with so many more read without a fault a threshold may be laid down, and with one fewer not", () => {
  fc.assert(
    fc.property(fc.nat(400), fc.nat(3), (read, wrong) => {
      const more = stillToRead({ read: read + wrong, wrong });
      expect(mostWrong({ read: read + wrong + more, wrong })).toBeLessThanOrEqual(MOST_FALSE);
      if (more > 0) expect(mostWrong({ read: read + wrong + more - 1, wrong })).toBeGreaterThan(MOST_FALSE);
    }),
    { numRuns: 50 },
  );
});

test("kappa of a worked table: 20 both yes, 15 both no, 5 and 10 apart, as Cohen's table is usually shown: 0.4", () => {
  const rows = (count: number, first: Verdict, second: Verdict) =>
    Array.from({ length: count }, () => ({ first, second }));
  const agree = readersAgree([
    ...rows(20, "same", "same"),
    ...rows(5, "same", "different"),
    ...rows(10, "different", "same"),
    ...rows(15, "different", "different"),
  ]);
  expect(agree?.share).toBeCloseTo(0.7, 12);
  expect(agree?.kappa).toBeCloseTo(0.4, 12);
});

test("precision and recall say nothing of a handful of readings", () => {
  expect(precisionRecall([{ probability: 0.9, verdict: "same" }])).toBeNull();
  const pairs = [
    ...Array.from({ length: 15 }, () => ({ probability: 0.9, verdict: "same" as const })),
    ...Array.from({ length: 5 }, () => ({ probability: 0.3, verdict: "same" as const })),
    ...Array.from({ length: 5 }, () => ({ probability: 0.6, verdict: "different" as const })),
  ];
  const at = (threshold: number) => precisionRecall(pairs)?.find((one) => one.threshold === threshold);
  expect(at(0.5)).toEqual({ threshold: 0.5, precision: 0.75, recall: 0.75, pairs: 20 });
  expect(at(0.3)).toEqual({ threshold: 0.3, precision: 0.8, recall: 1, pairs: 25 });
});

describe("what shows together", () => {
  const pair = (left: number, right: number, more: object = {}) => ({
    left,
    right,
    linked: true,
    probability: 0.99,
    verdict: null,
    ...more,
  });
  test.each([
    ["nothing without a threshold", [pair(0, 1)], null, [0, 1, 2]],
    ["what passes it", [pair(0, 1), pair(1, 2, { probability: 0.9 })], 0.95, [0, 0, 1]],
    [
      "what was read, whatever the engine says",
      [pair(0, 1, { linked: false, probability: 0.01, verdict: "same" })],
      null,
      [0, 0, 1],
    ],
    ["never what was read as different", [pair(0, 1, { verdict: "different" })], 0.95, [0, 1, 2]],
    [
      "nor by way of a third record",
      [pair(0, 1, { probability: 0.999 }), pair(1, 2), pair(0, 2, { verdict: "different" })],
      0.95,
      [0, 0, 1],
    ],
  ] as const)("%s", (_, pairs, threshold, groups) => {
    expect([...shownTogether(3, { pairs, threshold }).groupOf]).toEqual(groups);
  });

  test("two that were settled as different never show together, whatever else is there", () => {
    const pairs = fc.array(
      fc.record({
        left: fc.nat(5),
        right: fc.nat(5),
        linked: fc.boolean(),
        probability: fc.double({ min: 0, max: 1, noNaN: true }),
        verdict: fc.constantFrom("different" as const, null),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(pairs, (drawn) => {
        const real = drawn.filter(({ left, right }) => left !== right);
        const { groupOf } = shownTogether(6, { pairs: real, threshold: 0.5 });
        for (const { left, right, verdict } of real)
          if (verdict === "different") expect(groupOf[left]).not.toBe(groupOf[right]);
      }),
    );
  });
});

test("a person keeps the id of whom they share most records with, and nobody's id is used twice", () => {
  const before = new Map([
    ["a", "P"],
    ["b", "P"],
    ["c", "P"],
    ["d", "Q"],
  ]);
  const ids = keepPersonIds({ recordIds: ["a", "b", "c", "d", "e"], personOf: [0, 0, 1, 1, 2], before }, () => "new");
  expect(ids).toEqual(["P", "Q", "new"]);
});

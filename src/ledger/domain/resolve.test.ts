/** What was paid elsewhere, split by hand: what is paid as usual, and what is to be resolved with its reasons; and ages. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mustDay } from "../../lib/day.ts";
import type { Spending } from "./conditions.ts";
import { MOST_RESTRICTED, type Source } from "./draw.ts";
import { ageOf, type Reason, splitPaidElsewhere } from "./resolve.ts";

const source = (stream: string, availablePence: bigint, groups: readonly number[]): Source => ({
  streamId: stream,
  stream,
  ringFenced: false,
  startsOn: mustDay("2012-04-01"),
  endsOn: mustDay("2013-03-31"),
  restrictions: {
    capital: false,
    conditions: groups.length === 0 ? [] : [{ number: 1, kind: "eligible_cost", words: "Staff", terms: { groups } }],
  },
  availablePence,
});
const SOURCES = [source("staff", 60n, [1]), source("free", 40n, [])];
const spending = (subjectiveGroup: number): Spending => ({
  stage: "spending",
  day: mustDay("2013-01-15"),
  themeIds: [],
  partnerId: "irwell",
  capital: false,
  subjectiveGroup,
});

// amount | group of the cost | paid as usual | to be resolved: stream, amount, reason
const CASES = `
  100 | 1 | staff 60, free 40 |
  50  | 1 | staff 50          |
  130 | 1 | staff 60, free 40 | none 30 overspent 30
  40  | 2 | free 40           |
  50  | 2 | free 40           | staff 10 condition 1
  100 | 2 | free 40           | staff 60 condition 1
  130 | 2 | free 40           | staff 60 condition 1, none 30 overspent 30
`;

const reasonWords = (reason: Reason): string =>
  reason.kind === "condition"
    ? `condition ${reason.number}`
    : reason.kind === "overspent"
      ? `overspent ${reason.amountPence}`
      : reason.kind;

const split = (amountPence: bigint, group: number, committed = true) =>
  splitPaidElsewhere({ amountPence, order: MOST_RESTRICTED, spending: spending(group), committed }, SOURCES);

const wordsOf = ({ shares, items }: ReturnType<typeof split>): string =>
  `${shares.map((one) => `${one.streamId} ${one.amountPence}`).join(", ")} | ${items
    .map((one) => `${one.streamId ?? "none"} ${one.amountPence} ${one.reasons.map(reasonWords).join(" ")}`)
    .join(", ")}`;

describe("a payment made elsewhere", () => {
  it.each(
    CASES.trim()
      .split("\n")
      .map((line) => line.split("|").map((cell) => cell.trim())),
  )("of %s for group %s: %s | %s", (amount = "", group = "", shares = "", items = "") => {
    expect(wordsOf(split(BigInt(amount), Number(group)))).toBe(`${shares} | ${items}`);
  });

  it("on no commitment is to be resolved whole", () => {
    expect(wordsOf(split(70n, 1, false))).toBe(" | none 70 no_commitment");
  });

  it("is recorded whole: its shares and items sum to it, and each item has a reason", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 500n }), fc.integer({ min: 1, max: 10 }), (amount, group) => {
        const { shares, items } = split(amount, group);
        expect([...shares, ...items].reduce((sum, one) => sum + one.amountPence, 0n)).toBe(amount);
        for (const one of items) expect(one.amountPence > 0n && one.reasons.length > 0).toBe(true);
      }),
    );
  });
});

describe("the age of an item", () => {
  it.each([
    ["2013-01-15", "2013-01-15", 0, "0-30"],
    ["2013-01-15", "2013-02-14", 30, "0-30"],
    ["2013-01-15", "2013-02-15", 31, "31-60"],
    ["2013-01-15", "2013-03-16", 60, "31-60"],
    ["2013-01-15", "2013-03-17", 61, "61-90"],
    ["2013-01-15", "2013-04-15", 90, "61-90"],
    ["2013-01-15", "2013-04-16", 91, "over 90"],
  ])("from %s to %s is %s days, %s", (from, to, daysOpen, age) => {
    expect(ageOf(mustDay(from), mustDay(to))).toEqual({ daysOpen, age });
  });
});

/** The draw: which streams an amount takes first, as lines of text, and what holds for any amount. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mustDay } from "../../lib/day.ts";
import type { Condition, Spending } from "./conditions.ts";
import {
  compareRestriction,
  DRAW_ORDERS,
  type DrawOrder,
  decideDraw,
  decideShares,
  drawUpTo,
  MOST_RESTRICTED,
  type Source,
} from "./draw.ts";

const FAMILIES: Condition = { number: 1, kind: "purpose", words: "For families", terms: { themeIds: ["families"] } };
const STAFF: Condition = { number: 2, kind: "eligible_cost", words: "Staff only", terms: { groups: [1] } };

// name | ring-fenced | from | to | pence | conditions
const sourcesOf = (text: string): readonly Source[] =>
  rowsOf(text).map(([stream = "", ringFenced, startsOn = "", endsOn = "", pence = "", conditions = ""]) => ({
    streamId: stream,
    stream,
    ringFenced: ringFenced === "ring-fenced",
    startsOn: mustDay(startsOn),
    endsOn: mustDay(endsOn),
    restrictions: {
      capital: conditions.includes("capital"),
      conditions: [FAMILIES, STAFF].filter(({ kind }) => conditions.includes(kind)),
    },
    availablePence: BigInt(pence),
  }));

const rowsOf = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));

const SOURCES = sourcesOf(`
  free-late  | free        | 2012-04-01 | 2014-03-31 | 500 |
  ring-late  | ring-fenced | 2011-04-01 | 2014-03-31 | 300 |
  free-early | free        | 2010-04-01 | 2013-03-31 | 200 |
  ring-early | ring-fenced | 2012-04-01 | 2013-03-31 | 100 |
  ring-also  | ring-fenced | 2012-04-01 | 2013-03-31 | 50  |
`);

const wanting = (amountPence: bigint, order: DrawOrder = MOST_RESTRICTED, spending: Spending | null = null) => ({
  amountPence,
  order,
  spending,
});

// Ring-fenced first, then the earliest end, then the name.
const DRAWS = `
  1    | ring-also 1
  50   | ring-also 50
  120  | ring-also 50, ring-early 70
  450  | ring-also 50, ring-early 100, ring-late 300
  451  | ring-also 50, ring-early 100, ring-late 300, free-early 1
  1150 | ring-also 50, ring-early 100, ring-late 300, free-early 200, free-late 500
  1151 | insufficient_funds 1150
`;

const SHARES = `
  100 | free-late 100                | free-late 100
  100 | free-late 60, ring-late 40   | free-late 60, ring-late 40
  100 | free-late 60, ring-late 39   | shares_do_not_sum
  100 | free-late 60, free-late 40   | stream_twice
  100 | free-late 60, elsewhere 40   | stream_not_in_pot
`;

const parseShares = (text: string) =>
  text.split(", ").map((part) => {
    const [streamId = "", amount = "0"] = part.split(" ");
    return { streamId, amountPence: BigInt(amount) };
  });

describe("the draw", () => {
  it.each(rowsOf(DRAWS))("%s draws %s", (amount = "", expected = "") => {
    const drawn = decideDraw(wanting(BigInt(amount)), SOURCES);
    const found = drawn.ok
      ? drawn.value.map((share) => `${share.streamId} ${share.amountPence}`).join(", ")
      : `${drawn.refusal.code} ${"availablePence" in drawn.refusal ? drawn.refusal.availablePence : ""}`;
    expect(found).toBe(expected);
  });

  it.each(rowsOf(SHARES))("%s as %s is %s", (amount = "", shares = "", expected = "") => {
    const decided = decideShares({ amountPence: BigInt(amount), shares: parseShares(shares), spending: null }, SOURCES);
    expect(decided.ok ? decided.value : decided.refusal.code).toEqual(
      /^[a-z_]+$/.test(expected) ? expected : parseShares(expected),
    );
  });

  it("sums to the amount, takes no more than there is, and does not depend on the order of the streams", () => {
    const shuffled = fc.shuffledSubarray([...SOURCES], { minLength: SOURCES.length });
    const orders = fc.record({
      order: fc.constantFrom(...DRAW_ORDERS),
      streamIds: fc.subarray(SOURCES.map(({ streamId }) => streamId)),
    });
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 1150n }), shuffled, orders, (amount, sources, order) => {
        const drawn = decideDraw(wanting(amount, order), sources);
        if (!drawn.ok) throw new Error("there was enough");
        expect(drawn.value.reduce((sum, share) => sum + share.amountPence, 0n)).toBe(amount);
        for (const share of drawn.value) {
          const source = SOURCES.find(({ streamId }) => streamId === share.streamId);
          expect(share.amountPence > 0n && share.amountPence <= (source?.availablePence ?? 0n)).toBe(true);
        }
        expect(decideDraw(wanting(amount, order), SOURCES)).toEqual(drawn);
      }),
    );
  });
});

// The order of the pot's agreement. In proportion to 50, 100, 300, 200 and 500, worked by hand: of 10 the quotas are 0.43,
// 0.87, 2.61, 1.74 and 4.35; the whole parts come to 7, and the three pennies left go to the largest remainders.
const ORDERED = `
  most_restricted | 120  | ring-also 50, ring-early 70
  oldest_first    | 120  | free-early 120
  oldest_first    | 600  | free-early 200, ring-late 300, ring-also 50, ring-early 50
  most_restricted free-late | 120 | ring-also 50, ring-early 70
  in_proportion   | 10   | ring-early 1, ring-late 3, free-early 2, free-late 4
  in_proportion   | 1150 | ring-also 50, ring-early 100, ring-late 300, free-early 200, free-late 500
  in_proportion   | 1151 | insufficient_funds
  stated_order free-late, ring-late | 900 | free-late 500, ring-late 300, ring-also 50, ring-early 50
  stated_order free-late            | 600 | free-late 500, ring-also 50, ring-early 50
`;

const CONDITIONED = sourcesOf(`
  staff    | ring-fenced | 2012-04-01 | 2013-03-31 | 100 | purpose eligible_cost
  families | ring-fenced | 2012-04-01 | 2013-03-31 | 200 | purpose
  building | free        | 2012-04-01 | 2013-03-31 | 400 | capital
  anything | free        | 2012-04-01 | 2013-03-31 | 50  |
`);

// amount | theme | group | kind | what is drawn, or the refusal with what is kept out and by which conditions
const MET = `
  350 | families | 1 | revenue | staff 100, families 200, anything 50
  210 | families | 2 | revenue | families 200, anything 10
  50  | roads    | 1 | revenue | anything 50
  51  | roads    | 1 | revenue | condition_not_met 50: staff 100 (1 purpose), families 200 (1 purpose), building 400 (0 capital)
  750 | families | 1 | revenue | condition_not_met 350: building 400 (0 capital)
  251 | families | 2 | revenue | condition_not_met 250: staff 100 (2 eligible_cost), building 400 (0 capital)
  751 | families | 1 | revenue | insufficient_funds 350
  400 | families | 1 | capital | building 400
`;

const spendingOn = (theme: string, group: string, kind: string): Spending => ({
  stage: "spending",
  day: mustDay("2012-06-01"),
  themeIds: [theme],
  partnerId: "irwell",
  capital: kind === "capital",
  subjectiveGroup: Number(group),
});

const wordsOf = (drawn: ReturnType<typeof decideDraw>): string => {
  if (drawn.ok) return drawn.value.map((share) => `${share.streamId} ${share.amountPence}`).join(", ");
  if (drawn.refusal.code === "insufficient_funds") return `insufficient_funds ${drawn.refusal.availablePence}`;
  if (drawn.refusal.code !== "condition_not_met") return drawn.refusal.code;
  const { kept, availablePence } = drawn.refusal;
  const each = kept.map((one) => {
    const unmet = one.unmet.map(({ number, kind }) => `${number} ${kind}`).join(" ");
    return `${one.streamId} ${one.keptPence} (${unmet})`;
  });
  return `condition_not_met ${availablePence}: ${each.join(", ")}`;
};

// Which goes first, by the rules in their order: ring-fenced, more conditions, the earlier end, the name.
const PAIRS = `
  ring-fenced | 2012-04-01 | 2014-03-31 | 1 |                       / free        | 2012-04-01 | 2013-03-31 | 1 | purpose
  free        | 2012-04-01 | 2014-03-31 | 1 | purpose eligible_cost / free        | 2012-04-01 | 2013-03-31 | 1 | purpose
  free        | 2012-04-01 | 2014-03-31 | 1 | purpose               / free        | 2012-04-01 | 2013-03-31 | 1 |
  ring-fenced | 2012-04-01 | 2013-03-30 | 1 | purpose               / ring-fenced | 2012-04-01 | 2013-03-31 | 1 | purpose
`.trim();

describe("which of two streams is used first", () => {
  it.each(PAIRS.split("\n").map((line) => line.split("/")))("%s before %s", (first = "", second = "") => {
    // Names the other way round, so that the rule and not the name decides.
    const sources = sourcesOf(`zinc | ${first}\n amber | ${second}`);
    for (const given of [sources, [...sources].reverse()])
      expect([...given].sort(compareRestriction).map(({ stream }) => stream)).toEqual(["zinc", "amber"]);
  });

  it("is by name where nothing else tells them apart, and by id where the name does not", () => {
    const [one] = sourcesOf("Families | free | 2012-04-01 | 2013-03-31 | 1 |");
    if (one === undefined) throw new Error("a stream");
    const named = (stream: string, streamId: string): Source => ({ ...one, stream, streamId });
    const streams = [named("Families", "2"), named("Schools", "0"), named("Families", "1"), named("Elders", "3")];
    for (const given of [streams, [...streams].reverse()])
      expect([...given].sort(compareRestriction).map(({ streamId }) => streamId)).toEqual(["3", "1", "2", "0"]);
  });

  it("is by the day from which it runs where the agreement says the oldest, however restricted", () => {
    const sources = sourcesOf(`
      ring | ring-fenced | 2010-04-01 | 2014-03-31 | 10 |
      free | free        | 2012-04-01 | 2013-03-31 | 10 |
    `);
    const drawn = decideDraw(wanting(15n, { order: "oldest_first", streamIds: [] }), sources);
    expect(wordsOf(drawn)).toBe("ring 10, free 5");
  });

  it("is, unless the agreement says another, by the most restricted, and no stream is named", () => {
    expect(DRAW_ORDERS).toContain(MOST_RESTRICTED.order);
    expect(MOST_RESTRICTED.streamIds).toEqual([]);
  });
});

describe("the order of an agreement", () => {
  it.each(rowsOf(ORDERED))("%s: %s draws %s", (rule = "", amount = "", expected = "") => {
    const [order = "", ...streams] = rule.split(/[ ,]+/);
    const known = DRAW_ORDERS.find((one) => one === order) ?? "most_restricted";
    const drawn = decideDraw(wanting(BigInt(amount), { order: known, streamIds: streams }), SOURCES);
    expect(wordsOf(drawn).replace(/^(insufficient_funds) .*/, "$1")).toBe(expected);
  });
});

describe("a draw on streams with conditions", () => {
  it.each(rowsOf(MET))(
    "%s for %s, group %s, %s: %s",
    (amount = "", theme = "", group = "", kind = "", expected = "") => {
      const spending = spendingOn(theme, group, kind);
      expect(wordsOf(decideDraw(wanting(BigInt(amount), MOST_RESTRICTED, spending), CONDITIONED))).toBe(expected);
    },
  );

  it("refuses stated shares of a stream whose conditions are not met, and names it with its part", () => {
    const shares = parseShares("anything 10, families 30");
    const the = { amountPence: 40n, shares, spending: spendingOn("roads", "1", "revenue") };
    expect(wordsOf(decideShares(the, CONDITIONED))).toBe("condition_not_met 10: families 30 (1 purpose)");
    expect(wordsOf(decideShares({ ...the, spending: null }, CONDITIONED))).toBe("anything 10, families 30");
  });

  it("finds nothing where there is nothing, whatever the order, and does not name a stream that is used up", () => {
    const usedUp = sourcesOf("staff | ring-fenced | 2012-04-01 | 2013-03-31 | 0 | purpose");
    for (const order of DRAW_ORDERS)
      for (const sources of [[], usedUp])
        expect(drawUpTo(wanting(5n, { order, streamIds: [] }, spendingOn("roads", "1", "revenue")), sources)).toEqual({
          shares: [],
          restPence: 5n,
          kept: [],
        });
  });

  it("gives what it can and says what is left: drawn and left sum to the amount, kept money is never drawn", () => {
    const themes = fc.constantFrom("families", "roads");
    const kinds = fc.constantFrom("revenue", "capital");
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2000n }), themes, kinds, (amount, theme, kind) => {
        const { shares, restPence, kept } = drawUpTo(
          wanting(amount, MOST_RESTRICTED, spendingOn(theme, "1", kind)),
          CONDITIONED,
        );
        expect(shares.reduce((sum, share) => sum + share.amountPence, 0n) + restPence).toBe(amount);
        const drawn = new Set(shares.map(({ streamId }) => streamId));
        for (const { streamId } of kept) expect(drawn.has(streamId)).toBe(false);
      }),
    );
  });
});

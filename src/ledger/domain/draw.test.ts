/** The draw: which streams an amount takes first, as lines of text, and what holds for any amount. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mustDay } from "../../lib/day.ts";
import { decideDraw, decideShares, type Source } from "./draw.ts";

const SOURCES: readonly Source[] = [
  ["free-late", false, "2014-03-31", 500n],
  ["ring-late", true, "2014-03-31", 300n],
  ["free-early", false, "2013-03-31", 200n],
  ["ring-early", true, "2013-03-31", 100n],
  ["ring-also", true, "2013-03-31", 50n],
].map(([stream, ringFenced, endsOn, availablePence]) => ({
  streamId: String(stream),
  stream: String(stream),
  ringFenced: ringFenced === true,
  endsOn: mustDay(String(endsOn)),
  availablePence: BigInt(String(availablePence)),
}));

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

const rowsOf = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
const parseShares = (text: string) =>
  text.split(", ").map((part) => {
    const [streamId = "", amount = "0"] = part.split(" ");
    return { streamId, amountPence: BigInt(amount) };
  });

describe("the draw", () => {
  it.each(rowsOf(DRAWS))("%s draws %s", (amount = "", expected = "") => {
    const drawn = decideDraw(BigInt(amount), SOURCES);
    const found = drawn.ok
      ? drawn.value.map((share) => `${share.streamId} ${share.amountPence}`).join(", ")
      : `${drawn.refusal.code} ${"availablePence" in drawn.refusal ? drawn.refusal.availablePence : ""}`;
    expect(found).toBe(expected);
  });

  it.each(rowsOf(SHARES))("%s as %s is %s", (amount = "", shares = "", expected = "") => {
    const decided = decideShares({ amountPence: BigInt(amount), shares: parseShares(shares) }, SOURCES);
    expect(decided.ok ? decided.value : decided.refusal.code).toEqual(
      /^[a-z_]+$/.test(expected) ? expected : parseShares(expected),
    );
  });

  it("sums to the amount, takes no more than there is, and does not depend on the order of the streams", () => {
    const shuffled = fc.shuffledSubarray([...SOURCES], { minLength: SOURCES.length });
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 1150n }), shuffled, (amount, sources) => {
        const drawn = decideDraw(amount, sources);
        if (!drawn.ok) throw new Error("there was enough");
        expect(drawn.value.reduce((sum, share) => sum + share.amountPence, 0n)).toBe(amount);
        for (const share of drawn.value) {
          const source = SOURCES.find(({ streamId }) => streamId === share.streamId);
          expect(share.amountPence > 0n && share.amountPence <= (source?.availablePence ?? 0n)).toBe(true);
        }
        expect(decideDraw(amount, SOURCES)).toEqual(drawn);
      }),
    );
  });
});

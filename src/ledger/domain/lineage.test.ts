/** Which pence went where: worked by hand, and nothing lost for any division of an account's line. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Flow, followSlices, joinSlices } from "./lineage.ts";

function flow(the: { account?: string; from: bigint; to: bigint; record: string; otherFrom?: bigint }): Flow {
  return {
    accountId: the.account ?? "pot",
    accountRecordId: the.account ?? "pot",
    book: "real",
    fromPence: the.from,
    toPence: the.to,
    recordId: the.record,
    transferKind: "allocation",
    otherKind: "allocation",
    otherAccountId: `${the.record} account`,
    otherRecordId: the.record,
    otherFromPence: the.otherFrom ?? 0n,
  };
}

describe("following pence through an account", () => {
  // The account took in 100; 60 went to A, then 30 to B. Of the pence from 50 to 100: 10 to A, 30 to B, 10 stay.
  const flows = [flow({ from: 0n, to: 60n, record: "A" }), flow({ from: 60n, to: 90n, record: "B", otherFrom: 5n })];

  it("takes from each entry what overlaps, and says what no entry took", () => {
    const { branches, restPence } = followSlices([{ accountId: "pot", fromPence: 50n, toPence: 100n }], flows);
    expect(
      branches.map(({ flow: { recordId }, amountPence, there }) => [
        recordId,
        amountPence,
        there.fromPence,
        there.toPence,
      ]),
    ).toEqual([
      ["A", 10n, 50n, 60n],
      ["B", 30n, 5n, 35n],
    ]);
    expect(restPence).toBe(10n);
  });

  it("leaves other accounts alone", () => {
    expect(followSlices([{ accountId: "other", fromPence: 0n, toPence: 10n }], flows)).toEqual({
      branches: [],
      restPence: 10n,
    });
  });

  it("loses nothing: branches and rest sum to the slice, and two halves give what the whole gives", () => {
    const cuts = fc.array(fc.bigInt({ min: 1n, max: 100n }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(cuts, fc.bigInt({ min: 0n, max: 1500n }), fc.bigInt({ min: 0n, max: 1500n }), (sizes, a, b) => {
        let at = 0n;
        const line = sizes.map((size, index) => {
          at += size;
          return flow({ from: at - size, to: at, record: String(index) });
        });
        const [cut, end] = a < b ? [a, b] : [b, a];
        const whole = followSlices([{ accountId: "pot", fromPence: 0n, toPence: end }], line);
        const halves = followSlices(
          [
            { accountId: "pot", fromPence: 0n, toPence: cut },
            { accountId: "pot", fromPence: cut, toPence: end },
          ],
          line,
        );
        const sum = (all: typeof whole) => all.branches.reduce((total, { amountPence }) => total + amountPence, 0n);
        expect(sum(whole) + whole.restPence).toBe(end);
        expect([sum(halves), halves.restPence]).toEqual([sum(whole), whole.restPence]);
        const joined = (all: typeof whole) => joinSlices(all.branches.map(({ there }) => there));
        expect(joined(halves)).toEqual(joined(whole));
      }),
    );
  });
});

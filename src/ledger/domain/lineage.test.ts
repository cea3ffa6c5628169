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
      branches.map(({ flow: { recordId }, amountPence, here, there }) => [
        recordId,
        amountPence,
        `${here.accountId} ${here.fromPence}-${here.toPence}`,
        there.fromPence,
        there.toPence,
      ]),
    ).toEqual([
      ["A", 10n, "pot 50-60", 50n, 60n],
      ["B", 30n, "pot 60-90", 5n, 35n],
    ]);
    expect(restPence).toBe(10n);
  });

  it("takes nothing by an entry that ends where the slice begins", () => {
    const { branches } = followSlices([{ accountId: "pot", fromPence: 60n, toPence: 61n }], flows);
    expect(branches.map(({ flow: { recordId }, amountPence }) => [recordId, amountPence])).toEqual([["B", 1n]]);
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

// Stretches of pence | as one where they touch in one account, in order of account and pence.
const JOINED = `
  pot 0-10, pot 10-30              | pot 0-30
  pot 10-30, pot 0-10              | pot 0-30
  pot 0-10, pot 11-30              | pot 0-10, pot 11-30
  pot 0-10, other 10-30            | other 10-30, pot 0-10
  other 0-10, pot 10-30            | other 0-10, pot 10-30
  pot 10-20, other 0-5, pot 0-10   | other 0-5, pot 0-20
  other 5-9, pot 0-10, other 0-5   | other 0-9, pot 0-10
`;

describe("stretches that touch", () => {
  const slices = (text: string) =>
    text.split(", ").map((one) => {
      const [accountId = "", from = "0", to = "0"] = one.split(/[ -]/);
      return { accountId, fromPence: BigInt(from), toPence: BigInt(to) };
    });
  it.each(
    JOINED.trim()
      .split("\n")
      .map((row) => row.split("|").map((part) => part.trim())),
  )("%s: %s", (apart = "", together = "") => {
    expect(joinSlices(slices(apart))).toEqual(slices(together));
  });
});

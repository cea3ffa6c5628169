/** A pot's figures, worked by hand, and the order in which they must stand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf } from "./address.ts";
import { addFigures, figuresOf } from "./figures.ts";
import { bookOf } from "./mode.ts";

describe("a pot's figures", () => {
  it("adds up what was put in from where it stands", () => {
    // 1,000 put in: 400 undecided, 250 decided and not committed, 150 committed and not paid, 200 paid.
    expect(
      figuresOf({ potPence: 400n, allocationPence: 250n, commitmentPence: 150n, paidPence: 200n, resolvePence: 0n }),
    ).toEqual({
      contributedPence: 1000n,
      allocatedPence: 600n,
      committedPence: 350n,
      paidPence: 200n,
      toResolvePence: 0n,
      leftPence: 800n,
      unallocatedPence: 400n,
    });
  });

  it("shows what was paid over the funds as a figure of its own", () => {
    // 100 put in and all of it committed; 130 paid elsewhere: 100 from the commitment, 30 that nobody has borne yet.
    const over = { potPence: 0n, allocationPence: 0n, commitmentPence: 0n, paidPence: 130n, resolvePence: -30n };
    expect(figuresOf(over)).toEqual({
      contributedPence: 100n,
      allocatedPence: 100n,
      committedPence: 100n,
      paidPence: 130n,
      toResolvePence: 30n,
      leftPence: -30n,
      unallocatedPence: 0n,
    });
  });

  it("adds up two pots, figure by figure", () => {
    const half = { potPence: 200n, allocationPence: 125n, commitmentPence: 75n, paidPence: 100n, resolvePence: -10n };
    expect(addFigures([figuresOf(half), figuresOf(half)])).toEqual({
      contributedPence: 980n,
      allocatedPence: 580n,
      committedPence: 330n,
      paidPence: 200n,
      toResolvePence: 20n,
      leftPence: 780n,
      unallocatedPence: 400n,
    });
  });

  it("keeps paid, less what is to resolve, within committed within allocated within contributed, for one stream and for many", () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });
    const standing = fc
      .record({
        potPence: amount,
        allocationPence: amount,
        commitmentPence: amount,
        paidPence: amount,
        outside: amount,
      })
      .map(({ outside, ...rest }) => ({ ...rest, paidPence: rest.paidPence + outside, resolvePence: -outside }));
    fc.assert(
      fc.property(fc.array(standing, { minLength: 1, maxLength: 5 }), (standings) => {
        for (const figures of [...standings.map(figuresOf), addFigures(standings.map(figuresOf))]) {
          expect(figures.paidPence - figures.toResolvePence <= figures.committedPence).toBe(true);
          expect(figures.committedPence <= figures.allocatedPence).toBe(true);
          expect(figures.allocatedPence <= figures.contributedPence).toBe(true);
          expect(figures.leftPence + figures.paidPence).toBe(figures.contributedPence);
        }
      }),
    );
  });
});

const ADDRESSES = `
  Greater Manchester troubled families pot | greater-manchester-troubled-families-pot
  Families pilot pot, 2011-12              | families-pilot-pot-2011-12
  Cronfa Môn & Tŷ                          | cronfa-mon-ty
  ---                                      | pot
`;

describe("a pot's address", () => {
  it.each(
    ADDRESSES.trim()
      .split("\n")
      .map((line) => line.split("|").map((cell) => cell.trim())),
  )("%s is at %s", (name = "", address = "") => {
    expect(addressOf(name)).toBe(address);
  });

  it("has at most eighty letters, and ends with one", () => {
    expect(addressOf(`${"a".repeat(79)} and more`)).toBe("a".repeat(79));
    expect(addressOf("b".repeat(200))).toBe("b".repeat(80));
  });
});

describe("a pot's book", () => {
  it.each([
    ["aligned", "shadow"],
    ["shadow", "shadow"],
    ["pooled", "real"],
    ["delegated", "real"],
  ] as const)("%s money is in the %s book", (mode, book) => {
    expect(bookOf(mode)).toBe(book);
  });
});

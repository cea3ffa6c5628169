/** Monetary unit sampling by hand, the generator's published numbers, and what must hold of any sample. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { below, splitMix64 } from "../../lib/generator.ts";
import { drawnOf, planSample, type SamplePlan } from "./sample.ts";

type DrawnItem = { readonly at: number; readonly pennies: bigint; readonly certain: boolean };

function draw(plan: SamplePlan, amounts: readonly bigint[]): readonly DrawnItem[] {
  let beforePence = 0n;
  return amounts.flatMap((amountPence, at) => {
    const drawn = drawnOf(plan, { beforePence, amountPence });
    beforePence += amountPence;
    return drawn === null ? [] : [{ at, ...drawn }];
  });
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, one) => all + one, 0n);

describe("the generator", () => {
  it("gives the numbers published for the seed 1234567", () => {
    // Rosetta Code, "Pseudo-random numbers/Splitmix64", which took them from Sebastiano Vigna's splitmix64.c.
    const next = splitMix64(1234567n);
    expect([next(), next(), next(), next(), next()]).toEqual([
      6457827717110365317n,
      3203168211198807973n,
      9817491932198370423n,
      4593380528125082431n,
      16408922859458223821n,
    ]);
  });
  it("draws below its limit, each number about as often as any other", () => {
    const next = splitMix64(7n);
    const counts = [0, 0, 0, 0, 0];
    for (let turn = 0; turn < 5000; turn += 1) {
      const drawn = Number(below(5n, next));
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    // A thousand each; the seed is fixed, and a hundred either way is over three times what chance alone would do.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(100);
  });
  it("draws again what is left over at the end of its range", () => {
    const given = [2n ** 64n - 1n, 4n];
    expect(below(3n, () => given.shift() ?? 0n)).toBe(1n);
  });
});

describe("by hand", () => {
  // Five payments of £3, £0.50, £12, £2 and £2.50: £20 in all. Four items: every £5, the first penny drawn the 400th:
  // pennies 400, 900, 1400 and 1900 of the row.
  const amounts = [300n, 50n, 1200n, 200n, 250n];
  it("draws every £5 from the 400th penny", () => {
    expect(draw({ intervalPence: 500n, startPence: 400n }, amounts)).toEqual([
      { at: 2, pennies: 3n, certain: true },
      { at: 4, pennies: 1n, certain: false },
    ]);
  });
  it("draws the first penny and the last of an item", () => {
    expect(draw({ intervalPence: 500n, startPence: 300n }, amounts)[0]).toEqual({ at: 0, pennies: 1n, certain: false });
    expect(draw({ intervalPence: 500n, startPence: 301n }, amounts)[0]).toEqual({ at: 1, pennies: 1n, certain: false });
  });
  it("plans nothing where there is nothing, and each penny where there are fewer pennies than items", () => {
    expect(planSample({ totalPence: 0n, items: 5, seed: 1n })).toBeNull();
    expect(planSample({ totalPence: 3n, items: 5, seed: 1n })).toEqual({ intervalPence: 1n, startPence: 1n });
    expect(planSample({ totalPence: 2003n, items: 4, seed: 1n })?.intervalPence).toBe(500n);
  });
});

describe("any sample", () => {
  const amounts = fc.array(fc.bigInt({ min: 1n, max: 2n ** 50n }), { minLength: 1, maxLength: 60 });
  const asked = fc.record({
    amounts,
    items: fc.integer({ min: 1, max: 40 }),
    seed: fc.bigInt({ min: 0n, max: 10n ** 18n }),
  });

  it("draws as many pennies as asked, every item as large as the interval, and the same again", () => {
    fc.assert(
      fc.property(asked, ({ amounts: all, items, seed }) => {
        const totalPence = sum(all);
        const plan = planSample({ totalPence, items, seed });
        if (plan === null) throw new Error("there is something to draw from");
        expect(plan.startPence >= 1n && plan.startPence <= plan.intervalPence).toBe(true);
        const drawn = draw(plan, all);
        const pennies = sum(drawn.map((one) => one.pennies));
        if (totalPence >= BigInt(items)) expect(pennies >= BigInt(items)).toBe(true);
        const certain = all.flatMap((amount, at) => (amount >= plan.intervalPence ? [at] : []));
        expect(drawn.filter((one) => one.certain).map((one) => one.at)).toEqual(certain);
        expect(draw(planSample({ totalPence, items, seed }) ?? plan, all)).toEqual(drawn);
      }),
    );
  });
  it("is that of walking along the row penny by penny", () => {
    const small = fc.array(fc.bigInt({ min: 1n, max: 40n }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 10 }), fc.bigInt({ min: 0n, max: 1000n }), (all, items, seed) => {
        const plan = planSample({ totalPence: sum(all), items, seed });
        if (plan === null) throw new Error("there is something to draw from");
        const owners = all.flatMap((amount, at) => Array.from({ length: Number(amount) }, () => at));
        const hits = new Map<number, bigint>();
        for (let penny = plan.startPence; penny <= BigInt(owners.length); penny += plan.intervalPence) {
          const owner = owners[Number(penny) - 1] ?? -1;
          hits.set(owner, (hits.get(owner) ?? 0n) + 1n);
        }
        expect(draw(plan, all).map(({ at, pennies }) => [at, pennies])).toEqual([...hits]);
      }),
    );
  });
});

/** Sentences as people read them, from counts small enough to check by hand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkOutcome } from "../checks/check-outcome.ts";
import { describeChecks } from "../checks/words.ts";
import { counted, smallCounts } from "../counts.fixture.ts";
import { PLAIN, small } from "../election.fixture.ts";
import { explainOutcome } from "./explain.ts";
import { describeInstead, describePurchase, describeUnfunded, type Wording } from "./words.ts";
import { whatWouldChange } from "./would-change.ts";

const election = small("budget 100", "a 60: v1 v2 v3", "b 30: v3 v4", "c 11: v1 v2", "d 7:");
const wording = (language: "en" | "cy"): Wording => ({
  language,
  money: (amount) => `£${amount}`,
  number: (count) => String(count),
  nameOf: (project) => election.projects[project]?.name ?? "",
  ballotsGive: "votes",
});
const outcome = counted({ election, parameters: PLAIN });
const { purchases, unfunded } = explainOutcome(election, outcome);

describe("a project that was not funded", () => {
  const [reason] = unfunded;
  it.each([
    [
      "en",
      "Not funded: its 2 supporters had £10 left between them, £1 less than it costs. With 1 more supporter it would have been funded. At a cost of £10 or less it would have been funded.",
      "Its supporters' shares came to £50. They spent £40 on “a” (2 of them). £10 was not spent.",
    ],
    [
      "cy",
      "Heb ei ariannu: roedd gan ei 2 o gefnogwyr £10 ar ôl rhyngddynt, £1 yn llai na'i gost. Gyda 1 cefnogwr yn fwy byddai wedi'i ariannu. Am gost o £10 neu lai byddai wedi'i ariannu.",
      "Daeth cyfrannau ei gefnogwyr i £50. Gwariwyd £40 ar “a” (2 ohonynt). Ni wariwyd £10.",
    ],
  ] as const)("has its reason, what would have changed it and where the money went: %s", (language, why, instead) => {
    if (reason === undefined || reason.instead === null) throw new Error("c was not funded");
    const change = whatWouldChange(election, { outcome, project: reason.project });
    expect(describeUnfunded(reason, { wording: wording(language), change })).toBe(why);
    expect(describeInstead(reason.instead, wording(language))).toBe(instead);
  });
  it("has what is left with its supporters said once: the same amount, rounded down", () => {
    // 200 for three voters, 66 2/3 each: its one supporter spends nothing.
    const three = small("budget 200", "c 70: v1", "voters 3");
    const [short] = explainOutcome(three, counted({ election: three, parameters: PLAIN })).unfunded;
    if (short === undefined || short.instead === null) throw new Error("c was not funded");
    expect(describeUnfunded(short, { wording: wording("en"), change: null })).toBe(
      "Not funded: its 1 supporter had £66 left, £4 less than it costs.",
    );
    expect(describeInstead(short.instead, wording("en"))).toBe(
      "Its supporters' shares came to £66. £66 was not spent.",
    );
  });
  it("that nobody voted for has no more to say", () => {
    const last = unfunded.at(-1);
    if (last === undefined || last.instead === null) throw new Error("d was not funded");
    expect(describeUnfunded(last, { wording: wording("en"), change: null })).toBe("Not funded: nobody voted for it.");
    expect(describeInstead(last.instead, wording("en"))).toBeNull();
  });
});

describe("in its own unit", () => {
  const said = (given: Parameters<typeof counted>[0], words: Wording) =>
    explainOutcome(given.election, counted(given)).unfunded.map((one) =>
      describeUnfunded(one, { wording: words, change: null }),
    );

  it("a satisfaction is money under cost utility, and votes or points where those are added up", () => {
    const pounds = (amount: bigint) => `£${amount / 100n}.${String(amount % 100n).padStart(2, "0")}`;
    const words = { ...wording("en"), money: pounds };
    // 3 x 50 and 2 x 40 come to 230; with b, 3 x 50.50 and 1 x 20 come to 171.50.
    const pence = small("budget 9000", "a 5000: v1 v2 v3", "b 5050: v1 v2 v3", "c 4000: v4 v5", "d 2000: v4");
    const best = { election: pence, parameters: { ...PLAIN, rule: "max-welfare" } } as const;
    expect(said(best, words)[0]).toBe(
      "Not funded: the best set of projects with it satisfies voters less (£171.50 against £230.00).",
    );
    const byVotes = { ...best, parameters: { ...best.parameters, utility: "cardinality" } } as const;
    // a and c have 5 votes; with b, b and d have 4.
    expect(said(byVotes, words)[0]).toBe(
      "Not funded: the best set of projects with it satisfies voters less (4 against 5).",
    );
    const points = { ...small("budget 10", "a 10: v1*25", "b 10: v1*15"), pointPlaces: 1 };
    const byPoints = { election: points, parameters: { ...PLAIN, rule: "max-welfare", utility: "points" } } as const;
    expect(said(byPoints, { ...words, ballotsGive: "points", pointPlaces: 1 })).toEqual([
      "Not funded: the best set of projects with it satisfies voters less (1.5 against 2.5).",
    ]);
  });

  it("a threshold is in points where the rule counts points, also where greedy by votes is kept", () => {
    // By points b and c go before a; three voters prefer a, which has the most votes, and only one b. c has 2.0 points of the 3.0 needed.
    const points = small("budget 30", "a 30: v1*10 v2*10 v3*10", "b 30: v4*900", "c 5: v4*20");
    const conditions = { ...PLAIN.conditions, threshold: 30n };
    const parameters = { ...PLAIN, rule: "greedy", utility: "points", comparison: "choices", conditions } as const;
    const count = { election: { ...points, pointPlaces: 1 }, parameters };
    expect(said(count, wording("en"))).toEqual([
      "Not funded: £0 was left when its turn came, £30 less than it costs.",
      "Not funded: it has 2 points and needs 3.",
    ]);
    expect(said(count, wording("cy"))[1]).toBe("Heb ei ariannu: 2 pwynt sydd ganddo ac mae angen 3.");
  });
});

describe("a purchase", () => {
  it("says who paid", () => {
    expect(purchases.map((one) => describePurchase(one, wording("en")))).toEqual([
      "Funded as number 1 for £60: 3 supporters paid £20 each. £40 is left.",
      "Funded as number 2 for £30: 1 supporter paid £25 each and 1 gave all they had left. £10 is left.",
    ]);
    expect(purchases.map((one) => describePurchase(one, wording("cy")))).toEqual([
      "Ariannwyd yn rhif 1 am £60: talodd 3 o gefnogwyr £20 yr un. Mae £40 ar ôl.",
      "Ariannwyd yn rhif 2 am £30: talodd 1 cefnogwr £25 yr un ac rhoddodd 1 y cyfan oedd ganddynt ar ôl. Mae £10 ar ôl.",
    ]);
  });
  it("in points with decimals says whole points, and what one costs", () => {
    // 12.5 points buy a project of 25: each point costs 2.
    const points = { ...small("budget 60", "a 25: v1*75 v2*50"), pointPlaces: 1 };
    const asked = { ...wording("en"), ballotsGive: "points", pointPlaces: 1 } as const;
    const said = (rule: "greedy" | "equal-shares") =>
      explainOutcome(
        points,
        counted({ election: points, parameters: { ...PLAIN, rule, utility: "points" } }),
      ).purchases.map((one) => describePurchase(one, asked));
    expect(said("greedy")).toEqual(["Funded as number 1 for £25, with 12.5 points. £35 is left."]);
    expect(said("equal-shares")).toEqual([
      "Funded as number 1 for £25: 2 supporters paid £2 for each point. £35 is left.",
    ]);
  });
  it("by votes says how many", () => {
    const byVotes = counted({ election, parameters: { ...PLAIN, rule: "greedy" } });
    const reasons = explainOutcome(election, byVotes);
    const [first] = reasons.purchases;
    if (first === undefined) throw new Error("a was funded");
    expect(describePurchase(first, wording("en"))).toBe("Funded as number 1 for £60, with 3 votes. £40 is left.");
    // a takes 60, then b 30 (of b and c, with two votes each, b is first); 10 are left for c, 3 of them for nobody but d's 7.
    expect(reasons.unfunded.map((one) => describeUnfunded(one, { wording: wording("en"), change: null }))).toEqual([
      "Not funded: £10 was left when its turn came, £1 less than it costs.",
    ]);
  });
});

describe("whatever was counted", () => {
  it.each(["en", "cy"] as const)("every sentence is whole: %s", (language) => {
    const codes = new Set<string>();
    fc.assert(
      fc.property(smallCounts, (count) => {
        const words: Wording = {
          ...wording(language),
          nameOf: (project) => count.election.projects[project]?.id ?? "?",
        };
        const result = counted(count);
        const explained = explainOutcome(count.election, result);
        const { conditions, utility } = count.parameters;
        const checks = checkOutcome(count.election, { ...result, conditions, utility });
        const sentences = [
          ...explained.purchases.map((one) => describePurchase(one, words)),
          ...explained.unfunded.map((one) => describeUnfunded(one, { wording: words, change: null })),
          ...explained.unfunded.flatMap(({ instead }) => (instead && describeInstead(instead, words)) ?? []),
          ...describeChecks(checks, words),
        ];
        for (const { why } of explained.unfunded) codes.add(why.code);
        for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z0-9].*[.]$/);
        for (const sentence of sentences) expect(sentence).not.toMatch(/undefined|null|NaN|object|\?|£-/);
      }),
      { numRuns: 400, seed: 1 },
    );
    // Every reason there is was met.
    expect(codes.size).toBe(11);
  });
});

/** Checks: by hand, and beside their definitions over all groups of voters on small elections. */
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { counted, type SmallCount, smallCounts } from "../counts.fixture.ts";
import { electionOf, PLAIN, small } from "../election.fixture.ts";
import type { Election } from "../election.ts";
import { readGroups } from "../pabulib/groups.ts";
import { checkOutcome } from "./check-outcome.ts";
import { compareOutcomes, shareGroups } from "./share-groups.ts";
import { describeChecks, describeGroup } from "./words.ts";

const NONE = PLAIN.conditions;
const checked = (election: Election, funded: readonly number[]) =>
  checkOutcome(election, { funded, utility: "cost", conditions: NONE });

// Ten voters with 10 each. Six want a and b, four want c. By votes a and b take all; four voters deserve 40, which c costs.
const town = small("budget 100", "a 50: 1 2 3 4 5 6", "b 50: 1 2 3 4 5 6", "c 40: 7 8 9 10");
const words = {
  money: (amount: bigint) => `£${amount}`,
  number: (count: bigint | number) => String(count),
  nameOf: (project: number) => town.projects[project]?.name ?? "",
  ballotsGive: "votes",
} as const;

describe("a set of projects, by hand", () => {
  it("fails four voters in ten who get nothing", () => {
    const checks = checked(town, [0, 1]);
    expect(checks).toEqual({
      ...{ cost: 100n, fits: true, stillFit: [] },
      represented: {
        is: "no",
        groups: [{ project: 2, voters: 4, deserves: { exact: "40", decimal: "40.00" }, has: 0n }],
      },
      priced: { is: "not_decided" },
      voters: { cast: 10, withNothing: 4, shareOfChoices: { exact: "3/5", decimal: "0.60" } },
    });
    expect(describeChecks(checks, { ...words, language: "en" })).toEqual([
      "The projects cost £100, and no other that anybody voted for fits what is left.",
      "Of 10 voters 4 (40%) have nothing they voted for, and on average 60% of a voter's choices are funded.",
      "4 voters want “c”, which was not funded. Together their shares of the budget come to £40, and none of them has funded projects worth more than £0.",
      "Whether equal shares could have paid for these projects was not worked out.",
    ]);
    for (const sentence of describeChecks(checks, { ...words, language: "cy" })) expect(sentence).not.toBe("");
  });

  it("names first the group that is failed by most, and says how many others there are", () => {
    // c and d: four voters deserve 40, which c costs; d costs 30, so its four would have 10 more than that.
    const more = small("budget 100", "a 50: 1 2 3 4 5 6", "b 50: 1 2 3 4 5 6", "c 40: 7 8 9 10", "d 30: 7 8 9 10");
    const checks = checked(more, [0, 1]);
    expect(checks.represented).toMatchObject({
      groups: [
        { project: 3, voters: 4 },
        { project: 2, voters: 4 },
      ],
    });
    const nameOf = (project: number) => more.projects[project]?.name ?? "";
    expect(describeChecks(checks, { ...words, nameOf, language: "en" })[2]).toBe(
      "4 voters want “d”, which was not funded. Together their shares of the budget come to £40, and none of them has funded projects worth more than £0. The same happened to those who want one other project.",
    );
    const single = small("budget 20", "a 10: 1", "b 10: 2");
    expect(describeChecks(checked(single, [0]), { ...words, nameOf, language: "en" })[2]).toBe(
      "One voter wants “b”, which was not funded. Their share of the budget is £10, and the funded projects they want cost £0.",
    );
  });

  it("does not fail four voters whose shares do not pay for it", () => {
    // Four voters deserve 40, and it costs 41.
    const dear = small("budget 100", "a 50: 1 2 3 4 5 6", "b 50: 1 2 3 4 5 6", "c 41: 7 8 9 10");
    expect(checked(dear, [0, 1]).represented).toEqual({ is: "yes" });
  });

  it("says what still fits, and what does not fit", () => {
    expect(checked(town, [0])).toMatchObject({ fits: true, stillFit: [1, 2] });
    expect(checked(town, [0, 1, 2])).toMatchObject({ fits: false, cost: 140n });
  });

  it("has prices where equal shares chose it, and none where nobody could pay", () => {
    const { funded, stages } = counted({ election: town, parameters: PLAIN });
    expect(funded).toEqual([0, 2]);
    const given = { funded, stages, utility: "cost", conditions: NONE } as const;
    expect(checkOutcome(town, given).priced).toEqual({ is: "yes", share: { exact: "10", decimal: "10.00" } });
    expect(checkOutcome(town, { ...given, funded: [0, 1] }).priced).toMatchObject({ is: "not_by_these_payments" });
    const unwanted = small("budget 10", "a 5: 1", "b 5:");
    expect(checked(unwanted, [1]).priced).toEqual({ is: "no", project: 1 });
  });

  it("shares each project's cost among its supporters, by group", () => {
    // Ballots 1 to 6 are one and so are 7 to 10, merged or not: voters 1, 2 and 7 are young.
    const grouping = {
      column: "age",
      names: ["young", "old"],
      sizes: Uint32Array.from([3, 7]),
      starts: Uint32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
      groups: Uint32Array.from([0, 0, 1, 1, 1, 1, 0, 1, 1, 1]),
      voters: new Uint32Array(10).fill(1),
    };
    const shares = shareGroups(town, { funded: [0, 2], grouping });
    // a: 50 among six, c: 40 among four. The young have 2 x 8 1/3 and 10, the others 4 x 8 1/3 and 30.
    expect(shares).toEqual([
      {
        name: "young",
        voters: 3,
        received: { exact: "80/3", decimal: "26.67" },
        equalPart: { exact: "30", decimal: "30.00" },
        withNothing: 0,
      },
      {
        name: "old",
        voters: 7,
        received: { exact: "190/3", decimal: "63.33" },
        equalPart: { exact: "70", decimal: "70.00" },
        withNothing: 0,
      },
    ]);
    // b alone is what voters 1 to 6 chose: voter 7 is young and has nothing, and so have 8 to 10.
    const ofOne = shareGroups(town, { funded: [1], grouping });
    expect(ofOne.map((share) => share.withNothing)).toEqual([1, 3]);
    expect(shares.map((share) => describeGroup(share, { ...words, language: "en" }))[0]).toBe(
      "young: 3 voters, £27 spent on what they chose, where an equal part of the budget is £30.",
    );
  });

  it("counts the last of a ranking as chosen, though it is worth nought", () => {
    const votes = new Map([["v1", 1]]);
    const projects = [
      { id: "a", cost: 4n, votes },
      { id: "b", cost: 5n, votes },
    ];
    const ranked = electionOf({ projects, budget: 5n, cast: 1, voteType: "ordinal" });
    const { voters, priced } = checkOutcome(ranked, { funded: [1], utility: "borda", conditions: NONE });
    expect(voters).toEqual({ cast: 1, withNothing: 0, shareOfChoices: { exact: "1/2", decimal: "0.50" } });
    expect(priced).toEqual({ is: "not_decided" });
  });

  it("compares two outcomes", () => {
    expect(compareOutcomes(town, { first: [0, 1], second: [0, 2] })).toEqual({
      ...{ inBoth: [0], onlyFirst: [1], onlySecond: [2] },
      byChoices: { first: 6, second: 4, neither: 0 },
      byCost: { first: 6, second: 4, neither: 0 },
      withNothing: { first: 4, second: 0 },
    });
  });
});

/** The definition: over all groups of voters and all unfunded projects that each of them supports. */
function failsSomeGroup({ election }: SmallCount, funded: readonly number[]): boolean {
  const { ballots, projects, budget } = election;
  const voters = [...ballots.weights].flatMap((weight, ballot) => Array.from({ length: weight }, () => ballot));
  const supports = (ballot: number, project: number): boolean => {
    for (let at = ballots.starts[ballot] ?? 0; at < (ballots.starts[ballot + 1] ?? 0); at += 1)
      if (ballots.choices[at] === project) return true;
    return false;
  };
  for (let group = 1; group < 2 ** voters.length; group += 1) {
    const members = voters.filter((_, at) => Math.floor(group / 2 ** at) % 2 === 1);
    for (const [project, { cost, withdrawn }] of projects.entries()) {
      if (withdrawn || funded.includes(project) || !members.every((ballot) => supports(ballot, project))) continue;
      const isFailed = members.every((ballot) => {
        const has = funded
          .filter((one) => supports(ballot, one))
          .reduce((sum, one) => sum + (projects[one]?.cost ?? 0n), 0n);
        return (has + cost) * BigInt(ballots.cast) <= BigInt(members.length) * budget;
      });
      if (isFailed) return true;
    }
  }
  return false;
}

describe("on small elections", () => {
  const sets = fc.tuple(smallCounts, fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }));
  it("a group is failed where the definition finds one, whatever the set", () => {
    const met = { yes: 0, no: 0 };
    fc.assert(
      fc.property(sets, ([count, drawn]) => {
        const funded = count.election.projects.flatMap((_, at) => (drawn[at] ? [at] : []));
        const { represented } = checked(count.election, funded);
        const fails = failsSomeGroup(count, funded);
        met[fails ? "no" : "yes"] += 1;
        expect(represented.is).toBe(fails ? "no" : "yes");
        if (represented.is !== "no") return;
        for (const { project } of represented.groups) expect(funded).not.toContain(project);
      }),
      { numRuns: 500 },
    );
    expect(Math.min(met.yes, met.no)).toBeGreaterThan(20);
  });

  it("equal shares with cost utility fails no group, and its payments are prices", () =>
    fc.assert(
      fc.property(smallCounts, (count) => {
        const drawn = count.parameters;
        const completion = drawn.completion === "add1" ? "add1" : "none";
        const own = { ...drawn, rule: "equal-shares", utility: "cost", comparison: "none", completion } as const;
        const parameters = { ...own, start: "fractional", conditions: NONE } as const;
        const { funded, stages } = counted({ ...count, parameters });
        const checks = checkOutcome(count.election, { funded, stages, utility: "cost", conditions: NONE });
        expect(checks.represented).toEqual({ is: "yes" });
        expect(checks.priced.is).toBe("yes");
      }),
      { numRuns: 1000 },
    ));
});

const REAL = new URL("../../../../shared/data/pabulib/Poland_Gdynia_2025_Dabrowa__small.pb", import.meta.url);
describe.skipIf(!existsSync(REAL))("a real election (skipped where ../shared/data/pabulib is not there)", () => {
  it("gives groups together what was spent on projects that somebody chose", () => {
    const { election, columns, groupings } = readGroups(readFileSync(REAL), {
      asked: ["age", "sex", "voting_method", "neighborhood"].map((column) => ({ column })),
    });
    if (election === null) throw new Error("the file can be counted");
    expect(columns.length).toBeGreaterThan(0);
    const { funded, stages, cost } = counted({ election, parameters: PLAIN });
    const checking = { funded, stages, utility: "cost", conditions: NONE } as const;
    expect(checkOutcome(election, checking)).toMatchObject({ represented: { is: "yes" }, priced: { is: "yes" } });
    for (const grouping of groupings) {
      const shares = shareGroups(election, { funded, grouping });
      const received = shares.reduce((sum, { received: { decimal } }) => sum + Number(decimal), 0);
      expect(received).toBeCloseTo(Number(cost), -1);
      expect(shares.reduce((sum, { voters }) => sum + voters, 0)).toBe(election.ballots.cast);
    }
  });
});

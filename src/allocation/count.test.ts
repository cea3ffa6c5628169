/**
 * The rules: worked examples, a second implementation by plain fractions on thousands of small elections, and what must hold
 * whatever the ballots are.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countElection } from "./count.ts";
import { electionOf, PLAIN, type SmallProject, small } from "./election.fixture.ts";
import { type Election, VOTE_TYPES } from "./election.ts";
import type { Outcome, Parameters } from "./outcome.ts";
import { type PlainElection, plainAddOne, plainPhragmen, plainShares, plainWelfare } from "./plain-count.fixture.ts";

function count(election: Election, parameters: Partial<Parameters> = {}): Outcome {
  const counted = countElection(election, { parameters: { ...PLAIN, ...parameters } });
  if (!counted.ok) throw new Error(counted.refusal.code);
  return counted.value;
}

const ids = (election: Election, { funded }: Outcome): string =>
  funded.map((project) => election.projects[project]?.id).join(" ");

const funded = (election: Election, parameters: Partial<Parameters> = {}): string =>
  ids(election, count(election, parameters));

const voters = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, at) => `v${from + at}`).join(" ");

describe("worked examples", () => {
  // electowiki.org/wiki/Method_of_Equal_Shares, "Motivation": 51 in 100 want ten red projects and 49 ten blue ones, and the
  // money is enough for ten. By votes all are red; by equal shares half are.
  const red = Array.from({ length: 10 }, (_, at) => `red${at} 1000: ${voters(1, 51)}`);
  const blue = Array.from({ length: 10 }, (_, at) => `blue${at} 1000: ${voters(52, 100)}`);
  const town = small("budget 10000", ...red, ...blue);
  const colours = (parameters: Partial<Parameters>) => {
    const words = funded(town, parameters).split(" ");
    return `${words.filter((word) => word.startsWith("red")).length} red, ${words.filter((word) => word.startsWith("blue")).length} blue`;
  };

  it.each([
    ["greedy", "none", "10 red, 0 blue"],
    ["equal-shares", "none", "5 red, 4 blue"],
    ["equal-shares", "add1", "5 red, 5 blue"],
    ["equal-shares", "greedy", "6 red, 4 blue"],
    ["phragmen", "none", "5 red, 5 blue"],
  ] as const)("share money between groups: %s, %s gives %s", (rule, completion, expected) =>
    expect(colours({ rule, completion })).toBe(expected),
  );

  // By hand. Four voters have 25 each. Under cost utility a (3 votes) costs 20 for each, effective votes 3; then v1 to v3 hold 5,
  // v4 25: b needs 30 of v3 and v4, who pay 5 and 25.
  it("lets who has little pay all they have", () => {
    const election = small("budget 100", "a 60: v1 v2 v3", "b 30: v3 v4", "c 11: v1 v2");
    const { stages, funded: bought } = count(election);
    expect(bought.map((project) => election.projects[project]?.id)).toEqual(["a", "b"]);
    const payments = stages[0]?.purchases.map(({ over, under }) => `${over}/${under}`);
    // In quarters of a unit: a takes 80, which is 20 each; b takes 100, which is 25, from who can pay it.
    expect(payments?.map((text) => text.replace("/1", ""))).toHaveLength(2);
    expect(stages[0]?.purchases.map(({ over, under }) => Number(over) / Number(under) / 4)).toEqual([20, 25]);
  });
});

describe("exactness", () => {
  it("tells costs apart that are one float", () => {
    const [less, more] = [2n ** 60n, 2n ** 60n + 1n];
    expect(Number(less)).toBe(Number(more));
    const election = small(`budget ${2n ** 62n}`, `a ${more}: v1 v2`, `b ${less}: v1 v2`);
    for (const rule of ["equal-shares", "greedy", "phragmen"] as const)
      expect(funded(election, { rule, utility: "cardinality" })).toBe("b a");
  });

  it("buys what its supporters can pay to the last part, and not what lacks one", () => {
    // Each of three has a third of 100 left over from nothing: two thirds of 100 are 66 and 2/3.
    const enough = small("budget 99", "voters 3", "a 66: v1 v2");
    const lacking = small("budget 100", "voters 3", "a 67: v1 v2");
    expect([funded(enough), funded(lacking)]).toEqual(["a", ""]);
    const many = Array.from({ length: 7 }, (_, at) => `p${at} ${1000 + at}: ${voters(1, 11 + at)}`);
    const last = 17n * 1_000_003n;
    const spent = many.reduce((sum, line) => sum + BigInt(/ (\d+):/.exec(line)?.[1] ?? 0), 0n);
    const left = small(`budget ${last}`, ...many, `z ${last - spent}: ${voters(1, 17)}`);
    const short = small(`budget ${last}`, ...many, `z ${last - spent + 1n}: ${voters(1, 17)}`);
    // By votes a pound the dear one comes last, and takes all that everybody has left.
    const utility = "cardinality";
    expect(funded(left, { utility }).split(" ")).toHaveLength(8);
    expect(funded(short, { utility }).split(" ")).toHaveLength(7);
  });
});

describe("ties", () => {
  const election = small("budget 30", "b 10: v1", "a 10: v2", "c 10: v1 v2");
  it("are reported with everyone in them, in the order that the policy gives", () => {
    const { stages } = count(small("budget 30", "b 10: v1", "a 10: v2", "10 10: v3", "2 10: v3"), { rule: "greedy" });
    expect(stages[0]?.ties).toEqual([{ round: 1, projects: [2, 3, 1, 0] }]);
    expect(count(election).stages[0]?.ties).toEqual([{ round: 2, projects: [1, 0] }]);
  });

  it("go to the lower cost, then to more votes, then to the published lot", () => {
    const same = small("budget 30", "a 10: v1", "b 10: v2", "c 10: v3");
    const orders = ["x", "y", "z", "w"].map((seed) =>
      funded(same, { rule: "greedy", ties: { kind: "cost-votes-lot", seed } }),
    );
    expect(new Set(orders).size).toBeGreaterThan(1);
    const costs = small("budget 30", "a 20: v1 v2", "b 10: v3", "c 10: v4 v5");
    const ties = { kind: "cost-votes-lot", seed: "any" } as const;
    expect(funded(costs, { rule: "greedy", utility: "cost", ties })).toBe("c a");
    expect(funded({ ...costs, budget: 60n }, { utility: "cardinality", ties })).toBe("c b a");
  });
});

describe("conditions of a place", () => {
  const election = small("budget 100", "a 40: v1 v2 v3", "b 50: v1 v2", "c 30: v4", "d 10: v4");
  const conditions = PLAIN.conditions;
  it.each(["greedy", "max-welfare"] as const)("hold under %s", (rule) => {
    expect(funded(election, { rule, conditions: { ...conditions, threshold: 2n } })).toBe("a b");
    expect(funded(election, { rule, conditions: { ...conditions, incompatible: [[0, 1]] } })).toBe("a c d");
  });
  it("withdrawn projects are never funded", () => {
    const [first, ...others] = election.projects;
    const projects = first === undefined ? [] : [{ ...first, withdrawn: true }, ...others];
    for (const rule of ["greedy", "equal-shares", "phragmen", "max-welfare"] as const)
      expect(funded({ ...election, projects }, { rule, completion: "greedy" }).split(" ")).not.toContain("a");
  });
});

describe("what cities add", () => {
  // Three in five want a and b, which cost all the money; two want c and d.
  const election = small("budget 100", "a 50: v1 v2 v3", "b 50: v1 v2 v3", "c 40: v4 v5", "d 20: v4");

  it("the comparison step keeps greedy by votes where strictly more voters prefer it", () => {
    // Equal shares: 20 each, so v1 to v3 buy a (60 held), v4 and v5 buy c (40 held). Two of a kind for three voters against one for two.
    const { compared, funded: kept } = count(election, { comparison: "choices" });
    expect(compared).toEqual({
      rule: { funded: [0, 2], preferredBy: 2 },
      greedy: { funded: [0, 1], preferredBy: 3 },
      kept: "greedy",
    });
    expect(kept).toEqual([0, 1]);
    // By who has anything at all: v4 and v5 have nothing by votes, and nobody has nothing by equal shares.
    expect(count(election, { comparison: "exclusion" }).compared).toMatchObject({
      rule: { preferredBy: 2 },
      greedy: { preferredBy: 0 },
      kept: "rule",
    });
  });

  it("the next project gets what is left", () => {
    expect(count(election, { partFunding: true }).part).toEqual({ project: 1, money: 10n });
    expect(count(election, { rule: "greedy", partFunding: true }).part).toBeNull();
    expect(count({ ...election, budget: 120n }, { rule: "greedy", misfit: "stop", partFunding: true }).part).toEqual({
      project: 2,
      money: 20n,
    });
  });

  it("what is left goes to one that it does not pay for whole", () => {
    // Equal shares: 20 each. v1 to v3 buy a; nobody can buy b, which 50 would pay for, nor c, which needs 60.
    const dear = small("budget 100", "a 50: v1 v2 v3", "b 45: v1 v2", "c 60: v4 v5");
    expect(count(dear, { partFunding: true })).toMatchObject({ funded: [0], part: { project: 2, money: 50n } });
    expect(count(dear, { rule: "greedy", partFunding: true })).toMatchObject({
      funded: [0, 1],
      part: { project: 2, money: 5n },
    });
  });

  it("the next of Phragmen is the one that was due", () => {
    // a is bought at a load of 10. Then b is due at 20, and 50 is left; c has more votes and is due at (70 + 2 x 10) / 4.
    const election = small("budget 70", "a 20: v1 v2", "b 60: v3 v4 v5", "c 70: v1 v2 v6 v7");
    const { funded: bought, part } = count(election, { rule: "phragmen", partFunding: true });
    expect([bought, part]).toEqual([[0], { project: 1, money: 50n }]);
  });

  it("a threshold is of the rule's own votes or points, in the comparison with greedy by votes too", () => {
    // Of points a has 6, b 5 and c 9; of votes a has 2, which would be fewer than 5.
    const election = small("budget 20", "a 20: v1*3 v2*3", "b 20: v3*5", "c 20: v4*9");
    const asked = { rule: "greedy", utility: "points", comparison: "choices" } as const;
    const conditions = { ...PLAIN.conditions, threshold: 5n };
    expect(count(election, { ...asked, conditions }).compared).toEqual({
      rule: { funded: [2], preferredBy: 1 },
      greedy: { funded: [0], preferredBy: 2 },
      kept: "greedy",
    });
  });

  it("with greedy by votes kept, the next is the next by votes", () => {
    // By votes a pound b is next, by votes c: greedy by votes is kept, so c gets what is left.
    const election = small("budget 50", "a 40: v1 v2 v3 v4", "b 11: v5 v6", "c 60: v1 v2 v3", "d 25: v5", "e 25: v6");
    const asked = { rule: "equal-shares", utility: "cardinality", comparison: "choices", partFunding: true } as const;
    const { compared, part } = count(election, asked);
    expect([compared?.kept, part]).toEqual(["greedy", { project: 2, money: 10n }]);
  });

  it("greedy goes on to the next that fits, or stops at the first that does not", () => {
    expect(funded({ ...election, budget: 120n }, { rule: "greedy" })).toBe("a b d");
    expect(funded({ ...election, budget: 120n }, { rule: "greedy", misfit: "stop" })).toBe("a b");
  });

  it("categories and neighbourhoods cost no more than their limits", () => {
    const projects = election.projects.map((project, at) => ({ ...project, categories: at < 2 ? ["park"] : [] }));
    const limits = [{ of: "category", name: "park", most: 60n }] as const;
    const conditions = { ...PLAIN.conditions, limits };
    for (const rule of ["greedy", "equal-shares", "phragmen", "max-welfare"] as const) {
      const words = funded({ ...election, budget: 200n, projects }, { rule, conditions }).split(" ");
      expect(words.filter((word) => "ab".includes(word))).toEqual(["a"]);
    }
  });
});

describe("Add1", () => {
  it("leaps over the raises that change nothing", () => {
    // v2 buys b at once. v1 can pay for a when the share is 9 in 10 of the budget: the last of 4 x 10^14 raises spends too much.
    const whole = 10n ** 15n;
    const election = small(`budget ${whole}`, `a ${(whole * 9n) / 10n}: v1`, `b ${whole / 5n}: v2`);
    const { increments, funded: bought } = count(election, {
      completion: "add1",
      stop: "overspend",
    });
    expect(bought).toEqual([1]);
    expect(increments).toBe(4e14);
  });
});

describe("Add1 to the end", () => {
  it("ends where all that is left is barred", { timeout: 5_000 }, () => {
    const election = small("budget 100", "a 40: v1 v2", "b 50: v1 v2");
    const conditions = { ...PLAIN.conditions, incompatible: [[0, 1]] };
    const parameters = { completion: "add1", stop: "overspend", conditions } as const;
    expect(count(election, parameters)).toMatchObject({ funded: [0], increments: 0 });
  });
});

describe("what cannot be counted", () => {
  it.each([
    ["greedy", "points", "utility_needs_points"],
    ["equal-shares", "borda", "utility_needs_ranking"],
  ] as const)("%s with %s on approvals is refused: %s", (rule, utility, code) => {
    const counted = countElection(small("budget 1", "a 1: v1"), { parameters: { ...PLAIN, rule, utility } });
    expect(counted).toMatchObject({ ok: false, refusal: { code } });
  });
  it("Phragmen on points is refused, and an election without ballots", () => {
    const points = small("budget 1", "a 1: v1*2");
    expect(countElection(points, { parameters: { ...PLAIN, rule: "phragmen" } })).toMatchObject({
      refusal: { code: "phragmen_needs_approvals" },
    });
    expect(countElection(small("budget 1", "a 1:"), { parameters: PLAIN })).toMatchObject({
      refusal: { code: "no_ballots" },
    });
    expect(VOTE_TYPES).toHaveLength(5);
  });
});

/** Small elections with few different costs and points, so that ties and poor voters are frequent. */
const elections = fc
  .record({
    costs: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 7 }),
    cast: fc.integer({ min: 1, max: 7 }),
    budget: fc.integer({ min: 1, max: 40 }),
    utility: fc.constantFrom("cost", "cardinality", "points"),
    seed: fc.infiniteStream(fc.integer({ min: 0, max: 4 })),
  })
  .map(({ costs, cast, budget, utility, seed }): PlainElection & { readonly utility: PlainElection["utility"] } => {
    const projects = costs.map((cost, at): SmallProject => {
      const votes = new Map<string, number>();
      for (let voter = 0; voter < cast; voter += 1) {
        const points = Math.max(0, (seed.next().value as number) - 1);
        if (points > 0) votes.set(`v${voter}`, points);
      }
      return { id: `p${(at * 7) % 10}`, cost: BigInt(cost), votes };
    });
    return { projects, budget: BigInt(budget), cast, utility: utility as PlainElection["utility"] };
  });

const asElection = (the: PlainElection): Election =>
  electionOf({ ...the, voteType: the.utility === "points" ? "scoring" : "approval" });

const RUNS = { numRuns: 500 };

describe("beside a second implementation by plain fractions", () => {
  it("equal shares buys the same in the same order", () =>
    fc.assert(
      fc.property(elections, (plain) => {
        expect(funded(asElection(plain), { utility: plain.utility })).toBe(plainShares(plain).join(" "));
      }),
      RUNS,
    ));

  it.each(["exhaustive", "overspend"] as const)("Add1 with the %s stop gives the same", (stop) =>
    fc.assert(
      fc.property(elections, (plain) => {
        const got = funded(asElection(plain), { utility: plain.utility, completion: "add1", stop });
        expect(got).toBe(plainAddOne(plain, stop).join(" "));
      }),
      { numRuns: 300 },
    ),
  );

  it("Add1 that leaps gives the same as raise by raise, of costs with many raises between them", () =>
    fc.assert(
      fc.property(elections, fc.integer({ min: 5, max: 60 }), (small, scale) => {
        const times = (amount: bigint) => amount * BigInt(scale);
        const projects = small.projects.map((one, at) => ({ ...one, cost: times(one.cost) + BigInt(at % 3) }));
        const plain = { ...small, projects, budget: times(small.budget) };
        const got = funded(asElection(plain), { utility: plain.utility, completion: "add1", stop: "overspend" });
        expect(got).toBe(plainAddOne(plain, "overspend").join(" "));
      }),
      { numRuns: 200 },
    ));

  it("Phragmen buys the same in the same order", () =>
    fc.assert(
      fc.property(elections, (plain) => {
        const approvals = { ...plain, utility: "cardinality" } as const;
        expect(funded(asElection(approvals), { rule: "phragmen" })).toBe(plainPhragmen(approvals).join(" "));
      }),
      RUNS,
    ));

  it("maximum welfare reaches the greatest sum of all sets, and its set has that sum and fits", () =>
    fc.assert(
      fc.property(elections, (plain) => {
        const { utility } = plain;
        const election = asElection(plain);
        const outcome = count(election, { rule: "max-welfare", utility });
        expect(outcome.optimum).toBe(plainWelfare(plain));
        expect(outcome.cost).toBeLessThanOrEqual(plain.budget);
        const only = plain.projects.filter((_, at) => outcome.funded.includes(at));
        expect(plainWelfare({ ...plain, projects: only })).toBe(outcome.optimum);
      }),
      RUNS,
    ));
});

describe("whatever the ballots are", () => {
  it("their order does not matter, nor the order of the projects", () =>
    fc.assert(
      fc.property(elections, fc.constantFrom("greedy", "equal-shares", "max-welfare"), (plain, rule) => {
        const turned: PlainElection = {
          ...plain,
          projects: [...plain.projects].reverse().map((one) => ({ ...one, votes: new Map([...one.votes].reverse()) })),
        };
        const parameters = { rule, utility: plain.utility, completion: "add1-greedy" } as const;
        expect(funded(asElection(turned), parameters)).toBe(funded(asElection(plain), parameters));
      }),
      RUNS,
    ));

  it("each project is paid exactly, and nobody pays more than their share", () =>
    fc.assert(
      fc.property(elections, (plain) => {
        const { stages } = count(asElection(plain), { utility: plain.utility, completion: "add1" });
        const [stage] = stages;
        const holds = new Map<string, number>();
        const share = Number(stage?.share ?? 0n);
        for (const { project, over, under } of stage?.purchases ?? []) {
          const one = plain.projects[project];
          let paid = 0;
          for (const [voter, points] of one?.votes ?? []) {
            const held = holds.get(voter) ?? share;
            const due = (Number(over) / Number(under)) * (plain.utility === "points" ? points : 1);
            paid += Math.min(held, due);
            holds.set(voter, Math.max(0, held - due));
          }
          expect(paid).toBeCloseTo(Number(one?.cost) * plain.cast, 6);
        }
      }),
      RUNS,
    ));
});

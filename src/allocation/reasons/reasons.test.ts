/** Reasons: by hand, and beside every cost and every number of supporters tried one by one. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { counted, type SmallCount, smallCounts } from "../counts.fixture.ts";
import { PLAIN, small } from "../election.fixture.ts";
import type { Election } from "../election.ts";
import { readFraction } from "../fraction.ts";
import type { Parameters } from "../outcome.ts";
import { roundDown } from "./exact.ts";
import { explainOutcome } from "./explain.ts";
import type { UnfundedReason } from "./explanation.ts";
import { whatWouldChange } from "./would-change.ts";

const explained = (election: Election, parameters: Partial<Parameters> = {}) =>
  explainOutcome(election, counted({ election, parameters: { ...PLAIN, ...parameters } }));
const why = (election: Election, parameters: Partial<Parameters> = {}) =>
  Object.fromEntries(
    explained(election, parameters).unfunded.map(({ project, why: code }) => [election.projects[project]?.id, code]),
  );

describe("equal shares, by hand", () => {
  // Four voters have 25 each. a costs v1 to v3 20 each (3 effective votes). Then they hold 5 and v4 25: b costs v3 all 5, v4 25, and is
  // worth 30 / 25 = 1.2 effective votes. c costs 11: v1 and v2 hold 10 between them, short by 1.
  const election = small("budget 100", "a 60: v1 v2 v3", "b 30: v3 v4", "c 11: v1 v2", "d 7:");
  const { purchases, unfunded, share } = explained(election);

  it("says who paid for what", () => {
    expect(share).toEqual({ exact: "25", decimal: "25.00" });
    expect(purchases).toEqual([
      {
        ...{ project: 0, order: 1, stage: "equal-shares", cost: 60n, voters: 3, score: 3n, left: 40n, load: null },
        paid: {
          ...{ payment: { exact: "20", decimal: "20.00" }, effectiveVotes: { exact: "3", decimal: "3.00" } },
          ...{ inFull: 3, all: 0, nothing: 0 },
          leftWithSupporters: { exact: "15", decimal: "15.00" },
          leftWithAll: { exact: "40", decimal: "40.00" },
        },
      },
      {
        ...{ project: 1, order: 2, stage: "equal-shares", cost: 30n, voters: 2, score: 2n, left: 10n, load: null },
        paid: {
          ...{ payment: { exact: "25", decimal: "25.00" }, effectiveVotes: { exact: "6/5", decimal: "1.20" } },
          ...{ inFull: 1, all: 1, nothing: 0 },
          leftWithSupporters: { exact: "0", decimal: "0.00" },
          leftWithAll: { exact: "10", decimal: "10.00" },
        },
      },
    ]);
  });

  it("says what the others were short of, and where their supporters' money went", () => {
    const [c, d] = unfunded as [UnfundedReason, UnfundedReason];
    expect(c).toEqual({
      ...{ project: 2, why: { code: "supporters_lack" }, voters: 2, cost: 11n, part: null },
      lacking: {
        held: { exact: "10", decimal: "10.00" },
        short: { exact: "1", decimal: "1.00" },
        ...{ furtherWithShare: 1, furtherWithAverage: 1 },
      },
      // c had 2 effective votes at first; once a was bought its supporters could not pay.
      effectiveVotes: ["2.00", null, null],
      instead: { shares: 50n, unspent: 10n, bought: [{ project: 0, paid: 40n, payers: 2 }] },
    });
    expect(d.why).toEqual({ code: "no_supporters" });
    expect(d.lacking).toMatchObject({ short: { exact: "7" }, furtherWithShare: 1, furtherWithAverage: null });
  });

  it("says what would have changed it", () => {
    const outcome = counted({ election, parameters: PLAIN });
    // At 10 its supporters can pay what they have left.
    expect(whatWouldChange(election, { outcome, project: 2 })?.cost).toEqual({ is: "largest", cost: 10n });
    // A fifth voter for c only: 20 each. a takes all that v1 to v3 have, and the fifth alone pays 11.
    expect(whatWouldChange(election, { outcome, project: 2 })?.supporters).toEqual({ is: "fewest", voters: 1 });
    expect(whatWouldChange(election, { outcome, project: 0 })).toBeNull();
  });
});

describe("a share of nought", () => {
  it("is what no number of further supporters adds anything with", () => {
    // 2 among three voters is no whole unit each, and in an integral start each begins with nothing.
    const election = small("budget 2", "a 2: v1 v2 v3");
    const parameters = { ...PLAIN, completion: "add1", start: "integral" } as const;
    const conditions = { ...PLAIN.conditions, threshold: 9n };
    const { unfunded } = explainOutcome(election, counted({ election, parameters: { ...parameters, conditions } }));
    expect(unfunded).toMatchObject([
      { lacking: { held: { exact: "0" }, furtherWithShare: null, furtherWithAverage: null } },
    ]);
  });
});

describe("reasons not to be funded", () => {
  const election = small("budget 100", "a 40: v1 v2 v3", "b 70: v1 v2", "c 30: v4", "d 50: v4 v5 v6 v7", "e 101: v1");
  it("by votes: what was left when its turn came", () => {
    // d has 4 votes, a 3: 10 are left for b (2 votes) and c (1).
    expect(why(election, { rule: "greedy" })).toEqual({
      b: { code: "no_money_left", left: 10n, short: 60n },
      c: { code: "no_money_left", left: 10n, short: 20n },
      e: { code: "costs_more_than_budget", budget: 100n },
    });
    expect(why(election, { rule: "greedy", misfit: "stop" })).toMatchObject({ c: { code: "stopped_before", by: 1 } });
  });
  it("by Phragmen: what was due and did not fit", () => {
    // d is due at 12.5, a at 13.3, c at 42.5 (30 and the 12.5 of v4), b at (70 + 26.7) / 2 = 48.3.
    expect(why(election, { rule: "phragmen" })).toEqual({
      b: { code: "stopped_before", by: 2 },
      c: { code: "due_but_did_not_fit", left: 10n, short: 20n },
      e: { code: "costs_more_than_budget", budget: 100n },
    });
  });
  it("by greatest satisfaction: how great it is with the project in", () => {
    // One each: a and d have 7 (90); with b the best is b and c, 3; with c, c and d make 5 (and a and c 4).
    expect(why(election, { rule: "max-welfare", utility: "cardinality" })).toMatchObject({
      b: { code: "not_in_best_set", best: 7n, withIt: 3n },
      c: { code: "not_in_best_set", best: 7n, withIt: 5n },
    });
  });
  it("by what a place lays down", () => {
    const projects = election.projects.map((one, at) => ({
      ...one,
      withdrawn: at === 4,
      categories: at < 2 ? ["park"] : [],
    }));
    const limit = { of: "category", name: "park", most: 60n } as const;
    const conditions = { threshold: 2n, incompatible: [], limits: [limit] };
    expect(why({ ...election, projects }, { rule: "greedy", conditions })).toEqual({
      b: { code: "over_limit", limit, left: 20n },
      c: { code: "below_threshold", has: 1n, needs: 2n, unit: "votes", places: 0 },
      e: { code: "withdrawn" },
    });
    const incompatible = { ...PLAIN.conditions, incompatible: [[2, 3]] };
    expect(why(election, { rule: "greedy", conditions: incompatible })).toMatchObject({
      c: { code: "incompatible", with: 3 },
    });
  });
});

const isFunded = ({ election, parameters }: SmallCount, project: number): boolean =>
  counted({ election, parameters }).funded.includes(project);

const atCost = (count: SmallCount, { project, cost }: { readonly project: number; readonly cost: bigint }): boolean =>
  isFunded(
    {
      ...count,
      election: {
        ...count.election,
        projects: count.election.projects.map((one, at) => (at === project ? { ...one, cost } : one)),
      },
    },
    project,
  );

function withVoters(
  count: SmallCount,
  { project, more }: { readonly project: number; readonly more: number },
): boolean {
  const { ballots } = count.election;
  const [points, end] = [ballots.points, ballots.choices.length];
  const most = Math.max(1, ...(points ?? []));
  const added = {
    cast: ballots.cast + more,
    weights: Uint32Array.from([...ballots.weights, ...Array.from({ length: more }, () => 1)]),
    starts: Uint32Array.from([...ballots.starts, ...Array.from({ length: more }, (_, at) => end + at + 1)]),
    choices: Uint32Array.from([...ballots.choices, ...Array.from({ length: more }, () => project)]),
    points: points === null ? null : Float64Array.from([...points, ...Array.from({ length: more }, () => most)]),
  };
  return isFunded({ ...count, election: { ...count.election, ballots: added } }, project);
}

describe("beside every cost and every number of supporters", () => {
  const each = (check: (count: SmallCount, project: number) => void) =>
    fc.assert(
      fc.property(smallCounts, (count) => {
        const outcome = counted(count);
        count.election.projects.forEach((_, project) => {
          if (!outcome.funded.includes(project)) check(count, project);
        });
      }),
      { numRuns: 200 },
    );
  const asked = (count: SmallCount, project: number, mostRecounts = 60) =>
    whatWouldChange(count.election, { outcome: counted(count), project, mostRecounts });

  it("the largest cost is the largest, and a boundary is one", () => {
    const met = new Set<string>();
    each((count, project) => {
      const answer = asked(count, project)?.cost;
      const own = count.election.projects[project]?.cost ?? 0n;
      const costs = Array.from({ length: Number(own) - 1 }, (_, at) => BigInt(at + 1));
      const withdrawn = count.election.projects[project]?.withdrawn;
      const good = withdrawn ? [] : costs.filter((cost) => atCost(count, { project, cost }));
      met.add(answer?.is ?? "");
      if (answer?.is === "largest") expect(answer.cost).toBe(good.at(-1));
      else if (answer?.is === "none") expect(good).toEqual([]);
      else if (answer?.is === "boundary") {
        expect(good).toContain(answer.cost);
        expect(good).not.toContain(answer.cost + 1n);
      } else expect([answer?.is, good.includes(1n)]).toEqual(["none_found", false]);
    });
    expect([...met].sort()).toEqual(["boundary", "largest", "none", "none_found"]);
  });

  it("the fewest supporters are the fewest", () => {
    const met = new Set<string>();
    each((count, project) => {
      const answer = asked(count, project)?.supporters;
      const withdrawn = count.election.projects[project]?.withdrawn;
      const numbers = Array.from({ length: count.election.ballots.cast }, (_, at) => at + 1);
      const good = withdrawn ? [] : numbers.filter((more) => withVoters(count, { project, more }));
      met.add(answer?.is ?? "");
      if (answer?.is === "fewest") expect(answer.voters).toBe(good[0]);
      else if (answer?.is === "none_found" && answer.all) expect(good).toEqual([]);
      else if (answer?.is === "none_found") expect(good).not.toContain(count.election.ballots.cast);
      else expect([answer?.is, count.parameters.utility]).toEqual(["no_such_ballot", "borda"]);
    });
    expect([...met].sort()).toEqual(["fewest", "no_such_ballot", "none_found"]);
  });

  it("says what it did not search", () => {
    const election = small("budget 100", "a 60: v1 v2 v3", "b 30: v3 v4", "c 11: v1 v2");
    const outcome = counted({ election, parameters: PLAIN });
    expect(whatWouldChange(election, { outcome, project: 2, mostRecounts: 2 })).toEqual({
      ...{ project: 2, cost: { is: "not_searched" }, supporters: { is: "fewest", voters: 1 }, recounts: 3 },
    });
  });
});

describe("every explanation", () => {
  it("adds up: what supporters had is what they spent and what they kept", () =>
    fc.assert(
      fc.property(smallCounts, (count) => {
        const outcome = counted(count);
        const { unfunded, purchases } = explainOutcome(count.election, outcome);
        expect(purchases.map(({ project }) => project)).toEqual(outcome.funded);
        expect(purchases.length + unfunded.length).toBe(count.election.projects.length);
        for (const { instead, lacking, why: code } of unfunded) {
          expect(code.code).not.toBe("");
          if (instead === null) continue;
          // What its supporters hold at the end and what they did not spend are one amount.
          expect(instead.unspent).toBe(roundDown(readFraction(lacking?.held.exact ?? "") ?? { over: -1n, under: 1n }));
          const spent = instead.bought.reduce((sum, { paid }) => sum + paid, instead.unspent);
          expect(Math.abs(Number(spent - instead.shares))).toBeLessThanOrEqual(instead.bought.length + 1);
        }
        for (const { paid, voters } of purchases)
          if (paid !== null) expect(paid.inFull + paid.all + paid.nothing).toBe(voters);
      }),
      { numRuns: 500 },
    ));
});

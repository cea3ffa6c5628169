/**
 * Where floats, or numbers of raises, would go wrong: Add1's leaps against raises one by one (which is its definition on
 * equalshares.net/implementation), in the file's own unit of money, and amounts and points beyond what a float holds.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countElection } from "./count.ts";
import { electionOf, PLAIN, small } from "./election.fixture.ts";
import type { Election } from "./election.ts";
import type { Outcome, Parameters } from "./outcome.ts";

function count(election: Election, parameters: Partial<Parameters>): Outcome {
  const counted = countElection(election, { parameters: { ...PLAIN, ...parameters } });
  if (!counted.ok) throw new Error(counted.refusal.code);
  return counted.value;
}

/** Costs of very different sizes, so that decisions change at many raises and lie still for long. */
const elections = fc
  .record({
    projects: fc.array(
      fc.record({
        cost: fc.oneof(fc.bigInt({ min: 1n, max: 5n }), fc.bigInt({ min: 1n, max: 4000n })),
        votes: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 }),
      }),
      { minLength: 2, maxLength: 7 },
    ),
    cast: fc.integer({ min: 1, max: 6 }),
    budget: fc.bigInt({ min: 1n, max: 8000n }),
    places: fc.constantFrom(0, 1, 2),
    scored: fc.boolean(),
  })
  .map(({ projects, cast, budget, places, scored }): Election => {
    const drawn = projects.map(({ cost, votes }, at) => ({
      id: `p${(at * 7) % 10}`,
      cost,
      votes: new Map(
        votes.slice(0, cast).flatMap((points, voter) => (points > 0 ? [[`v${voter}`, points] as const] : [])),
      ),
    }));
    const election = electionOf({ projects: drawn, budget, cast, voteType: scored ? "scoring" : "approval" });
    return {
      ...election,
      places,
      projects: election.projects.map((one, at) => ({ ...one, categories: at % 2 === 0 ? ["park"] : [] })),
    };
  });

const parameters = fc.record({
  stop: fc.constantFrom("exhaustive" as const, "overspend" as const),
  start: fc.constantFrom("fractional" as const, "integral" as const),
  utility: fc.constantFrom("cost" as const, "cardinality" as const, "points" as const),
  limited: fc.boolean(),
});

/** Each raise counted on its own, as a count without Add1 of a budget that gives that share. */
function raisedOneByOne(election: Election, asked: Partial<Parameters>): Pick<Outcome, "funded" | "increments"> {
  const voters = BigInt(election.ballots.cast);
  const unit = 10n ** BigInt(election.places) * voters;
  const first = asked.start === "integral" ? (election.budget / unit) * unit : election.budget;
  let kept: readonly number[] = [];
  for (let raises = 0; ; raises += 1) {
    const raised = { ...election, budget: first + BigInt(raises) * unit };
    const { funded, cost } = count(raised, { ...asked, completion: "none" });
    if (cost > election.budget) return { funded: kept, increments: raises };
    kept = funded;
    const open = election.projects.map((_, at) => at).filter((at) => isOpen(election, { at, funded, asked }));
    const left = election.budget - cost;
    const nothingFits = open.every((at) => (election.projects[at]?.cost ?? 0n) > left);
    if (open.length === 0 || (asked.stop === "exhaustive" && nothingFits)) return { funded, increments: raises };
  }
}

function isOpen(
  { projects, ballots }: Election,
  the: { readonly at: number; readonly funded: readonly number[]; readonly asked: Partial<Parameters> },
): boolean {
  const { at, funded, asked } = the;
  const [limit] = asked.conditions?.limits ?? [];
  const counts = (one: number) => limit !== undefined && (projects[one]?.categories.includes(limit.name) ?? false);
  const spent = [...funded, at].filter(counts).reduce((sum, one) => sum + (projects[one]?.cost ?? 0n), 0n);
  if (limit !== undefined && counts(at) && spent > limit.most) return false;
  return !funded.includes(at) && ballots.choices.includes(at);
}

describe("Add1's leaps", () => {
  it("pass over nothing that raises one by one would meet", () =>
    fc.assert(
      fc.property(elections, parameters, (election, { limited, utility, ...asked }) => {
        const limits = limited ? [{ of: "category", name: "park", most: 900n } as const] : [];
        const given: Partial<Parameters> = {
          ...asked,
          utility: utility === "points" && election.ballots.points === null ? "cost" : utility,
          conditions: { ...PLAIN.conditions, limits },
        };
        const { funded, increments } = count(election, { ...given, completion: "add1" });
        expect({ funded, increments }).toEqual(raisedOneByOne(election, given));
      }),
      { numRuns: 120 },
    ));

  it("count raises exactly as far as a number does, and refuse beyond", () => {
    const stop = "overspend";
    const most = BigInt(Number.MAX_SAFE_INTEGER);
    const parametersOf = { ...PLAIN, completion: "add1", stop } as const;
    // One voter holds 1; the share that buys a spends too much.
    expect(count(small("budget 1", `a ${most}: v1`), parametersOf)).toMatchObject({
      increments: Number.MAX_SAFE_INTEGER - 1,
      funded: [],
    });
    for (const cost of [most + 3n, 10n ** 29n])
      expect(countElection(small("budget 1", `a ${cost}: v1`), { parameters: parametersOf })).toEqual({
        ok: false,
        refusal: { code: "too_many_raises" },
      });
  });
});

describe("points", () => {
  it("that together are more than a float adds up are refused, and only where they are read", () => {
    const most = Number.MAX_SAFE_INTEGER;
    // As floats both have 2^53 points.
    const election = small("budget 10", `a 10: v1*${most} v2*2`, `b 10: v1*${most} v2*1`);
    for (const rule of ["greedy", "equal-shares", "max-welfare"] as const) {
      expect(countElection(election, { parameters: { ...PLAIN, rule, utility: "points" } })).toEqual({
        ok: false,
        refusal: { code: "points_too_large" },
      });
      expect(count(election, { rule, utility: "cost" }).funded).toEqual([0]);
    }
    const just = small("budget 10", `a 10: v1*${most - 2}`, "b 10: v1*1 v2*1");
    expect(count(just, { rule: "greedy", utility: "points" }).funded).toEqual([0]);
  });
});

describe("more projects than calls can stand within each other", () => {
  it.each([1_000, 12_000])(
    "maximum welfare of %i is counted, and never thrown at",
    (many) => {
      const projects = Array.from({ length: many }, (_, at) => `${at} ${1 + ((at * 7919) % 1000)}: v${at % 50}`);
      const election = small(`budget ${many * 1000}`, ...projects);
      expect(count(election, { rule: "max-welfare" }).funded).toHaveLength(many);
    },
    60_000,
  );
});

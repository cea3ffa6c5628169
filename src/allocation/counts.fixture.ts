/** Small elections with every kind of parameters and conditions, drawn by chance: what replays and reasons are held against. */
import fc from "fast-check";
import type { Conditions } from "./admission.ts";
import { countElection } from "./count.ts";
import { electionOf, type SmallProject } from "./election.fixture.ts";
import type { Election } from "./election.ts";
import { COMPLETIONS, type Outcome, type Parameters, RULES, STARTS, STOPS } from "./outcome.ts";
import { COMPARISONS } from "./prefer.ts";

export type SmallCount = { readonly election: Election; readonly parameters: Parameters };

const NO_CONDITIONS: Conditions = { threshold: null, incompatible: [], limits: [] };

/** Few different costs and points, so that ties and voters with little left are frequent. */
const elections = fc
  .record({
    costs: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 7 }),
    cast: fc.integer({ min: 1, max: 7 }),
    budget: fc.integer({ min: 1, max: 40 }),
    kind: fc.constantFrom("approval", "scoring", "ordinal"),
    votes: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 49, maxLength: 49 }),
    withdrawn: fc.option(fc.nat({ max: 6 }), { freq: 5 }),
  })
  .map(({ costs, cast, budget, kind, votes, withdrawn }): Election => {
    const projects = costs.map((cost, at): SmallProject => {
      const given = votes.slice(at * 7, at * 7 + cast).map((vote, voter) => [`v${voter}`, vote - 1] as const);
      return { id: `p${(at * 7) % 10}`, cost: BigInt(cost), votes: new Map(given.filter(([, vote]) => vote > 0)) };
    });
    const voteType = kind as "approval" | "scoring" | "ordinal";
    const election = electionOf({ projects, budget: BigInt(budget), cast, voteType });
    return {
      ...election,
      projects: election.projects.map((project, at) => ({
        ...project,
        withdrawn: at === withdrawn,
        categories: at % 2 === 0 ? ["park"] : ["road"],
        neighbourhood: at % 3 === 0 ? "north" : null,
      })),
    };
  });

const conditions = fc.oneof(
  { weight: 2, arbitrary: fc.constant(NO_CONDITIONS) },
  fc.record({
    threshold: fc.option(fc.bigInt({ min: 1n, max: 4n })),
    incompatible: fc.constantFrom<Conditions["incompatible"]>([], [[0, 1]]),
    limits: fc.constantFrom<Conditions["limits"]>([], [{ of: "category", name: "park", most: 12n }]),
  }),
);

const parameters = fc.record({
  rule: fc.constantFrom(...RULES),
  completion: fc.constantFrom(...COMPLETIONS),
  stop: fc.constantFrom(...STOPS),
  start: fc.constantFrom(...STARTS),
  ties: fc.constantFrom<Parameters["ties"][]>({ kind: "project-id" }, { kind: "cost-votes-lot", seed: "drawn" }),
  misfit: fc.constantFrom("skip" as const, "stop" as const),
  comparison: fc.constantFrom(...COMPARISONS),
  partFunding: fc.boolean(),
});

export const smallCounts: fc.Arbitrary<SmallCount> = fc
  .record({ election: elections, parameters, conditions, utility: fc.nat({ max: 2 }) })
  .map(({ election, parameters: drawn, conditions: around, utility }) => {
    const rule = drawn.rule === "phragmen" && election.voteType !== "approval" ? "greedy" : drawn.rule;
    const third =
      election.voteType === "ordinal" ? "borda" : election.ballots.points === null ? "cardinality" : "points";
    return {
      election,
      parameters: {
        ...drawn,
        rule,
        utility: (["cost", "cardinality", third] as const)[utility] ?? "cost",
        conditions: around.incompatible.every((list) => list.every((one) => one < election.projects.length))
          ? around
          : NO_CONDITIONS,
      },
    };
  });

export function counted({ election, parameters: of }: SmallCount): Outcome {
  const result = countElection(election, { parameters: of });
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
}

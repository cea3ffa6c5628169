/** What `ballot count` answers in JSON: ids as the file writes them, money as decimal text in the file's own unit. */
import type { Election, Outcome, Parameters } from "../../allocation/index.ts";
import { writeDecimal } from "../../allocation/index.ts";

export type CountAnswer = {
  readonly rule: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly budget: string;
  readonly cost: string;
  readonly funded: readonly string[];
  readonly exhaustive: boolean;
  readonly increments: number | null;
  readonly ties: readonly { readonly round: number; readonly projects: readonly string[]; readonly taken: string }[];
  readonly optimum?: string;
  readonly compared?: Readonly<Record<string, unknown>>;
  readonly part?: { readonly project: string; readonly money: string };
};

export function countAnswer(election: Election, outcome: Outcome): CountAnswer {
  const { parameters, compared, part, optimum } = outcome;
  const idOf = (project: number) => election.projects[project]?.id ?? "";
  const idsOf = (projects: readonly number[]) => projects.map(idOf);
  const money = (amount: bigint) => writeDecimal({ digits: amount, places: election.places });
  return {
    rule: parameters.rule,
    parameters: parametersSaid(election, parameters),
    budget: money(election.budget),
    cost: money(outcome.cost),
    funded: idsOf(outcome.funded),
    exhaustive: outcome.exhaustive,
    increments: outcome.increments,
    ties: outcome.stages.flatMap(({ ties }) =>
      ties.map(({ round, projects }) => ({ round, projects: idsOf(projects), taken: idOf(projects[0] ?? -1) })),
    ),
    ...(optimum !== null && {
      optimum: writeDecimal({ digits: optimum, places: placesOfWorth(election, parameters) }),
    }),
    ...(compared !== null && {
      compared: {
        kept: compared.kept,
        rule: { funded: idsOf(compared.rule.funded), preferredBy: compared.rule.preferredBy },
        greedy: { funded: idsOf(compared.greedy.funded), preferredBy: compared.greedy.preferredBy },
      },
    }),
    ...(part !== null && { part: { project: idOf(part.project), money: money(part.money) } }),
  };
}

/** With how many decimals satisfaction is written: cost utility counts money, points count points. */
function placesOfWorth({ places, pointPlaces }: Election, { utility }: Parameters): number {
  return utility === "cost" ? places : utility === "points" ? pointPlaces : 0;
}

export function parametersSaid(election: Election, parameters: Parameters): Readonly<Record<string, unknown>> {
  const { rule: _, ties, conditions, ...plain } = parameters;
  const { threshold, incompatible, limits } = conditions;
  return {
    ...plain,
    ties: ties.kind,
    ...(ties.kind === "cost-votes-lot" && { seed: ties.seed }),
    threshold:
      threshold === null
        ? null
        : writeDecimal({ digits: threshold, places: plain.utility === "points" ? election.pointPlaces : 0 }),
    incompatible: incompatible.map((group) => group.map((project) => election.projects[project]?.id ?? "")),
    limits: limits.map(({ of, name, most }) => ({
      of,
      name,
      most: writeDecimal({ digits: most, places: election.places }),
    })),
  };
}

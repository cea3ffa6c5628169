/**
 * Greedy: projects in the order of satisfaction per pound, each taken if it still fits. Under cost utility that is the order of
 * votes, what most cities do; under cardinality it is votes per pound, and points or Borda per pound likewise. Source: Nimrod Talmon
 * and Piotr Faliszewski, "A Framework for Approval-Based Budgeting Methods", AAAI 2019 (greedy rules); pabulib.org/rules.
 */
import type { Tie, TieOrder } from "../ties.ts";

export type Greedy = {
  readonly projects: readonly number[];
  readonly costs: readonly bigint[];
  /** Sum of satisfaction is score times measure: the measure is the cost under cost utility, else 1. */
  readonly scores: Float64Array;
  readonly measures: readonly bigint[];
  readonly money: bigint;
  readonly order: TieOrder;
  /** At the first that does not fit: go on to the next, or stop. */
  readonly misfit: "skip" | "stop";
  readonly admits: (project: number) => boolean;
  readonly onFunded: (project: number) => void;
};

/** Funded projects in order. A tie is reported where it decided which of two was looked at first. */
export function greedy(the: Greedy): {
  readonly funded: readonly number[];
  readonly ties: readonly Tie[];
  readonly left: bigint;
} {
  const { projects: queue, ties } = inOrder(the);
  const funded: number[] = [];
  let left = the.money;
  for (const project of queue) {
    if (!the.admits(project)) continue;
    const cost = the.costs[project] as bigint;
    if (cost > left && the.misfit === "stop") break;
    if (cost > left) continue;
    left -= cost;
    funded.push(project);
    the.onFunded(project);
  }
  return { funded, ties, left };
}

/** Projects by satisfaction per pound, the best first, and who could not be told apart. */
export function inOrder({
  projects,
  costs,
  scores,
  measures,
  order,
}: Pick<Greedy, "projects" | "costs" | "scores" | "measures" | "order">): {
  readonly projects: readonly number[];
  readonly ties: readonly Tie[];
} {
  // Satisfaction a over cost a before satisfaction b over cost b, without dividing.
  const worth = projects.map((project) => BigInt(scores[project] as number) * (measures[project] as bigint));
  const compare = (a: number, b: number) => {
    const [left, right] = [
      (worth[a] as bigint) * (costs[projects[b] as number] as bigint),
      (worth[b] as bigint) * (costs[projects[a] as number] as bigint),
    ];
    return left > right ? -1 : left < right ? 1 : 0;
  };
  const places = projects.map((_, at) => at);
  places.sort((a, b) => compare(a, b) || order(projects[a] as number, projects[b] as number));
  const ties: Tie[] = [];
  for (let from = 0; from < places.length; ) {
    let to = from + 1;
    while (to < places.length && compare(places[from] as number, places[to] as number) === 0) to += 1;
    if (to - from > 1)
      ties.push({ round: from + 1, projects: places.slice(from, to).map((at) => projects[at] as number) });
    from = to;
  }
  return { projects: places.map((at) => projects[at] as number), ties };
}

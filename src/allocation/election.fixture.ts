/**
 * Elections written small. `small("budget 100", "a 60: 1 2 3", "b 40: 1 2*5")` has two projects with their costs and the voters who
 * support them, who are named as one likes; `2*5` gives five points. A line `voters 7` makes seven voters cast, the rest empty.
 */
import type { Election, Project, VoteType } from "./election.ts";
import type { Parameters } from "./outcome.ts";

export type SmallProject = { readonly id: string; readonly cost: bigint; readonly votes: ReadonlyMap<string, number> };

export function small(...lines: readonly string[]): Election {
  const projects: SmallProject[] = [];
  let [budget, cast] = [0n, 0];
  for (const line of lines) {
    const [head = "", votes] = line.split(":");
    const [word = "", number = "0"] = head.trim().split(/\s+/);
    if (votes === undefined && word === "budget") budget = BigInt(number);
    else if (votes === undefined && word === "voters") cast = Number(number);
    else projects.push({ id: word, cost: BigInt(number), votes: votesOf(votes ?? "") });
  }
  const hasPoints = lines.some((line) => line.includes("*"));
  return electionOf({ projects, budget, cast, voteType: hasPoints ? "scoring" : "approval" });
}

function votesOf(text: string): ReadonlyMap<string, number> {
  const votes = new Map<string, number>();
  for (const vote of text.trim().split(/\s+/)) {
    const [voter = "", points = "1"] = vote.split("*");
    if (voter !== "") votes.set(voter, Number(points));
  }
  return votes;
}

/** Ballots rank projects in the order in which these stand, where they are ordinal. */
export function electionOf(the: {
  readonly projects: readonly SmallProject[];
  readonly budget: bigint;
  readonly cast: number;
  readonly voteType: VoteType;
}): Election {
  const voters = [...new Set(the.projects.flatMap(({ votes }) => [...votes.keys()]))];
  const empty = Math.max(0, the.cast - voters.length);
  const lists = voters.map((voter) => the.projects.flatMap(({ votes }, at) => (votes.has(voter) ? [at] : [])));
  if (empty > 0) lists.push([]);
  const starts = new Uint32Array(lists.length + 1);
  lists.forEach((list, at) => {
    starts[at + 1] = (starts[at] as number) + list.length;
  });
  const points = voters.flatMap((voter) => the.projects.flatMap(({ votes }) => votes.get(voter) ?? []));
  const hasPoints = the.voteType === "scoring" || the.voteType === "cumulative";
  return {
    voteType: the.voteType,
    places: 0,
    budget: the.budget,
    projects: the.projects.map(({ id, cost }) => projectOf(id, cost)),
    ballots: {
      cast: voters.length + empty,
      weights: Uint32Array.from(lists, (_, at) => (at < voters.length ? 1 : empty)),
      starts,
      choices: Uint32Array.from(lists.flat()),
      points: hasPoints ? Float64Array.from(points) : null,
    },
    pointPlaces: 0,
    limits: [],
    threshold: null,
  };
}

export function projectOf(id: string, cost: bigint): Project {
  return { id, name: id, cost, withdrawn: false, categories: [], neighbourhood: null, beneficiaries: [] };
}

export const PLAIN: Parameters = {
  rule: "equal-shares",
  utility: "cost",
  completion: "none",
  stop: "exhaustive",
  start: "fractional",
  ties: { kind: "project-id" },
  misfit: "skip",
  comparison: "none",
  partFunding: false,
  conditions: { threshold: null, incompatible: [], limits: [] },
};

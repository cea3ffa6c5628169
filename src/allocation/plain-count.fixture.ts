/**
 * The rules once more, as their definitions read and with nothing but fractions: voter by voter, slow, and sharing no code with
 * the engine but the words. What the engine is held against.
 */
import type { SmallProject } from "./election.fixture.ts";
import { compareIds } from "./ties.ts";

type Part = { readonly over: bigint; readonly under: bigint };
const part = (over: bigint, under = 1n): Part => ({ over, under });
const plus = (a: Part, b: Part): Part => part(a.over * b.under + b.over * a.under, a.under * b.under);
const minus = (a: Part, b: Part): Part => plus(a, part(-b.over, b.under));
const times = (a: Part, b: Part): Part => part(a.over * b.over, a.under * b.under);
const isLess = (a: Part, b: Part): boolean => a.over * b.under < b.over * a.under;

export type PlainElection = {
  readonly projects: readonly SmallProject[];
  readonly budget: bigint;
  readonly cast: number;
  readonly utility: "cost" | "cardinality" | "points";
};

const utilityOf = ({ utility }: PlainElection, { cost }: SmallProject, points: number): bigint =>
  utility === "cost" ? cost : utility === "cardinality" ? 1n : BigInt(points);

/** Ids in order of purchase, where everybody's share is raised by some whole units. */
export function plainShares(election: PlainElection, raises = 0): readonly string[] {
  const share = plus(part(election.budget, BigInt(election.cast)), part(BigInt(raises)));
  const holds = new Map<string, Part>();
  for (const { votes } of election.projects) for (const voter of votes.keys()) holds.set(voter, share);
  const bought: string[] = [];
  let open = [...election.projects];
  for (;;) {
    const priced = open.flatMap((project) => {
      const rho = rhoOf(election, { project, holds });
      return rho === null ? [] : [{ project, rho }];
    });
    priced.sort((a, b) =>
      isLess(a.rho, b.rho) ? -1 : isLess(b.rho, a.rho) ? 1 : compareIds(a.project.id, b.project.id),
    );
    const [next] = priced;
    if (next === undefined) return bought;
    for (const [voter, points] of next.project.votes) {
      const due = times(next.rho, part(utilityOf(election, next.project, points)));
      const held = holds.get(voter) ?? part(0n);
      holds.set(voter, isLess(held, due) ? part(0n) : minus(held, due));
    }
    bought.push(next.project.id);
    open = open.filter((one) => one !== next.project);
  }
}

/** The least rho at which the supporters pay the cost, by asking at each rho where one more of them runs out. */
function rhoOf(
  election: PlainElection,
  { project, holds }: { readonly project: SmallProject; readonly holds: ReadonlyMap<string, Part> },
): Part | null {
  const payers = [...project.votes]
    .map(([voter, points]) => ({ held: holds.get(voter) ?? part(0n), unit: utilityOf(election, project, points) }))
    .filter(({ unit }) => unit > 0n)
    .map((payer) => ({ ...payer, runsOutAt: part(payer.held.over, payer.held.under * payer.unit) }))
    .sort((a, b) => (isLess(a.runsOutAt, b.runsOutAt) ? -1 : 1));
  let left = part(project.cost);
  for (let at = 0; at < payers.length; at += 1) {
    const units = payers.slice(at).reduce((sum, { unit }) => sum + unit, 0n);
    const rho = part(left.over, left.under * units);
    const payer = payers[at];
    if (payer === undefined || !isLess(payer.runsOutAt, rho)) return rho;
    left = minus(left, payer.held);
  }
  return null;
}

/** Ids by raising the share a unit at a time, and what is spent at each step. */
export function plainAddOne(election: PlainElection, stop: "exhaustive" | "overspend"): readonly string[] {
  const costOf = (ids: readonly string[]) =>
    election.projects.filter(({ id }) => ids.includes(id)).reduce((sum, { cost }) => sum + cost, 0n);
  const supported = election.projects.filter(({ votes }) => votes.size > 0);
  let kept = plainShares(election);
  for (let raises = 1; ; raises += 1) {
    const left = election.budget - costOf(kept);
    const more = supported.filter(({ id }) => !kept.includes(id));
    if (more.length === 0 || (stop === "exhaustive" && more.every(({ cost }) => cost > left))) return kept;
    const next = plainShares(election, raises);
    if (costOf(next) > election.budget) return kept;
    kept = next;
  }
}

/** Ids in order of purchase: money flows, at one pound a voter in each stretch of time. */
export function plainPhragmen(election: PlainElection): readonly string[] {
  const loads = new Map<string, Part>();
  const bought: string[] = [];
  let left = election.budget;
  let open = election.projects.filter(({ cost, votes }) => cost <= election.budget && votes.size > 0);
  for (;;) {
    const due = open
      .map((project) => {
        const sum = [...project.votes.keys()].reduce(
          (all, voter) => plus(all, loads.get(voter) ?? part(0n)),
          part(project.cost),
        );
        return { project, load: part(sum.over, sum.under * BigInt(project.votes.size)) };
      })
      .sort((a, b) =>
        isLess(a.load, b.load) ? -1 : isLess(b.load, a.load) ? 1 : compareIds(a.project.id, b.project.id),
      );
    const [next] = due;
    if (next === undefined) return bought;
    if (due.some(({ project, load }) => !isLess(next.load, load) && project.cost > left)) return bought;
    for (const voter of next.project.votes.keys()) loads.set(voter, next.load);
    bought.push(next.project.id);
    left -= next.project.cost;
    open = open.filter((one) => one !== next.project);
  }
}

/** The greatest sum of satisfaction of any set that fits, by looking at all of them. */
export function plainWelfare(election: PlainElection): bigint {
  const worth = election.projects.map((project) =>
    [...project.votes.values()].reduce((sum, points) => sum + utilityOf(election, project, points), 0n),
  );
  let greatest = 0n;
  for (let set = 0; set < 2 ** election.projects.length; set += 1) {
    let [cost, sum] = [0n, 0n];
    election.projects.forEach((project, at) => {
      if (Math.floor(set / 2 ** at) % 2 === 0) return;
      cost += project.cost;
      sum += worth[at] ?? 0n;
    });
    if (cost <= election.budget && sum > greatest) greatest = sum;
  }
  return greatest;
}

/**
 * Greedy and sequential Phragmen as the verifier follows them, by their definitions and with fractions only. Sources: Nimrod Talmon and
 * Piotr Faliszewski, "A Framework for Approval-Based Budgeting Methods", AAAI 2019; Maaike Los, Zoe Christoff and Davide Grossi,
 * "Proportional Budget Allocations: Towards a Systematization", IJCAI 2022.
 */
import { compareFractions, type Fraction, greatestCommonDivisor, ROUNDING, toFloat } from "../fraction.ts";
import { type Backing, costOf, costOfAll, type Reading } from "./own-reading.ts";
import type { OwnTie } from "./own-shares.ts";

export type OwnGreedy = {
  readonly funded: readonly number[];
  /** Whose turn came when less than their cost was left. */
  readonly passed: readonly { readonly project: number; readonly left: bigint }[];
  readonly ties: readonly OwnTie[];
};

/** Beside those funded before it. */
export function followGreedy(reading: Reading, before: readonly number[]): OwnGreedy {
  const { queue, ties } = queueOf(reading, before);
  const taken = [...before];
  const passed: { project: number; left: bigint }[] = [];
  let left = reading.election.budget - costOfAll(reading, before);
  for (const project of queue) {
    if (reading.bars(project, taken)) continue;
    const cost = costOf(reading, project);
    if (cost > left) {
      passed.push({ project, left });
      if (reading.parameters.misfit === "stop") break;
      continue;
    }
    left -= cost;
    taken.push(project);
  }
  return { funded: taken.slice(before.length), passed, ties };
}

/** Those that greedy looks at, the most satisfaction per pound first, and which of them are equal in that. */
export function queueOf(
  reading: Reading,
  before: readonly number[],
): { readonly queue: readonly number[]; readonly ties: readonly OwnTie[] } {
  const worth = (project: number): Fraction => ({
    over: -(reading.backing[project]?.score ?? 0n) * (reading.measures[project] ?? 1n),
    under: costOf(reading, project),
  });
  const compare = (a: number, b: number) => compareFractions(worth(a), worth(b));
  const without = new Set(before);
  const queue = reading.admitted
    .filter((project) => !without.has(project))
    .sort((a, b) => compare(a, b) || reading.order(a, b));
  const groups: { round: number; tied: number[] }[] = [];
  queue.forEach((project, at) => {
    const group = groups.at(-1);
    const first = group?.tied[0];
    if (group !== undefined && first !== undefined && compare(first, project) === 0) group.tied.push(project);
    else groups.push({ round: at + 1, tied: [project] });
  });
  return { queue, ties: groups.filter(({ tied }) => tied.length > 1) };
}

export type OwnLoads = {
  readonly purchases: readonly { readonly project: number; readonly load: Fraction }[];
  readonly ties: readonly OwnTie[];
  readonly stoppedBy: number | null;
};

/** With an order given, it takes those one after another and says what their loads are, whether they were due or not. */
export function followPhragmen(reading: Reading, given: readonly number[] | null = null): OwnLoads {
  const loads = new Loads(reading);
  const purchases: { project: number; load: Fraction }[] = [];
  const funded: number[] = [];
  const ties: OwnTie[] = [];
  let left = reading.election.budget;
  let open = reading.admitted.filter(
    (project) => costOf(reading, project) <= left && (reading.backing[project]?.voters ?? 0) > 0,
  );
  for (;;) {
    open = open.filter((project) => !reading.bars(project, funded));
    const forced = given?.[purchases.length];
    const due = [...loads.due(open)].sort(reading.order);
    if (due.length > 1) ties.push({ round: purchases.length + 1, tied: due });
    const misfit = due.find((project) => costOf(reading, project) > left);
    const mayGoOn = given === null && misfit === undefined;
    const next = forced ?? (mayGoOn ? due[0] : undefined);
    if (next === undefined) return { purchases, ties, stoppedBy: misfit ?? null };
    purchases.push({ project: next, load: loads.buy(next) });
    funded.push(next);
    open = open.filter((project) => project !== next);
    left -= costOf(reading, next);
  }
}

/** The load of every voter: that of the last purchase they support. Load q is `overs[q]` over the common denominator. */
class Loads {
  readonly #reading: Reading;
  readonly #last: Int32Array;
  #overs: bigint[] = [];
  readonly #nears: number[] = [];
  #under = 1n;

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#last = new Int32Array(reading.election.ballots.weights.length).fill(-1);
  }

  /** All at the least load: by floats those that could be, then exactly. */
  due(open: readonly number[]): readonly number[] {
    const nears = open.map((project) => this.#near(project));
    const least = nears.reduce((low, { near, sure }) => Math.min(low, near * (1 + sure)), Number.POSITIVE_INFINITY);
    let due: number[] = [];
    let best: Fraction | null = null;
    open.forEach((project, at) => {
      const { near, sure } = nears[at] ?? { near: 0, sure: 0 };
      if (near * (1 - sure) > least) return;
      const load = this.loadOf(project);
      const order = best === null ? -1 : compareFractions(load, best);
      if (order < 0) [due, best] = [[], load];
      if (order <= 0) due.push(project);
    });
    return due;
  }

  /** A sum of numbers not below nought, each within 2^-52 of itself: within (their count + 8) 2^-52 of itself. */
  #near(project: number): { readonly near: number; readonly sure: number } {
    const { ballots, voters } = this.#of(project);
    const { weights } = this.#reading.election.ballots;
    let sum = Number(costOf(this.#reading, project));
    for (const ballot of ballots) sum += (weights[ballot] ?? 0) * (this.#nears[this.#last[ballot] ?? -1] ?? 0);
    return { near: sum / voters, sure: (ballots.length + 16) * ROUNDING };
  }

  #of(project: number): Backing {
    return this.#reading.backing[project] as Backing;
  }

  loadOf(project: number): Fraction {
    const { ballots, voters } = this.#of(project);
    const { weights } = this.#reading.election.ballots;
    const counts = new Map<number, number>();
    for (const ballot of ballots) {
      const last = this.#last[ballot] ?? -1;
      if (last >= 0) counts.set(last, (counts.get(last) ?? 0) + (weights[ballot] ?? 0));
    }
    let before = 0n;
    for (const [last, voters] of counts) before += BigInt(voters) * (this.#overs[last] ?? 0n);
    return { over: costOf(this.#reading, project) * this.#under + before, under: this.#under * BigInt(voters) };
  }

  buy(project: number): Fraction {
    const load = this.loadOf(project);
    const shared = greatestCommonDivisor(load.over, load.under);
    const [over, under] = [load.over / shared, load.under / shared];
    const factor = under / greatestCommonDivisor(this.#under, under);
    this.#under *= factor;
    this.#overs = [...this.#overs.map((before) => before * factor), over * (this.#under / under)];
    this.#nears.push(toFloat({ over, under }));
    for (const ballot of this.#of(project).ballots) this.#last[ballot] = this.#overs.length - 1;
    return { over, under };
  }
}

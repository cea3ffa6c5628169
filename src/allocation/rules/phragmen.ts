/**
 * Sequential Phragmen: money comes to every voter at the same pace, and a project is bought as soon as its supporters hold its cost,
 * which they pay with all they hold. Source: Markus Brill, Rupert Freeman, Svante Janson and Martin Lackner, "Phragmen's Voting
 * Methods and Justified Representation", 2017, with costs as in Maaike Los, Zoe Christoff and Davide Grossi, "Proportional Budget
 * Allocations: Towards a Systematization", IJCAI 2022. Seen as loads: a project that costs c and has k supporters would be bought at
 * load (c + sum of their loads) / k. It stops when a project that is due does not fit.
 *
 * A voter's load is the load of the last purchase that they support. Load q is `overs[q]` over the product of the first q factors: each
 * purchase divides once, by a whole number; `scales[q]` is the product of those after it.
 */
import type { Ballots } from "../election.ts";
import { compareFractions, greatestCommonDivisor, ROUNDING, toFloat } from "../fraction.ts";
import type { Support } from "../support.ts";
import type { TieOrder, Ties } from "../ties.ts";

export type Phragmen = {
  readonly ballots: Ballots;
  readonly support: Support;
  readonly costs: readonly bigint[];
  readonly candidates: readonly number[];
  readonly money: bigint;
  readonly order: TieOrder;
  /** Hears the ties; the count ends where they are too many. */
  readonly ties: Ties;
  readonly admits: (project: number) => boolean;
  readonly onFunded: (project: number) => void;
};

export type Loaded = {
  readonly funded: readonly number[];
  readonly left: bigint;
  /** The load at which each was bought, in the smallest unit of money, over `unders`. */
  readonly overs: readonly bigint[];
  readonly unders: readonly bigint[];
  /** The project that was due and did not fit; null where none was left. */
  readonly stoppedAt: number | null;
};

type Due = { readonly project: number; readonly over: bigint; readonly by: bigint };

export function phragmen(the: Phragmen): Loaded {
  const loads = new Loads(the);
  const funded: number[] = [];
  let left = the.money;
  let open = the.candidates.filter((project) => (the.support.voters[project] as number) > 0);
  for (;;) {
    open = open.filter((project) => the.admits(project));
    const due = loads.findDue(open);
    const [first] = due;
    if (first === undefined || the.ties.tooMany) return { funded, left, ...loads.exact(), stoppedAt: null };
    const tied = due.map(({ project }) => project).sort(the.order);
    if (tied.length > 1) the.ties.meet({ round: funded.length + 1, projects: tied });
    const misfit = tied.find((project) => (the.costs[project] as bigint) > left);
    if (misfit !== undefined) return { funded, left, ...loads.exact(), stoppedAt: misfit };
    const project = tied[0] as number;
    loads.buy(due.find((one) => one.project === project) ?? first);
    left -= the.costs[project] as bigint;
    funded.push(project);
    the.onFunded(project);
    open = open.filter((one) => one !== project);
  }
}

class Loads {
  readonly #the: Phragmen;
  readonly #floats: Float64Array;
  /** The last purchase that a ballot supports; -1 for none. */
  readonly #last: Int32Array;
  readonly #overs: bigint[] = [];
  readonly #scales: bigint[] = [];
  readonly #unders: bigint[] = [];
  #under = 1n;

  constructor(the: Phragmen) {
    this.#the = the;
    this.#floats = new Float64Array(the.ballots.weights.length);
    this.#last = new Int32Array(the.ballots.weights.length).fill(-1);
  }

  exact(): Pick<Loaded, "overs" | "unders"> {
    return { overs: this.#overs, unders: this.#unders };
  }

  /** All that are bought at the least load: one, or several that are exactly equal. */
  findDue(open: readonly number[]): readonly Due[] {
    const bounds = open.map((project) => this.#look(project));
    let least = Number.POSITIVE_INFINITY;
    for (const { above } of bounds) least = Math.min(least, above);
    let due: Due[] = [];
    open.forEach((project, at) => {
      if ((bounds[at]?.below ?? 0) > least) return;
      const one = this.#price(project);
      const order =
        due[0] === undefined
          ? -1
          : compareFractions({ over: one.over, under: one.by }, { over: due[0].over, under: due[0].by });
      if (order < 0) due = [one];
      if (order === 0) due.push(one);
    });
    return due;
  }

  /** Between which floats the load of a project is: a load's float is off by 2^-52 of itself, and a sum of k by k times 2^-53 of it. */
  #look(project: number): { readonly below: number; readonly above: number } {
    const { support, ballots, costs } = this.#the;
    const [from, to] = [support.starts[project] as number, support.starts[project + 1] as number];
    let sum = Number(costs[project]);
    for (let at = from; at < to; at += 1) {
      const ballot = support.ballots[at] as number;
      sum += (ballots.weights[ballot] as number) * (this.#floats[ballot] as number);
    }
    const load = sum / (support.voters[project] as number);
    const error = (to - from + 8) * ROUNDING * load;
    return { below: load - error, above: load + error };
  }

  /** The load over the common denominator times `by`. */
  #price(project: number): Due {
    const { support, ballots, costs } = this.#the;
    const counts = new Map<number, number>();
    for (let at = support.starts[project] as number; at < (support.starts[project + 1] as number); at += 1) {
      const ballot = support.ballots[at] as number;
      const last = this.#last[ballot] as number;
      if (last >= 0) counts.set(last, (counts.get(last) ?? 0) + (ballots.weights[ballot] as number));
    }
    let sum = 0n;
    for (const [last, voters] of counts)
      sum += BigInt(voters) * (this.#overs[last] as bigint) * (this.#scales[last] as bigint);
    const over = (costs[project] as bigint) * this.#under + sum;
    return { project, over, by: BigInt(support.voters[project] as number) };
  }

  buy({ project, over, by }: Due): void {
    const { support } = this.#the;
    const shared = greatestCommonDivisor(over, by);
    this.#overs.push(over / shared);
    const factor = by / shared;
    if (factor !== 1n)
      for (let at = 0; at < this.#scales.length; at += 1) this.#scales[at] = (this.#scales[at] as bigint) * factor;
    this.#scales.push(1n);
    this.#under *= factor;
    this.#unders.push(this.#under);
    const load = toFloat({ over: over / shared, under: this.#under });
    for (let at = support.starts[project] as number; at < (support.starts[project + 1] as number); at += 1) {
      const ballot = support.ballots[at] as number;
      this.#floats[ballot] = load;
      this.#last[ballot] = this.#overs.length - 1;
    }
  }
}

/**
 * The Method of Equal Shares. Every voter holds an equal share; a project is bought when its supporters can pay for it, each the
 * same for a unit of satisfaction or all they hold; the next to be bought is the one that costs a supporter least for a unit of
 * satisfaction, and it ends when nobody can buy anything. Source: Dominik Peters, Grzegorz Pierczynski and Piotr Skowron,
 * "Proportional Participatory Budgeting with Additive Utilities", NeurIPS 2021, section 3: rho is the least number at which the
 * payments min(b, rho u) of the supporters, who hold b and get u, sum to the cost.
 *
 * Exact by construction. For any division of a project's supporters into poor, who pay all they hold, and rich, who pay `payment`
 * for a unit, (cost - what the poor hold) / (units of the rich) is at most the payment: so floats give a bound from below that holds whatever they
 * took the poor to be, once the error of the sum is taken off. Money only falls, so an old bound stays one: projects are looked at in
 * order of their bounds, and only those whose bound is not above the exact payment of the best are compared with it, exactly.
 */

import type { Ballots } from "../election.ts";
import { compareFractions, ROUNDING, toFloat } from "../fraction.ts";
import type { Support } from "../support.ts";
import { type Gathered, Purse } from "./purse.ts";

export type Market = {
  readonly ballots: Ballots;
  readonly support: Support;
  /** In the smallest unit of money. */
  readonly costs: readonly bigint[];
  /** What a project's payment is measured by: its cost under cost utility, else 1. */
  readonly measures: readonly bigint[];
  /** Those that can be bought at all. */
  readonly candidates: readonly number[];
};

/** One purchase. A voter of a supporting ballot pays `payment` for each unit, or all they held. */
export type Purchase = {
  readonly project: number;
  /** In 1/voters of the smallest unit of money, over `under`. */
  readonly over: bigint;
  readonly under: bigint;
};

export type Chooser = {
  /** Picks one of several that are exactly equal, given in the order of `projects`. */
  readonly choose: (tied: readonly number[]) => number;
  /** Whether a project may still be bought after those that were; once not, never again. */
  readonly admits: (project: number) => boolean;
  readonly onPurchase: (purchase: Purchase) => void;
};

export type Preferring = { readonly goesBefore: (a: number, b: number) => boolean };

type Exact = { readonly over: bigint; readonly by: bigint; readonly near: number };

/** A float of a whole number of 1/voters is off by this share of it at most. */
const SLACK = 8;

export class EqualShares {
  readonly purse: Purse;
  readonly #market: Market;
  readonly #costs: readonly bigint[];
  readonly #floatCosts: Float64Array;
  /** For each project a share below which its supporters do not hold its cost together, whatever else is bought. */
  readonly #leastShares: readonly bigint[];
  readonly #measures: Float64Array;
  /** For each project: a payment that it does not come below, the same by its measure, and whether money moved since. */
  readonly #payments: Float64Array;
  readonly #firstPayments: Float64Array;
  readonly #bounds: Float64Array;
  readonly #seenAt: Int32Array;
  /** Of the supporters of the project last priced: 1 who pays all they hold. */
  readonly #poor: Uint8Array;
  #open: number[] = [];
  readonly #isOpen: Uint8Array;

  constructor(market: Market) {
    const { ballots, support, costs, measures } = market;
    this.#market = market;
    this.purse = new Purse(ballots, support, costs.length);
    this.#costs = costs.map((cost) => cost * BigInt(ballots.cast));
    this.#floatCosts = Float64Array.from(this.#costs, Number);
    this.#leastShares = this.#costs.map((cost, project) => {
      const voters = BigInt(support.voters[project] as number);
      return voters === 0n ? cost : (cost + voters - 1n) / voters;
    });
    this.#measures = Float64Array.from(measures, Number);
    this.#payments = new Float64Array(costs.length);
    this.#bounds = new Float64Array(costs.length);
    this.#seenAt = new Int32Array(costs.length);
    this.#isOpen = new Uint8Array(costs.length);
    let most = 0;
    for (let project = 0; project < costs.length; project += 1)
      most = Math.max(most, (support.starts[project + 1] as number) - (support.starts[project] as number));
    this.#poor = new Uint8Array(most);
    this.#firstPayments = Float64Array.from(costs, (_, project) => this.#firstPayment(project));
  }

  /** Buys until nothing more can be bought. `share` is in 1/voters of the smallest unit of money. */
  run(share: bigint, chooser: Chooser): void {
    this.#begin(share);
    for (;;) {
      const found = this.#findNext(chooser);
      if (found === null) return;
      this.#buy(found, chooser);
    }
  }

  /**
   * Whether the same would be bought in the same order at this higher share and at every share between the two. With one order of
   * purchases, more money lets no payment rise and leaves nobody less: so it is enough that each purchase, at its payment of the
   * lower share, goes before every other at the payments of the higher one, and that nothing more can be bought at the higher.
   * `bought` is what a run at the lower share bought; `goesBefore` is the policy of ties. The chooser hears the purchases of the
   * higher share.
   */
  sameUpTo(
    share: bigint,
    { bought, chooser }: { readonly bought: readonly Purchase[]; readonly chooser: Chooser & Preferring },
  ): boolean {
    this.#begin(share);
    for (const purchase of bought) {
      if (this.#rivals(purchase, chooser)) return false;
      const exact = this.#price(purchase.project);
      if (exact === null) return false;
      this.#buy({ project: purchase.project, exact }, chooser);
    }
    for (const project of [...this.#open]) {
      if (chooser.admits(project) && this.#price(project) !== null) return false;
      this.#close(project);
    }
    return true;
  }

  /** Whether another project goes before the one bought at the lower share's payment. */
  #rivals({ project, over, under }: Purchase, chooser: Chooser & Preferring): boolean {
    const measure = (one: number) => this.#market.measures[one] as bigint;
    const top = (toFloat({ over, under }) / (this.#measures[project] as number)) * (1 + SLACK * ROUNDING);
    for (const other of [...this.#open]) {
      if (other === project || (this.#bounds[other] as number) > top || !chooser.admits(other)) continue;
      if (this.#seenAt[other] !== this.purse.purchases) this.#look(other);
      if ((this.#bounds[other] as number) > top || this.#isOpen[other] === 0) continue;
      const exact = this.#price(other);
      if (exact === null) continue;
      const order = compareFractions(
        { over: exact.over, under: this.purse.under * exact.by * measure(other) },
        { over, under: under * measure(project) },
      );
      if (order < 0 || (order === 0 && chooser.goesBefore(other, project))) return true;
    }
    return false;
  }

  #begin(share: bigint): void {
    this.purse.fill(share);
    this.#seenAt.fill(-1);
    this.#isOpen.fill(0);
    this.#open = this.#market.candidates.filter((project) => share >= (this.#leastShares[project] as bigint));
    for (const project of this.#open) {
      this.#isOpen[project] = 1;
      this.#payments[project] = this.#firstPayments[project] as number;
      this.#bound(project);
    }
  }

  /** From below: what a unit would cost if every supporter could pay. */
  #firstPayment(project: number): number {
    const { starts, ballots, units } = this.#market.support;
    const { weights } = this.#market.ballots;
    let sum = 0;
    for (let at = starts[project] as number; at < (starts[project + 1] as number); at += 1)
      sum += (units[at] as number) * (weights[ballots[at] as number] as number);
    return ((this.#floatCosts[project] as number) / sum) * (1 - SLACK * ROUNDING);
  }

  #bound(project: number): void {
    this.#bounds[project] =
      ((this.#payments[project] as number) / (this.#measures[project] as number)) * (1 - SLACK * ROUNDING);
  }

  /** The project to buy and what it costs for a unit; null when none can be bought. */
  #findNext(chooser: Chooser): { readonly project: number; readonly exact: Exact } | null {
    for (;;) {
      const best = this.#least();
      if (best === null) return null;
      if (!chooser.admits(best)) {
        this.#close(best);
        continue;
      }
      if (this.#seenAt[best] !== this.purse.purchases) {
        this.#look(best);
        continue;
      }
      const exact = this.#price(best);
      if (exact === null) {
        this.#close(best);
        continue;
      }
      return this.#leastExactly({ project: best, exact }, chooser);
    }
  }

  #least(): number | null {
    let [found, bound] = [-1, Number.POSITIVE_INFINITY];
    for (const project of this.#open) {
      const here = this.#bounds[project] as number;
      if (here < bound) [found, bound] = [project, here];
    }
    return found === -1 ? null : found;
  }

  #close(project: number): void {
    this.#isOpen[project] = 0;
    this.#open = this.#open.filter((one) => one !== project);
  }

  /** A newer bound from below of a project's payment, by floats; a project that cannot be paid for is closed. */
  #look(project: number): void {
    const { support, ballots } = this.#market;
    const [from, to] = [support.starts[project] as number, support.starts[project + 1] as number];
    const { money } = this.purse;
    const cost = this.#floatCosts[project] as number;
    const voters = support.voters[project] as number;
    this.#seenAt[project] = this.purse.purchases;
    let payment = this.#payments[project] as number;
    for (;;) {
      let [held, units] = [0, 0];
      for (let at = from; at < to; at += 1) {
        const ballot = support.ballots[at] as number;
        const unit = support.units[at] as number;
        const here = money[ballot] as number;
        const weight = ballots.weights[ballot] as number;
        if (here < payment * unit) held += weight * here;
        else units += weight * unit;
      }
      const error = (to - from + SLACK) * ROUNDING * (held + cost) + voters * this.purse.error;
      if (units === 0) {
        if (held + error < cost) this.#close(project);
        break;
      }
      const next = ((cost - held - error) / units) * (1 - SLACK * ROUNDING);
      if (next <= payment * (1 + SLACK * ROUNDING)) break;
      payment = next;
    }
    this.#payments[project] = payment;
    this.#bound(project);
  }

  /** The exact payment for a unit, and in `#poor` who cannot pay it; null when the supporters do not hold the cost together. */
  #price(project: number): Exact | null {
    const { support, ballots } = this.#market;
    const [from, to] = [support.starts[project] as number, support.starts[project + 1] as number];
    const { money, under } = this.purse;
    const cost = (this.#costs[project] as bigint) * under;
    this.#poor.fill(0, 0, to - from);
    this.#sort(project, { near: this.#payments[project] as number, exact: null });
    for (;;) {
      // Where all can pay, as in most ties of many, nobody's payments need be added up.
      let gathered: Gathered | null = null;
      let units = 0;
      for (let at = from; at < to; at += 1) {
        const ballot = support.ballots[at] as number;
        if (money[ballot] === 0) continue;
        if (this.#poor[at - from] === 1) {
          gathered ??= this.purse.gather();
          this.purse.gatherInto(gathered, ballot);
        } else units += (support.units[at] as number) * (ballots.weights[ballot] as number);
      }
      if (units === 0) return null;
      const over = gathered === null ? cost : cost - this.purse.heldOver(gathered);
      const by = BigInt(units);
      const near = toFloat({ over, under: under * by }, this.#payments[project] as number);
      const exact = { over, by, near };
      if (!this.#sort(project, { near, exact })) return exact;
    }
  }

  /**
   * Marks as poor who holds less than the payment takes; says whether anybody was marked who was not. Who was poor at a lower
   * payment stays poor, so that the payments climb to the true one and stop there.
   */
  #sort(project: number, { near, exact }: { readonly near: number; readonly exact: Exact | null }): boolean {
    const { support } = this.#market;
    const [from, to] = [support.starts[project] as number, support.starts[project + 1] as number];
    const { money, error } = this.purse;
    let changed = false;
    let holds: Map<string, boolean> | null = null;
    for (let at = from; at < to; at += 1) {
      if (this.#poor[at - from] === 1) continue;
      const ballot = support.ballots[at] as number;
      const here = money[ballot] as number;
      if (here === 0) continue;
      const takes = near * (support.units[at] as number);
      const margin = error + SLACK * ROUNDING * takes;
      if (here >= takes + margin) continue;
      if (here > takes - margin) {
        if (exact === null) continue;
        holds ??= new Map();
        if (this.#holdsEnough(at, exact, holds)) continue;
      }
      this.#poor[at - from] = 1;
      changed = true;
    }
    return changed;
  }

  /** Exactly, whether one voter of a supporting ballot holds the payment; those with one history are asked once. */
  #holdsEnough(at: number, { over, by }: Exact, asked: Map<string, boolean>): boolean {
    const { support } = this.#market;
    const ballot = support.ballots[at] as number;
    const unit = support.units[at] as number;
    const history = `${unit} ${this.purse.historyOf(ballot)}`;
    const before = asked.get(history);
    if (before !== undefined) return before;
    const answer = this.purse.heldByOne(ballot) * by >= over * BigInt(unit);
    asked.set(history, answer);
    return answer;
  }

  /** Of all whose bound is not above the best's payment, the one with the least; where several are equal the chooser picks. */
  #leastExactly(
    best: { readonly project: number; readonly exact: Exact },
    chooser: Chooser,
  ): { readonly project: number; readonly exact: Exact } {
    const measure = (project: number) => this.#market.measures[project] as bigint;
    const top = (best.exact.near / (this.#measures[best.project] as number)) * (1 + SLACK * ROUNDING);
    let equal = [best];
    for (const project of [...this.#open]) {
      if (project === best.project || (this.#bounds[project] as number) > top) continue;
      if (!chooser.admits(project)) {
        this.#close(project);
        continue;
      }
      if (this.#seenAt[project] !== this.purse.purchases) this.#look(project);
      if ((this.#bounds[project] as number) > top || this.#isOpen[project] === 0) continue;
      const exact = this.#price(project);
      if (exact === null) {
        this.#close(project);
        continue;
      }
      const least = equal[0] as { readonly project: number; readonly exact: Exact };
      const order = compareFractions(
        { over: exact.over, under: exact.by * measure(project) },
        { over: least.exact.over, under: least.exact.by * measure(least.project) },
      );
      if (order < 0) equal = [{ project, exact }];
      if (order === 0) equal.push({ project, exact });
    }
    if (equal.length === 1) return equal[0] as { readonly project: number; readonly exact: Exact };
    const chosen = chooser.choose(equal.map(({ project }) => project).sort((a, b) => a - b));
    return equal.find(({ project }) => project === chosen) ?? best;
  }

  #buy({ project, exact }: { readonly project: number; readonly exact: Exact }, chooser: Chooser): void {
    const { support } = this.#market;
    const [from, to] = [support.starts[project] as number, support.starts[project + 1] as number];
    const { money } = this.purse;
    // Another may have been priced since: who is poor is asked again of the one that is bought.
    this.#price(project);
    const payment = this.purse.buy(project, exact);
    const near = 2 * this.purse.error;
    for (let at = from; at < to; at += 1) {
      const ballot = support.ballots[at] as number;
      const here = money[ballot] as number;
      if (here === 0) continue;
      if (this.#poor[at - from] === 1) {
        money[ballot] = 0;
        continue;
      }
      const left = here - payment * (support.units[at] as number);
      money[ballot] = left > near ? left : this.purse.leftExactly(ballot);
    }
    this.#close(project);
    chooser.onPurchase({ project, over: exact.over, under: this.purse.underBefore * exact.by });
  }
}

/**
 * The money of every voter under the Method of Equal Shares, twice: as floats with a proven bound of their error, and exactly.
 *
 * Exactly it is never stored. A voter holds their share less what each purchase they support took from them, and a purchase takes
 * the same payment for each unit from everyone who can pay it in full; who cannot pays all they have and holds nought for ever. So
 * the payments of the purchases, one fraction each, say what everybody holds. Payment q is `overs[q]` over the product of the first q
 * factors: each purchase divides once, by a whole number. The product of those after it, `scales[q]`, brings it over the denominator
 * of all, so that a sum looks only at the payments that are in it.
 *
 * Money here is in parts of 1/voters of the smallest unit of money, so that the share of a voter is a whole number.
 *
 * The bound: a payment's float is off by at most 2^-52 of itself, the product with the units and the subtraction round once each. A
 * voter's payments sum to at most the share, so after k purchases their float is off by less than (k + 4) 2^-52 of the share.
 */
import { greatestCommonDivisor, ROUNDING, toFloat } from "../fraction.ts";
import type { Support } from "../support.ts";

type Ballots = {
  readonly weights: Uint32Array;
  readonly starts: Uint32Array;
  readonly choices: Uint32Array;
};

/** How much of the supporters' money is whose: what some of them hold together, exactly, as counts of payments. */
export type Gathered = {
  /** Voters counted. */
  voters: number;
  /** Units that they paid for in each purchase, and the purchases in which they paid. */
  readonly units: Float64Array;
  readonly paidIn: number[];
};

export class Purse {
  /** What each voter of a distinct ballot holds. Nought is exact: nobody holds nought by rounding. */
  readonly money: Float64Array;
  share = 0n;
  purchases = 0;
  readonly #ballots: Ballots;
  readonly #unitsOfChoices: Float64Array;
  /** In which purchase a project was bought; -1 where it was not. */
  readonly #boughtAt: Int32Array;
  readonly #overs: bigint[] = [];
  readonly #scales: bigint[] = [];
  #under = 1n;
  #underBefore = 1n;
  #floatShare = 0;
  readonly #gathered: Gathered;

  constructor(ballots: Ballots, support: Pick<Support, "unitsOfChoices">, projects: number) {
    this.#ballots = ballots;
    this.#unitsOfChoices = support.unitsOfChoices;
    this.#boughtAt = new Int32Array(projects);
    this.#gathered = { voters: 0, units: new Float64Array(projects), paidIn: [] };
    this.money = new Float64Array(ballots.weights.length);
  }

  /** Everybody gets the share, and nothing is bought. */
  fill(share: bigint): void {
    this.share = share;
    this.#floatShare = Number(share);
    this.money.fill(this.#floatShare);
    this.#boughtAt.fill(-1);
    this.#overs.length = 0;
    this.#scales.length = 0;
    this.#under = 1n;
    this.purchases = 0;
  }

  /** No voter's float is further from what they hold. */
  get error(): number {
    return (this.purchases + 4) * ROUNDING * this.#floatShare;
  }

  /** A payment of `over` over the common denominator times `by`; gives it as a float. From now on the project is bought. */
  buy(project: number, payment: { readonly over: bigint; readonly by: bigint; readonly near: number }): number {
    const shared = greatestCommonDivisor(payment.over, payment.by);
    const [over, factor] = [payment.over / shared, payment.by / shared];
    this.#underBefore = this.#under;
    this.#overs.push(over);
    if (factor !== 1n)
      for (let at = 0; at < this.purchases; at += 1) this.#scales[at] = (this.#scales[at] as bigint) * factor;
    this.#scales.push(1n);
    this.#under *= factor;
    this.#boughtAt[project] = this.purchases;
    this.purchases += 1;
    return toFloat({ over, under: this.#under }, payment.near);
  }

  /** The denominator that every exact amount stands over. */
  get under(): bigint {
    return this.#under;
  }

  /** The same before the last purchase. */
  get underBefore(): bigint {
    return this.#underBefore;
  }

  /** Nobody yet. There is one at a time: what was gathered before is forgotten. */
  gather(): Gathered {
    const { units, paidIn } = this.#gathered;
    for (const purchase of paidIn) units[purchase] = 0;
    paidIn.length = 0;
    this.#gathered.voters = 0;
    return this.#gathered;
  }

  /** Counts the voters of a ballot in, who must hold something. */
  gatherInto(gathered: Gathered, ballot: number): void {
    const { weights, starts, choices } = this.#ballots;
    const weight = weights[ballot] as number;
    gathered.voters += weight;
    const { units, paidIn } = gathered;
    for (let at = starts[ballot] as number; at < (starts[ballot + 1] as number); at += 1) {
      const purchase = this.#boughtAt[choices[at] as number] as number;
      const unit = this.#unitsOfChoices[at] as number;
      if (purchase < 0 || unit <= 0) continue;
      if (units[purchase] === 0) paidIn.push(purchase);
      units[purchase] = (units[purchase] as number) + weight * unit;
    }
  }

  /** What those gathered hold together, over `under`. */
  heldOver({ voters, units, paidIn }: Gathered): bigint {
    let paid = 0n;
    for (const purchase of paidIn)
      paid +=
        BigInt(units[purchase] as number) * (this.#overs[purchase] as bigint) * (this.#scales[purchase] as bigint);
    return BigInt(voters) * this.share * this.#under - paid;
  }

  /** What one voter of a ballot holds, over `under`. */
  heldByOne(ballot: number): bigint {
    if (this.money[ballot] === 0) return 0n;
    const gathered = this.gather();
    this.gatherInto(gathered, ballot);
    return this.heldOver(gathered) / BigInt(this.#ballots.weights[ballot] as number);
  }

  /** The float of what one voter of a ballot holds, from the exact amount; for who may hold nought. */
  leftExactly(ballot: number): number {
    // Nought would be read as "holds nothing": the question is whether that is so.
    this.money[ballot] = 1;
    return toFloat({ over: this.heldByOne(ballot), under: this.#under });
  }

  /** Two voters with money and one history hold the same. */
  historyOf(ballot: number): string {
    const { starts, choices } = this.#ballots;
    const paid: string[] = [];
    for (let at = starts[ballot] as number; at < (starts[ballot + 1] as number); at += 1) {
      const purchase = this.#boughtAt[choices[at] as number] as number;
      const unit = this.#unitsOfChoices[at] as number;
      if (purchase >= 0 && unit > 0) paid.push(`${purchase}:${unit}`);
    }
    return paid.sort().join();
  }
}

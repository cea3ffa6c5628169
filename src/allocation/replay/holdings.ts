/**
 * What every voter holds under equal shares, exactly, as the verifier keeps it: voters who paid alike are a class, and a class holds a
 * whole number over a denominator that only ever grows by whole factors. Beside it stands its float, made anew from the exact number at each
 * payment, so that no error adds up: a float here is off by at most 2^-52 of itself, and a sum of k such numbers, none below nought,
 * by at most (k + 8) 2^-52 of itself (Nicholas Higham, "Accuracy and Stability of Numerical Algorithms", 2002, section 4.2).
 */
import { type Fraction, greatestCommonDivisor, lowestTerms, ROUNDING, toFloat } from "../fraction.ts";
import { type Backing, costOf, type Reading } from "./own-reading.ts";

/** Of a division of supporters into those who pay all they hold and the rest. */
type Division = { readonly held: bigint; readonly units: bigint; readonly poorVoters: number };

/** Who supports a project, with how many voters each distinct ballot has. */
type Behind = Backing & { readonly weights: Uint32Array; readonly cost: bigint };

/** Supporters of a project when it is bought. */
export type Payers = { readonly inFull: number; readonly all: number; readonly nothing: number };

const MARGIN = 16;

export class Holdings {
  /** A float of what a voter of each distinct ballot holds; nought where it is nought. */
  readonly near: Float64Array;
  /** How many ballots were looked at: what a limit of work is set in. */
  looks = 0;
  readonly #behind: readonly Behind[];
  readonly #classOf: Uint32Array;
  /** Class nought holds nothing. */
  readonly #overs: bigint[];
  readonly #since: number[];
  readonly #unders: bigint[];
  readonly #nears = new Map<number, number>();
  #scales: bigint[];

  constructor(reading: Reading, share: Fraction) {
    const ballots = reading.election.ballots.weights.length;
    const { over, under } = lowestTerms(share);
    const { weights } = reading.election.ballots;
    this.#behind = reading.backing.map((backing, project) => ({ ...backing, weights, cost: costOf(reading, project) }));
    this.near = new Float64Array(ballots).fill(toFloat({ over, under }));
    this.#classOf = new Uint32Array(ballots).fill(1);
    this.#overs = [0n, over];
    this.#since = [0, 0];
    this.#unders = [under];
    this.#scales = [1n];
  }

  get #under(): bigint {
    return this.#unders.at(-1) ?? 1n;
  }

  /**
   * By floats, a number that what the project costs for a unit is not below; infinite where its supporters cannot pay for it. For any
   * division it is at most (cost - what the poor hold) / (units of the rich), so that it holds whoever the floats took to be poor.
   */
  boundOf(project: number, from: number): number {
    const { ballots, units, weights, cost } = this.#of(project);
    const sure = (ballots.length + MARGIN) * ROUNDING;
    let payment = from;
    for (;;) {
      let [held, rich] = [0, 0];
      for (let at = 0; at < ballots.length; at += 1) {
        const ballot = ballots[at] as number;
        const unit = units[at] as number;
        const here = this.near[ballot] as number;
        const weight = weights[ballot] as number;
        if (here < payment * unit) held += weight * here;
        else rich += weight * unit;
      }
      this.looks += ballots.length;
      const short = Number(cost) * (1 - sure) - held * (1 + sure);
      if (rich === 0) return short > 0 ? Number.POSITIVE_INFINITY : payment;
      const next = (short / rich) * (1 - sure);
      if (next <= payment * (1 + sure)) return Math.max(next, payment);
      payment = next;
    }
  }

  #of(project: number): Behind {
    return this.#behind[project] as Behind;
  }

  /**
   * Exactly, the least payment for a unit at which the supporters pay the cost; null where they do not hold it. Any division gives a
   * payment that is not above it; dividing again at that payment brings it up, until it stays.
   */
  paymentOf(project: number, near: number): Fraction | null {
    const { cost } = this.#of(project);
    let division = this.#divide(project, (held, unit) => held < near * unit);
    if (division.units === 0n) division = this.#divide(project, () => false);
    for (;;) {
      if (division.units === 0n) return null;
      const payment = { over: cost * this.#under - division.held, by: division.units };
      const next = this.#divideAt(project, payment);
      if (next.units === division.units && next.held === division.held)
        return lowestTerms({ over: payment.over, under: this.#under * payment.by });
      division = next;
    }
  }

  /** By who holds less than the payment, of `over` over the common denominator times `by`. */
  #divideAt(project: number, { over, by }: { readonly over: bigint; readonly by: bigint }): Division {
    const near = toFloat({ over: over < 0n ? -over : over, under: this.#under * by }) * (over < 0n ? -1 : 1);
    return this.#divide(project, (held, unit, kind) => {
      const due = near * unit;
      if (held < due * (1 - MARGIN * ROUNDING)) return true;
      if (held > due * (1 + MARGIN * ROUNDING)) return false;
      return this.#exactly(kind) * by < over * BigInt(unit);
    });
  }

  /** What a voter of a class holds, over the common denominator. */
  #exactly(kind: number): bigint {
    return (this.#overs[kind] as bigint) * (this.#scales[this.#since[kind] as number] as bigint);
  }

  #divide(project: number, isPoor: (held: number, unit: number, kind: number) => boolean): Division {
    const { ballots, units, weights } = this.#of(project);
    const poor = new Map<number, number>();
    let rich = 0n;
    for (let at = 0; at < ballots.length; at += 1) {
      const ballot = ballots[at] as number;
      const kind = this.#classOf[ballot] as number;
      const unit = units[at] as number;
      const weight = weights[ballot] as number;
      if (kind === 0) continue;
      if (isPoor(this.near[ballot] as number, unit, kind)) poor.set(kind, (poor.get(kind) ?? 0) + weight);
      else rich += BigInt(weight) * BigInt(unit);
    }
    this.looks += ballots.length;
    const sums = new Map<number, bigint>();
    for (const [kind, voters] of poor) {
      const since = this.#since[kind] as number;
      sums.set(since, (sums.get(since) ?? 0n) + (this.#overs[kind] as bigint) * BigInt(voters));
    }
    let held = 0n;
    for (const [since, sum] of sums) held += sum * (this.#scales[since] as bigint);
    const poorVoters = [...poor.values()].reduce((sum, voters) => sum + voters, 0);
    return { held, units: rich, poorVoters };
  }

  /** Every supporter pays that much for a unit, or all they hold. */
  pay(project: number, payment: Fraction): void {
    const { ballots, units } = this.#of(project);
    const factor = payment.under / greatestCommonDivisor(this.#under, payment.under);
    const under = this.#under * factor;
    this.#unders.push(under);
    this.#scales = [...this.#scales.map((scale) => scale * factor), 1n];
    const due = payment.over * (under / payment.under);
    const next = new Map<string, number>();
    for (let at = 0; at < ballots.length; at += 1) {
      const ballot = ballots[at] as number;
      const kind = this.#classOf[ballot] as number;
      if (kind === 0) continue;
      const key = `${kind} ${units[at]}`;
      const known = next.get(key) ?? this.#classAfter(kind, due * BigInt(units[at] as number));
      next.set(key, known);
      this.#classOf[ballot] = known;
      this.near[ballot] = known === 0 ? 0 : (this.#nears.get(known) ?? 0);
    }
    this.looks += ballots.length;
  }

  #classAfter(kind: number, due: bigint): number {
    const left = this.#exactly(kind) - due;
    if (left <= 0n) return 0;
    this.#overs.push(left);
    this.#since.push(this.#unders.length - 1);
    this.#nears.set(this.#overs.length - 1, toFloat({ over: left, under: this.#under }));
    return this.#overs.length - 1;
  }

  /** At such a payment for a unit, how many supporters can pay it, how many only give all they hold, and how many hold nothing. */
  payersOf(project: number, payment: Fraction): Payers {
    const { ballots, weights, voters } = this.#of(project);
    const { poorVoters } = this.#divideAt(project, { over: payment.over * this.#under, by: payment.under });
    let nothing = 0;
    for (const ballot of ballots) if (this.#classOf[ballot] === 0) nothing += weights[ballot] as number;
    return { inFull: voters - poorVoters - nothing, all: poorVoters, nothing };
  }

  /** Whether the supporters hold the cost together: by floats where they can tell, else exactly. */
  canPay(project: number): boolean {
    const { ballots, weights, cost } = this.#of(project);
    let held = 0;
    for (const ballot of ballots) held += (weights[ballot] as number) * (this.near[ballot] as number);
    const sure = (ballots.length + MARGIN) * ROUNDING;
    if (held * (1 + sure) < Number(cost) * (1 - sure)) return false;
    if (held * (1 - sure) > Number(cost) * (1 + sure)) return true;
    const exactly = this.heldBehind(project);
    return exactly.over >= cost * exactly.under;
  }

  /** What all supporters of a project hold together. */
  heldBehind(project: number): Fraction {
    return lowestTerms({ over: this.#divide(project, () => true).held, under: this.#under });
  }
}

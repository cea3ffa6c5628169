/**
 * What equal shares did with everybody's money, by following its purchases once more: who paid for each, how many effective votes every
 * other project had then, and where the money of those went whose project was not funded.
 *
 * What is exact is who pays in full, who can pay at all, and what is held. Amounts paid that are only added up for show are floats, each
 * within 2^-52 of itself, and rounded to the smallest unit of money.
 */
import { type Fraction, toFloat } from "../fraction.ts";
import { costOf, type Reading } from "../replay/own-reading.ts";
import { followShares, type OwnPurchase, type Round } from "../replay/own-shares.ts";
import { exactly, minus, roundDown, roundUp } from "./exact.ts";
import type { Instead, Lacking, Paid } from "./explanation.ts";

export type MoneyFollowed = {
  readonly paid: ReadonlyMap<number, Paid>;
  readonly lacking: ReadonlyMap<number, Lacking>;
  readonly effectiveVotes: ReadonlyMap<number, readonly (string | null)[]>;
  readonly instead: ReadonlyMap<number, Instead>;
};

export function followMoney(
  reading: Reading,
  { share, funded }: { readonly share: Fraction; readonly funded: ReadonlySet<number> },
): MoneyFollowed {
  const unfunded = reading.election.projects.map((_, project) => project).filter((project) => !funded.has(project));
  const series = new Map<number, (string | null)[]>(reading.election.projects.map((_, project) => [project, []]));
  const paid = new Map<number, Paid>();
  const spent = new Spent(reading, funded);
  let last: { readonly purchase: OwnPurchase; readonly paid: Omit<Paid, "leftWithSupporters" | "leftWithAll"> } | null =
    null;
  let total: Fraction = { over: share.over * BigInt(reading.election.ballots.cast), under: share.under };
  const onRound = ({ holdings, bought, open }: Round) => {
    if (last !== null) {
      const { project } = last.purchase;
      total = minus(total, { over: costOf(reading, project), under: 1n });
      const left = { leftWithSupporters: exactly(holdings.heldBehind(project)), leftWithAll: exactly(total) };
      paid.set(project, { ...last.paid, ...left });
    }
    const able = new Set(open.filter((project) => holdings.canPay(project)));
    for (const [project, votes] of series)
      votes.push(able.has(project) ? effectiveVotes(reading, project, holdings.boundOf(project, 0)) : null);
    last = bought === null ? null : { purchase: bought, paid: paidFor(reading, { bought, holdings }) };
    if (bought !== null) spent.add(bought, holdings.near);
  };
  const { holdings } = followShares(reading, { share, onRound });
  const held = new Map(unfunded.map((project) => [project, holdings.heldBehind(project)]));
  const lacking = new Map(
    [...held].map(([project, one]) => [project, lackingOf(reading, { project, share, held: one })]),
  );
  const instead = new Map([...held].map(([project, one]) => [project, spent.of(project, { share, held: one })]));
  return { paid, lacking, effectiveVotes: series, instead };
}

/** What each voter held at first, and what the supporters of a project hold together at the end. */
type Money = { readonly share: Fraction; readonly held: Fraction };

/** To two decimals; the payment is within a hundred billionth of itself. */
function effectiveVotes(reading: Reading, project: number, payment: number): string {
  return (Number(costOf(reading, project)) / payment).toFixed(2);
}

function paidFor(reading: Reading, { bought, holdings }: { readonly bought: OwnPurchase } & Pick<Round, "holdings">) {
  const { project, payment } = bought;
  return {
    payment: exactly(payment),
    effectiveVotes: exactly({ over: costOf(reading, project) * payment.under, under: payment.over }),
    ...holdings.payersOf(project, payment),
  };
}

function lackingOf(reading: Reading, { project, share, held }: { readonly project: number } & Money): Lacking {
  const gap = minus({ over: costOf(reading, project), under: 1n }, held);
  const short = gap.over < 0n ? { over: 0n, under: 1n } : gap;
  const voters = BigInt(reading.backing[project]?.voters ?? 0);
  const times = (each: Fraction) => Number(roundUp({ over: short.over * each.under, under: short.under * each.over }));
  return {
    held: exactly(held),
    short: exactly(short),
    furtherWithShare: share.over === 0n ? null : times(share),
    furtherWithAverage: held.over === 0n ? null : times({ over: held.over, under: held.under * voters }),
  };
}

/** How much the supporters of each unfunded project paid for each purchase, and how many of them paid anything. */
class Spent {
  readonly #reading: Reading;
  readonly #choosing: readonly (readonly number[])[];
  readonly #by = new Map<number, { project: number; paid: number; payers: number }[]>();

  constructor(reading: Reading, funded: ReadonlySet<number>) {
    this.#reading = reading;
    const lists: number[][] = Array.from(reading.election.ballots.weights, () => []);
    reading.backing.forEach(({ ballots }, project) => {
      if (!funded.has(project)) for (const ballot of ballots) lists[ballot]?.push(project);
    });
    this.#choosing = lists;
  }

  /** `near` is what is held before the payment. */
  add({ project, payment }: OwnPurchase, near: Float64Array): void {
    const rate = toFloat(payment);
    const { weights } = this.#reading.election.ballots;
    const backing = this.#reading.backing[project];
    const sums = new Map<number, { paid: number; payers: number }>();
    backing?.ballots.forEach((ballot, at) => {
      const paid = Math.min(near[ballot] ?? 0, rate * (backing.units[at] ?? 0));
      if (paid === 0) return;
      const weight = weights[ballot] ?? 0;
      for (const other of this.#choosing[ballot] ?? []) {
        const sum = sums.get(other) ?? { paid: 0, payers: 0 };
        sums.set(other, sum);
        sum.paid += paid * weight;
        sum.payers += weight;
      }
    });
    for (const [other, sum] of sums) {
      const all = this.#by.get(other) ?? [];
      if (all.push({ project, ...sum }) === 1) this.#by.set(other, all);
    }
  }

  of(project: number, { share, held }: Money): Instead {
    const voters = BigInt(this.#reading.backing[project]?.voters ?? 0);
    const bought = (this.#by.get(project) ?? []).map((one) => ({ ...one, paid: BigInt(Math.round(one.paid)) }));
    return {
      shares: roundDown({ over: share.over * voters, under: share.under }),
      unspent: roundDown(held),
      bought: bought.sort((a, b) => (a.paid === b.paid ? 0 : a.paid > b.paid ? -1 : 1)),
    };
  }
}

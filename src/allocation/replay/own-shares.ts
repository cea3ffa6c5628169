/**
 * Equal shares as the verifier follows it, each purchase proved: the payment is the least at which the supporters pay the cost, and no
 * other project that may be funded has a smaller one. The definition is that of Dominik Peters, Grzegorz Pierczynski and Piotr Skowron,
 * "Proportional Participatory Budgeting with Additive Utilities", NeurIPS 2021, section 3.
 *
 * Money only falls, so a payment that a project did not come below before it does not come below now: a project is looked at again
 * only where that older bound could make it the next. Who is compared is compared exactly.
 */
import { compareFractions, type Fraction, ROUNDING, toFloat } from "../fraction.ts";
import { Holdings } from "./holdings.ts";
import { costOf, type Reading } from "./own-reading.ts";

export type OwnPurchase = { readonly project: number; readonly payment: Fraction };
export type OwnTie = { readonly round: number; readonly tied: readonly number[] };

export type OwnShares = {
  readonly purchases: readonly OwnPurchase[];
  readonly ties: readonly OwnTie[];
  readonly cost: bigint;
  readonly holdings: Holdings;
};

/** Before each purchase, and once after the last; `open` are those that may still be bought. */
export type Round = {
  readonly holdings: Holdings;
  readonly open: readonly number[];
  readonly bought: OwnPurchase | null;
};
export type Following = { readonly onRound?: (round: Round) => void };

type Priced = { readonly project: number; readonly payment: Fraction };

/** With a share in the smallest unit of money. */
export function followShares(
  reading: Reading,
  { share, onRound }: { readonly share: Fraction } & Following,
): OwnShares {
  const holdings = new Holdings(reading, share);
  const bounds = new Map<number, number>();
  for (const project of candidatesOf(reading)) bounds.set(project, 0);
  const [purchases, ties]: [OwnPurchase[], OwnTie[]] = [[], []];
  const funded: number[] = [];
  let cost = 0n;
  for (;;) {
    for (const project of bounds.keys()) if (reading.bars(project, funded)) bounds.delete(project);
    const least = leastOf(reading, { holdings, bounds });
    const tied = least.map(({ project }) => project).sort(reading.order);
    const [next] = tied;
    const bought = least.find(({ project }) => project === next) ?? null;
    onRound?.({ holdings, open: [...bounds.keys()], bought });
    if (next === undefined || bought === null) return { purchases, ties, cost, holdings };
    const { payment } = bought;
    if (tied.length > 1) ties.push({ round: purchases.length + 1, tied });
    holdings.pay(next, payment);
    purchases.push(bought);
    funded.push(next);
    cost += costOf(reading, next);
    bounds.delete(next);
  }
}

export function candidatesOf(reading: Reading): readonly number[] {
  return reading.admitted.filter((project) => (reading.backing[project]?.voters ?? 0) > 0);
}

/** All whose payment for a unit of satisfaction is the least; none where nobody can be paid for. Who cannot be is dropped. */
function leastOf(
  reading: Reading,
  { holdings, bounds }: { readonly holdings: Holdings; readonly bounds: Map<number, number> },
): readonly Priced[] {
  const measure = (project: number) => Number(reading.measures[project]);
  // Bounds only rise, and those not looked at yet stay what they are: so one order of them serves the round.
  const lowestFirst = [...bounds]
    .map(([project, bound]) => ({ project, low: bound / measure(project) }))
    .sort((a, b) => a.low - b.low);
  let least: Priced[] = [];
  let top = Number.POSITIVE_INFINITY;
  for (const { project, low } of lowestFirst) {
    if (low > top) break;
    const bound = holdings.boundOf(project, bounds.get(project) ?? 0);
    bounds.set(project, bound);
    if (bound === Number.POSITIVE_INFINITY) {
      bounds.delete(project);
      continue;
    }
    if (bound / measure(project) > top) continue;
    const payment = holdings.paymentOf(project, bound);
    if (payment === null) {
      bounds.delete(project);
      continue;
    }
    const order = least[0] === undefined ? -1 : comparePriced(reading, [{ project, payment }, least[0]]);
    if (order < 0) {
      least = [{ project, payment }];
      top = (toFloat(payment) / measure(project)) * (1 + 16 * ROUNDING);
    }
    if (order === 0) least.push({ project, payment });
  }
  return least;
}

function comparePriced(reading: Reading, [a, b]: readonly [Priced, Priced]): number {
  const [left, right] = [reading.measures[a.project] ?? 1n, reading.measures[b.project] ?? 1n];
  return compareFractions(
    { over: a.payment.over, under: a.payment.under * left },
    { over: b.payment.over, under: b.payment.under * right },
  );
}

/**
 * Whether every share from that of `lower` up to this one buys the same in the same order. With one order of purchases more money lets
 * no payment rise and leaves nobody less. So at any share between, each purchase costs for a unit at most what it did at the lower
 * share, and every other project at least what it does at the higher: it is enough that the first goes before the second in each round,
 * and that nothing more can be bought at the higher.
 */
export function isSameUpTo(
  reading: Reading,
  { lower, share }: { readonly lower: OwnShares; readonly share: Fraction },
): { readonly same: boolean; readonly looks: number } {
  const holdings = new Holdings(reading, share);
  const bounds = new Map(candidatesOf(reading).map((project) => [project, 0]));
  const funded: number[] = [];
  const answer = (same: boolean) => ({ same, looks: holdings.looks });
  for (const purchase of lower.purchases) {
    for (const project of bounds.keys()) if (reading.bars(project, funded)) bounds.delete(project);
    bounds.delete(purchase.project);
    if (hasRival(reading, { holdings, bounds, purchase })) return answer(false);
    const payment = holdings.paymentOf(purchase.project, toFloat(purchase.payment));
    if (payment === null) return answer(false);
    holdings.pay(purchase.project, payment);
    funded.push(purchase.project);
  }
  for (const project of bounds.keys())
    if (!reading.bars(project, funded) && holdings.paymentOf(project, bounds.get(project) ?? 0) !== null)
      return answer(false);
  return answer(true);
}

function hasRival(
  reading: Reading,
  the: { readonly holdings: Holdings; readonly bounds: Map<number, number>; readonly purchase: OwnPurchase },
): boolean {
  const { holdings, bounds, purchase } = the;
  const measure = (project: number) => Number(reading.measures[project]);
  const top = (toFloat(purchase.payment) / measure(purchase.project)) * (1 + 16 * ROUNDING);
  for (const [project, before] of bounds) {
    if (before / measure(project) > top) continue;
    const bound = holdings.boundOf(project, before);
    bounds.set(project, bound);
    if (bound / measure(project) > top) continue;
    const payment = holdings.paymentOf(project, bound);
    if (payment === null) continue;
    const order = comparePriced(reading, [{ project, payment }, purchase]);
    if (order < 0 || (order === 0 && reading.order(project, purchase.project) < 0)) return true;
  }
  return false;
}

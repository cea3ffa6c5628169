/**
 * How a record draws on the contributions behind it: in the order written, each to its end before the next, so that
 * the parts are whole pence and sum to the amount. Money that must be spent first is written first.
 */
import { assert, must } from "../src/lib/assert.ts";
import { addDays, type Day, dayOf } from "../src/lib/day.ts";
import type { Pence } from "../src/lib/pence.ts";
import type { DemoAllocation, DemoCommitment, DemoPayment, Draw, TwoPeople } from "./types.ts";

/** Takes an amount from the start of the draws; what is left comes back with it. */
export function draw(
  draws: readonly Draw[],
  amountPence: Pence,
): { readonly taken: readonly Draw[]; readonly left: readonly Draw[] } {
  const taken: Draw[] = [];
  const left: Draw[] = [];
  let wanted = amountPence;
  for (const { contributionId, amountPence: held } of draws) {
    let part = held;
    if (wanted < held) part = wanted;
    if (part > 0n) taken.push({ contributionId, amountPence: part });
    if (held > part) left.push({ contributionId, amountPence: held - part });
    wanted -= part;
  }
  assert(wanted === 0n, "drew more than there is");
  return { taken, left };
}

export type Ordered = {
  readonly id: string;
  readonly supplierId: string;
  readonly serviceId: string;
  readonly kind?: DemoCommitment["kind"];
  readonly date: Day;
  readonly reference: string;
  readonly by?: TwoPeople;
  readonly payments: Payments;
};

/** Equal payments, one a month (or every so many months), each some days after its period ends. */
export type Payments = {
  readonly netPence: Pence;
  /** Value added tax in hundredths of the net: 20 or 0. */
  readonly vatPercent: 0 | 20;
  readonly first: { readonly year: number; readonly month: number };
  readonly everyMonths: 1 | 3;
  /** How many periods were ordered, and how many had been paid by the business date. */
  readonly ordered: number;
  readonly paid: number;
  readonly payAfterDays: number;
  readonly invoicePrefix: string;
  readonly firstDocument: number;
};

export type Drawn = { readonly commitments: readonly DemoCommitment[]; readonly payments: readonly DemoPayment[] };

/** The orders placed against one allocation, and what has been paid on each. */
export function placeOrders(allocation: DemoAllocation, orders: readonly Ordered[]): Drawn {
  const commitments: DemoCommitment[] = [];
  const payments: DemoPayment[] = [];
  let unspent = allocation.draws;
  for (const order of orders) {
    const amountPence = order.payments.netPence * BigInt(order.payments.ordered);
    const { taken, left } = draw(unspent, amountPence);
    unspent = left;
    const people = order.by ?? { preparedBy: allocation.preparedBy, authorisedBy: allocation.authorisedBy };
    const { preparedBy, authorisedBy } = people;
    const { id, supplierId, serviceId, date, reference } = order;
    const commitment: DemoCommitment = {
      id,
      allocationId: allocation.id,
      supplierId,
      serviceId,
      kind: order.kind ?? "order",
      amountPence,
      draws: taken,
      date,
      reference,
      preparedBy,
      authorisedBy,
    };
    commitments.push(commitment);
    payments.push(...payOrder(commitment, order.payments));
  }
  return { commitments, payments };
}

function payOrder(commitment: DemoCommitment, terms: Payments): readonly DemoPayment[] {
  const payments: DemoPayment[] = [];
  let unspent = commitment.draws;
  for (let index = 0; index < terms.paid; index += 1) {
    const { taken, left } = draw(unspent, terms.netPence);
    unspent = left;
    const from = firstOfMonth(terms.first, index * terms.everyMonths);
    const to = addDays(firstOfMonth(terms.first, (index + 1) * terms.everyMonths), -1);
    const vatPence = (terms.netPence * BigInt(terms.vatPercent)) / 100n;
    payments.push({
      id: `${commitment.id}-${to.slice(0, 7)}`,
      commitmentId: commitment.id,
      supplierId: commitment.supplierId,
      serviceId: commitment.serviceId,
      netPence: terms.netPence,
      vatPence,
      grossPence: terms.netPence + vatPence,
      draws: taken,
      date: workingDay(addDays(to, terms.payAfterDays)),
      forPeriod: { from, to },
      invoice: `${terms.invoicePrefix}${to.slice(2, 4)}${to.slice(5, 7)}`,
      documentNumber: String(terms.firstDocument + index * 1_861),
      preparedBy: commitment.preparedBy,
      authorisedBy: commitment.authorisedBy,
    });
  }
  return payments;
}

function firstOfMonth(first: Payments["first"], monthsLater: number): Day {
  const months = first.year * 12 + first.month - 1 + monthsLater;
  return must(dayOf({ year: Math.floor(months / 12), month: (months % 12) + 1, day: 1 }), "no such month");
}

/** The day itself, or the Friday before a weekend. */
function workingDay(day: Day): Day {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 6 ? addDays(day, -1) : weekday === 0 ? addDays(day, -2) : day;
}

/**
 * Over 20,000 lines of made-up published spending, as the files that councils would have published, one for each
 * council and quarter, to be read by the ordinary import. The same on every run. The payments that a council made
 * from its pots stand in its files too, with the same supplier, amount and document number.
 * Licence: MIT, as the rest of Onepot.
 */
import { must } from "../src/lib/assert.ts";
import { newcastle } from "./newcastle.ts";
import { greaterManchester, SALFORD_GSS } from "./salford.ts";
import {
  bracketsLayout,
  elevenColumnLayout,
  headerlessLayout,
  type LayOut,
  salfordLayout,
  shortMonthLayout,
} from "./spend/layouts.ts";
import { linesOfQuarter, monthsOf, type Publisher, type Quarter, type SpendLine } from "./spend/lines.ts";
import type { DemoLedger, DemoPayment, SpendFile } from "./types.ts";

type Publishing = { readonly publisher: Publisher; readonly layOut: LayOut; readonly firstYear: number };

const GM = "greater-manchester";

const PUBLISHERS: readonly Publishing[] = [
  {
    publisher: { placeSlug: GM, gss: SALFORD_GSS, name: "Salford City Council", slug: "salford", linesPerMonth: 560 },
    layOut: salfordLayout,
    firstYear: 2010,
  },
  {
    publisher: {
      placeSlug: GM,
      gss: "E08000003",
      name: "Manchester City Council",
      slug: "manchester",
      linesPerMonth: 130,
    },
    layOut: elevenColumnLayout,
    firstYear: 2011,
  },
  {
    publisher: { placeSlug: GM, gss: "E08000001", name: "Bolton Council", slug: "bolton", linesPerMonth: 75 },
    layOut: shortMonthLayout,
    firstYear: 2011,
  },
  {
    publisher: {
      placeSlug: "newcastle",
      gss: "E08000021",
      name: "Newcastle City Council",
      slug: "newcastle",
      linesPerMonth: 120,
    },
    layOut: bracketsLayout,
    firstYear: 2011,
  },
  {
    publisher: {
      placeSlug: "north-devon",
      gss: "E07000043",
      name: "North Devon Council",
      slug: "north-devon",
      linesPerMonth: 40,
    },
    layOut: headerlessLayout,
    firstYear: 2011,
  },
];

const LAST_YEAR = 2012;

/** What is published is over £500, and never what the council pays itself or what no money moved for. */
const PUBLISHED_OVER_PENCE = 50_000n;

export type PublishedPayment = {
  readonly publisherGss: string;
  readonly supplier: string;
  readonly payment: DemoPayment;
};

/** The payments of a place's real pots that their hosts published. */
function publishedBy({ partners, pots, allocations, commitments, payments }: DemoLedger): readonly PublishedPayment[] {
  const partnerOf = new Map(partners.map((partner) => [partner.id, partner]));
  const potOf = new Map(pots.map((pot) => [pot.id, pot]));
  const potOfAllocation = new Map(allocations.map((allocation) => [allocation.id, potOf.get(allocation.potId)]));
  const potOfOrder = new Map(commitments.map((order) => [order.id, potOfAllocation.get(order.allocationId)]));
  return payments.flatMap((payment) => {
    const pot = must(potOfOrder.get(payment.commitmentId), "a payment without a pot");
    if (pot.mode === "shadow" || payment.supplierId === pot.hostId) return [];
    if (payment.netPence <= PUBLISHED_OVER_PENCE) return [];
    const supplier = must(partnerOf.get(payment.supplierId), "a payment to an unknown partner").name;
    return [
      { publisherGss: must(partnerOf.get(pot.hostId)?.councilGss, "a host that is no council"), supplier, payment },
    ];
  });
}

export const publishedPotPayments: readonly PublishedPayment[] = [greaterManchester, newcastle].flatMap(publishedBy);

function potLines(publisher: Publisher, quarter: Quarter): readonly SpendLine[] {
  const months = monthsOf(quarter).map(({ year, month }) => `${year}-${String(month).padStart(2, "0")}`);
  return publishedPotPayments
    .filter(({ publisherGss, payment }) => publisherGss === publisher.gss && months.includes(payment.date.slice(0, 7)))
    .map(({ supplier, payment: { date, documentNumber, netPence, vatPence, grossPence } }) => ({
      date,
      documentNumber,
      supplier,
      area: "Children's Services",
      description: "Family Support Services",
      netPence,
      vatPence,
      grossPence,
    }));
}

function byDate(a: SpendLine, b: SpendLine): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  if (a.documentNumber === b.documentNumber) return 0;
  return a.documentNumber < b.documentNumber ? -1 : 1;
}

/** One file for each council and quarter, oldest first within a council. */
export function* spendFiles(): Iterable<SpendFile> {
  for (const { publisher, layOut, firstYear } of PUBLISHERS) {
    for (let year = firstYear; year <= LAST_YEAR; year += 1) {
      for (const quarter of [1, 2, 3, 4] as const) {
        const made = linesOfQuarter(publisher, { year, quarter });
        const own = potLines(publisher, { year, quarter });
        const lines = [...made, ...own].sort(byDate);
        yield {
          placeSlug: publisher.placeSlug,
          publisherGss: publisher.gss,
          name: `${publisher.slug}-spending-made-up-${year}-${String((year + 1) % 100).padStart(2, "0")}-q${quarter}.csv`,
          text: layOut(publisher, lines),
        };
      }
    }
  }
}

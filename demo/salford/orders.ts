/**
 * The orders placed against each allocation of Greater Manchester, and what had been paid on them by 29 March 2013.
 * All made up. The Salford pound is the ninth payment on the first order.
 */
import { must } from "../../src/lib/assert.ts";
import { mustDay } from "../../src/lib/day.ts";
import { type Drawn, type Ordered, placeOrders } from "../drawing.ts";
import { allocations } from "./allocations.ts";

/** Allocation, order, supplier, service | net a time, tax, first month, every, ordered, paid, days | invoice, document. */
const ORDERS = `
  key-workers      order-langworthy irwell        key-worker-langworthy | 6240.00  20 2012-06 1 10 9  15 | IFS-LW- 5100432325 | 2012-05-24
  key-workers      order-ordsall    irwell        key-worker-ordsall    | 8320.00  20 2012-06 1 10 9  15 | IFS-OW- 5100432326 | 2012-05-24
  key-workers      order-walkden    chapelbrook   key-worker-walkden    | 11475.50 20 2012-06 1 10 9  18 | CEH      5100432491 | 2012-05-28
  one-team         order-front-door irwell        front-door            | 14250.00 20 2012-06 1 10 9  15 | IFS-FD- 5100432327 | 2012-05-24
  one-team         order-tenancy    quaybridge    tenancy               | 9600.00  0  2012-06 1 10 9  21 | QBH/    5100432760 | 2012-05-29
  one-team         order-work       northlight    family-work-advice    | 7150.25  20 2012-07 1 9  8  12 | NSC-    5100432811 | 2012-06-01
  co-ordination    award-co         salford       co-ordinator          | 25000.00 0  2012-04 3 4  3  20 | INT-    5100431020 | 2012-05-24
  attendance       award-weirside   weirside      attendance-school     | 18000.00 0  2012-04 3 4  3  24 | WCPS-   5100433003 | 2012-06-28
  attendance       order-visits     steppingstone attendance-home       | 4895.00  0  2012-07 1 9  8  19 | STP/A   5100433120 | 2012-06-28
  domestic-abuse   grant-safe       safehouse     safe-at-home          | 8000.00  0  2012-06 1 10 9  10 | HLDA-   5100433222 | 2012-06-28
  parenting        order-parenting  steppingstone parenting             | 12340.75 0  2012-07 1 9  8  19 | STP/P   5100433340 | 2012-06-28
  across-the-county order-outreach  lantern       outreach              | 42500.00 0  2012-06 1 10 9  17 | LSCT    5100433415 | 2012-06-27
  childrens-centres order-centres   lantern       centre-outreach       | 58300.00 0  2012-04 1 12 11 17 | LSCT/C  5100430111 | 2012-04-27
  talking-early    order-talking    chapelbrook   talking               | 14175.00 20 2012-04 1 12 11 18 | CEHT    5100430230 | 2012-04-30
  work-coaching    shadow-coaching  northlight    work-coach            | 55000.00 0  2012-07 3 3  2  20 | SHADOW- 9000000001 | 2012-07-23
  youth-evenings   grant-youth      crescent      youth-club            | 5800.00  0  2012-07 3 3  2  14 | CSYC-   5100433611 | 2012-07-16
  growing          grant-garden     millgate      garden                | 2650.00  0  2012-07 3 3  2  14 | MGP-    5100433702 | 2012-07-16
  pilot-team       order-pilot      irwell        joint-prevention      | 33750.00 20 2011-04 1 12 12 15 | IFS-PT- 5100401050 | 2011-05-09
`;

function readOrder(line: string): { readonly allocationId: string; readonly order: Ordered } {
  const [who = "", terms = "", papers = "", date = ""] = line.split("|").map((part) => part.trim());
  const [allocationId = "", id = "", supplierId = "", serviceId = ""] = who.split(/\s+/);
  const [net = "", vat, first = "", every, ordered, paid, days] = terms.split(/\s+/);
  const [invoicePrefix = "", document] = papers.split(/\s+/);
  const [year, month] = first.split("-");
  const kind = id.startsWith("grant") ? "grant" : id.startsWith("award") ? "award" : "order";
  const order: Ordered = {
    id,
    supplierId,
    serviceId,
    kind,
    date: mustDay(date),
    reference: `PO-${date.slice(2, 4)}${String(document).slice(-5)}`,
    payments: {
      netPence: BigInt(net.replace(".", "")),
      vatPercent: vat === "20" ? 20 : 0,
      first: { year: Number(year), month: Number(month) },
      everyMonths: every === "3" ? 3 : 1,
      ordered: Number(ordered),
      paid: Number(paid),
      payAfterDays: Number(days),
      invoicePrefix,
      firstDocument: Number(document),
    },
  };
  return { allocationId, order };
}

const read = ORDERS.trim().split("\n").map(readOrder);

const drawn: readonly Drawn[] = allocations.map((allocation) =>
  placeOrders(
    allocation,
    read.filter(({ allocationId }) => allocationId === allocation.id).map(({ order }) => order),
  ),
);

export const commitments = drawn.flatMap((part) => part.commitments);
export const payments = drawn.flatMap((part) => part.payments);

/** The payment that the demonstration follows from end to end. */
export const salfordPound = must(
  payments.find((payment) => payment.id === "order-langworthy-2013-02"),
  "the Salford pound is missing",
);

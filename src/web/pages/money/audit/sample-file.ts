/** The audit sample as a table to work on: payments and then credit notes, whose amounts are below nought. */
import { formatPounds } from "../../../../lib/pence.ts";
import type { CellValue } from "../../../../platform/tables/index.ts";
import type { drawSample } from "../../../../proof/index.ts";
import type { Visit } from "../exchange.ts";
import type { ExportTable } from "../exports.ts";
import type { ValueOf } from "../reading.ts";
import { reasonText } from "../resolve.ts";

type Sample = ValueOf<typeof drawSample>;
type Item = Sample["items"][number];
type Credit = Sample["credits"]["items"][number];
type Row = readonly CellValue[];

export function sampleFile(sample: Sample, visit: Visit): ExportTable {
  const text = (name: string) => ({ name, type: "text" }) as const;
  const day = (name: string) => ({ name, type: "day" }) as const;
  const pounds = (name: string) => ({ name, type: "pounds" }) as const;
  return {
    name: `audit-sample-${visit.place}-${sample.book}-${sample.seed}`,
    sheet: "Sample",
    columns: [
      text("payment_id"),
      day("paid_on"),
      pounds("amount"),
      pounds("begins_after"),
      ...["drawn_pennies", "certain", "supplier", "service", "reference", "spend_line", "pot", "streams"].map(text),
      ...["commitment_id", "commitment"].map(text),
      ...["allocation_id", "allocation", "decided_by"].map(text),
      day("decided_on"),
      ...["power", "transfer_id", "prepared_by", "authorised_by", "reversed_by"].map(text),
      ...["kind", "credit_note_id", "credit_reason"].map(text),
      pounds("outside"),
      ...["outside_because", "borne_by"].map(text),
      pounds("borne_by_nobody"),
      text("credited_lines"),
      ...["credited_net", "credited_vat", "credited_vat_recovered"].map(pounds),
    ],
    rows: [...sample.items.map(paymentRow), ...sample.credits.items.map(creditRow)],
  };
}

function paymentRow(item: Item): Row {
  const left = item.outside.reduce((sum, { leftPence }) => sum + leftPence, 0n);
  const reasons = item.outside.flatMap((one) => one.reasons.map((reason) => reasonText("en", reason)));
  const borne = item.outside.flatMap((one) =>
    one.borne.map(
      ({ by, amountPence, clearedOn, reason }) => `${by} ${formatPounds(amountPence)} ${clearedOn}: ${reason}`,
    ),
  );
  return [
    item.paymentId,
    item.paidOn,
    item.amountPence,
    ...drawnCells(item),
    item.spendLine,
    ...potCells(item),
    item.commitmentId,
    item.commitmentId === null ? null : `${item.commitmentKind} ${item.commitmentReference}`,
    item.allocationId,
    item.allocation,
    item.decidedBy,
    item.decidedOn,
    item.power,
    ...madeCells(item),
    item.elsewhere ? "paid elsewhere" : "payment",
    null,
    null,
    item.outsidePence,
    reasons.join("; "),
    borne.join("; "),
    left,
    null,
    null,
    null,
    null,
  ];
}

/** Under its payment's id; what the payment was for stands with the payment. */
function creditRow(item: Credit): Row {
  const noDecision = [null, null, null, null, null];
  return [
    item.paymentId,
    item.creditedOn,
    -item.amountPence,
    ...drawnCells(item),
    null,
    ...potCells(item),
    item.commitmentId,
    null,
    ...noDecision,
    ...madeCells(item),
    "credit note",
    item.creditNoteId,
    item.reason,
    null,
    null,
    null,
    null,
    ...creditedCells(item),
  ];
}

/** Line by line in words, and the sums as amounts below nought; nothing where it is of one amount. */
function creditedCells({ lines }: Credit): Row {
  if (lines.length === 0) return [null, null, null, null];
  const sum = (of: (line: Credit["lines"][number]) => bigint) => lines.reduce((total, one) => total - of(one), 0n);
  const text = lines.map(({ line, netPence, vatPence, recoverablePence }) => {
    const [net, vat, recovered] = [netPence, vatPence, recoverablePence].map(formatPounds);
    return `line ${line} net ${net} VAT ${vat} recovered ${recovered}`;
  });
  return [
    text.join("; "),
    sum(({ netPence }) => netPence),
    sum(({ vatPence }) => vatPence),
    sum(({ recoverablePence }) => recoverablePence),
  ];
}

function drawnCells(item: Item | Credit): Row {
  const certain = item.certain ? "yes" : "no";
  return [item.beforePence, String(item.pennies), certain, item.supplier, item.service, item.reference];
}

function potCells(item: Item | Credit): Row {
  return [item.pot, item.streams.map((one) => `${one.stream} ${formatPounds(one.amountPence)}`).join("; ")];
}

function madeCells(item: Item | Credit): Row {
  return [item.transferId, item.madeBy, item.approval?.authorisedBy.join(" ") ?? null, item.reversedById];
}

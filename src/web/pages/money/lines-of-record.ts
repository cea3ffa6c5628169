/** The lines of a payment and of a credit note on the pages of their records, with what credit notes have left of each line. */
import type { FastifyRequest } from "fastify";
import { addLines, listCreditLines, listPaymentLines } from "../../../ledger/index.ts";
import type { Day } from "../../../lib/day.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { formatDay } from "../../shell/formats.ts";
import { ask } from "../../visit.ts";
import type { Visit } from "./exchange.ts";
import { creditWords } from "./forms/words-credit.ts";
import { invoiceWords } from "./forms/words-invoice.ts";
import { invoiceTable } from "./invoice-table.ts";
import type { ValueOf } from "./reading.ts";
import { bare, cell, column, type MoneyTable, moneyCell, numeric } from "./tables.ts";

export type LinesOfRecord = {
  readonly tables: readonly MoneyTable[];
  /** What no table can say. */
  readonly notes: readonly string[];
  /** Whether the lines of the payment say more than its amount: VAT, or several lines. */
  readonly more: boolean;
};

const NONE: LinesOfRecord = { tables: [], notes: [], more: false };

type Asked = {
  readonly record: { readonly kind: string; readonly id: string; readonly book: string | null };
  readonly visit: Visit;
};

export function linesOfRecord(request: FastifyRequest, the: Asked): Promise<LinesOfRecord> {
  if (the.record.kind === "payment") return linesOfPayment(request, the);
  if (the.record.kind === "credit_note") return linesOfCreditNote(request, the);
  return Promise.resolve(NONE);
}

/** Whether one amount would not say all that the lines of a payment do. */
export function saysMore(lines: readonly { readonly vatPence: bigint }[]): boolean {
  return lines.length > 1 || lines.some(({ vatPence }) => vatPence !== 0n);
}

/**
 * No table where one line alone says no more than the payment. What each is for stands beside its number, for readers of the
 * ledger: to others the use case gives it empty.
 */
async function linesOfPayment(request: FastifyRequest, { record, visit }: Asked): Promise<LinesOfRecord> {
  const found = await ask(request, listPaymentLines, { place: visit.place, input: { paymentId: record.id } });
  if (!found.ok) return NONE;
  const { language } = visit;
  const { lines, creditedPence, unsharedPence, leftPence } = found.value;
  const more = saysMore(lines);
  const own = creditWords(language);
  const shadow = record.book === "shadow";
  const credits = creditedPence === 0n ? [] : [creditsTable(found.value, { visit, shadow })];
  if (!more && lines.every(({ words }) => words === "")) return { tables: credits, notes: [], more };
  const invoice = invoiceTable(found.value, { language, caption: invoiceWords(language)("lines"), shadow });
  const left = addLines(lines.map((one) => one.left));
  if (creditedPence === 0n || !left.ok) return { tables: [invoice], notes: [], more };
  const leftTable = invoiceTable(
    { lines: lines.map((one) => ({ ...one, ...one.left })), total: left.value },
    { language, caption: own("leftOfLines"), shadow, labels: { borne: own("leftBorne") } },
  );
  const amounts = { amount: formatPounds(unsharedPence), left: formatPounds(leftPence) };
  return {
    tables: [invoice, ...credits, leftTable],
    notes: unsharedPence === 0n ? [] : [own("unshared", amounts)],
    more,
  };
}

type Credits = Pick<ValueOf<typeof listPaymentLines>, "creditNotes" | "creditedPence">;

/** The credit notes of a payment, each leading to its own page. */
function creditsTable(
  { creditNotes, creditedPence }: Credits,
  { visit, shadow }: { readonly visit: Visit; readonly shadow: boolean },
): MoneyTable {
  const { language, to } = visit;
  const own = creditWords(language);
  return {
    caption: own("notes"),
    columns: [column(own("noteOn")), column(own("noteNumber")), column(own("noteHow")), numeric(own("back"))],
    rows: creditNotes.map((one) => ({
      shadow,
      cells: [
        cell(formatDay(language, one.creditedOn as Day), to.trace(one.creditNoteId)),
        cell(one.reference),
        cell(own(one.byLines ? "noteByLines" : "noteOneAmount")),
        moneyCell(one.amountPence),
      ],
    })),
    total: [invoiceWords(language)("total"), "", "", bare(creditedPence)],
  };
}

async function linesOfCreditNote(request: FastifyRequest, { record, visit }: Asked): Promise<LinesOfRecord> {
  const found = await ask(request, listCreditLines, { place: visit.place, input: { creditNoteId: record.id } });
  if (!found.ok) return NONE;
  const { language } = visit;
  const own = creditWords(language);
  const { lines, total, shared } = found.value;
  if (total === null) return { ...NONE, notes: shared ? [] : [own("noteUnshared")] };
  const labels = { recoverable: own("recoverable"), borne: own("back") };
  const shown = { language, caption: own("noteLines"), shadow: record.book === "shadow", labels };
  return { tables: [invoiceTable({ lines, total }, shown)], notes: [], more: true };
}

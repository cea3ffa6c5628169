/** The lines of an invoice as a table: net, VAT, gross, what is recovered and what the pot bears, to the penny. */
import { groupText } from "../../../ledger/index.ts";
import type { Language } from "../../../lib/language.ts";
import { invoiceWords } from "./forms/words-invoice.ts";
import { bare, cell, column, type MoneyTable, moneyCell, numeric } from "./tables.ts";

type Amounts = {
  readonly netPence: bigint;
  readonly vatPence: bigint;
  readonly grossPence: bigint;
  readonly recoverablePence: bigint;
  readonly bornePence: bigint;
};
export type Invoice = {
  readonly lines: readonly (Amounts & {
    readonly line: number;
    readonly words: string;
    readonly subjectiveGroup: string | null;
  })[];
  readonly total: Amounts;
};

export function invoiceTable(
  { lines, total }: Invoice,
  the: {
    readonly language: Language;
    readonly caption: string;
    readonly shadow?: boolean;
    /** Where a column is called otherwise than on the invoice. */
    readonly labels?: { readonly recoverable?: string; readonly borne?: string };
  },
): MoneyTable {
  const own = invoiceWords(the.language);
  const named = { recoverable: own("recoverable"), borne: own("borne"), ...the.labels };
  const groups = lines.some(({ subjectiveGroup }) => subjectiveGroup !== null);
  const of = (one: Amounts) => [one.netPence, one.vatPence, one.grossPence, one.recoverablePence, one.bornePence];
  return {
    caption: the.caption,
    columns: [
      column(own("line")),
      ...(groups ? [column(own("group"))] : []),
      ...(["net", "vat", "gross"] as const).map((key) => numeric(own(key))),
      numeric(named.recoverable),
      numeric(named.borne),
    ],
    rows: lines.map((one) => ({
      shadow: the.shadow ?? false,
      cells: [
        cell(one.words === "" ? String(one.line) : `${one.line}. ${one.words}`),
        ...(groups ? [cell(groupText(one.subjectiveGroup ?? "", the.language))] : []),
        ...of(one).map((pence) => moneyCell(pence)),
      ],
    })),
    total: [own("total"), ...(groups ? [""] : []), ...of(total).map(bare)],
  };
}

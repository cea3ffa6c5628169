/** Words of an invoice's lines, on forms and on a payment's page, in both languages. The Welsh awaits a translator's check. */
import { openMessages } from "../../../messages/translate.ts";

const en = {
  byLines: "Enter the invoice line by line, with its VAT",
  asOne: "Enter one amount instead",
  lines: "Lines of the invoice",
  linesHint:
    "The pot bears the net amount and the VAT that is not recovered. A council recovers the VAT on its non-business work (VAT Act 1994, section 33); others may not. Leave VAT empty where there is none. A line left empty is left out. Anyone can read the amounts; only people who may read the ledger can read what a line is for. Name no family or person.",
  lineNumber: "Line {{number}}",
  labelOf: "Line {{number}}, {{label}}",
  words: "What it is for",
  net: "Net (£)",
  vat: "VAT (£)",
  recoverable: "VAT recovered (£)",
  group: "Subjective group or account code",
  gross: "Gross (£)",
  borne: "Borne by the pot (£)",
  askRecovered: "Line {{number}}: enter how much of the VAT is recovered, 0.00 if none is",
  add: "Add another line",
  full: "A payment has {{count}} lines at most. Record the rest as another payment.",
  check: "Check the totals",
  sums: "What the lines come to",
  sumsLead: "Check this against the invoice before you go on. Nothing is recorded yet.",
  total: "Total",
  line: "Line",
} as const;

const cy = {
  byLines: "Rhoi'r anfoneb fesul llinell, gyda'i TAW",
  asOne: "Rhoi un swm yn lle hynny",
  lines: "Llinellau'r anfoneb",
  linesHint:
    "Mae'r gronfa'n ysgwyddo'r swm net a'r TAW nas adenillir. Mae cyngor yn adennill y TAW ar ei waith nad yw'n fusnes (Deddf TAW 1994, adran 33); efallai na chaiff eraill. Gadewch TAW yn wag lle nad oes dim. Gadewir llinell wag allan. Gall unrhyw un ddarllen y symiau; dim ond pobl sy'n cael darllen y cyfriflyfr all ddarllen beth yw diben llinell. Peidiwch ag enwi teulu na pherson.",
  lineNumber: "Llinell {{number}}",
  labelOf: "Llinell {{number}}, {{label}}",
  words: "Ar gyfer beth y mae",
  net: "Net (£)",
  vat: "TAW (£)",
  recoverable: "TAW a adenillir (£)",
  group: "Grŵp goddrychol neu god cyfrif",
  gross: "Gros (£)",
  borne: "Ysgwyddir gan y gronfa (£)",
  askRecovered: "Llinell {{number}}: rhowch faint o'r TAW a adenillir, 0.00 os dim",
  add: "Ychwanegu llinell arall",
  full: "Gall taliad gael {{count}} llinell ar y mwyaf. Cofnodwch y gweddill fel taliad arall.",
  check: "Gwirio'r cyfansymiau",
  sums: "Cyfanswm y llinellau",
  sumsLead: "Gwiriwch hyn yn erbyn yr anfoneb cyn mynd ymlaen. Nid oes dim wedi'i gofnodi eto.",
  total: "Cyfanswm",
  line: "Llinell",
} as const;

export const invoiceWords = openMessages({ en, cy });
export type InvoiceWords = ReturnType<typeof invoiceWords>;

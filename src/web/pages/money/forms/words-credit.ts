/** Words of a credit note's lines, on its form and on the pages of records, in both languages. The Welsh awaits a translator's check. */
import { openMessages } from "../../../messages/translate.ts";

const en = {
  byLines: "Credit it line by line, with its VAT",
  asOne: "Enter one amount instead",
  asOnePoint:
    "Of one amount it is not known which lines it was of, nor what VAT: it is shown as not shared out by line.",
  lines: "What is credited of each line",
  linesHint:
    "Enter what the credit note says of each line; leave a line empty where nothing of it is credited. The pot gets back the net amount and the VAT that had not been recovered.",
  lineNumber: "Line {{number}}",
  lineOf: "Line {{number}}: {{words}}",
  labelOf: "Line {{number}}, {{label}}",
  left: "Left: net {{net}}, VAT {{vat}}, of which {{recoverable}} was recovered",
  nothingLeft: "Nothing of this line is left to credit",
  net: "Net (£)",
  vat: "VAT (£)",
  recoverable: "VAT that had been recovered (£)",
  back: "Back to the pot (£)",
  nothingTyped: "Enter what is credited of one line or more",
  askRecovered: "Line {{number}}: enter how much of the credited VAT had been recovered, 0.00 if none was",
  check: "Check the totals",
  sums: "What comes back",
  sumsLead: "Check this against the credit note before you go on. Nothing is recorded yet.",
  notes: "Credit notes on this payment",
  noteOn: "Credited on",
  noteNumber: "Number",
  noteHow: "How",
  noteByLines: "line by line",
  noteOneAmount: "one amount",
  noteLines: "Lines of the credit note",
  leftOfLines: "What is left of each line after credit notes",
  leftBorne: "Borne by the pot, left (£)",
  unshared:
    "{{amount}} was credited by one amount and is not shared out by line. Of all lines together, {{left}} can still be credited.",
  noteUnshared:
    "This credit note is of one amount: it is not shared out by line, so it is not known which lines of the invoice it was of, nor what VAT.",
} as const;

const cy = {
  byLines: "Credydu fesul llinell, gyda'i TAW",
  asOne: "Rhoi un swm yn lle hynny",
  asOnePoint:
    "O un swm, nid yw'n hysbys o ba linellau yr oedd, na pha TAW: dangosir nad yw wedi'i rannu fesul llinell.",
  lines: "Yr hyn a gredydir o bob llinell",
  linesHint:
    "Rhowch yr hyn y mae'r nodyn credyd yn ei ddweud am bob llinell; gadewch linell yn wag lle na chredydir dim ohoni. Mae'r gronfa'n cael y swm net yn ôl a'r TAW nad oedd wedi'i adennill.",
  lineNumber: "Llinell {{number}}",
  lineOf: "Llinell {{number}}: {{words}}",
  labelOf: "Llinell {{number}}, {{label}}",
  left: "Ar ôl: net {{net}}, TAW {{vat}}, y cafodd {{recoverable}} ohono ei adennill",
  nothingLeft: "Nid oes dim o'r llinell hon ar ôl i'w gredydu",
  net: "Net (£)",
  vat: "TAW (£)",
  recoverable: "TAW a oedd wedi'i adennill (£)",
  back: "Yn ôl i'r gronfa (£)",
  nothingTyped: "Rhowch yr hyn a gredydir o un llinell neu ragor",
  askRecovered: "Llinell {{number}}: rhowch faint o'r TAW a gredydir a oedd wedi'i adennill, 0.00 os dim",
  check: "Gwirio'r cyfansymiau",
  sums: "Yr hyn sy'n dod yn ôl",
  sumsLead: "Gwiriwch hyn yn erbyn y nodyn credyd cyn mynd ymlaen. Nid oes dim wedi'i gofnodi eto.",
  notes: "Nodiadau credyd ar y taliad hwn",
  noteOn: "Credydwyd ar",
  noteNumber: "Rhif",
  noteHow: "Sut",
  noteByLines: "fesul llinell",
  noteOneAmount: "un swm",
  noteLines: "Llinellau'r nodyn credyd",
  leftOfLines: "Yr hyn sydd ar ôl o bob llinell ar ôl nodiadau credyd",
  leftBorne: "Ysgwyddir gan y gronfa, ar ôl (£)",
  unshared:
    "Credydwyd {{amount}} fel un swm ac nid yw wedi'i rannu fesul llinell. O'r holl linellau gyda'i gilydd, gellir credydu {{left}} o hyd.",
  noteUnshared:
    "Un swm yw'r nodyn credyd hwn: nid yw wedi'i rannu fesul llinell, felly nid yw'n hysbys o ba linellau o'r anfoneb yr oedd, na pha TAW.",
} as const;

export const creditWords = openMessages({ en, cy });
export type CreditWords = ReturnType<typeof creditWords>;

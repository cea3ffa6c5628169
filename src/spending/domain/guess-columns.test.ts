/** The columns of files as different councils publish them. */
import { describe, expect, test } from "vitest";
import { guessColumns } from "./guess-columns.ts";
import { checkMapping, columnLetters, type SpendRow } from "./mapping.ts";
import { plainHeading } from "./roles.ts";

const rowsOf = (lines: readonly string[]): readonly SpendRow[] =>
  lines
    .map((line, index) => ({ row: index + 1, cells: line.split("|").map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.join("") !== "");

function guessed(lines: readonly string[]): string {
  const { mapping, amountIs } = guessColumns(rowsOf(lines));
  const roles = Object.entries(mapping.columns).sort((a, b) => (a[1] ?? 0) - (b[1] ?? 0));
  return `${mapping.headerRow ?? "none"} ${amountIs} ${roles.map(([role, column]) => `${role}=${columnLetters(column ?? 0)}`).join(" ")}`;
}

describe("by headings", () => {
  test.each([
    [
      "Greater Manchester",
      [
        "Payment Date|Amount|Organisational Unit|Beneficiary Name|Company Number|Charity Number",
        "2022-04-01|565.20|Place|A Ltd||",
      ],
      "1 amount paidOn=A amount=B serviceArea=C supplier=D companyNumber=E charityNumber=F",
    ],
    [
      "the Local Government Association's schema",
      [
        "OrganisationLabel|OrganisationURI|ServiceCategoryLabel|PaymentDate|TransactionNumber|NetAmount|IrrecoverableVAT|SupplierName|SupplierID|PurposeOfSpend|MerchantCategory",
        "Leeds|http://x|Roads|01/04/2015|123|12.00|0|A Ltd|99|Gravel|Stone",
      ],
      "1 net bodyName=A serviceArea=C paidOn=D reference=E net=F irrecoverableVat=G supplier=H description=J merchantCategory=K",
    ],
    [
      "a department",
      [
        "Department family|Entity|Date|Expense Type|Expense Area|Supplier|Transaction Number|Amount|Supplier Postcode",
        "DCLG|DCLG|01/04/2012|Rent|Estates|A Ltd|55|1,200.00|M1",
      ],
      "1 amount bodyName=B paidOn=C description=D serviceArea=E supplier=F reference=G amount=H",
    ],
    [
      "title lines, blank lines, a trailing comma, net, VAT and gross",
      [
        "Payments to suppliers over £500",
        "April 2012|",
        "",
        "Vendor Name|Vendor No.|Directorate|GL Description|Net (£)|VAT (£)|Gross (£)|Date Paid|Doc. No.",
        "A Ltd|1001|Adults|Agency|100.00|20.00|120.00|3/4/12|5|",
      ],
      "4 net supplier=A serviceArea=C description=D net=E vat=F gross=G paidOn=H reference=I",
    ],
    [
      "value and excluding VAT",
      [
        "Body Name|Service Area|Expenses Type|Date of Payment|Transaction No|Amount excl vat|Payee",
        "X|Y|Z|1/2/13|1|1.00|B plc",
      ],
      "1 net bodyName=A serviceArea=B description=C paidOn=D reference=E net=F supplier=G",
    ],
    [
      "a pound sign in the heading, creditor, invoice date beside payment date",
      [
        "Invoice Date|Payment Date|Creditor Name|Creditor ID|Department|Value (£)|VAT Code",
        "1/2/13|9/2/13|B plc|7|Y|1.00|S",
      ],
      "1 amount paidOn=B supplier=C serviceArea=E amount=F",
    ],
    [
      "Welsh",
      [
        "Enw’r Cyflenwr|Dyddiad Talu|Swm (£)|Maes Gwasanaeth|Math o Wariant|Rhif Trafodyn",
        "A Cyf|01/02/2013|5.00|Addysg|Llyfrau|1",
      ],
      "1 amount supplier=A paidOn=B amount=C serviceArea=D description=E reference=F",
    ],
    [
      "one heading that nobody knows, told by what stands below it",
      ["Payment Date|Paid to whom|Worth|Dept|Supplier ID", "01/04/2012|A Ltd|5.00|Roads|77"],
      "1 amount paidOn=A supplier=B amount=C serviceArea=D",
    ],
    [
      "spreadsheet numbers for days",
      ["SUPPLIER|DATE|TOTAL", "B plc|41002|1.00"],
      "1 amount supplier=A paidOn=B amount=C",
    ],
  ])("%s", (_, lines, wanted) => expect(guessed(lines)).toBe(wanted));
});

describe("without known headings", () => {
  const lines = [
    "01/04/2012|Childrens|Acorn Care Ltd|1200.50",
    "02/04/2012|Childrens|Smith and Co|700.00",
    "02/04/2012|Place|Elm Trust|(12.50)",
    "03/04/2012|Place|Oak plc|£2,000.00",
  ];
  test("none at all", () => expect(guessed(lines)).toBe("none amount paidOn=A serviceArea=B supplier=C amount=D"));
  test("in words that nobody knows", () => {
    expect(guessed(["Quand|Ou|Qui|Combien", ...lines])).toBe("1 amount paidOn=A serviceArea=B supplier=C amount=D");
  });
  test("nothing to go by", () => {
    expect(guessed([])).toBe("none null ");
    const guess = guessColumns(rowsOf(["some words", "some more"]));
    expect(guess.confidence).toBe(0);
    expect(checkMapping(guess.mapping)).toMatchObject({ ok: false, refusal: { code: "mapping_incomplete" } });
  });
});

test("a known heading is sure, and what stands in the columns is less so", () => {
  const known = guessColumns(rowsOf(["Payment Date|Amount|Supplier Name", "01/04/2012|5.00|A Ltd"]));
  const unknown = guessColumns(rowsOf(["01/04/2012|5.00|A Ltd"]));
  expect(known.confidence).toBeGreaterThan(0.9);
  expect(unknown.confidence).toBeLessThan(0.7);
  expect(known.reasons.map(({ because }) => because)).toEqual(["heading", "heading", "heading"]);
});

test("a mapping with one column for two roles is refused", () => {
  const mapping = { headerRow: 1, headings: ["Date", "Amount"], columns: { paidOn: 0, amount: 1, supplier: 1 } };
  expect(checkMapping(mapping)).toMatchObject({
    ok: false,
    refusal: { code: "mapping_column_twice", column: "Amount" },
  });
});

test.each([
  ["DocumentNo", "document no"],
  ["Value (£)", "value"],
  ["  Amount\u00a0 £ ", "amount"],
  ["SUPPLIER_NAME", "supplier name"],
  ["Enw’r Cyflenwr", "enw r cyflenwr"],
  ["Amount excl. VAT", "amount excl vat"],
])("heading %s", (text, plain) => expect(plainHeading(text)).toBe(plain));

test.each([
  [0, "A"],
  [25, "Z"],
  [26, "AA"],
  [701, "ZZ"],
  [702, "AAA"],
])("column %i is %s", (column, letters) => expect(columnLetters(column)).toBe(letters));

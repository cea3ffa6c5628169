/**
 * What describes the file of payments and money given as a Fiscal Data Package. Source: Frictionless Data, "Fiscal Data
 * Package" 1.0-rc.1 (fields with a columnType, extraFields with a constant; budget and spending taxonomies), on "Tabular
 * Data Package" 1 (profile, resources with a schema). The model with measures and dimensions is that of version 0.3, which
 * the published JSON schema still asks for. Revenue and expenditure are two directions of one measure: a reader sums
 * one direction at a time.
 */
import type { BooksHead, BookTransfer } from "./books.ts";

type FieldType = "string" | "date" | "number";
type FiscalField = {
  readonly name: string;
  readonly type: FieldType;
  readonly columnType?: string;
  readonly description: string;
};

export const FISCAL_FIELDS: readonly FiscalField[] = [
  {
    name: "line_id",
    type: "string",
    columnType: "transaction-id:code",
    description: "The entry's transfer and its line in it",
  },
  { name: "date", type: "date", columnType: "date:generic", description: "The day on which it counts" },
  { name: "amount", type: "number", columnType: "value", description: "Pounds; below nought where it was reversed" },
  {
    name: "direction",
    type: "string",
    columnType: "direction",
    description: "revenue: given to a pot; expenditure: paid out of one",
  },
  { name: "phase", type: "string", columnType: "phase:id", description: "executed: the money moved" },
  { name: "pot", type: "string", columnType: "administrator:generic:name", description: "The pot" },
  { name: "stream", type: "string", columnType: "fin-source:generic:name", description: "The stream of money" },
  {
    name: "service",
    type: "string",
    columnType: "functional-classification:generic:label",
    description: "What was bought; empty for money given",
  },
  {
    name: "kind",
    type: "string",
    columnType: "transaction-id:transaction-kind",
    description: "The kind of transfer that moved it",
  },
  { name: "words", type: "string", description: "What was written down of it" },
];

export type FiscalRow = readonly (string | bigint)[];

/** The money that came in or went out by a transfer: its lines on streams and on what was paid, not those between. */
export function fiscalRows(transfer: BookTransfer): readonly FiscalRow[] {
  return transfer.lines.flatMap(({ account, amountPence }, line) => {
    const { kind, pot, stream, record } = account;
    if (kind !== "stream" && kind !== "paid") return [];
    const given = kind === "stream";
    return [
      [
        `${transfer.transferId}.${line + 1}`,
        transfer.effectiveOn,
        given ? -amountPence : amountPence,
        given ? "revenue" : "expenditure",
        "executed",
        (given ? transfer.lines.find((other) => other.account.pot !== null)?.account.pot : pot) ?? "",
        stream ?? "",
        given ? "" : (record ?? ""),
        transfer.kind,
        transfer.words,
      ],
    ];
  });
}

export function fiscalDescriptor(the: BooksHead & { readonly slug: string; readonly path: string }): object {
  const resource = "entries";
  const attribute = (source: string) => ({ [source]: { source, resource } });
  const dimension = (dimensionType: string, source: string) => ({
    dimensionType,
    primaryKey: [source],
    attributes: attribute(source),
  });
  return {
    profile: "fiscal-data-package",
    name: `${the.slug}-${the.book}-${the.asAt}`,
    title: `${the.place}: money given and paid, ${the.book} book, ${the.from ?? "from the first"} to ${the.asAt}`,
    countryCode: "GB",
    granularity: "transactional",
    resources: [
      {
        profile: "tabular-data-resource",
        name: resource,
        path: the.path,
        format: "csv",
        mediatype: "text/csv",
        encoding: "utf-8",
        dialect: { delimiter: ",", lineTerminator: "\r\n", quoteChar: '"', doubleQuote: true, header: true },
        schema: {
          fields: FISCAL_FIELDS,
          primaryKey: ["line_id"],
          missingValues: [""],
          extraFields: [
            { name: "currency", type: "string", columnType: "value-currency:code", constant: "GBP" },
            { name: "book", type: "string", columnType: "value-kind:code", constant: the.book },
          ],
        },
      },
    ],
    model: {
      measures: { amount: { source: "amount", resource, currency: "GBP" } },
      dimensions: {
        date: dimension("datetime", "date"),
        direction: dimension("other", "direction"),
        phase: dimension("other", "phase"),
        pot: dimension("entity", "pot"),
        stream: dimension("entity", "stream"),
        service: dimension("classification", "service"),
        kind: dimension("classification", "kind"),
        line: dimension("fact", "line_id"),
      },
    },
  };
}

/** The form to bring a file and the look at it before it is brought, as pages: every word, choice and table. */
import { COLUMN_ROLES, type showPersonUpload } from "../../../linkage/index.ts";
import { personFieldName } from "../../../sharing/index.ts";
import { formatNumber } from "../../shell/formats.ts";
import type { ValueOf } from "../money/reading.ts";
import { cell, column, type MoneyTable } from "../money/tables.ts";
import type { readBringing } from "./files-reading.ts";
import { filesWords as words } from "./files-words.ts";
import { daySaid } from "./frame.ts";
import { opened } from "./level-words.ts";

export const MOST_COLUMNS = 60;
const SAMPLES = 3;

type Bringing = ValueOf<typeof readBringing>;
type Typed = { readonly agreementId: string; readonly partnerId: string };

export function presentBringing({ agreements, senders, sources, mayRead }: Bringing, typed: Typed) {
  const [only] = agreements;
  const single = agreements.length === 1 && only !== undefined ? only : null;
  const partners = senders.map(([value, text]) => ({ value, text, selected: value === typed.partnerId }));
  return {
    empty:
      agreements.length === 0
        ? { title: words.noneTitle, text: words.noneText, mayOpen: true }
        : senders.length === 0
          ? { title: words.notSenderTitle, text: words.notSenderText, mayOpen: true }
          : null,
    under: single === null ? null : { id: single.agreementId, text: words.under(single.title) },
    agreements: agreements.map((one) => ({
      value: one.agreementId,
      text: one.title,
      hint: { text: allowedSaid(one) },
      checked: one.agreementId === typed.agreementId,
    })),
    allowed: single === null ? null : allowedSaid(single),
    partners: partners.length === 1 ? partners : [{ value: "", text: words.choose }, ...partners],
    sources,
    sourcesKnown: sources.length === 0 ? null : words.sourcesKnown(sources.join(", ")),
    mayRead,
  };
}

function allowedSaid({ fields }: Bringing["agreements"][number]): string {
  return words.allowed(fields.map((one) => personFieldName(one, "en")).join(", "));
}

type Shown = ValueOf<typeof showPersonUpload>;

export function presentUpload(shown: Shown) {
  const { read, preview } = shown;
  const already = preview?.already ?? false;
  return {
    already,
    facts: already ? [] : factsOf(shown),
    faults: preview === null || already ? null : faultsOf(preview),
    possible: preview !== null && !already && preview.records > 0,
    nothing: preview !== null && !already && preview.records === 0,
    missing: read.missing.length === 0 ? null : words.columnsMissing(read.missing.join(", ")),
    columns: already ? [] : columnsOf(read),
  };
}

function factsOf({ name, source, read, preview }: Shown) {
  const fact = (label: string, value: string) => ({ key: { text: label }, value: { text: value } });
  const leftOut = read.leftOut.length === 0 ? words.leftOutNone : opened(read.leftOut.join(", "));
  return [
    fact(words.name, name),
    fact(words.register, opened(source)),
    ...(preview === null
      ? []
      : [
          fact(words.records, formatNumber(preview.records)),
          fact(words.refused, formatNumber(preview.refusedCount)),
          fact(words.deleteOn, words.deleteOnText(daySaid(preview.deleteOn))),
        ]),
    fact(words.leftOut, leftOut),
  ];
}

type Preview = NonNullable<Shown["preview"]>;

function faultsOf({
  refused,
  refusedCount,
}: Preview): { readonly table: MoneyTable; readonly more: string | null } | null {
  if (refusedCount === 0) return null;
  const table = {
    caption: words.faults,
    columns: [column(words.row), column(words.column), column(words.reason)],
    rows: refused.map((one) => ({
      cells: [cell(words.rowNumber(formatNumber(one.row))), cell(one.column), cell(one.reason)],
    })),
  };
  const all = formatNumber(refusedCount);
  return {
    table,
    more: refused.length < refusedCount ? words.faultsMore(formatNumber(refused.length), all) : null,
  };
}

function columnsOf({ headings, columns, sample }: Shown["read"]) {
  const width = Math.min(MOST_COLUMNS, Math.max(headings.length, ...sample.map((cells) => cells.length)));
  return Array.from({ length: width }, (_, at) => {
    const role = COLUMN_ROLES.find((one) => columns[one] === at) ?? "";
    const values = sample
      .map((cells) => cells[at] ?? "")
      .filter((text) => text !== "")
      .slice(0, SAMPLES);
    return {
      id: `column-${at}`,
      name: words.columnNamed(headings[at] ?? "", formatNumber(at + 1)),
      samples: values.length === 0 ? null : words.samples(values.join("; ")),
      options: [
        { value: "", text: words.nothing, selected: role === "" },
        ...COLUMN_ROLES.map((one) => ({
          value: one,
          text: one === "reference" ? words.reference : opened(personFieldName(one, "en")),
          selected: one === role,
        })),
      ],
    };
  });
}

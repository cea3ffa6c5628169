/** How an upload is shown before it is stored: its columns, what it would bring and what cannot be read. */
import type { Language } from "../../../lib/language.ts";
import { formatPounds } from "../../../lib/pence.ts";
import {
  amountRole,
  columnLetters,
  columnName,
  ROLES,
  roleNames,
  spendingRefusals,
  type UploadShown,
} from "../../../spending/index.ts";
import { formatDay, formatMoment, formatNumber } from "../../shell/formats.ts";
import { wordsOf } from "../../visit.ts";
import { spendingPath } from "./address.ts";
import { presentRefused } from "./files-pages.ts";
import { importWords } from "./import-words.ts";
import { bare } from "./overview.ts";
import { spendingWords } from "./words.ts";

const SAMPLES = 3;
const SAMPLE_LETTERS = 60;
const COLUMNS_SHOWN = 60;
const LARGE_BYTES = 5_000_000;

export type Showing = {
  readonly language: Language;
  readonly slug: string;
  readonly shown: UploadShown;
  /** What was just chosen for each column and could not be used; null to show what is in force. */
  readonly roles: readonly string[] | null;
};

export function presentUpload(the: Showing) {
  const { language, slug, shown } = the;
  const words = importWords(language);
  const path = `${spendingPath(slug)}/import/${shown.uploadId}`;
  return {
    title: words("checkTitle", { name: shown.name }),
    notStored: words("notStored"),
    publishedBy: words("publishedBy", { publisher: shown.publisher }),
    already: alreadyOf(the),
    columns: columnsOf(the, `${path}/columns`),
    preview: shown.read.ok ? previewOf(the, shown.read, path) : null,
    fault: shown.read.ok
      ? null
      : {
          title: words("cannotRead"),
          text: wordsOf({ refusals: spendingRefusals }, shown.read.refusal, language).text,
        },
    other: { text: words("other"), href: `${spendingPath(slug)}/import` },
  };
}

function alreadyOf({ language, slug, shown }: Showing) {
  if (shown.already === null) return null;
  const words = importWords(language);
  const { publisher, importedAt, fileId } = shown.already;
  return {
    title: words("already"),
    text: words("alreadyText", { publisher, when: formatMoment(language, importedAt) }),
    link: { text: words("alreadyLink"), href: `${spendingPath(slug)}/files/${fileId}` },
  };
}

function columnsOf({ language, shown, roles }: Showing, action: string) {
  const words = importWords(language);
  const { mapping, sample, reasons } = shown;
  const width = Math.min(COLUMNS_SHOWN, Math.max(mapping.headings.length, ...sample.map(({ cells }) => cells.length)));
  const taken = amountRole(mapping.columns);
  const amountColumn = taken === null ? undefined : mapping.columns[taken];
  const roleAt = (column: number): string => Object.entries(mapping.columns).find(([, at]) => at === column)?.[0] ?? "";
  const rows = Array.from({ length: width }, (_, column) => {
    const chosen = roles === null ? roleAt(column) : (roles[column] ?? "");
    const reason = shown.columnsAre === "guessed" ? reasons.find((one) => one.column === column) : undefined;
    const name = columnName(mapping, column);
    return {
      id: `column-${column}`,
      letter: columnLetters(column),
      name,
      label: words("holdsColumn", { column: name }),
      samples: samplesOf(sample, column),
      why: reason === undefined ? "" : words(`because_${reason.because}`),
      options: [
        { value: "", text: words("nothing"), selected: chosen === "" },
        ...ROLES.map((role) => ({ value: role, text: roleNames[language][role], selected: chosen === role })),
      ],
    };
  });
  return {
    action,
    title: words("columnsTitle"),
    told: shown.columnsAre === "saved" ? words("saved", { publisher: shown.publisher }) : words(shown.columnsAre),
    headings: mapping.headerRow === null ? words("noHeader") : words("headerRow", { row: mapping.headerRow }),
    amountFrom:
      taken === null || amountColumn === undefined
        ? null
        : words("amountFrom", { column: columnName(mapping, amountColumn), role: roleNames[language][taken] }),
    labels: { column: words("column"), sample: words("sample"), why: words("why"), holds: words("holds") },
    showWhy: shown.columnsAre === "guessed",
    again: words("again"),
    rows,
  };
}

function samplesOf(sample: UploadShown["sample"], column: number): readonly string[] {
  const texts = sample.map(({ cells }) => cells[column]?.trim() ?? "").filter((text) => text !== "");
  return [...new Set(texts)]
    .slice(0, SAMPLES)
    .map((text) => (text.length > SAMPLE_LETTERS ? `${text.slice(0, SAMPLE_LETTERS)}…` : text));
}

type Read = Extract<UploadShown["read"], { readonly ok: true }>;

function previewOf({ language, shown }: Showing, { preview, dates, refused }: Read, path: string) {
  const words = importWords(language);
  const fact = (label: string, text: string) => ({ label, text });
  const period =
    preview.from === null || preview.to === null
      ? words("none")
      : spendingWords(language)("from", {
          from: formatDay(language, preview.from),
          to: formatDay(language, preview.to),
        });
  const number = formatNumber(preview.lines);
  return {
    title: words("previewTitle"),
    facts: [
      fact(words("lines"), number),
      fact(words("total"), formatPounds(preview.totalPence)),
      fact(words("period"), period),
      fact(
        words("credits"),
        preview.creditsCount === 0
          ? words("none")
          : words("creditsText", {
              count: preview.creditsCount,
              number: formatNumber(preview.creditsCount),
              amount: formatPounds(preview.creditsPence),
            }),
      ),
      fact(words("refused"), preview.refusedCount === 0 ? words("none") : formatNumber(preview.refusedCount)),
      ...(dates.ambiguous > 0 || dates.onlyMonthFirst > 0
        ? [fact(words("dates"), dates.order === "day_first" ? words("dayFirst") : words("monthFirst"))]
        : []),
    ],
    warning: dates.onlyDayFirst > 0 && dates.onlyMonthFirst > 0 ? words("mixed") : null,
    ...presentRefused({ refused, count: preview.refusedCount, language, href: `${path}/refused.csv` }),
    refusedTitle: words("refusedRows", { count: preview.refusedCount, number: formatNumber(preview.refusedCount) }),
    areas: areasOf(preview, language),
    confirm: {
      action: `${path}/confirm`,
      title: words("confirmTitle"),
      accept:
        preview.refusedCount === 0
          ? null
          : words("accept", { count: preview.refusedCount, number: formatNumber(preview.refusedCount) }),
      acceptHint: words("acceptHint"),
      correct: words("correct"),
      store: words("store", { count: preview.lines, number }),
      large: shown.bytes >= LARGE_BYTES ? words("large") : null,
      possible: preview.lines > 0 && shown.already === null,
      empty: wordsOf({ refusals: spendingRefusals }, { code: "no_lines" }, language).text,
    },
  };
}

function areasOf({ byServiceArea, elsewhere }: Read["preview"], language: Language) {
  const words = importWords(language);
  const row = (name: string, lines: number, pence: bigint) => ({
    cells: [{ text: name }, { text: formatNumber(lines) }, { text: bare(pence) }],
  });
  const top = byServiceArea.slice(0, 10);
  const rest = byServiceArea
    .slice(10)
    .reduce((sum, one) => ({ lines: sum.lines + one.lines, totalPence: sum.totalPence + one.totalPence }), elsewhere);
  const rows = top.map((one) => row(one.serviceArea || spendingWords(language)("noArea"), one.lines, one.totalPence));
  return {
    caption: words("areasTitle"),
    columns: [
      { label: words("area"), numeric: false },
      { label: words("lines"), numeric: true },
      { label: words("amount"), numeric: true },
    ],
    rows: rest.lines > 0 ? [...rows, row(words("elsewhere"), rest.lines, rest.totalPence)] : rows,
  };
}

/** The files of published payments: the list, each with its columns and the rows that were left out, and those rows as a file. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Language } from "../../../lib/language.ts";
import { formatPounds } from "../../../lib/pence.ts";
import {
  columnLetters,
  explainFault,
  exploreSpending,
  listSpendFiles,
  type Mapping,
  type RefusedRowKept,
  roleNames,
  type SpendFile,
  showSpendFile,
} from "../../../spending/index.ts";
import { asNotFound } from "../../address-refusal.ts";
import { formatDay, formatMoment, formatNumber } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { readAboutRecord } from "../records/index.ts";
import { spendingPath, withQuery } from "./address.ts";
import { crumbs } from "./crumbs.ts";
import { refusedTable } from "./export-columns.ts";
import { EXPORT_RATE, type Exchange, sendTable } from "./exports.ts";
import { bare } from "./overview.ts";
import { spendingWords } from "./words.ts";

const FAULTS_SHOWN = 200;

export function registerFilesPages(app: FastifyInstance): void {
  app.get("/places/:place/spending/files", (request, reply) => filesPage({ request, reply }));
  app.get("/places/:place/spending/files/:file", (request, reply) => filePage({ request, reply }));
  app.get("/places/:place/spending/files/:file/refused.csv", { config: EXPORT_RATE }, (request, reply) =>
    refusedFile({ request, reply }),
  );
}

async function filesPage(the: Exchange): Promise<FastifyReply> {
  const { place } = the.request.params as { readonly place: string };
  const { language } = the.request.visit;
  const words = spendingWords(language);
  const found = await ask(the.request, listSpendFiles, { place, input: {} });
  if (!found.ok) return sendRefusal(the, listSpendFiles, found.refusal);
  const explored = await ask(the.request, exploreSpending, { place, input: {} });
  const mayImport = explored.ok && explored.value.mayImport;
  const path = spendingPath(place);
  return sendPage(the, "pages/spending/files.njk", {
    top: {
      title: words("filesTitle"),
      place,
      room: "money",
      breadcrumbs: crumbs({
        language,
        slug: place,
        at: [{ text: words("spending"), href: path }, { text: words("files") }],
      }),
    },
    model: {
      title: words("filesTitle"),
      intro: words("filesIntro"),
      label: words("label"),
      files: found.value.files.map((file) => presentFile(file, { language, path })),
      headings: ["name", "publisher", "period", "linesColumn", "refusedColumn", "amount", "imported"].map((key) =>
        words(key as "name"),
      ),
      importHref: mayImport ? `${path}/import` : null,
      importText: words("import"),
      empty: {
        title: words("filesEmpty"),
        text: mayImport ? words("emptyImport") : words("emptyText"),
        ...(mayImport && { href: `${path}/import`, linkText: words("emptyImportLink") }),
      },
    },
  });
}

function periodOf(file: SpendFile, language: Language): string {
  if (file.from === null || file.to === null) return "–";
  return spendingWords(language)("from", { from: formatDay(language, file.from), to: formatDay(language, file.to) });
}

function presentFile(file: SpendFile, { language, path }: { readonly language: Language; readonly path: string }) {
  return {
    name: file.name,
    href: `${path}/files/${file.fileId}`,
    madeUp: file.madeUp ? spendingWords(language)("madeUp") : null,
    publisher: file.publisher,
    period: periodOf(file, language),
    lines: formatNumber(file.lines),
    refused: formatNumber(file.refused),
    total: bare(file.totalPence),
    imported: formatMoment(language, file.importedAt),
  };
}

async function filePage(the: Exchange): Promise<FastifyReply> {
  const { place, file: fileId } = the.request.params as { readonly place: string; readonly file: string };
  const { language } = the.request.visit;
  const words = spendingWords(language);
  const shown = await ask(the.request, showSpendFile, { place, input: { fileId } });
  if (!shown.ok) return sendRefusal(the, showSpendFile, asNotFound(shown.refusal, "spend_file_not_found"));
  const { file, mapping, refused, cellsWithheld } = shown.value;
  const path = spendingPath(place);
  const fact = (label: string, text: string, href?: string) => ({ label, text, ...(href !== undefined && { href }) });
  return sendPage(the, "pages/spending/file.njk", {
    top: {
      title: file.name,
      place,
      room: "money",
      breadcrumbs: crumbs({
        language,
        slug: place,
        at: [
          { text: words("spending"), href: path },
          { text: words("files"), href: `${path}/files` },
          { text: file.name },
        ],
      }),
    },
    model: {
      title: file.name,
      label: words("label"),
      madeUp: file.madeUp ? { tag: words("madeUp"), text: words("allMadeUp") } : null,
      factsTitle: words("fileFacts"),
      facts: [
        fact(words("publisher"), file.publisher),
        fact(words("period"), periodOf(file, language)),
        fact(words("linesColumn"), formatNumber(file.lines), withQuery(`${path}/lines`, { fileId })),
        fact(words("total"), formatPounds(file.totalPence)),
        fact(words("refusedColumn"), formatNumber(file.refused)),
        fact(
          words("headings"),
          mapping.headerRow === null ? words("headingsNone") : words("headingsRow", { row: mapping.headerRow }),
        ),
        fact(words("imported"), formatMoment(language, file.importedAt)),
      ],
      seeLines: { text: words("seeFileLines"), href: withQuery(`${path}/lines`, { fileId }) },
      columnsTitle: words("columnsTitle"),
      columns: columnsTable(mapping, language),
      ...presentRefused({
        refused,
        count: file.refused,
        language,
        href: cellsWithheld ? null : `${path}/files/${fileId}/refused.csv`,
      }),
      aboutRecord: await readAboutRecord(the.request, { place, record: fileId }),
    },
  });
}

function columnsTable(mapping: Mapping, language: Language) {
  const words = spendingWords(language);
  const roles = new Map(
    Object.entries(mapping.columns).map(([role, column]) => [
      column,
      roleNames[language][role as keyof Mapping["columns"]],
    ]),
  );
  const width = Math.max(mapping.headings.length, ...[...roles.keys()].map((column) => column + 1));
  return {
    caption: words("columnsCaption"),
    columns: [words("column"), words("headings"), words("readAs")].map((label) => ({ label, numeric: false })),
    rows: Array.from({ length: width }, (_, column) => ({
      cells: [
        { text: columnLetters(column) },
        { text: mapping.headings[column]?.trim() || words("empty") },
        { text: roles.get(column) ?? words("notRead") },
      ],
    })),
  };
}

/**
 * The faults by row and column, and the link to the rows as a file: here and before anything is stored. Without the
 * link for those who may not see what stood in the rows: they see which rows, and why.
 */
export function presentRefused(the: {
  readonly refused: readonly RefusedRowKept[];
  readonly count: number;
  readonly language: Language;
  readonly href: string | null;
}) {
  const words = spendingWords(the.language);
  const shown = the.href !== null;
  const columns = ["refusedRow", "refusedColumnName", ...(shown ? ["refusedValue"] : []), "refusedReason"] as const;
  const faults = the.refused.flatMap(({ faults: all }) => all).slice(0, FAULTS_SHOWN);
  return {
    refusedTitle: words("refusedTitle", { count: the.count, number: formatNumber(the.count) }),
    refusedNone: words("refusedNone"),
    refusedCount: the.count,
    refusedMore:
      the.refused.flatMap(({ faults: all }) => all).length > faults.length
        ? words(shown ? "refusedMore" : "refusedMorePublic", { shown: faults.length })
        : null,
    refusedDownload: shown ? { text: words("refusedDownload"), href: the.href } : null,
    refusedWithheld: shown ? null : words("refusedWithheld"),
    refused: {
      caption: words("refusedTitle", { count: the.count, number: formatNumber(the.count) }),
      columns: columns.map((key) => ({ label: words(key as "refusedRow"), numeric: false })),
      rows: faults.map((fault) => ({
        cells: [
          { text: formatNumber(fault.row) },
          { text: fault.column },
          ...(shown ? [{ text: fault.value.trim() === "" ? words("empty") : fault.value }] : []),
          { text: reasonOf(the.language, fault) },
        ],
      })),
    },
  };
}

/** The reason without the row and column before it, which stand in their own cells. */
function reasonOf(language: Language, fault: RefusedRowKept["faults"][number]): string {
  const text = explainFault(language, fault);
  const reason = text.slice(text.indexOf(`${fault.column}: `) + fault.column.length + 2);
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

async function refusedFile(the: Exchange): Promise<FastifyReply> {
  const { place, file: fileId } = the.request.params as { readonly place: string; readonly file: string };
  const shown = await ask(the.request, showSpendFile, { place, input: { fileId } });
  if (!shown.ok) return sendRefusal(the, showSpendFile, asNotFound(shown.refusal, "spend_file_not_found"));
  if (shown.value.cellsWithheld)
    return sendRefusal(the, showSpendFile, { code: "not_allowed", permission: "spending.import" });
  return sendRefused(the, { name: shown.value.file.name, ...shown.value });
}

export function sendRefused(
  the: Exchange,
  file: { readonly name: string; readonly mapping: Mapping; readonly refused: readonly RefusedRowKept[] },
): FastifyReply {
  const { language } = the.request.visit;
  const table = refusedTable(file, ({ faults }) => faults.map((fault) => explainFault(language, fault)).join(" "));
  return sendTable(the, { kind: "csv", name: `${file.name.replace(/\.\w+$/, "")}-rows-left-out`, ...table });
}

/** The published payments one by one: the list, fifty to a page. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Language } from "../../../lib/language.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { type LineRow, listChoicesOfSpending, listSpendLines, showSpendFile } from "../../../spending/index.ts";
import { formatDay, formatNumber } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { inputOf, readQuery, type SpendQuery, spendingPath, withQuery } from "./address.ts";
import { crumbs } from "./crumbs.ts";
import { ROWS_LIMIT } from "./export-columns.ts";
import type { Exchange } from "./exports.ts";
import { presentFilter } from "./filter-form.ts";
import { bare, madeUpOf } from "./overview.ts";
import { spendingWords } from "./words.ts";

const A_PAGE = 50;
/** Behind this page nobody reads on: they filter, or take the lines out. */
const LAST_PAGE = 2000;

export function registerLinesPage(app: FastifyInstance): void {
  app.get("/places/:place/spending/lines", (request, reply) => linesPage({ request, reply }));
}

async function linesPage(the: Exchange): Promise<FastifyReply> {
  const { place } = the.request.params as { readonly place: string };
  const { language } = the.request.visit;
  const words = spendingWords(language);
  const asked = readQuery(the.request.query, language);
  const { fileId, credits, ...filter } = inputOf(asked.query);
  const page = Math.min(asked.page, LAST_PAGE);
  const explored = await ask(the.request, listChoicesOfSpending, { place, input: filter });
  if (!explored.ok) return sendRefusal(the, listChoicesOfSpending, explored.refusal);
  const file = fileId === undefined ? null : await ask(the.request, showSpendFile, { place, input: { fileId } });
  if (file !== null && !file.ok) return sendRefusal(the, showSpendFile, file.refusal);
  const found = await ask(the.request, listSpendLines, {
    place,
    input: {
      ...filter,
      ...(fileId !== undefined && { fileId }),
      ...(credits !== undefined && { credits }),
      page,
      perPage: A_PAGE,
    },
  });
  if (!found.ok) return sendRefusal(the, listSpendLines, found.refusal);
  const { lines, count, totalPence } = found.value;
  const path = `${spendingPath(place)}/lines`;
  const { query, faults } = asked;
  const { publishers } = explored.value;
  return sendPage(the, "pages/spending/lines.njk", {
    top: {
      title: words("linesTitle"),
      place,
      room: "money",
      breadcrumbs: crumbs({ language, slug: place, at: wayTo(place, { query, language }) }),
      ...(faults.length > 0 && { errors: faults }),
    },
    status: faults.length > 0 ? 400 : 200,
    model: {
      words: wordsOf(language),
      sum: words("sum", { count, number: formatNumber(count), total: formatPounds(totalPence) }),
      madeUp: madeUpOf(explored.value, words),
      filter: presentFilter({
        language,
        path,
        query,
        explored: explored.value,
        faulty: faults.length > 0,
        fileName: file?.value.file.name,
      }),
      state: publishers.length === 0 ? "empty" : count === 0 ? "nothing" : "full",
      manyPublishers: publishers.length > 1,
      lines: lines.map((line) => presentRow(line, { language, slug: place })),
      pages: pagesOf({ path, query, page, count }),
      tooMany: count > LAST_PAGE * A_PAGE ? words("notShown", { limit: formatNumber(LAST_PAGE * A_PAGE) }) : null,
      downloads: (["csv", "xlsx"] as const).map((kind) => ({
        text: words(kind === "csv" ? "linesCsv" : "linesXlsx"),
        href: withQuery(`${path}.${kind}`, query),
      })),
      clearHref: path,
    },
  });
}

function wayTo(slug: string, { query, language }: { readonly query: SpendQuery; readonly language: Language }) {
  const words = spendingWords(language);
  const href = withQuery(spendingPath(slug), { ...query, fileId: undefined, credits: undefined });
  return [{ text: words("spending"), href }, { text: words("linesTitle") }];
}

function wordsOf(language: Language): Readonly<Record<string, string>> {
  const words = spendingWords(language);
  return {
    label: words("label"),
    caption: words("linesCaption"),
    date: words("date"),
    supplier: words("supplier"),
    serviceArea: words("serviceArea"),
    description: words("description"),
    reference: words("reference"),
    publisher: words("publisher"),
    amount: words("amount"),
    takeOut: words("takeOut"),
    limit: words("limit", { limit: formatNumber(ROWS_LIMIT) }),
    nothingTitle: words("nothingTitle"),
    nothingText: words("nothingText"),
    emptyTitle: words("emptyTitle"),
    emptyText: words("emptyText"),
    clear: words("clear"),
  };
}

function presentRow(line: LineRow, { language, slug }: { readonly language: Language; readonly slug: string }) {
  return {
    date: formatDay(language, line.paidOn).replaceAll(" ", "\u00a0"),
    supplier: line.supplier,
    href: `${spendingPath(slug)}/lines/${line.fileId}/${line.row}`,
    serviceArea: line.serviceArea,
    description: line.description,
    reference: line.reference,
    publisher: line.publisher,
    amount: bare(line.amountPence),
  };
}

function pagesOf({
  path,
  query,
  page,
  count,
}: {
  readonly path: string;
  readonly query: SpendQuery;
  readonly page: number;
  readonly count: number;
}) {
  const pages = Math.min(LAST_PAGE, Math.max(1, Math.ceil(count / A_PAGE)));
  const href = (number: number): string => withQuery(path, { ...query, page: number });
  const near = [1, page - 1, page, page + 1, pages].filter((number) => number >= 1 && number <= pages);
  const numbers = [...new Set(near)].sort((a, b) => a - b);
  const hrefs = numbers.flatMap((number, index) => {
    const one = { number, href: href(number) };
    return index > 0 && number - (numbers[index - 1] ?? 0) > 1 ? [{ ellipsis: true }, one] : [one];
  });
  const first = (page - 1) * A_PAGE + 1;
  return {
    page,
    pages,
    count,
    countText: formatNumber(count),
    from: formatNumber(first),
    to: formatNumber(Math.min(count, page * A_PAGE)),
    hrefs,
    ...(page > 1 && page <= pages && { previousHref: href(page - 1) }),
    ...(page < pages && { nextHref: href(page + 1) }),
    beyond: count > 0 && first > count,
  };
}

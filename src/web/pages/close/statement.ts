/** A partner's statement of a quarter: each book in its own section, printed, taken out, and cited by the hash of its figures. */
import type { FastifyInstance } from "fastify";
import { showPartnerStatement } from "../../../ledger/index.ts";
import { formatDay } from "../../../lib/day-words.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { formatMoment } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { named, parameterOf } from "../money/exchange.ts";
import { askedFormat, EXPORT_LIMIT, type ExportTable, sendTable } from "../money/exports.ts";
import { bare, cell, column, type MoneyTable, moneyCell, numeric } from "../money/tables.ts";
import { askedQuarter, closeAddress, closeTop, type Setting, settingOf } from "./frame.ts";
import type { ValueOf } from "./reading.ts";

type Read = ValueOf<typeof showPartnerStatement>;
type BookRead = Read["books"][number];
const MOVES = [
  "openingPence",
  "putInPence",
  "paidPence",
  "returnedPence",
  "movedPence",
  "closingPence",
  "committedPence",
  "accruedPence",
] as const;

export function registerPartnerStatement(app: FastifyInstance): void {
  const path = "/places/:place/partners/:partner/statement/:year/:quarter";
  app.get(path, { config: EXPORT_LIMIT }, async (request, reply) => {
    const the = { request, reply };
    const setting = settingOf(request);
    const { visit, words } = setting;
    const input = { partnerId: parameterOf(request, "partner"), quarter: askedQuarter(request) };
    const found = await ask(request, showPartnerStatement, { place: visit.place, input });
    if (!found.ok && found.refusal.code === "input_not_valid") return reply.callNotFound() as never;
    if (!found.ok) return sendRefusal(the, showPartnerStatement, found.refusal);
    const read = found.value;
    const format = askedFormat(the);
    if (format !== null) return sendTable(the, { format, table: exportOf(read) });
    const partner = named(visit.language, [read.partner.name, read.partner.nameWelsh]);
    return sendPage(the, "pages/close/statement.njk", {
      top: closeTop(setting, {
        title: `${words("statementOf", { partner })}: ${read.name}`,
        crumbs: [
          { text: read.name, href: closeAddress(visit.place, { quarter: read.quarter }) },
          { text: words("statementOf", { partner }) },
        ],
      }),
      model: {
        c: words,
        partner,
        quarter: read.name,
        days: `${formatDay(visit.language, read.from)} – ${formatDay(visit.language, read.to)}`,
        books: read.books.map((one) => presentBook(one, setting)),
        hash: read.figuresHash,
        block:
          read.block === null
            ? null
            : words("citeBlock", {
                block: String(read.block.blockNumber),
                sealed: formatMoment(visit.language, new Date(read.block.sealedAt)),
                hash: read.block.hash,
              }),
        sent: read.sentAt === null ? null : formatMoment(visit.language, new Date(read.sentAt)),
        changed: read.sentHash !== null && read.sentHash !== read.figuresHash,
        csv: "?format=csv",
        xlsx: "?format=xlsx",
      },
    });
  });
}

function presentBook(one: BookRead, setting: Setting) {
  const { visit, words } = setting;
  return {
    shadow: one.book === "shadow",
    title: words(one.book === "shadow" ? "bookShadow" : "bookReal"),
    holdings: one.holdings.length === 0 ? null : holdingsTable(one, setting),
    bought: one.bought.length === 0 ? null : boughtTable(one.bought, { ...setting, caption: words("bought") }),
    received: one.received.length === 0 ? null : boughtTable(one.received, { ...setting, caption: words("received") }),
    between: one.between.length === 0 ? null : betweenTable(one, setting),
    clawback: one.holdings.flatMap((row) =>
      row.clawbackPence === null || row.clawbackPence === 0n
        ? []
        : [
            words("clawbackText", {
              stream: named(visit.language, [row.stream, row.streamWelsh]),
              amount: formatPounds(row.clawbackPence),
              terms: row.clawback,
            }),
          ],
    ),
  };
}

function holdingsTable({ holdings, totals }: BookRead, { visit, words }: Setting): MoneyTable {
  return {
    caption: words("holdings"),
    columns: [
      column(words("pot")),
      column(words("stream")),
      numeric(words("opening")),
      numeric(words("putIn")),
      numeric(words("paid")),
      numeric(words("returned")),
      numeric(words("moved")),
      numeric(words("left")),
      numeric(words("ofWhichCommitted")),
      numeric(words("accrued")),
    ],
    rows: holdings.map((one) => ({
      cells: [
        cell(named(visit.language, [one.pot, one.potWelsh]), visit.to.pot(one.potSlug)),
        cell(named(visit.language, [one.stream, one.streamWelsh]), visit.to.stream(one.streamId)),
        ...MOVES.map((name) => moneyCell(one[name])),
      ],
    })),
    total: [words("total"), "", ...MOVES.map((name) => bare(totals[name]))],
  };
}

function boughtTable(
  rows: BookRead["bought"],
  { visit, words, caption }: Setting & { readonly caption: string },
): MoneyTable {
  const total = rows.reduce((sum, { amountPence }) => sum + amountPence, 0n);
  return {
    caption,
    columns: [column(words("service")), column(words("supplier")), column(words("pot")), numeric(words("amount"))],
    rows: rows.map((one) => ({
      cells: [
        cell(named(visit.language, [one.service, one.serviceWelsh])),
        cell(one.supplier ?? ""),
        cell(named(visit.language, [one.pot, one.potWelsh]), visit.to.pot(one.potSlug)),
        moneyCell(one.amountPence),
      ],
    })),
    total: [words("total"), "", "", bare(total)],
  };
}

function betweenTable({ between }: BookRead, { words }: Setting): MoneyTable {
  return {
    caption: words("between"),
    columns: [column(words("pot")), column(words("kind")), numeric(words("amount"))],
    rows: between.map((one) => ({ cells: [cell(one.pot), cell(words(one.kind)), moneyCell(one.amountPence)] })),
  };
}

/** One row a figure, so that both books and every section stand in one file and nothing is added for the reader. */
function exportOf(read: Read): ExportTable {
  const rows = read.books.flatMap((one) => [
    ...one.holdings.flatMap((row) =>
      MOVES.map((name) => [one.book, "in the pots", row.pot, row.stream, "", "", name.replace("Pence", ""), row[name]]),
    ),
    ...one.bought.map((row) => [one.book, "paid for", row.pot, "", row.service, row.supplier, "paid", row.amountPence]),
    ...one.received.map((row) => [one.book, "received", row.pot, "", row.service, "", "paid", row.amountPence]),
    ...one.between.map((row) => [one.book, "between", row.pot, "", "", "", row.kind, row.amountPence]),
  ]);
  return {
    name: `statement-${read.partner.name}-${read.quarter}`.toLowerCase(),
    sheet: "Statement",
    columns: [
      { name: "book", type: "text" },
      { name: "section", type: "text" },
      { name: "pot", type: "text" },
      { name: "stream", type: "text" },
      { name: "service", type: "text" },
      { name: "supplier", type: "text" },
      { name: "figure", type: "text" },
      { name: "amount", type: "pounds" },
    ],
    rows,
  };
}

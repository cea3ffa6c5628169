/**
 * Debtors and creditors by counterparty at a period end, with their age; and what was recorded for that end one by one, each
 * with both its entries and the form that takes it back.
 */
import type { FastifyInstance } from "fastify";
import { addDays, type Day } from "../../../lib/day.ts";
import { formatDay } from "../../../lib/day-words.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { fileLinks, withQuery } from "../money/addresses.ts";
import { askedDay, choiceOf, named, pageNumber } from "../money/exchange.ts";
import { askedFormat, EXPORT_LIMIT, type ExportTable, sendTable } from "../money/exports.ts";
import { type AccrualWords, accrualWords } from "../money/forms/words-accruals.ts";
import { cell, column, type MoneyTable, moneyCell, numeric } from "../money/tables.ts";
import { moneyWords } from "../money/words.ts";
import { type Book, closeTop, type Setting, settingOf } from "./frame.ts";
import { type Debtors as Read, readDebtors } from "./reading.ts";

export function registerDebtors(app: FastifyInstance): void {
  app.get("/places/:place/debtors", { config: EXPORT_LIMIT }, async (request, reply) => {
    const the = { request, reply };
    const setting = settingOf(request);
    const { visit, words } = setting;
    const asAt = askedDay(request);
    const input = { asAt: asAt.day, page: String(pageNumber(request)) };
    const found = await ask(request, readDebtors, { place: visit.place, input });
    if (!found.ok) return sendRefusal(the, readDebtors, found.refusal);
    const read = found.value;
    const format = askedFormat(the);
    const exported = choiceOf(request, "list", ["accruals"]) === null ? exportOf : accrualsExport;
    if (format !== null) return sendTable(the, { format, table: exported(read) });
    const day = formatDay(visit.language, read.asAt);
    const error = asAt.wrong ? moneyWords(visit.language)("asAtWrong", { day }) : undefined;
    return sendPage(the, "pages/close/debtors.njk", {
      top: closeTop(setting, {
        title: words("debtors"),
        crumbs: [{ text: words("debtors") }],
        ...(error && { errors: [{ text: error, href: "#asAt" }] }),
      }),
      model: {
        c: words,
        w: moneyWords(visit.language),
        action: `/places/${visit.place}/debtors`,
        asAt: read.asAt,
        a: accrualWords(visit.language),
        lead: words("debtorsLead", { day }),
        newHref: read.mayRecord ? visit.to.newAccrual({ on: asAt.day === null ? null : read.asAt }) : null,
        accruals: accrualsOf(read, setting),
        error,
        books: (["real", "shadow"] as const)
          .filter((book) => read.counterparties.some((one) => one.book === book))
          .map((book) => ({
            shadow: book === "shadow",
            title: words(book === "shadow" ? "bookShadow" : "bookReal"),
            table: tableOf(read, { ...setting, book }),
          })),
        ...fileLinks("", { asAt: read.asAt }),
      },
      status: error === undefined ? 200 : 400,
    });
  });
}

function tableOf(read: Read, { visit, words, book }: Setting & { readonly book: Book }): MoneyTable {
  return {
    caption: words("debtors"),
    columns: [
      column(words("counterparty")),
      column(words("kind")),
      numeric(words("amount")),
      numeric(words("to30")),
      numeric(words("to60")),
      numeric(words("to90")),
      numeric(words("over90")),
    ],
    rows: read.counterparties
      .filter((one) => one.book === book)
      .map((one) => ({
        cells: [
          cell(named(visit.language, [one.counterparty, one.counterpartyWelsh])),
          cell(words(`kind${one.kind}`)),
          moneyCell(one.amountPence),
          moneyCell(one.to30),
          moneyCell(one.to60),
          moneyCell(one.to90),
          moneyCell(one.over90),
        ],
      })),
  };
}

/** What was recorded for the period end, book by book: the two are never in one table. */
function accrualsOf(read: Read, { visit }: Setting) {
  const own = accrualWords(visit.language);
  const at = (page: number) => `${withQuery(visit.to.debtors, { asAt: read.asAt, page })}#accruals`;
  const day = formatDay(visit.language, read.asAt as Day);
  const back = formatDay(visit.language, addDays(read.asAt as Day, 1));
  return {
    lead: own("listLead", { day, back }),
    tables: (["real", "shadow"] as const)
      .filter((book) => read.accruals.some((one) => one.book === book))
      .map((book) => ({ shadow: book === "shadow", table: accrualsTable(read, { visit, own, book }) })),
    previous: read.page > 1 ? at(read.page - 1) : null,
    next: read.more ? at(read.page + 1) : null,
    page: read.page,
    ...fileLinks(visit.to.debtors, { asAt: read.asAt, list: "accruals", page: read.page }),
  };
}

type Listing = { readonly visit: Setting["visit"]; readonly own: AccrualWords; readonly book: Book };

function accrualsTable(read: Read, { visit, own, book }: Listing): MoneyTable {
  const { language, to } = visit;
  const shown = read.accruals.filter((one) => one.book === book);
  return {
    caption: own("list"),
    columns: [
      column(own("partner")),
      column(own("kind")),
      column(own("pot")),
      column(own("forStream")),
      column(own("words")),
      column(own("reference")),
      numeric(own("amountIn")),
      column(own("transfers")),
      ...(read.mayRecord ? [column(own("act"))] : []),
    ],
    rows: shown.map((one) => ({
      shadow: book === "shadow",
      cells: [
        cell(named(language, [one.counterparty, one.counterpartyWelsh])),
        cell(own(one.kind)),
        cell(named(language, [one.pot, one.potWelsh]), to.pot(one.potSlug)),
        cell(named(language, [one.stream, one.streamWelsh])),
        cell(one.words),
        cell(one.reference),
        moneyCell(one.amountPence),
        cell(own("seeBoth"), to.ledger({ record: one.accrualId })),
        ...(read.mayRecord ? [takeBackCell(one, { visit, own, book })] : []),
      ],
    })),
  };
}

function takeBackCell(one: Read["accruals"][number], { visit, own }: Listing) {
  if (one.takesBackPence === null)
    return cell(one.takenBackById !== null || one.standsPence === 0n ? own("takenBack") : "");
  return cell(own("takeBack"), visit.to.newRecord(one.potSlug, "accruals", { takeBack: one.accrualId }));
}

const text = (name: string) => ({ name, type: "text" }) as const;

function accrualsExport(read: Read): ExportTable {
  return {
    name: `accruals-${read.asAt}`,
    sheet: "Accruals",
    columns: [
      ...["accrual_id", "book", "partner", "kind", "pot", "stream", "reference", "words"].map(text),
      { name: "period_end", type: "day" },
      { name: "back_on", type: "day" },
      { name: "amount", type: "pounds" },
      ...["transfer_id", "back_transfer_id"].map(text),
    ],
    rows: read.accruals.map((one) => [
      one.accrualId,
      one.book,
      one.counterparty,
      one.kind,
      one.pot,
      one.stream,
      one.reference,
      one.words,
      one.on,
      one.backOn,
      one.amountPence,
      one.transferId,
      one.backTransferId,
    ]),
  };
}

function exportOf(read: Read): ExportTable {
  return {
    name: `debtors-${read.asAt}`,
    sheet: "Debtors",
    columns: [
      ...["book", "partner", "kind", "pot", "stream", "reference", "words"].map(text),
      { name: "since", type: "day" },
      { name: "amount", type: "pounds" },
    ],
    rows: read.counterparties.flatMap((one) =>
      one.items.map((item) => [
        one.book,
        one.counterparty,
        one.kind,
        item.pot,
        item.stream,
        item.reference,
        item.words,
        item.since,
        item.amountPence,
      ]),
    ),
  };
}

/** Debtors and creditors by counterparty at a period end, with their age. */
import type { FastifyInstance } from "fastify";
import { listDebtors } from "../../../ledger/index.ts";
import { formatDay } from "../../../lib/day-words.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { fileLinks } from "../money/addresses.ts";
import { askedDay, named } from "../money/exchange.ts";
import { askedFormat, EXPORT_LIMIT, type ExportTable, sendTable } from "../money/exports.ts";
import { cell, column, type MoneyTable, moneyCell, numeric } from "../money/tables.ts";
import { moneyWords } from "../money/words.ts";
import { type Book, closeTop, type Setting, settingOf } from "./frame.ts";
import type { ValueOf } from "./reading.ts";

type Read = ValueOf<typeof listDebtors>;

export function registerDebtors(app: FastifyInstance): void {
  app.get("/places/:place/debtors", { config: EXPORT_LIMIT }, async (request, reply) => {
    const the = { request, reply };
    const setting = settingOf(request);
    const { visit, words } = setting;
    const asAt = askedDay(request);
    const found = await ask(request, listDebtors, { place: visit.place, input: { asAt: asAt.day } });
    if (!found.ok) return sendRefusal(the, listDebtors, found.refusal);
    const read = found.value;
    const format = askedFormat(the);
    if (format !== null) return sendTable(the, { format, table: exportOf(read) });
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
        lead: words("debtorsLead", { day }),
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

function exportOf(read: Read): ExportTable {
  return {
    name: `debtors-${read.asAt}`,
    sheet: "Debtors",
    columns: [
      { name: "book", type: "text" },
      { name: "partner", type: "text" },
      { name: "kind", type: "text" },
      { name: "pot", type: "text" },
      { name: "stream", type: "text" },
      { name: "reference", type: "text" },
      { name: "words", type: "text" },
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

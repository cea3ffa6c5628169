/** The accounts to resolve: what was paid elsewhere and nobody has borne, the oldest first, with its reasons and its age. */
import type { FastifyInstance } from "fastify";
import { listResolve, type Reason } from "../../../ledger/index.ts";
import type { Day } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { formatDay, formatNumber } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { fileLinks, withQuery } from "./addresses.ts";
import { askedDay, type Exchange, named, pageNumber, queryOf, topOf, type Visit, visitOf } from "./exchange.ts";
import { askedFormat, EXPORT_LIMIT, type ExportTable, sendTable } from "./exports.ts";
import { readPots, readReader, type ValueOf } from "./reading.ts";
import { bare, cell, column, dayCell, type MoneyTable, moneyCell, numeric } from "./tables.ts";
import { moneyWords } from "./words.ts";
import { resolveWords } from "./words-resolve.ts";

type Read = ValueOf<typeof listResolve>;
type Item = Read["items"][number];
type Book = "real" | "shadow";
/** A pot that is not there has no items: an id that nothing has. */
const NO_POT = "00000000-0000-0000-0000-000000000000";

export function reasonText(language: Language, reason: Reason): string {
  const words = resolveWords(language);
  switch (reason.kind) {
    case "overspent":
      return words("reason_overspent", { amount: formatPounds(BigInt(reason.amountPence)) });
    case "no_commitment":
      return words("reason_no_commitment");
    case "condition": {
      const { stream, number, words: said } = reason;
      if (number > 0) return words("reason_condition", { stream, number: String(number), words: said });
      return words(reason.capital ? "reason_capital" : "reason_revenue", { stream });
    }
  }
}

export function registerResolve(app: FastifyInstance): void {
  app.get("/places/:place/resolve", { config: EXPORT_LIMIT }, async (request, reply) => {
    const the = { request, reply };
    const asked = askedDay(request);
    const visit = visitOf(request, asked.day);
    const slug = queryOf(request, "pot");
    const pots = await ask(request, readPots, { place: visit.place, input: {} });
    const pot = pots.ok ? pots.value.pots.find((one) => one.slug === slug) : undefined;
    const input = {
      potId: slug === null ? null : (pot?.potId ?? NO_POT),
      asAt: asked.day,
      page: pageNumber(request),
    };
    const found = await ask(request, listResolve, { place: visit.place, input });
    if (!found.ok) return sendRefusal(the, listResolve, found.refusal);
    const format = askedFormat({ request });
    if (format !== null) return sendTable(the, { format, table: fileOf(found.value) });
    const reader = await ask(request, readReader, { place: visit.place, input: {} });
    const mayRecord = reader.ok && reader.value.mayRecord;
    return sendList(the, { visit, read: found.value, slug, pots: pots.ok ? pots.value.pots : [], mayRecord });
  });
}

type Shown = {
  readonly visit: Visit;
  readonly read: Read;
  readonly slug: string | null;
  readonly pots: ValueOf<typeof readPots>["pots"];
  readonly mayRecord: boolean;
};

function sendList(the: Exchange, { visit, read, slug, pots, mayRecord }: Shown) {
  const { language } = visit;
  const own = resolveWords(language);
  const words = moneyWords(language);
  const title = own("resolveTitle");
  const path = `/places/${visit.place}/resolve`;
  const query = { pot: slug, asAt: askedDay(the.request).day };
  return sendPage(the, "pages/money/resolve.njk", {
    top: topOf(visit, { title, crumbs: [{ text: title }] }),
    model: {
      w: words,
      r: own,
      title,
      day: formatDay(language, read.asAt as Day),
      asAt: query.asAt,
      action: path,
      pots: [
        { value: "", text: words("allPotsChoice"), selected: slug === null },
        ...pots.map((one) => ({
          value: one.slug,
          text: named(language, [one.name, one.nameWelsh]),
          selected: one.slug === slug,
        })),
      ],
      books: (["real", "shadow"] as const).flatMap((book) => {
        if (read[book].items === 0) return [];
        const items = read.items.filter((one) => one.book === book);
        const tables = [agesTable(read, { visit, book }), itemsTable(items, { visit, book, mayRecord })];
        return [{ shadow: book === "shadow", tables: items.length === 0 ? tables.slice(0, 1) : tables }];
      }),
      previous: read.page > 1 ? withQuery(path, { ...query, page: read.page - 1 }) : null,
      next: read.more ? withQuery(path, { ...query, page: read.page + 1 }) : null,
      page: read.page,
      ...fileLinks("", { ...query, page: read.page }),
    },
  });
}

function agesTable(read: Read, { visit, book }: { readonly visit: Visit; readonly book: Book }): MoneyTable {
  const { language } = visit;
  const words = resolveWords(language);
  const amount = words("inPounds", { label: words("stillOpen") });
  return {
    caption: `${moneyWords(language)(book)}. ${words("ages")}`,
    columns: [column(words("daysOpen")), numeric(words("items")), numeric(amount)],
    rows: read[book].ages.map((one) => ({
      shadow: book === "shadow",
      cells: [
        cell(one.age === "over 90" ? words("ageOver") : words("age", { age: one.age })),
        cell(formatNumber(one.items)),
        moneyCell(one.leftPence),
      ],
    })),
    total: [words("total"), formatNumber(read[book].items), bare(read[book].leftPence)],
  };
}

function itemsTable(
  items: readonly Item[],
  the: { readonly visit: Visit; readonly book: Book; readonly mayRecord: boolean },
): MoneyTable {
  const { language, to } = the.visit;
  const words = resolveWords(language);
  const pounds = (label: "amount" | "stillOpen") => numeric(words("inPounds", { label: words(label) }));
  return {
    caption: `${moneyWords(language)(the.book)}. ${words("items")}`,
    columns: [
      column(words("payment")),
      column(words("pot")),
      column(words("reasons")),
      column(words("arisenOn")),
      numeric(words("daysOpen")),
      pounds("amount"),
      pounds("stillOpen"),
      ...(the.mayRecord ? [column(words("clear"))] : []),
    ],
    rows: items.map((one) => ({
      shadow: the.book === "shadow",
      cells: [
        cell(
          `${one.supplier}: ${named(language, [one.service, one.serviceWelsh])}, ${one.reference}`,
          to.trace(one.itemId),
        ),
        cell(named(language, [one.pot, one.potWelsh]), to.pot(one.potSlug)),
        cell(one.reasons.map((reason) => reasonText(language, reason)).join("; ")),
        dayCell(language, one.arisenOn),
        cell(formatNumber(one.daysOpen)),
        moneyCell(one.amountPence),
        moneyCell(one.leftPence),
        ...(the.mayRecord ? [cell(words("clearThis"), to.clear(one.itemId))] : []),
      ],
    })),
  };
}

function fileOf({ items, asAt }: Read): ExportTable {
  return {
    name: `to-resolve-${asAt}`,
    sheet: "To resolve",
    columns: [
      { name: "item_id", type: "text" },
      { name: "pot", type: "text" },
      { name: "book", type: "text" },
      { name: "stream", type: "text" },
      { name: "supplier", type: "text" },
      { name: "service", type: "text" },
      { name: "reference", type: "text" },
      { name: "payment_id", type: "text" },
      { name: "paid_on", type: "day" },
      { name: "days_open", type: "number" },
      { name: "age", type: "text" },
      { name: "reasons", type: "text" },
      { name: "amount", type: "pounds" },
      { name: "still_open", type: "pounds" },
    ],
    rows: items.map((one) => [
      one.itemId,
      one.pot,
      one.book,
      one.stream,
      one.supplier,
      one.service,
      one.reference,
      one.paymentId,
      one.arisenOn,
      one.daysOpen,
      one.age,
      one.reasons.map((reason) => reasonText("en", reason)).join("; "),
      one.amountPence,
      one.leftPence,
    ]),
  };
}

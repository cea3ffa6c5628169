/** Money set aside before there was an order: open, or how each ended, narrowed in the address to a pot and a state. */
import type { FastifyInstance } from "fastify";
import { listPrecommitments } from "../../../ledger/index.ts";
import type { Day } from "../../../lib/day.ts";
import { formatDay } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { fileLinks } from "./addresses.ts";
import { choiceOf, type Exchange, named, pageNumber, queryOf, topOf, type Visit, visitOf } from "./exchange.ts";
import { askedFormat, EXPORT_LIMIT, type ExportTable, sendTable } from "./exports.ts";
import { type Precommitment, readPots, readReader, type ValueOf } from "./reading.ts";
import { cell, column, dayCell, type MoneyTable, moneyCell, numeric } from "./tables.ts";
import { moneyWords } from "./words.ts";
import { type BankWords, bankWords } from "./words-bank.ts";

type Read = ValueOf<typeof listPrecommitments>;
/** A pot that is not there has set nothing aside: an id that nothing has. */
const NO_POT = "00000000-0000-0000-0000-000000000000";
const STATES = { open: "open", drawn: "drawn", released: "releasedState", expired: "expired" } as const;

export function registerPrecommitments(app: FastifyInstance): void {
  app.get("/places/:place/precommitments", { config: EXPORT_LIMIT }, async (request, reply) => {
    const the = { request, reply };
    const visit = visitOf(request);
    const slug = queryOf(request, "pot");
    const pots = await ask(request, readPots, { place: visit.place, input: {} });
    const listed = pots.ok ? pots.value.pots : [];
    const open = choiceOf(request, "state", ["open"]) !== null;
    const potId = slug === null ? null : (listed.find((one) => one.slug === slug)?.potId ?? NO_POT);
    const input = { potId, open, page: pageNumber(request) };
    const found = await ask(request, listPrecommitments, { place: visit.place, input });
    if (!found.ok) return sendRefusal(the, listPrecommitments, found.refusal);
    const format = askedFormat({ request });
    if (format !== null) return sendTable(the, { format, table: fileOf(found.value) });
    const reader = await ask(request, readReader, { place: visit.place, input: {} });
    const mayRecord = reader.ok && reader.value.mayRecord;
    return sendList(the, { visit, read: found.value, slug, open, pots: listed, mayRecord });
  });
}

type Shown = {
  readonly visit: Visit;
  readonly read: Read;
  readonly slug: string | null;
  readonly open: boolean;
  readonly pots: ValueOf<typeof readPots>["pots"];
  readonly mayRecord: boolean;
};

function sendList(the: Exchange, { visit, read, slug, open, pots, mayRecord }: Shown) {
  const { language, to } = visit;
  const own = bankWords(language);
  const words = moneyWords(language);
  const title = own("precommitments");
  const query = { pot: slug, state: open ? "open" : null };
  const pot = pots.find((one) => one.slug === slug);
  const potName = pot === undefined ? undefined : named(language, [pot.name, pot.nameWelsh]);
  return sendPage(the, "pages/money/precommitments.njk", {
    top: topOf(visit, {
      title: potName === undefined ? title : `${title}: ${potName}`,
      crumbs: [
        { text: words("potsTitle"), href: to.pots },
        ...(pot && potName ? [{ text: potName, href: to.pot(pot.slug) }] : []),
        { text: title },
      ],
    }),
    model: {
      w: words,
      b: own,
      title,
      potName,
      action: to.precommitments(),
      pots: [
        { value: "", text: words("allPotsChoice"), selected: slug === null },
        ...pots.map((one) => ({
          value: one.slug,
          text: named(language, [one.name, one.nameWelsh]),
          selected: one.slug === slug,
        })),
      ],
      states: [
        { value: "", text: own("anyState"), selected: !open },
        { value: "open", text: own("openOnly"), selected: open },
      ],
      // Nothing at all, or nothing that the filters let through.
      narrowed: slug !== null || open,
      potHref: pot === undefined ? to.pots : to.pot(pot.slug),
      newHref: mayRecord && pot && pot.closedOn === null ? to.newRecord(pot.slug, "precommitments") : null,
      tables: (["real", "shadow"] as const).flatMap((book) => {
        const rows = read.precommitments.filter((one) => one.book === book);
        return rows.length === 0 ? [] : [{ ...tableOf(rows, { visit, book, mayRecord }), shadow: book === "shadow" }];
      }),
      previous: read.page > 1 ? to.precommitments({ ...query, page: read.page - 1 }) : null,
      next: read.more ? to.precommitments({ ...query, page: read.page + 1 }) : null,
      page: read.page,
      ...fileLinks("", { ...query, page: read.page }),
    },
  });
}

function stateText(words: BankWords, the: { readonly one: Precommitment; readonly visit: Visit }): string {
  const { state, endedOn } = the.one;
  const text = words(STATES[state]);
  return endedOn === null
    ? text
    : words("endedOn", { state: text, day: formatDay(the.visit.language, endedOn as Day) });
}

function tableOf(
  rows: readonly Precommitment[],
  the: { readonly visit: Visit; readonly book: "real" | "shadow"; readonly mayRecord: boolean },
): MoneyTable {
  const { visit, book } = the;
  const { language, to } = visit;
  const words = bankWords(language);
  const release = the.mayRecord && rows.some(({ state }) => state === "open");
  return {
    caption: moneyWords(language)(book),
    columns: [
      column(words("forWhat")),
      column(words("allocation")),
      column(words("pot")),
      column(words("supplier")),
      column(words("madeOn")),
      column(words("endsOn")),
      column(words("state")),
      numeric(words("inPounds", { label: words("amount") })),
      ...(release ? [column(words("releaseThis"))] : []),
    ],
    rows: rows.map((one) => ({
      shadow: book === "shadow",
      cells: [
        cell(one.words),
        cell(one.allocation, to.trace(one.allocationId)),
        cell(one.pot, to.pot(one.potSlug)),
        cell([one.supplier, one.service].filter((name) => name !== null).join(": ")),
        dayCell(language, one.madeOn),
        one.endsOn === null ? cell(words("noEnd")) : dayCell(language, one.endsOn),
        { text: stateText(words, { one, visit }), tag: one.state === "open" ? "green" : "grey" },
        moneyCell(one.amountPence),
        ...(release
          ? [one.state === "open" ? cell(words("releaseThis"), to.releasePrecommitment(one.precommitmentId)) : cell("")]
          : []),
      ],
    })),
  };
}

function fileOf({ precommitments }: Read): ExportTable {
  return {
    name: "pre-commitments",
    sheet: "Pre-commitments",
    columns: [
      { name: "precommitment_id", type: "text" },
      { name: "words", type: "text" },
      { name: "pot", type: "text" },
      { name: "book", type: "text" },
      { name: "allocation", type: "text" },
      { name: "supplier", type: "text" },
      { name: "service", type: "text" },
      { name: "made_on", type: "day" },
      { name: "ends_on", type: "day" },
      { name: "state", type: "text" },
      { name: "ended_on", type: "day" },
      { name: "amount", type: "pounds" },
    ],
    rows: precommitments.map((one) => [
      one.precommitmentId,
      one.words,
      one.pot,
      one.book,
      one.allocation,
      one.supplier,
      one.service,
      one.madeOn,
      one.endsOn,
      one.state,
      one.endedOn,
      one.amountPence,
    ]),
  };
}

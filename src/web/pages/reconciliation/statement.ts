/** The reconciliation statement with its sums and signatures, and the list of what is not matched, by age. */
import type { FastifyInstance, FastifyReply } from "fastify";
import {
  AGES,
  listUnmatched,
  makeJournal,
  type StatementShown,
  showReconciliation,
  signReconciliation,
} from "../../../reconciliation/index.ts";
import { ask, goTo, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { withQuery } from "../money/addresses.ts";
import { askedDay, choiceOf, type Exchange, visitOf } from "../money/exchange.ts";
import { askedFormat, EXPORT_LIMIT, sendTable } from "../money/exports.ts";
import { cell, column, moneyCell, numeric } from "../money/tables.ts";
import {
  codeWords,
  dayWords,
  deskPath,
  deskTop,
  periodOf,
  readDesk,
  type Side,
  sideLinks,
  sideOf,
  sideQuery,
} from "./desk.ts";
import { deskWords, kindWords } from "./words.ts";

const SIDES = ["listing", "onepot"] as const;

export function registerStatementPages(app: FastifyInstance): void {
  const path = "/places/:place/reconciliation";
  app.get(`${path}/statement`, (request, reply) => statement({ request, reply }, null));
  app.post(`${path}/statement`, { preHandler: app.csrfProtection }, (request, reply) => change({ request, reply }));
  app.get(`${path}/unmatched`, { config: EXPORT_LIMIT }, (request, reply) => unmatched({ request, reply }));
}

async function statement(the: Exchange, error: string | null): Promise<FastifyReply> {
  const { request } = the;
  const { place } = visitOf(request);
  const side = sideOf(request);
  if (side === null) return goTo(the, deskPath(request));
  const desk = await ask(request, readDesk, { place, input: {} });
  if (!desk.ok) return sendRefusal(the, readDesk, desk.refusal);
  const period = periodOf(request, desk.value.today);
  const found = await ask(request, showReconciliation, { place, input: { ...side, ...period } });
  if (!found.ok) return sendRefusal(the, showReconciliation, found.refusal);
  const shown = found.value;
  const title = `${deskWords.statement}: ${shown.body}, ${shown.pot}`;
  return sendPage(the, "pages/reconciliation/statement.njk", {
    top: deskTop(request, { title, ...(error !== null && { errors: [{ text: error }] }) }),
    status: error === null ? 200 : 422,
    model: {
      w: deskWords,
      title,
      side: sideQuery(side),
      ...period,
      days: `${dayWords(request, period.from)} to ${dayWords(request, period.to)}`,
      links: sideLinks(request, side),
      action: deskPath(request, "/statement"),
      mayKeep: desk.value.mayKeep,
      shadow: shown.book === "shadow",
      notCoded: !shown.coded && side.source === "ledger",
      hash: shown.hash,
      ...tables(the, shown),
      signatures: shown.signatures.map((one) => ({
        text: `${one.part === "prepared" ? "Prepared" : "Reviewed"} by ${one.signedByName ?? one.signedBy}, ${dayWords(request, one.signedAt.toISOString().slice(0, 10))}, ${one.current ? deskWords.signedCurrent : deskWords.signedStale}`,
      })),
      mayPrepare: !shown.signatures.some(({ part, current }) => current && part === "prepared"),
      mayReview:
        shown.signatures.some(({ part, current }) => current && part === "prepared") &&
        !shown.signatures.some(({ part, current }) => current && part === "reviewed"),
    },
  });
}

function tables(the: Exchange, shown: StatementShown) {
  const { opening, period, closing } = shown;
  const both = (label: string, of: typeof opening) => ({
    cells: [
      cell(label),
      moneyCell(of.onepotPence),
      moneyCell(of.listingPence),
      moneyCell(of.onepotPence - of.listingPence),
    ],
  });
  const columns = [column(""), numeric(deskWords.onepot), numeric(deskWords.listing), numeric(deskWords.difference)];
  return {
    balances: {
      caption: "Balances",
      columns,
      rows: [both("Before the period", opening), both("In the period", period), both("At its end", closing)],
    },
    bridge: {
      caption: "From ours to theirs",
      columns: [column(""), numeric(deskWords.amount)],
      rows: [
        { cells: [cell("At the end, in Onepot"), moneyCell(closing.onepotPence)] },
        { cells: [cell("Less what only Onepot has"), moneyCell(-shown.onepotOnlyPence)] },
        { cells: [cell("Plus what only their ledger has"), moneyCell(shown.listingOnlyPence)] },
        { cells: [cell("Less differences of amounts"), moneyCell(-shown.differencesPence)] },
        { cells: [cell("At the end, in their ledger"), moneyCell(closing.listingPence)] },
      ],
    },
    codes: {
      caption: "By code",
      columns: [column(deskWords.code), ...columns.slice(1)],
      rows: shown.codes.map((one) => both(codeWords(one), one)),
    },
    ...itemTables(the, shown),
  };
}

function itemTables(the: Exchange, shown: StatementShown) {
  const day = (of: string) => cell(dayWords(the.request, of));
  const item = [
    column("What"),
    column("Day"),
    column(deskWords.supplier),
    column(deskWords.reference),
    numeric(deskWords.amount),
  ];
  const amounts = [numeric(deskWords.onepot), numeric(deskWords.listing), numeric(deskWords.difference)];
  return {
    onepotOnly: {
      caption: "Only in Onepot",
      columns: item,
      rows: shown.onepotOnly.map((one) => ({
        cells: [
          cell(kindWords(one.kind)),
          day(one.day),
          cell(one.supplier),
          cell(one.reference),
          moneyCell(one.amountPence),
        ],
      })),
    },
    listingOnly: {
      caption: "Only in their ledger",
      columns: item,
      rows: shown.listingOnly.map((one) => ({
        cells: [
          cell(one.document),
          day(one.postedOn),
          cell(one.supplier),
          cell(one.reference),
          moneyCell(one.amountPence),
        ],
      })),
    },
    differences: {
      caption: "The same reference, another amount",
      columns: [column(deskWords.reference), column(deskWords.supplier), ...amounts],
      rows: shown.amountDifferences.map(({ line, record, differencePence }) => ({
        cells: [
          cell(record.reference),
          cell(record.supplier),
          moneyCell(record.amountPence),
          moneyCell(line.amountPence),
          moneyCell(differencePence),
        ],
      })),
    },
  };
}

/** Signing, or making the journal of the period that is shown. */
async function change(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const { place, language } = visitOf(request);
  const side = sideOf(request);
  if (side === null) return the.reply.callNotFound() as never;
  const [from, to, part] = [fieldOf(request, "from"), fieldOf(request, "to"), fieldOf(request, "part")];
  const back = deskPath(request, "/statement", { ...sideQuery(side), from, to });
  if (part === "journal") {
    const made = await ask(request, makeJournal, {
      place,
      input: { bodyId: side.bodyId, potId: side.potId, from, to },
    });
    if (made.ok) return goTo(the, deskPath(request), deskWords.journalMade);
    return refused(the, { useCase: makeJournal, refusal: made.refusal, language });
  }
  const input = {
    ...side,
    from,
    to,
    part: part === "reviewed" ? "reviewed" : "prepared",
    hash: fieldOf(request, "hash"),
  } as const;
  const signed = await ask(request, signReconciliation, { place, input });
  return signed.ok
    ? goTo(the, back, deskWords.signed)
    : refused(the, { useCase: signReconciliation, refusal: signed.refusal, language });
}

type RefusedChange = Parameters<typeof wordsOf>;

function refused(
  the: Exchange,
  of: { readonly useCase: RefusedChange[0]; readonly refusal: RefusedChange[1]; readonly language: RefusedChange[2] },
): Promise<FastifyReply> {
  if (of.refusal.code === "not_allowed" || of.refusal.code === "place_not_found")
    return sendRefusal(the, of.useCase, of.refusal);
  return statement(the, wordsOf(of.useCase, of.refusal, of.language).text);
}

async function unmatched(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const side = sideOf(request);
  if (side === null) return goTo(the, deskPath(request));
  const narrowed = { side: choiceOf(request, "side", SIDES), age: choiceOf(request, "age", AGES) };
  const input = { ...side, ...narrowed, asAt: askedDay(request).day };
  const found = await ask(request, listUnmatched, { place: visitOf(request).place, input });
  if (!found.ok) return sendRefusal(the, listUnmatched, found.refusal);
  const format = askedFormat({ request });
  if (format !== null) return sendTable(the, { format, table: unmatchedFile(found.value) });
  const title = `${deskWords.unmatched}: ${found.value.body}, ${found.value.pot}`;
  return sendPage(the, "pages/reconciliation/unmatched.njk", {
    top: deskTop(request, { title }),
    model: {
      w: deskWords,
      title,
      side: sideQuery(side),
      links: sideLinks(request, side),
      action: deskPath(request, "/unmatched"),
      ...agedModel(the, { side, narrowed, list: found.value }),
    },
  });
}

type List = {
  readonly items: readonly Item[];
  readonly sums: readonly Sum[];
  readonly asAt: string;
  readonly book: string;
};
type Item = {
  readonly side: "listing" | "onepot";
  readonly id: string;
  readonly day: string;
  readonly days: number;
  readonly age: string;
  readonly amountPence: bigint;
  readonly what: string;
  readonly supplier: string;
  readonly reference: string;
};
type Sum = {
  readonly side: "listing" | "onepot";
  readonly age: string;
  readonly count: number;
  readonly amountPence: bigint;
};
type Aged = {
  readonly side: Side;
  readonly narrowed: { readonly side: string | null; readonly age: string | null };
  readonly list: List;
};

const SIDE_NAMES = { listing: "their ledger only", onepot: "Onepot only" } as const;

function agedModel({ request }: Exchange, { side, narrowed, list }: Aged) {
  const file = (format: string) =>
    withQuery(deskPath(request, "/unmatched"), { ...sideQuery(side), ...narrowed, format });
  const option = (value: string, { text, chosen }: { readonly text: string; readonly chosen: string | null }) => ({
    value,
    text,
    selected: value === (chosen ?? ""),
  });
  return {
    asAt: dayWords(request, list.asAt),
    shadow: list.book === "shadow",
    csv: file("csv"),
    xlsx: file("xlsx"),
    sides: [
      option("", { text: deskWords.all, chosen: narrowed.side }),
      ...SIDES.map((one) => option(one, { text: SIDE_NAMES[one], chosen: narrowed.side })),
    ],
    ages: [
      option("", { text: deskWords.all, chosen: narrowed.age }),
      ...AGES.map((one) => option(one, { text: one, chosen: narrowed.age })),
    ],
    sums: {
      caption: "By age",
      columns: [column(deskWords.age), column(deskWords.side), numeric("Items"), numeric(deskWords.amount)],
      rows: list.sums
        .filter(({ count }) => count > 0)
        .map((one) => ({
          cells: [cell(one.age), cell(SIDE_NAMES[one.side]), cell(String(one.count)), moneyCell(one.amountPence)],
        })),
    },
    items: {
      caption: "Items",
      columns: [
        column("What"),
        column(deskWords.side),
        column("Day"),
        numeric(deskWords.age),
        column(deskWords.supplier),
        column(deskWords.reference),
        numeric(deskWords.amount),
      ],
      rows: list.items.slice(0, 500).map((one) => ({
        cells: [
          cell(one.side === "onepot" ? kindWords(one.what) : one.what),
          cell(SIDE_NAMES[one.side]),
          cell(dayWords(request, one.day)),
          cell(String(one.days)),
          cell(one.supplier),
          cell(one.reference),
          moneyCell(one.amountPence),
        ],
      })),
    },
  };
}

function unmatchedFile(list: List) {
  return {
    name: `unmatched-${list.asAt}`,
    sheet: "Not matched",
    columns: [
      { name: "stands_in", type: "text" },
      { name: "id", type: "text" },
      { name: "what", type: "text" },
      { name: "day", type: "day" },
      { name: "days", type: "number" },
      { name: "age", type: "text" },
      { name: "supplier", type: "text" },
      { name: "reference", type: "text" },
      { name: "amount", type: "pounds" },
    ] as const,
    rows: list.items.map((one) => [
      one.side,
      one.id,
      one.what,
      one.day,
      one.days,
      one.age,
      one.supplier,
      one.reference,
      one.amountPence,
    ]),
  };
}

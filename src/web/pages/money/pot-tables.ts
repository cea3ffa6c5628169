/** The tables of a pot's page and of the lists of commitments and payments: every record opens into its chain. */
import type { Day } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import { formatDay } from "../../shell/formats.ts";
import type { Addresses } from "./addresses.ts";
import { named } from "./exchange.ts";
import type { Commitment, Payment, Pot } from "./reading.ts";
import { bare, type Cell, cell, column, dayCell, type MoneyTable, moneyCell, numeric } from "./tables.ts";
import { type MoneyWords, moneyWords } from "./words.ts";
import { bankWords } from "./words-bank.ts";
import { resolveWords } from "./words-resolve.ts";

type Setting = { readonly language: Language; readonly to: Addresses };
const COMMITMENT_KINDS = { award: "kindAward", order: "kindOrder", grant: "kindGrant" } as const;

/** Reversed in words; nothing where a record is in force. */
export function stateCell(words: MoneyWords, reversed: boolean): Cell {
  return reversed ? { text: words("reversed"), tag: "red" } : cell("");
}

/** A column for the state only where something was reversed: an empty column says nothing. */
function withState<T extends { readonly reversed: boolean }>(
  words: MoneyWords,
  records: readonly T[],
): { readonly columns: MoneyTable["columns"]; readonly of: (one: T) => readonly Cell[] } {
  const any = records.some(({ reversed }) => reversed);
  return { columns: any ? [column(words("state"))] : [], of: (one) => (any ? [stateCell(words, one.reversed)] : []) };
}

/** A column of money only where there is any: what was released, what virements moved. */
function whereAny<T extends { readonly reversed: boolean }>(
  records: readonly T[],
  the: {
    readonly language: Language;
    readonly label: "released" | "vired";
    readonly pence: (one: T) => bigint;
  },
): { readonly columns: MoneyTable["columns"]; readonly of: (one: T) => readonly Cell[]; readonly total: string[] } {
  const words = bankWords(the.language);
  if (records.every((one) => the.pence(one) === 0n)) return { columns: [], of: () => [], total: [] };
  const total = records.reduce((sum, one) => (one.reversed ? sum : sum + the.pence(one)), 0n);
  return {
    columns: [numeric(words("inPounds", { label: words(the.label) }))],
    of: (one) => [moneyCell(the.pence(one))],
    total: [bare(total)],
  };
}

export type CutTable = MoneyTable & { readonly more: { readonly text: string; readonly href: string } | null };
const ROWS_ON_PAGE = 10;

/** The first rows, and where all of them are; a total of what is not shown would not be that of the rows over it. */
export function cutTable(words: MoneyWords, the: { readonly table: MoneyTable; readonly href: string }): CutTable {
  const { table, href } = the;
  const count = table.rows.length;
  if (count <= ROWS_ON_PAGE) return { ...table, more: null };
  const text = words("seeAll", { count });
  return { ...table, rows: table.rows.slice(0, ROWS_ON_PAGE), total: undefined, more: { text, href } };
}

export function streamsOfPot(pot: Pot, { language, to }: Setting): MoneyTable {
  const words = moneyWords(language);
  const pounds = (key: "figureIn" | "figureAllocated" | "figureCommitted" | "figurePaid" | "figureLeft") =>
    numeric(words("inPounds", { label: words(key) }));
  const { figures } = pot;
  return {
    caption: words("byStream"),
    columns: [
      column(words("stream")),
      column(words("ringFenced")),
      column(words("useBy")),
      pounds("figureIn"),
      pounds("figureAllocated"),
      pounds("figureCommitted"),
      pounds("figurePaid"),
      pounds("figureLeft"),
    ],
    // A stream whose contributions were all reversed has nothing here; its contributions below say so.
    rows: pot.streams
      .filter(({ contributedPence }) => contributedPence !== 0n)
      .map((one) => ({
        shadow: pot.pot.book === "shadow",
        cells: [
          cell(named(language, [one.stream, one.streamWelsh]), to.stream(one.streamId)),
          cell(words(one.ringFenced ? "yes" : "no")),
          dayCell(language, one.endsOn),
          moneyCell(one.contributedPence, to.trace(one.streamId)),
          ...(["allocation", "commitment", "payment"] as const).map((kind) =>
            moneyCell(
              { allocation: one.allocatedPence, commitment: one.committedPence, payment: one.paidPence }[kind],
              to.statement(pot.pot.slug, { stream: one.streamId, kind }),
            ),
          ),
          moneyCell(one.leftPence, to.statement(pot.pot.slug, { stream: one.streamId })),
        ],
      }))
      .concat(nobodysRow(figures.toResolvePence, { language, shadow: pot.pot.book === "shadow", gaps: 2 })),
    total: [
      words("total"),
      "",
      "",
      bare(figures.contributedPence),
      bare(figures.allocatedPence),
      bare(figures.committedPence),
      bare(figures.paidPence),
      bare(figures.leftPence),
    ],
  };
}

/** What was paid elsewhere and is no stream's until somebody bears it, so that the rows come to the total. */
export function nobodysRow(
  toResolvePence: bigint,
  the: { readonly language: Language; readonly shadow: boolean; readonly gaps: number },
): { shadow: boolean; cells: Cell[] }[] {
  if (toResolvePence === 0n) return [];
  const label = cell(resolveWords(the.language)("toResolveOfNoStream"));
  const gaps = Array.from({ length: the.gaps }, () => cell(""));
  const amounts = [0n, 0n, 0n, toResolvePence, -toResolvePence].map((pence) => moneyCell(pence));
  return [{ shadow: the.shadow, cells: [label, ...gaps, ...amounts] }];
}

export function contributionsTable(pot: Pot, { language, to }: Setting): MoneyTable {
  const words = moneyWords(language);
  const state = withState(words, pot.contributions);
  return {
    caption: words("contributionsIn"),
    columns: [
      column(words("stream")),
      column(words("madeOn")),
      column(words("reference")),
      ...state.columns,
      numeric(words("inPounds", { label: words("amount") })),
    ],
    rows: pot.contributions.map((one) => ({
      shadow: pot.pot.book === "shadow",
      cells: [
        cell(named(language, [one.stream, one.streamWelsh]), to.trace(one.contributionId)),
        dayCell(language, one.madeOn),
        cell(one.reference),
        ...state.of(one),
        moneyCell(one.amountPence),
      ],
    })),
    total: [words("total"), "", "", ...state.columns.map(() => ""), bare(liveSum(pot.contributions))],
  };
}

/** What passed between the pot and its parts, received and handed over in columns of their own. */
export function handoversTable(pot: Pot, { language, to }: Setting): MoneyTable {
  const words = moneyWords(language);
  const own = bankWords(language);
  const state = withState(words, pot.handovers);
  const sum = (way: "in" | "out") => bare(liveSum(pot.handovers.filter((one) => one.way === way)));
  return {
    caption: own("handovers"),
    columns: [
      column(own("handedOn")),
      column(own("otherPot")),
      column(own("why")),
      ...state.columns,
      numeric(own("inPounds", { label: own("handedIn") })),
      numeric(own("inPounds", { label: own("handedOut") })),
    ],
    rows: pot.handovers.map((one) => ({
      shadow: pot.pot.book === "shadow",
      cells: [
        cell(formatDay(language, one.movedOn as Day), to.trace(one.handoverId)),
        cell(named(language, [one.other, one.otherWelsh]), to.pot(one.otherSlug)),
        cell(`${one.decidedBy}: ${one.reason}`),
        ...state.of(one),
        one.way === "in" ? moneyCell(one.amountPence) : cell(""),
        one.way === "out" ? moneyCell(one.amountPence) : cell(""),
      ],
    })),
    total: [words("total"), "", "", ...state.columns.map(() => ""), sum("in"), sum("out")],
  };
}

export function allocationsTable(pot: Pot, { language, to }: Setting): MoneyTable {
  const words = moneyWords(language);
  const state = withState(words, pot.allocations);
  const live = pot.allocations.filter(({ reversed }) => !reversed);
  const vired = whereAny(pot.allocations, { language, label: "vired", pence: (one) => one.viredPence });
  const sum = (pick: (one: (typeof live)[number]) => bigint) =>
    bare(live.reduce((total, one) => total + pick(one), 0n));
  return {
    caption: words("allocations"),
    columns: [
      column(words("allocation")),
      column(words("decided")),
      column(words("power")),
      ...state.columns,
      ...vired.columns,
      numeric(words("inPounds", { label: words("amount") })),
      numeric(words("inPounds", { label: words("figureCommitted") })),
      numeric(words("inPounds", { label: words("figurePaid") })),
      numeric(words("inPounds", { label: words("figureLeft") })),
    ],
    rows: pot.allocations.map((one) => ({
      shadow: pot.pot.book === "shadow",
      cells: [
        cell(named(language, [one.name, one.nameWelsh]), to.trace(one.allocationId)),
        cell(`${one.decidedBy}, ${formatDay(language, one.decidedOn as Day)}`),
        cell(one.power),
        ...state.of(one),
        ...vired.of(one),
        moneyCell(one.amountPence),
        moneyCell(one.committedPence, to.commitments({ pot: pot.pot.slug, allocation: one.allocationId })),
        moneyCell(one.paidPence, to.trace(one.allocationId)),
        moneyCell(one.reversed ? 0n : one.amountPence - one.paidPence),
      ],
    })),
    total: [
      words("total"),
      "",
      "",
      ...state.columns.map(() => ""),
      ...vired.total,
      sum(({ amountPence }) => amountPence),
      sum(({ committedPence }) => committedPence),
      sum(({ paidPence }) => paidPence),
      sum(({ amountPence, paidPence }) => amountPence - paidPence),
    ],
  };
}

function liveSum(records: readonly { readonly reversed: boolean; readonly amountPence: bigint }[]): bigint {
  return records.reduce((sum, one) => (one.reversed ? sum : sum + one.amountPence), 0n);
}

/** Of one book only, so that its total means something; `total` is left out where the list is cut. */
export function commitmentsTable(
  commitments: readonly Commitment[],
  {
    language,
    to,
    caption,
    total,
    pot,
  }: Setting & { readonly caption: string; readonly total: boolean; readonly pot: boolean },
): MoneyTable {
  const words = moneyWords(language);
  const state = withState(words, commitments);
  const live = commitments.filter(({ reversed }) => !reversed);
  const released = whereAny(commitments, { language, label: "released", pence: (one) => one.releasedPence });
  const paid = live.reduce((sum, one) => sum + one.paidPence, 0n);
  return {
    caption,
    columns: [
      column(words("service")),
      column(words("supplier")),
      ...(pot ? [column(words("pot"))] : []),
      column(words("allocation")),
      column(words("order")),
      column(words("committedOn")),
      ...state.columns,
      numeric(words("inPounds", { label: words("amount") })),
      ...released.columns,
      numeric(words("inPounds", { label: words("paidSoFar") })),
    ],
    rows: commitments.map((one) => ({
      shadow: one.book === "shadow",
      cells: [
        cell(named(language, [one.service, one.serviceWelsh]), to.trace(one.commitmentId)),
        cell(one.supplier, to.trace(one.supplierId)),
        ...(pot ? [cell(one.pot, to.pot(one.potSlug))] : []),
        cell(named(language, [one.allocation, one.allocationWelsh]), to.trace(one.allocationId)),
        cell(`${words(COMMITMENT_KINDS[one.kind])} ${one.reference}`.trim()),
        dayCell(language, one.committedOn),
        ...state.of(one),
        moneyCell(one.amountPence),
        ...released.of(one),
        moneyCell(one.paidPence, to.payments({ pot: one.potSlug, commitment: one.commitmentId })),
      ],
    })),
    total: total
      ? [
          words("total"),
          "",
          "",
          "",
          "",
          ...(pot ? [""] : []),
          ...state.columns.map(() => ""),
          bare(liveSum(commitments)),
          ...released.total,
          bare(paid),
        ]
      : undefined,
  };
}

export function paymentsTable(
  payments: readonly Payment[],
  {
    language,
    to,
    caption,
    total,
    pot,
  }: Setting & { readonly caption: string; readonly total: boolean; readonly pot: boolean },
): MoneyTable {
  const words = moneyWords(language);
  const state = withState(words, payments);
  return {
    caption,
    columns: [
      column(words("service")),
      column(words("supplier")),
      ...(pot ? [column(words("pot"))] : []),
      column(words("paidOn")),
      column(words("reference")),
      column(words("published")),
      ...state.columns,
      numeric(words("inPounds", { label: words("amount") })),
    ],
    rows: payments.map((one) => ({
      shadow: one.book === "shadow",
      cells: [
        cell(named(language, [one.service, one.serviceWelsh]), to.trace(one.paymentId)),
        cell(one.supplier, to.trace(one.supplierId)),
        ...(pot ? [cell(one.pot, to.pot(one.potSlug))] : []),
        dayCell(language, one.paidOn),
        cell(one.reference),
        publishedCell(words, { line: one.spendLine, to }),
        ...state.of(one),
        moneyCell(one.amountPence),
      ],
    })),
    total: total
      ? [words("total"), "", "", "", "", ...(pot ? [""] : []), ...state.columns.map(() => ""), bare(liveSum(payments))]
      : undefined,
  };
}

function publishedCell(words: MoneyWords, the: { readonly line: string | null; readonly to: Addresses }): Cell {
  if (the.line === null) return cell("");
  return cell(words("row", { row: the.line.split(".")[1] ?? "" }), the.to.trace(the.line));
}

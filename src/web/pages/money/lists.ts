/** The lists of commitments and of payments, newest first, narrowed in the address to a pot and to what they draw on. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Day } from "../../../lib/day.ts";
import { formatDay } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { fileLinks, withQuery } from "./addresses.ts";
import { askedDay, type Exchange, named, pageNumber, queryOf, topOf, type Visit, visitOf } from "./exchange.ts";
import { askedFormat, EXPORT_LIMIT, type ExportTable, sendTable } from "./exports.ts";
import { commitmentsTable, paymentsTable } from "./pot-tables.ts";
import {
  type Commitment,
  type Payment,
  type Pot,
  type Reader,
  readCommitments,
  readPayments,
  readPots,
} from "./reading.ts";
import type { MoneyTable } from "./tables.ts";
import { moneyWords } from "./words.ts";

type Kind = "commitments" | "payments";
type Narrowing = {
  readonly pot: string | null;
  readonly ownerId: string | null;
  readonly page: number;
  readonly asAt: Day | null;
};
type PotChoice = Pot["pot"];
const OWNERS = { commitments: "allocation", payments: "commitment" } as const;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function registerLists(app: FastifyInstance): void {
  app.get("/places/:place/commitments", { config: EXPORT_LIMIT }, async (request, reply) => {
    const asked = narrowingOf(request, "commitments");
    const input = await inputOf(request, asked);
    const found = await ask(request, readCommitments, { place: visitOf(request).place, input });
    if (!found.ok) return sendRefusal({ request, reply }, readCommitments, found.refusal);
    const format = askedFormat({ request });
    const { commitments, ...read } = found.value;
    if (format !== null)
      return sendTable({ request, reply }, { format, table: commitmentsFile(commitments, read.asAt) });
    return sendList(
      { request, reply },
      {
        kind: "commitments",
        asked,
        read,
        tables: (visit) => tablesOf(visit, { kind: "commitments", records: commitments }),
      },
    );
  });
  app.get("/places/:place/payments", { config: EXPORT_LIMIT }, async (request, reply) => {
    const asked = narrowingOf(request, "payments");
    const input = await inputOf(request, asked);
    const found = await ask(request, readPayments, { place: visitOf(request).place, input });
    if (!found.ok) return sendRefusal({ request, reply }, readPayments, found.refusal);
    const format = askedFormat({ request });
    const { payments, ...read } = found.value;
    if (format !== null) return sendTable({ request, reply }, { format, table: paymentsFile(payments, read.asAt) });
    return sendList(
      { request, reply },
      { kind: "payments", asked, read, tables: (visit) => tablesOf(visit, { kind: "payments", records: payments }) },
    );
  });
}

function narrowingOf(request: FastifyRequest, kind: Kind): Narrowing {
  const owner = queryOf(request, OWNERS[kind]);
  return {
    pot: queryOf(request, "pot"),
    ownerId: owner !== null && ID.test(owner) ? owner : null,
    page: pageNumber(request),
    asAt: askedDay(request).day,
  };
}

/** The address names a pot by its own address; the ledger knows it by its id. */
async function inputOf(request: FastifyRequest, asked: Narrowing) {
  const rest = { ownerId: asked.ownerId, asAt: asked.asAt, page: asked.page };
  if (asked.pot === null) return { ...rest, potId: null };
  const pots = await ask(request, readPots, { place: visitOf(request).place, input: {} });
  const found = pots.ok ? pots.value.pots.find(({ slug }) => slug === asked.pot) : undefined;
  // A pot that is not there has no records: an id that nothing has.
  return { ...rest, potId: found?.potId ?? "00000000-0000-0000-0000-000000000000" };
}

type Read = {
  readonly reader: Reader;
  readonly pots: readonly PotChoice[];
  readonly asAt: string;
  readonly page: number;
  readonly more: boolean;
};
type Listed = {
  readonly kind: Kind;
  readonly asked: Narrowing;
  readonly read: Read;
  readonly tables: (visit: Visit) => readonly (MoneyTable & { readonly shadow: boolean })[];
};

function tablesOf(
  visit: Visit,
  the:
    | { readonly kind: "commitments"; readonly records: readonly Commitment[] }
    | { readonly kind: "payments"; readonly records: readonly Payment[] },
): readonly (MoneyTable & { readonly shadow: boolean })[] {
  const words = moneyWords(visit.language);
  return (["real", "shadow"] as const).flatMap((book) => {
    const shown = { ...visit, caption: words(book), total: false, pot: true };
    const table =
      the.kind === "commitments"
        ? commitmentsTable(
            the.records.filter((one) => one.book === book),
            shown,
          )
        : paymentsTable(
            the.records.filter((one) => one.book === book),
            shown,
          );
    return table.rows.length === 0 ? [] : [{ ...table, shadow: book === "shadow" }];
  });
}

function sendList(the: Exchange, { kind, asked, read, tables }: Listed) {
  const visit = visitOf(the.request, asked.asAt);
  const words = moneyWords(visit.language);
  const title = words(kind);
  const path = `/places/${visit.place}/${kind}`;
  const pot = read.pots.find(({ slug }) => slug === asked.pot);
  const query = { pot: asked.pot, [OWNERS[kind]]: asked.ownerId, asAt: asked.asAt };
  const potName = pot === undefined ? undefined : named(visit.language, [pot.name, pot.nameWelsh]);
  return sendPage(the, "pages/money/records.njk", {
    top: topOf(visit, {
      title: potName === undefined ? title : `${title}: ${potName}`,
      crumbs: [
        { text: words("potsTitle"), href: visit.to.pots },
        ...(pot && potName ? [{ text: potName, href: visit.to.pot(pot.slug) }] : []),
        { text: title },
      ],
    }),
    model: {
      w: words,
      title,
      potName,
      day: formatDay(visit.language, read.asAt as Day),
      action: path,
      none: words(kind === "commitments" ? "noCommitments" : "noPayments"),
      owned: asked.ownerId === null ? null : words(kind === "commitments" ? "ofOneAllocation" : "ofOneCommitment"),
      allHref: withQuery(path, { pot: asked.pot, asAt: asked.asAt }),
      asAt: asked.asAt,
      pots: [
        { value: "", text: words("allPotsChoice"), selected: pot === undefined },
        ...read.pots.map((one) => ({
          value: one.slug,
          text: named(visit.language, [one.name, one.nameWelsh]),
          selected: one.slug === asked.pot,
        })),
      ],
      tables: tables(visit),
      previous: read.page > 1 ? withQuery(path, { ...query, page: read.page - 1 }) : null,
      next: read.more ? withQuery(path, { ...query, page: read.page + 1 }) : null,
      page: read.page,
      ...fileLinks("", { ...query, page: read.page }),
    },
  });
}

const COMMON = [
  { name: "pot", type: "text" },
  { name: "book", type: "text" },
  { name: "service", type: "text" },
  { name: "supplier", type: "text" },
  { name: "reference", type: "text" },
  { name: "reversed", type: "text" },
  { name: "amount", type: "pounds" },
] as const;

function commonCells(one: Commitment | Payment) {
  return [one.pot, one.book, one.service, one.supplier, one.reference, one.reversed ? "yes" : "no", one.amountPence];
}

function commitmentsFile(commitments: readonly Commitment[], asAt: string): ExportTable {
  return {
    name: `commitments-${asAt}`,
    sheet: "Commitments",
    columns: [
      { name: "commitment_id", type: "text" },
      { name: "committed_on", type: "day" },
      { name: "allocation", type: "text" },
      { name: "kind", type: "text" },
      { name: "paid", type: "pounds" },
      ...COMMON,
    ],
    rows: commitments.map((one) => [
      one.commitmentId,
      one.committedOn,
      one.allocation,
      one.kind,
      one.paidPence,
      ...commonCells(one),
    ]),
  };
}

function paymentsFile(payments: readonly Payment[], asAt: string): ExportTable {
  return {
    name: `payments-${asAt}`,
    sheet: "Payments",
    columns: [
      { name: "payment_id", type: "text" },
      { name: "paid_on", type: "day" },
      { name: "tax_recovered", type: "pounds" },
      { name: "paid_elsewhere", type: "text" },
      { name: "to_resolve_when_paid", type: "pounds" },
      { name: "published_line", type: "text" },
      ...COMMON,
    ],
    rows: payments.map((one) => [
      one.paymentId,
      one.paidOn,
      one.vatRecoveredPence,
      one.elsewhere ? "yes" : "no",
      one.outsidePence,
      one.spendLine,
      ...commonCells(one),
    ]),
  };
}

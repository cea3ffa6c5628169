/** What the pages beside the council's ledger share: whose ledger is in hand, the choices, the top of a page, small tables. */
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { listCommitments, listPots } from "../../../ledger/index.ts";
import { type Day, parseDay } from "../../../lib/day.ts";
import { accept, type Refused } from "../../../lib/result.ts";
import { listPartners } from "../../../places/index.ts";
import { permits } from "../../../platform/policy.ts";
import { declarePlaceUseCase, performWithin } from "../../../platform/use-case/index.ts";
import { listBanks, type RefusedRow, suggest } from "../../../reconciliation/index.ts";
import { formatDay } from "../../shell/formats.ts";
import { withQuery } from "../money/addresses.ts";
import { parameterOf, queryOf, topOf, visitOf } from "../money/exchange.ts";
import { cell, column, type MoneyTable, numeric } from "../money/tables.ts";
import { deskWords } from "./words.ts";

/** Bodies, pots, commitments and pots' own bank accounts to choose from, and what the reader may do. */
export const readDesk = declarePlaceUseCase({
  name: "reconciliation.desk_page",
  summary: "What the pages beside the council's ledger choose from",
  permission: "reconciliation.read",
  changes: false,
  input: z.strictObject({}),
  output: z.object({}),
  example: {},
  refusals: suggest.refusals,
  handle: async (ctx) => {
    const bodies = await listPartners(ctx.tx, ctx.place.placeId);
    const pots = await performWithin(ctx, listPots, {});
    if (!pots.ok) return pots as Refused<never>;
    const commitments = await performWithin(ctx, listCommitments, { page: 1 });
    if (!commitments.ok) return commitments as Refused<never>;
    const mayKeep = permits(ctx.actor, "reconciliation.keep", ctx.place.area?.areaId ?? null);
    const banks = await performWithin(ctx, listBanks, {});
    if (!banks.ok) return banks as Refused<never>;
    const { today } = ctx;
    return accept({
      bodies,
      pots: pots.value.pots,
      commitments: commitments.value.commitments,
      banks: banks.value.accounts,
      mayKeep,
      today,
    });
  },
});

export type Source = "ledger" | "bank";
export type Side = { readonly bodyId: string; readonly potId: string; readonly source: Source };

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A record's id in the address's query; null where there is none. */
export function askedId(request: FastifyRequest, name: string): string | null {
  const text = queryOf(request, name);
  return text !== null && ID.test(text) ? text : null;
}

/** Whose ledger and which pot, from the address or a form; null where it does not say. */
export function sideOf(request: FastifyRequest): Side | null {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const word = (name: string): string =>
    queryOf(request, name) ?? (typeof body[name] === "string" ? String(body[name]) : "");
  const [bodyId, potId] = [word("body"), word("pot")];
  if (!ID.test(bodyId) || !ID.test(potId)) return null;
  return { bodyId, potId, source: word("source") === "bank" ? "bank" : "ledger" };
}

/** The days asked for; left out, the month that ended last. */
export function periodOf(request: FastifyRequest, today: Day): { readonly from: Day; readonly to: Day } {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const day = (name: string): Day | null => parseDay(queryOf(request, name) ?? String(body[name] ?? ""));
  const monthStart = `${today.slice(0, 7)}-01` as Day;
  const to = day("to") ?? dayBefore(monthStart);
  return { from: day("from") ?? (`${to.slice(0, 7)}-01` as Day), to };
}

function dayBefore(day: Day): Day {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10) as Day;
}

export function deskPath(
  request: FastifyRequest,
  rest = "",
  query: Readonly<Record<string, string | null>> = {},
): string {
  return withQuery(`/places/${parameterOf(request, "place")}/reconciliation${rest}`, query);
}

export function sideQuery({ bodyId, potId, source }: Side) {
  return { body: bodyId, pot: potId, source };
}

export function deskTop(
  request: FastifyRequest,
  the: { readonly title: string; readonly errors?: readonly { readonly text: string; readonly href?: string }[] },
) {
  const own = the.title === deskWords.title ? [] : [{ text: deskWords.title, href: deskPath(request) }];
  return topOf(visitOf(request), {
    title: the.title,
    crumbs: [...own, { text: the.title }],
    ...(the.errors && { errors: the.errors }),
  });
}

export function dayWords(request: FastifyRequest, day: string | null): string {
  return day === null ? "" : formatDay(request.visit.language, day as Day);
}

/** Links between the pages of one body and pot. */
export function sideLinks(request: FastifyRequest, side: Side) {
  const to = (rest: string) => deskPath(request, rest, sideQuery(side));
  return [
    { text: deskWords.match, href: to("/match") },
    { text: deskWords.statement, href: to("/statement") },
    { text: deskWords.unmatched, href: to("/unmatched") },
  ];
}

export function codeWords(code: {
  readonly costCentre: string;
  readonly subjective: string;
  readonly project: string;
}): string {
  return [code.costCentre, code.subjective, code.project].filter((one) => one !== "").join(" / ") || "no code";
}

export const MOST_FAULTS = 200;

/** What cannot be taken in from a file, by row and column. */
export function faultTable(
  faults: readonly RefusedRow[],
  labels: Readonly<Record<"caption" | "row" | "column" | "value" | "reason", string>>,
): MoneyTable {
  return {
    caption: labels.caption,
    columns: [numeric(labels.row), column(labels.column), column(labels.value), column(labels.reason)],
    rows: faults
      .slice(0, MOST_FAULTS)
      .map((one) => ({ cells: [cell(String(one.row)), cell(one.column), cell(one.value), cell(one.reason)] })),
  };
}

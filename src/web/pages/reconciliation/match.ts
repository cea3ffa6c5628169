/** The matching page: their lines and ours side by side, suggestions with reasons, and what was accepted. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Result } from "../../../lib/result.ts";
import {
  acceptCertain,
  acceptMatch,
  listReconciliationMatches,
  markRequestPaid,
  type Suggestions,
  suggest,
  undoMatch,
} from "../../../reconciliation/index.ts";
import { ask, goTo, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { type Exchange, visitOf } from "../money/exchange.ts";
import { bare } from "../money/tables.ts";
import { codeWords, dayWords, deskPath, deskTop, readDesk, type Side, sideLinks, sideOf, sideQuery } from "./desk.ts";
import { deskWords, kindWords } from "./words.ts";

const MOST_SHOWN = 200;

export function registerMatch(app: FastifyInstance): void {
  const path = "/places/:place/reconciliation/match";
  app.get(path, (request, reply) => matchPage({ request, reply }, null));
  app.post(path, { preHandler: app.csrfProtection }, (request, reply) => accept({ request, reply }));
  app.post(`${path}/certain`, { preHandler: app.csrfProtection }, (request, reply) => certain({ request, reply }));
  app.post(`${path}/undo`, { preHandler: app.csrfProtection }, (request, reply) => undo({ request, reply }));
}

async function matchPage(the: Exchange, error: string | null): Promise<FastifyReply> {
  const { request } = the;
  const { place } = visitOf(request);
  const side = sideOf(request);
  if (side === null) return goTo(the, deskPath(request));
  const desk = await ask(request, readDesk, { place, input: {} });
  if (!desk.ok) return sendRefusal(the, readDesk, desk.refusal);
  const found = await ask(request, suggest, { place, input: side });
  if (!found.ok) return sendRefusal(the, suggest, found.refusal);
  const listed = await ask(request, listReconciliationMatches, { place, input: side });
  if (!listed.ok) return sendRefusal(the, listReconciliationMatches, listed.refusal);
  const title = `${deskWords.match}: ${found.value.body}, ${found.value.pot}`;
  return sendPage(the, "pages/reconciliation/match.njk", {
    top: deskTop(request, { title, ...(error !== null && { errors: [{ text: error }] }) }),
    status: error === null ? 200 : 422,
    model: {
      w: deskWords,
      title,
      mayKeep: desk.value.mayKeep,
      side: sideQuery(side),
      links: sideLinks(request, side),
      action: deskPath(request, "/match"),
      notCoded: !found.value.coded && side.source === "ledger",
      notTried: found.value.notTried.length > 0,
      ...present(the, found.value),
      matches: listed.value.matches.slice(0, MOST_SHOWN).map((one) => ({
        matchId: one.matchId,
        amount: bare(one.amountPence),
        strength: one.strength.replace("_", " "),
        reasons: one.reasons.join("; "),
        by: one.acceptedByName ?? one.acceptedBy,
        on: dayWords(request, one.acceptedAt.toISOString().slice(0, 10)),
        undone: one.undoneAt !== null,
      })),
    },
  });
}

function present(the: Exchange, { lines, records, suggestions }: Suggestions) {
  const lineOf = new Map(
    lines.map((one) => [
      one.lineId,
      {
        id: one.lineId,
        amount: bare(one.amountPence),
        text: [
          dayWords(the.request, one.postedOn),
          one.document,
          one.supplier,
          one.words,
          one.reference,
          codeWords(one),
        ]
          .filter((word) => word !== "")
          .join(", "),
      },
    ]),
  );
  const recordOf = new Map(
    records.map((one) => [
      one.recordId,
      {
        id: one.recordId,
        amount: bare(one.amountPence),
        kind: one.kind,
        text: [dayWords(the.request, one.day), kindWords(one.kind), one.supplier, one.reference]
          .filter((word) => word !== "")
          .join(", "),
      },
    ]),
  );
  return {
    suggestions: suggestions.slice(0, MOST_SHOWN).map((one) => ({
      ...one,
      amount: bare(one.amountPence),
      reasons: one.reasons,
      lines: one.lineIds.map((id) => lineOf.get(id)),
      records: one.recordIds.map((id) => recordOf.get(id)),
    })),
    anyCertain: suggestions.some(({ strength }) => strength === "certain"),
    lines: [...lineOf.values()].slice(0, MOST_SHOWN),
    records: [...recordOf.values()].filter(({ kind }) => kind !== "request").slice(0, MOST_SHOWN),
  };
}

/** One id, several, or none. */
function idsOf(the: Exchange, name: string): readonly string[] {
  const value = (the.request.body as Readonly<Record<string, unknown>> | undefined)?.[name];
  if (Array.isArray(value)) return value.filter((one): one is string => typeof one === "string");
  return typeof value === "string" && value !== "" ? [value] : [];
}

async function accept(the: Exchange): Promise<FastifyReply> {
  const side = sideOf(the.request);
  if (side === null) return the.reply.callNotFound() as never;
  const { place } = visitOf(the.request);
  const [lineIds, recordIds] = [[...idsOf(the, "lineId")], [...idsOf(the, "recordId")]];
  if (fieldOf(the.request, "request") === "yes") {
    const input = { requestId: recordIds[0] ?? "", lineId: lineIds[0] ?? "" };
    return answer(the, {
      side,
      useCase: markRequestPaid,
      done: await ask(the.request, markRequestPaid, { place, input }),
    });
  }
  const done = await ask(the.request, acceptMatch, { place, input: { ...side, lineIds, recordIds } });
  return answer(the, { side, useCase: acceptMatch, done });
}

async function certain(the: Exchange): Promise<FastifyReply> {
  const side = sideOf(the.request);
  if (side === null) return the.reply.callNotFound() as never;
  const done = await ask(the.request, acceptCertain, { place: visitOf(the.request).place, input: side });
  return answer(the, { side, useCase: acceptCertain, done });
}

async function undo(the: Exchange): Promise<FastifyReply> {
  const side = sideOf(the.request);
  if (side === null) return the.reply.callNotFound() as never;
  const input = { matchId: fieldOf(the.request, "matchId") };
  const done = await ask(the.request, undoMatch, { place: visitOf(the.request).place, input });
  return answer(the, { side, useCase: undoMatch, done });
}

type Answered = {
  readonly side: Side;
  readonly useCase: { readonly refusals: object };
  readonly done: Result<unknown>;
};

async function answer(the: Exchange, { side, useCase, done }: Answered): Promise<FastifyReply> {
  const back = deskPath(the.request, "/match", sideQuery(side));
  if (done.ok) return goTo(the, back, useCase === undoMatch ? deskWords.undone : deskWords.accepted);
  if (done.refusal.code === "not_allowed" || done.refusal.code === "place_not_found")
    return sendRefusal(the, useCase, done.refusal);
  return matchPage(the, wordsOf(useCase, done.refusal, the.request.visit.language).text);
}

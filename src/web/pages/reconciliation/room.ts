/** The first page beside the council's ledger: whose ledger to reconcile, what was taken in, what went out. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { listListings, listOutgoing, readOutgoing } from "../../../reconciliation/index.ts";
import { formatMoment, formatNumber } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { type Exchange, parameterOf, visitOf } from "../money/exchange.ts";
import { bare, cell, column, moneyCell, numeric } from "../money/tables.ts";
import { dayWords, deskPath, deskTop, readDesk } from "./desk.ts";
import { deskWords } from "./words.ts";
import { bankText, deskMessages } from "./words-both.ts";

export function registerDesk(app: FastifyInstance): void {
  const path = "/places/:place/reconciliation";
  app.get(path, (request, reply) => room({ request, reply }));
  app.get(`${path}/outgoing/:batch`, (request, reply) => outgoing({ request, reply }));
}

async function room(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const { place } = visitOf(request);
  const desk = await ask(request, readDesk, { place, input: {} });
  if (!desk.ok) return sendRefusal(the, readDesk, desk.refusal);
  const listed = await ask(request, listListings, { place, input: {} });
  if (!listed.ok) return sendRefusal(the, listListings, listed.refusal);
  const out = await ask(request, listOutgoing, { place, input: {} });
  if (!out.ok) return sendRefusal(the, listOutgoing, out.refusal);
  const { bodies, pots, banks, mayKeep } = desk.value;
  const words = deskMessages(request.visit.language);
  const links = [
    ...(mayKeep ? [{ text: deskWords.takeIn, href: deskPath(request, "/take-in"), primary: true }] : []),
    ...(mayKeep ? [{ text: words("bankTitle"), href: deskPath(request, "/bank") }] : []),
    { text: deskWords.codes, href: deskPath(request, "/codes") },
    { text: deskWords.requests, href: deskPath(request, "/requests") },
  ];
  return sendPage(the, "pages/reconciliation/room.njk", {
    top: deskTop(request, { title: deskWords.title }),
    model: {
      w: deskWords,
      links,
      action: deskPath(request, "/match"),
      bodies: bodies.map(({ partnerId, name }) => ({ value: partnerId, text: name })),
      pots: pots.map(({ potId, name, book }) => ({
        value: potId,
        text: book === "shadow" ? `${name} (shadow)` : name,
      })),
      banks: {
        title: words("banks"),
        noneText: words("banksNone"),
        names: banks.map(({ pot }) => pot).join(", "),
        ...banksTable(the, banks),
      },
      files: filesTable(the, listed.value.files),
      outgoing: outgoingTable(the, out.value.files),
    },
  });
}

type Banks = Extract<Awaited<ReturnType<(typeof readDesk)["handle"]>>, { ok: true }>["value"]["banks"];
type Listed = Extract<Awaited<ReturnType<(typeof listListings)["handle"]>>, { ok: true }>["value"]["files"];
type Out = Extract<Awaited<ReturnType<(typeof listOutgoing)["handle"]>>, { ok: true }>["value"]["files"];

function filesTable({ request }: Exchange, files: Listed) {
  const { language } = visitOf(request);
  return {
    caption: deskWords.files,
    columns: [
      column(deskWords.file),
      column(deskWords.body),
      column(deskWords.period),
      numeric(deskWords.lines),
      numeric(deskWords.skipped),
      numeric(deskWords.changed),
      numeric(deskWords.amount),
      column(deskWords.takenAt),
    ],
    rows: files.map((one) => ({
      cells: [
        cell(one.name),
        cell(one.pot === null ? one.body : `${one.body}, ${one.pot}`),
        cell(one.from === null ? "" : `${dayWords(request, one.from)} to ${dayWords(request, one.to)}`),
        cell(formatNumber(one.lines)),
        cell(formatNumber(one.skipped)),
        cell(formatNumber(one.changed)),
        moneyCell(one.totalPence),
        cell(formatMoment(language, one.takenAt)),
      ],
    })),
  };
}

function banksTable({ request }: Exchange, banks: Banks) {
  const { language, to } = visitOf(request);
  const words = deskMessages(language);
  return {
    caption: words("banks"),
    columns: [column(words("bankPot")), column(words("bankAccount"))],
    rows: banks.map((one) => ({ cells: [cell(one.pot, to.pot(one.slug)), cell(bankText(language, one))] })),
  };
}

function outgoingTable({ request }: Exchange, files: Out) {
  const { language } = visitOf(request);
  return {
    caption: deskWords.outgoing,
    columns: [
      column(deskWords.file),
      column(deskWords.body),
      column(deskWords.period),
      numeric(deskWords.amount),
      column(deskWords.takenAt),
    ],
    rows: files.map((one) => ({
      cells: [
        cell(`${one.kind} ${one.batchNumber}`, deskPath(request, `/outgoing/${one.batchId}`)),
        cell(one.pot === null ? one.body : `${one.body}, ${one.pot}`),
        cell(one.from === null ? "" : `${dayWords(request, one.from)} to ${dayWords(request, one.to)}`),
        cell(bare(one.totalPence)),
        cell(formatMoment(language, one.madeAt)),
      ],
    })),
  };
}

/** The same bytes as the first time. */
async function outgoing(the: Exchange): Promise<FastifyReply> {
  const { place } = visitOf(the.request);
  const found = await ask(the.request, readOutgoing, { place, input: { batchId: parameterOf(the.request, "batch") } });
  if (!found.ok) return sendRefusal(the, readOutgoing, found.refusal);
  const { kind, batchNumber, content } = found.value;
  return the.reply
    .type("text/csv; charset=utf-8")
    .header("content-disposition", `attachment; filename="${kind}-${batchNumber}.csv"`)
    .header("cache-control", "private, no-store")
    .send(content);
}

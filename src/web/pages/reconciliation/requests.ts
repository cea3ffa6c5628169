/** The payment requests with where each stands, the form for one more, and what a keeper may do with them. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { formatPounds } from "../../../lib/pence.ts";
import {
  authoriseRequest,
  cancelRequest,
  listPaymentRequests,
  makeRequest,
  REQUEST_STATES,
  sendRequests,
} from "../../../reconciliation/index.ts";
import { ask, goTo, sendPage, sendRefusal } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { choiceOf, type Exchange, pageNumber, parameterOf, visitOf } from "../money/exchange.ts";
import { dayValues } from "../money/forms/fields.ts";
import { type Preparation, registerForm } from "../money/forms/form.ts";
import { bare } from "../money/tables.ts";
import { askedId, dayWords, deskPath, deskTop, readDesk } from "./desk.ts";
import { deskWords, stateNames } from "./words.ts";

export function registerRequests(app: FastifyInstance): void {
  const path = "/places/:place/reconciliation/requests";
  app.get(path, (request, reply) => list({ request, reply }));
  registerForm(app, { path: `${path}/new`, prepare });
  app.post(`${path}/:what`, { preHandler: app.csrfProtection }, (request, reply) => change({ request, reply }));
}

async function list(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const { place } = visitOf(request);
  const desk = await ask(request, readDesk, { place, input: {} });
  if (!desk.ok) return sendRefusal(the, readDesk, desk.refusal);
  const state = choiceOf(request, "state", REQUEST_STATES);
  const requestId = askedId(request, "request");
  const input = { state, requestId, page: pageNumber(request) };
  const found = await ask(request, listPaymentRequests, { place, input });
  if (!found.ok) return sendRefusal(the, listPaymentRequests, found.refusal);
  const { requests, page, more } = found.value;
  const authorised = new Map(requests.filter((one) => one.state === "authorised").map((one) => [one.bodyId, one.pot]));
  const at = (number: number) => deskPath(request, "/requests", { state, page: String(number) });
  return sendPage(the, "pages/reconciliation/requests.njk", {
    top: deskTop(request, { title: deskWords.requests }),
    model: {
      w: deskWords,
      title: deskWords.requests,
      mayKeep: desk.value.mayKeep,
      newHref: deskPath(request, "/requests/new"),
      action: deskPath(request, "/requests"),
      allHref: requestId === null ? null : deskPath(request, "/requests"),
      states: [
        { value: "", text: deskWords.all, selected: state === null },
        ...REQUEST_STATES.map((one) => ({ value: one, text: stateNames[one], selected: one === state })),
      ],
      toSend: [...authorised.keys()].map((bodyId) => ({
        bodyId,
        name: desk.value.bodies.find((one) => one.partnerId === bodyId)?.name ?? "",
      })),
      requests: requests.map((one) => ({
        requestId: one.requestId,
        reference: one.reference,
        supplier: one.supplier,
        pot: one.pot,
        gross: bare(one.grossPence),
        borne: bare(one.bornePence),
        state: stateNames[one.state],
        on: dayWords(request, one.stateOn),
        mayAuthorise: one.state === "requested",
        mayCancel: one.state !== "paid" && one.state !== "cancelled",
      })),
      previous: page > 1 ? at(page - 1) : null,
      next: more ? at(page + 1) : null,
    },
  });
}

async function prepare(the: Exchange): Promise<Preparation> {
  const { request } = the;
  const { place } = visitOf(request);
  const desk = await ask(request, readDesk, { place, input: {} });
  if (!desk.ok) return { page: sendRefusal(the, readDesk, desk.refusal) };
  if (!desk.value.mayKeep) return { page: sendRefusal(the, makeRequest, { code: "not_allowed" }) };
  const items = desk.value.commitments
    .filter(({ book }) => book === "real")
    .map((one) => ({
      value: one.commitmentId,
      text: `${one.supplier}: ${formatPounds(one.amountPence)}${one.reference === "" ? "" : `, ${one.reference}`}`,
    }));
  const back = deskPath(request, "/requests");
  return {
    form: {
      title: deskWords.newRequest,
      lead: "The host pays. Another person must authorise the request before it is sent.",
      submit: deskWords.newRequest,
      crumbs: [
        { text: deskWords.title, href: deskPath(request) },
        { text: deskWords.requests, href: back },
      ],
      cancelHref: back,
      fields: [
        { kind: "select", name: "commitmentId", label: "Commitment", items },
        { kind: "text", name: "words", label: "What for" },
        { kind: "money", name: "net", label: "Net" },
        { kind: "money", name: "vat", label: "VAT", optional: true },
        { kind: "money", name: "recoverable", label: "VAT that is recovered", optional: true },
        { kind: "date", name: "dueOn", label: "Pay by" },
      ],
      values: dayValues("dueOn", desk.value.today),
      fieldOf: { over_commitment: "net", vat_parts: "vat", lines: "net" },
      useCase: makeRequest,
      run: async (typed, requestKey) => {
        const line = {
          words: typed.text("words"),
          netPence: typed.text("net"),
          vatPence: typed.text("vat") || "0",
          vatRecoverablePence: typed.text("recoverable") || "0",
        };
        const input = { commitmentId: typed.text("commitmentId"), dueOn: typed.text("dueOn"), lines: [line] };
        const made = await ask(request, makeRequest, { place, input, requestKey });
        return made.ok ? { ok: true, value: { href: back, notice: deskWords.made } } : made;
      },
    },
  };
}

async function change(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const { place } = visitOf(request);
  const requestId = fieldOf(request, "requestId");
  const back = deskPath(request, "/requests");
  switch (parameterOf(request, "what")) {
    case "authorise": {
      const done = await ask(request, authoriseRequest, { place, input: { requestId } });
      return done.ok ? goTo(the, back, deskWords.moved) : sendRefusal(the, authoriseRequest, done.refusal);
    }
    case "cancel": {
      const done = await ask(request, cancelRequest, { place, input: { requestId, reason: "Cancelled on the page" } });
      return done.ok ? goTo(the, back, deskWords.moved) : sendRefusal(the, cancelRequest, done.refusal);
    }
    case "send": {
      const done = await ask(request, sendRequests, { place, input: { bodyId: fieldOf(request, "bodyId") } });
      return done.ok ? goTo(the, deskPath(request), deskWords.moved) : sendRefusal(the, sendRequests, done.refusal);
    }
    default:
      return the.reply.callNotFound() as never;
  }
}

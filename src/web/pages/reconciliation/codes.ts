/** The codes of each body, as a list with its file, and the form for one more. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { endCode, listCodes, mapCode, SUBJECTIVE_GROUPS } from "../../../reconciliation/index.ts";
import { ask, goTo, sendPage, sendRefusal } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { type Exchange, visitOf } from "../money/exchange.ts";
import { askedFormat, EXPORT_LIMIT, sendTable } from "../money/exports.ts";
import { dayValues } from "../money/forms/fields.ts";
import { type Preparation, registerForm } from "../money/forms/form.ts";
import { codesTable } from "./codes-file.ts";
import { codeWords, dayWords, deskPath, deskTop, readDesk } from "./desk.ts";
import { deskWords } from "./words.ts";
import { deskMessages } from "./words-both.ts";

export function registerCodes(app: FastifyInstance): void {
  const path = "/places/:place/reconciliation/codes";
  app.get(path, { config: EXPORT_LIMIT }, (request, reply) => list({ request, reply }));
  registerForm(app, { path: `${path}/new`, prepare });
  app.post(`${path}/end`, { preHandler: app.csrfProtection }, (request, reply) => end({ request, reply }));
}

async function list(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const { place } = visitOf(request);
  const desk = await ask(request, readDesk, { place, input: {} });
  if (!desk.ok) return sendRefusal(the, readDesk, desk.refusal);
  const found = await ask(request, listCodes, { place, input: {} });
  if (!found.ok) return sendRefusal(the, listCodes, found.refusal);
  const { codes } = found.value;
  const format = askedFormat({ request });
  if (format !== null) return sendTable(the, { format, table: codesTable(place, codes) });
  return sendPage(the, "pages/reconciliation/codes.njk", {
    top: deskTop(request, { title: deskWords.codes }),
    model: {
      w: deskWords,
      title: deskWords.codes,
      mayKeep: desk.value.mayKeep,
      actionLinks: [
        { text: deskWords.newCode, href: deskPath(request, "/codes/new"), primary: true },
        { text: deskMessages(request.visit.language)("importCodes"), href: deskPath(request, "/codes/import") },
      ],
      csv: deskPath(request, "/codes", { format: "csv" }),
      xlsx: deskPath(request, "/codes", { format: "xlsx" }),
      endAction: deskPath(request, "/codes/end"),
      today: desk.value.today,
      codes: codes.map((one) => ({
        mappingId: one.mappingId,
        body: one.body,
        what: [one.pot, one.allocation, one.service].filter((word) => word !== null).join(", "),
        code: codeWords(one),
        group: `${one.subjectiveGroup} ${SUBJECTIVE_GROUPS[one.subjectiveGroup - 1] ?? ""}`,
        days: `from ${dayWords(request, one.startsOn)}${one.endsOn === null ? "" : ` to ${dayWords(request, one.endsOn)}`}`,
        open: one.endsOn === null,
      })),
    },
  });
}

async function prepare(the: Exchange): Promise<Preparation> {
  const { request } = the;
  const { place } = visitOf(request);
  const desk = await ask(request, readDesk, { place, input: {} });
  if (!desk.ok) return { page: sendRefusal(the, readDesk, desk.refusal) };
  if (!desk.value.mayKeep) return { page: sendRefusal(the, mapCode, { code: "not_allowed" }) };
  const { bodies, pots, today } = desk.value;
  const back = deskPath(request, "/codes");
  return {
    form: {
      title: deskWords.newCode,
      lead: "Under which of its codes the body keeps what this pot pays. Give at least one of the three.",
      submit: deskWords.newCode,
      crumbs: [
        { text: deskWords.title, href: deskPath(request) },
        { text: deskWords.codes, href: back },
      ],
      cancelHref: back,
      fields: [
        {
          kind: "select",
          name: "bodyId",
          label: deskWords.body,
          items: bodies.map((one) => ({ value: one.partnerId, text: one.name })),
        },
        {
          kind: "select",
          name: "potId",
          label: deskWords.pot,
          items: pots.map((one) => ({ value: one.potId, text: one.name })),
        },
        { kind: "text", name: "costCentre", label: "Cost centre", optional: true },
        { kind: "text", name: "subjective", label: "Account (subjective)", optional: true },
        { kind: "text", name: "project", label: "Project", optional: true },
        {
          kind: "select",
          name: "subjectiveGroup",
          label: deskWords.group,
          items: SUBJECTIVE_GROUPS.map((text, at) => ({ value: String(at + 1), text: `${at + 1} ${text}` })),
        },
        { kind: "date", name: "startsOn", label: deskWords.from },
      ],
      values: dayValues("startsOn", today),
      useCase: mapCode,
      run: async (typed, requestKey) => {
        const text = (name: string) => typed.text(name);
        const codes = { costCentre: text("costCentre"), subjective: text("subjective"), project: text("project") };
        const input = {
          bodyId: text("bodyId"),
          potId: text("potId"),
          ...codes,
          subjectiveGroup: Number(text("subjectiveGroup")),
          startsOn: text("startsOn"),
        };
        const made = await ask(request, mapCode, { place, input, requestKey });
        return made.ok ? { ok: true, value: { href: back, notice: deskWords.added } } : made;
      },
    },
  };
}

async function end(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const input = { mappingId: fieldOf(request, "mappingId"), endsOn: fieldOf(request, "endsOn") };
  const done = await ask(request, endCode, { place: visitOf(request).place, input });
  return done.ok ? goTo(the, deskPath(request, "/codes"), deskWords.ended) : sendRefusal(the, endCode, done.refusal);
}

/** Codes by file: the list as it stands and an empty template go out, and the same columns come in, all rows or none. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { newId } from "../../../platform/ids.ts";
import {
  CODE_COLUMNS,
  type CodesImported,
  importCodes,
  listCodes,
  type RefusedRow,
} from "../../../reconciliation/index.ts";
import { dropFile, readForm, takeFile } from "../../multipart-form.ts";
import { ask, errorsOf, type FormErrors, goTo, sendPage, sendRefusal } from "../../visit.ts";
import { type Exchange, topOf, visitOf } from "../money/exchange.ts";
import { askedFormat, EXPORT_LIMIT, sendTable } from "../money/exports.ts";
import { keyOf } from "../money/forms/form.ts";
import { deskPath, faultTable, MOST_FAULTS, readDesk } from "./desk.ts";
import { deskWords } from "./words.ts";
import { type DeskMessages, deskMessages } from "./words-both.ts";

const MOST_BYTES = 2_000_000;
const PATH = "/places/:place/reconciliation/codes";
const COLUMNS = CODE_COLUMNS.map((name) => ({
  name,
  type: name === "subjective_group" ? ("number" as const) : ("text" as const),
}));

type Codes = Extract<Awaited<ReturnType<(typeof listCodes)["handle"]>>, { ok: true }>["value"]["codes"];

export function registerCodesFile(app: FastifyInstance): void {
  app.get(`${PATH}/import`, (request, reply) => importPage({ request, reply }, null));
  app.get(`${PATH}/template`, { config: EXPORT_LIMIT }, (request, reply) => template({ request, reply }));
  app.post(
    `${PATH}/import`,
    {
      preHandler: [readForm({ fileSize: MOST_BYTES }), app.csrfProtection],
      onResponse: dropFile,
      config: { rateLimit: { max: 30, timeWindow: 60_000 } },
    },
    (request, reply) => takeIn({ request, reply }),
  );
}

/** The columns in which codes go out are those in which they come in. */
export function codesTable(place: string, codes: Codes) {
  const rows = codes.map((one) => [
    ...[one.body, one.pot, one.allocationId, one.serviceId],
    ...[one.costCentre, one.subjective, one.project, one.subjectiveGroup],
    ...[one.startsOn, one.endsOn],
  ]);
  return { name: `codes-${place}`, sheet: "Codes", columns: COLUMNS, rows };
}

/** Only the headings, for a place without codes. */
async function template(the: Exchange): Promise<FastifyReply> {
  const { place } = visitOf(the.request);
  const desk = await ask(the.request, readDesk, { place, input: {} });
  if (!desk.ok) return sendRefusal(the, readDesk, desk.refusal);
  const table = { ...codesTable(place, []), name: "codes-template" };
  return sendTable(the, { format: askedFormat(the) ?? "csv", table });
}

type Wrong = { readonly errors: FormErrors; readonly faults: readonly RefusedRow[] };

async function importPage(the: Exchange, wrong: Wrong | null): Promise<FastifyReply> {
  const { request } = the;
  const visit = visitOf(request);
  const words = deskMessages(visit.language);
  const desk = await ask(request, readDesk, { place: visit.place, input: {} });
  if (!desk.ok) return sendRefusal(the, readDesk, desk.refusal);
  if (!desk.value.mayKeep) return sendRefusal(the, importCodes, { code: "not_allowed" });
  const listed = await ask(request, listCodes, { place: visit.place, input: {} });
  if (!listed.ok) return sendRefusal(the, listCodes, listed.refusal);
  const title = words("importCodes");
  const [desks, codes] = [deskPath(request), deskPath(request, "/codes")];
  const crumbs = [{ text: deskWords.title, href: desks }, { text: deskWords.codes, href: codes }, { text: title }];
  const faults = wrong?.faults ?? [];
  return sendPage(the, "pages/reconciliation/codes-file.njk", {
    top: topOf(visit, { title, crumbs, ...(wrong && { errors: wrong.errors.summary }) }),
    status: wrong === null ? 200 : 422,
    model: {
      w: words,
      title,
      action: deskPath(request, "/codes/import"),
      requestKey: newId(),
      backHref: codes,
      files: [
        ...(listed.value.codes.length === 0 ? [] : [filesOf(request, { text: words("asItStands"), rest: "/codes" })]),
        filesOf(request, { text: words("template"), rest: "/codes/template" }),
      ],
      errors: wrong?.errors.byField ?? {},
      faults: faults.length === 0 ? null : faultTable(faults, labelsOf(words)),
      more: faults.length > MOST_FAULTS ? words("more", { count: MOST_FAULTS }) : null,
    },
  });
}

function filesOf(request: Exchange["request"], { text, rest }: { readonly text: string; readonly rest: string }) {
  return { text, csv: deskPath(request, rest, { format: "csv" }), xlsx: deskPath(request, rest, { format: "xlsx" }) };
}

function labelsOf(words: DeskMessages) {
  return {
    caption: words("faults"),
    row: words("row"),
    column: words("column"),
    value: words("value"),
    reason: words("reason"),
  };
}

async function takeIn(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const { place, language } = visitOf(request);
  const words = deskMessages(language);
  const sent = await takeFile(request);
  if ("fault" in sent) {
    const text = words(({ no_file: "noFile", too_large: "tooLarge", not_sent: "notSent" } as const)[sent.fault]);
    return importPage(the, {
      errors: { summary: [{ text, href: "#file" }], byField: { file: { text } } },
      faults: [],
    });
  }
  const input = { content: sent.bytes.toString("base64") };
  const taken = await ask(request, importCodes, { place, input, requestKey: keyOf(request.body) });
  if (taken.ok) return goTo(the, deskPath(request, "/codes"), noticeOf(taken.value, words));
  const { refusal } = taken;
  if (refusal.code === "not_allowed" || refusal.code === "place_not_found")
    return sendRefusal(the, importCodes, refusal);
  const faults = refusal.code === "rows_refused" ? (refusal["refused"] as readonly RefusedRow[]) : [];
  return importPage(the, { errors: errorsAtFile(errorsOf(importCodes, refusal, language)), faults });
}

/** Whatever is wrong with the request is wrong with the file: it is all that the form asks for. */
function errorsAtFile({ summary }: FormErrors): FormErrors {
  const text = summary.map((one) => one.text).join(" ");
  return { summary: [{ text, href: "#file" }], byField: { file: { text } } };
}

function noticeOf({ codes, ended, already }: CodesImported, words: DeskMessages): string {
  return [
    words("taken", { count: codes }),
    ...(ended > 0 ? [words("takenEnded", { count: ended })] : []),
    ...(already > 0 ? [words("takenAlready", { count: already })] : []),
  ].join(" ");
}

/** Importing a file of payments: upload, check the columns, check what it would bring, store. Nothing is stored before the last. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { formatPounds } from "../../../lib/pence.ts";
import {
  chooseColumns,
  confirmUpload,
  describeImport,
  type ImportAnswer,
  keepUpload,
  queueUpload,
  ROLES,
  showUpload,
} from "../../../spending/index.ts";
import { asNotFound } from "../../address-refusal.ts";
import { dropFile, readForm, takeFile } from "../../multipart-form.ts";
import { formatNumber } from "../../shell/formats.ts";
import { ask, errorsOf, type FormErrors, goTo, sendPage, sendRefusal } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { spendingPath } from "./address.ts";
import { crumbs } from "./crumbs.ts";
import type { Exchange } from "./exports.ts";
import { EXPORT_RATE } from "./exports.ts";
import { sendRefused } from "./files-pages.ts";
import { importWords } from "./import-words.ts";
import { presentUpload } from "./upload-page.ts";
import { spendingWords } from "./words.ts";

const MOST_COLUMNS = 60;

export function registerImportPages(app: FastifyInstance): void {
  const path = "/places/:place/spending/import";
  app.get(path, (request, reply) => uploadPage({ request, reply }, { publisher: "", errors: null }));
  app.post(
    path,
    {
      preHandler: [readForm(), app.csrfProtection],
      onResponse: dropFile,
      config: { rateLimit: { max: 30, timeWindow: 60_000 } },
    },
    (request, reply) => upload({ request, reply }),
  );
  app.get(`${path}/:upload`, (request, reply) => checkPage({ request, reply }, { errors: null, roles: null }));
  app.get(`${path}/:upload/refused.csv`, { config: EXPORT_RATE }, (request, reply) => refusedFile({ request, reply }));
  app.post(`${path}/:upload/columns`, { preHandler: app.csrfProtection }, (request, reply) =>
    columns({ request, reply }),
  );
  app.post(`${path}/:upload/confirm`, { preHandler: app.csrfProtection }, (request, reply) =>
    confirm({ request, reply }),
  );
}

function where(the: Exchange): { readonly place: string; readonly uploadId: string; readonly path: string } {
  const { place, upload: uploadId } = the.request.params as { readonly place: string; readonly upload: string };
  return { place, uploadId, path: `${spendingPath(place)}/import` };
}

async function uploadPage(
  the: Exchange,
  sent: { readonly publisher: string; readonly errors: FormErrors | null },
): Promise<FastifyReply> {
  const { place, path } = where(the);
  const { language } = the.request.visit;
  const words = importWords(language);
  const described = await ask(the.request, describeImport, { place, input: {} });
  if (!described.ok) return sendRefusal(the, describeImport, described.refusal);
  const { publishers, chosenId } = described.value;
  const chosen = sent.publisher || chosenId;
  const only =
    publishers.length === 1 || chosenId !== null
      ? publishers.find(({ partnerId }) => partnerId === (chosenId ?? publishers[0]?.partnerId))
      : undefined;
  return sendPage(the, "pages/spending/import.njk", {
    top: {
      title: words("title"),
      place,
      room: "money",
      breadcrumbs: crumbs({
        language,
        slug: place,
        at: [{ text: spendingWords(language)("spending"), href: spendingPath(place) }, { text: words("title") }],
      }),
      ...(sent.errors !== null && { errors: sent.errors.summary }),
    },
    status: sent.errors === null ? 200 : 422,
    model: {
      title: words("title"),
      intro: words("intro"),
      label: spendingWords(language)("label"),
      action: path,
      only: only === undefined ? null : { id: only.partnerId, text: words("publishedBy", { publisher: only.name }) },
      publisher: {
        label: words("publisher"),
        options: [
          { value: "", text: words("choose") },
          ...publishers.map(({ partnerId, name }) => ({
            value: partnerId,
            text: name,
            selected: partnerId === chosen,
          })),
        ],
      },
      file: { label: words("file"), hint: words("fileHint") },
      upload: words("upload"),
      errors: sent.errors?.byField ?? {},
    },
  });
}

async function upload(the: Exchange): Promise<FastifyReply> {
  const { place, path } = where(the);
  const words = importWords(the.request.visit.language);
  const publisher = fieldOf(the.request, "publisher");
  const sent = await takeFile(the.request);
  if ("fault" in sent) {
    const text = { no_file: words("noFile"), too_large: words("tooLarge"), not_sent: words("notSent") }[sent.fault];
    return uploadPage(the, {
      publisher,
      errors: { summary: [{ text, href: "#file" }], byField: { file: { text } } },
    });
  }
  const { name, bytes } = sent;
  const kept = await ask(the.request, keepUpload, {
    place,
    input: { name, content: () => bytes, ...(publisher !== "" && { publisher }) },
  });
  if (kept.ok) return goTo(the, `${path}/${kept.value.uploadId}`);
  if (kept.refusal.code === "not_allowed" || kept.refusal.code === "place_not_found")
    return sendRefusal(the, keepUpload, kept.refusal);
  return uploadPage(the, { publisher, errors: errorsOf(keepUpload, kept.refusal, the.request.visit.language) });
}

type Again = { readonly errors: FormErrors | null; readonly roles: readonly string[] | null };

async function checkPage(the: Exchange, { errors, roles }: Again): Promise<FastifyReply> {
  const { place, uploadId, path } = where(the);
  const { language } = the.request.visit;
  const shown = await ask(the.request, showUpload, { place, input: { uploadId } });
  if (!shown.ok) return sendRefusal(the, showUpload, asNotFound(shown.refusal, "upload_not_found"));
  const model = presentUpload({ language, slug: place, shown: shown.value, roles });
  const broken = shown.value.read.ok ? null : errorsOf(showUpload, shown.value.read.refusal, language);
  const told = errors ?? broken;
  return sendPage(the, "pages/spending/check.njk", {
    top: {
      title: model.title,
      place,
      room: "money",
      breadcrumbs: crumbs({
        language,
        slug: place,
        at: [
          { text: spendingWords(language)("spending"), href: spendingPath(place) },
          { text: importWords(language)("title"), href: path },
          { text: model.title },
        ],
      }),
      ...(told !== null && { errors: told.summary }),
    },
    status: errors === null ? 200 : 422,
    model: { ...model, errors: told?.byField ?? {} },
  });
}

async function refusedFile(the: Exchange): Promise<FastifyReply> {
  const { place, uploadId } = where(the);
  const shown = await ask(the.request, showUpload, { place, input: { uploadId } });
  if (!shown.ok) return sendRefusal(the, showUpload, asNotFound(shown.refusal, "upload_not_found"));
  const { read, name, mapping } = shown.value;
  return sendRefused(the, { name, mapping, refused: read.ok ? read.refused : [] });
}

async function columns(the: Exchange): Promise<FastifyReply> {
  const { place, uploadId, path } = where(the);
  const body = (the.request.body ?? {}) as Readonly<Record<string, unknown>>;
  const sent = Array.from({ length: MOST_COLUMNS }, (_, column) => String(body[`column-${column}`] ?? ""));
  const roles = sent.map((text) => ROLES.find((role) => role === text) ?? null);
  const chosen = await ask(the.request, chooseColumns, { place, input: { uploadId, roles } });
  if (chosen.ok) return goTo(the, `${path}/${uploadId}`);
  if (chosen.refusal.code === "role_twice" || chosen.refusal.code === "columns_not_known")
    return checkPage(the, { errors: errorsOf(chooseColumns, chosen.refusal, the.request.visit.language), roles: sent });
  return sendRefusal(the, chooseColumns, asNotFound(chosen.refusal, "upload_not_found"));
}

async function confirm(the: Exchange): Promise<FastifyReply> {
  const { place, uploadId } = where(the);
  const { language } = the.request.visit;
  const acceptRefused =
    (the.request.body as Readonly<Record<string, unknown>> | undefined)?.["acceptRefused"] === "yes";
  const input = { uploadId, acceptRefused };
  if (!acceptRefused) {
    // A job is not begun to be refused: whether every row can be read is known before.
    const shown = await ask(the.request, showUpload, { place, input: { uploadId } });
    if (shown.ok && shown.value.read.ok && shown.value.read.preview.refusedCount > 0) {
      const refusal = { code: "lines_refused", refusedCount: shown.value.read.preview.refusedCount };
      return checkPage(the, { errors: errorsOf(confirmUpload, refusal, language), roles: null });
    }
  }
  const queued = await ask(the.request, queueUpload, { place, input });
  if (!queued.ok) return sendRefusal(the, queueUpload, asNotFound(queued.refusal, "upload_not_found"));
  if (queued.value.jobId !== null) return goTo(the, `/places/${place}/jobs/${queued.value.jobId}`);
  const stored = await ask(the.request, confirmUpload, { place, input });
  if (stored.ok)
    return goTo(the, `${spendingPath(place)}/files/${stored.value.fileId ?? ""}`, noticeOf(stored.value, language));
  if (stored.refusal.code === "not_allowed" || stored.refusal.code === "upload_not_found")
    return sendRefusal(the, confirmUpload, stored.refusal);
  return checkPage(the, { errors: errorsOf(confirmUpload, stored.refusal, language), roles: null });
}

function noticeOf(answer: ImportAnswer, language: Exchange["request"]["visit"]["language"]): string {
  const words = importWords(language);
  if (answer.already) return words("alreadyNotice");
  const stored = words("stored", {
    count: answer.lines,
    number: formatNumber(answer.lines),
    total: formatPounds(answer.totalPence),
  });
  return answer.refusedCount === 0
    ? stored
    : `${stored} ${words("leftOut", { count: answer.refusedCount, number: formatNumber(answer.refusedCount) })}`;
}

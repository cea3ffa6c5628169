/** Bringing a file by page: upload it under an agreement, look at its columns and what it would bring, confirm. Nothing is kept before the last. */
import type { FastifyInstance, FastifyReply } from "fastify";
import {
  COLUMN_ROLES,
  choosePersonColumns,
  confirmPersonUpload,
  keepPersonUpload,
  showPersonUpload,
} from "../../../linkage/index.ts";
import { dropFile, readForm, takeFile } from "../../multipart-form.ts";
import { formatNumber } from "../../shell/formats.ts";
import { ask, errorsOf, type FormErrors, goTo, sendPage, sendRefusal } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { parameterOf, visitOf } from "../money/exchange.ts";
import { MOST_COLUMNS, presentBringing, presentUpload } from "./files-page.ts";
import { readBringing } from "./files-reading.ts";
import { filesWords } from "./files-words.ts";
import { addressesHere, type Exchange, matchingTop } from "./frame.ts";

const UPLOADS = { max: 30, timeWindow: 60_000 };

export function registerMatchingFiles(app: FastifyInstance): void {
  const path = "/places/:place/matching/files";
  const guarded = { preHandler: app.csrfProtection };
  const withFile = {
    preHandler: [readForm(), app.csrfProtection],
    onResponse: dropFile,
    config: { rateLimit: UPLOADS },
  };
  app.get(`${path}/new`, (request, reply) => newPage({ request, reply }, null));
  app.post(`${path}/new`, withFile, (request, reply) => upload({ request, reply }));
  app.get(`${path}/:personUpload`, (request, reply) => checkPage({ request, reply }, null));
  app.post(`${path}/:personUpload/columns`, guarded, (request, reply) => columns({ request, reply }));
  app.post(`${path}/:personUpload/confirm`, guarded, (request, reply) => confirm({ request, reply }));
}

async function newPage(the: Exchange, errors: FormErrors | null): Promise<FastifyReply> {
  const { request } = the;
  const found = await ask(request, readBringing, { place: visitOf(request).place, input: {} });
  if (!found.ok) return sendRefusal(the, readBringing, found.refusal);
  const typed = {
    agreementId: fieldOf(request, "agreementId"),
    partnerId: fieldOf(request, "partnerId"),
    source: fieldOf(request, "source"),
  };
  const to = addressesHere(the);
  return sendPage(the, "pages/matching/new-file.njk", {
    top: matchingTop(the, { title: filesWords.bring, errors: errors?.summary }),
    model: { w: filesWords, to, ...presentBringing(found.value, typed), typed, errors: errors?.byField ?? {} },
    status: errors === null ? 200 : 422,
  });
}

async function upload(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const sent = await takeFile(request);
  if ("fault" in sent) {
    const text = { no_file: filesWords.noFile, too_large: filesWords.tooLarge, not_sent: filesWords.notSent }[
      sent.fault
    ];
    return newPage(the, { summary: [{ text, href: "#file" }], byField: { file: { text } } });
  }
  const { name, bytes } = sent;
  const input = {
    name,
    agreementId: fieldOf(request, "agreementId"),
    partnerId: fieldOf(request, "partnerId"),
    source: fieldOf(request, "source"),
    content: () => bytes,
  };
  const kept = await ask(request, keepPersonUpload, { place: visitOf(request).place, input });
  if (kept.ok) return goTo(the, addressesHere(the).upload(kept.value.personUploadId));
  if (kept.refusal.code === "not_allowed" || kept.refusal.code === "place_not_found")
    return sendRefusal(the, keepPersonUpload, kept.refusal);
  return newPage(the, errorsOf(keepPersonUpload, kept.refusal, "en"));
}

async function checkPage(the: Exchange, errors: FormErrors | null): Promise<FastifyReply> {
  const { request } = the;
  const personUploadId = parameterOf(request, "personUpload");
  const shown = await ask(request, showPersonUpload, { place: visitOf(request).place, input: { personUploadId } });
  if (!shown.ok) return sendRefusal(the, showPersonUpload, shown.refusal);
  const to = addressesHere(the);
  return sendPage(the, "pages/matching/check-file.njk", {
    top: matchingTop(the, {
      title: filesWords.check,
      crumbs: [{ text: filesWords.bring, href: to.newFile }],
      errors: errors?.summary,
    }),
    model: {
      w: filesWords,
      to,
      path: to.upload(personUploadId),
      ...presentUpload(shown.value),
      errors: errors?.byField ?? {},
    },
    status: errors === null ? 200 : 422,
  });
}

async function columns(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const personUploadId = parameterOf(request, "personUpload");
  const roles = Array.from({ length: MOST_COLUMNS }, (_, at) => {
    const asked = fieldOf(request, `column-${at}`);
    return COLUMN_ROLES.find((role) => role === asked) ?? null;
  });
  const input = { personUploadId, roles };
  const chosen = await ask(request, choosePersonColumns, { place: visitOf(request).place, input });
  if (chosen.ok) return goTo(the, addressesHere(the).upload(personUploadId));
  if (chosen.refusal.code !== "columns_not_known") return sendRefusal(the, choosePersonColumns, chosen.refusal);
  return checkPage(the, errorsOf(choosePersonColumns, chosen.refusal, "en"));
}

async function confirm(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const personUploadId = parameterOf(request, "personUpload");
  const acceptRefused = fieldOf(request, "acceptRefused") === "yes";
  const input = { personUploadId, acceptRefused };
  const brought = await ask(request, confirmPersonUpload, { place: visitOf(request).place, input });
  if (!brought.ok) {
    const { code } = brought.refusal;
    if (code !== "rows_refused" && code !== "columns_not_known")
      return sendRefusal(the, confirmPersonUpload, brought.refusal);
    const { summary, byField } = errorsOf(confirmPersonUpload, brought.refusal, "en");
    // The fault is of the file, and is mended by the box that leaves its rows out.
    const at = code === "rows_refused" ? "acceptRefused" : "columns";
    const own = summary.map(({ text }) => ({ text, href: `#${at}` }));
    return checkPage(the, { summary: own, byField: { [at]: Object.values(byField)[0] ?? { text: "" } } });
  }
  const { records, noLongerSent, already } = brought.value;
  const notice = [
    already ? filesWords.already : filesWords.brought(formatNumber(records), records),
    ...(noLongerSent === 0 ? [] : [filesWords.gone(formatNumber(noLongerSent), noLongerSent)]),
  ];
  return goTo(the, addressesHere(the).room, notice.join(" "));
}

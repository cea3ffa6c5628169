/** The documents of a record: the list, the file itself, adding one, withdrawing one and undoing that. */
import type { FastifyInstance, FastifyReply } from "fastify";
import {
  addDocument,
  type KeptDocument,
  LARGEST_DOCUMENT_BYTES,
  listDocuments,
  RESTORE_DAYS,
  readDocument,
  recordsRefusals,
  restoreDocument,
  withdrawDocument,
} from "../../../records/index.ts";
import { asNotFound } from "../../address-refusal.ts";
import { dropFile, readForm, takeFile } from "../../multipart-form.ts";
import { formatAgo, formatNumber } from "../../shell/formats.ts";
import { ask, errorsOf, type FormErrors, goTo, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { placeAddress } from "../places/addresses.ts";
import { crumbsTo, mayAt, NO_ERRORS } from "../places/place-page.ts";
import { authorName, type Exchange, openRecord, pageOf, pagesModel, withQuery } from "./frame.ts";
import { recordWords } from "./words.ts";

type At = { readonly place: string; readonly record: string; readonly document: string };

export function registerDocuments(app: FastifyInstance): void {
  const path = "/places/:place/records/:record/documents";
  const guarded = { preHandler: app.csrfProtection };
  app.get(path, (request, reply) => showDocuments({ request, reply }, { errors: NO_ERRORS, status: 200 }));
  app.post(
    path,
    {
      preHandler: [readForm({ fileSize: LARGEST_DOCUMENT_BYTES }), app.csrfProtection],
      onResponse: dropFile,
      config: { rateLimit: { max: 30, timeWindow: 60_000 } },
    },
    (request, reply) => add({ request, reply }),
  );
  app.get(`${path}/:document`, { config: { rateLimit: { max: 120, timeWindow: 60_000 } } }, (request, reply) =>
    sendFile({ request, reply }),
  );
  app.post(`${path}/:document/withdraw`, guarded, (request, reply) => change({ request, reply }, "withdraw"));
  app.post(`${path}/:document/restore`, guarded, (request, reply) => change({ request, reply }, "restore"));
}

function addressOf(the: Exchange): string {
  const { place, record } = the.request.params as At;
  return placeAddress(place, "records", record, "documents");
}

async function showDocuments(
  the: Exchange,
  sent: { readonly errors: FormErrors; readonly status: number; readonly public?: boolean },
): Promise<FastifyReply> {
  const opened = await openRecord(the);
  if (opened === null) return the.reply;
  const { slug, shown, record, title, href } = opened;
  const { language, credential, web } = the.request.visit;
  const words = recordWords(language);
  const listed = await ask(the.request, listDocuments, {
    place: slug,
    input: { record: record.id, page: pageOf(the) },
  });
  if (!listed.ok) return sendRefusal(the, listDocuments, listed.refusal);
  const [mayAdd] = await mayAt(the.request, { slug, permissions: ["document.add"] });
  const address = addressOf(the);
  const present = (one: KeptDocument) => ({
    id: one.documentId,
    name: one.fileName,
    href: `${address}/${one.documentId}`,
    size: sizeWords(one.sizeBytes),
    readBy: one.public ? words("public") : words("notPublic"),
    added: words("addedBy", {
      when: formatAgo(language, { at: one.addedAt, now: web.house.now() }),
      author: authorName(one.addedBy, language),
    }),
    withdrawn: one.withdrawnAt !== null,
  });
  return sendPage(the, "pages/records/documents.njk", {
    top: {
      title: words("documents"),
      place: slug,
      breadcrumbs: crumbsTo(language, { shown, last: [{ text: title, href }, { text: words("documents") }] }),
      errors: sent.errors.summary,
    },
    status: sent.status,
    model: {
      w: words,
      caption: words("onRecord", { title }),
      address,
      signedIn: credential.kind === "person",
      mayAdd,
      documents: listed.value.documents.map(present),
      pages: pagesModel(listed.value, (page) => withQuery(address, { page })),
      questionsHref: placeAddress(slug, "records", record.id, "questions"),
      errors: sent.errors.byField,
      public: sent.public ?? false,
    },
  });
}

/** 4 KB, 2.3 MB: as people speak of files, by the thousand. */
function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${formatNumber(Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

async function add(the: Exchange): Promise<FastifyReply> {
  const { place, record } = the.request.params as At;
  const { language } = the.request.visit;
  const words = recordWords(language);
  const isPublic = fieldOf(the.request, "public") === "yes";
  const again = (text: string, status: number) =>
    showDocuments(the, {
      errors: { summary: [{ text, href: "#file" }], byField: { file: { text } } },
      status,
      public: isPublic,
    });
  const file = await takeFile(the.request);
  if ("fault" in file) {
    if (file.fault === "too_large")
      return again(wordsOf(addDocument, { code: "document_too_large" }, language).text, 413);
    return again(file.fault === "no_file" ? words("noFile") : words("notSent"), 422);
  }
  const opened = await openRecord(the);
  if (opened === null) return the.reply;
  const input = { record, fileName: file.name, content: file.bytes.toString("base64"), public: isPublic };
  const added = await ask(the.request, addDocument, { place, input });
  if (added.ok) return goTo(the, addressOf(the), words("addedNotice"));
  if (added.refusal.code === "not_allowed") return sendRefusal(the, addDocument, added.refusal);
  const text = errorsOf(addDocument, added.refusal, language).summary[0]?.text ?? words("notSent");
  return again(text, wordsOf(addDocument, added.refusal, language).status);
}

/** Always as a file to keep, never shown in the page's own address: what is in it runs nowhere here. */
async function sendFile(the: Exchange): Promise<FastifyReply> {
  const { place, record, document: documentId } = the.request.params as At;
  const read = await ask(the.request, readDocument, { place, input: { documentId } });
  if (!read.ok) return sendRefusal(the, readDocument, asNotFound(read.refusal, "document_not_found"));
  if (read.value.record !== record) return sendRefusal(the, readDocument, { code: "document_not_found" });
  const { fileName, mediaType, content } = read.value;
  return the.reply
    .type(mediaType.startsWith("text/") ? `${mediaType}; charset=utf-8` : mediaType)
    .header("content-disposition", attachment(fileName))
    .header("cache-control", "private, no-store")
    .header("x-content-type-options", "nosniff")
    .send(Buffer.from(content, "base64"));
}

/** RFC 6266: a plain name for old programs, and the whole name in UTF-8. */
function attachment(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, "_");
  const whole = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

async function change(the: Exchange, what: "withdraw" | "restore"): Promise<FastifyReply> {
  const { place, document: documentId } = the.request.params as At;
  const words = recordWords(the.request.visit.language);
  const useCase = what === "withdraw" ? withdrawDocument : restoreDocument;
  const changed = await ask(the.request, useCase, { place, input: { documentId } });
  if (!changed.ok)
    return sendRefusal(the, { refusals: recordsRefusals }, asNotFound(changed.refusal, "document_not_found"));
  const notice = what === "withdraw" ? words("withdrawnNotice", { days: RESTORE_DAYS }) : words("restoredNotice");
  return goTo(the, addressOf(the), notice);
}

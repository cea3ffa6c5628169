/** Taking in a listing by page: upload, look at its columns and what it would bring, take it in. Nothing is kept before the last. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { formatPounds } from "../../../lib/pence.ts";
import {
  COLUMN_ROLES,
  chooseListingColumns,
  confirmListingUpload,
  keepListingUpload,
  type ListingUploadShown,
  roleNames,
  showListingUpload,
} from "../../../reconciliation/index.ts";
import { dropFile, readForm, takeFile } from "../../multipart-form.ts";
import { formatNumber } from "../../shell/formats.ts";
import { ask, errorsOf, type FormErrors, goTo, sendPage, sendRefusal } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { type Exchange, parameterOf, visitOf } from "../money/exchange.ts";
import { dayWords, deskPath, deskTop, faultTable, readDesk } from "./desk.ts";
import { deskWords } from "./words.ts";
import { deskMessages } from "./words-both.ts";

const MOST_COLUMNS = 60;

export function registerTakeIn(app: FastifyInstance): void {
  const path = "/places/:place/reconciliation/take-in";
  app.get(path, (request, reply) => uploadPage({ request, reply }, null));
  app.post(
    path,
    {
      preHandler: [readForm(), app.csrfProtection],
      onResponse: dropFile,
      config: { rateLimit: { max: 30, timeWindow: 60_000 } },
    },
    (request, reply) => upload({ request, reply }),
  );
  app.get(`${path}/:upload`, (request, reply) => checkPage({ request, reply }, null));
  app.post(`${path}/:upload/columns`, { preHandler: app.csrfProtection }, (request, reply) =>
    columns({ request, reply }),
  );
  app.post(`${path}/:upload/confirm`, { preHandler: app.csrfProtection }, (request, reply) =>
    confirm({ request, reply }),
  );
}

async function uploadPage(the: Exchange, errors: FormErrors | null): Promise<FastifyReply> {
  const { request } = the;
  const desk = await ask(request, readDesk, { place: visitOf(request).place, input: {} });
  if (!desk.ok) return sendRefusal(the, readDesk, desk.refusal);
  if (!desk.value.mayKeep) return sendRefusal(the, readDesk, { code: "not_allowed" });
  return sendPage(the, "pages/reconciliation/take-in.njk", {
    top: deskTop(request, { title: deskWords.takeIn, ...(errors && { errors: errors.summary }) }),
    status: errors === null ? 200 : 422,
    model: {
      w: deskWords,
      action: deskPath(request, "/take-in"),
      bodies: desk.value.bodies.map(({ partnerId, name }) => ({ value: partnerId, text: name })),
      pots: bankItems(desk.value.banks),
      bankHref: deskPath(request, "/bank"),
      b: deskMessages(request.visit.language),
      errors: errors?.byField ?? {},
    },
  });
}

/** A bank statement is offered only of a pot whose own account is recorded; none where there is no such pot. */
function bankItems(banks: readonly { readonly potId: string; readonly pot: string; readonly lastFour: string }[]) {
  if (banks.length === 0) return [];
  const items = banks.map(({ potId, pot, lastFour }) => ({ value: potId, text: `${pot} (${lastFour})` }));
  return [{ value: "", text: "" }, ...items];
}

async function upload(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const sent = await takeFile(request);
  if ("fault" in sent) {
    const text = { no_file: deskWords.noFile, too_large: deskWords.tooLarge, not_sent: deskWords.notSent }[sent.fault];
    return uploadPage(the, { summary: [{ text, href: "#file" }], byField: { file: { text } } });
  }
  const { name, bytes } = sent;
  const source = fieldOf(request, "source") === "bank" ? "bank" : "ledger";
  const input = {
    name,
    body: fieldOf(request, "body"),
    source,
    pot: fieldOf(request, "pot") || null,
    content: () => bytes,
  } as const;
  const kept = await ask(request, keepListingUpload, { place: visitOf(request).place, input });
  if (kept.ok) return goTo(the, deskPath(request, `/take-in/${kept.value.listingUploadId}`));
  if (kept.refusal.code === "not_allowed" || kept.refusal.code === "place_not_found")
    return sendRefusal(the, keepListingUpload, kept.refusal);
  return uploadPage(the, errorsOf(keepListingUpload, kept.refusal, request.visit.language));
}

async function checkPage(the: Exchange, errors: FormErrors | null): Promise<FastifyReply> {
  const { request } = the;
  const listingUploadId = parameterOf(request, "upload");
  const shown = await ask(request, showListingUpload, { place: visitOf(request).place, input: { listingUploadId } });
  if (!shown.ok) return sendRefusal(the, showListingUpload, shown.refusal);
  const title = shown.value.name;
  return sendPage(the, "pages/reconciliation/check.njk", {
    top: deskTop(request, { title, ...(errors && { errors: errors.summary }) }),
    status: errors === null ? 200 : 422,
    model: {
      w: deskWords,
      title,
      path: deskPath(request, `/take-in/${listingUploadId}`),
      ...present(the, shown.value),
      errors: errors?.byField ?? {},
    },
  });
}

function present(the: Exchange, { read, preview }: ListingUploadShown) {
  const width = Math.min(MOST_COLUMNS, Math.max(read.headings.length, ...read.sample.map((cells) => cells.length)));
  const columnRows = Array.from({ length: read.format === "csv" || read.format === "xlsx" ? width : 0 }, (_, at) => {
    const role = COLUMN_ROLES.find((one) => read.columns[one] === at) ?? "";
    return {
      id: `column-${at}`,
      name: read.headings[at] || `column ${at + 1}`,
      samples: read.sample
        .map((cells) => cells[at] ?? "")
        .filter((text) => text !== "")
        .slice(0, 3)
        .join("; "),
      options: [
        { value: "", text: deskWords.nothing, selected: role === "" },
        ...COLUMN_ROLES.map((one) => ({ value: one, text: roleNames.en[one], selected: one === role })),
      ],
    };
  });
  const fact = (label: string, text: string) => ({ label, text });
  return {
    columnRows,
    missing: read.missing.map((one) => roleNames.en[one]).join(", "),
    already: preview?.already ?? false,
    possible: preview !== null && !preview.already,
    facts:
      preview === null
        ? []
        : [
            fact(deskWords.body, preview.body),
            fact(deskWords.lines, formatNumber(preview.lines)),
            fact(deskWords.skipped, formatNumber(preview.skipped)),
            fact(deskWords.amount, formatPounds(preview.totalPence)),
            fact(
              deskWords.period,
              preview.from === null
                ? ""
                : `${dayWords(the.request, preview.from)} to ${dayWords(the.request, preview.to)}`,
            ),
          ],
    faults:
      preview === null || preview.refusedCount === 0
        ? null
        : faultTable(preview.refused, { ...deskWords, caption: deskWords.faultsTitle }),
  };
}

async function columns(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const listingUploadId = parameterOf(request, "upload");
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const roles = Array.from(
    { length: MOST_COLUMNS },
    (_, at) => COLUMN_ROLES.find((role) => role === body[`column-${at}`]) ?? null,
  );
  const chosen = await ask(request, chooseListingColumns, {
    place: visitOf(request).place,
    input: { listingUploadId, roles },
  });
  if (chosen.ok) return goTo(the, deskPath(request, `/take-in/${listingUploadId}`));
  if (chosen.refusal.code !== "columns_not_known") return sendRefusal(the, chooseListingColumns, chosen.refusal);
  return checkPage(the, errorsOf(chooseListingColumns, chosen.refusal, request.visit.language));
}

async function confirm(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const listingUploadId = parameterOf(request, "upload");
  const acceptChanged = fieldOf(request, "acceptChanged") === "yes";
  const taken = await ask(request, confirmListingUpload, {
    place: visitOf(request).place,
    input: { listingUploadId, acceptChanged },
  });
  if (taken.ok) return goTo(the, deskPath(request), taken.value.already ? deskWords.already : deskWords.takenIn);
  if (taken.refusal.code !== "rows_refused") return sendRefusal(the, confirmListingUpload, taken.refusal);
  return checkPage(the, errorsOf(confirmListingUpload, taken.refusal, request.visit.language));
}

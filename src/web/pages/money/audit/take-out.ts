/** A book as a file: the form that asks for it, here and on the ledger's page, and the file itself. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { BOOKS, exportBooks, FORMATS } from "../../../../proof/index.ts";
import { ask, errorsOf, type FormErrors, sendPage, sendRefusal } from "../../../visit.ts";
import { EXPORT_RATE } from "../../spending/exports.ts";
import { choiceOf, type Exchange, queryOf, topOf, type Visit, visitOf } from "../exchange.ts";
import { ledgerWords } from "../ledger-words.ts";
import { sendMadeFile } from "../made-file.ts";
import { readTakeOut } from "./reading.ts";
import { auditWords } from "./words.ts";

/** As many files a minute as of spending; the page itself is not counted. */
const FILE_LIMIT = {
  rateLimit: {
    ...EXPORT_RATE.rateLimit,
    allowList: (request: FastifyRequest) => choiceOf(request, "format", FORMATS) === null,
  },
};

export function registerTakeOut(app: FastifyInstance): void {
  app.get("/places/:place/ledger/export", { config: FILE_LIMIT }, async (request, reply) => {
    const the = { request, reply };
    return choiceOf(request, "format", FORMATS) === null ? showForm(the, null) : sendBook(the);
  });
}

async function showForm(the: Exchange, errors: FormErrors | null) {
  const { request } = the;
  const visit = visitOf(request);
  const reader = await ask(request, readTakeOut, { place: visit.place, input: {} });
  if (!reader.ok) return sendRefusal(the, readTakeOut, reader.refusal);
  const title = auditWords(visit.language)("takeOut");
  const crumbs = [{ text: ledgerWords(visit.language)("ledger"), href: visit.to.ledger() }, { text: title }];
  const form = takeOutForm(visit, queryOf(request, "asAt") ?? reader.value.today);
  return sendPage(the, "pages/money/take-out.njk", {
    top: topOf(visit, { title, crumbs, ...(errors && { errors: errors.summary }) }),
    model: { title, takeOut: { ...form, byField: errors?.byField ?? {} } },
    status: errors === null ? 200 : 400,
  });
}

async function sendBook(the: Exchange) {
  const { request } = the;
  const given = (name: string) => queryOf(request, name) ?? undefined;
  const input = {
    format: choiceOf(request, "format", FORMATS) ?? "csv",
    book: choiceOf(request, "book", BOOKS) ?? "real",
    asAt: given("asAt"),
    from: given("from"),
  };
  return sendMadeFile(the, {
    useCase: exportBooks,
    input,
    refused: async (refusal) =>
      refusal.code === "not_allowed" || refusal.code === "place_not_found"
        ? sendRefusal(the, exportBooks, refusal)
        : showForm(the, errorsOf(exportBooks, refusal, request.visit.language)),
  });
}

/** `asAt` is the day that is offered. */
export function takeOutForm(visit: Visit, asAt: string) {
  const words = auditWords(visit.language);
  return {
    a: words,
    action: visit.to.takeOut,
    formats: FORMATS.map((value) => ({ value, text: words(value) })),
    books: BOOKS.map((value) => ({ value, text: words(value) })),
    asAt,
  };
}

/** A book as a file: the form that asks for it, here and on the ledger's page, and the file itself. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { attachmentOf, openSpool } from "../../../../platform/files/index.ts";
import { perform } from "../../../../platform/use-case/index.ts";
import { BOOKS, exportBooks, FORMATS } from "../../../../proof/index.ts";
import { ask, errorsOf, type FormErrors, sendPage, sendRefusal } from "../../../visit.ts";
import { EXPORT_RATE } from "../../spending/exports.ts";
import { choiceOf, type Exchange, queryOf, topOf, type Visit, visitOf } from "../exchange.ts";
import { ledgerWords } from "../ledger-words.ts";
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
  const { request, reply } = the;
  const { web, credential, language } = request.visit;
  const given = (name: string) => queryOf(request, name) ?? undefined;
  const input = {
    format: choiceOf(request, "format", FORMATS) ?? "csv",
    book: choiceOf(request, "book", BOOKS) ?? "real",
    asAt: given("asAt"),
    from: given("from"),
  };
  const spool = await openSpool();
  try {
    const { place } = visitOf(request);
    const asked = { credential, language, place, input, takePiece: spool.takePiece };
    const made = await perform(web.house, exportBooks, asked);
    if (!made.ok) {
      await spool.drop();
      if (made.refusal.code === "not_allowed" || made.refusal.code === "place_not_found")
        return await sendRefusal(the, exportBooks, made.refusal);
      return await showForm(the, errorsOf(exportBooks, made.refusal, language));
    }
    return await reply
      .type(made.value.mediaType)
      .header("content-disposition", attachmentOf(made.value.fileName))
      .header("cache-control", "private, no-store")
      .send(spool.read());
  } catch (error) {
    await spool.drop();
    throw error;
  }
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

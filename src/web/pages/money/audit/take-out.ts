/** A book as a file: the form on the ledger's page, and the file that it asks for. */
import type { FastifyInstance } from "fastify";
import { attachmentOf, openSpool } from "../../../../platform/files/index.ts";
import { perform } from "../../../../platform/use-case/index.ts";
import { BOOKS, exportBooks, FORMATS } from "../../../../proof/index.ts";
import { sendRefusal } from "../../../visit.ts";
import { EXPORT_RATE } from "../../spending/exports.ts";
import { choiceOf, type Exchange, queryOf, type Visit, visitOf } from "../exchange.ts";
import { auditWords } from "./words.ts";

export function registerTakeOut(app: FastifyInstance): void {
  app.get("/places/:place/ledger/export", { config: EXPORT_RATE }, async (request, reply) =>
    sendBook({ request, reply }),
  );
}

async function sendBook(the: Exchange) {
  const { request, reply } = the;
  const { place, to } = visitOf(request);
  const format = choiceOf(request, "format", FORMATS);
  if (format === null) return reply.redirect(to.ledger(), 303);
  const { web, credential, language } = request.visit;
  const book = choiceOf(request, "book", BOOKS) ?? "real";
  const input = { format, book, asAt: queryOf(request, "asAt"), from: queryOf(request, "from") };
  const spool = await openSpool();
  try {
    const asked = { credential, language, place, input, takePiece: spool.takePiece };
    const made = await perform(web.house, exportBooks, asked);
    if (!made.ok) {
      await spool.drop();
      return await sendRefusal(the, exportBooks, made.refusal);
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

/** The section of the ledger's page; `today` is the day that is offered. */
export function takeOutForm(visit: Visit, today: string) {
  const words = auditWords(visit.language);
  return {
    a: words,
    action: visit.to.takeOut,
    formats: FORMATS.map((value) => ({ value, text: words(value) })),
    books: BOOKS.map((value) => ({ value, text: words(value) })),
    asAt: today,
  };
}

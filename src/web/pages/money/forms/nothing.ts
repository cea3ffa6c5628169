/** A page in a form's place: there is nothing to do. */
import type { FastifyReply } from "fastify";
import { sendPage } from "../../../visit.ts";
import { type Exchange, topOf, visitOf } from "../exchange.ts";
import { formWords } from "./words.ts";

export function nothingPage(
  the: Exchange,
  { title, text, status }: { readonly title: string; readonly text: string; readonly status: 200 | 404 },
): Promise<FastifyReply> {
  const visit = visitOf(the.request);
  return sendPage(the, "pages/money/choose.njk", {
    top: topOf(visit, { title, crumbs: [{ text: title }] }),
    model: { w: formWords(visit.language), title, question: text, choices: null, cancelHref: visit.to.room },
    status,
  });
}

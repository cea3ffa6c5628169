/** The questions on a record with their answers: reading, asking, answering. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { answerQuestion, askQuestion, listQuestions, recordsRefusals } from "../../../records/index.ts";
import { formatAgo } from "../../shell/formats.ts";
import { ask, errorsOf, type FormErrors, goTo, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { placeAddress } from "../places/addresses.ts";
import { crumbsTo, mayAt, NO_ERRORS } from "../places/place-page.ts";
import { authorName, type Exchange, openRecord, pageOf, pagesModel, withQuery } from "./frame.ts";
import { recordWords } from "./words.ts";

type At = { readonly place: string; readonly record: string; readonly question: string };
type Sent = {
  readonly errors: FormErrors;
  readonly status: number;
  /** The question whose answer was sent, or none where a question was. */
  readonly answering: string | null;
  readonly words: string;
};

const NOTHING_SENT: Sent = { errors: NO_ERRORS, status: 200, answering: null, words: "" };

export function registerQuestions(app: FastifyInstance): void {
  const path = "/places/:place/records/:record/questions";
  const guarded = { preHandler: app.csrfProtection, config: { rateLimit: { max: 30, timeWindow: 60_000 } } };
  app.get(path, (request, reply) => showQuestions({ request, reply }, NOTHING_SENT));
  app.post(path, guarded, (request, reply) => askOne({ request, reply }));
  app.post(`${path}/:question/answers`, guarded, (request, reply) => answerOne({ request, reply }));
}

function addressOf(the: Exchange): string {
  const { place, record } = the.request.params as At;
  return placeAddress(place, "records", record, "questions");
}

async function showQuestions(the: Exchange, sent: Sent): Promise<FastifyReply> {
  const opened = await openRecord(the);
  if (opened === null) return the.reply;
  const { slug, shown, record, title, href } = opened;
  const { language, credential, web } = the.request.visit;
  const words = recordWords(language);
  const listed = await ask(the.request, listQuestions, {
    place: slug,
    input: { record: record.id, page: pageOf(the) },
  });
  if (!listed.ok) return sendRefusal(the, listQuestions, listed.refusal);
  const [mayAsk, mayAnswer] = await mayAt(the.request, { slug, permissions: ["question.ask", "question.answer"] });
  const now = web.house.now();
  const when = (at: Date) => formatAgo(language, { at, now });
  const address = addressOf(the);
  return sendPage(the, "pages/records/questions.njk", {
    top: {
      title: words("questions"),
      place: slug,
      breadcrumbs: crumbsTo(language, { shown, last: [{ text: title, href }, { text: words("questions") }] }),
      errors: sent.errors.summary,
    },
    status: sent.status,
    model: {
      w: words,
      caption: words("onRecord", { title }),
      address,
      signInHref: credential.kind === "public" ? `/sign-in?return=${encodeURIComponent(address)}` : null,
      mayAsk,
      mayAnswer,
      questions: listed.value.questions.map((one) => ({
        id: one.questionId,
        words: one.words,
        asked: words("askedBy", { author: authorName(one.askedBy, language), when: when(one.askedAt) }),
        answers: one.answers.map((answer) => ({
          words: answer.words,
          given: words("answeredBy", { author: authorName(answer.givenBy, language), when: when(answer.givenAt) }),
        })),
        sent: sent.answering === one.questionId ? { words: sent.words, fault: sent.errors.byField["words"] } : null,
      })),
      pages: pagesModel(listed.value, (page) => withQuery(address, { page })),
      documentsHref: placeAddress(slug, "records", record.id, "documents"),
      asking: sent.answering === null ? { words: sent.words, fault: sent.errors.byField["words"] } : { words: "" },
    },
  });
}

function wordsSent(the: Exchange): string {
  return fieldOf(the.request, "words").replaceAll("\r\n", "\n");
}

async function askOne(the: Exchange): Promise<FastifyReply> {
  const { place, record } = the.request.params as At;
  const { language } = the.request.visit;
  const opened = await openRecord(the);
  if (opened === null) return the.reply;
  const words = wordsSent(the);
  const asked = await ask(the.request, askQuestion, { place, input: { record, words } });
  if (asked.ok) {
    const role = authorName(asked.value.forRole, language);
    return goTo(the, addressOf(the), recordWords(language)("askedNotice", { role }));
  }
  if (asked.refusal.code !== "input_not_valid") return sendRefusal(the, askQuestion, asked.refusal);
  const errors = errorsOf(askQuestion, asked.refusal, language);
  return showQuestions(the, { errors, status: 400, answering: null, words });
}

async function answerOne(the: Exchange): Promise<FastifyReply> {
  const { place, question: questionId } = the.request.params as At;
  const { language } = the.request.visit;
  const words = wordsSent(the);
  const given = await ask(the.request, answerQuestion, { place, input: { questionId, words } });
  if (given.ok) return goTo(the, `${addressOf(the)}#${questionId}`, recordWords(language)("answeredNotice"));
  const errors = errorsOf(answerQuestion, given.refusal, language);
  if (given.refusal.code !== "input_not_valid") return sendRefusal(the, answerQuestion, given.refusal);
  if (errors.byField["questionId"])
    return sendRefusal(the, { refusals: recordsRefusals }, { code: "question_not_found" });
  const atField = errors.summary.map(({ text }) => ({ text, href: `#words-${questionId}` }));
  const { status } = wordsOf(answerQuestion, given.refusal, language);
  return showQuestions(the, { errors: { ...errors, summary: atField }, status, answering: questionId, words });
}

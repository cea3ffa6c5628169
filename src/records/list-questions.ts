/** The questions on a record with their answers, and how much there is about a record at all. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { listed, listedShape, recordId } from "./input.ts";
import { recordsRefusals } from "./messages.ts";
import { readerOf } from "./read-documents.ts";
import { countDocuments } from "./store/documents.ts";
import { countQuestions, findAnswers, findQuestions } from "./store/questions.ts";

const answer = z.object({
  answerId: field.id,
  questionId: field.id,
  words: z.string(),
  givenBy: z.string(),
  givenAt: z.string(),
});
const question = z.object({
  questionId: field.id,
  record: z.string(),
  words: z.string(),
  askedBy: z.string(),
  askedAt: z.string(),
  answers: z.array(answer),
});

export const listQuestions = declarePlaceUseCase({
  name: "question.list",
  summary: "List the questions on a record, with their answers",
  permission: "document.read",
  changes: false,
  route: { method: "get", path: "records/{record}/questions" },
  command: { words: "question list", positional: ["record"] },
  input: z.strictObject({ record: recordId, page: field.page }),
  output: z.object({ questions: z.array(question), ...listedShape }),
  example: { record: "018f3a52-0000-7000-8000-000000000001" },
  refusals: recordsRefusals,
  handle: async (ctx, { record, page }) => {
    const { placeId } = ctx.place;
    const { total } = await countQuestions(ctx.tx, { placeId, record });
    const questions = await findQuestions(ctx.tx, { placeId, record, page });
    const ids = questions.map(({ questionId }) => questionId);
    const answers = await findAnswers(ctx.tx, placeId, ids);
    const withAnswers = questions.map((one) => ({
      ...one,
      answers: answers.filter(({ questionId }) => questionId === one.questionId),
    }));
    return accept({ questions: withAnswers, ...listed(page, total) });
  },
});

export const countAboutRecord = declarePlaceUseCase({
  name: "record.about",
  summary: "How many documents and questions a record carries",
  permission: "document.read",
  changes: false,
  route: { method: "get", path: "records/{record}" },
  command: { words: "record about", positional: ["record"] },
  input: z.strictObject({ record: recordId }),
  output: z.object({ documents: z.number(), questions: z.number(), unanswered: z.number() }),
  example: { record: "018f3a52-0000-7000-8000-000000000001" },
  refusals: recordsRefusals,
  handle: async (ctx, { record }) => {
    const asked = { placeId: ctx.place.placeId, record };
    const documents = await countDocuments(ctx.tx, { ...asked, all: readerOf(ctx).all, withdrawn: false });
    const { total, unanswered } = await countQuestions(ctx.tx, asked);
    return accept({ documents, questions: total, unanswered });
  },
});

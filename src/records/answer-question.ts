/** Answers a question: for everyone to read. Its task is done with the first answer. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, said } from "../platform/use-case/index.ts";
import { authorOf } from "./author.ts";
import { recordsRefusals } from "./messages.ts";
import { findQuestion, insertAnswer } from "./store/questions.ts";
import { endOpenTask } from "./store/tasks.ts";

export const answerQuestion = declarePlaceUseCase({
  name: "question.answer",
  summary: "Answer a question",
  permission: "question.answer",
  changes: true,
  route: { method: "post", path: "questions/{questionId}/answers" },
  command: { words: "question answer", positional: ["questionId"] },
  input: z.strictObject({
    questionId: field.id,
    words: field
      .text(4000)
      .min(1, said({ en: "Enter your answer", cy: "Rhowch eich ateb" }))
      .describe("The answer; it is public, so it names nobody"),
  }),
  output: z.object({ answerId: field.id }),
  example: { questionId: "018f3a52-0000-7000-8000-000000000001", words: "All of them, since 1 April 2012." },
  refusals: recordsRefusals,
  audited: (value: { readonly answerId: string }) => value.answerId,
  handle: async (ctx, { questionId, words }) => {
    const { placeId } = ctx.place;
    if ((await findQuestion(ctx.tx, placeId, questionId)) === null) return refuse({ code: "question_not_found" });
    const answerId = ctx.newId();
    await insertAnswer(ctx.tx, placeId, { answerId, questionId, words, givenBy: authorOf(ctx.actor) });
    await endOpenTask(ctx.tx, { placeId, taskId: questionId, by: ctx.mark });
    return accept({ answerId });
  },
});

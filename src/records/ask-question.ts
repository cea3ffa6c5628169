/** A question on a record, and the task for whoever is to answer it. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { listHolders } from "../places/index.ts";
import type { Role } from "../platform/actor.ts";
import { declarePlaceUseCase, field, type PlaceContext, said } from "../platform/use-case/index.ts";
import { authorOf } from "./author.ts";
import { recordId } from "./input.ts";
import { recordsRefusals } from "./messages.ts";
import { insertQuestion } from "./store/questions.ts";
import { insertTask } from "./store/tasks.ts";

/** The first of these that anyone holds here is asked to answer. */
const ANSWERERS: readonly Role[] = ["finance_officer", "pool_manager", "administrator"];
const LONGEST_TITLE = 120;

export const askQuestion = declarePlaceUseCase({
  name: "question.ask",
  summary: "Ask a question about a record",
  permission: "question.ask",
  changes: true,
  route: { method: "post", path: "questions" },
  command: { words: "question ask" },
  input: z.strictObject({
    record: recordId,
    words: field
      .text(2000)
      .min(1, said({ en: "Enter your question", cy: "Rhowch eich cwestiwn" }))
      .describe("The question; it is public, so it names nobody"),
  }),
  output: z.object({ questionId: field.id, forRole: z.string() }),
  example: { record: "018f3a52-0000-7000-8000-000000000001", words: "Which wards does this service cover?" },
  refusals: recordsRefusals,
  audited: (value: { readonly questionId: string; readonly forRole: Role }) => value.questionId,
  handle: async (ctx, { record, words }) => {
    const { placeId } = ctx.place;
    if (!(await ctx.recordExists(record))) return refuse({ code: "record_not_found" });
    const questionId = ctx.newId();
    const askedByUser = ctx.actor.kind === "person" ? ctx.actor.userId : null;
    const question = { questionId, record, words, askedBy: authorOf(ctx.actor), askedByUser };
    await insertQuestion(ctx.tx, placeId, question);
    const forRole = await answererOf(ctx);
    const task = { title: titleOf(words), record, forRole, forUser: null, dueOn: null, madeBy: ctx.mark };
    await insertTask(ctx.tx, placeId, { ...task, taskId: questionId });
    return accept({ questionId, forRole });
  },
});

async function answererOf(ctx: PlaceContext): Promise<Role> {
  const held = new Set((await listHolders(ctx.tx, ctx.place.placeId)).map(({ role }) => role));
  return ANSWERERS.find((role) => held.has(role)) ?? "administrator";
}

/** The question on one line, cut at a word. */
function titleOf(words: string): string {
  const line = words.replaceAll(/\s+/g, " ");
  if (line.length <= LONGEST_TITLE) return line;
  const cut = line.slice(0, LONGEST_TITLE);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), LONGEST_TITLE / 2))}…`;
}

/** Makes a task for a role or a person, and says that it is done, or not done after all. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { findHoldings } from "../places/index.ts";
import { ROLES } from "../platform/actor.ts";
import { declarePlaceUseCase, field, type PlaceContext, said } from "../platform/use-case/index.ts";
import { recordId } from "./input.ts";
import { tasksOf } from "./list-tasks.ts";
import { type RecordsRefusal, recordsRefusals } from "./messages.ts";
import { insertTask, lockTask, setDone } from "./store/tasks.ts";

export const addTask = declarePlaceUseCase({
  name: "task.add",
  summary: "Make a task for a role or a person",
  permission: "task.use",
  changes: true,
  route: { method: "post", path: "tasks" },
  command: { words: "task add" },
  input: z
    .strictObject({
      title: field.words(200),
      forRole: z.enum(ROLES).nullable().default(null),
      forUser: field.id.nullable().default(null),
      dueOn: field.day.nullable().default(null),
      record: recordId.nullable().default(null).describe("The record that the task is about"),
    })
    .refine(({ forRole, forUser }) => (forRole === null) !== (forUser === null), {
      message: said({ en: "Choose one role or one person", cy: "Dewiswch un rôl neu un person" }),
      path: ["forRole"],
    }),
  output: z.object({ taskId: field.id }),
  example: { title: "Check the quarter's payments", forRole: "finance_officer", dueOn: "2013-04-05" },
  refusals: recordsRefusals,
  audited: (value: { readonly taskId: string }) => value.taskId,
  handle: async (ctx, input) => {
    const { placeId } = ctx.place;
    if (input.forUser !== null && (await findHoldings(ctx.tx, placeId, input.forUser)).length === 0)
      return refuse({ code: "person_not_found" });
    if (input.record !== null && !(await ctx.recordExists(input.record))) return refuse({ code: "record_not_found" });
    const taskId = ctx.newId();
    await insertTask(ctx.tx, placeId, { ...input, taskId, madeBy: ctx.mark });
    return accept({ taskId });
  },
});

const ofTask = {
  permission: "task.use",
  changes: true,
  input: z.strictObject({ taskId: field.id }),
  output: z.object({ taskId: field.id }),
  example: { taskId: "018f3a52-0000-7000-8000-000000000001" },
  refusals: recordsRefusals,
  audited: (value: { readonly taskId: string }) => value.taskId,
} as const;

async function mark(
  ctx: PlaceContext,
  { taskId, done }: { readonly taskId: string; readonly done: boolean },
): Promise<Result<{ readonly taskId: string }, RecordsRefusal>> {
  const whose = tasksOf(ctx);
  const found = whose === null ? null : await lockTask(ctx.tx, whose, taskId);
  if (found === null) return refuse({ code: "task_not_found" });
  if (found.lapsed) return refuse({ code: "task_lapsed" });
  if (found.done === done) return refuse({ code: done ? "task_is_done" : "task_is_open" });
  await setDone(ctx.tx, { placeId: ctx.place.placeId, taskId, by: done ? ctx.mark : null });
  return accept({ taskId });
}

export const doTask = declarePlaceUseCase({
  name: "task.done",
  summary: "Say that a task is done",
  route: { method: "post", path: "tasks/{taskId}/done" },
  command: { words: "task done", positional: ["taskId"] },
  ...ofTask,
  handle: (ctx, { taskId }) => mark(ctx, { taskId, done: true }),
});

export const undoTask = declarePlaceUseCase({
  name: "task.undo",
  summary: "Say that a task is not done after all",
  route: { method: "post", path: "tasks/{taskId}/undo" },
  command: { words: "task undo", positional: ["taskId"] },
  ...ofTask,
  handle: (ctx, { taskId }) => mark(ctx, { taskId, done: false }),
});

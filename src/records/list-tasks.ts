/** The tasks of whoever asks: their own, and those of each role they hold here. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { listed, listedShape } from "./input.ts";
import { recordsRefusals } from "./messages.ts";
import { countTasks, findTasks, type Task, type Whose } from "./store/tasks.ts";

export type ListedTask = Task & { readonly overdue: boolean };

/** Null for whoever is no person: a task waits for people. */
export function tasksOf(ctx: PlaceContext): Whose | null {
  if (ctx.actor.kind !== "person") return null;
  const roles = [...new Set(ctx.actor.holdings.map(({ role }) => role))];
  return { placeId: ctx.place.placeId, userId: ctx.actor.userId, roles };
}

const task = z.object({
  taskId: field.id,
  title: z.string(),
  record: z.string().nullable(),
  forRole: z.string().nullable(),
  forUser: z.string().nullable(),
  dueOn: z.string().nullable(),
  madeAt: z.string(),
  doneAt: z.string().nullable(),
  path: z.string().nullable().describe("The page inside the place where it is done, where it names one"),
  lapsesAt: z.string().nullable().describe("When it ends by itself"),
  isQuestion: z.boolean(),
  overdue: z.boolean().describe("Its day has passed at the place's own date"),
});

export const listTasks = declarePlaceUseCase({
  name: "task.list",
  summary: "List my tasks here",
  permission: "task.use",
  changes: false,
  route: { method: "get", path: "tasks" },
  command: { words: "task list" },
  input: z.strictObject({ state: z.enum(["open", "done"]).default("open"), page: field.page }),
  output: z.object({ tasks: z.array(task), open: z.number(), done: z.number(), ...listedShape }),
  example: { state: "open" },
  refusals: recordsRefusals,
  handle: async (ctx, { state, page }) => {
    const whose = tasksOf(ctx);
    if (whose === null) return accept({ tasks: [] as readonly ListedTask[], open: 0, done: 0, ...listed(page, 0) });
    const done = state === "done";
    const counts = {
      open: await countTasks(ctx.tx, { ...whose, done: false }),
      done: await countTasks(ctx.tx, { ...whose, done: true }),
    };
    const found = await findTasks(ctx.tx, { ...whose, done, page });
    const tasks = found.map(
      (one): ListedTask => ({ ...one, overdue: !done && one.dueOn !== null && one.dueOn < ctx.today }),
    );
    return accept({ tasks, ...counts, ...listed(page, counts[state]) });
  },
});

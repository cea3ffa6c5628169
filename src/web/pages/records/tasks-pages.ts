/** My tasks at a place: open and done, making one, marking one as done and undoing that. In English, as a desk. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Day } from "../../../lib/day.ts";
import { ROLES } from "../../../platform/actor.ts";
import { roleName } from "../../../platform/role-names.ts";
import { addTask, doTask, type ListedTask, listTasks, undoTask } from "../../../records/index.ts";
import { showRecord } from "../../../search/index.ts";
import { asNotFound } from "../../address-refusal.ts";
import { formatAgo, formatDay } from "../../shell/formats.ts";
import { ask, errorsOf, type FormErrors, goTo, sendRefusal } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { placeAddress } from "../places/addresses.ts";
import { NO_ERRORS, queryOf } from "../places/place-page.ts";
import { type Exchange, pageOf, pagesModel, recordHref, sendDesk, withQuery } from "./frame.ts";
import { staffWords } from "./staff-words.ts";

type At = { readonly place: string; readonly task: string };
type Sent = { readonly errors: FormErrors; readonly values: Readonly<Record<string, string>>; readonly status: number };
const NOTHING_SENT: Sent = { errors: NO_ERRORS, values: {}, status: 200 };

export function registerTasks(app: FastifyInstance): void {
  const path = "/places/:place/tasks";
  const guarded = { preHandler: app.csrfProtection };
  app.get(path, (request, reply) => showTasks({ request, reply }, NOTHING_SENT));
  app.post(path, guarded, (request, reply) => add({ request, reply }));
  app.post(`${path}/:task/done`, guarded, (request, reply) => change({ request, reply }, "done"));
  app.post(`${path}/:task/undo`, guarded, (request, reply) => change({ request, reply }, "undo"));
}

async function showTasks(the: Exchange, sent: Sent): Promise<FastifyReply> {
  const { place: slug } = the.request.params as At;
  const state = queryOf(the.request, "state") === "done" ? "done" : "open";
  const listed = await ask(the.request, listTasks, { place: slug, input: { state, page: pageOf(the) } });
  if (!listed.ok) return sendRefusal(the, listTasks, listed.refusal);
  const { tasks, open, done } = listed.value;
  const path = placeAddress(slug, "tasks");
  const chosen = sent.values["for"] ?? "me";
  return sendDesk(the, {
    slug,
    title: staffWords.tasks,
    template: "tasks",
    room: "tasks",
    errors: sent.errors.summary,
    status: sent.status,
    model: {
      path,
      state,
      tabs: [
        { text: `${staffWords.open} (${open})`, href: path, current: state === "open" },
        { text: `${staffWords.done} (${done})`, href: withQuery(path, { state: "done" }), current: state === "done" },
      ],
      tasks: await presentTasks(the, { slug, tasks }),
      pages: pagesModel(listed.value, (page) => withQuery(path, { state: state === "done" ? state : null, page })),
      values: sent.values,
      errors: sent.errors.byField,
      whom: [
        { value: "me", text: staffWords.forMe, selected: chosen === "me" },
        ...ROLES.map((role) => ({ value: role, text: capital(roleName(role, "en")), selected: chosen === role })),
      ],
    },
  });
}

async function presentTasks(
  the: Exchange,
  { slug, tasks }: { readonly slug: string; readonly tasks: readonly ListedTask[] },
) {
  const now = the.request.visit.web.house.now();
  const shown = [];
  for (const task of tasks) {
    shown.push({
      id: task.taskId,
      title: task.title,
      href: task.path === null ? null : placeAddress(slug) + task.path,
      about:
        task.record === null || task.path !== null ? null : await presentRecord(the, { slug, record: task.record }),
      answerHref:
        task.isQuestion && task.record !== null && task.doneAt === null
          ? `${placeAddress(slug, "records", task.record, "questions")}#${task.taskId}`
          : null,
      waitsFor: task.forRole === null ? staffWords.you : capital(roleName(task.forRole, "en")),
      due: task.dueOn === null ? staffWords.noDay : formatDay("en", task.dueOn as Day),
      overdue: task.overdue,
      lapsed: task.doneAt === null,
      doneWhen: presentEnd(task, now),
    });
  }
  return shown;
}

/** When it was done, or lapsed where nobody did it. */
function presentEnd({ doneAt, lapsesAt }: ListedTask, now: Date): string | null {
  const at = doneAt ?? lapsesAt;
  return at === null || at > now ? null : formatAgo("en", { at, now });
}

/** The record that a task names; one that is no longer known is left out. */
async function presentRecord(the: Exchange, { slug, record }: { readonly slug: string; readonly record: string }) {
  const found = await ask(the.request, showRecord, { place: slug, input: { record } });
  return found.ok ? { text: found.value.title.en, href: recordHref(slug, found.value) } : null;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

async function add(the: Exchange): Promise<FastifyReply> {
  const { place: slug } = the.request.params as At;
  const values = {
    title: fieldOf(the.request, "title"),
    for: fieldOf(the.request, "for"),
    dueOn: fieldOf(the.request, "dueOn").trim(),
  };
  const userId = the.request.session.userId;
  const role = ROLES.find((one) => one === values.for) ?? null;
  const input = {
    title: values.title,
    forRole: role,
    forUser: values.for === "me" && userId !== undefined ? userId : null,
    dueOn: values.dueOn === "" ? null : values.dueOn,
  };
  const added = await ask(the.request, addTask, { place: slug, input });
  if (added.ok) return goTo(the, placeAddress(slug, "tasks"), staffWords.added);
  if (added.refusal.code !== "input_not_valid") return sendRefusal(the, addTask, added.refusal);
  const errors = inPlainWords(errorsOf(addTask, added.refusal, "en"));
  return showTasks(the, { errors, values, status: 400 });
}

/** A field left empty, in the words of the form. */
function inPlainWords(errors: FormErrors): FormErrors {
  const better = (field: string, text: string): { readonly field: string; readonly text: string } => {
    if (field === "title" && /^(?:Enter some words|Rhowch eiriau)$/.test(text))
      return { field, text: staffWords.titleNeeded };
    return field === "forRole" || field === "forUser" ? { field: "for", text: staffWords.whomNeeded } : { field, text };
  };
  const all = Object.entries(errors.byField).map(([field, { text }]) => better(field, text));
  return {
    summary: all.map(({ field, text }) => ({ text, href: `#${field}` })),
    byField: Object.fromEntries(all.map(({ field, text }) => [field, { text }])),
  };
}

async function change(the: Exchange, what: "done" | "undo"): Promise<FastifyReply> {
  const { place: slug, task: taskId } = the.request.params as At;
  const useCase = what === "done" ? doTask : undoTask;
  const changed = await ask(the.request, useCase, { place: slug, input: { taskId } });
  if (changed.ok)
    return goTo(the, placeAddress(slug, "tasks"), what === "done" ? staffWords.doneNotice : staffWords.undoneNotice);
  return sendRefusal(the, useCase, asNotFound(changed.refusal, "task_not_found"));
}

/** Tasks: what waits for a role or a person at a place. */
import type { Day } from "../../lib/day.ts";
import type { Role } from "../../platform/actor.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import { PAGE_ROWS } from "../input.ts";

export type Task = {
  readonly taskId: string;
  readonly title: string;
  readonly record: string | null;
  readonly forRole: Role | null;
  readonly forUser: string | null;
  readonly dueOn: Day | null;
  readonly madeAt: Date;
  readonly doneAt: Date | null;
  /** The page inside the place where it is done, where that is no page of a record. */
  readonly path: string | null;
  /** It ends by itself then: nothing is left to do. */
  readonly lapsesAt: Date | null;
  /** The task is to answer a question on its record. */
  readonly isQuestion: boolean;
};

type Whom = Pick<Task, "taskId" | "title" | "record" | "forRole" | "forUser" | "dueOn"> & { readonly madeBy: string };
/** What people and questions make; what the house makes also leads somewhere and lapses. */
export type NewTask = Whom & Partial<Pick<Task, "path" | "lapsesAt">>;

/** Whose tasks: those of a person, and those of each of their roles. */
export type Whose = { readonly placeId: number; readonly userId: string; readonly roles: readonly Role[] };

export async function insertTask(tx: Transaction, placeId: number, one: NewTask): Promise<void> {
  await putTasks(tx, placeId, [one]);
}

export async function putTasks(tx: Transaction, placeId: number, tasks: readonly NewTask[]): Promise<void> {
  await tx.run(
    sql`insert into task (place_id, task_id, title, record_id, path, for_role, for_user, due_on, lapses_at, made_by)
        select ${placeId}::integer, "taskId", title, record, path, "forRole", "forUser", "dueOn", "lapsesAt", "madeBy"
          from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb)
               as t("taskId" uuid, title text, record text, path text, "forRole" text, "forUser" uuid, "dueOn" date,
                    "lapsesAt" timestamptz, "madeBy" text)`,
    tasks.length,
  );
}

const theirs = (whose: Whose) => sql`t.place_id = ${whose.placeId}
  and (t.for_user = ${whose.userId}::uuid or t.for_role = any(${whose.roles}::text[]))`;
/** A task that has lapsed is over, though nobody did it. */
const inState = (done: boolean) =>
  done
    ? sql`(t.done_at is not null or t.lapses_at <= clock_timestamp())`
    : sql`t.done_at is null and (t.lapses_at is null or t.lapses_at > clock_timestamp())`;

type Asked = Whose & { readonly done: boolean; readonly page: number };

/** Open ones by their day, those without one last; done ones with the latest first. */
export async function findTasks(tx: Transaction, asked: Asked): Promise<readonly Task[]> {
  const order = asked.done ? sql`coalesce(t.done_at, t.lapses_at) desc` : sql`t.due_on nulls last, t.made_at`;
  return tx.rows(sql<Task>`
    select t.task_id as "taskId", t.title, t.record_id as record, t.for_role as "forRole", t.for_user as "forUser",
           t.due_on as "dueOn", t.made_at as "madeAt", t.done_at as "doneAt", t.path, t.lapses_at as "lapsesAt",
           exists (select from question q where q.place_id = t.place_id and q.question_id = t.task_id) as "isQuestion"
      from task t where ${theirs(asked)} and ${inState(asked.done)}
     order by ${order}, t.task_id limit ${PAGE_ROWS} offset ${(asked.page - 1) * PAGE_ROWS}`);
}

export async function countTasks(tx: Transaction, asked: Omit<Asked, "page">): Promise<number> {
  const row = await tx.one(sql<{ count: number }>`
    select count(*)::integer as count from task t where ${theirs(asked)} and ${inState(asked.done)}`);
  return row.count;
}

/** Held until the end of the transaction, so that it is done or undone once. */
export async function lockTask(
  tx: Transaction,
  whose: Whose,
  taskId: string,
): Promise<{ readonly done: boolean; readonly lapsed: boolean } | null> {
  return tx.maybe(sql<{ done: boolean; lapsed: boolean }>`
    select t.done_at is not null as done, coalesce(t.lapses_at <= clock_timestamp(), false) as lapsed from task t where ${theirs(whose)} and t.task_id = ${taskId} for update`);
}

type Change = { readonly placeId: number; readonly taskId: string };

export async function setDone(tx: Transaction, the: Change & { readonly by: string | null }): Promise<void> {
  await tx.run(
    sql`update task set done_by = ${the.by}, done_at = case when ${the.by}::text is not null then clock_timestamp() end
         where place_id = ${the.placeId} and task_id = ${the.taskId}`,
    1,
  );
}

/** Ends the task of a question that is answered; there is none where it was done before. */
export async function endOpenTask(tx: Transaction, the: Change & { readonly by: string }): Promise<void> {
  await tx.run(
    sql`update task set done_by = ${the.by}, done_at = clock_timestamp()
         where place_id = ${the.placeId} and task_id = ${the.taskId} and done_at is null`,
    "any",
  );
}

/** Ends the open tasks about a record, of everyone or of some. */
export async function endTasksAbout(
  tx: Transaction,
  the: {
    readonly placeId: number;
    readonly record: string;
    readonly userIds: readonly string[] | null;
    readonly by: string;
  },
): Promise<void> {
  await tx.run(
    sql`update task set done_by = ${the.by}, done_at = clock_timestamp()
         where place_id = ${the.placeId} and record_id = ${the.record} and path is not null and done_at is null
           and (${the.userIds}::uuid[] is null or for_user = any(${the.userIds}::uuid[]))`,
    "any",
  );
}

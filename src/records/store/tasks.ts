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
  /** The task is to answer a question on its record. */
  readonly isQuestion: boolean;
};

export type NewTask = Pick<Task, "taskId" | "title" | "record" | "forRole" | "forUser" | "dueOn"> & {
  readonly madeBy: string;
};

/** Whose tasks: those of a person, and those of each of their roles. */
export type Whose = { readonly placeId: number; readonly userId: string; readonly roles: readonly Role[] };

export async function insertTask(tx: Transaction, placeId: number, one: NewTask): Promise<void> {
  await tx.run(
    sql`insert into task (place_id, task_id, title, record_id, for_role, for_user, due_on, made_by)
        values (${placeId}, ${one.taskId}, ${one.title}, ${one.record}, ${one.forRole}, ${one.forUser}, ${one.dueOn}, ${one.madeBy})`,
    1,
  );
}

const theirs = (whose: Whose) => sql`t.place_id = ${whose.placeId}
  and (t.for_user = ${whose.userId}::uuid or t.for_role = any(${whose.roles}::text[]))`;
const inState = (done: boolean) => (done ? sql`t.done_at is not null` : sql`t.done_at is null`);

type Asked = Whose & { readonly done: boolean; readonly page: number };

/** Open ones by their day, those without one last; done ones with the latest first. */
export async function findTasks(tx: Transaction, asked: Asked): Promise<readonly Task[]> {
  const order = asked.done ? sql`t.done_at desc` : sql`t.due_on nulls last, t.made_at`;
  return tx.rows(sql<Task>`
    select t.task_id as "taskId", t.title, t.record_id as record, t.for_role as "forRole", t.for_user as "forUser",
           t.due_on as "dueOn", t.made_at as "madeAt", t.done_at as "doneAt",
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
): Promise<{ readonly done: boolean } | null> {
  return tx.maybe(sql<{ done: boolean }>`
    select t.done_at is not null as done from task t where ${theirs(whose)} and t.task_id = ${taskId} for update`);
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

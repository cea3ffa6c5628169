/** Questions on records, with their answers. Neither is ever changed. */
import { sql, type Transaction } from "../../platform/database/index.ts";
import { PAGE_ROWS } from "../input.ts";

export type Question = {
  readonly questionId: string;
  readonly record: string;
  readonly words: string;
  readonly askedBy: string;
  readonly askedAt: Date;
};

export type Answer = {
  readonly answerId: string;
  readonly questionId: string;
  readonly words: string;
  readonly givenBy: string;
  readonly givenAt: Date;
};

type NewQuestion = Omit<Question, "askedAt"> & { readonly askedByUser: string | null };

export async function insertQuestion(tx: Transaction, placeId: number, one: NewQuestion): Promise<void> {
  await tx.run(
    sql`insert into question (place_id, question_id, record_id, words, asked_by, asked_by_user)
        values (${placeId}, ${one.questionId}, ${one.record}, ${one.words}, ${one.askedBy}, ${one.askedByUser})`,
    1,
  );
}

export async function insertAnswer(tx: Transaction, placeId: number, one: Omit<Answer, "givenAt">): Promise<void> {
  await tx.run(
    sql`insert into answer (place_id, answer_id, question_id, words, given_by)
        values (${placeId}, ${one.answerId}, ${one.questionId}, ${one.words}, ${one.givenBy})`,
    1,
  );
}

const columns = sql`question_id as "questionId", record_id as record, words, asked_by as "askedBy", asked_at as "askedAt"`;

export async function findQuestion(tx: Transaction, placeId: number, questionId: string): Promise<Question | null> {
  return tx.maybe(sql<Question>`
    select ${columns} from question where place_id = ${placeId} and question_id = ${questionId}`);
}

type Asked = { readonly placeId: number; readonly record: string; readonly page: number };

export async function findQuestions(tx: Transaction, asked: Asked): Promise<readonly Question[]> {
  return tx.rows(sql<Question>`
    select ${columns} from question where place_id = ${asked.placeId} and record_id = ${asked.record}
     order by asked_at desc, question_id limit ${PAGE_ROWS} offset ${(asked.page - 1) * PAGE_ROWS}`);
}

/** In the order given; so many to a question that nobody reads further. */
export async function findAnswers(
  tx: Transaction,
  placeId: number,
  questionIds: readonly string[],
): Promise<readonly Answer[]> {
  return tx.rows(sql<Answer>`
    select answer_id as "answerId", question_id as "questionId", words, given_by as "givenBy", given_at as "givenAt"
      from answer where place_id = ${placeId} and question_id = any(${questionIds}::uuid[])
     order by given_at, answer_id limit 1000`);
}

export async function countQuestions(
  tx: Transaction,
  asked: Omit<Asked, "page">,
): Promise<{ readonly total: number; readonly unanswered: number }> {
  return tx.one(sql<{ total: number; unanswered: number }>`
    select count(*)::integer as total,
           count(*) filter (where not exists (
             select from answer a where a.place_id = q.place_id and a.question_id = q.question_id))::integer as unanswered
      from question q where q.place_id = ${asked.placeId} and q.record_id = ${asked.record}`);
}

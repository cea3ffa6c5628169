/**
 * Sessions of the browser and of the command line, by the SHA-256 of their id. Every limit is judged by the database's
 * clock. An ended session leaves a mark in its row until it would have expired anyway: a request that was still under
 * way when it ended cannot bring it back by saving it.
 */

import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Json } from "../../platform/use-case/index.ts";
import { SEEN_EVERY_SECONDS, SESSION_HOURS, SESSION_IDLE_MINUTES } from "../domain/session-limits.ts";

const ended = sql`'{"ended": true}'::jsonb`;
const young = sql`user_session.created_at > clock_timestamp() - ${SESSION_HOURS} * interval '1 hour'`;
const used = sql`user_session.seen_at > clock_timestamp() - ${SESSION_IDLE_MINUTES} * interval '1 minute'`;
const live = sql`${young} and ${used} and user_session.content <> ${ended}`;
const seenLongAgo = sql`user_session.seen_at < clock_timestamp() - ${SEEN_EVERY_SECONDS} * interval '1 second'`;

export async function saveSession(
  tx: Transaction,
  the: { readonly sessionId: string; readonly userId: string | null; readonly content: Json },
): Promise<void> {
  const content = JSON.stringify(the.content);
  await tx.run(
    sql`insert into user_session (session_id, user_id, content) values (${the.sessionId}, ${the.userId}::uuid, ${content}::jsonb)
        on conflict (session_id) do update
          set content = excluded.content, user_id = excluded.user_id, seen_at = clock_timestamp()
          where ${live} and (user_session.content <> excluded.content
                or user_session.user_id is distinct from excluded.user_id or ${seenLongAgo})`,
    "any",
  );
}

export async function findSession(tx: Transaction, sessionId: string): Promise<Json> {
  const found = await tx.maybe(sql<{ content: Json; stale: boolean }>`
    select content, ${seenLongAgo} as stale from user_session where session_id = ${sessionId} and ${live}`);
  if (found === null) return null;
  if (found.stale)
    await tx.run(
      sql`update user_session set seen_at = clock_timestamp() where session_id = ${sessionId} and ${live} and ${seenLongAgo}`,
      "any",
    );
  return found.content;
}

export async function endSession(tx: Transaction, sessionId: string): Promise<void> {
  await tx.run(sql`update user_session set content = ${ended} where session_id = ${sessionId}`, "any");
}

/** Signs a person out everywhere: after a change of password or of roles. */
export async function endSessionsOf(tx: Transaction, userId: string): Promise<void> {
  await tx.run(
    sql`update user_session set content = ${ended} where user_id = ${userId} and content <> ${ended}`,
    "any",
  );
}

export async function insertCommandSession(
  tx: Transaction,
  the: { readonly sessionId: string; readonly userId: string },
): Promise<void> {
  await tx.run(
    sql`insert into user_session (session_id, user_id, content) values (${the.sessionId}, ${the.userId}, '{"kind": "command"}'::jsonb)`,
    1,
  );
}

/** The person of a command line's session: not idle-limited, as commands may lie hours apart. */
export async function findCommandUser(tx: Transaction, sessionId: string): Promise<string | null> {
  const found = await tx.maybe(sql<{ userId: string }>`
    select user_session.user_id as "userId" from user_session join user_account u on u.user_id = user_session.user_id
     where session_id = ${sessionId} and ${young} and content = '{"kind": "command"}'::jsonb and u.closed_at is null`);
  return found?.userId ?? null;
}

/** An hour past their limit, so that the mark of an ended session outlives every request. */
export async function deleteOldSessions(tx: Transaction): Promise<number> {
  return tx.run(
    sql`delete from user_session where created_at < clock_timestamp() - ${SESSION_HOURS + 1} * interval '1 hour'`,
    "any",
  );
}

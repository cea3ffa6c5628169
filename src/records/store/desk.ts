/** What the desks of a place read of its running: messages to be sent, and the audit trail. */
import type { Day } from "../../lib/day.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import { PAGE_ROWS } from "../input.ts";

export const MESSAGE_STATES = ["waiting", "sent", "failed"] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export type OutboxMessage = {
  readonly messageId: string;
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly state: MessageState;
  readonly madeAt: Date;
  readonly sentAt: Date | null;
  readonly attempts: number;
  readonly lastError: string | null;
};

type MessagesAsked = { readonly placeId: number; readonly state: MessageState | null };

const messagesWanted = ({ placeId, state }: MessagesAsked): Fragment =>
  sql`place_id = ${placeId} and (${state}::text is null or state = ${state})`;

export async function findMessages(
  tx: Transaction,
  asked: MessagesAsked & { readonly page: number },
): Promise<readonly OutboxMessage[]> {
  return tx.rows(sql<OutboxMessage>`
    select message_id as "messageId", kind, to_address as "to", subject, body, state, made_at as "madeAt",
           sent_at as "sentAt", attempts, last_error as "lastError"
      from outbox_message where ${messagesWanted(asked)}
     order by made_at desc, message_id limit ${PAGE_ROWS} offset ${(asked.page - 1) * PAGE_ROWS}`);
}

export async function countMessages(tx: Transaction, asked: MessagesAsked): Promise<number> {
  const row = await tx.one(sql<{ count: number }>`
    select count(*)::integer as count from outbox_message where ${messagesWanted(asked)}`);
  return row.count;
}

export type AuditEntry = {
  readonly auditId: string;
  readonly madeAt: Date;
  readonly actor: string;
  readonly action: string;
  readonly record: string;
  /** Null until the entry is sealed, a few seconds after it was made. */
  readonly block: bigint | null;
  readonly position: number | null;
};

export type AuditAsked = {
  readonly placeId: number;
  readonly action: string | null;
  readonly record: string | null;
  readonly actor: string | null;
  readonly from: Day | null;
  readonly to: Day | null;
};

/** Counted no further than this: a trail of millions is narrowed by its filters, not paged through. */
export const MOST_COUNTED = 100_000;

/** A transfer is its own row of the trail; those of before that was so have a row beside them. */
const TRAIL = sql`(
  select place_id, audit_id, made_at, actor, action, record_id, life, transaction_number, block_number as numbered_block,
         block_position from audit_entry
  union all
  select place_id, transfer_id, posted_at, made_by, 'ledger.' || kind, transfer_id::text, life, transaction_number, null, null
    from transfer where transaction_number > '0'::xid8) as e`;

/** The action is matched by its beginning; the days are those of London. */
const auditWanted = (asked: AuditAsked): Fragment => sql`place_id = ${asked.placeId}
  and (${asked.record}::text is null or record_id = ${asked.record})
  and (${asked.actor}::text is null or actor = ${asked.actor})
  and (${asked.action}::text is null or starts_with(action, ${asked.action}))
  and (${asked.from}::date is null or made_at >= ${asked.from}::date::timestamp at time zone 'Europe/London')
  and (${asked.to}::date is null or made_at < (${asked.to}::date + 1)::timestamp at time zone 'Europe/London')`;

export async function findEntries(
  tx: Transaction,
  asked: AuditAsked & { readonly page: number },
): Promise<readonly AuditEntry[]> {
  return tx.rows(sql<AuditEntry>`
    select audit_id as "auditId", made_at as "madeAt", actor, action, record_id as record,
           coalesce(numbered_block, (select b.block_number from audit_block b
             where b.place_id = e.place_id and (b.from_life, b.from_number) <= (e.life, e.transaction_number)
               and (e.life, e.transaction_number) < (b.below_life, b.below_number))) as block,
           block_position as position
      from ${TRAIL} where ${auditWanted(asked)}
     order by life desc, transaction_number desc, audit_id desc limit ${PAGE_ROWS} offset ${(asked.page - 1) * PAGE_ROWS}`);
}

export async function countEntries(tx: Transaction, asked: AuditAsked): Promise<number> {
  const row = await tx.one(sql<{ count: number }>`
    select count(*)::integer as count
      from (select 1 from ${TRAIL} where ${auditWanted(asked)} limit ${MOST_COUNTED}) as counted`);
  return row.count;
}

/**
 * Messages that leave the house: written in the transaction of what they tell of, sent later. A body holds no name and
 * no words about a person. `{address}` in a body stands for the public address of this Onepot; whoever sends or shows a
 * message puts it in.
 */
import { sql, type Transaction } from "../database/index.ts";

export type MessageToQueue = {
  readonly messageId: string;
  readonly placeId: number;
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
};

export async function queueMessage(tx: Transaction, message: MessageToQueue): Promise<void> {
  await queueMessages(tx, [message]);
}

export async function queueMessages(tx: Transaction, messages: readonly MessageToQueue[]): Promise<void> {
  await tx.run(
    sql`insert into outbox_message (place_id, message_id, kind, to_address, subject, body)
        select "placeId", "messageId", kind, "to", subject, body
          from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb)
               as m("placeId" integer, "messageId" uuid, kind text, "to" text, subject text, body text)`,
    messages.length,
  );
}

/**
 * The body without the secret part of its links, for pages that show what would be sent: whoever reads a link that sets
 * a password could sign in as the person it was written to.
 */
export function concealLinks(body: string): string {
  return body.replaceAll(/(\/account\/link\/)[A-Za-z0-9_-]{20,}/g, "$1…");
}

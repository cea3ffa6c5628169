/** The answers already given, by request key and place: a command can be repeated. */
import { sql, type Transaction } from "../database/index.ts";
import type { PlaceContext } from "./declare.ts";
import type { Json } from "./json.ts";

type Kept = { readonly answer: Json };

export async function findAnswer(
  tx: Transaction,
  the: { readonly placeId: number; readonly requestKey: string; readonly hash: Buffer },
): Promise<Kept | "another_request" | null> {
  const row = await tx.maybe(sql<{ request_hash: Buffer; answer: Json }>`
    select request_hash, answer from request_key
     where place_id = ${the.placeId} and request_key = ${the.requestKey}`);
  if (row === null) return null;
  return row.request_hash.equals(the.hash) ? { answer: row.answer } : "another_request";
}

/** False when another transaction kept an answer under this key first: the caller undoes its own work and looks again. */
export async function keepAnswer(
  ctx: PlaceContext,
  the: { readonly requestKey: string; readonly useCase: string; readonly hash: Buffer; readonly answer: Json },
): Promise<boolean> {
  const kept = await ctx.tx.run(
    sql`insert into request_key (place_id, request_key, use_case, actor, request_hash, answer)
        values (${ctx.place.placeId}, ${the.requestKey}, ${the.useCase}, ${ctx.mark}, ${the.hash}, ${JSON.stringify(the.answer)}::jsonb)
        on conflict (place_id, request_key) do nothing`,
    "any",
  );
  return kept === 1;
}

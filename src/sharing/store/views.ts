/** The log of who looked at whom: written and read in the family role alone, ids and marks, never a name. */
import type { Day } from "../../lib/day.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import type { Purpose, ViewKind } from "../domain/words.ts";

export type View = {
  readonly viewId: string;
  readonly viewer: string;
  /** The partner they looked for; null for the host. */
  readonly partnerId: string | null;
  readonly agreementId: string;
  readonly purpose: Purpose;
  readonly kind: ViewKind;
  readonly ids: readonly string[];
  readonly viewedOn: Day;
};

export type ViewRow = View & { readonly viewedAt: Date };

/** The day is that of the place's business; a view is of one id at least. */
export type ViewsAsked = {
  readonly placeId: number;
  readonly viewer: string | null;
  readonly agreementId: string | null;
  readonly purpose: Purpose | null;
  readonly seen: string | null;
  readonly from: Day | null;
  readonly to: Day | null;
};

export const VIEW_ROWS = 25;
/** A longer list than this is taken out as a file. */
export const MOST_VIEWS_COUNTED = 100_000;

export async function insertViews(tx: Transaction, placeId: number, views: readonly View[]): Promise<void> {
  for (const one of views)
    await tx.run(
      sql`insert into view_log (place_id, view_id, viewer, partner_id, agreement_id, purpose, kind, ids, viewed_on)
          values (${placeId}, ${one.viewId}, ${one.viewer}, ${one.partnerId}, ${one.agreementId}, ${one.purpose}, ${one.kind},
            ${one.ids}, ${one.viewedOn})`,
      1,
    );
}

const wanted = (asked: ViewsAsked): Fragment => sql`place_id = ${asked.placeId}
  and (${asked.viewer}::text is null or viewer = ${asked.viewer})
  and (${asked.agreementId}::uuid is null or agreement_id = ${asked.agreementId})
  and (${asked.purpose}::text is null or purpose = ${asked.purpose})
  and (${asked.seen}::text is null or ids @> array[${asked.seen}::text])
  and (${asked.from}::date is null or viewed_on >= ${asked.from})
  and (${asked.to}::date is null or viewed_on <= ${asked.to})`;

/** The latest first. */
export async function findViews(
  tx: Transaction,
  asked: ViewsAsked & { readonly rows: number; readonly skip: number },
): Promise<readonly ViewRow[]> {
  return tx.rows(sql<ViewRow>`
    select view_id as "viewId", viewer, partner_id as "partnerId", agreement_id as "agreementId", purpose, kind, ids,
           viewed_on as "viewedOn", viewed_at as "viewedAt"
      from view_log where ${wanted(asked)}
     order by viewed_at desc, view_id desc limit ${asked.rows} offset ${asked.skip}`);
}

export async function countViews(tx: Transaction, asked: ViewsAsked): Promise<number> {
  const { count } = await tx.one(sql<{ count: number }>`
    select count(*)::integer as count
      from (select 1 from view_log where ${wanted(asked)} limit ${MOST_VIEWS_COUNTED}) as counted`);
  return count;
}

/** Which pots of a book are reconciled to their host's ledger for a stretch of months, and signed by two. */
import type { Day } from "../../lib/day.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";

export type PotReconciled = {
  readonly pot: string;
  /** Its host, or a body whose streams pay for it, has sent a listing at some time. */
  readonly listed: boolean;
  /** Every month is inside a statement that two people signed as it was shown. */
  readonly signed: boolean;
};

/** Pots in which anything was paid or given back in the months, or cost moved into or out of them. */
export async function findReconciled(
  tx: Transaction,
  the: { readonly placeId: number; readonly book: "real" | "shadow"; readonly from: Day; readonly to: Day },
): Promise<readonly PotReconciled[]> {
  return tx.rows(sql<PotReconciled>`
    select o.name as pot,
           exists (select from listing_line l where l.place_id = o.place_id and (l.body_id = o.host_id or l.body_id in (
             select s.payer_id from contribution c join stream s on s.place_id = c.place_id and s.stream_id = c.stream_id
              where c.place_id = o.place_id and c.pot_id = o.pot_id))) as listed,
           not exists (
             select from generate_series(date_trunc('month', ${the.from}::date), ${the.to}::date, interval '1 month') as m (starts)
              where not exists (
                select from reconciliation_signature p join reconciliation_signature r
                    on r.place_id = p.place_id and r.pot_id = p.pot_id and r.body_id = p.body_id and r.source = p.source
                   and r.starts_on = p.starts_on and r.ends_on = p.ends_on and r.content_hash = p.content_hash and r.part = 'reviewed'
                 where p.place_id = o.place_id and p.pot_id = o.pot_id and p.part = 'prepared'
                   and p.starts_on <= m.starts::date and p.ends_on >= (m.starts + interval '1 month')::date - 1)) as signed
      from pot o
     where o.place_id = ${the.placeId} and o.book = ${the.book} and exists (
       select from ledger_account a join entry e on e.place_id = a.place_id and e.account_id = a.account_id
        where a.place_id = o.place_id and a.pot_id = o.pot_id and a.kind in ('paid', 'adjustment')
          and e.effective_on between ${the.from} and ${the.to})
     order by o.name limit 1000`);
}

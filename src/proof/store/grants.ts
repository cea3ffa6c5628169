/** Commitments of kind grant, each with both bodies and their public identifiers, a page after another by key. */
import type { Day } from "../../lib/day.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import type { Grant } from "../domain/grant-rows.ts";
import type { BookDays, BookScope } from "./books.ts";

const GRANTS_READ = 1_000;
type Key = { readonly awardedOn: Day; readonly commitmentId: string };

/** Those awarded in the days and not reversed by the last of them, in order of day. */
export async function* readGrants(tx: Transaction, scope: BookScope & BookDays): AsyncGenerator<Grant> {
  let after: Key = { awardedOn: "0001-01-01" as Day, commitmentId: "00000000-0000-0000-0000-000000000000" };
  while (true) {
    const page: readonly Grant[] = await pageOfGrants(tx, scope, after);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

function pageOfGrants(tx: Transaction, scope: BookScope & BookDays, after: Key): Promise<readonly Grant[]> {
  const { placeId, areaId, potId, book, from, asAt } = scope;
  return tx.rows(sql<Grant>`
    select c.commitment_id as "commitmentId", coalesce(nullif(c.reference, ''), l.name) as title,
           coalesce(nullif(c.words, ''), l.purpose) as description, c.amount_pence as "amountPence",
           c.committed_on as "awardedOn", c.ends_on as "endsOn",
           ${body(sql`r`)} as recipient, ${body(sql`f`)} as funder
      from commitment c join pot o on o.place_id = c.place_id and o.pot_id = c.pot_id
      join allocation l on l.place_id = c.place_id and l.allocation_id = c.allocation_id
      join partner r on r.place_id = c.place_id and r.partner_id = c.supplier_id
      join partner f on f.place_id = o.place_id and f.partner_id = o.host_id
     where c.place_id = ${placeId} and c.kind = 'grant' and o.book = ${book} and c.committed_on <= ${asAt}
       and (${from}::date is null or c.committed_on >= ${from}::date)
       and (c.committed_on, c.commitment_id) > (${after.awardedOn}::date, ${after.commitmentId}::uuid)
       and (${potId}::uuid is null or o.pot_id = ${potId}::uuid)
       and (${areaId}::uuid is null or o.area_id = ${areaId}::uuid or o.pot_id = ${potId}::uuid)
       and not exists (select from transfer b where b.place_id = c.place_id and b.reverses_id = c.transfer_id
                          and b.effective_on <= ${asAt})
     order by c.committed_on, c.commitment_id limit ${GRANTS_READ}`);
}

function body(partner: Fragment): Fragment {
  return sql`jsonb_build_object('partnerId', ${partner}.partner_id, 'name', ${partner}.name, 'identifiers', coalesce((
    select jsonb_agg(jsonb_build_object('scheme', i.scheme, 'identifier', i.identifier) order by i.scheme)
      from partner_identifier i where i.place_id = ${partner}.place_id and i.partner_id = ${partner}.partner_id), '[]'))`;
}

/** Whose books: the body and the pot in hand, the pot's own bank account, and Onepot's records as a body's ledger shows them. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Source } from "../domain/columns.ts";

export type PotFound = {
  readonly potId: string;
  readonly slug: string;
  readonly name: string;
  readonly book: "real" | "shadow";
  readonly hostId: string;
  readonly areaId: string | null;
  readonly openedOn: Day;
  readonly hasBank: boolean;
  readonly lastFour: string | null;
};

export async function findPot(tx: Transaction, placeId: number, potId: string): Promise<PotFound | null> {
  return tx.maybe(sql<PotFound>`
    select o.pot_id as "potId", o.slug, o.name, o.book, o.host_id as "hostId", o.area_id as "areaId", o.opened_on as "openedOn",
           b.pot_id is not null as "hasBank", b.last_four as "lastFour"
      from pot o left join pot_bank b on b.place_id = o.place_id and b.pot_id = o.pot_id
     where o.place_id = ${placeId} and o.pot_id = ${potId}`);
}

/** By id, address or name. */
export async function findPotNamed(tx: Transaction, placeId: number, named: string): Promise<string | null> {
  const found = await tx.rows(sql<{ potId: string }>`
    select pot_id as "potId" from pot where place_id = ${placeId} and (pot_id::text = ${named} or slug = ${named} or name = ${named})
     order by pot_id::text = ${named} desc, slug = ${named} desc limit 1`);
  return found[0]?.potId ?? null;
}

/** By id or name. */
export async function findBodyNamed(
  tx: Transaction,
  placeId: number,
  named: string,
): Promise<{ readonly bodyId: string; readonly body: string } | null> {
  const found = await tx.rows(sql<{ bodyId: string; body: string }>`
    select partner_id as "bodyId", name as body from partner
     where place_id = ${placeId} and (partner_id::text = ${named} or name = ${named}) order by partner_id::text = ${named} desc limit 1`);
  return found[0] ?? null;
}

export async function findBody(tx: Transaction, placeId: number, bodyId: string): Promise<string | null> {
  const row = await tx.maybe(sql<{ name: string }>`
    select name from partner where place_id = ${placeId} and partner_id = ${bodyId}`);
  return row?.name ?? null;
}

/** False where the pot has one already. */
export async function insertPotBank(
  tx: Transaction,
  placeId: number,
  the: {
    readonly potId: string;
    readonly accountKind: string;
    readonly lastFour: string;
    readonly openedOn: Day;
    readonly madeBy: string;
  },
): Promise<boolean> {
  const made = await tx.run(
    sql`insert into pot_bank (place_id, pot_id, account_kind, last_four, opened_on, made_by)
        values (${placeId}, ${the.potId}, ${the.accountKind}, ${the.lastFour}, ${the.openedOn}, ${the.madeBy})
        on conflict (place_id, pot_id) do nothing`,
    "any",
  );
  return made === 1;
}

/** Takes the counter's next number and holds its row: whoever counts the same waits until this transaction ends. */
export async function nextNumber(tx: Transaction, placeId: number, name: string): Promise<bigint> {
  const { value } = await tx.one(sql<{ value: bigint }>`
    insert into reconciliation_counter (place_id, name, value) values (${placeId}, ${name}, 1)
    on conflict (place_id, name) do update set value = reconciliation_counter.value + 1 returning value`);
  return value;
}

export type Book = {
  readonly placeId: number;
  readonly bodyId: string;
  readonly potId: string;
  readonly source: Source;
  readonly to: Day;
};

export type RecordRow = {
  readonly recordId: string;
  readonly kind: "payment" | "contribution" | "reversal";
  readonly day: Day;
  readonly amountPence: Pence;
  readonly reference: string;
  readonly supplier: string;
  readonly words: string;
  readonly allocationId: string | null;
  readonly serviceId: string | null;
  readonly reverses: string | null;
  /** The match in force, or null. */
  readonly matchId: string | null;
};

/**
 * Onepot's records as the body's own ledger shows them, to the end of a day; costs are positive. Of a real pot: the
 * host's payments and what it was given, and what any other body gave. Of a shadow pot, where nobody's money moved, a
 * body's own ledger shows what it paid itself: the part of each payment that came from its own streams. A bank pays tax
 * that is recovered later, a cost centre does not bear it. A reversal stands on its own day.
 */
export async function listRecords(tx: Transaction, the: Book): Promise<readonly RecordRow[]> {
  return tx.rows(sql<RecordRow>`
    with whole as (
      select p.payment_id as record_id, 'payment' as kind, p.transfer_id, p.paid_on as day, p.reference, n.name as supplier,
             v.name as words, c.allocation_id, p.service_id,
             case when o.book = 'real' then p.amount_pence + case when ${the.source} = 'bank' then p.vat_recovered_pence else 0 end
                  else (select coalesce(sum(e.amount_pence), 0)::bigint from entry e
                          join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
                          join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
                         where e.place_id = p.place_id and e.transfer_id = p.transfer_id and a.kind = 'paid' and s.payer_id = ${the.bodyId}::uuid)
             end as pence
        from payment p join pot o on o.place_id = p.place_id and o.pot_id = p.pot_id
        join commitment c on c.place_id = p.place_id and c.commitment_id = p.commitment_id
        join partner n on n.place_id = p.place_id and n.partner_id = p.supplier_id
        join service v on v.place_id = p.place_id and v.service_id = p.service_id
       where p.place_id = ${the.placeId} and p.pot_id = ${the.potId} and (o.book = 'shadow' or o.host_id = ${the.bodyId}::uuid)
      union all
      select k.contribution_id, 'contribution', k.transfer_id, k.made_on, k.reference,
             case when s.payer_id = ${the.bodyId}::uuid then h.name else y.name end, s.name, null, null,
             case when s.payer_id = ${the.bodyId}::uuid then k.amount_pence else -k.amount_pence end
        from contribution k join pot o on o.place_id = k.place_id and o.pot_id = k.pot_id
        join stream s on s.place_id = k.place_id and s.stream_id = k.stream_id
        join partner y on y.place_id = s.place_id and y.partner_id = s.payer_id
        join partner h on h.place_id = o.place_id and h.partner_id = o.host_id
       where k.place_id = ${the.placeId} and k.pot_id = ${the.potId} and o.book = 'real' and s.payer_id <> o.host_id
         and ${the.bodyId}::uuid in (s.payer_id, o.host_id)
    ), every as (
      select record_id, kind, day, pence, reference, supplier, words, allocation_id, service_id, null::uuid as reverses from whole
      union all
      select r.transfer_id, 'reversal', r.effective_on, -w.pence, w.reference, w.supplier, w.words, w.allocation_id, w.service_id, w.record_id
        from whole w join transfer r on r.place_id = ${the.placeId} and r.reverses_id = w.transfer_id
    )
    select w.record_id as "recordId", w.kind, w.day, w.pence as "amountPence", w.reference, w.supplier, w.words,
           w.allocation_id as "allocationId", w.service_id as "serviceId", w.reverses,
           (select m.match_id from reconciliation_match_record m
             where m.place_id = ${the.placeId} and m.body_id = ${the.bodyId} and m.source = ${the.source} and m.record_id = w.record_id
               and not exists (select from reconciliation_undo u where u.place_id = m.place_id and u.match_id = m.match_id)
             limit 1) as "matchId"
      from every w where w.day <= ${the.to} and w.pence <> 0 order by w.day, w.record_id limit 250000`);
}

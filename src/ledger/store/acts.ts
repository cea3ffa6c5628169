/** What the acts of the ledger name, in both languages, and whether capital is among what they would draw on. */
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { AccountKind } from "./accounts.ts";

export type Name = { readonly en: string; readonly cy: string };

export type Names = {
  readonly pot: Name | null;
  readonly partner: Name | null;
  readonly service: Name | null;
  readonly theme: Name | null;
  readonly allocation: Name | null;
  /** By their ids; a stream that is not there is left out. */
  readonly streams: Readonly<Record<string, Name>>;
};

type Sought = {
  readonly potId: string;
  readonly partnerId?: string | null;
  readonly serviceId?: string | null;
  readonly themeId?: string | null;
  readonly allocationId?: string | null;
  readonly streamIds?: readonly string[];
};

export async function findNames(tx: Transaction, placeId: number, the: Sought): Promise<Names> {
  return tx.one(sql<Names>`
    select (select jsonb_build_object('en', name, 'cy', coalesce(name_welsh, name)) from pot
             where place_id = ${placeId} and pot_id = ${the.potId}::uuid) as pot,
           (select jsonb_build_object('en', name, 'cy', coalesce(name_welsh, name)) from partner
             where place_id = ${placeId} and partner_id = ${the.partnerId ?? null}::uuid) as partner,
           (select jsonb_build_object('en', name, 'cy', coalesce(name_welsh, name)) from service
             where place_id = ${placeId} and service_id = ${the.serviceId ?? null}::uuid) as service,
           (select jsonb_build_object('en', name, 'cy', coalesce(name_welsh, name)) from theme
             where place_id = ${placeId} and theme_id = ${the.themeId ?? null}::uuid) as theme,
           (select jsonb_build_object('en', name, 'cy', coalesce(name_welsh, name)) from allocation
             where place_id = ${placeId} and allocation_id = ${the.allocationId ?? null}::uuid) as allocation,
           coalesce((select jsonb_object_agg(stream_id, jsonb_build_object('en', name, 'cy', coalesce(name_welsh, name)))
              from stream where place_id = ${placeId} and stream_id = any(${the.streamIds ?? []}::uuid[])), '{}') as streams`);
}

type Drawn = {
  readonly placeId: number;
  readonly kind: AccountKind;
  readonly recordId: string;
  /** Null: whichever has money there. */
  readonly streamIds: readonly string[] | null;
};

export async function drawsOnCapital(tx: Transaction, the: Drawn): Promise<boolean> {
  const row = await tx.one(sql<{ capital: boolean }>`
    select coalesce(bool_or(s.capital), false) as capital
      from ledger_account a join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
     where a.place_id = ${the.placeId} and a.kind = ${the.kind} and a.record_id = ${the.recordId}
       and case when ${the.streamIds}::uuid[] is null then a.posted_pence > 0 else a.stream_id = any(${the.streamIds}::uuid[]) end`);
  return row.capital;
}

export type Moved = {
  /** The pot that received, or the one that there is. */
  readonly potId: string | null;
  readonly pot: Name | null;
  /** The pot that gave, where it is another. */
  readonly otherPot: Name | null;
  readonly capital: boolean;
};

/** Between which pots a transfer moved money, and whether any of it is capital. */
export async function findMoved(tx: Transaction, placeId: number, transferId: string): Promise<Moved> {
  return tx.one(sql<Moved>`
    with moved as (
      select o.pot_id, case when o.pot_id is not null then jsonb_build_object('en', o.name, 'cy', coalesce(o.name_welsh, o.name)) end as name, s.capital,
             row_number() over (order by o.pot_id is null, e.amount_pence < 0, e.line) as turn
        from entry e join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
        left join pot o on o.place_id = a.place_id and o.pot_id = a.pot_id
        left join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
       where e.place_id = ${placeId} and e.transfer_id = ${transferId}
    )
    select r.pot_id as "potId", r.name as pot,
           (select g.name from moved g where g.pot_id <> r.pot_id order by g.turn limit 1) as "otherPot",
           (select coalesce(bool_or(m.capital), false) from moved m) as capital
      from moved r where r.turn = 1`);
}

/** Pots, and what stands on their accounts by stream as at the end of a day. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";

export const MODES = ["aligned", "shadow", "pooled", "delegated"] as const;
export type Mode = (typeof MODES)[number];
export const POT_PARTS = ["neighbourhood", "project", "theme"] as const;
export type PotPart = (typeof POT_PARTS)[number];
export const BOOKS = ["real", "shadow"] as const;
export type Book = (typeof BOOKS)[number];

export type Pot = {
  readonly potId: string;
  readonly slug: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly purpose: string;
  readonly mode: Mode;
  readonly book: Book;
  readonly hostId: string;
  readonly areaId: string | null;
  readonly openedOn: Day;
  readonly madeUp: boolean;
  /** The pot that it is part of, and as what. */
  readonly parentId: string | null;
  readonly part: PotPart | null;
};
export type PotRow = Pot & {
  readonly host: string;
  readonly area: string | null;
  /** From this day on another pot goes on from it. */
  readonly closedOn: Day | null;
};

/** A pot starts in the mode it was opened in, and is in that of its last step since. */
const modeNow = sql`coalesce((select s.mode from pot_step s where s.place_id = o.place_id and s.pot_id = o.pot_id
  and s.successor_id is null order by s.step_number desc limit 1), o.mode)`;
const columns = sql`o.pot_id as "potId", o.slug, o.name, o.name_welsh as "nameWelsh", o.purpose, ${modeNow} as mode, o.book,
  o.parent_id as "parentId", o.part, (select s.from_on from pot_step s where s.place_id = o.place_id and s.pot_id = o.pot_id
    and s.successor_id is not null) as "closedOn", o.host_id as "hostId",
  o.area_id as "areaId", o.opened_on as "openedOn", o.made_up as "madeUp", h.name as host, a.name as area`;
const tables = sql`pot o join partner h on h.place_id = o.place_id and h.partner_id = o.host_id
  left join area a on a.place_id = o.place_id and a.area_id = o.area_id`;

/** False where the place has a pot of this name or address already. */
export async function insertPot(tx: Transaction, placeId: number, pot: Pot): Promise<boolean> {
  const made = await tx.run(
    held(
      "pot",
      sql`insert into pot (place_id, pot_id, slug, name, name_welsh, purpose, mode, book, host_id, area_id, opened_on, made_up,
          parent_id, part)
        values (${placeId}, ${pot.potId}, ${pot.slug}, ${pot.name}, ${pot.nameWelsh}, ${pot.purpose}, ${pot.mode}, ${pot.book},
                ${pot.hostId}, ${pot.areaId}, ${pot.openedOn}, ${pot.madeUp}, ${pot.parentId}, ${pot.part})
        on conflict do nothing`,
    ),
    "any",
  );
  return made === 1;
}

export async function findPot(tx: Transaction, placeId: number, potId: string): Promise<PotRow | null> {
  return tx.maybe(sql<PotRow>`select ${columns} from ${tables} where o.place_id = ${placeId} and o.pot_id = ${potId}`);
}

/** The pots that are part of one. */
export async function listParts(tx: Transaction, placeId: number, potId: string): Promise<readonly PotRow[]> {
  return tx.rows(sql<PotRow>`
    select ${columns} from ${tables} where o.place_id = ${placeId} and o.parent_id = ${potId} order by o.name limit 200`);
}

export async function findPots(
  tx: Transaction,
  placeId: number,
  potIds: readonly string[],
): Promise<readonly PotRow[]> {
  return tx.rows(sql<PotRow>`
    select ${columns} from ${tables}
     where o.place_id = ${placeId} and o.pot_id = any(${potIds}::uuid[]) order by o.name limit 1000`);
}

/** Of an area: its own, and those that a partner of the area hosts for the whole place. */
function inArea(areaId: string | null): Fragment {
  return sql`(${areaId}::uuid is null or o.area_id = ${areaId}::uuid or (o.area_id is null and h.area_id = ${areaId}::uuid))`;
}

/** By its address, else by its name in either language, whatever the case of the letters. */
export async function findPotNamed(
  tx: Transaction,
  the: { readonly placeId: number; readonly areaId: string | null; readonly named: string },
): Promise<PotRow | null> {
  const { named } = the;
  const found = await tx.rows(sql<PotRow>`
    select ${columns} from ${tables}
     where o.place_id = ${the.placeId} and ${inArea(the.areaId)}
       and (o.slug = ${named} or lower(o.name) = lower(${named}) or lower(o.name_welsh) = lower(${named}))
     order by o.slug = ${named} desc, o.name limit 1`);
  return found[0] ?? null;
}

/** For whom an area's partner hosts a pot, where it is not the area's own: for the whole place. */
export type HostedFor = "place" | null;

/** Of an area: its own pots, then those that a partner of the area hosts for the whole place, which are not its own. */
export async function listPots(
  tx: Transaction,
  the: { readonly placeId: number; readonly areaId: string | null },
): Promise<readonly (PotRow & { readonly hostedFor: HostedFor })[]> {
  return tx.rows(sql<PotRow & { hostedFor: HostedFor }>`
    select ${columns}, case when ${the.areaId}::uuid is not null and o.area_id is null then 'place' end as "hostedFor"
      from ${tables}
     where o.place_id = ${the.placeId} and ${inArea(the.areaId)}
     order by "hostedFor" nulls first, o.book, o.name limit 1000`);
}

export type PotStanding = {
  readonly potId: string;
  /** Null of what was paid elsewhere and is no stream's until somebody bears it. */
  readonly streamId: string | null;
  readonly stream: string;
  readonly streamWelsh: string | null;
  readonly ringFenced: boolean;
  readonly endsOn: Day;
  readonly potPence: Pence;
  readonly allocationPence: Pence;
  readonly commitmentPence: Pence;
  readonly paidPence: Pence;
  readonly resolvePence: Pence;
};

/** From the balances less what came after the day, which is nearly nothing when the day is today. */
export async function findStandings(
  tx: Transaction,
  the: { readonly placeId: number; readonly potIds: readonly string[]; readonly asAt: Day },
): Promise<readonly PotStanding[]> {
  return tx.rows(sql<PotStanding>`
    with correction as materialized (select account_id, pence from ledger_corrections(${the.placeId}::integer, ${the.asAt}::date)), standing as (
      select a.pot_id, a.stream_id, a.kind, sum(a.posted_pence + coalesce(l.pence, 0)) as pence,
             bool_or(a.posted_pence <> -coalesce(l.pence, 0)
               or (l.pence is null and a.version > 0)) as moved
        from ledger_account a left join correction l on l.account_id = a.account_id
       where a.place_id = ${the.placeId} and a.pot_id = any(${the.potIds}::uuid[]) and (a.version > 0 or l.pence is not null)
       group by a.pot_id, a.stream_id, a.kind
    )
    select t.pot_id as "potId", t.stream_id as "streamId", coalesce(s.name, '') as stream, s.name_welsh as "streamWelsh",
           coalesce(s.ring_fenced, false) as "ringFenced", s.ends_on as "endsOn",
           coalesce(sum(t.pence) filter (where t.kind = 'pot'), 0)::bigint as "potPence",
           coalesce(sum(t.pence) filter (where t.kind = 'allocation'), 0)::bigint as "allocationPence",
           coalesce(sum(t.pence) filter (where t.kind = 'commitment'), 0)::bigint as "commitmentPence",
           coalesce(sum(t.pence) filter (where t.kind = 'paid'), 0)::bigint as "paidPence",
           coalesce(sum(t.pence) filter (where t.kind = 'resolve'), 0)::bigint as "resolvePence"
      from standing t left join stream s on s.place_id = ${the.placeId} and s.stream_id = t.stream_id
     group by t.pot_id, t.stream_id, s.name, s.name_welsh, s.ring_fenced, s.ends_on having bool_or(t.moved)
     order by s.name limit 10000`);
}

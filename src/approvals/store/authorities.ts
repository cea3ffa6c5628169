/** Limits of authority: set and ended, never changed. */
import type { Day } from "../../lib/day.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { ActKind } from "../../platform/use-case/index.ts";
import type { Authority } from "../domain/authority.ts";

export type AuthorityRow = Authority & {
  readonly act: ActKind | null;
  readonly authorityId: string;
  readonly scheme: string;
  readonly words: string;
  readonly setBy: string;
  readonly setAt: Date;
  readonly pot: string | null;
  readonly potWelsh: string | null;
};

export type NewAuthority = Authority & Pick<AuthorityRow, "authorityId" | "scheme" | "words" | "setBy">;

export const MOST_AUTHORITIES = 1000;

/** Those that have not ended by a day, for every pot first, then by pot, role and limit. */
export async function listAuthorities(
  tx: Transaction,
  the: { readonly placeId: number; readonly today: Day },
): Promise<readonly AuthorityRow[]> {
  return tx.rows(sql<AuthorityRow>`
    select l.authority_id as "authorityId", l.pot_id as "potId", l.act, l.role, l.up_to_pence as "upToPence", l.capital,
           l.signatures, l.scheme, l.words, l.starts_on as "startsOn", l.ends_on as "endsOn", l.set_by as "setBy",
           l.set_at as "setAt", o.name as pot, o.name_welsh as "potWelsh"
      from authority l left join pot o on o.place_id = l.place_id and o.pot_id = l.pot_id
     where l.place_id = ${the.placeId} and (l.ends_on is null or l.ends_on > ${the.today})
     order by o.name nulls first, l.up_to_pence nulls last, l.role, l.authority_id limit ${MOST_AUTHORITIES}`);
}

export async function insertAuthorities(tx: Transaction, placeId: number, all: readonly NewAuthority[]): Promise<void> {
  await tx.run(
    held(
      "limit",
      sql`insert into authority (place_id, authority_id, pot_id, act, role, up_to_pence, capital, signatures, scheme, words,
          starts_on, set_by)
        select ${placeId}::integer, * from unnest(${all.map((one) => one.authorityId)}::uuid[], ${all.map((one) => one.potId)}::uuid[],
          ${all.map((one) => one.act)}::text[], ${all.map((one) => one.role)}::text[],
          ${all.map((one) => one.upToPence)}::bigint[], ${all.map((one) => one.capital)}::boolean[],
          ${all.map((one) => one.signatures)}::smallint[], ${all.map((one) => one.scheme)}::text[],
          ${all.map((one) => one.words)}::text[], ${all.map((one) => one.startsOn)}::date[],
          ${all.map((one) => one.setBy)}::text[])`,
    ),
    all.length,
  );
}

type Ending = { readonly placeId: number; readonly endsOn: Day; readonly endedBy: string };

/** False where there is no such limit in force. A limit that was yet to begin ends on the day it would have begun. */
export async function endAuthority(tx: Transaction, the: Ending & { readonly authorityId: string }): Promise<boolean> {
  const ended = await tx.run(
    held(
      "limit_end",
      sql`update authority set ends_on = greatest(${the.endsOn}::date, starts_on), ended_by = ${the.endedBy}
         where place_id = ${the.placeId} and authority_id = ${the.authorityId} and ends_on is null`,
    ),
    "any",
  );
  return ended === 1;
}

/** Ends every limit that was set for one pot, or for every pot. */
export async function endAuthoritiesOf(
  tx: Transaction,
  the: Ending & { readonly potId: string | null },
): Promise<number> {
  return tx.run(
    held(
      "limit_end",
      sql`update authority set ends_on = greatest(${the.endsOn}::date, starts_on), ended_by = ${the.endedBy}
         where place_id = ${the.placeId} and pot_id is not distinct from ${the.potId}::uuid and ends_on is null`,
    ),
    "any",
  );
}

type OfPot = { readonly areaId: string | null };

export async function findPotArea(tx: Transaction, placeId: number, potId: string): Promise<OfPot | null> {
  return tx.maybe(sql<OfPot>`
    select area_id as "areaId" from pot where place_id = ${placeId} and pot_id = ${potId}`);
}

/** The area of the pot that a limit is for; nothing stands for the whole place. */
export async function findAuthorityArea(tx: Transaction, placeId: number, authorityId: string): Promise<OfPot | null> {
  return tx.maybe(sql<OfPot>`
    select o.area_id as "areaId" from authority l left join pot o on o.place_id = l.place_id and o.pot_id = l.pot_id
     where l.place_id = ${placeId} and l.authority_id = ${authorityId}`);
}

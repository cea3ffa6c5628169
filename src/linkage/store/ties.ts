/**
 * Family ties as the standing run has them. Each asks of every person in it whether they are protected, and of the records it rests on whether
 * they are still there under the agreement. In the family role.
 */
import { sql, type Transaction } from "../../platform/database/index.ts";
import { cameUnder, isProtected, nameOfRecord, type UnderAgreement } from "./records.ts";

export type TieRow = {
  readonly oneId: string;
  readonly otherId: string;
  readonly kind: "parent-or-guardian" | "partner" | "sibling" | "co-resident";
  readonly known: "recorded" | "inferred";
  readonly from: string | null;
  readonly to: string | null;
  /** Of a recorded tie one for each of its records. */
  readonly sources: readonly string[];
  readonly recordIds: readonly string[];
  /** The parent through whom siblings are inferred. */
  readonly throughId: string | null;
};

/** Some may be of people whose records were deleted while the run was under way: `deleteTiesOfNobody` comes after. */
export async function insertTies(
  tx: Transaction,
  the: { readonly placeId: number; readonly runId: string; readonly rows: readonly TieRow[] },
): Promise<void> {
  await tx.run(
    sql`insert into family_tie (place_id, one_id, other_id, kind, run_id, known, from_day, to_day, sources, record_ids, through_id)
        select ${the.placeId}, r."oneId", r."otherId", r.kind, ${the.runId}, r.known, r."from", r."to", r.sources, r."recordIds", r."throughId"
          from jsonb_to_recordset(${JSON.stringify(the.rows)}::jsonb)
               as r("oneId" uuid, "otherId" uuid, kind text, known text, "from" date, "to" date, sources text[], "recordIds" uuid[],
                    "throughId" uuid)`,
    the.rows.length,
  );
}

export type FamilyPerson = {
  readonly personId: string;
  readonly name: string;
  /** What the other is to the person that was asked for. */
  readonly tie: "parent" | "child" | "partner" | "sibling" | "co-resident";
  readonly known: "recorded" | "inferred";
  readonly from: string | null;
  readonly to: string | null;
  /** The registers that recorded it, or from which it is inferred. */
  readonly sources: readonly string[];
  /** The parent through whom a sibling is inferred. */
  readonly throughId: string | null;
};

/**
 * The ties of a person, family before who they lived with. A recorded tie shows while a record that says it is there under the agreement, and
 * by the registers of those records alone; an inferred one while all that it rests on are. Nobody who is protected shows, nothing shows where
 * the person is, and nobody is a sibling through a protected parent.
 */
export async function listFamily(
  tx: Transaction,
  the: UnderAgreement & { readonly personId: string },
): Promise<readonly FamilyPerson[]> {
  const { placeId, agreementId, personId } = the;
  // In parts, each by what it is of, so that no plan begins with all the records of the agreement.
  return tx.rows(sql<FamilyPerson>`
    with own as materialized (
      select f.one_id as id, case f.kind when 'parent-or-guardian' then 'parent' else f.kind end as tie, f.known, f.from_day, f.to_day,
             f.sources, f.record_ids, f.through_id
        from family_tie f where f.place_id = ${placeId} and f.other_id = ${personId}
      union all
      select f.other_id, case f.kind when 'parent-or-guardian' then 'child' else f.kind end, f.known, f.from_day, f.to_day,
             f.sources, f.record_ids, f.through_id
        from family_tie f where f.place_id = ${placeId} and f.one_id = ${personId}),
    standing as materialized (
      select w.id, w.tie, w.known, w.from_day, w.to_day, w.through_id, case w.known when 'inferred' then w.sources else e.sources end as sources
        from own w cross join lateral (
          select count(u.record_id) as rests_on, count(a.file_id) as there,
                 array_agg(distinct u.source order by u.source) filter (where a.file_id is not null) as sources
            from unnest(w.record_ids, w.sources) as u(record_id, source)
            left join person_record c on c.place_id = ${placeId} and c.record_id = u.record_id
            left join record_file a on a.place_id = ${placeId} and a.file_id = c.file_id and a.agreement_id = ${agreementId}) as e
       where (w.through_id is null or not ${isProtected(sql`w.through_id`, placeId)})
         and case w.known when 'recorded' then e.there > 0 else e.there = e.rests_on end)
    select t.id as "personId", named.name, t.tie, t.known, to_char(t.from_day, 'YYYY-MM-DD') as "from", to_char(t.to_day, 'YYYY-MM-DD') as "to",
           t.sources, t.through_id as "throughId"
      from standing t cross join lateral (
        select mode() within group (order by ${nameOfRecord}) as name,
               min(r.fields ->> 'date_of_birth') as born, count(*) as records
          from matched_record m join person_record r on r.place_id = m.place_id and r.record_id = m.record_id
         where m.place_id = ${placeId} and m.person_id = t.id and ${cameUnder(sql`m.record_id`, the)}) as named
     where named.records > 0 and not ${isProtected(sql`${personId}::uuid`, placeId)} and not ${isProtected(sql`t.id`, placeId)}
     order by array_position(array['parent', 'partner', 'sibling', 'child', 'co-resident'], t.tie), named.born, t.id limit 300`);
}

/** Ties that rest on records which are gone, or of people who are. */
export async function deleteTiesOfNobody(tx: Transaction, placeId: number): Promise<void> {
  await tx.run(
    sql`delete from family_tie t where t.place_id = ${placeId} and (
          exists (select from unnest(array_remove(array[t.one_id, t.other_id, t.through_id], null)) as p(id)
                   where not exists (select from matched_record m where m.place_id = ${placeId} and m.person_id = p.id))
          or case t.known
               when 'recorded' then not exists (select from person_record r where r.place_id = ${placeId} and r.record_id = any(t.record_ids))
               else exists (select from unnest(t.record_ids) as e(id)
                             where not exists (select from person_record r where r.place_id = ${placeId} and r.record_id = e.id)) end)`,
    "any",
  );
}

/** People as the standing run has them, found by name or by record, and their households. In the family role. */
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";

export type FoundPerson = {
  readonly personId: string;
  readonly records: number;
  readonly names: readonly string[];
  readonly births: readonly string[];
};

/** Whether each word begins one of a record's names, its reference, or a word of what stands beside them. */
function holdsWords(words: readonly string[], beside: Fragment): Fragment {
  return sql`not exists (
    select from unnest(${words}::text[]) as word
     where ' ' || lower(coalesce(q.fields ->> 'forename', '') || ' ' || coalesce(q.fields ->> 'surname', '') || ' ' || q.reference || ' '
             || ${beside}) not like '% ' || word || '%')`;
}

/** Nobody is found by a home who is protected. People of whom a record begins with these names, in any order of the words; those with most records first. */
export async function findPeople(
  tx: Transaction,
  the: { readonly placeId: number; readonly words: readonly string[]; readonly limit: number },
): Promise<readonly FoundPerson[]> {
  return tx.rows(sql<FoundPerson>`
    select m.person_id as "personId", count(*)::integer as records,
           array_agg(distinct trim(coalesce(r.fields ->> 'forename', '') || ' ' || coalesce(r.fields ->> 'surname', ''))) as names,
           array_remove(array_agg(distinct r.fields ->> 'date_of_birth'), null) as births
      from matched_record m join person_record r on r.place_id = m.place_id and r.record_id = m.record_id
     where m.place_id = ${the.placeId} and m.person_id in (
       select k.person_id from person_record q join matched_record k on k.place_id = q.place_id and k.record_id = q.record_id
        where q.place_id = ${the.placeId} and (${holdsWords(the.words, sql`''`)}
           or ${holdsWords(the.words, sql`coalesce(q.fields ->> 'postcode', '')`)} and not exists (
             select from matched_record o join person_record p on p.place_id = o.place_id and p.record_id = o.record_id
              where o.place_id = k.place_id and o.person_id = k.person_id and p.fields ->> 'protection' is not null))
        limit 2000)
     group by m.person_id order by count(*) desc, m.person_id limit ${the.limit}`);
}

export async function listRecordsOfPerson(
  tx: Transaction,
  placeId: number,
  personId: string,
): Promise<readonly string[]> {
  const rows = await tx.rows(sql<{ recordId: string }>`
    select record_id as "recordId" from matched_record where place_id = ${placeId} and person_id = ${personId}
     order by record_id limit 500`);
  return rows.map(({ recordId }) => recordId);
}

/** The flags that any agency has put on the persons of these records. */
export async function listFlags(
  tx: Transaction,
  placeId: number,
  recordIds: readonly string[],
): Promise<readonly { readonly recordId: string; readonly flags: readonly string[] }[]> {
  return tx.rows(sql<{ recordId: string; flags: readonly string[] }>`
    select m.record_id as "recordId", array_agg(distinct r.fields ->> 'protection') as flags
      from matched_record m
      join matched_record k on k.place_id = m.place_id and k.person_id = m.person_id
      join person_record r on r.place_id = k.place_id and r.record_id = k.record_id
     where m.place_id = ${placeId} and m.record_id = any(${recordIds}::uuid[]) and r.fields ->> 'protection' is not null
     group by m.record_id order by m.record_id limit 1000`);
}

export type HouseholdPerson = {
  readonly personId: string;
  readonly known: "seen" | "placed" | "followed";
  readonly from: string | null;
  readonly to: string | null;
  readonly name: string;
  readonly records: number;
};

/** Who lives with a person on the day of the run, the person too; nobody where nothing may be inferred. */
export async function listHousehold(
  tx: Transaction,
  placeId: number,
  personId: string,
): Promise<readonly HouseholdPerson[]> {
  return tx.rows(sql<HouseholdPerson>`
    select h.person_id as "personId", h.known, to_char(h.from_day, 'YYYY-MM-DD') as "from", to_char(h.to_day, 'YYYY-MM-DD') as "to",
           mode() within group (order by trim(coalesce(r.fields ->> 'forename', '') || ' ' || coalesce(r.fields ->> 'surname', ''))) as name,
           count(*)::integer as records
      from household_member h
      join matched_record m on m.place_id = h.place_id and m.person_id = h.person_id
      join person_record r on r.place_id = m.place_id and r.record_id = m.record_id
     where h.place_id = ${placeId} and h.household_id = (
       select household_id from household_member where place_id = ${placeId} and person_id = ${personId})
     group by h.person_id, h.known, h.from_day, h.to_day order by min(r.fields ->> 'date_of_birth'), h.person_id limit 100`);
}

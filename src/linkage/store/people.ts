/** People as the standing run has them, found by name or by record, and their households. In the family role. */
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import { cameUnder, isProtected, nameOfRecord, type UnderAgreement } from "./records.ts";

export type FoundPerson = {
  readonly personId: string;
  readonly records: number;
  readonly names: readonly string[];
  readonly births: readonly string[];
};

/**
 * People of whom a record begins with these names, in any order of the words; those with most records first. Whoever is protected is not
 * found by a postcode, which would say where they live.
 */
export async function findPeople(
  tx: Transaction,
  the: UnderAgreement & { readonly words: readonly string[]; readonly limit: number },
): Promise<readonly FoundPerson[]> {
  const postcode = sql`coalesce(q.fields ->> 'postcode', '')`;
  const all = (more: Fragment) => sql`not exists (
    select from unnest(${the.words}::text[]) as word
     where ' ' || lower(coalesce(q.fields ->> 'forename', '') || ' ' || coalesce(q.fields ->> 'surname', '') || ' '
             || q.reference || ' ' || ${more}) not like '% ' || word || '%')`;
  return tx.rows(sql<FoundPerson>`
    select m.person_id as "personId", count(*)::integer as records,
           array_agg(distinct ${nameOfRecord}) as names,
           array_remove(array_agg(distinct r.fields ->> 'date_of_birth'), null) as births
      from matched_record m join person_record r on r.place_id = m.place_id and r.record_id = m.record_id
     where m.place_id = ${the.placeId} and ${cameUnder(sql`m.record_id`, the)} and m.person_id in (
       select k.person_id from person_record q join matched_record k on k.place_id = q.place_id and k.record_id = q.record_id
        where q.place_id = ${the.placeId} and ${cameUnder(sql`q.record_id`, the)} and ${all(postcode)}
          and (${all(sql`''`)} or not ${isProtected(sql`k.person_id`, the.placeId)})
        limit 2000)
     group by m.person_id order by count(*) desc, m.person_id limit ${the.limit}`);
}

export async function listRecordsOfPerson(
  tx: Transaction,
  the: UnderAgreement & { readonly personId: string },
): Promise<readonly string[]> {
  const rows = await tx.rows(sql<{ recordId: string }>`
    select record_id as "recordId" from matched_record m
     where place_id = ${the.placeId} and person_id = ${the.personId} and ${cameUnder(sql`m.record_id`, the)}
     order by record_id limit 500`);
  return rows.map(({ recordId }) => recordId);
}

/** More records than any family has: of a list that was cut off nothing could be said to be whole. */
const MOST_AROUND = 5000;

/** Records of some people, whatever they came under: what shows of them is decided by who asks. */
export async function listRecordsOfPeople(
  tx: Transaction,
  { placeId, personIds }: { readonly placeId: number; readonly personIds: readonly string[] },
): Promise<readonly { readonly recordId: string; readonly personId: string }[] | "too_many"> {
  const rows = await tx.rows(sql<{ recordId: string; personId: string }>`
    select record_id as "recordId", person_id as "personId" from matched_record
     where place_id = ${placeId} and person_id = any(${personIds}::uuid[]) order by record_id limit ${MOST_AROUND + 1}`);
  return rows.length > MOST_AROUND ? "too_many" : rows;
}

export type HouseholdPerson = {
  readonly personId: string;
  readonly known: "seen" | "placed" | "followed";
  readonly from: string | null;
  readonly to: string | null;
  readonly name: string;
  readonly records: number;
};

/**
 * Who lives with a person on the day of the run, the person too, while all records that say so are there under the agreement; nobody who is
 * protected, and nobody at all where the person is.
 */
export async function listHousehold(
  tx: Transaction,
  the: UnderAgreement & { readonly personId: string },
): Promise<readonly HouseholdPerson[]> {
  const { placeId, personId } = the;
  const stands = (of: Fragment) =>
    sql`not exists (select from unnest(${of}) as e(record_id) where not ${cameUnder(sql`e.record_id`, the)})`;
  return tx.rows(sql<HouseholdPerson>`
    select h.person_id as "personId", h.known, to_char(h.from_day, 'YYYY-MM-DD') as "from", to_char(h.to_day, 'YYYY-MM-DD') as "to",
           mode() within group (order by ${nameOfRecord}) as name,
           count(*)::integer as records
      from household_member h
      join matched_record m on m.place_id = h.place_id and m.person_id = h.person_id
      join person_record r on r.place_id = m.place_id and r.record_id = m.record_id
     where h.place_id = ${placeId} and h.household_id = (
       select own.household_id from household_member own
        where own.place_id = ${placeId} and own.person_id = ${personId} and not ${isProtected(sql`own.person_id`, placeId)}
          and ${stands(sql`own.record_ids`)})
       and not ${isProtected(sql`h.person_id`, placeId)} and ${cameUnder(sql`m.record_id`, the)} and ${stands(sql`h.record_ids`)}
     group by h.person_id, h.known, h.from_day, h.to_day order by min(r.fields ->> 'date_of_birth'), h.person_id limit 100`);
}

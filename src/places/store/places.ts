/** Places, their addresses and areas, and the national register of councils and wards. */
import type { Day } from "../../lib/day.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import { field, type PlaceInHand } from "../../platform/use-case/index.ts";

export type PlaceRow = {
  readonly placeId: number;
  readonly slug: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly kind: "whole_place" | "council" | "programme";
  readonly colour: string | null;
  readonly businessDate: Day | null;
  readonly demonstration: boolean;
};

/** Finds a place by its own address, or by that of an area inside it: the place is then narrowed to the area. */
export async function findPlace(tx: Transaction, slug: string): Promise<PlaceInHand | null> {
  if (!field.slug.safeParse(slug).success) return null;
  const row = await tx.maybe(sql<PlaceRow & { areaId: string | null }>`
    select p.place_id as "placeId", p.slug, p.name, p.name_welsh as "nameWelsh", p.kind, p.business_date as "businessDate",
           p.demonstration, a.area_id as "areaId"
      from place_address a join place p on p.place_id = a.place_id
     where a.slug = ${slug}`);
  if (row === null) return null;
  const place = { ...row, area: null };
  if (row.areaId === null) return place;
  await enterPlace(tx, row.placeId);
  const area = await tx.one(sql<NonNullable<PlaceInHand["area"]>>`
    select area_id as "areaId", slug, name, name_welsh as "nameWelsh" from area
     where place_id = ${row.placeId} and area_id = ${row.areaId}`);
  return { ...place, area };
}

/** From here on the transaction is in the name of this place: for one that began before the place was known. */
export async function enterPlace(tx: Transaction, placeId: number): Promise<void> {
  await tx.one(sql`select set_config('app.place_id', ${String(placeId)}, true) as place`);
}

export async function listPlaces(tx: Transaction): Promise<readonly PlaceRow[]> {
  return tx.rows(sql<PlaceRow>`
    select place_id as "placeId", slug, name, name_welsh as "nameWelsh", kind, colour, business_date as "businessDate", demonstration
      from place order by kind desc, name limit 1000`);
}

export type PlaceToOpen = Omit<PlaceRow, "placeId">;

/** The new place's number, or null where the address is taken. */
export async function insertPlace(tx: Transaction, place: PlaceToOpen): Promise<number | null> {
  const made = await tx.maybe(sql<{ placeId: number }>`
    insert into place (slug, name, name_welsh, kind, colour, business_date, demonstration)
    values (${place.slug}, ${place.name}, ${place.nameWelsh}, ${place.kind}, ${place.colour}, ${place.businessDate}, ${place.demonstration})
    on conflict (slug) do nothing returning place_id as "placeId"`);
  if (made === null) return null;
  const addressed = await insertAddress(tx, { slug: place.slug, placeId: made.placeId, areaId: null });
  return addressed ? made.placeId : null;
}

async function insertAddress(
  tx: Transaction,
  the: { readonly slug: string; readonly placeId: number; readonly areaId: string | null },
): Promise<boolean> {
  const count = await tx.run(
    sql`insert into place_address (slug, place_id, area_id) values (${the.slug}, ${the.placeId}, ${the.areaId}) on conflict (slug) do nothing`,
    "any",
  );
  return count === 1;
}

export type Area = {
  readonly areaId: string;
  readonly slug: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly kind: "council" | "neighbourhood";
  readonly councilGss: string | null;
  readonly insideAreaId: string | null;
  readonly source: string | null;
};

/** False where the address is taken, here or anywhere. An abolished or doubled address gets none of its own. */
export async function insertArea(tx: Transaction, placeId: number, area: Area): Promise<boolean> {
  await tx.run(
    sql`insert into area (place_id, area_id, slug, name, name_welsh, kind, council_gss, inside_area_id, source)
        values (${placeId}, ${area.areaId}, ${area.slug}, ${area.name}, ${area.nameWelsh}, ${area.kind}, ${area.councilGss},
                ${area.insideAreaId}, ${area.source})
        on conflict (place_id, slug) do nothing`,
    "any",
  );
  return insertAddress(tx, { slug: area.slug, placeId, areaId: area.areaId });
}

export type AreaPart = { readonly code: string | null; readonly name: string; readonly source: string | null };

export async function insertAreaParts(
  tx: Transaction,
  the: { readonly placeId: number; readonly areaId: string; readonly parts: readonly AreaPart[] },
) {
  for (const [index, part] of the.parts.entries())
    await tx.run(
      sql`insert into area_part (place_id, area_id, part_number, code, name, source)
          values (${the.placeId}, ${the.areaId}, ${index + 1}, ${part.code}, ${part.name}, ${part.source})`,
      1,
    );
}

export async function hasArea(
  tx: Transaction,
  the: { readonly placeId: number; readonly areaId: string },
): Promise<boolean> {
  const found = await tx.maybe(sql<{ areaId: string }>`
    select area_id as "areaId" from area where place_id = ${the.placeId} and area_id = ${the.areaId}`);
  return found !== null;
}

export async function listAreas(
  tx: Transaction,
  placeId: number,
): Promise<readonly (Area & { readonly parts: readonly string[] })[]> {
  return tx.rows(sql<Area & { readonly parts: readonly string[] }>`
    select a.area_id as "areaId", a.slug, a.name, a.name_welsh as "nameWelsh", a.kind, a.council_gss as "councilGss",
           a.inside_area_id as "insideAreaId", a.source,
           coalesce((select array_agg(p.name order by p.part_number) from area_part p
                      where p.place_id = a.place_id and p.area_id = a.area_id), '{}') as parts
      from area a where a.place_id = ${placeId} order by a.kind, a.name limit 1000`);
}

export type Council = {
  readonly gssCode: string;
  readonly slug: string;
  readonly name: string;
  readonly officialName: string;
  readonly nameWelsh: string | null;
  readonly kind: string;
  readonly nation: string;
  readonly combinedAuthority: string | null;
  readonly endsOn: Day | null;
};

const councilColumns = sql`gss_code as "gssCode", slug, name, official_name as "officialName", name_welsh as "nameWelsh", kind, nation,
  combined_authority as "combinedAuthority", ends_on as "endsOn"`;

export async function findCouncils(tx: Transaction, gssCodes: readonly string[]): Promise<readonly Council[]> {
  return tx.rows(
    sql<Council>`select ${councilColumns} from council where gss_code = any(${gssCodes}) order by name limit 500`,
  );
}

export async function findCouncilBySlug(tx: Transaction, slug: string): Promise<Council | null> {
  const found = await tx.rows(sql<Council>`
    select ${councilColumns} from council where slug = ${slug} order by ends_on desc nulls first limit 1`);
  return found[0] ?? null;
}

/** The living councils of a combined authority. */
export async function findMembers(tx: Transaction, combinedAuthorityGss: string): Promise<readonly Council[]> {
  return tx.rows(sql<Council>`
    select ${councilColumns} from council
     where ends_on is null and combined_authority_gss = ${combinedAuthorityGss} order by name limit 100`);
}

export async function findWards(
  tx: Transaction,
  codes: readonly string[],
): Promise<readonly { readonly code: string; readonly name: string }[]> {
  return tx.rows(sql<{ code: string; name: string }>`
    select distinct ward_code as code, name from ward where ward_code = any(${codes}) limit 1000`);
}

export async function searchCouncils(tx: Transaction, words: string): Promise<readonly Council[]> {
  return tx.rows(sql<Council>`
    select ${councilColumns} from council
     where ends_on is null and (name ilike ${`%${words}%`} or official_name ilike ${`%${words}%`}) order by name limit 50`);
}

/** The record whose pound the start page follows, where one was chosen. */
export async function findFollowedRecord(tx: Transaction, placeId: number): Promise<string | null> {
  const { record } = await tx.one(sql<{ record: string | null }>`
    select followed_record as record from place where place_id = ${placeId}`);
  return record;
}

export async function followOnStartPage(
  tx: Transaction,
  the: { readonly placeId: number; readonly recordId: string },
): Promise<void> {
  await tx.run(sql`update place set followed_record = ${the.recordId} where place_id = ${the.placeId}`, 1);
}

export async function updateColour(
  tx: Transaction,
  the: { readonly placeId: number; readonly colour: string | null },
): Promise<void> {
  await tx.run(sql`update place set colour = ${the.colour} where place_id = ${the.placeId}`, 1);
}

/** What the navigation shows: the rooms that have content. In an area, money is what its partners publish, pay or host. */
export async function placeContents(
  tx: Transaction,
  { placeId, areaId }: { readonly placeId: number; readonly areaId: string | null },
): Promise<{ readonly colour: string | null; readonly hasMoney: boolean; readonly hasPartners: boolean }> {
  const its = sql`place_id = ${placeId} and (${areaId}::uuid is null or area_id = ${areaId}::uuid)`;
  const ofPartner = (column: string) =>
    sql`place_id = ${placeId} and (${areaId}::uuid is null or ${sql.ref(column)} in (select partner_id from partner where ${its}))`;
  return tx.one(sql<{ colour: string | null; hasMoney: boolean; hasPartners: boolean }>`
    select p.colour,
           exists (select 1 from spend_file where ${ofPartner("publisher_id")})
             or exists (select 1 from stream where ${ofPartner("payer_id")}) or exists (select 1 from pot where ${its})
             or exists (select 1 from pot where area_id is null and ${ofPartner("host_id")}) as "hasMoney",
           exists (select 1 from partner where place_id = ${placeId}) as "hasPartners"
      from place p where p.place_id = ${placeId}`);
}

/** The national register in the database: reference tables that every place reads. */
import { sql, type Transaction } from "../../platform/database/index.ts";

export type RegisterRow = Readonly<Record<string, string>>;

/** The edition that is there; locked, so that two starts at once load it once. */
export async function findEdition(tx: Transaction): Promise<string | null> {
  const kept = await tx.maybe(sql<{ value: string }>`
    select value from deployment where name = 'register_edition' for update`);
  return kept?.value ?? null;
}

export async function keepEdition(tx: Transaction, edition: string): Promise<void> {
  await tx.run(
    sql`insert into deployment (name, value) values ('register_edition', ${edition})
        on conflict (name) do update set value = excluded.value`,
    1,
  );
}

/** Rows without a code (districts of Northern Ireland before 2015) have no place in the register. */
export async function upsertCouncils(tx: Transaction, rows: readonly RegisterRow[]): Promise<void> {
  await tx.run(
    sql`insert into council (gss_code, slug, name, official_name, name_welsh, kind, nation, region, county_gss,
          combined_authority_gss, combined_authority, starts_on, ends_on, replaced_by)
        select gss_code, slug, name, official_name, nullif(welsh_name, ''), kind, nation, nullif(region, ''), nullif(county_gss, ''),
               nullif(combined_authority_gss, ''), nullif(combined_authority_name, ''), nullif(start_date, '')::date, nullif(end_date, '')::date, nullif(replaced_by, '')
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (gss_code text, slug text, name text,
               official_name text, welsh_name text, kind text, nation text, region text, county_gss text,
               combined_authority_gss text, combined_authority_name text, start_date text, end_date text, replaced_by text)
         where gss_code <> ''
        on conflict (gss_code) do update set slug = excluded.slug, name = excluded.name, official_name = excluded.official_name,
          name_welsh = excluded.name_welsh, kind = excluded.kind, nation = excluded.nation, region = excluded.region,
          county_gss = excluded.county_gss,
          combined_authority_gss = excluded.combined_authority_gss, combined_authority = excluded.combined_authority,
          starts_on = excluded.starts_on, ends_on = excluded.ends_on, replaced_by = excluded.replaced_by`,
    "any",
  );
}

export async function upsertWards(tx: Transaction, rows: readonly RegisterRow[]): Promise<void> {
  await tx.run(
    sql`insert into ward (ward_code, name, council_gss)
        select ward_code, name, council_gss
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (ward_code text, name text, council_gss text)
        on conflict (ward_code, council_gss) do update set name = excluded.name`,
    "any",
  );
}

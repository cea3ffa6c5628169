/** Partners with their public identifiers, themes, services with the families they reach, and published figures. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import { type SuppressedCount, suppressCount } from "../domain/suppress.ts";

export const PARTNER_KINDS = [
  "council",
  "police",
  "nhs",
  "jobcentre",
  "housing_association",
  "school",
  "fire",
  "probation",
  "department",
  "charity",
  "social_enterprise",
  "company",
  "community_group",
  "other",
] as const;
export const PARTNER_PARTS = ["funder", "commissioner", "provider", "host", "centre"] as const;

export type Partner = {
  readonly partnerId: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly kind: (typeof PARTNER_KINDS)[number];
  readonly parts: readonly (typeof PARTNER_PARTS)[number][];
  readonly areaId: string | null;
  readonly madeUp: boolean;
};
export type Identifier = { readonly scheme: string; readonly identifier: string };

const partnerColumns = sql`p.partner_id as "partnerId", p.name, p.name_welsh as "nameWelsh", p.kind, p.parts, p.area_id as "areaId", p.made_up as "madeUp"`;

export async function listPartners(
  tx: Transaction,
  placeId: number,
): Promise<readonly (Partner & { readonly identifiers: readonly Identifier[] })[]> {
  return tx.rows(sql<Partner & { readonly identifiers: readonly Identifier[] }>`
    select ${partnerColumns},
           coalesce((select jsonb_agg(jsonb_build_object('scheme', i.scheme, 'identifier', i.identifier) order by i.scheme)
                       from partner_identifier i where i.place_id = p.place_id and i.partner_id = p.partner_id), '[]') as identifiers
      from partner p where p.place_id = ${placeId} order by p.name limit 5000`);
}

export async function findPartner(tx: Transaction, placeId: number, partnerId: string): Promise<Partner | null> {
  return tx.maybe(
    sql<Partner>`select ${partnerColumns} from partner p where p.place_id = ${placeId} and p.partner_id = ${partnerId}`,
  );
}

/** The council partner that publishes for an area. */
export async function findAreaPartner(tx: Transaction, placeId: number, areaId: string): Promise<Partner | null> {
  const found = await tx.rows(sql<Partner>`
    select ${partnerColumns} from partner p
     where p.place_id = ${placeId} and p.area_id = ${areaId} and p.kind = 'council' order by p.name limit 1`);
  return found[0] ?? null;
}

export async function insertPartner(
  tx: Transaction,
  placeId: number,
  the: { readonly partner: Partner; readonly identifiers: readonly Identifier[] },
): Promise<boolean> {
  const partner = the.partner;
  const made = await tx.run(
    sql`insert into partner (place_id, partner_id, name, name_welsh, kind, parts, area_id, made_up)
        values (${placeId}, ${partner.partnerId}, ${partner.name}, ${partner.nameWelsh}, ${partner.kind}, ${partner.parts}, ${partner.areaId}, ${partner.madeUp})
        on conflict (place_id, name) do nothing`,
    "any",
  );
  if (made === 0) return false;
  for (const { scheme, identifier } of the.identifiers)
    await tx.run(
      sql`insert into partner_identifier (place_id, partner_id, scheme, identifier) values (${placeId}, ${partner.partnerId}, ${scheme}, ${identifier})`,
      1,
    );
  return true;
}

export type Theme = {
  readonly themeId: string;
  readonly slug: string;
  readonly name: string;
  readonly nameWelsh: string | null;
};

export async function listThemes(tx: Transaction, placeId: number): Promise<readonly Theme[]> {
  return tx.rows(sql<Theme>`
    select theme_id as "themeId", slug, name, name_welsh as "nameWelsh" from theme where place_id = ${placeId} order by position, name limit 200`);
}

export async function insertTheme(tx: Transaction, placeId: number, theme: Theme): Promise<boolean> {
  const made = await tx.run(
    sql`insert into theme (place_id, theme_id, slug, name, name_welsh, position)
        select ${placeId}, ${theme.themeId}, ${theme.slug}, ${theme.name}, ${theme.nameWelsh}, count(*) + 1 from theme where place_id = ${placeId}
        on conflict (place_id, slug) do nothing`,
    "any",
  );
  return made === 1;
}

export type Service = {
  readonly serviceId: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly description: string;
  readonly providerId: string;
  readonly themeId: string | null;
  readonly areaId: string | null;
};

const serviceColumns = sql`s.service_id as "serviceId", s.name, s.name_welsh as "nameWelsh", s.description, s.provider_id as "providerId",
  s.theme_id as "themeId", s.area_id as "areaId"`;

/** Of an area: those of all of the place, of the area, and of what lies inside it. */
export async function listServices(
  tx: Transaction,
  the: { readonly placeId: number; readonly areaId: string | null },
): Promise<readonly (Service & { readonly provider: string; readonly theme: string | null })[]> {
  return tx.rows(sql<Service & { readonly provider: string; readonly theme: string | null }>`
    select ${serviceColumns}, p.name as provider, t.name as theme
      from service s join partner p on p.place_id = s.place_id and p.partner_id = s.provider_id
      left join theme t on t.place_id = s.place_id and t.theme_id = s.theme_id
     where s.place_id = ${the.placeId} and (${the.areaId}::uuid is null or s.area_id = ${the.areaId}::uuid or s.area_id is null
         or s.area_id in (select area_id from area where place_id = ${the.placeId} and inside_area_id = ${the.areaId}::uuid))
     order by s.name limit 2000`);
}

export async function findService(
  tx: Transaction,
  placeId: number,
  serviceId: string,
): Promise<(Service & { readonly provider: string }) | null> {
  return tx.maybe(sql<Service & { readonly provider: string }>`
    select ${serviceColumns}, p.name as provider from service s
      join partner p on p.place_id = s.place_id and p.partner_id = s.provider_id
     where s.place_id = ${placeId} and s.service_id = ${serviceId}`);
}

export async function insertService(tx: Transaction, placeId: number, service: Service): Promise<boolean> {
  const made = await tx.run(
    sql`insert into service (place_id, service_id, name, name_welsh, description, provider_id, theme_id, area_id)
        values (${placeId}, ${service.serviceId}, ${service.name}, ${service.nameWelsh}, ${service.description}, ${service.providerId},
                ${service.themeId}, ${service.areaId})
        on conflict (place_id, name) do nothing`,
    "any",
  );
  return made === 1;
}

export type Reach = {
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly families: number;
  readonly source: string;
};

/** False where the service has reported for a period that starts on this day already. */
export async function insertReach(
  tx: Transaction,
  placeId: number,
  the: Reach & { readonly serviceId: string },
): Promise<boolean> {
  const made = await tx.run(
    sql`insert into service_reach (place_id, service_id, starts_on, ends_on, families, source)
        values (${placeId}, ${the.serviceId}, ${the.startsOn}, ${the.endsOn}, ${the.families}, ${the.source})
        on conflict (place_id, service_id, starts_on) do nothing`,
    "any",
  );
  return made === 1;
}

/** What anyone may see of it: the exact count stays in the database. */
export type ShownReach = Omit<Reach, "families"> & { readonly count: SuppressedCount };

/** The newest period first, with suppressed counts. */
export async function listReach(tx: Transaction, placeId: number, serviceId: string): Promise<readonly ShownReach[]> {
  const exact = await tx.rows(sql<Reach>`
    select starts_on as "startsOn", ends_on as "endsOn", families, source from service_reach
     where place_id = ${placeId} and service_id = ${serviceId} order by starts_on desc limit 100`);
  return exact.map(({ families, ...period }) => ({ ...period, count: suppressCount(families) }));
}

export type PublishedFigure = {
  readonly figureId: string;
  readonly key: string;
  readonly label: string;
  readonly labelWelsh: string | null;
  readonly valueText: string;
  readonly amountPence: Pence | null;
  readonly unit: string;
  readonly period: string;
  readonly dated: string;
  readonly priceYear: string | null;
  readonly source: string;
  readonly publisher: string;
  readonly confidence: string;
  readonly note: string;
  readonly disagreesWith: readonly string[];
};

export async function insertFigure(tx: Transaction, placeId: number, figure: PublishedFigure): Promise<void> {
  await tx.run(
    sql`insert into published_figure (place_id, figure_id, key, label, label_welsh, value_text, amount_pence, unit, period, dated,
          price_year, source, publisher, confidence, note, disagrees_with)
        values (${placeId}, ${figure.figureId}, ${figure.key}, ${figure.label}, ${figure.labelWelsh}, ${figure.valueText},
          ${figure.amountPence}, ${figure.unit}, ${figure.period}, ${figure.dated}, ${figure.priceYear}, ${figure.source},
          ${figure.publisher}, ${figure.confidence}, ${figure.note}, ${figure.disagreesWith})`,
    1,
  );
}

export async function listFigures(tx: Transaction, placeId: number): Promise<readonly PublishedFigure[]> {
  return tx.rows(sql<PublishedFigure>`
    select figure_id as "figureId", key, label, label_welsh as "labelWelsh", value_text as "valueText", amount_pence as "amountPence",
           unit, period, dated, price_year as "priceYear", source, publisher, confidence, note, disagrees_with as "disagreesWith"
      from published_figure where place_id = ${placeId} order by key limit 500`);
}

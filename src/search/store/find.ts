/**
 * The statements of the search, one a kind, over tables of every subject: they read, they are limited, and they take only
 * what says what a record is (README.md says why they stand here).
 */
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import { KEPT, MOVED } from "./beside.ts";
import {
  type Bought,
  type FoundKind,
  type FoundRow,
  matches,
  near,
  nearPot,
  ofPot,
  type Sought,
  type Statement,
  select,
} from "./parts.ts";

export const SHOWN = 20;
/** Counted no further than this. */
export const MOST_FOUND = 1000;

const STATEMENTS: Readonly<Record<FoundKind, Statement>> = {
  partner: (sought) => sql`
    ${select({ id: sql`p.partner_id::text`, title: sql`p.name`, titleWelsh: sql`p.name_welsh`, sub: sql`p.kind` })}
      from partner p
     where p.place_id = ${sought.placeId} and (${near(sought, sql`p.area_id`)} or p.area_id is null)
       and ${matches(
         sought,
         sql`concat_ws(' ', p.name, p.name_welsh, (select string_agg(i.identifier, ' ') from partner_identifier i
              where i.place_id = p.place_id and i.partner_id = p.partner_id))`,
       )}`,
  service: (sought) => sql`
    ${select({ id: sql`s.service_id::text`, title: sql`s.name`, titleWelsh: sql`s.name_welsh`, sub: sql`p.name` })}
      from service s join partner p on p.place_id = s.place_id and p.partner_id = s.provider_id
     where s.place_id = ${sought.placeId} and (${near(sought, sql`s.area_id`)} or s.area_id is null)
       and ${matches(sought, sql`concat_ws(' ', s.name, s.name_welsh, s.description, p.name)`)}`,
  area: (sought) => sql`
    ${select({ id: sql`a.area_id::text`, title: sql`a.name`, titleWelsh: sql`a.name_welsh`, sub: sql`a.kind`, slug: sql`a.slug` })}
      from area a
     where a.place_id = ${sought.placeId} and ${near(sought, sql`a.area_id`, sql`a.inside_area_id`)}
       and ${matches(
         sought,
         sql`concat_ws(' ', a.name, a.name_welsh, (select string_agg(b.name, ' ') from area_part b
              where b.place_id = a.place_id and b.area_id = a.area_id))`,
       )}`,
  theme: (sought) => sql`
    ${select({ id: sql`t.theme_id::text`, title: sql`t.name`, titleWelsh: sql`t.name_welsh`, slug: sql`t.slug` })}
      from theme t where t.place_id = ${sought.placeId} and ${matches(sought, sql`concat_ws(' ', t.name, t.name_welsh)`)}`,
  stream: (sought) => sql`
    ${select({
      id: sql`s.stream_id::text`,
      title: sql`s.name`,
      titleWelsh: sql`s.name_welsh`,
      sub: sql`p.name`,
      amountPence: sql`s.amount_pence`,
      date: sql`s.starts_on`,
    })}
      from stream s join partner p on p.place_id = s.place_id and p.partner_id = s.payer_id
     where s.place_id = ${sought.placeId} and (${near(sought, sql`p.area_id`)} or exists (
             select from contribution c join pot o on o.place_id = c.place_id and o.pot_id = c.pot_id
              where c.place_id = s.place_id and c.stream_id = s.stream_id and ${near(sought, sql`o.area_id`)}))
       and ${matches(sought, sql`concat_ws(' ', s.name, s.name_welsh, p.name, s.power)`)}`,
  pot: (sought) => sql`
    ${select({
      id: sql`o.pot_id::text`,
      title: sql`o.name`,
      titleWelsh: sql`o.name_welsh`,
      sub: sql`o.purpose`,
      date: sql`o.opened_on`,
      slug: sql`o.slug`,
    })}
      from pot o join partner h on h.place_id = o.place_id and h.partner_id = o.host_id
     where o.place_id = ${sought.placeId} and ${nearPot(sought)}
       and ${matches(sought, sql`concat_ws(' ', o.name, o.name_welsh, o.purpose, h.name)`)}`,
  allocation: (sought) => sql`
    ${select({
      id: sql`a.allocation_id::text`,
      title: sql`a.name`,
      titleWelsh: sql`a.name_welsh`,
      sub: sql`o.name`,
      amountPence: sql`a.amount_pence`,
      date: sql`a.decided_on`,
    })}
      from allocation a ${ofPot(sql`a`)}
     where a.place_id = ${sought.placeId} and ${nearPot(sought)}
       and ${matches(sought, sql`concat_ws(' ', a.name, a.name_welsh, a.purpose, a.decided_by)`)}`,
  commitment: (sought) =>
    bought(sought, { table: sql`commitment`, id: sql`b.commitment_id::text`, on: sql`b.committed_on` }),
  payment: (sought) => bought(sought, { table: sql`payment`, id: sql`b.payment_id::text`, on: sql`b.paid_on` }),
  ...MOVED,
  ...KEPT,
  // Summed first, and kept so by "offset 0": a name is folded once, not once for each month and service area.
  supplier: (sought) => sql`
    ${select({
      id: sql`s.supplier`,
      title: sql`s.supplier`,
      sub: sql`s.lines::text`,
      amountPence: sql`s.amount_pence`,
      date: sql`s.month`,
    })}
      from (select u.supplier, sum(u.lines) as lines, sum(u.amount_pence)::bigint as amount_pence, max(u.month) as month
              from spend_sum u join partner p on p.place_id = u.place_id and p.partner_id = u.publisher_id
             where u.place_id = ${sought.placeId} and ${near(sought, sql`p.area_id`)}
             group by u.supplier offset 0) as s
     where ${matches(sought, sql`s.supplier`)}`,
  // The reference alone is looked at first: it is short, and few lines are left to look at with their supplier.
  spend_line: (sought) => sql`
    ${select({
      id: sql`l.file_id::text || '.' || l.row_number::text`,
      title: sql`l.reference`,
      sub: sql`l.supplier`,
      amountPence: sql`l.amount_pence`,
      date: sql`l.paid_on`,
    })}
      from spend_line l join partner p on p.place_id = l.place_id and p.partner_id = l.publisher_id
     where l.place_id = ${sought.placeId} and ${near(sought, sql`p.area_id`)}
       and lower(l.reference) like any (${sought.patterns}::text[])
       and ${matches(sought, sql`concat_ws(' ', l.reference, l.supplier)`)}`,
  document: (sought) => sql`
    ${select({
      id: sql`d.document_id::text`,
      title: sql`d.name`,
      date: sql`(d.added_at at time zone 'Europe/London')::date`,
      about: sql`d.record_id`,
    })}
      from document d
     where d.place_id = ${sought.placeId} and d.withdrawn_at is null and (${sought.inside} or d.public)
       and ${matches(sought, sql`d.name`)}`,
  question: (sought) => sql`
    ${select({
      id: sql`q.question_id::text`,
      title: sql`q.words`,
      date: sql`(q.asked_at at time zone 'Europe/London')::date`,
      about: sql`q.record_id`,
    })}
      from question q
     where q.place_id = ${sought.placeId}
       and ${matches(
         sought,
         sql`concat_ws(' ', q.words, (select string_agg(a.words, ' ') from answer a
              where a.place_id = q.place_id and a.question_id = q.question_id))`,
       )}`,
};

/** A commitment or a payment is known by its reference, its supplier and its service. */
function bought(sought: Sought, { table, id, on }: Bought): Fragment {
  return sql`
    ${select({
      id,
      title: sql`p.name`,
      titleWelsh: sql`p.name_welsh`,
      sub: sql`concat_ws(', ', nullif(b.reference, ''), v.name)`,
      amountPence: sql`b.amount_pence`,
      date: on,
    })}
      from ${table} b ${ofPot(sql`b`)}
      join partner p on p.place_id = b.place_id and p.partner_id = b.supplier_id
      join service v on v.place_id = b.place_id and v.service_id = b.service_id
     where b.place_id = ${sought.placeId} and ${nearPot(sought)}
       and ${matches(sought, sql`concat_ws(' ', b.reference, p.name, v.name)`)}`;
}

/** The latest first, then by title; the first ones, each with how many there are. */
export async function findByWords(tx: Transaction, kind: FoundKind, sought: Sought): Promise<readonly FoundRow[]> {
  return tx.rows(sql<FoundRow>`
    select found.*, count(*) over ()::integer as total
      from (${STATEMENTS[kind](sought)} limit ${MOST_FOUND}) as found
     order by date desc nulls last, title, "recordId" limit ${SHOWN}`);
}

export type Named = {
  readonly kind: "partner" | "area" | "theme" | "spend_file";
  readonly title: string;
  readonly titleWelsh: string | null;
  readonly slug: string | null;
};

/** Records that are no step of "follow the pound". Ids are of one space, so at most one is found. */
export async function findNamed(tx: Transaction, placeId: number, id: string): Promise<Named | null> {
  return tx.maybe(sql<Named>`
    select 'partner' as kind, name as title, name_welsh as "titleWelsh", null as slug
      from partner where place_id = ${placeId} and partner_id = ${id}::uuid
    union all select 'area', name, name_welsh, slug from area where place_id = ${placeId} and area_id = ${id}::uuid
    union all select 'theme', name, name_welsh, slug from theme where place_id = ${placeId} and theme_id = ${id}::uuid
    union all select 'spend_file', name, null, null from spend_file where place_id = ${placeId} and file_id = ${id}::uuid
    limit 1`);
}

/** A pot has an address by its name. */
export async function findPotSlug(tx: Transaction, placeId: number, potId: string): Promise<string | null> {
  const row = await tx.maybe(sql<{ slug: string }>`
    select slug from pot where place_id = ${placeId} and pot_id = ${potId}::uuid`);
  return row?.slug ?? null;
}

/** What every statement of the search is made of: the kinds, the words that must all be found, the area, the columns. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { type Fragment, sql } from "../../platform/database/index.ts";
import { FOLD_FROM, FOLD_TO } from "../domain/folding.ts";

export const KINDS = [
  "partner",
  "service",
  "area",
  "theme",
  "stream",
  "pot",
  "allocation",
  "commitment",
  "payment",
  "contribution",
  "virement",
  "handover",
  "release",
  "credit_note",
  "resolve_item",
  "precommitment",
  "approval",
  "payment_request",
  "code",
  "agreement",
  "supplier",
  "spend_line",
  "document",
  "question",
] as const;
export type FoundKind = (typeof KINDS)[number];

export type FoundRow = {
  readonly recordId: string;
  readonly title: string;
  readonly titleWelsh: string | null;
  readonly sub: string;
  readonly amountPence: Pence | null;
  readonly date: Day | null;
  /** The last part of its address, where it has one. */
  readonly slug: string | null;
  /** The record that a document or a question is about. */
  readonly about: string | null;
  readonly total: number;
};

export type Sought = {
  readonly placeId: number;
  readonly areaId: string | null;
  readonly patterns: readonly string[];
  /** The reader works at the place, so documents that are not public are theirs to find. */
  readonly inside: boolean;
};

const fold = (text: Fragment): Fragment => sql`lower(translate(${text}, ${FOLD_FROM}, ${FOLD_TO}))`;
export const matches = (sought: Sought, text: Fragment): Fragment =>
  sql`${fold(text)} like all (${sought.patterns}::text[])`;
export const near = (sought: Sought, ...areas: readonly Fragment[]): Fragment =>
  sql`(${sought.areaId}::uuid is null or ${sql.join(
    [...areas].map((area) => sql`${area} = ${sought.areaId}::uuid`),
    sql` or `,
  )})`;

/** The columns that a kind fills in; the rest are empty. */
type Columns = {
  readonly id: Fragment;
  readonly title: Fragment;
  readonly titleWelsh?: Fragment;
  readonly sub?: Fragment;
  readonly amountPence?: Fragment;
  readonly date?: Fragment;
  readonly slug?: Fragment;
  readonly about?: Fragment;
};

export const select = (columns: Columns): Fragment => sql`
  select ${columns.id} as "recordId", ${columns.title} as title, ${columns.titleWelsh ?? sql`null::text`} as "titleWelsh",
         ${columns.sub ?? sql`''`} as sub, ${columns.amountPence ?? sql`null::bigint`} as "amountPence",
         ${columns.date ?? sql`null::date`} as date, ${columns.slug ?? sql`null::text`} as slug,
         ${columns.about ?? sql`null::text`} as about`;

export type Statement = (sought: Sought) => Fragment;

/** Of an area: its own pots, and those that a partner of the area hosts for the whole place; never one of another area. */
export const nearPot = (sought: Sought): Fragment =>
  sql`(${near(sought, sql`o.area_id`)} or (o.area_id is null and h.area_id = ${sought.areaId}::uuid))`;

/** Of an area: its own pots alone, as in the lists that leave out what is hosted for the whole place. */
export const ofOwnPot = (sought: Sought): Fragment => near(sought, sql`o.area_id`);

export function ofPot(alias: Fragment): Fragment {
  return sql`join pot o on o.place_id = ${alias}.place_id and o.pot_id = ${alias}.pot_id
      join partner h on h.place_id = o.place_id and h.partner_id = o.host_id`;
}

export type Bought = { readonly table: Fragment; readonly id: Fragment; readonly on: Fragment };

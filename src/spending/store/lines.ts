/** Published payments as they are looked at: sums by service area, month and supplier, and the lines themselves. */
import { must } from "../../lib/assert.ts";
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";

/** A supplier by its whole name as published, or by a part of it in any case. */
export type SupplierSought = { readonly text: string; readonly whole: boolean };

/** Empty text as a service area means lines that name none. */
export type SpendFilter = {
  readonly placeId: number;
  /** The council or neighbourhood looked at; null for the whole place. */
  readonly areaId: string | null;
  readonly publisherId: string | null;
  readonly serviceArea: string | null;
  readonly supplier: SupplierSought | null;
  /** First days of months, both included. */
  readonly fromMonth: Day | null;
  readonly toMonth: Day | null;
};

function supplierWhere(column: Fragment, sought: SupplierSought | null): Fragment {
  if (sought === null) return sql`true`;
  return sought.whole ? sql`${column} = ${sought.text}` : sql`strpos(lower(${column}), lower(${sought.text})) > 0`;
}

function sumsWhere(filter: SpendFilter): Fragment {
  return sql`s.place_id = ${filter.placeId}
    and (${filter.publisherId}::uuid is null or s.publisher_id = ${filter.publisherId}::uuid)
    and (${filter.areaId}::uuid is null or s.publisher_id in
          (select partner_id from partner where place_id = ${filter.placeId} and area_id = ${filter.areaId}::uuid))
    and (${filter.serviceArea}::text is null or s.service_area = ${filter.serviceArea})
    and ${supplierWhere(sql`s.supplier`, filter.supplier)}
    and (${filter.fromMonth}::date is null or s.month >= ${filter.fromMonth}::date)
    and (${filter.toMonth}::date is null or s.month <= ${filter.toMonth}::date)`;
}

export type SumRow = { readonly name: string; readonly lines: number; readonly amountPence: Pence };
export type Totals = {
  readonly lines: number;
  readonly totalPence: Pence;
  /** Lines below nought, and their sum. */
  readonly creditLines: number;
  readonly creditsPence: Pence;
  readonly fromMonth: Day | null;
  readonly toMonth: Day | null;
  readonly suppliers: number;
};

export type SumsAtOnce = {
  readonly totals: Totals;
  readonly byServiceArea: readonly SumRow[];
  readonly byMonth: readonly SumRow[];
  readonly bySupplier: readonly SumRow[];
};

type Gathered = Totals & { readonly part: "all" | "area" | "month" | "supplier"; readonly name: string };

/** What a page shows of one filter, in one question: its rows are read once, and each grouping of them is made once. */
export async function sumAtOnce(
  tx: Transaction,
  filter: SpendFilter,
  limits: { readonly serviceAreas: number; readonly months: number; readonly suppliers: number },
): Promise<SumsAtOnce> {
  const sums = sql`sum(lines)::integer as lines, sum(amount_pence)::bigint as pence`;
  const noMore = sql`0, 0::bigint, null::date, null::date, 0`;
  const rows = await tx.rows(sql<Gathered>`
    with s as materialized (
           select s.service_area, s.month, s.supplier, s.lines, s.amount_pence, s.credit_lines, s.credits_pence
             from spend_sum s where ${sumsWhere(filter)}),
         by_area as materialized (
           select service_area, ${sums}, sum(credit_lines)::integer as credit_lines, sum(credits_pence)::bigint as credits_pence
             from s group by service_area),
         by_month as materialized (select month, ${sums} from s group by month),
         by_supplier as materialized (select supplier, ${sums} from s group by supplier)
    select 'all' as part, '' as name, coalesce(sum(lines), 0)::integer as lines, coalesce(sum(pence), 0)::bigint as "totalPence",
           coalesce(sum(credit_lines), 0)::integer as "creditLines", coalesce(sum(credits_pence), 0)::bigint as "creditsPence",
           (select min(month) from by_month) as "fromMonth", (select max(month) from by_month) as "toMonth",
           (select count(*)::integer from by_supplier) as suppliers
      from by_area
    union all (select 'area', service_area, lines, pence, ${noMore} from by_area order by pence desc, service_area limit ${limits.serviceAreas})
    union all (select 'month', month::text, lines, pence, ${noMore} from by_month order by month limit ${limits.months})
    union all (select 'supplier', supplier, lines, pence, ${noMore} from by_supplier order by pence desc, supplier limit ${limits.suppliers})`);
  const of = (part: Gathered["part"]): readonly SumRow[] =>
    rows
      .filter((row) => row.part === part)
      .map(({ name, lines, totalPence }) => ({ name, lines, amountPence: totalPence }));
  const all = must(
    rows.find(({ part }) => part === "all"),
    "a sum of nothing is nought",
  );
  const { lines, totalPence, creditLines, creditsPence, fromMonth, toMonth, suppliers } = all;
  return {
    totals: { lines, totalPence, creditLines, creditsPence, fromMonth, toMonth, suppliers },
    byServiceArea: of("area"),
    byMonth: of("month"),
    bySupplier: of("supplier"),
  };
}

/** True where a supplier has exactly this name here. */
export async function isSupplier(tx: Transaction, placeId: number, name: string): Promise<boolean> {
  const found = await tx.rows(
    sql`select 1 from spend_sum s where s.place_id = ${placeId} and s.supplier = ${name} limit 1`,
  );
  return found.length === 1;
}

/** What there is to choose from in a place or an area of it, whatever is filtered now. */
export type SpendChoices = {
  readonly serviceAreas: readonly string[];
  /** First days of the months that have spending, in order. */
  readonly months: readonly Day[];
};

export async function listChoices(tx: Transaction, filter: SpendFilter): Promise<SpendChoices> {
  const within = sumsWhere({ ...filter, serviceArea: null, supplier: null, fromMonth: null, toMonth: null });
  const rows = await tx.rows(sql<{ area: string | null; month: Day | null }>`
    (select s.service_area as area, null::date as month from spend_sum s where ${within} group by s.service_area order by 1 limit 500)
    union all
    (select null, s.month from spend_sum s where ${within} group by s.month order by 2 limit 1200)`);
  return {
    serviceAreas: rows.flatMap(({ area }) => (area === null ? [] : [area])),
    months: rows.flatMap(({ month }) => (month === null ? [] : [month])),
  };
}

/** A sum as it is kept: one publisher, month, service area and supplier. */
export type FineSum = {
  readonly publisherId: string;
  readonly publisher: string;
  readonly month: Day;
  readonly serviceArea: string;
  readonly supplier: string;
  readonly lines: number;
  readonly amountPence: Pence;
};

export type SumsAfter = Pick<FineSum, "publisherId" | "month" | "serviceArea" | "supplier">;

/** In the order of their key, from the one after `after`. */
export async function listSums(
  tx: Transaction,
  asked: SpendFilter & { readonly after: SumsAfter | null; readonly limit: number },
): Promise<readonly FineSum[]> {
  const { after } = asked;
  const beyond =
    after === null
      ? sql`true`
      : sql`(s.publisher_id, s.month, s.service_area, s.supplier) > (${after.publisherId}, ${after.month}, ${after.serviceArea}, ${after.supplier})`;
  return tx.rows(sql<FineSum>`
    select s.publisher_id as "publisherId", p.name as publisher, s.month, s.service_area as "serviceArea", s.supplier, s.lines,
           s.amount_pence as "amountPence"
      from spend_sum s join partner p on p.place_id = s.place_id and p.partner_id = s.publisher_id
     where ${sumsWhere(asked)} and ${beyond}
     order by s.publisher_id, s.month, s.service_area, s.supplier limit ${asked.limit}`);
}

export type LineRow = {
  readonly fileId: string;
  readonly row: number;
  readonly publisher: string;
  readonly paidOn: Day;
  readonly amountPence: Pence;
  readonly supplier: string;
  readonly serviceArea: string;
  readonly description: string;
  readonly reference: string;
  readonly companyNumber: string;
  readonly charityNumber: string;
};

const lineColumns = sql`l.file_id as "fileId", l.row_number as "row", p.name as publisher, l.paid_on as "paidOn",
  l.amount_pence as "amountPence", l.supplier, l.service_area as "serviceArea", l.description, l.reference,
  l.company_number as "companyNumber", l.charity_number as "charityNumber"`;

function linesWhere(filter: LinesCounted): Fragment {
  return sql`l.place_id = ${filter.placeId}
    and ${filter.creditsOnly ? sql`l.amount_pence < 0` : sql`true`}
    and (${filter.fileId ?? null}::uuid is null or l.file_id = ${filter.fileId ?? null}::uuid)
    and (${filter.publisherId}::uuid is null or l.publisher_id = ${filter.publisherId}::uuid)
    and (${filter.areaId}::uuid is null or p.area_id = ${filter.areaId}::uuid)
    and (${filter.serviceArea}::text is null or l.service_area = ${filter.serviceArea})
    and ${supplierWhere(sql`l.supplier`, filter.supplier)}
    and (${filter.fromMonth}::date is null or l.paid_on >= ${filter.fromMonth}::date)
    and (${filter.toMonth}::date is null or l.paid_on < ${filter.toMonth}::date + interval '1 month')`;
}

export type LinesAsked = LinesCounted & { readonly limit: number; readonly offset: number };

/** The newest first. */
export async function listLines(tx: Transaction, asked: LinesAsked): Promise<readonly LineRow[]> {
  return tx.rows(sql<LineRow>`
    select ${lineColumns} from spend_line l join partner p on p.place_id = l.place_id and p.partner_id = l.publisher_id
     where ${linesWhere(asked)} order by l.paid_on desc, l.file_id, l.row_number limit ${asked.limit} offset ${asked.offset}`);
}

export type LinesAfter = Pick<LineRow, "paidOn" | "fileId" | "row">;

/** In order of time, from the line after `after`: for exports, a batch at a time. */
export async function listLinesAfter(
  tx: Transaction,
  asked: LinesCounted & { readonly after: LinesAfter | null; readonly limit: number },
): Promise<readonly (LineRow & { readonly fileName: string })[]> {
  const { after } = asked;
  const beyond =
    after === null
      ? sql`true`
      : sql`(l.paid_on, l.file_id, l.row_number) > (${after.paidOn}, ${after.fileId}, ${after.row})`;
  return tx.rows(sql<LineRow & { readonly fileName: string }>`
    select ${lineColumns}, f.name as "fileName" from spend_line l
      join partner p on p.place_id = l.place_id and p.partner_id = l.publisher_id
      join spend_file f on f.place_id = l.place_id and f.file_id = l.file_id
     where ${linesWhere(asked)} and ${beyond} order by l.paid_on, l.file_id, l.row_number limit ${asked.limit}`);
}

export type LinesCounted = SpendFilter & {
  readonly fileId?: string | null;
  /** Only lines below nought: money that came back. */
  readonly creditsOnly?: boolean;
};

/** The sums know how many lines there are, and are a tenth as many; only a file's lines are counted themselves. */
export async function countLines(
  tx: Transaction,
  asked: LinesCounted,
): Promise<{ readonly count: number; readonly totalPence: Pence }> {
  if (asked.fileId == null)
    return tx.one(sql<{ count: number; totalPence: Pence }>`
      select coalesce(sum(${asked.creditsOnly ? sql`s.credit_lines` : sql`s.lines`}), 0)::integer as count,
             coalesce(sum(${asked.creditsOnly ? sql`s.credits_pence` : sql`s.amount_pence`}), 0)::bigint as "totalPence"
        from spend_sum s where ${sumsWhere(asked)}`);
  return tx.one(sql<{ count: number; totalPence: Pence }>`
    select count(*)::integer as count, coalesce(sum(l.amount_pence), 0)::bigint as "totalPence"
      from spend_line l join partner p on p.place_id = l.place_id and p.partner_id = l.publisher_id
     where ${linesWhere(asked)}`);
}

/** Of an area: its publishers' lines; of a neighbourhood also those of the council it lies in, whose payments may be for it. */
export async function findLine(
  tx: Transaction,
  the: { readonly placeId: number; readonly areaId: string | null; readonly fileId: string; readonly row: number },
): Promise<LineRow | null> {
  return tx.maybe(sql<LineRow>`
    select ${lineColumns} from spend_line l join partner p on p.place_id = l.place_id and p.partner_id = l.publisher_id
     where l.place_id = ${the.placeId} and l.file_id = ${the.fileId} and l.row_number = ${the.row}
       and (${the.areaId}::uuid is null or p.area_id = ${the.areaId}::uuid
         or p.area_id = (select inside_area_id from area where place_id = ${the.placeId} and area_id = ${the.areaId}::uuid))`);
}

/** The lines of listings: kept once each, a changed one as a new version, and read by body and pot. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import { hashJson } from "../../platform/use-case/index.ts";
import type { Source } from "../domain/columns.ts";
import type { ListingLine } from "../domain/listing-line.ts";
import type { Book } from "./records.ts";

export type Ledger = {
  readonly placeId: number;
  readonly bodyId: string;
  readonly source: Source;
  readonly potId: string | null;
};

/** How lines are kept out or in: a line that is there already, with the same content or with another. */
export type Known = { readonly version: number; readonly contentHash: Buffer; readonly matched: boolean };

const AT_A_TIME = 5000;

export function keyOfLine(line: Pick<ListingLine, "document" | "documentLine">): string {
  return `${line.document}\n${line.documentLine}`;
}

/** Everything that a line says; where it stands in a file is no part of it. */
export function hashOfLine({ row: _row, ...content }: ListingLine): Buffer {
  return hashJson(content);
}

/** The latest version of each line that is there already, by its key. */
export async function findKnown(
  tx: Transaction,
  the: Ledger & { readonly lines: readonly ListingLine[] },
): Promise<ReadonlyMap<string, Known>> {
  const known = new Map<string, Known>();
  for (let at = 0; at < the.lines.length; at += AT_A_TIME) {
    const part = the.lines.slice(at, at + AT_A_TIME);
    const rows = await tx.rows(sql<Known & { document: string; documentLine: string }>`
      select distinct on (l.document, l.document_line) l.document, l.document_line as "documentLine", l.version, l.content_hash as "contentHash",
             exists (select from reconciliation_match_line m where m.place_id = l.place_id and m.line_id = l.line_id
                       and not exists (select from reconciliation_undo u where u.place_id = m.place_id and u.match_id = m.match_id)) as matched
        from listing_line l
        join unnest(${part.map(({ document }) => document)}::text[], ${part.map(({ documentLine }) => documentLine)}::text[]) as w (document, line)
          on w.document = l.document and w.line = l.document_line
       where l.place_id = ${the.placeId} and l.body_id = ${the.bodyId} and l.source = ${the.source} and l.pot_id is not distinct from ${the.potId}::uuid
       order by l.document, l.document_line, l.version desc limit ${AT_A_TIME}`);
    for (const row of rows) known.set(keyOfLine(row), row);
  }
  return known;
}

export type LineToKeep = ListingLine & { readonly lineId: string; readonly version: number };

/** False where another request kept one of these lines first. */
export async function insertLines(
  tx: Transaction,
  the: Ledger & { readonly fileId: string; readonly lines: readonly LineToKeep[] },
): Promise<boolean> {
  for (let at = 0; at < the.lines.length; at += AT_A_TIME) {
    const part = the.lines.slice(at, at + AT_A_TIME);
    const rows = part.map((line) => ({
      ...line,
      amountPence: String(line.amountPence),
      hash: hashOfLine(contentOf(line)).toString("hex"),
    }));
    const kept = await tx.run(
      sql`insert into listing_line (place_id, line_id, file_id, row_number, body_id, source, pot_id, document, document_line, version, posted_on,
            period, amount_pence, cost_centre, subjective, project, supplier, words, reference, content_hash)
          select ${the.placeId}, r."lineId", ${the.fileId}, r."row", ${the.bodyId}, ${the.source}, ${the.potId}::uuid, r.document, r."documentLine",
                 r.version, r."postedOn", r.period, r."amountPence", r."costCentre", r.subjective, r.project, r.supplier, r.words, r.reference,
                 decode(r.hash, 'hex')
            from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r ("lineId" uuid, "row" integer, document text, "documentLine" text,
                 version integer, "postedOn" date, period text, "amountPence" bigint, "costCentre" text, subjective text, project text,
                 supplier text, words text, reference text, hash text)
          on conflict do nothing`,
      "any",
    );
    if (kept !== part.length) return false;
  }
  return true;
}

function contentOf({ lineId: _id, version: _version, ...line }: LineToKeep): ListingLine {
  return line;
}

export type LineRow = {
  readonly lineId: string;
  readonly fileId: string;
  readonly row: number;
  readonly document: string;
  readonly documentLine: string;
  readonly version: number;
  readonly postedOn: Day;
  readonly period: string;
  readonly amountPence: Pence;
  readonly costCentre: string;
  readonly subjective: string;
  readonly project: string;
  readonly supplier: string;
  readonly words: string;
  readonly reference: string;
  /** The match in force, or null. */
  readonly matchId: string | null;
};

/**
 * The lines of a body that are the pot's, as they stand now: of a bank, its own account's; of a ledger, those under the
 * pot's codes, the most exact code winning. A body without any codes here shows all of its lines.
 */
export async function listLines(tx: Transaction, the: Book): Promise<readonly LineRow[]> {
  return tx.rows(sql<LineRow>`
    select l.line_id as "lineId", l.file_id as "fileId", l.row_number as "row", l.document, l.document_line as "documentLine", l.version,
           l.posted_on as "postedOn", l.period, l.amount_pence as "amountPence", l.cost_centre as "costCentre", l.subjective, l.project,
           l.supplier, l.words, l.reference,
           (select m.match_id from reconciliation_match_line m where m.place_id = ${the.placeId} and m.line_id = l.line_id
               and not exists (select from reconciliation_undo u where u.place_id = m.place_id and u.match_id = m.match_id)
             limit 1) as "matchId"
      from (${currentLines(the)}) l
     where l.posted_on <= ${the.to} and (${the.source} = 'bank' or ${potOfLine(the)})
     order by l.posted_on, l.document, l.document_line limit 250000`);
}

function currentLines(the: Book): Fragment {
  return sql`select distinct on (document, document_line) * from listing_line
     where place_id = ${the.placeId} and body_id = ${the.bodyId} and source = ${the.source}
       and (source = 'ledger' or pot_id = ${the.potId}::uuid)
     order by document, document_line, version desc`;
}

function potOfLine(the: Book): Fragment {
  return sql`(not exists (select from code_mapping m where m.place_id = ${the.placeId} and m.body_id = ${the.bodyId})
    or ${the.potId}::uuid = (select m.pot_id from code_mapping m
         where m.place_id = ${the.placeId} and m.body_id = ${the.bodyId} and m.starts_on <= l.posted_on and (m.ends_on is null or m.ends_on >= l.posted_on)
           and m.cost_centre in ('', l.cost_centre) and m.subjective in ('', l.subjective) and m.project in ('', l.project)
         order by (m.cost_centre <> '')::integer + (m.subjective <> '')::integer + (m.project <> '')::integer desc, m.mapping_id limit 1))`;
}

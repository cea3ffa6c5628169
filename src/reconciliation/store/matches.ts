/** Matches that a person accepted, with their lines and records; an undoing is a row of its own. */
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Source } from "../domain/columns.ts";

export type Match = {
  readonly matchId: string;
  readonly bodyId: string;
  readonly source: Source;
  readonly potId: string;
  readonly kind: string;
  readonly strength: string;
  readonly reasons: readonly string[];
  readonly amountPence: Pence;
  readonly acceptedBy: string;
};

export type MatchToKeep = Match & {
  readonly lineIds: readonly string[];
  readonly records: readonly { readonly recordId: string; readonly amountPence: Pence }[];
};

/**
 * False where a line or a record is matched already. Its turn is how often it was matched before, each of them undone: two
 * requests at once count the same turn, and the primary key lets one of them through.
 */
export async function insertMatch(tx: Transaction, placeId: number, match: MatchToKeep): Promise<boolean> {
  const { matchId, bodyId, source, potId, lineIds, records } = match;
  await tx.run(
    held(
      "match",
      sql`insert into reconciliation_match (place_id, match_id, body_id, source, pot_id, kind, strength, reasons, amount_pence, accepted_by)
        values (${placeId}, ${matchId}, ${bodyId}, ${source}, ${potId}, ${match.kind}, ${match.strength}, ${JSON.stringify(match.reasons)}::jsonb,
          ${match.amountPence}, ${match.acceptedBy})`,
    ),
    1,
  );
  const lines = await tx.run(
    held(
      "match_line",
      sql`insert into reconciliation_match_line (place_id, line_id, turn, match_id)
        select ${placeId}, w.line_id, (select count(*) from reconciliation_match_line m where m.place_id = ${placeId} and m.line_id = w.line_id), ${matchId}
          from unnest(${[...lineIds].sort()}::uuid[]) as w (line_id)
         where not exists (select from reconciliation_match_line m where m.place_id = ${placeId} and m.line_id = w.line_id
                 and not exists (select from reconciliation_undo u where u.place_id = ${placeId} and u.match_id = m.match_id))
        on conflict do nothing`,
    ),
    "any",
  );
  const sorted = [...records].sort((a, b) => (a.recordId < b.recordId ? -1 : 1));
  const ours = await tx.run(
    held(
      "match_record",
      sql`insert into reconciliation_match_record (place_id, body_id, source, record_id, turn, match_id, amount_pence)
        select ${placeId}, ${bodyId}, ${source}, w.record_id,
               (select count(*) from reconciliation_match_record m
                 where m.place_id = ${placeId} and m.body_id = ${bodyId} and m.source = ${source} and m.record_id = w.record_id), ${matchId}, w.pence
          from unnest(${sorted.map(({ recordId }) => recordId)}::uuid[], ${sorted.map(({ amountPence }) => amountPence)}::bigint[]) as w (record_id, pence)
         where not exists (select from reconciliation_match_record m
                 where m.place_id = ${placeId} and m.body_id = ${bodyId} and m.source = ${source} and m.record_id = w.record_id
                   and not exists (select from reconciliation_undo u where u.place_id = ${placeId} and u.match_id = m.match_id))
        on conflict do nothing`,
    ),
    "any",
  );
  return lines === lineIds.length && ours === records.length;
}

export type MatchFound = Match & { readonly areaId: string | null; readonly undone: boolean; readonly paid: boolean };

export async function findMatch(tx: Transaction, placeId: number, matchId: string): Promise<MatchFound | null> {
  return tx.maybe(sql<MatchFound>`
    select m.match_id as "matchId", m.body_id as "bodyId", m.source, m.pot_id as "potId", m.kind, m.strength, m.reasons,
           m.amount_pence as "amountPence", m.accepted_by as "acceptedBy", o.area_id as "areaId",
           exists (select from reconciliation_undo u where u.place_id = m.place_id and u.match_id = m.match_id) as undone,
           exists (select from reconciliation_match_line l join payment_request_event e on e.place_id = l.place_id and e.line_id = l.line_id
                     join payment p on p.place_id = e.place_id and p.payment_id = e.payment_id
                    where l.place_id = m.place_id and l.match_id = m.match_id
                      and not exists (select from transfer t where t.place_id = p.place_id and t.reverses_id = p.transfer_id)) as paid
      from reconciliation_match m join pot o on o.place_id = m.place_id and o.pot_id = m.pot_id
     where m.place_id = ${placeId} and m.match_id = ${matchId}`);
}

/** False where it was undone before. */
export async function insertUndo(
  tx: Transaction,
  the: { readonly placeId: number; readonly matchId: string; readonly reason: string; readonly undoneBy: string },
): Promise<boolean> {
  const made = await tx.run(
    held(
      "match_undone",
      sql`insert into reconciliation_undo (place_id, match_id, reason, undone_by)
        values (${the.placeId}, ${the.matchId}, ${the.reason}, ${the.undoneBy}) on conflict (place_id, match_id) do nothing`,
    ),
    "any",
  );
  return made === 1;
}

export type MatchRow = Match & {
  readonly acceptedAt: Date;
  readonly acceptedByName: string | null;
  readonly undoneAt: Date | null;
  readonly undoneReason: string | null;
  readonly lineIds: readonly string[];
  readonly recordIds: readonly string[];
};

export async function listMatches(
  tx: Transaction,
  the: { readonly placeId: number; readonly bodyId: string; readonly potId: string; readonly source: Source },
): Promise<readonly MatchRow[]> {
  return tx.rows(sql<MatchRow>`
    select m.match_id as "matchId", m.body_id as "bodyId", m.source, m.pot_id as "potId", m.kind, m.strength, m.reasons,
           m.amount_pence as "amountPence", m.accepted_by as "acceptedBy", m.accepted_at as "acceptedAt", u.undone_at as "undoneAt", u.reason as "undoneReason",
           (select a.name from user_account a where m.accepted_by = 'person:' || a.user_id) as "acceptedByName",
           array(select l.line_id::text from reconciliation_match_line l where l.place_id = m.place_id and l.match_id = m.match_id order by 1) as "lineIds",
           array(select r.record_id::text from reconciliation_match_record r where r.place_id = m.place_id and r.match_id = m.match_id order by 1) as "recordIds"
      from reconciliation_match m left join reconciliation_undo u on u.place_id = m.place_id and u.match_id = m.match_id
     where m.place_id = ${the.placeId} and m.body_id = ${the.bodyId} and m.pot_id = ${the.potId} and m.source = ${the.source}
     order by m.accepted_at desc, m.match_id limit 5000`);
}

/** What readers said of pairs, what is settled by it, and the place's threshold. In the family role. */
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Verdict } from "../domain/readings/settle.ts";

export type ReadingRow = {
  readonly readingId: string;
  readonly leftId: string;
  readonly rightId: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly forMeasure: boolean;
  readonly blind: boolean;
  readonly engineProbability: number;
  readonly engineLinked: boolean;
  readonly readBy: string;
  readonly readAt: Date;
  readonly undone: boolean;
};

const columns = sql`g.reading_id as "readingId", g.left_id as "leftId", g.right_id as "rightId", g.verdict, g.reason,
  g.for_measure as "forMeasure", g.blind, g.engine_probability as "engineProbability", g.engine_linked as "engineLinked", g.read_by as "readBy", g.read_at as "readAt",
  d.reading_id is not null as undone`;
const tables = sql`match_reading g left join match_reading_undone d on d.place_id = g.place_id and d.reading_id = g.reading_id`;

/** One after another in a place: two readings at once could settle what together contradicts itself; so too what a run keeps and what is deleted. */
export async function lockReadings(tx: Transaction, placeId: number): Promise<void> {
  // The row of the first run stands for all readings of the place; it is locked alone, so no order is broken.
  await tx.rows(sql`select run_id from matching_run where place_id = ${placeId} and number = 1 for update`);
}

export async function insertReading(tx: Transaction, placeId: number, one: Omit<ReadingRow, "undone">): Promise<void> {
  await tx.run(
    sql`insert into match_reading (place_id, reading_id, left_id, right_id, verdict, reason, for_measure, blind, engine_probability, engine_linked, read_by,
          read_at)
        values (${placeId}, ${one.readingId}, ${one.leftId}, ${one.rightId}, ${one.verdict}, ${one.reason}, ${one.forMeasure}, ${one.blind},
          ${one.engineProbability}, ${one.engineLinked}, ${one.readBy}, ${one.readAt})`,
    1,
  );
}

export async function insertUndone(
  tx: Transaction,
  placeId: number,
  the: { readonly readingId: string; readonly undoneBy: string; readonly now: Date },
): Promise<boolean> {
  const made = await tx.run(
    sql`insert into match_reading_undone (place_id, reading_id, undone_by, undone_at)
        values (${placeId}, ${the.readingId}, ${the.undoneBy}, ${the.now}) on conflict (place_id, reading_id) do nothing`,
    "any",
  );
  return made === 1;
}

export async function findReading(tx: Transaction, placeId: number, readingId: string): Promise<ReadingRow | null> {
  return tx.maybe(sql<ReadingRow>`
    select ${columns} from ${tables} where g.place_id = ${placeId} and g.reading_id = ${readingId}`);
}

type Two = { readonly placeId: number; readonly leftId: string; readonly rightId: string };

/** In the order in which they were read; without those that were undone. */
export async function listReadingsOf(
  tx: Transaction,
  { placeId, leftId, rightId }: Two,
): Promise<readonly ReadingRow[]> {
  return tx.rows(sql<ReadingRow>`
    select ${columns} from ${tables}
     where g.place_id = ${placeId} and g.left_id = ${leftId} and g.right_id = ${rightId} and d.reading_id is null
     order by g.read_at, g.reading_id limit 20`);
}

/** `closed` where nobody reads the pair blind any more: it is settled, or three could not settle it. */
export type ListedReading = ReadingRow & { readonly closed: boolean };

type Listing = {
  readonly placeId: number;
  readonly reader: string;
  readonly mine: boolean;
  /** Others' too of pairs that wait, for whoever reads none. */
  readonly all: boolean;
  readonly limit: number;
  readonly offset: number;
};

/** One's own, and others' of pairs that nobody reads blind any more: whoever reads second must not learn what the first said. */
export async function listReadings(tx: Transaction, the: Listing): Promise<readonly ListedReading[]> {
  return tx.rows(sql<ListedReading>`
    select ${columns}, coalesce(v.state in ('settled', 'open'), false) as closed
      from ${tables} left join match_verdict v on v.place_id = g.place_id and v.left_id = g.left_id and v.right_id = g.right_id
     where g.place_id = ${the.placeId} and (g.read_by = ${the.reader}
        or (not ${the.mine}::boolean and (${the.all}::boolean or v.state in ('third_reader', 'open', 'settled'))))
     order by g.read_at desc, g.reading_id desc limit ${the.limit} offset ${the.offset}`);
}

export async function countReadings(
  tx: Transaction,
  the: { readonly placeId: number; readonly reader: string },
): Promise<{ readonly all: number; readonly mine: number }> {
  return tx.one(sql<{ all: number; mine: number }>`
    select count(*)::integer as all, count(*) filter (where g.read_by = ${the.reader})::integer as mine
      from ${tables} where g.place_id = ${the.placeId} and d.reading_id is null`);
}

/** Whether a reader has ever read the pair, though they undid it. */
export async function hasRead(tx: Transaction, the: Two & { readonly reader: string }): Promise<boolean> {
  const row = await tx.one(sql<{ read: boolean }>`
    select exists (select from match_reading where place_id = ${the.placeId} and left_id = ${the.leftId} and right_id = ${the.rightId}
                      and read_by = ${the.reader}) as read`);
  return row.read;
}

/** The first two readings of each pair that two people read, for how far they agree. */
export async function listReadTwice(
  tx: Transaction,
  placeId: number,
): Promise<readonly { readonly first: Verdict; readonly second: Verdict }[]> {
  return tx.rows(sql<{ first: Verdict; second: Verdict }>`
    select verdicts[1] as first, verdicts[2] as second from (
      select array_agg(g.verdict order by g.read_at, g.reading_id) as verdicts
        from ${tables} where g.place_id = ${placeId} and d.reading_id is null group by g.left_id, g.right_id) as pair
     where cardinality(verdicts) >= 2 limit 100000`);
}

export type VerdictRow = {
  readonly leftId: string;
  readonly rightId: string;
  readonly state: "second_reader" | "third_reader" | "open" | "settled";
  readonly verdict: "same" | "different" | null;
};

export async function setVerdict(
  tx: Transaction,
  placeId: number,
  the: VerdictRow & { readonly now: Date },
): Promise<void> {
  await tx.run(
    sql`insert into match_verdict (place_id, left_id, right_id, state, verdict, settled_at)
        values (${placeId}, ${the.leftId}, ${the.rightId}, ${the.state}, ${the.verdict}, ${the.now})
        on conflict (place_id, left_id, right_id) do update
          set state = excluded.state, verdict = excluded.verdict, settled_at = excluded.settled_at`,
    1,
  );
}

export async function dropVerdict(tx: Transaction, { placeId, leftId, rightId }: Two): Promise<void> {
  await tx.run(
    sql`delete from match_verdict where place_id = ${placeId} and left_id = ${leftId} and right_id = ${rightId}`,
    "any",
  );
}

const verdictColumns = sql`v.left_id as "leftId", v.right_id as "rightId", v.state, v.verdict`;

/** Every pair that is settled: what the next run keeps, whatever it finds. */
export async function listSettled(tx: Transaction, placeId: number): Promise<readonly VerdictRow[]> {
  return tx.rows(sql<VerdictRow>`
    select ${verdictColumns} from match_verdict v where v.place_id = ${placeId} and v.state = 'settled'
     order by v.left_id, v.right_id limit 1000000`);
}

export async function listVerdictsOf(
  tx: Transaction,
  placeId: number,
  recordIds: readonly string[],
): Promise<readonly VerdictRow[]> {
  return tx.rows(sql<VerdictRow>`
    select ${verdictColumns} from match_verdict v
     where v.place_id = ${placeId} and (v.left_id = any(${recordIds}::uuid[]) or v.right_id = any(${recordIds}::uuid[]))
     order by v.left_id, v.right_id limit 20000`);
}

/** Settled pairs with what the engine said of them when they were read first. */
export async function listSettledWithProbability(
  tx: Transaction,
  placeId: number,
): Promise<readonly { readonly probability: number; readonly verdict: "same" | "different" }[]> {
  return tx.rows(sql<{ probability: number; verdict: "same" | "different" }>`
    select (array_agg(g.engine_probability order by g.read_at, g.reading_id))[1] as probability, v.verdict
      from match_verdict v join ${tables} on g.place_id = v.place_id and g.left_id = v.left_id and g.right_id = v.right_id
     where v.place_id = ${placeId} and v.state = 'settled' and d.reading_id is null
     group by v.left_id, v.right_id, v.verdict limit 100000`);
}

/**
 * Pairs read to measure, at or above a probability: how many, and how many of them are not settled as the same. A pair that waits is
 * left out while all who read it said the same, and is wrong from the first who did not, also where it was undone: else wrong ones
 * would wait for ever, or be undone, until the rest passes.
 */
export async function countMeasured(
  tx: Transaction,
  the: { readonly placeId: number; readonly least: number },
): Promise<{ readonly read: number; readonly wrong: number }> {
  return tx.one(sql<{ read: number; wrong: number }>`
    select count(*)::integer as read, count(*) filter (where verdict is distinct from 'same')::integer as wrong from (
      select v.verdict
        from match_reading g left join match_verdict v on v.place_id = g.place_id and v.left_id = g.left_id and v.right_id = g.right_id
       where g.place_id = ${the.placeId}
       group by g.left_id, g.right_id, v.verdict
      having bool_or(g.for_measure and g.engine_probability >= ${the.least})
         and (v.verdict is not null or not bool_and(g.verdict = 'same'))) as measured`);
}

export type Threshold = {
  readonly thresholdId: string;
  readonly probability: number;
  readonly pairsRead: number;
  readonly pairsWrong: number;
  readonly atMost: number;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: Date;
};

export async function findThreshold(tx: Transaction, placeId: number): Promise<Threshold | null> {
  return tx.maybe(sql<Threshold>`
    select threshold_id as "thresholdId", probability, pairs_read as "pairsRead", pairs_wrong as "pairsWrong", at_most as "atMost",
           reason, set_by as "setBy", set_at as "setAt"
      from matching_threshold where place_id = ${placeId} order by set_at desc, threshold_id desc limit 1`);
}

export async function insertThreshold(tx: Transaction, placeId: number, one: Threshold): Promise<void> {
  await tx.run(
    sql`insert into matching_threshold (place_id, threshold_id, probability, pairs_read, pairs_wrong, at_most, reason, set_by, set_at)
        values (${placeId}, ${one.thresholdId}, ${one.probability}, ${one.pairsRead}, ${one.pairsWrong}, ${one.atMost}, ${one.reason},
          ${one.setBy}, ${one.setAt})`,
    1,
  );
}

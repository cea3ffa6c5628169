/** Pairs of records: why they weigh what they weigh, and which wait to be read. In the family role. */
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { KeptPair } from "../domain/match-records.ts";
import type { WorthReading } from "../domain/report/worth-reading.ts";
import { cameUnder } from "./records.ts";

export type PairRow = {
  readonly leftId: string;
  readonly rightId: string;
  readonly bits: number;
  readonly probability: number;
  readonly linked: boolean;
  readonly rule: string;
  readonly levels: readonly number[];
  readonly rarity: readonly number[];
  readonly moved: number;
  readonly household: number;
  readonly why: WorthReading["why"] | null;
  readonly worth: number;
};

export type PairToKeep = Omit<KeptPair, "left" | "right" | "worth"> & {
  readonly leftId: string;
  readonly rightId: string;
  readonly why: WorthReading["why"] | null;
  readonly value: number;
};

/**
 * Of records that are still there: some may have been deleted while the run was under way. The lot is of the run's seed and the records'
 * own references, so that anyone who has the files can draw it again.
 */
export async function insertPairs(
  tx: Transaction,
  the: {
    readonly placeId: number;
    readonly runId: string;
    readonly seed: number;
    readonly rows: readonly PairToKeep[];
  },
): Promise<void> {
  const [left, right] = [
    sql`concat_ws('/', a.source, a.reference) collate "C"`,
    sql`concat_ws('/', b.source, b.reference) collate "C"`,
  ];
  await tx.run(
    sql`insert into matched_pair (place_id, left_id, right_id, run_id, bits, probability, linked, rule, levels, rarity, moved, household, why, worth, lot)
        select ${the.placeId}, r."leftId", r."rightId", ${the.runId}, r.bits, r.probability, r.linked, r.rule, r.levels, r.rarity,
               r.moved, r.household, r.why, r.value,
               ('x' || left(md5(concat_ws(' ', ${the.seed}::integer, least(${left}, ${right}), greatest(${left}, ${right}))), 8))::bit(32)::integer
          from jsonb_to_recordset(${JSON.stringify(the.rows)}::jsonb)
               as r("leftId" uuid, "rightId" uuid, bits real, probability double precision, linked boolean, rule text, levels smallint[],
                    rarity real[], moved real, household real, why text, value real)
          join person_record a on a.place_id = ${the.placeId} and a.record_id = r."leftId"
          join person_record b on b.place_id = ${the.placeId} and b.record_id = r."rightId"`,
    "any",
  );
}

const columns = sql`p.left_id as "leftId", p.right_id as "rightId", p.bits, p.probability, p.linked, p.rule, p.levels, p.rarity,
  p.moved, p.household, p.why, p.worth`;

type Two = { readonly placeId: number; readonly leftId: string; readonly rightId: string };

export async function findPair(tx: Transaction, { placeId, leftId, rightId }: Two): Promise<PairRow | null> {
  return tx.maybe(sql<PairRow>`
    select ${columns} from matched_pair p where p.place_id = ${placeId} and p.left_id = ${leftId} and p.right_id = ${rightId}`);
}

/** All pairs among some records. */
export async function listPairsOf(
  tx: Transaction,
  placeId: number,
  recordIds: readonly string[],
): Promise<readonly PairRow[]> {
  return tx.rows(sql<PairRow>`
    select ${columns} from matched_pair p
     where p.place_id = ${placeId} and p.left_id = any(${recordIds}::uuid[]) and p.right_id = any(${recordIds}::uuid[])
     order by p.left_id, p.right_id limit 20000`);
}

type Reader = { readonly placeId: number; readonly agreementId: string; readonly reader: string };

const bothCameUnder = (the: Reader) => sql`${cameUnder(sql`p.left_id`, the)} and ${cameUnder(sql`p.right_id`, the)}`;

const notMine = ({ placeId, reader }: Reader) => sql`not exists (
  select from match_reading g where g.place_id = ${placeId} and g.left_id = p.left_id and g.right_id = p.right_id and g.read_by = ${reader}
     and not exists (select from match_reading_undone d where d.place_id = g.place_id and d.reading_id = g.reading_id))`;

/** The most valuable pair that this reader may read: nobody has read it, or it waits for another reader. Pairs of a skipped record come last. */
export async function findNextToRead(
  tx: Transaction,
  the: Reader & { readonly skip: string | null },
): Promise<PairRow | null> {
  return tx.maybe(sql<PairRow>`
    select ${columns} from matched_pair p
      left join match_verdict v on v.place_id = p.place_id and v.left_id = p.left_id and v.right_id = p.right_id
     where p.place_id = ${the.placeId} and p.worth > 0 and (v.state is null or v.state in ('second_reader', 'third_reader'))
       and ${notMine(the)} and ${bothCameUnder(the)}
     order by (p.left_id = ${the.skip}::uuid or p.right_id = ${the.skip}::uuid) is true, p.worth desc, p.lot, p.left_id limit 1`);
}

/** A pair by lot, drawn when the run was kept, among those linked at least so surely that nobody has read: to measure how many of them are wrong. */
export async function findNextToMeasure(
  tx: Transaction,
  the: Reader & { readonly least: number },
): Promise<PairRow | null> {
  return tx.maybe(sql<PairRow>`
    select ${columns} from matched_pair p
      left join match_verdict v on v.place_id = p.place_id and v.left_id = p.left_id and v.right_id = p.right_id
     where p.place_id = ${the.placeId} and p.linked and p.probability >= ${the.least}
       and (v.state is null or v.state in ('second_reader', 'third_reader')) and ${notMine(the)}
       and ${bothCameUnder(the)}
     order by p.lot, p.left_id limit 1`);
}

export type QueueCounts = {
  readonly unread: number;
  readonly waiting: number;
  readonly settled: number;
  readonly open: number;
};

export async function countQueue(tx: Transaction, placeId: number): Promise<QueueCounts> {
  return tx.one(sql<QueueCounts>`
    select count(*) filter (where v.state is null)::integer as unread,
           count(*) filter (where v.state in ('second_reader', 'third_reader'))::integer as waiting,
           count(*) filter (where v.state = 'settled')::integer as settled,
           count(*) filter (where v.state = 'open')::integer as open
      from matched_pair p left join match_verdict v on v.place_id = p.place_id and v.left_id = p.left_id and v.right_id = p.right_id
     where p.place_id = ${placeId} and p.worth > 0`);
}

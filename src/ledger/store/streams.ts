/** Streams with their conditions, and what each has given and can still give, by book. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { ConditionKind, Restrictions, Terms } from "../domain/conditions.ts";

/** A condition in words; one without terms binds nobody by itself: it is for people to judge. */
export type StatedCondition = {
  readonly number: number;
  readonly kind: ConditionKind;
  readonly words: string;
  readonly terms: Terms | null;
};

/** What binds the stream `s`, as domain/conditions.ts reads it. */
export const restrictions = sql`jsonb_build_object('capital', s.capital, 'conditions', coalesce((
    select jsonb_agg(jsonb_build_object('number', c.condition_number, 'kind', c.kind, 'words', c.words, 'terms', c.terms)
                     order by c.condition_number)
      from stream_condition c where c.place_id = s.place_id and c.stream_id = s.stream_id and c.terms is not null), '[]'::jsonb))`;

export type Stream = {
  readonly streamId: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly payerId: string;
  readonly amountPence: Pence;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly power: string;
  readonly capital: boolean;
  readonly ringFenced: boolean;
  readonly clawback: string;
  readonly source: string;
  readonly madeUp: boolean;
};

export type StreamRow = Stream & {
  readonly payer: string;
  readonly payerWelsh: string | null;
  readonly payerAreaId: string | null;
};
/** What a stream has put into pots, in each book. The two are never added. */
export type StreamGiven = { readonly realGivenPence: Pence; readonly shadowGivenPence: Pence };

const columns = sql`s.stream_id as "streamId", s.name, s.name_welsh as "nameWelsh", s.payer_id as "payerId", s.amount_pence as "amountPence",
  s.starts_on as "startsOn", s.ends_on as "endsOn", s.power, s.capital, s.ring_fenced as "ringFenced", s.clawback, s.source,
  s.made_up as "madeUp", p.name as payer, p.name_welsh as "payerWelsh", p.area_id as "payerAreaId"`;

/** False where the place has a stream of this name already. */
export async function insertStream(
  tx: Transaction,
  placeId: number,
  the: { readonly stream: Stream; readonly conditions: readonly Omit<StatedCondition, "number">[] },
): Promise<boolean> {
  const { stream, conditions } = the;
  const made = await tx.run(
    held(
      "stream",
      sql`insert into stream (place_id, stream_id, name, name_welsh, payer_id, amount_pence, starts_on, ends_on, power, capital,
          ring_fenced, clawback, source, made_up)
        values (${placeId}, ${stream.streamId}, ${stream.name}, ${stream.nameWelsh}, ${stream.payerId}, ${stream.amountPence},
          ${stream.startsOn}, ${stream.endsOn}, ${stream.power}, ${stream.capital}, ${stream.ringFenced}, ${stream.clawback},
          ${stream.source}, ${stream.madeUp})
        on conflict (place_id, name) do nothing`,
    ),
    "any",
  );
  if (made === 0) return false;
  if (conditions.length > 0)
    await tx.run(
      held(
        "condition",
        sql`insert into stream_condition (place_id, stream_id, condition_number, kind, words, terms)
          select ${placeId}::integer, ${stream.streamId}::uuid, number, kind, words, terms::jsonb
            from unnest(${conditions.map(({ kind }) => kind)}::text[], ${conditions.map(({ words }) => words)}::text[],
                        ${conditions.map(({ terms }) => (terms === null ? null : JSON.stringify(terms)))}::text[])
                 with ordinality as c (kind, words, terms, number)`,
      ),
      conditions.length,
    );
  return true;
}

export async function findStream(tx: Transaction, placeId: number, streamId: string): Promise<StreamRow | null> {
  return tx.maybe(sql<StreamRow>`
    select ${columns} from stream s join partner p on p.place_id = s.place_id and p.partner_id = s.payer_id
     where s.place_id = ${placeId} and s.stream_id = ${streamId}`);
}

export async function findConditions(
  tx: Transaction,
  placeId: number,
  streamId: string,
): Promise<readonly StatedCondition[]> {
  return tx.rows(sql<StatedCondition>`
    select condition_number as number, kind, words, terms from stream_condition where place_id = ${placeId} and stream_id = ${streamId}
     order by condition_number limit 100`);
}

/** Which of the themes and partners that conditions name are not there. */
export async function findUnknown(
  tx: Transaction,
  placeId: number,
  the: { readonly themeIds: readonly string[]; readonly partnerIds: readonly string[] },
): Promise<{ readonly theme: string | null; readonly partner: string | null }> {
  return tx.one(sql<{ theme: string | null; partner: string | null }>`
    select (select min(id::text) from unnest(${the.themeIds}::uuid[]) as id
             where not exists (select from theme where place_id = ${placeId} and theme_id = id)) as theme,
           (select min(id::text) from unnest(${the.partnerIds}::uuid[]) as id
             where not exists (select from partner where place_id = ${placeId} and partner_id = id)) as partner`);
}

/** What binds one stream's money; null where there is no such stream. */
export async function findRestrictions(
  tx: Transaction,
  placeId: number,
  streamId: string,
): Promise<Restrictions | null> {
  const found = await tx.maybe(sql<{ restrictions: Restrictions }>`
    select ${restrictions} as restrictions from stream s where s.place_id = ${placeId} and s.stream_id = ${streamId}`);
  return found?.restrictions ?? null;
}

/**
 * Of an area: those its partners pay, and those that feed a pot of its own; one that is asked for may also feed a pot that
 * a partner of the area hosts for the whole place. What was given is as at the end of a day.
 */
export async function listStreams(
  tx: Transaction,
  the: {
    readonly placeId: number;
    readonly areaId: string | null;
    readonly streamId: string | null;
    readonly asAt: Day;
  },
): Promise<readonly (StreamRow & StreamGiven)[]> {
  return tx.rows(sql<StreamRow & StreamGiven>`
    with correction as materialized (select account_id, pence from ledger_corrections(${the.placeId}::integer, ${the.asAt}::date)),
    given as (
      select a.record_id as stream_id, a.book, -(a.posted_pence + coalesce(l.pence, 0)) as pence
        from ledger_account a left join correction l on l.account_id = a.account_id
       where a.place_id = ${the.placeId} and a.kind = 'stream'
    )
    select ${columns}, coalesce(r.pence, 0)::bigint as "realGivenPence", coalesce(h.pence, 0)::bigint as "shadowGivenPence"
      from stream s join partner p on p.place_id = s.place_id and p.partner_id = s.payer_id
      left join given r on r.stream_id = s.stream_id and r.book = 'real'
      left join given h on h.stream_id = s.stream_id and h.book = 'shadow'
     where s.place_id = ${the.placeId} and (${the.streamId}::uuid is null or s.stream_id = ${the.streamId}::uuid)
       and (${the.areaId}::uuid is null or p.area_id = ${the.areaId}::uuid or s.stream_id in (
         select c.stream_id from contribution c join pot o on o.place_id = c.place_id and o.pot_id = c.pot_id
           join partner h on h.place_id = o.place_id and h.partner_id = o.host_id
          where c.place_id = ${the.placeId} and (o.area_id = ${the.areaId}::uuid
            or (${the.streamId}::uuid is not null and o.area_id is null and h.area_id = ${the.areaId}::uuid))))
     order by s.name limit 2000`);
}

/**
 * The rows of an audit bundle, as lines of JSON that the database itself writes: moments to the microsecond and money in full. Read
 * through a cursor of the snapshot in hand, so that a million transfers take no more memory than a few thousand.
 */
import { type Fragment, readThrough, sql, type Transaction } from "../../platform/database/index.ts";
import { HELD_PARTS, type HeldPart, type PartName } from "../bundle-format.ts";

const MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS.US';
/** Rows of the audit trail about money are shown; all others, families among them, are in a bundle as their hash alone. */
const MONEY_ACTIONS =
  "^(ledger|stream|pot|contribution|allocation|commitment|payment|transfer|period|approval|virement|journal|reconciliation)\\.";

type Read = (placeId: number) => Fragment<{ line: string }>;

const ENTRY = sql`json_build_object('transfer', e.transfer_id, 'line', e.line, 'account', e.account_id, 'amount', e.amount_pence::text,
  'version', e.version::text, 'balance', e.balance_pence::text, 'on', e.effective_on)::text`;

/** Held rows in the order of the chain, and those that are in none behind them, so that they are found. */
const readHeld =
  (part: HeldPart): Read =>
  (placeId) => {
    const subjects = sql`array[${sql.join(HELD_PARTS[part].map((subject) => sql.lit(subject)))}]::text[]`;
    const shown = sql`(select coalesce(json_object_agg(c.key, c.value), '{}') from jsonb_each_text(s.content) as c
                         where h.row_key is null or c.key = any (h.column_names))`;
    return sql`
      select (case when h.row_key is null then json_build_object('subject', s.subject, 'key', s.row_key, 'columns', ${shown})
               else json_build_object('life', h.life, 'tx', h.transaction_number::text, 'subject', h.subject,
                 'key', h.row_key, 'hash', encode(h.content_hash, 'hex'),
                 'columns', case when s.row_key is not null then ${shown} end) end)::text as line
        from (select * from held_row where place_id = ${sql.lit(placeId)} and subject = any (${subjects})) as h
        full join held_now(${subjects}) as s on s.place_id = h.place_id and s.subject = h.subject and s.row_key = h.row_key
       order by h.life nulls last, h.transaction_number, coalesce(h.subject, s.subject) collate "C",
             coalesce(h.row_key, s.row_key) collate "C"`;
  };

/** Each part in one order that never changes. */
const READ: Readonly<Record<PartName, readonly Read[]>> = {
  "accounts.jsonl": [
    (placeId) => sql`
      select json_build_object('id', account_id, 'book', book, 'kind', kind, 'record', record_id, 'stream', stream_id, 'pot', pot_id,
               'floor', floor_pence::text, 'posted', posted_pence::text, 'reserved', reserved_pence::text, 'version', version::text,
               'lastOn', last_effective_on, 'closedOn', closed_on)::text as line
        from ledger_account where place_id = ${sql.lit(placeId)} order by account_id`,
  ],
  "streams.jsonl": [
    (placeId) => sql`
      select json_build_object('id', s.stream_id, 'name', s.name, 'payer', s.payer_id, 'payerName', p.name,
               'amount', s.amount_pence::text, 'startsOn', s.starts_on, 'endsOn', s.ends_on, 'power', s.power, 'capital', s.capital,
               'ringFenced', s.ring_fenced, 'clawback', s.clawback, 'source', s.source, 'conditions', (
                 select coalesce(json_agg(json_build_object('kind', c.kind, 'words', c.words) order by c.condition_number), '[]')
                   from stream_condition c where c.place_id = s.place_id and c.stream_id = s.stream_id))::text as line
        from stream s left join partner p on p.place_id = s.place_id and p.partner_id = s.payer_id
       where s.place_id = ${sql.lit(placeId)} order by s.stream_id`,
  ],
  "pots.jsonl": [
    (placeId) => sql`
      select json_build_object('id', o.pot_id, 'name', o.name, 'purpose', o.purpose, 'mode', o.mode, 'book', o.book, 'host', o.host_id,
               'hostName', p.name, 'area', o.area_id, 'openedOn', o.opened_on)::text as line
        from pot o left join partner p on p.place_id = o.place_id and p.partner_id = o.host_id
       where o.place_id = ${sql.lit(placeId)} order by o.pot_id`,
  ],
  "contributions.jsonl": [
    (placeId) => sql`
      select json_build_object('id', r.contribution_id, 'transfer', r.transfer_id, 'amount', r.amount_pence::text, 'on', r.made_on,
               'stream', r.stream_id, 'pot', r.pot_id, 'reference', r.reference)::text as line
        from contribution r left join transfer t on t.place_id = r.place_id and t.transfer_id = r.transfer_id
       where r.place_id = ${sql.lit(placeId)} order by t.life, t.transaction_number, r.transfer_id`,
  ],
  "allocations.jsonl": [
    (placeId) => sql`
      select json_build_object('id', r.allocation_id, 'transfer', r.transfer_id, 'amount', r.amount_pence::text, 'on', r.decided_on,
               'pot', r.pot_id, 'name', r.name, 'purpose', r.purpose, 'decidedBy', r.decided_by, 'power', r.power)::text as line
        from allocation r left join transfer t on t.place_id = r.place_id and t.transfer_id = r.transfer_id
       where r.place_id = ${sql.lit(placeId)} order by t.life, t.transaction_number, r.transfer_id`,
  ],
  "commitments.jsonl": [
    (placeId) => sql`
      select json_build_object('id', r.commitment_id, 'transfer', r.transfer_id, 'amount', r.amount_pence::text, 'on', r.committed_on,
               'kind', r.kind, 'allocation', r.allocation_id, 'pot', r.pot_id, 'service', r.service_id, 'supplier', r.supplier_id,
               'supplierName', p.name, 'reference', r.reference, 'words', r.words, 'endsOn', r.ends_on)::text as line
        from commitment r left join transfer t on t.place_id = r.place_id and t.transfer_id = r.transfer_id
        left join partner p on p.place_id = r.place_id and p.partner_id = r.supplier_id
       where r.place_id = ${sql.lit(placeId)} order by t.life, t.transaction_number, r.transfer_id`,
  ],
  "payments.jsonl": [
    (placeId) => sql`
      select json_build_object('id', r.payment_id, 'transfer', r.transfer_id, 'amount', r.amount_pence::text, 'on', r.paid_on,
               'commitment', r.commitment_id, 'pot', r.pot_id, 'service', r.service_id, 'supplier', r.supplier_id,
               'supplierName', p.name, 'vatRecovered', r.vat_recovered_pence::text, 'reference', r.reference,
               'spendFile', r.spend_file_id, 'spendRow', r.spend_row_number)::text as line
        from payment r left join transfer t on t.place_id = r.place_id and t.transfer_id = r.transfer_id
        left join partner p on p.place_id = r.place_id and p.partner_id = r.supplier_id
       where r.place_id = ${sql.lit(placeId)} order by t.life, t.transaction_number, r.transfer_id`,
  ],
  "reservations.jsonl": [
    (placeId) => sql`
      select json_build_object('id', reservation_id, 'account', account_id, 'record', record_id, 'amount', amount_pence::text,
               'on', made_on, 'endsOn', ends_on, 'by', made_by, 'ended', ended, 'endedOn', ended_on)::text as line
        from reservation where place_id = ${sql.lit(placeId)} order by reservation_id`,
  ],
  "transfers.jsonl": [
    (placeId) => sql`
      select json_build_object('id', transfer_id, 'life', life, 'tx', transaction_number::text,
               'postedAt', to_char(posted_at at time zone 'UTC', ${sql.lit(MOMENT)}), 'book', book, 'kind', kind, 'on', effective_on,
               'bookedOn', booked_on, 'record', record_id, 'words', words, 'by', made_by, 'reverses', reverses_id,
               'requestHash', encode(request_hash, 'hex'), 'hash', encode(content_hash, 'hex'))::text as line
        from transfer where place_id = ${sql.lit(placeId)} order by life, transaction_number, transfer_id`,
  ],
  "entries.jsonl": [
    (placeId) => sql`
      select ${ENTRY} as line from transfer t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
       where t.place_id = ${sql.lit(placeId)} order by t.life, t.transaction_number, t.transfer_id, e.line`,
    // An entry without its transfer is in the bundle as well, so that it is found.
    (placeId) => sql`
      select ${ENTRY} as line from entry e where e.place_id = ${sql.lit(placeId)} and not exists (
        select from transfer t where t.place_id = e.place_id and t.transfer_id = e.transfer_id) order by e.transfer_id, e.line`,
  ],
  "audit.jsonl": [
    (placeId) => sql`
      select (case when action ~ ${sql.lit(MONEY_ACTIONS)}
               then json_build_object('id', audit_id, 'life', life, 'tx', transaction_number::text, 'block', block_number::text,
                 'position', block_position, 'at', to_char(made_at at time zone 'UTC', ${sql.lit(MOMENT)}), 'actor', actor,
                 'action', action, 'record', record_id, 'hash', encode(content_hash, 'hex'))
               else json_build_object('id', audit_id, 'life', life, 'tx', transaction_number::text, 'block', block_number::text,
                 'position', block_position, 'digest', encode(audit_entry_bytes(a), 'hex')) end)::text as line
        from audit_entry a where place_id = ${sql.lit(placeId)}
       order by block_number nulls last, block_position, life, transaction_number, audit_id`,
  ],
  "blocks.jsonl": [
    (placeId) => sql`
      select json_build_object('number', block_number::text, 'sealedAt', to_char(sealed_at at time zone 'UTC', ${sql.lit(MOMENT)}),
               'form', form, 'dated', dated, 'fromLife', from_life, 'from', from_number::text, 'belowLife', below_life,
               'below', below_number::text, 'entries', entries, 'transfers', transfers, 'balance', trial_balance, 'held', held,
               'previous', encode(previous_hash, 'hex'), 'hash', encode(block_hash, 'hex'))::text as line
        from audit_block where place_id = ${sql.lit(placeId)} order by block_number`,
  ],
  "periods.jsonl": [
    (placeId) => sql`
      select json_build_object('book', book, 'startsOn', starts_on, 'endsOn', ends_on, 'state', state,
               'balanceHash', encode(balance_hash, 'hex'), 'entries', entries::text, 'block', block_number::text, 'closedBy', closed_by,
               'closedAt', to_char(closed_at at time zone 'UTC', ${sql.lit(MOMENT)}), 'sealedIn', sealed_in::text)::text as line
        from ledger_period where place_id = ${sql.lit(placeId)} order by book, starts_on`,
  ],
  "openings.jsonl": [readHeld("openings.jsonl")],
  "approvals.jsonl": [readHeld("approvals.jsonl")],
  "signatures.jsonl": [readHeld("signatures.jsonl")],
  "limits.jsonl": [readHeld("limits.jsonl")],
  "rules.jsonl": [readHeld("rules.jsonl")],
  "records.jsonl": [readHeld("records.jsonl")],
};

/** The lines of a part, some thousands at a time. */
export async function* readPart(
  tx: Transaction,
  { placeId, name }: { readonly placeId: number; readonly name: PartName },
): AsyncGenerator<readonly string[]> {
  for (const read of READ[name]) {
    for await (const rows of readThrough(tx, read(placeId))) yield rows.map(({ line }) => line);
  }
}

export type HeadRow = { readonly number: string; readonly hash: string; readonly sealedAt: string };

export async function newestHead(tx: Transaction, placeId: number): Promise<HeadRow | null> {
  return tx.maybe(sql<HeadRow>`
    select block_number::text as number, encode(block_hash, 'hex') as hash,
           to_char(sealed_at at time zone 'UTC', ${MOMENT}) as "sealedAt"
      from audit_block where place_id = ${placeId} order by block_number desc limit 1`);
}

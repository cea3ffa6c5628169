-- 0017 Held rows: each record of money and each decision (approvals, signatures, limits, rules, accounts as they were opened) is
-- hashed by the statement that writes it, and sealed with that transaction's rows. What is written once is held once; what ends
-- later (an approval, a limit, a code) has its end held as a row of its own. Posting a transfer writes nothing here.

-- Which limit a signature counted under, and how many signatures it then took: nothing where a place had laid down none.
alter table approval_signature add column authority_id uuid;
alter table approval_signature add column needs smallint;
alter table approval_signature add constraint "a signature counts under a limit of its place"
  foreign key (place_id, authority_id) references authority (place_id, authority_id);

-- What waits has no end that could be held: nor has it a reason, which nobody could tell from one that was put there later.
alter table approval add constraint "only what has ended has a reason" check (state <> 'waiting' or reason = '');

create table held_row (
  place_id integer not null,
  life smallint not null,
  transaction_number xid8 not null default pg_current_xact_id(),
  subject text not null,
  row_key text not null,
  column_names text[] not null,
  content_hash bytea not null,
  constraint "a row is held once" primary key (place_id, subject, row_key)
);
alter table held_row enable row level security;
alter table held_row force row level security;
create policy "only rows of the place in hand" on held_row
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select on held_row to onepot_app;
create index held_row_by_transaction on held_row (place_id, life, transaction_number);

-- How many held rows a block has; nothing for blocks from before there were any.
alter table audit_block add column held integer;

-- A row's own key, of one column or of several.
create function held_key(content jsonb, keys text[]) returns text
  language sql immutable parallel safe
as $$
  select string_agg(content ->> k.name, ':' order by k.at) from unnest(keys) with ordinality as k (name, at)
$$;

-- The hash of the named columns, each as its text: columns that a later migration adds change no hash.
create function held_hash(content jsonb, names text[]) returns bytea
  language sql immutable parallel safe
as $$
  select sha256(convert_to(coalesce(jsonb_object_agg(c.key, c.value), '{}')::text, 'UTF8'))
    from jsonb_each_text(content) as c where c.key = any (names)
$$;

-- What a block hashes of a held row.
create function held_seal(one held_row) returns bytea
  language sql immutable parallel safe
as $$
  select sha256(convert_to(concat_ws('|', one.place_id, one.life, one.transaction_number, one.subject, one.row_key,
    encode(one.content_hash, 'hex')), 'UTF8'))
$$;

-- The records that are held: each subject's table, its key, the columns that never change again, and where it is an end, how a
-- row `r` that has ended is known.
create table held_subject (
  subject text not null constraint "a subject is known once" primary key,
  source text not null,
  key_names text[] not null,
  column_names text[] not null,
  ended text
);

-- Each line is subject, table, key, the columns left out (an end that is held by itself, what follows from entries, a file's own
-- bytes); of an end, the columns that are of it alone.
insert into held_subject (subject, source, key_names, column_names, ended)
select one.subject, one.source, string_to_array(one.keys, ','), (
         select array_agg(a.attname::text order by a.attname)
           from pg_attribute a
          where a.attrelid = one.source::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> 'place_id'
            and (a.attname = any (string_to_array(one.left_out, ','))) = (one.ended is not null)), one.ended
  from (values
    ('account', 'ledger_account', 'account_id', 'posted_pence,reserved_pence,version,last_effective_on,closed_on', null),
    ('approval', 'approval', 'approval_id', 'state,ended_by,ended_at,reason,answer', null),
    ('approval_end', 'approval', 'approval_id', 'state,ended_by,ended_at,reason,answer', 'r.state <> ''waiting'''),
    ('signature', 'approval_signature', 'approval_id,signature_number', '', null),
    ('limit', 'authority', 'authority_id', 'ends_on,ended_by', null),
    ('limit_end', 'authority', 'authority_id', 'ends_on,ended_by', 'r.ends_on is not null'),
    ('stream', 'stream', 'stream_id', '', null),
    ('condition', 'stream_condition', 'stream_id,condition_number', '', null),
    ('pot', 'pot', 'pot_id', '', null),
    ('step', 'pot_step', 'pot_id,step_number', '', null),
    ('bank', 'pot_bank', 'pot_id', '', null),
    ('clawback_rule', 'stream_clawback_rule', 'rule_id', '', null),
    ('draw_order', 'pot_draw_order', 'order_id', '', null),
    ('year_rule', 'pot_year_rule', 'pot_id,starts_on', '', null),
    ('code', 'code_mapping', 'mapping_id', 'ends_on', null),
    ('code_end', 'code_mapping', 'mapping_id', 'ends_on', 'r.ends_on is not null'),
    ('virement', 'virement', 'virement_id', '', null),
    ('handover', 'handover', 'handover_id', '', null),
    ('release', 'commitment_release', 'release_id', '', null),
    ('credit_note', 'credit_note', 'credit_note_id', '', null),
    ('precommitment', 'precommitment', 'precommitment_id', '', null),
    ('stage', 'commitment_stage', 'commitment_id,stage_number', '', null),
    ('resolve_item', 'resolve_item', 'item_id', '', null),
    ('clearing', 'resolve_clearing', 'clearing_id', '', null),
    ('accrual', 'accrual', 'accrual_id', '', null),
    ('payment_line', 'payment_line', 'payment_id,line', '', null),
    ('year_end', 'year_end', 'year_end_id', '', null),
    ('year_balance', 'year_balance', 'book,year,pot_id,stream_id', '', null),
    ('carried', 'commitment_carried', 'book,year,commitment_id', '', null),
    ('period_explanation', 'period_explanation', 'book,period,item', '', null),
    ('variance_explanation', 'variance_explanation', 'explanation_id', '', null),
    ('partner_statement', 'partner_statement', 'statement_id', '', null),
    ('request', 'payment_request', 'request_id', '', null),
    ('request_line', 'payment_request_line', 'request_id,line_number', '', null),
    ('request_event', 'payment_request_event', 'request_id,event_number', '', null),
    ('outgoing_file', 'outgoing_batch', 'batch_id', 'content', null),
    ('listing', 'listing_file', 'file_id', '', null),
    ('match', 'reconciliation_match', 'match_id', '', null),
    ('match_line', 'reconciliation_match_line', 'line_id,turn', '', null),
    ('match_record', 'reconciliation_match_record', 'body_id,source,record_id,turn', '', null),
    ('match_undone', 'reconciliation_undo', 'match_id', '', null),
    ('statement_signature', 'reconciliation_signature', 'signature_id', '', null)
  ) as one (subject, source, keys, left_out, ended);

-- Holds rows that were written just now, as they stand: read again by their keys, with moments and bytes written in one way, so that
-- neither the words nor the link of whoever writes them can say otherwise. What is written with its end has its end held too. Each
-- statement that writes such a row calls this (src/platform/audit); a row that none held is named by db/checks. Gives their keys.
create function hold_rows(p_subject text, p_rows jsonb) returns setof text
  language plpgsql security definer
  set search_path = public, pg_temp
  set timezone = 'UTC'
  set bytea_output = 'hex'
as $$
declare
  asked held_subject;
  one held_subject;
  held text[];
begin
  if exists (select from jsonb_array_elements(p_rows) as given (content)
              where (given.content ->> 'place_id')::integer
                      is distinct from nullif(current_setting('app.place_id', true), '')::integer) then
    raise exception 'another place' using errcode = '42501';
  end if;
  select * into strict asked from held_subject where subject = p_subject;
  for one in
    select * from held_subject s
     where s.subject = p_subject or (asked.ended is null and s.ended is not null and s.source = asked.source)
  loop
    execute format(
      'with kept as (
         insert into held_row (place_id, life, subject, row_key, column_names, content_hash)
           select r.place_id, ledger_life(), $2, held_key(to_jsonb(r), $3), $4, held_hash(to_jsonb(r), $4)
             from jsonb_populate_recordset(null::%1$I, $1) as k join %1$I as r on %2$s
            where %3$s
           returning row_key)
       select array_agg(row_key) from kept',
      one.source,
      (select string_agg(format('r.%1$I = k.%1$I', n.name), ' and ') from unnest(array_prepend('place_id', one.key_names)) as n (name)),
      coalesce(one.ended, 'true'))
      into held using p_rows, one.subject, one.key_names, one.column_names;
    if one.subject = p_subject then
      if coalesce(cardinality(held), 0) <> jsonb_array_length(p_rows) then
        raise exception 'a row of % to be held is not there', p_subject using errcode = '23514';
      end if;
      return query select unnest(held);
    end if;
  end loop;
end
$$;
revoke execute on function hold_rows(text, jsonb) from public;
grant execute on function hold_rows(text, jsonb) to onepot_app;

-- Opens the account of a record for a stream and pot, or finds it, as before; one that it opens is held as it was opened.
create or replace function open_ledger_account(
  p_place integer, p_account uuid, p_book text, p_kind text, p_record uuid, p_stream uuid, p_pot uuid, p_floor bigint
) returns uuid
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
declare
  found_id uuid;
  opened ledger_account;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  select account_id into found_id from ledger_account
    where place_id = p_place and book = p_book and kind = p_kind and record_id = p_record
      and stream_id is not distinct from p_stream and pot_id is not distinct from p_pot;
  if found then
    return found_id;
  end if;
  if (p_kind in ('pot', 'allocation', 'commitment') and p_floor is distinct from 0)
     or (p_kind = 'stream' and p_floor is distinct from
           (select -amount_pence from stream where place_id = p_place and stream_id = p_record)) then
    raise exception 'an account of kind % has another floor', p_kind using errcode = '23514';
  end if;
  insert into ledger_account (place_id, account_id, book, kind, record_id, stream_id, pot_id, floor_pence)
    values (p_place, p_account, p_book, p_kind, p_record, p_stream, p_pot, p_floor)
    on conflict on constraint "a record has one account for a stream and pot" do nothing
    returning * into opened;
  found_id := opened.account_id;
  if found_id is not null then
    perform hold_rows('account', jsonb_build_array(to_jsonb(opened)));
  else
    select account_id into strict found_id from ledger_account
      where place_id = p_place and book = p_book and kind = p_kind and record_id = p_record
        and stream_id is not distinct from p_stream and pot_id is not distinct from p_pot;
  end if;
  return found_id;
end
$$;

-- held_now: the rows of some subjects, or of all, as they are now.
do $$
declare
  one held_subject;
  branches text[] := '{}';
begin
  for one in select * from held_subject order by subject loop
    branches := branches || format(E'  select r.place_id, %1$L, held_key(to_jsonb(r), %2$L), to_jsonb(r) from %3$I r\n   where (p_subjects is null or %1$L = any (p_subjects))%4$s',
      one.subject, one.key_names, one.source, coalesce(' and ' || one.ended, ''));
  end loop;
  -- The moment from which a place that was there before this migration has held rows stands for itself.
  branches := branches || E'  select h.place_id, h.subject, h.row_key, ''{}''::jsonb from held_row h\n   where h.subject = ''since'' and (p_subjects is null or ''since'' = any (p_subjects))'::text;
  execute format(E'create function held_now(p_subjects text[]) returns table (place_id integer, subject text, row_key text, content jsonb)\n  language sql stable\n  set timezone = ''UTC''\n  set bytea_output = ''hex''\nas %L',
    E'\n' || array_to_string(branches, E'\n  union all\n') || E'\n');
end
$$;

-- What is there already is held from now on, place by place: the owner sees the rows of one place at a time as well.
do $$
declare
  one record;
begin
  for one in select place_id from place loop
    perform set_config('app.place_id', one.place_id::text, true);
    insert into held_row (place_id, life, subject, row_key, column_names, content_hash)
      values (one.place_id, ledger_life(), 'since', one.place_id::text, '{}', held_hash('{}', '{}'));
    insert into held_row (place_id, life, subject, row_key, column_names, content_hash)
      select n.place_id, ledger_life(), n.subject, n.row_key, s.column_names, held_hash(n.content, s.column_names)
        from held_now(null) as n join held_subject as s on s.subject = n.subject;
  end loop;
  perform set_config('app.place_id', '', true);
end
$$;

-- The hash over the held rows of a range of transactions, by subject and key within one.
create function held_range_hash(p_place integer, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8) returns bytea
  language sql stable
as $$
  select sha256(coalesce(string_agg(held_seal(h), ''::bytea order by h.life, h.transaction_number,
      h.subject collate "C", h.row_key collate "C"), ''::bytea))
    from held_row h where h.place_id = p_place and (h.life, h.transaction_number) >= (p_from_life, p_from)
     and (h.life, h.transaction_number) < (p_below_life, p_below)
$$;

-- What a dated block says of itself, its ends and counts, the periods it seals and, since there are any, its held rows.
create or replace function dated_words(one audit_block) returns text
  language sql stable
as $$
  select concat_ws('|', one.form, one.from_life, one.from_number, one.below_life, one.below_number, one.entries, one.transfers)
    || '|' || sealed_periods(one.place_id, one.block_number)
    || case when one.held is null then '' else '#' || one.held || '|' || encode(held_range_hash(one.place_id, one.from_life,
         one.from_number, one.below_life, one.below_number), 'hex') end
$$;

-- Seals the rows as before, counts the held rows among them, then dates the block, with the periods that were closed for good and
-- are in no block yet.
create or replace function seal_audit(p_place integer) returns integer
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
declare
  sealed integer;
  newest bigint;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  sealed := seal_audit_rows(p_place);
  if sealed = 0 then
    return 0;
  end if;
  select max(block_number) into newest from audit_block where place_id = p_place;
  update ledger_period set sealed_in = newest where place_id = p_place and state = 'hard' and sealed_in is null;
  update audit_block b set held = (select count(*) from held_row h where h.place_id = p_place
      and (h.life, h.transaction_number) >= (b.from_life, b.from_number)
      and (h.life, h.transaction_number) < (b.below_life, b.below_number))
    where place_id = p_place and block_number = newest;
  update audit_block b set dated = true, block_hash = dated_block_hash(block_hash, sealed_at, dated_words(b))
    where place_id = p_place and block_number = newest;
  return sealed;
end
$$;

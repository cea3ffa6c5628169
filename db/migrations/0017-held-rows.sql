-- 0017 Held rows: each record of money and each decision (approvals, signatures, limits, rules, accounts as they were opened) is
-- hashed in the transaction that writes it, and sealed with that transaction's rows. What is written once is held once; what ends
-- later (an approval, a limit, a code) has its end held as a row of its own. Posting a transfer writes nothing here.

-- Which limit a signature counted under, and how many signatures it then took: nothing where a place had laid down none.
alter table approval_signature add column authority_id uuid;
alter table approval_signature add column needs smallint;
alter table approval_signature add constraint "a signature counts under a limit of its place"
  foreign key (place_id, authority_id) references authority (place_id, authority_id);

create table held_row (
  place_id integer not null,
  -- In the order of writing within one transaction, which its number alone does not give.
  held_id uuid not null default uuidv7(),
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
  select sha256(convert_to(concat_ws('|', one.place_id, one.held_id, one.life, one.transaction_number, one.subject, one.row_key,
    encode(one.content_hash, 'hex')), 'UTF8'))
$$;

-- The trigger of every table whose rows are held: its subject, its key's columns, and the columns that never change again.
-- Moments and bytes are written in one way, whatever the link of whoever writes them says.
create function hold_row() returns trigger
  language plpgsql security definer
  set search_path = public, pg_temp
  set timezone = 'UTC'
  set bytea_output = 'hex'
as $$
declare
  content jsonb := to_jsonb(new);
  names text[] := string_to_array(tg_argv[2], ',');
begin
  insert into held_row (place_id, life, subject, row_key, column_names, content_hash)
    values (new.place_id, ledger_life(), tg_argv[0], held_key(content, string_to_array(tg_argv[1], ',')), names,
      held_hash(content, names));
  return null;
end
$$;
revoke execute on function hold_row() from public;

-- The triggers, and beside them held_now: the rows of some subjects, or of all, as they are now. Each line is subject, table, key,
-- the columns left out (an end that is held by itself, what follows from entries, a file's own bytes), and where it is an end: the
-- columns of the end and how a row that has ended is known.
do $$
declare
  one record;
  names text;
  branches text[] := '{}';
begin
  for one in
    select * from (values
      ('account', 'ledger_account', 'account_id', 'posted_pence,reserved_pence,version,last_effective_on,closed_on', null),
      ('approval', 'approval', 'approval_id', 'state,ended_by,ended_at,reason,answer', null),
      ('approval_end', 'approval', 'approval_id', 'state,ended_by,ended_at,reason,answer', '%s.state <> ''waiting'''),
      ('signature', 'approval_signature', 'approval_id,signature_number', '', null),
      ('limit', 'authority', 'authority_id', 'ends_on,ended_by', null),
      ('limit_end', 'authority', 'authority_id', 'ends_on,ended_by', '%s.ends_on is not null'),
      ('stream', 'stream', 'stream_id', '', null),
      ('condition', 'stream_condition', 'stream_id,condition_number', '', null),
      ('pot', 'pot', 'pot_id', '', null),
      ('step', 'pot_step', 'pot_id,step_number', '', null),
      ('bank', 'pot_bank', 'pot_id', '', null),
      ('clawback_rule', 'stream_clawback_rule', 'rule_id', '', null),
      ('draw_order', 'pot_draw_order', 'order_id', '', null),
      ('year_rule', 'pot_year_rule', 'pot_id,starts_on', '', null),
      ('code', 'code_mapping', 'mapping_id', 'ends_on', null),
      ('code_end', 'code_mapping', 'mapping_id', 'ends_on', '%s.ends_on is not null'),
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
    ) as held (subject, source, keys, left_out, ended)
  loop
    select string_agg(a.attname, ',' order by a.attname) into names
      from pg_attribute a
     where a.attrelid = one.source::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> 'place_id'
       and (a.attname = any (string_to_array(one.left_out, ','))) = (one.ended is not null);
    execute format('create trigger %I after insert on %I for each row %s execute function hold_row(%L, %L, %L)',
      'hold ' || one.subject, one.source, coalesce('when (' || format(one.ended, 'new') || ')', ''), one.subject, one.keys, names);
    if one.ended is not null then
      execute format('create trigger %I after update on %I for each row when (not (%s) and %s) execute function hold_row(%L, %L, %L)',
        'hold ' || one.subject || ' later', one.source, format(one.ended, 'old'), format(one.ended, 'new'), one.subject, one.keys, names);
    end if;
    branches := branches || format(E'  select r.place_id, %1$L, held_key(to_jsonb(r), %2$L), to_jsonb(r) from %3$I r\n   where (p_subjects is null or %1$L = any (p_subjects))%4$s',
      one.subject, string_to_array(one.keys, ','), one.source, coalesce(' and ' || format(one.ended, 'r'), ''));
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
      select n.place_id, ledger_life(), n.subject, n.row_key, c.names, held_hash(n.content, c.names)
        from held_now(null) as n join (
          select split_part(t.args, '\000', 1) as subject, string_to_array(split_part(t.args, '\000', 3), ',') as names
            from (select encode(tgargs, 'escape') as args from pg_trigger
                   where tgfoid = 'hold_row'::regproc and tgname not like '% later') as t) as c on c.subject = n.subject
       order by n.subject, n.row_key
      on conflict (place_id, subject, row_key) do nothing;
  end loop;
  perform set_config('app.place_id', '', true);
end
$$;

-- The hash over the held rows of a range of transactions.
create function held_range_hash(p_place integer, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8) returns bytea
  language sql stable
as $$
  select sha256(coalesce(string_agg(held_seal(h), ''::bytea order by h.life, h.transaction_number, h.held_id), ''::bytea))
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

-- 0005 The posting store: what is reserved counts in the limit, accounts without a floor are folded and never queued for, a
-- transfer is its own row of the audit trail, blocks seal ranges of transactions, and sums by day, month and year answer for
-- any date. Entries stay the truth: every total here is checked against them (db/checks).

-- One transaction after another, also after a restore into a younger server: there its numbers start again, in a new life.
alter table transfer add column life smallint not null default 1;
-- What was posted before this migration is in the audit trail's own rows, and counts as transaction 0.
alter table transfer add column transaction_number xid8 not null default '0'::xid8;
alter table transfer alter column transaction_number set default pg_current_xact_id();
-- The day in whose period it counts, where that is another than its own: a late item goes to the open period.
alter table transfer add column booked_on date;
create index transfer_by_transaction on transfer (place_id, life, transaction_number);
create index transfer_by_day on transfer (place_id, effective_on, transfer_id);
create index transfer_booked_late on transfer (place_id, booked_on) where booked_on is not null;

alter table audit_entry add column life smallint not null default 1;
create index audit_entry_by_transaction on audit_entry (place_id, life, transaction_number);
drop index audit_entry_unsealed;

-- An entry is found by its transfer or by its account. Its number and balance are kept where the account has a floor: there
-- the account's row is locked. Elsewhere nothing waits, and the order is that of the transactions.
alter table entry alter column balance_pence drop not null;
alter table entry drop constraint "an account's entries are numbered without gaps";
alter table entry alter column version drop not null;
drop index entry_by_transfer;
alter table entry add constraint "an entry is one line of its transfer" primary key (place_id, transfer_id, line);
create index entry_by_account on entry (place_id, account_id, effective_on) include (amount_pence);
drop index entry_by_day;

alter table ledger_account add column reserved_pence bigint not null default 0;
alter table ledger_account drop constraint "an account never falls below its floor";
alter table ledger_account add constraint "an account never falls below its floor"
  check (floor_pence is null or posted_pence - reserved_pence >= floor_pence);

-- What stands aside in an account before a commitment or a payment is made: it counts against what is free at once.
create table reservation (
  place_id integer not null,
  reservation_id uuid not null,
  account_id uuid not null,
  record_id uuid not null,
  amount_pence bigint not null,
  made_on date not null,
  ends_on date,
  made_by text not null,
  ended text,
  ended_on date,
  constraint "a reservation has one id in its place" primary key (place_id, reservation_id),
  constraint "a reservation is more than nought" check (amount_pence > 0),
  constraint "a reservation ends in a known way" check (ended in ('drawn', 'released', 'expired')),
  constraint "a reservation that ended says how and when" check ((ended is null) = (ended_on is null))
);
alter table reservation enable row level security;
alter table reservation force row level security;
create policy "only rows of the place in hand" on reservation
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select on reservation to onepot_app;
alter table reservation add constraint "a reservation is made in an account of its place" foreign key (place_id, account_id) references ledger_account (place_id, account_id);
create index reservation_open on reservation (place_id, account_id) where ended is null;
create index reservation_by_record on reservation (place_id, record_id);

-- Sums of sealed entries: level 1 a day, 2 a month, 3 a year, by the first day. Written by the sealer alone.
create table ledger_sum (
  place_id integer not null,
  level smallint not null,
  starts_on date not null,
  account_id uuid not null,
  amount_pence bigint not null,
  constraint "an account has one sum a day, month and year" primary key (place_id, level, starts_on, account_id) include (amount_pence)
);
alter table ledger_sum enable row level security;
alter table ledger_sum force row level security;
create policy "only rows of the place in hand" on ledger_sum
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select on ledger_sum to onepot_app;

-- A period stands here once it is being closed; a day of none is open. Soft: finance only. Hard: nobody, for ever.
create table ledger_period (
  place_id integer not null,
  book ledger_book not null,
  starts_on date not null,
  ends_on date not null,
  state text not null,
  balance_hash bytea,
  entries bigint,
  block_number bigint,
  closed_by text,
  closed_at timestamptz,
  constraint "a period of a book starts once" primary key (place_id, book, starts_on),
  constraint "a period ends after it starts" check (ends_on >= starts_on),
  constraint "a period is soft or hard closed" check (state in ('soft', 'hard')),
  constraint "a hard closed period has its proof" check (state = 'soft' or (balance_hash is not null and entries is not null))
);
alter table ledger_period enable row level security;
alter table ledger_period force row level security;
create policy "only rows of the place in hand" on ledger_period
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select on ledger_period to onepot_app;

-- Blocks of form 1 hold entries numbered one by one; of form 2, all transactions from one up to another.
alter table audit_block add column form smallint not null default 1;
alter table audit_block alter column form set default 2;
alter table audit_block add column from_life smallint;
alter table audit_block add column from_number xid8;
alter table audit_block add column below_life smallint;
alter table audit_block add column below_number xid8;
alter table audit_block add column transfers integer not null default 0;
alter table audit_block add column trial_balance text not null default '';
alter table audit_block add constraint "a block of transactions has its ends" check (
  form = 1 or (from_life is not null and from_number is not null and below_life is not null and below_number is not null));

-- Sums of what is there already, place by place: the owner sees the rows of one place at a time as well.
do $$
declare
  one record;
begin
  for one in select place_id from place loop
    perform set_config('app.place_id', one.place_id::text, true);
    insert into ledger_sum (place_id, level, starts_on, account_id, amount_pence)
      select place_id, level, date_trunc((array['day', 'month', 'year'])[level], effective_on)::date, account_id, sum(amount_pence)
        from entry cross join generate_series(1, 3) as level group by 1, 2, 3, 4;
  end loop;
  perform set_config('app.place_id', '', true);
end
$$;

-- Where the sealed part of a place ends: what was posted from here on is not in the sums yet.
create function ledger_sealed_below(p_place integer, out life smallint, out number xid8) returns record
  language sql stable
as $$
  select coalesce(b.below_life, 1::smallint), coalesce(b.below_number, '1'::xid8)
    from (select 1) as one left join (
      select below_life, below_number from audit_block
       where place_id = p_place and form = 2 order by block_number desc limit 1) as b on true
$$;

-- What to add to each account's posted balance to have it as at the end of a day: less what came later, by year, month
-- and day; and, of what is not sealed yet, what an account without a floor has not folded in.
create function ledger_corrections(p_place integer, p_day date) returns table (account_id uuid, pence bigint)
  language sql stable
as $$
  select c.account_id, sum(c.pence)::bigint from (
    select s.account_id, -s.amount_pence as pence from ledger_sum s
     where s.place_id = p_place and s.level = 1 and s.starts_on > p_day
       and s.starts_on < (date_trunc('month', p_day) + interval '1 month')::date
    union all
    select s.account_id, -s.amount_pence from ledger_sum s
     where s.place_id = p_place and s.level = 2 and s.starts_on >= (date_trunc('month', p_day) + interval '1 month')::date
       and s.starts_on < (date_trunc('year', p_day) + interval '1 year')::date
    union all
    select s.account_id, -s.amount_pence from ledger_sum s
     where s.place_id = p_place and s.level = 3 and s.starts_on >= (date_trunc('year', p_day) + interval '1 year')::date
    union all
    select e.account_id, case when a.floor_pence is null then e.amount_pence else -e.amount_pence end
      from ledger_sealed_below(p_place) as b
      join transfer t on t.place_id = p_place and (t.life, t.transaction_number) >= (b.life, b.number)
      join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
      join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
     where (a.floor_pence is null) = (e.effective_on <= p_day)
  ) as c group by c.account_id
$$;

-- What is hashed of a transfer: every column that says what was done, and its lines in order. Changing either shows.
create or replace function transfer_hash(one transfer, accounts uuid[], amounts bigint[]) returns bytea
  language sql stable parallel safe
as $$
  select sha256(convert_to((case when one.booked_on is null
    then jsonb_build_array(one.place_id, one.transfer_id, one.book, one.kind, to_char(one.effective_on, 'YYYY-MM-DD'),
      one.record_id, one.words, one.made_by, one.reverses_id, accounts, amounts)
    else jsonb_build_array(one.place_id, one.transfer_id, one.book, one.kind, to_char(one.effective_on, 'YYYY-MM-DD'),
      one.record_id, one.words, one.made_by, one.reverses_id, accounts, amounts, to_char(one.booked_on, 'YYYY-MM-DD'))
    end)::text, 'UTF8'))
$$;

-- What a block hashes of a transfer: its own hash, which it was, when it came, and in which transaction.
create function transfer_seal(one transfer) returns bytea
  language sql immutable parallel safe
  set search_path = public, pg_temp
as $$
  select sha256(convert_to(concat_ws('|', one.transfer_id, one.life, one.transaction_number,
    to_char(one.posted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), encode(one.content_hash, 'hex')), 'UTF8'))
$$;

drop function post_transfer(integer, uuid, text, text, date, uuid[], bigint[], uuid, text, uuid, text, uuid, bytea);

-- Posts one transfer of any number of lines, or says why not. Alone decides balances, floors, books and periods.
-- Outcomes, tested in this order: not_found (a reversal of nothing), lines_missing, unbalanced, key_reused, already,
-- already_reversed, unknown_account, wrong_book, account_closed, period_closed (lowest_on is the first open day),
-- insufficient_funds, too_large, insufficient_funds_then (there is enough now, but not on the day or on one after it), posted.
-- Accounts with a floor are locked one by one in id order, so that two transfers cannot deadlock; a row that was waited for
-- is read again as it now is. Accounts without a floor are only read: the sealer folds their entries in. Closing a
-- period waits for what is being posted (a shared lock here, an exclusive one there), so none slips in behind it.
create function post_transfer(
  p_place integer, p_transfer uuid, p_book text, p_kind text, p_effective date, p_accounts uuid[], p_amounts bigint[],
  p_record uuid, p_words text, p_reverses uuid, p_actor text, p_request_hash bytea, p_booked date, p_soft boolean,
  out outcome text, out account uuid, out available_pence bigint, out lowest_on date
) returns record
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
declare
  accounts uuid[] := p_accounts;
  amounts bigint[] := p_amounts;
  lines integer;
  total numeric := 0;
  ids uuid[] := '{}';
  books text[] := '{}';
  floors bigint[] := '{}';
  posted bigint[] := '{}';
  reserved bigint[] := '{}';
  versions bigint[] := '{}';
  closed date[] := '{}';
  newest date[] := '{}';
  then_pence bigint;
  then_on date;
  line_versions bigint[] := '{}';
  line_balances bigint[] := '{}';
  held numeric[];
  counted bigint[];
  wanted uuid;
  ordered uuid[];
  one record;
  at integer;
  fault integer := 9;
  booked date := coalesce(p_booked, p_effective);
  existing_hash bytea;
  floored integer := 0;
  updated integer;
  made transfer;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  if (p_kind = 'reversal') <> (p_reverses is not null) then
    raise exception 'only a reversal reverses' using errcode = '23514';
  end if;
  if p_reverses is not null then
    select array_agg(e.account_id order by e.line), array_agg(-e.amount_pence order by e.line) into accounts, amounts
      from transfer t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
      where t.place_id = p_place and t.transfer_id = p_reverses and t.book = p_book and t.kind <> 'reversal';
    if accounts is null then
      outcome := 'not_found';
      return;
    end if;
  end if;
  lines := coalesce(cardinality(accounts), 0);
  if lines < 2 or lines <> coalesce(cardinality(amounts), 0) or 0 = any (amounts) or array_position(amounts, null) is not null then
    outcome := 'lines_missing';
    return;
  end if;
  for i in 1..lines loop
    total := total + amounts[i];
  end loop;
  if total <> 0 then
    outcome := 'unbalanced';
    return;
  end if;
  perform pg_advisory_xact_lock_shared(7402, p_place);
  -- One by one in id order, each by its key: a row that was waited for is given as it is now. A single statement over all
  -- of them is planned, while a place is young, to read every account it has (measured: ten times slower).
  if lines = 2 and accounts[1] <> accounts[2] then
    ordered := array[least(accounts[1], accounts[2]), greatest(accounts[1], accounts[2])];
  else
    ordered := array(select distinct id from unnest(accounts) as id order by id);
  end if;
  foreach wanted in array ordered loop
    select account_id, book, floor_pence, posted_pence, reserved_pence, version, closed_on, last_effective_on into one
      from ledger_account where place_id = p_place and account_id = wanted and floor_pence is not null for update;
    if found then
      floored := floored + 1;
    else
      select account_id, book, floor_pence, posted_pence, reserved_pence, null::bigint as version, closed_on,
             null::date as last_effective_on into one
        from ledger_account where place_id = p_place and account_id = wanted;
    end if;
    if found then
      ids := ids || one.account_id;
      books := books || one.book;
      floors := array_append(floors, one.floor_pence);
      posted := posted || one.posted_pence;
      reserved := reserved || one.reserved_pence;
      versions := array_append(versions, one.version);
      closed := array_append(closed, one.closed_on);
      newest := array_append(newest, one.last_effective_on);
    end if;
  end loop;
  held := posted;
  counted := versions;
  -- The first line at fault of the gravest kind: 1 unknown, 2 another book, 3 closed, 4 its period closed, 5 below its floor,
  -- 7 more than one entry may be (ten million million pounds: sums of many still fit) or than a balance can hold.
  for i in 1..lines loop
    at := array_position(ids, accounts[i]);
    if at is null then
      if fault > 1 then
        fault := 1;
        account := accounts[i];
      end if;
    else
      held[at] := held[at] + amounts[i];
      counted[at] := counted[at] + 1;
      if abs(held[at]) > 9223372036854775807 or abs(amounts[i]::numeric) > 1000000000000000 then
        fault := least(fault, 7);
      elsif floors[at] is not null then
        line_balances[i] := held[at];
        line_versions[i] := counted[at];
      else
        line_balances[i] := null;
        line_versions[i] := null;
      end if;
      if fault > 2 and books[at] <> p_book then
        fault := 2;
        account := accounts[i];
      elsif fault > 3 and closed[at] <= p_effective then
        fault := 3;
        account := accounts[i];
      elsif fault > 5 and amounts[i] < 0 and held[at] - reserved[at] < floors[at] then
        fault := 5;
        account := accounts[i];
        available_pence := greatest(posted[at] - reserved[at] - floors[at], 0);
      end if;
    end if;
  end loop;
  if fault > 3 then
    select p.starts_on, p.ends_on into one from ledger_period p
      where p.place_id = p_place and p.book = p_book and p.starts_on <= booked and p.ends_on >= booked
        and (p.state = 'hard' or not p_soft);
    if found then
      fault := 4;
      account := null;
      select max(p.ends_on) + 1 into then_on from ledger_period p
        where p.place_id = p_place and p.book = p_book and (p.state = 'hard' or not p_soft);
      lowest_on := then_on;
    end if;
  end if;
  -- Dated before an account's newest day: 6 what it held then, and on each day since, must cover it as well.
  if fault = 9 then
    for i in 1..cardinality(ids) loop
      if newest[i] > p_effective and held[i] < posted[i] and floors[i] is not null and fault = 9 then
        select l.lowest_pence, l.lowest_on into then_pence, then_on
          from ledger_lowest_since(p_place, ids[i], posted[i], p_effective) as l;
        if then_pence + held[i] - posted[i] < floors[i] then
          fault := 6;
          account := ids[i];
          available_pence := greatest(then_pence - floors[i], 0);
          lowest_on := then_on;
        end if;
      end if;
    end loop;
  end if;
  if fault < 9 or p_reverses is not null then
    select request_hash into existing_hash from transfer where place_id = p_place and transfer_id = p_transfer;
    if found then
      outcome := case when existing_hash = p_request_hash then 'already' else 'key_reused' end;
    elsif p_reverses is not null and exists (select from transfer where place_id = p_place and reverses_id = p_reverses) then
      outcome := 'already_reversed';
    elsif fault < 9 then
      outcome := (array['unknown_account', 'wrong_book', 'account_closed', 'period_closed', 'insufficient_funds',
        'insufficient_funds_then', 'too_large'])[fault];
    end if;
    if outcome is not null then
      if outcome not in ('insufficient_funds', 'insufficient_funds_then') then
        available_pence := null;
      end if;
      if outcome not in ('insufficient_funds_then', 'period_closed') then
        lowest_on := null;
      end if;
      return;
    end if;
  end if;
  made.place_id := p_place;
  made.transfer_id := p_transfer;
  made.book := p_book;
  made.kind := p_kind;
  made.effective_on := p_effective;
  made.booked_on := nullif(booked, p_effective);
  made.record_id := p_record;
  made.words := p_words;
  made.made_by := p_actor;
  made.reverses_id := p_reverses;
  made.content_hash := transfer_hash(made, accounts, amounts);
  insert into transfer (place_id, transfer_id, book, kind, effective_on, record_id, words, made_by, reverses_id,
      request_hash, content_hash, booked_on)
    values (p_place, p_transfer, p_book, p_kind, p_effective, p_record, p_words, p_actor, p_reverses, p_request_hash,
      made.content_hash, made.booked_on)
    on conflict (place_id, transfer_id) do nothing;
  if not found then
    select case when request_hash = p_request_hash then 'already' else 'key_reused' end into outcome
      from transfer where place_id = p_place and transfer_id = p_transfer;
    return;
  end if;
  insert into entry (place_id, account_id, version, transfer_id, line, amount_pence, balance_pence, effective_on)
    select p_place, l.id, l.version, p_transfer, l.line, l.amount, l.balance, p_effective
      from unnest(accounts, line_versions, amounts, line_balances) with ordinality as l (id, version, amount, balance, line);
  if floored > 0 then
    update ledger_account set posted_pence = held[array_position(ids, account_id)],
        version = counted[array_position(ids, account_id)], last_effective_on = greatest(last_effective_on, p_effective)
      where place_id = p_place and account_id = any (ids) and floor_pence is not null;
    get diagnostics updated = row_count;
    if updated <> floored then
      raise exception 'a locked account is gone' using errcode = 'XX001';
    end if;
  end if;
  outcome := 'posted';
end
$$;
revoke execute on function post_transfer(integer, uuid, text, text, date, uuid[], bigint[], uuid, text, uuid, text, bytea, date, boolean) from public;
grant execute on function post_transfer(integer, uuid, text, text, date, uuid[], bigint[], uuid, text, uuid, text, bytea, date, boolean) to onepot_app;

-- Sets an amount aside in an account, where it is free. Outcomes: unknown_account, no_floor, insufficient_funds, already, reserved.
create function reserve_pence(
  p_place integer, p_reservation uuid, p_account uuid, p_record uuid, p_amount bigint, p_made_on date, p_ends_on date, p_actor text,
  out outcome text, out available_pence bigint
) returns record
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
declare
  one ledger_account;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  select * into one from ledger_account where place_id = p_place and account_id = p_account for update;
  if not found then
    outcome := 'unknown_account';
  elsif exists (select from reservation where place_id = p_place and reservation_id = p_reservation) then
    outcome := 'already';
  elsif one.floor_pence is null then
    outcome := 'no_floor';
  elsif one.posted_pence - one.reserved_pence - p_amount < one.floor_pence then
    outcome := 'insufficient_funds';
    available_pence := greatest(one.posted_pence - one.reserved_pence - one.floor_pence, 0);
  else
    insert into reservation (place_id, reservation_id, account_id, record_id, amount_pence, made_on, ends_on, made_by)
      values (p_place, p_reservation, p_account, p_record, p_amount, p_made_on, p_ends_on, p_actor);
    update ledger_account set reserved_pence = reserved_pence + p_amount where place_id = p_place and account_id = p_account;
    outcome := 'reserved';
  end if;
end
$$;
revoke execute on function reserve_pence(integer, uuid, uuid, uuid, bigint, date, date, text) from public;
grant execute on function reserve_pence(integer, uuid, uuid, uuid, bigint, date, date, text) to onepot_app;

-- Lets go of all that is still set aside for a record; gives how much. Its accounts are locked in id order.
create function end_reservations(p_place integer, p_record uuid, p_how text, p_on date) returns bigint
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
declare
  one record;
  freed bigint := 0;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  for one in
    select distinct account_id from reservation where place_id = p_place and record_id = p_record and ended is null order by account_id
  loop
    perform from ledger_account where place_id = p_place and account_id = one.account_id for update;
  end loop;
  for one in
    update reservation set ended = p_how, ended_on = p_on
     where place_id = p_place and record_id = p_record and ended is null returning account_id, amount_pence
  loop
    update ledger_account set reserved_pence = reserved_pence - one.amount_pence
      where place_id = p_place and account_id = one.account_id;
    freed := freed + one.amount_pence;
  end loop;
  return freed;
end
$$;
revoke execute on function end_reservations(integer, uuid, text, date) from public;
grant execute on function end_reservations(integer, uuid, text, date) to onepot_app;

-- Closes a period of a book, softly or for good. Waits for what is being posted, then lets nothing in behind itself.
-- Outcomes: already_hard, overlaps, gap (an earlier day is still open while this hardens), soft, hard.
create function close_ledger_period(
  p_place integer, p_book text, p_starts date, p_ends date, p_state text, p_actor text, out outcome text, out balance_hash bytea, out entries bigint
) returns record
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
declare
  one ledger_period;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(7402, p_place);
  select * into one from ledger_period p where p.place_id = p_place and p.book = p_book and p.starts_on = p_starts;
  if found and (one.state = 'hard' or one.ends_on <> p_ends) then
    outcome := case when one.state = 'hard' then 'already_hard' else 'overlaps' end;
    return;
  end if;
  if exists (select from ledger_period p where p.place_id = p_place and p.book = p_book and p.starts_on <> p_starts
               and p.starts_on <= p_ends and p.ends_on >= p_starts) then
    outcome := 'overlaps';
    return;
  end if;
  if p_state = 'hard' and exists (
      select from transfer t where t.place_id = p_place and t.book = p_book and coalesce(t.booked_on, t.effective_on) < p_starts
        and not exists (select from ledger_period p where p.place_id = p_place and p.book = p_book and p.state = 'hard'
                          and coalesce(t.booked_on, t.effective_on) between p.starts_on and p.ends_on)) then
    outcome := 'gap';
    return;
  end if;
  if p_state = 'hard' then
    select h.balance_hash, h.entries into balance_hash, entries from ledger_period_hash(p_place, p_book, p_ends) as h;
  end if;
  insert into ledger_period (place_id, book, starts_on, ends_on, state, balance_hash, entries, block_number, closed_by, closed_at)
    values (p_place, p_book, p_starts, p_ends, p_state, close_ledger_period.balance_hash, close_ledger_period.entries,
      (select max(b.block_number) from audit_block b where b.place_id = p_place), p_actor, clock_timestamp())
    on conflict (place_id, book, starts_on) do update set state = excluded.state, balance_hash = excluded.balance_hash,
      entries = excluded.entries, block_number = excluded.block_number, closed_by = excluded.closed_by, closed_at = excluded.closed_at;
  outcome := p_state;
end
$$;
revoke execute on function close_ledger_period(integer, text, date, date, text, text) from public;
grant execute on function close_ledger_period(integer, text, date, date, text, text) to onepot_app;

-- The trial balance of a book at the end of a period, by the days in whose periods transfers count: its hash, and of how
-- many entries. From the entries themselves, so that it can be made again and compared.
create function ledger_period_hash(p_place integer, p_book text, p_ends date, out balance_hash bytea, out entries bigint) returns record
  language sql stable
as $$
  select sha256(convert_to(coalesce(string_agg(b.account_id || ':' || b.pence, ',' order by b.account_id), ''), 'UTF8')),
         coalesce(sum(b.entries), 0)::bigint
    from (
      select e.account_id, sum(e.amount_pence) as pence, count(*) as entries
        from transfer t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
       where t.place_id = p_place and t.book = p_book and coalesce(t.booked_on, t.effective_on) <= p_ends
       group by e.account_id) as b
$$;

-- A soft close is taken back; a hard one never.
create function reopen_ledger_period(p_place integer, p_book text, p_starts date) returns boolean
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(7402, p_place);
  delete from ledger_period where place_id = p_place and book = p_book and starts_on = p_starts and state = 'soft';
  return found;
end
$$;
revoke execute on function reopen_ledger_period(integer, text, date) from public;
grant execute on function reopen_ledger_period(integer, text, date) to onepot_app;

-- What each book's accounts held by kind, after a block and all before it, in words of a fixed order: part of its hash.
create function trial_balance_after(p_place integer, p_before text, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8)
  returns text
  language sql stable
as $$
  select coalesce(string_agg(key || '=' || pence, ';' order by key), '') from (
    select key, sum(pence) as pence from (
      select split_part(part, '=', 1) as key, split_part(part, '=', 2)::numeric as pence
        from regexp_split_to_table(nullif(p_before, ''), ';') as part
       where part ~ '^[a-z]+ [a-z]+=-?[0-9]+$'
      union all
      select a.book || ' ' || a.kind, e.amount_pence
        from transfer t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
        join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
       where t.place_id = p_place and (t.life, t.transaction_number) >= (p_from_life, p_from)
         and (t.life, t.transaction_number) < (p_below_life, p_below)) as parts
     group by key) as sums
$$;

-- The hash of a block of form 2, made again from what is there.
create function audit_block_hash(p_place integer, p_previous bytea, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8,
  p_trial_balance text) returns bytea
  language sql stable
as $$
  select sha256(p_previous
    || (select sha256(coalesce(string_agg(audit_entry_bytes(e), ''::bytea order by e.life, e.transaction_number, e.audit_id), ''::bytea))
          from audit_entry e where e.place_id = p_place and e.block_number is null
           and (e.life, e.transaction_number) >= (p_from_life, p_from) and (e.life, e.transaction_number) < (p_below_life, p_below))
    || (select sha256(coalesce(string_agg(transfer_seal(t), ''::bytea order by t.life, t.transaction_number, t.transfer_id), ''::bytea))
          from transfer t where t.place_id = p_place
           and (t.life, t.transaction_number) >= (p_from_life, p_from) and (t.life, t.transaction_number) < (p_below_life, p_below))
    || sha256(convert_to(p_trial_balance, 'UTF8')))
$$;

-- Seals what the place's transactions made below the oldest one in flight (later ones could still turn up before them), at
-- most about 10,000 rows a block, and folds it: sums by day, month and year, and balances of accounts without a floor.
create or replace function seal_audit(p_place integer) returns integer
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
declare
  last audit_block;
  start_life smallint;
  start_number xid8;
  end_life smallint;
  end_number xid8;
  cut record;
  rows_of_entries integer;
  rows_of_transfers integer;
  balance text;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(7401, p_place);
  select * into last from audit_block where place_id = p_place order by block_number desc limit 1;
  if last.form = 2 then
    start_life := last.below_life;
    start_number := last.below_number;
  else
    start_life := 1;
    start_number := '1'::xid8;
  end if;
  end_life := ledger_life();
  end_number := pg_snapshot_xmin(pg_current_snapshot());
  -- The row after the ten thousandth ends the block, unless one transaction made them all.
  select life, transaction_number into cut from (
    (select life, transaction_number from transfer
      where place_id = p_place and (life, transaction_number) >= (start_life, start_number)
        and (life, transaction_number) < (end_life, end_number) order by life, transaction_number offset 10000 limit 1)
    union all
    (select life, transaction_number from audit_entry
      where place_id = p_place and block_number is null and (life, transaction_number) >= (start_life, start_number)
        and (life, transaction_number) < (end_life, end_number) order by life, transaction_number offset 10000 limit 1)
  ) as beyond order by life, transaction_number limit 1;
  if found then
    if (cut.life, cut.transaction_number) = (start_life, start_number)
       or not exists (select from transfer where place_id = p_place and (life, transaction_number) >= (start_life, start_number)
                        and (life, transaction_number) < (cut.life, cut.transaction_number)
                      union all select from audit_entry where place_id = p_place and block_number is null
                        and (life, transaction_number) >= (start_life, start_number)
                        and (life, transaction_number) < (cut.life, cut.transaction_number)) then
      cut.transaction_number := ((cut.transaction_number::text::bigint + 1)::text)::xid8;
    end if;
    end_life := cut.life;
    end_number := cut.transaction_number;
  end if;
  select count(*) into rows_of_entries from audit_entry
    where place_id = p_place and block_number is null and (life, transaction_number) >= (start_life, start_number)
      and (life, transaction_number) < (end_life, end_number);
  select count(*) into rows_of_transfers from transfer
    where place_id = p_place and (life, transaction_number) >= (start_life, start_number)
      and (life, transaction_number) < (end_life, end_number);
  if rows_of_entries + rows_of_transfers = 0 then
    return 0;
  end if;
  balance := trial_balance_after(p_place, coalesce(last.trial_balance, ''), start_life, start_number, end_life, end_number);
  insert into audit_block (place_id, block_number, entries, transfers, previous_hash, from_life, from_number, below_life, below_number,
      trial_balance, block_hash)
    select p_place, coalesce(last.block_number, 0) + 1, rows_of_entries, rows_of_transfers, p.hash, start_life, start_number, end_life,
           end_number, balance, audit_block_hash(p_place, p.hash, start_life, start_number, end_life, end_number, balance)
      from (select coalesce(last.block_hash, sha256(''::bytea)) as hash) as p;
  if rows_of_transfers > 0 then
    perform fold_ledger(p_place, start_life, start_number, end_life, end_number);
  end if;
  return rows_of_entries + rows_of_transfers;
end
$$;

-- Adds the entries of a range of transactions to the sums, and to the balances of accounts without a floor.
create function fold_ledger(p_place integer, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8) returns void
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  insert into ledger_sum (place_id, level, starts_on, account_id, amount_pence)
    select p_place, level, date_trunc((array['day', 'month', 'year'])[level], d.effective_on)::date, d.account_id, sum(d.pence)
      from (select e.effective_on, e.account_id, sum(e.amount_pence) as pence
              from transfer t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
             where t.place_id = p_place and (t.life, t.transaction_number) >= (p_from_life, p_from)
               and (t.life, t.transaction_number) < (p_below_life, p_below)
             group by e.effective_on, e.account_id) as d cross join generate_series(1, 3) as level
     group by 2, 3, 4
    on conflict (place_id, level, starts_on, account_id) do update set amount_pence = ledger_sum.amount_pence + excluded.amount_pence;
  update ledger_account a set posted_pence = a.posted_pence + f.pence, version = a.version + f.entries,
      last_effective_on = greatest(a.last_effective_on, f.newest)
    from (select e.account_id, sum(e.amount_pence)::bigint as pence, count(*) as entries, max(e.effective_on) as newest
            from transfer t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
           where t.place_id = p_place and (t.life, t.transaction_number) >= (p_from_life, p_from)
             and (t.life, t.transaction_number) < (p_below_life, p_below)
           group by e.account_id) as f
   where a.place_id = p_place and a.account_id = f.account_id and a.floor_pence is null;
end
$$;
revoke execute on function fold_ledger(integer, smallint, xid8, smallint, xid8) from public;

-- The life in which transactions are numbered now: the default of the column, which a restore moves on.
create function ledger_life() returns smallint
  language sql stable
  set search_path = public, pg_temp
as $$
  select (select pg_get_expr(d.adbin, d.adrelid)::smallint from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
           where d.adrelid = 'transfer'::regclass and a.attname = 'life')
$$;

-- Begins a new life where this server numbers its transactions below those that are written down: it was restored from another.
-- Called at every start by the owner, who alone may change the columns' default.
create function begin_ledger_life() returns smallint
  language plpgsql
  set search_path = public, pg_temp
as $$
declare
  one record;
  newest xid8 := '0'::xid8;
  now_life smallint := ledger_life();
begin
  for one in select place_id from place loop
    perform set_config('app.place_id', one.place_id::text, true);
    select greatest(newest,
        (select transaction_number from transfer where place_id = one.place_id and life = now_life
          order by life desc, transaction_number desc limit 1),
        (select transaction_number from audit_entry where place_id = one.place_id and life = now_life
          order by life desc, transaction_number desc limit 1),
        (select below_number from audit_block where place_id = one.place_id and below_life = now_life
          order by block_number desc limit 1)) into newest;
  end loop;
  perform set_config('app.place_id', '', true);
  if newest > pg_current_xact_id() then
    now_life := now_life + 1;
    execute format('alter table transfer alter column life set default %s', now_life);
    execute format('alter table audit_entry alter column life set default %s', now_life);
  end if;
  return now_life;
end
$$;
revoke execute on function begin_ledger_life() from public;

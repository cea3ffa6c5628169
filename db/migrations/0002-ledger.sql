-- 0002 The ledger: streams, pots, contributions, allocations, commitments, payments; accounts, transfers and entries.
-- Transfers and entries are written only by post_transfer; a correction is a reversal. Shadow and real are two books.

create table stream (
  place_id integer not null,
  stream_id uuid not null,
  name text not null,
  name_welsh text,
  payer_id uuid not null,
  amount_pence bigint not null,
  starts_on date not null,
  ends_on date not null,
  power text not null,
  capital boolean not null default false,
  ring_fenced boolean not null default false,
  clawback text not null default '',
  source text not null default '',
  made_up boolean not null default false,
  constraint "a stream has one id in its place" primary key (place_id, stream_id),
  constraint "a stream has its own name in its place" unique (place_id, name),
  constraint "a stream is more than nought" check (amount_pence > 0),
  constraint "a stream ends after it starts" check (ends_on >= starts_on)
);
alter table stream enable row level security;
alter table stream force row level security;
create policy "only rows of the place in hand" on stream
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on stream to onepot_app;
alter table stream add constraint "a stream has a payer of its place" foreign key (place_id, payer_id) references partner (place_id, partner_id);

create table stream_condition (
  place_id integer not null,
  stream_id uuid not null,
  condition_number integer not null,
  kind text not null,
  words text not null,
  constraint "a condition has one number in its stream" primary key (place_id, stream_id, condition_number),
  constraint "a condition is of a known kind" check (kind in ('purpose', 'period', 'partner', 'capital', 'eligible_cost', 'reporting'))
);
alter table stream_condition enable row level security;
alter table stream_condition force row level security;
create policy "only rows of the place in hand" on stream_condition
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on stream_condition to onepot_app;
alter table stream_condition add constraint "a condition belongs to a stream of its place" foreign key (place_id, stream_id) references stream (place_id, stream_id);

create table pot (
  place_id integer not null,
  pot_id uuid not null,
  slug text not null,
  name text not null,
  name_welsh text,
  purpose text not null,
  mode text not null,
  book text not null,
  host_id uuid not null,
  area_id uuid,
  opened_on date not null,
  made_up boolean not null default false,
  constraint "a pot has one id in its place" primary key (place_id, pot_id),
  constraint "a pot has its own address in its place" unique (place_id, slug),
  constraint "a pot has its own name in its place" unique (place_id, name),
  constraint "a mode decides the book" check (
    (mode in ('aligned', 'shadow') and book = 'shadow') or (mode in ('pooled', 'delegated') and book = 'real'))
);
alter table pot enable row level security;
alter table pot force row level security;
create policy "only rows of the place in hand" on pot
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on pot to onepot_app;
alter table pot add constraint "a pot has a host of its place" foreign key (place_id, host_id) references partner (place_id, partner_id);
alter table pot add constraint "a pot has an area of its place" foreign key (place_id, area_id) references area (place_id, area_id);

-- Kinds as domains, not as checks of the tables: a table's check is read anew by every statement that writes to it
-- (measured: a sixth of a transfer), a domain's only where a value becomes one.
create domain ledger_book as text constraint "a book is shadow or real" check (value in ('shadow', 'real'));
create domain ledger_account_kind as text constraint "an account is of a known kind"
  check (value in ('stream', 'pot', 'allocation', 'commitment', 'paid', 'clearing'));
create domain transfer_kind as text constraint "a transfer is of a known kind"
  check (value in ('contribution', 'allocation', 'commitment', 'payment', 'transfer', 'reversal'));

create table ledger_account (
  place_id integer not null,
  account_id uuid not null,
  book ledger_book not null,
  kind ledger_account_kind not null,
  pot_id uuid,
  stream_id uuid,
  record_id uuid not null,
  floor_pence bigint,
  posted_pence bigint not null default 0,
  version bigint not null default 0,
  last_effective_on date,
  closed_on date,
  constraint "an account has one id in its place" primary key (place_id, account_id),
  constraint "a record has one account for a stream and pot" unique nulls not distinct (place_id, book, kind, record_id, stream_id, pot_id),
  constraint "an account never falls below its floor" check (floor_pence is null or posted_pence >= floor_pence)
) with (fillfactor = 50);
alter table ledger_account enable row level security;
alter table ledger_account force row level security;
create policy "only rows of the place in hand" on ledger_account
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select on ledger_account to onepot_app;
create index ledger_account_by_pot on ledger_account (place_id, pot_id);
create index ledger_account_by_record on ledger_account (place_id, record_id);

create table transfer (
  place_id integer not null,
  transfer_id uuid not null,
  book ledger_book not null,
  kind transfer_kind not null,
  effective_on date not null,
  posted_at timestamptz not null default clock_timestamp(),
  record_id uuid not null,
  words text not null,
  made_by text not null,
  reverses_id uuid,
  request_hash bytea not null,
  content_hash bytea not null,
  constraint "a transfer has one id in its place" primary key (place_id, transfer_id)
);
alter table transfer enable row level security;
alter table transfer force row level security;
create policy "only rows of the place in hand" on transfer
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select on transfer to onepot_app;
create unique index "a transfer is reversed once" on transfer (place_id, reverses_id) where reverses_id is not null;
create index transfer_by_record on transfer (place_id, record_id);

create table entry (
  place_id integer not null,
  account_id uuid not null,
  version bigint not null,
  transfer_id uuid not null,
  line integer not null,
  amount_pence bigint not null,
  balance_pence bigint not null,
  effective_on date not null,
  constraint "an account's entries are numbered without gaps" primary key (place_id, account_id, version)
);
alter table entry enable row level security;
alter table entry force row level security;
create policy "only rows of the place in hand" on entry
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select on entry to onepot_app;
create index entry_by_transfer on entry (place_id, transfer_id);
create index entry_by_day on entry (place_id, effective_on, account_id) include (amount_pence);
-- No foreign keys on entries, and no checks: only post_transfer writes them, for accounts it holds and the transfer it has
-- just written; db/checks prove it (entries-have-accounts, lines-sum-to-nought). Two look-ups saved for each entry.

create table contribution (
  place_id integer not null,
  contribution_id uuid not null,
  stream_id uuid not null,
  pot_id uuid not null,
  amount_pence bigint not null,
  made_on date not null,
  reference text not null default '',
  transfer_id uuid not null,
  constraint "a contribution has one id in its place" primary key (place_id, contribution_id),
  constraint "a contribution is more than nought" check (amount_pence > 0)
);
alter table contribution enable row level security;
alter table contribution force row level security;
create policy "only rows of the place in hand" on contribution
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on contribution to onepot_app;
alter table contribution add constraint "a contribution comes from a stream of its place" foreign key (place_id, stream_id) references stream (place_id, stream_id);
alter table contribution add constraint "a contribution goes to a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
alter table contribution add constraint "a contribution is a transfer" foreign key (place_id, transfer_id) references transfer (place_id, transfer_id);
create index contribution_by_pot on contribution (place_id, pot_id);
create index contribution_by_stream on contribution (place_id, stream_id);

create table allocation (
  place_id integer not null,
  allocation_id uuid not null,
  pot_id uuid not null,
  name text not null,
  name_welsh text,
  purpose text not null default '',
  theme_id uuid,
  amount_pence bigint not null,
  decided_by text not null,
  decided_on date not null,
  power text not null,
  transfer_id uuid not null,
  constraint "an allocation has one id in its place" primary key (place_id, allocation_id),
  constraint "an allocation is more than nought" check (amount_pence > 0)
);
alter table allocation enable row level security;
alter table allocation force row level security;
create policy "only rows of the place in hand" on allocation
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on allocation to onepot_app;
alter table allocation add constraint "an allocation is made from a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
alter table allocation add constraint "an allocation has a theme of its place" foreign key (place_id, theme_id) references theme (place_id, theme_id);
alter table allocation add constraint "an allocation is a transfer" foreign key (place_id, transfer_id) references transfer (place_id, transfer_id);
create index allocation_by_pot on allocation (place_id, pot_id);

create table commitment (
  place_id integer not null,
  commitment_id uuid not null,
  allocation_id uuid not null,
  pot_id uuid not null,
  kind text not null,
  service_id uuid not null,
  supplier_id uuid not null,
  reference text not null default '',
  words text not null default '',
  amount_pence bigint not null,
  committed_on date not null,
  ends_on date,
  transfer_id uuid not null,
  constraint "a commitment has one id in its place" primary key (place_id, commitment_id),
  constraint "a commitment is an award, an order or a grant" check (kind in ('award', 'order', 'grant')),
  constraint "a commitment is more than nought" check (amount_pence > 0)
);
alter table commitment enable row level security;
alter table commitment force row level security;
create policy "only rows of the place in hand" on commitment
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on commitment to onepot_app;
alter table commitment add constraint "a commitment draws on an allocation of its place" foreign key (place_id, allocation_id) references allocation (place_id, allocation_id);
alter table commitment add constraint "a commitment buys a service of its place" foreign key (place_id, service_id) references service (place_id, service_id);
alter table commitment add constraint "a commitment is to a partner of its place" foreign key (place_id, supplier_id) references partner (place_id, partner_id);
alter table commitment add constraint "a commitment is a transfer" foreign key (place_id, transfer_id) references transfer (place_id, transfer_id);
create index commitment_by_allocation on commitment (place_id, allocation_id);
create index commitment_by_pot on commitment (place_id, pot_id);
create index commitment_by_service on commitment (place_id, service_id);
create index commitment_by_supplier on commitment (place_id, supplier_id);

create table payment (
  place_id integer not null,
  payment_id uuid not null,
  commitment_id uuid not null,
  pot_id uuid not null,
  service_id uuid not null,
  supplier_id uuid not null,
  amount_pence bigint not null,
  vat_recovered_pence bigint not null default 0,
  paid_on date not null,
  reference text not null default '',
  spend_file_id uuid,
  spend_row_number integer,
  transfer_id uuid not null,
  constraint "a payment has one id in its place" primary key (place_id, payment_id),
  constraint "a payment is more than nought" check (amount_pence > 0),
  constraint "recovered VAT is nought or more" check (vat_recovered_pence >= 0),
  constraint "a published line has a file and a row" check ((spend_file_id is null) = (spend_row_number is null))
);
alter table payment enable row level security;
alter table payment force row level security;
create policy "only rows of the place in hand" on payment
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on payment to onepot_app;
alter table payment add constraint "a payment draws on a commitment of its place" foreign key (place_id, commitment_id) references commitment (place_id, commitment_id);
alter table payment add constraint "a payment buys a service of its place" foreign key (place_id, service_id) references service (place_id, service_id);
alter table payment add constraint "a payment is to a partner of its place" foreign key (place_id, supplier_id) references partner (place_id, partner_id);
alter table payment add constraint "a payment is a transfer" foreign key (place_id, transfer_id) references transfer (place_id, transfer_id);
create index payment_by_commitment on payment (place_id, commitment_id);
create index payment_by_pot on payment (place_id, pot_id);
create index payment_by_service on payment (place_id, service_id);
create index payment_by_supplier on payment (place_id, supplier_id);
create index payment_by_spend_line on payment (place_id, spend_file_id, spend_row_number) where spend_file_id is not null;

-- Opens the account of a record for a stream and pot, or finds it. A floor follows from the kind of account: what must
-- not be overdrawn cannot be opened without one.
create function open_ledger_account(
  p_place integer, p_account uuid, p_book text, p_kind text, p_record uuid, p_stream uuid, p_pot uuid, p_floor bigint
) returns uuid
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
declare
  found_id uuid;
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
    returning account_id into found_id;
  if found_id is null then
    select account_id into strict found_id from ledger_account
      where place_id = p_place and book = p_book and kind = p_kind and record_id = p_record
        and stream_id is not distinct from p_stream and pot_id is not distinct from p_pot;
  end if;
  return found_id;
end
$$;
revoke execute on function open_ledger_account(integer, uuid, text, text, uuid, uuid, uuid, bigint) from public;
grant execute on function open_ledger_account(integer, uuid, text, text, uuid, uuid, uuid, bigint) to onepot_app;

-- What is hashed of a transfer: every column that says what was done, and its lines in order. Changing either shows.
create function transfer_hash(one transfer, accounts uuid[], amounts bigint[]) returns bytea
  language sql stable parallel safe
  return sha256(convert_to(jsonb_build_array(one.place_id, one.transfer_id, one.book, one.kind,
    to_char(one.effective_on, 'YYYY-MM-DD'), one.record_id, one.words, one.made_by, one.reverses_id, accounts, amounts)::text, 'UTF8'));

-- The least that an account holds at the end of any day from one on, without its last days, and the first day on which it
-- holds that; nothing where the account has no entry after the day. From what it holds now less what came later.
create function ledger_lowest_since(
  p_place integer, p_account uuid, p_posted bigint, p_day date, out lowest_pence bigint, out lowest_on date
) returns record
  language sql stable
as $$
  select p_posted - later.pence::bigint, greatest(p_day, later.before_on) from (
    select e.effective_on, sum(sum(e.amount_pence)) over w as pence, lead(e.effective_on) over w as before_on
      from entry e where e.place_id = p_place and e.account_id = p_account and e.effective_on > p_day
     group by e.effective_on window w as (order by e.effective_on desc)) as later
   order by 1, 2 limit 1
$$;

-- Posts one transfer of any number of lines, or says why not. Alone decides balances, floors and books.
-- Outcomes, tested in this order: not_found (a reversal of nothing), lines_missing, unbalanced, key_reused, already,
-- already_reversed, unknown_account, wrong_book, account_closed, insufficient_funds, insufficient_funds_then (there is enough
-- now, but not on the day or on one after it), posted.
-- Accounts are locked in id order, so that two transfers cannot deadlock; a row that was waited for is
-- read again as it now is. A repeated key is looked for after that, so that it finds its transfer even where the first
-- took the last of the money. The arithmetic is done on arrays: each statement saved is a tenth of the time.
create function post_transfer(
  p_place integer, p_transfer uuid, p_book text, p_kind text, p_effective date, p_accounts uuid[], p_amounts bigint[],
  p_record uuid, p_words text, p_reverses uuid, p_actor text, p_audit uuid, p_request_hash bytea,
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
  versions bigint[] := '{}';
  closed date[] := '{}';
  newest date[] := '{}';
  then_pence bigint;
  then_on date;
  line_versions bigint[] := '{}';
  line_balances bigint[] := '{}';
  held bigint[];
  counted bigint[];
  wanted uuid;
  ordered uuid[];
  one record;
  at integer;
  fault integer := 9;
  existing_hash bytea;
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
  -- One by one in id order, each by its key: a row that was waited for is given as it is now. A single statement over all
  -- of them is planned, while a place is young, to read every account it has (measured: ten times slower).
  if lines = 2 and accounts[1] <> accounts[2] then
    ordered := array[least(accounts[1], accounts[2]), greatest(accounts[1], accounts[2])];
  else
    ordered := array(select distinct id from unnest(accounts) as id order by id);
  end if;
  foreach wanted in array ordered loop
    select account_id, book, floor_pence, posted_pence, version, closed_on, last_effective_on into one
      from ledger_account where place_id = p_place and account_id = wanted for update;
    if found then
      ids := ids || one.account_id;
      books := books || one.book;
      floors := array_append(floors, one.floor_pence);
      posted := posted || one.posted_pence;
      versions := versions || one.version;
      closed := array_append(closed, one.closed_on);
      newest := array_append(newest, one.last_effective_on);
    end if;
  end loop;
  held := posted;
  counted := versions;
  -- The first line at fault of the gravest kind: 1 unknown, 2 another book, 3 closed, 4 below its floor.
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
      line_balances[i] := held[at];
      line_versions[i] := counted[at];
      if fault > 2 and books[at] <> p_book then
        fault := 2;
        account := accounts[i];
      elsif fault > 3 and closed[at] <= p_effective then
        fault := 3;
        account := accounts[i];
      elsif fault > 4 and amounts[i] < 0 and held[at] < floors[at] then
        fault := 4;
        account := accounts[i];
        available_pence := posted[at] - floors[at];
      end if;
    end if;
  end loop;
  -- Dated before an account's newest day: 5 what it held then, and on each day since, must cover it as well.
  if fault = 9 then
    for i in 1..cardinality(ids) loop
      if newest[i] > p_effective and held[i] < posted[i] and floors[i] is not null and fault = 9 then
        select l.lowest_pence, l.lowest_on into then_pence, then_on
          from ledger_lowest_since(p_place, ids[i], posted[i], p_effective) as l;
        if then_pence + held[i] - posted[i] < floors[i] then
          fault := 5;
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
      outcome := (array['unknown_account', 'wrong_book', 'account_closed', 'insufficient_funds',
        'insufficient_funds_then'])[fault];
    end if;
    if outcome is not null then
      if outcome not in ('insufficient_funds', 'insufficient_funds_then') then
        available_pence := null;
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
  made.record_id := p_record;
  made.words := p_words;
  made.made_by := p_actor;
  made.reverses_id := p_reverses;
  made.content_hash := transfer_hash(made, accounts, amounts);
  insert into transfer (place_id, transfer_id, book, kind, effective_on, record_id, words, made_by, reverses_id,
      request_hash, content_hash)
    values (p_place, p_transfer, p_book, p_kind, p_effective, p_record, p_words, p_actor, p_reverses, p_request_hash,
      made.content_hash)
    on conflict (place_id, transfer_id) do nothing;
  if not found then
    select case when request_hash = p_request_hash then 'already' else 'key_reused' end into outcome
      from transfer where place_id = p_place and transfer_id = p_transfer;
    return;
  end if;
  insert into entry (place_id, account_id, version, transfer_id, line, amount_pence, balance_pence, effective_on)
    select p_place, l.id, l.version, p_transfer, l.line, l.amount, l.balance, p_effective
      from unnest(accounts, line_versions, amounts, line_balances) with ordinality as l (id, version, amount, balance, line);
  update ledger_account set posted_pence = held[array_position(ids, account_id)],
      version = counted[array_position(ids, account_id)], last_effective_on = greatest(last_effective_on, p_effective)
    where place_id = p_place and account_id = any (ids);
  get diagnostics updated = row_count;
  if updated <> cardinality(ids) then
    raise exception 'a locked account is gone' using errcode = 'XX001';
  end if;
  insert into audit_entry (place_id, audit_id, actor, action, record_id, content_hash)
    values (p_place, p_audit, p_actor, 'ledger.' || p_kind, p_transfer::text, made.content_hash);
  outcome := 'posted';
end
$$;
revoke execute on function post_transfer(integer, uuid, text, text, date, uuid[], bigint[], uuid, text, uuid, text, uuid, bytea) from public;
grant execute on function post_transfer(integer, uuid, text, text, date, uuid[], bigint[], uuid, text, uuid, text, uuid, bytea) to onepot_app;

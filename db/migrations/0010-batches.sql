-- 0010 Batches: up to a thousand transfers posted in one go, all of them or none.

-- Posts transfers in the order given; each step of each must hold, as if they had been posted one after another. Lines name
-- their transfer by its place in the list. Those already there with the same request are left as they are.
-- Outcomes, tested in this order over the whole batch; `at_fault` is the first transfer at fault: lines_missing, unbalanced,
-- key_reused, unknown_account, wrong_book, account_closed, period_closed, too_large, insufficient_funds,
-- insufficient_funds_then, posted. A reversal is not posted in a batch.
create function post_batch(
  p_place integer, p_transfers uuid[], p_books text[], p_kinds text[], p_effective date[], p_records uuid[], p_words text[],
  p_request_hashes bytea[], p_line_transfers integer[], p_line_accounts uuid[], p_line_amounts bigint[], p_actor text, p_soft boolean,
  out outcome text, out at_fault integer, out account uuid, out available_pence bigint, out lowest_on date, out posted integer
) returns record
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
declare
  fresh integer[];
  one record;
  wanted uuid[];
  floored integer;
  updated integer;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  if 'reversal' = any (p_kinds) then
    raise exception 'a reversal is not posted in a batch' using errcode = '23514';
  end if;
  posted := 0;
  select t.at into at_fault from generate_subscripts(p_transfers, 1) as t (at)
    left join (select l.at, count(*) as lines, bool_or(coalesce(l.amount, 0) = 0) as empty
                 from unnest(p_line_transfers, p_line_amounts) as l (at, amount) group by l.at) as l on l.at = t.at
    where coalesce(l.lines, 0) < 2 or l.empty order by t.at limit 1;
  if found then
    outcome := 'lines_missing';
    return;
  end if;
  select l.at into at_fault from unnest(p_line_transfers, p_line_amounts) as l (at, amount)
    group by l.at having sum(l.amount::numeric) <> 0 order by l.at limit 1;
  if found then
    outcome := 'unbalanced';
    return;
  end if;
  perform pg_advisory_xact_lock_shared(7402, p_place);
  wanted := array(select distinct id from unnest(p_line_accounts) as id order by id);
  perform from ledger_account where place_id = p_place and account_id = any (wanted) and floor_pence is not null
    order by account_id for update;
  select b.at into at_fault from unnest(p_transfers, p_request_hashes) with ordinality as b (id, hash, at)
    left join transfer t on t.place_id = p_place and t.transfer_id = b.id
    where t.request_hash <> b.hash
       or exists (select from unnest(p_transfers) with ordinality as o (id, at) where o.id = b.id and o.at < b.at)
    order by b.at limit 1;
  if found then
    outcome := 'key_reused';
    return;
  end if;
  fresh := array(select b.at from unnest(p_transfers) with ordinality as b (id, at)
    where not exists (select from transfer t where t.place_id = p_place and t.transfer_id = b.id) order by b.at);
  if cardinality(fresh) = 0 then
    outcome := 'posted';
    return;
  end if;
  -- The first line at fault of the gravest kind, its balance counted line after line.
  select f.fault, f.at, f.account_id, f.available into one from (
    select l.at, l.line, l.account_id, l.available, case
        when l.book is null then 1
        when l.book <> p_books[l.at] then 2
        when l.closed_on <= p_effective[l.at] then 3
        when exists (select from ledger_period p where p.place_id = p_place and p.book = p_books[l.at]
                       and p.starts_on <= p_effective[l.at] and p.ends_on >= p_effective[l.at] and (p.state = 'hard' or not p_soft)) then 4
        when abs(l.balance) > 9223372036854775807 or abs(l.amount::numeric) > 1000000000000000 then 5
        when l.amount < 0 and l.balance - l.reserved_pence < l.floor_pence then 6
        else 9 end as fault
      from (
        select b.at, b.line, b.account_id, b.amount, a.book::text as book, a.closed_on, a.floor_pence, a.reserved_pence,
               a.posted_pence::numeric + sum(b.amount::numeric) over w as balance,
               greatest(a.posted_pence + coalesce(sum(b.amount::numeric) over (partition by b.account_id order by b.line
                 rows between unbounded preceding and 1 preceding), 0) - a.reserved_pence - a.floor_pence, 0) as available
          from unnest(p_line_transfers, p_line_accounts, p_line_amounts) with ordinality as b (at, account_id, amount, line)
          left join ledger_account a on a.place_id = p_place and a.account_id = b.account_id
         where b.at = any (fresh) window w as (partition by b.account_id order by b.line)) as l) as f
   where f.fault < 9 order by f.fault, f.line limit 1;
  if found then
    outcome := (array['unknown_account', 'wrong_book', 'account_closed', 'period_closed', 'too_large', 'insufficient_funds'])[one.fault];
    at_fault := one.at;
    account := one.account_id;
    if one.fault = 6 then
      available_pence := one.available::bigint;
    elsif one.fault = 4 then
      select max(p.ends_on) + 1 into lowest_on from ledger_period p
        where p.place_id = p_place and p.book = p_books[one.at] and (p.state = 'hard' or not p_soft);
    end if;
    return;
  end if;
  insert into transfer (place_id, transfer_id, book, kind, effective_on, record_id, words, made_by, request_hash, content_hash)
    select m.place_id, m.transfer_id, m.book, m.kind, m.effective_on, m.record_id, m.words, m.made_by, b.hash,
           transfer_hash(m, l.accounts, l.amounts)
      from unnest(p_transfers, p_books, p_kinds, p_effective, p_records, p_words, p_request_hashes) with ordinality
             as b (id, book, kind, day, record, words, hash, at)
      join (select at, array_agg(account_id order by line) as accounts, array_agg(amount order by line) as amounts
              from unnest(p_line_transfers, p_line_accounts, p_line_amounts) with ordinality as l (at, account_id, amount, line)
             group by at) as l on l.at = b.at
      cross join lateral jsonb_populate_record(null::transfer, jsonb_build_object('place_id', p_place, 'transfer_id', b.id, 'book', b.book,
        'kind', b.kind, 'effective_on', b.day, 'record_id', b.record, 'words', b.words, 'made_by', p_actor)) as m
     where b.at = any (fresh);
  insert into entry (place_id, account_id, version, transfer_id, line, amount_pence, balance_pence, effective_on)
    select p_place, b.account_id,
           case when a.floor_pence is not null then a.version + row_number() over (partition by b.account_id order by b.line) end,
           p_transfers[b.at], row_number() over (partition by b.at order by b.line), b.amount,
           case when a.floor_pence is not null then a.posted_pence + (sum(b.amount) over (partition by b.account_id order by b.line))::bigint end,
           p_effective[b.at]
      from unnest(p_line_transfers, p_line_accounts, p_line_amounts) with ordinality as b (at, account_id, amount, line)
      join ledger_account a on a.place_id = p_place and a.account_id = b.account_id
     where b.at = any (fresh);
  -- Dated before an account's newest day, as it was when its turn came: what it held then, and on each day since, must
  -- cover it as well. The entries are there and numbered, so each step is judged by those up to its own.
  for one in
    select d.* from (
      select b.at, b.account_id, a.floor_pence, p_effective[b.at] as day, sum(b.amount) as net, max(e.version) as version,
             greatest(a.last_effective_on, max(p_effective[b.at]) over (partition by b.account_id order by b.at
               rows between unbounded preceding and 1 preceding)) as newest
        from unnest(p_line_transfers, p_line_accounts, p_line_amounts) as b (at, account_id, amount)
        join ledger_account a on a.place_id = p_place and a.account_id = b.account_id and a.floor_pence is not null
        join entry e on e.place_id = p_place and e.transfer_id = p_transfers[b.at] and e.account_id = b.account_id
       where b.at = any (fresh) group by b.at, b.account_id, a.floor_pence, a.last_effective_on) as d
     where d.net < 0 and d.day < d.newest order by d.at
  loop
    select min(l.held), min(l.day) filter (where l.held < one.floor_pence) into available_pence, lowest_on from (
      select s.day, sum(s.pence) over (order by s.day) as held from (
        select greatest(e.effective_on, one.day) as day, sum(e.amount_pence) as pence from entry e
         where e.place_id = p_place and e.account_id = one.account_id and e.version <= one.version group by 1) as s) as l;
    if available_pence < one.floor_pence then
      outcome := 'insufficient_funds_then';
      at_fault := one.at;
      account := one.account_id;
      available_pence := 0;
      raise exception 'not on the day' using errcode = 'OP001';
    end if;
    available_pence := null;
    lowest_on := null;
  end loop;
  with moved as (
    select b.account_id, sum(b.amount)::bigint as pence, count(*) as entries, max(p_effective[b.at]) as newest
      from unnest(p_line_transfers, p_line_accounts, p_line_amounts) as b (at, account_id, amount)
     where b.at = any (fresh) group by b.account_id)
  update ledger_account a set posted_pence = a.posted_pence + m.pence, version = a.version + m.entries,
      last_effective_on = greatest(a.last_effective_on, m.newest)
    from moved m where a.place_id = p_place and a.account_id = m.account_id and a.floor_pence is not null;
  posted := cardinality(fresh);
  outcome := 'posted';
exception when sqlstate 'OP001' then
  posted := 0;
end
$$;
revoke execute on function post_batch(integer, uuid[], text[], text[], date[], uuid[], text[], bytea[], integer[], uuid[], bigint[], text, boolean) from public;
grant execute on function post_batch(integer, uuid[], text[], text[], date[], uuid[], text[], bytea[], integer[], uuid[], bigint[], text, boolean) to onepot_app;

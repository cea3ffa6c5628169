-- 0014 Plans that do not depend on what the statistics know. post_transfer asks for rows by their keys alone, so that one plan
-- serves every call; left to itself PostgreSQL plans the update of the balances anew each time (it takes `any (ids)` for ten ids and
-- finds each plan of its own cheaper): 85 of 270 microseconds a transfer.
alter function post_transfer(integer, uuid, text, text, date, uuid[], bigint[], uuid, text, uuid, text, bytea, date, boolean)
  set plan_cache_mode to force_generic_plan;
alter function post_transfer(integer, uuid, text, text, date, uuid[], bigint[], uuid, text, uuid, text, bytea, date, boolean)
  set enable_seqscan to off;

-- The entries of a range of transactions, by the transfers of the range alone. Left to itself PostgreSQL joins the two tables of a place that
-- its statistics do not know yet the other way round, each entry with every transfer of the place: a seal of fifty transfers read ten
-- million rows (measured on a place two minutes old). `offset 0` keeps the order of the two steps.
create function entries_between(p_place integer, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8)
  returns table (account_id uuid, amount_pence bigint, effective_on date)
  language sql stable rows 100
as $$
  select e.account_id, e.amount_pence, e.effective_on
    from (select t.transfer_id from transfer t
           where t.place_id = p_place and (t.life, t.transaction_number) >= (p_from_life, p_from)
             and (t.life, t.transaction_number) < (p_below_life, p_below)
           order by t.life, t.transaction_number offset 0) as held
   cross join lateral (select e.account_id, e.amount_pence, e.effective_on from entry e
                        where e.place_id = p_place and e.transfer_id = held.transfer_id order by e.line offset 0) as e
$$;

create or replace function trial_balance_after(p_place integer, p_before text, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8)
  returns text
  language sql stable
as $$
  select coalesce(string_agg(key || '=' || pence, ';' order by key), '') from (
    select key, sum(pence) as pence from (
      select split_part(part, '=', 1) as key, split_part(part, '=', 2)::numeric as pence
        from regexp_split_to_table(nullif(p_before, ''), ';') as part
       where part ~ '^[a-z]+ [a-z]+=-?[0-9]+$'
      union all
      select a.book || ' ' || a.kind, e.pence
        from (select account_id, sum(amount_pence) as pence
                from entries_between(p_place, p_from_life, p_from, p_below_life, p_below) group by account_id) as e
        join ledger_account a on a.place_id = p_place and a.account_id = e.account_id) as parts
     group by key) as sums
$$;

create or replace function fold_ledger(p_place integer, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8) returns void
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
              from entries_between(p_place, p_from_life, p_from, p_below_life, p_below) as e
             group by e.effective_on, e.account_id) as d cross join generate_series(1, 3) as level
     group by 2, 3, 4
    on conflict (place_id, level, starts_on, account_id) do update set amount_pence = ledger_sum.amount_pence + excluded.amount_pence;
  update ledger_account a set posted_pence = a.posted_pence + f.pence, version = a.version + f.entries,
      last_effective_on = greatest(a.last_effective_on, f.newest)
    from (select e.account_id, sum(e.amount_pence)::bigint as pence, count(*) as entries, max(e.effective_on) as newest
            from entries_between(p_place, p_from_life, p_from, p_below_life, p_below) as e
           group by e.account_id) as f
   where a.place_id = p_place and a.account_id = f.account_id and a.floor_pence is null;
end
$$;

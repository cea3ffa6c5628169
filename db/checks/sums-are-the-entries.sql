-- The sums by day, month and year are the sums of the sealed entries, so that any date is answered as the entries would.
with sealed as materialized (
  select p.place_id, b.life, b.number
    from (select distinct place_id from ledger_account) as p cross join lateral ledger_sealed_below(p.place_id) as b
)
select 'account ' || coalesce(s.account_id, e.account_id) || ', ' || coalesce((array['day', 'month', 'year'])[level], 'level ' || level) || ' of ' || starts_on
       || ': sum ' || coalesce(s.amount_pence, 0) || ', entries ' || coalesce(e.pence, 0) as found
  from ledger_sum s full join (
    select level, date_trunc((array['day', 'month', 'year'])[level], d.effective_on)::date as starts_on, d.account_id, sum(d.pence) as pence
      from (select n.effective_on, n.account_id, sum(n.amount_pence) as pence
              from sealed b join transfer t on t.place_id = b.place_id
              join entry n on n.place_id = t.place_id and n.transfer_id = t.transfer_id
             where (t.life, t.transaction_number) < (b.life, b.number) group by n.effective_on, n.account_id) as d
      cross join generate_series(1, 3) as level group by 1, 2, 3) as e
    using (level, starts_on, account_id)
 where s.amount_pence is distinct from e.pence limit 20

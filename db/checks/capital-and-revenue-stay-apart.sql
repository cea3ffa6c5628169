-- No capital money is in a revenue record and no revenue money in a capital one, unless a condition of the stream gives the right.
with record as (
  select place_id, 'allocation' as kind, allocation_id as record_id, capital, transfer_id from allocation
  union all select place_id, 'commitment', commitment_id, capital, transfer_id from commitment
  union all select place_id, 'payment', payment_id, capital, transfer_id from payment
)
select distinct r.kind || ' ' || r.record_id || ' (' || case when r.capital then 'capital' else 'revenue' end || ') draws on stream ' || s.stream_id
       || ' (' || case when s.capital then 'capital' else 'revenue' end || ')' as found
  from record r join entry e on e.place_id = r.place_id and e.transfer_id = r.transfer_id
  join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
  join stream s on s.place_id = a.place_id and s.stream_id = a.stream_id
 where s.capital <> r.capital and not exists (
   select from stream_condition c where c.place_id = s.place_id and c.stream_id = s.stream_id and c.kind = 'capital'
      and c.terms ->> 'right' = case when s.capital then 'capital_to_revenue' else 'revenue_to_capital' end)
 limit 20

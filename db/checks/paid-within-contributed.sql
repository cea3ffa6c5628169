-- For each pot and stream: paid, less what is to resolve, is at most committed, committed at most allocated, allocated at most contributed.
with flow as (
  select a.pot_id, a.stream_id,
         sum(e.amount_pence) filter (where a.kind in ('paid', 'resolve')) as paid,
         sum(e.amount_pence) filter (where a.kind in ('paid', 'resolve', 'commitment')) as committed,
         sum(e.amount_pence) filter (where a.kind in ('paid', 'resolve', 'commitment', 'allocation')) as allocated,
         sum(e.amount_pence) as contributed
    from entry e join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
   where a.pot_id is not null and a.kind <> 'clearing' group by a.pot_id, a.stream_id
)
select 'pot ' || pot_id || ', stream ' || stream_id || ': paid ' || coalesce(paid, 0) || ', committed ' || coalesce(committed, 0)
       || ', allocated ' || coalesce(allocated, 0) || ', contributed ' || contributed as found
  from flow
 where coalesce(paid, 0) > coalesce(committed, 0) or coalesce(committed, 0) > coalesce(allocated, 0) or coalesce(allocated, 0) > contributed
 order by pot_id, stream_id limit 20

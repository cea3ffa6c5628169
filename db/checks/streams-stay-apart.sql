-- The lines of every transfer sum to nought for each stream, so that each pound keeps its stream.
select 'transfer ' || e.transfer_id || ': stream ' || coalesce(a.stream_id::text, 'none') || ' is out by ' || sum(e.amount_pence) || ' pence' as found
  from entry e join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
 where a.kind <> 'clearing'
 group by e.transfer_id, a.stream_id having sum(e.amount_pence) <> 0 and not exists (
   select from entry c join ledger_account k on k.place_id = c.place_id and k.account_id = c.account_id
    where c.transfer_id = e.transfer_id and k.kind = 'clearing')
 order by e.transfer_id limit 20

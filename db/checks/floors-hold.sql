-- No account ever stood below its floor, and every account that must have a floor has it.
select 'account ' || a.account_id || ' (' || a.kind || '): floor ' || coalesce(a.floor_pence::text, 'missing') || ', lowest ' || coalesce(min(e.balance_pence), 0) as found
  from ledger_account a left join entry e on e.place_id = a.place_id and e.account_id = a.account_id and e.amount_pence < 0
  left join stream s on s.place_id = a.place_id and a.kind = 'stream' and s.stream_id = a.record_id
 group by a.account_id, a.kind, a.floor_pence, a.posted_pence, a.reserved_pence, s.amount_pence
having min(e.balance_pence) < a.floor_pence or a.posted_pence - a.reserved_pence < a.floor_pence
    or (a.kind in ('pot', 'allocation', 'commitment') and a.floor_pence is distinct from 0)
    or (a.kind = 'stream' and a.floor_pence is distinct from -s.amount_pence)
 order by a.account_id limit 20

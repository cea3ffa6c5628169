-- The lines of every transfer sum to nought, there are at least two, and each moves money.
select 'transfer ' || t.transfer_id || ': ' || count(e.line) || ' lines that sum to ' || coalesce(sum(e.amount_pence), 0) || ' pence' as found
  from transfer t left join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
 group by t.transfer_id having coalesce(sum(e.amount_pence), 0) <> 0 or count(e.line) < 2 or bool_or(e.amount_pence = 0)
 order by t.transfer_id limit 20

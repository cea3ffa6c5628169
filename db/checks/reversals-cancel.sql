-- A reversal has the lines of what it reverses with the signs changed; nothing is reversed twice, and no reversal is reversed.
select 'reversal ' || r.transfer_id || ' of ' || r.reverses_id || ': account ' || e.account_id || ' is left with ' || sum(e.amount_pence) || ' pence' as found
  from transfer r join entry e on e.place_id = r.place_id and e.transfer_id in (r.transfer_id, r.reverses_id)
 where r.reverses_id is not null
 group by r.transfer_id, r.reverses_id, e.account_id having sum(e.amount_pence) <> 0
union all
select 'reversal ' || r.transfer_id || ' reverses ' || r.reverses_id || ', which is missing, in another book or a reversal'
  from transfer r left join transfer t on t.place_id = r.place_id and t.transfer_id = r.reverses_id
 where r.reverses_id is not null and (t.transfer_id is null or t.kind = 'reversal' or t.book <> r.book)
union all
select 'transfer ' || reverses_id || ' is reversed ' || count(*) || ' times'
  from transfer where reverses_id is not null group by reverses_id having count(*) > 1
 limit 20

-- Money is handed over only between a pot and its part, of one book, from the one's accounts to the other's and nowhere else.
select 'handover ' || h.handover_id || ': pots ' || h.pot_id || ' and ' || h.to_pot_id || ' are not a pot and its part in one book' as found
  from handover h join pot g on g.place_id = h.place_id and g.pot_id = h.pot_id
  join pot r on r.place_id = h.place_id and r.pot_id = h.to_pot_id
 where g.book <> r.book or (g.parent_id is distinct from r.pot_id and r.parent_id is distinct from g.pot_id)
union all
select 'handover ' || h.handover_id || ': ' || e.amount_pence || ' pence on account ' || a.account_id || ' (' || a.kind || ')'
  from handover h join entry e on e.place_id = h.place_id and e.transfer_id = h.transfer_id
  join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
 where a.kind <> 'pot' or a.pot_id is distinct from case when e.amount_pence < 0 then h.pot_id else h.to_pot_id end
 limit 20

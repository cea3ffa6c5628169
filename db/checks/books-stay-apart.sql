-- No transfer touches two books, and an account is kept in the book of its pot.
select 'transfer ' || t.transfer_id || ' (' || t.book || ') touches account ' || a.account_id || ' (' || a.book || ')' as found
  from transfer t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
  join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
  left join pot o on o.place_id = a.place_id and o.pot_id = a.pot_id
 where a.book <> t.book or o.book <> t.book order by t.transfer_id limit 20

-- The balances of each book sum to nought, with what is not folded in yet.
select 'book ' || book || ': the balances sum to ' || sum(pence) || ' pence' as found
  from (
    select book, posted_pence as pence from ledger_account
    union all
    select a.book, e.amount_pence
      from transfer t cross join lateral ledger_sealed_below(t.place_id) as b
      join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
      join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
     where a.floor_pence is null and (t.life, t.transaction_number) >= (b.life, b.number)) as held
 group by book having sum(pence) <> 0 order by book

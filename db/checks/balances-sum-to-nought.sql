-- The balances of each book sum to nought, with what is not folded in yet.
with sealed as materialized (
  select p.place_id, b.life, b.number
    from (select distinct place_id from ledger_account) as p cross join lateral ledger_sealed_below(p.place_id) as b
)
select 'book ' || book || ': the balances sum to ' || sum(pence) || ' pence' as found
  from (
    select book, posted_pence as pence from ledger_account
    union all
    select a.book, e.amount_pence
      from sealed b join transfer t on t.place_id = b.place_id
      join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
      join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
     where a.floor_pence is null and (t.life, t.transaction_number) >= (b.life, b.number)) as held
 group by book having sum(pence) <> 0 order by book

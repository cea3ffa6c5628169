-- The balances of each book sum to nought.
select 'book ' || book || ': the balances sum to ' || sum(posted_pence) || ' pence' as found
  from ledger_account group by book having sum(posted_pence) <> 0 order by book

-- Every entry belongs to an account and a transfer that are there.
select 'entry ' || e.version || ' of account ' || e.account_id as found
  from entry e
  left join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
  left join transfer t on t.place_id = e.place_id and t.transfer_id = e.transfer_id
 where a.account_id is null or t.transfer_id is null order by e.account_id, e.version limit 20

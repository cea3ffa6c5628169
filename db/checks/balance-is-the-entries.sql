-- Each account's balance is the sum of its entries.
select 'account ' || a.account_id || ': balance ' || a.posted_pence || ', entries ' || coalesce(e.pence, 0) as found
  from ledger_account a left join (select account_id, sum(amount_pence) as pence from entry group by account_id) as e
    on e.account_id = a.account_id
 where a.posted_pence <> coalesce(e.pence, 0) order by a.account_id limit 20

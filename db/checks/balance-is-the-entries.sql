-- Each account's balance is the sum of its entries: of all where it has a floor, else of those that are folded in.
select 'account ' || a.account_id || ': balance ' || a.posted_pence || ', entries ' || coalesce(e.pence, 0) as found
  from ledger_account a left join (
    select n.account_id, sum(n.amount_pence) filter (where k.floor_pence is not null
             or (t.life, t.transaction_number) < (b.life, b.number)) as pence
      from transfer t cross join lateral ledger_sealed_below(t.place_id) as b
      join entry n on n.place_id = t.place_id and n.transfer_id = t.transfer_id
      join ledger_account k on k.place_id = n.place_id and k.account_id = n.account_id
     group by n.account_id) as e
    on e.account_id = a.account_id
 where a.posted_pence <> coalesce(e.pence, 0) order by a.account_id limit 20

-- Each account's balance is the sum of its entries: of all where it has a floor, else of those that are folded in.
with sealed as materialized (
  select p.place_id, b.life, b.number
    from (select distinct place_id from ledger_account) as p cross join lateral ledger_sealed_below(p.place_id) as b
)
select 'account ' || a.account_id || ': balance ' || a.posted_pence || ', entries ' || coalesce(e.pence, 0) as found
  from ledger_account a left join (
    select n.account_id, sum(n.amount_pence) filter (where k.floor_pence is not null
             or (t.life, t.transaction_number) < (b.life, b.number)) as pence
      from sealed b join transfer t on t.place_id = b.place_id
      join entry n on n.place_id = t.place_id and n.transfer_id = t.transfer_id
      join ledger_account k on k.place_id = n.place_id and k.account_id = n.account_id
     group by n.account_id) as e
    on e.account_id = a.account_id
 where a.posted_pence <> coalesce(e.pence, 0) order by a.account_id limit 20

-- Each entry has its transfer's day, the lines of a transfer are numbered from one, and entries are numbered where there is a floor.
select 'transfer ' || t.transfer_id || ', line ' || e.line || ': '
       || case when e.effective_on <> t.effective_on then 'its day is ' || e.effective_on || ', the transfer''s ' || t.effective_on
               when e.line <> e.place_in_order then 'line ' || e.place_in_order || ' was expected'
               when (e.version is null) <> (e.balance_pence is null) then 'its number and its balance are not written together'
               else 'its number is ' || coalesce(e.version::text, 'missing') || ', the account''s floor '
                    || coalesce(a.floor_pence::text, 'missing') end as found
  from transfer t join (
    select *, row_number() over (partition by place_id, transfer_id order by line) as place_in_order from entry) as e
    on e.place_id = t.place_id and e.transfer_id = t.transfer_id
  join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
 where e.effective_on <> t.effective_on or e.line <> e.place_in_order or (e.version is null) <> (e.balance_pence is null)
    or (t.transaction_number <> '0'::xid8 and (e.version is null) <> (a.floor_pence is null))
 limit 20

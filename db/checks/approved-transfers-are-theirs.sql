-- A transfer that has an approval's id was made under it: of its kind and book, by who prepared it, once it was done; and each
-- approval of the ledger's own acts that is done has its transfer.
select 'approval ' || a.approval_id || ': ' || case
         when t.transfer_id is null then 'no transfer' when a.state <> 'done' then 'a transfer, but it is ' || a.state
         else 'its transfer is another' end as found
  from approval a left join transfer t on t.place_id = a.place_id and t.transfer_id = a.approval_id
 where (t.transfer_id is null and a.state = 'done'
        and a.use_case in ('contribution.record', 'allocation.record', 'commitment.record', 'payment.record', 'transfer.reverse'))
    or (t.transfer_id is not null and (a.state <> 'done' or t.kind <> a.act or t.book <> a.book or t.made_by <> a.prepared_by))
 limit 20

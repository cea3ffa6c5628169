-- Each transfer and its lines still have the hash that was written when it was posted.
with lines as (
  select place_id, transfer_id, array_agg(account_id order by line) as accounts, array_agg(amount_pence order by line) as amounts
    from entry group by place_id, transfer_id
)
select 'transfer ' || t.transfer_id || ' or its lines were changed after posting' as found
  from transfer t left join lines l on l.place_id = t.place_id and l.transfer_id = t.transfer_id
 where t.content_hash is distinct from transfer_hash(t, l.accounts, l.amounts)
union all
select 'transfer ' || t.transfer_id || case when a.audit_id is null then ' is not in the audit trail'
         else ' has another hash than the audit trail' end
  from transfer t left join audit_entry a
    on a.place_id = t.place_id and a.record_id = t.transfer_id::text and a.action = 'ledger.' || t.kind
 where t.transaction_number = '0'::xid8 and (a.audit_id is null or t.content_hash <> a.content_hash)
 limit 20

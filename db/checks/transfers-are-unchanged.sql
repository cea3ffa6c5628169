-- Each transfer and its lines still have the hash that was written when it was posted, here and in the audit trail.
select 'transfer ' || t.transfer_id || case when a.audit_id is null then ' is not in the audit trail'
         when t.content_hash <> a.content_hash then ' has another hash than the audit trail'
         else ' or its lines were changed after posting' end as found
  from transfer t left join audit_entry a
    on a.place_id = t.place_id and a.record_id = t.transfer_id::text and a.action = 'ledger.' || t.kind
  left join lateral (
    select array_agg(e.account_id order by e.line) as accounts, array_agg(e.amount_pence order by e.line) as amounts
      from entry e where e.place_id = t.place_id and e.transfer_id = t.transfer_id) as l on true
 where a.audit_id is null or t.content_hash <> a.content_hash
    or t.content_hash is distinct from transfer_hash(t, l.accounts, l.amounts)
 order by t.posted_at, t.transfer_id limit 20

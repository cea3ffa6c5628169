-- Each transfer that the audit trail names is still there.
select 'transfer ' || a.record_id || ' was posted at ' || a.made_at || ' and is gone' as found
  from audit_entry a left join transfer t on t.place_id = a.place_id and t.transfer_id = a.record_id::uuid
 where a.action in ('ledger.contribution', 'ledger.allocation', 'ledger.commitment', 'ledger.payment', 'ledger.transfer', 'ledger.reversal')
   and t.transfer_id is null
 order by a.made_at limit 20

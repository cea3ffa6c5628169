-- Each approval was prepared, signed, refused and withdrawn by whom the audit trail says.
with said as (
  select place_id, record_id, action, actor from audit_entry
   where action in ('approval.prepare', 'approval.authorise', 'approval.refuse', 'approval.withdraw')
), wanted as (
  select place_id, approval_id, 'approval.prepare' as action, prepared_by as actor from approval
  union all
  select place_id, approval_id, 'approval.authorise', signed_by from approval_signature
  union all
  select place_id, approval_id, case state when 'refused' then 'approval.refuse' else 'approval.withdraw' end, ended_by
    from approval where state in ('refused', 'withdrawn')
)
select 'approval ' || w.approval_id || ': the audit trail has no ' || w.action || ' of it by ' || w.actor as found
  from wanted w left join said s on s.place_id = w.place_id and s.record_id = w.approval_id::text
   and s.action = w.action and s.actor = w.actor
 where s.action is null
 limit 20

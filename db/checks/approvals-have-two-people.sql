-- What was carried out under an approval was signed by someone other than who prepared it, for exactly what was shown, and
-- by whoever ended it last; a signature of who prepared it is on no approval.
select 'approval ' || a.approval_id || ': ' || case
         when s.signatures = 0 then 'done without a signature'
         when s.own > 0 then 'signed by who prepared it'
         when s.other_hash > 0 then 'signed for something else than was shown'
         else 'carried out by someone who did not sign' end as found
  from approval a cross join lateral (
    select count(*) as signatures, count(*) filter (where g.signed_by = a.prepared_by) as own,
           count(*) filter (where g.shown_hash <> a.shown_hash) as other_hash,
           count(*) filter (where g.signed_by = a.ended_by) as by_ender
      from approval_signature g where g.place_id = a.place_id and g.approval_id = a.approval_id) as s
 where (a.state = 'done' and (s.signatures = 0 or s.by_ender = 0)) or s.own > 0 or s.other_hash > 0
 limit 20

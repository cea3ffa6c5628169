-- Every record that moves money (contribution, allocation, commitment, payment, virement, release, credit note, handover) is the amount of its own transfer, and each transfer has its record.
with record as (
  select 'contribution' as kind, contribution_id as record_id, amount_pence, transfer_id, made_on as day from contribution
  union all select 'allocation', allocation_id, amount_pence, transfer_id, decided_on from allocation
  union all select 'commitment', commitment_id, amount_pence, transfer_id, committed_on from commitment
  union all select case when elsewhere then 'paid_elsewhere' else 'payment' end, payment_id, amount_pence, transfer_id, paid_on from payment
  union all select 'virement', virement_id, amount_pence, transfer_id, moved_on from virement
  union all select 'release', release_id, amount_pence, transfer_id, released_on from commitment_release
  union all select 'handover', handover_id, amount_pence, transfer_id, moved_on from handover
  union all select 'credit_note', credit_note_id, amount_pence, transfer_id, credited_on from credit_note
), moved as (
  select t.transfer_id, t.kind, t.record_id, t.effective_on, coalesce(sum(e.amount_pence) filter (where e.amount_pence > 0), 0) as pence
    from transfer t left join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
   where t.kind in ('contribution', 'allocation', 'commitment', 'payment', 'paid_elsewhere', 'virement', 'release', 'credit_note', 'handover')
   group by t.transfer_id, t.kind, t.record_id, t.effective_on
)
select coalesce(r.kind || ' ' || r.record_id || ': ' || r.amount_pence || ' pence on ' || r.day, 'no record') || '; '
       || coalesce('transfer ' || m.transfer_id || ': ' || m.pence || ' pence on ' || m.effective_on, 'no transfer') as found
  from record r full join moved m on m.transfer_id = r.transfer_id and m.kind = r.kind and m.record_id = r.record_id
 where r.amount_pence is distinct from m.pence or r.day is distinct from m.effective_on
 limit 20

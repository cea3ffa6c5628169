-- Each transfer of a pot's real money was carried out as someone else authorised what its maker prepared or requested.
-- An approval ends in the transaction that it is carried out in; a payment of a request has the request's two people. Accruals move no
-- pot's money; of what was posted before approvals were held, none is asked for.
with since as (
  select place_id, life, transaction_number from held_row where subject = 'since'
), carried_out as (
  select h.place_id, h.life, h.transaction_number, a.prepared_by
    from held_row h join approval a on a.place_id = h.place_id and a.approval_id::text = h.row_key
   where h.subject = 'approval_end' and a.state = 'done'
), requested as (
  select r.place_id, p.payment_id from payment_request r
    join payment_request_event p on p.place_id = r.place_id and p.request_id = r.request_id and p.state = 'paid'
   where exists (select from payment_request_event g where g.place_id = r.place_id and g.request_id = r.request_id
                    and g.state = 'authorised' and g.made_by <> r.made_by)
), alone as (
  select t.place_id, t.transfer_id, t.kind
    from transfer t left join since s on s.place_id = t.place_id
    left join carried_out c on c.place_id = t.place_id and c.life = t.life and c.transaction_number = t.transaction_number
     and c.prepared_by = t.made_by
    left join requested q on q.place_id = t.place_id and q.payment_id = t.record_id and t.kind = 'payment'
   where t.book = 'real' and c.place_id is null and q.place_id is null and t.transaction_number <> '0'::xid8
     and (s.place_id is null or (t.life, t.transaction_number) >= (s.life, s.transaction_number))
)
select distinct 'transfer ' || t.transfer_id || ': a ' || t.kind || ' of real money that nobody authorised' as found
  from alone t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
  join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id and a.pot_id is not null
  join pot o on o.place_id = a.place_id and o.pot_id = a.pot_id
 where a.kind in ('pot', 'allocation', 'commitment', 'paid', 'resolve', 'clearing')
 limit 20

-- The credit notes of a payment come to no more than it, and none stands on a payment that was reversed.
select 'payment ' || p.payment_id || ': ' || p.amount_pence || ' paid, ' || sum(c.amount_pence) || ' credited'
       || case when bool_or(r.transfer_id is not null) then ', and it was reversed' else '' end as found
  from payment p join credit_note c on c.place_id = p.place_id and c.payment_id = p.payment_id
  left join transfer r on r.place_id = p.place_id and r.reverses_id = p.transfer_id
 where not exists (select from transfer b where b.place_id = c.place_id and b.reverses_id = c.transfer_id)
 group by p.payment_id, p.amount_pence
having sum(c.amount_pence) > p.amount_pence or bool_or(r.transfer_id is not null)
 order by p.payment_id limit 20

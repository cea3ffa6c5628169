-- What credit notes that stand give back of a payment's line is no more than the line: in net, in VAT, in what was recovered, and no more stays recovered than stays charged.
with credited as (
  select l.payment_id, l.line, sum(l.net_pence) as net, sum(l.vat_pence) as vat, sum(l.recoverable_pence) as recovered
    from credit_note_line l join credit_note c on c.place_id = l.place_id and c.credit_note_id = l.credit_note_id
   where not exists (select from transfer r where r.place_id = c.place_id and r.reverses_id = c.transfer_id)
   group by l.payment_id, l.line
), stands as (
  select d.payment_id, d.line, d.net, d.vat, d.recovered, p.net_pence - d.net as net_left, p.vat_pence - d.vat as vat_left,
         p.recoverable_pence - d.recovered as recovered_left,
         case when p.net_pence < 0 or (p.net_pence = 0 and p.vat_pence < 0) then -1 else 1 end as sign
    from credited d left join payment_line p on p.payment_id = d.payment_id and p.line = d.line
)
select 'payment ' || payment_id || ', line ' || line || ': credited net ' || net || ', VAT ' || vat || ', recovered ' || recovered
       || case when net_left is null then ', and the payment has no such line'
            else '; left ' || net_left || ', ' || vat_left || ', ' || recovered_left end as found
  from stands
 where net_left is null or sign * net < 0 or sign * vat < 0 or sign * recovered < 0
    or sign * net_left < 0 or sign * recovered_left < 0 or sign * vat_left < sign * recovered_left
 order by payment_id, line limit 20

-- Every payment has its lines: net plus VAT less what is recovered is what the pot bears, and what is recovered is the payment's.
select 'payment ' || p.payment_id || ': ' || coalesce(l.borne::text, 'no lines') || ' pence of ' || p.amount_pence || ', '
       || coalesce(l.recovered, 0) || ' recovered of ' || p.vat_recovered_pence as found
  from payment p left join (
    select payment_id, sum(net_pence + vat_pence - recoverable_pence) as borne, sum(recoverable_pence) as recovered
      from payment_line group by payment_id) as l on l.payment_id = p.payment_id
 where l.borne is distinct from p.amount_pence or l.recovered is distinct from p.vat_recovered_pence
 order by p.payment_id limit 20

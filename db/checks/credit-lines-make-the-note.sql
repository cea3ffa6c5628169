-- Where a credit note has lines, net plus VAT less what was recovered is what came back to the pot.
select 'credit note ' || c.credit_note_id || ': ' || sum(l.net_pence + l.vat_pence - l.recoverable_pence) || ' pence by line, '
       || c.amount_pence || ' credited' as found
  from credit_note c join credit_note_line l on l.place_id = c.place_id and l.credit_note_id = c.credit_note_id
 group by c.credit_note_id, c.amount_pence
having sum(l.net_pence + l.vat_pence - l.recoverable_pence) <> c.amount_pence
 order by c.credit_note_id limit 20

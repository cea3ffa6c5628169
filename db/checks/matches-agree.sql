-- The lines of a match in force come to its amount, and so do its records.
select 'match ' || m.match_id as found
  from reconciliation_match m
 where not exists (select from reconciliation_undo u where u.place_id = m.place_id and u.match_id = m.match_id)
   and (m.amount_pence <> (select coalesce(sum(r.amount_pence), 0) from reconciliation_match_record r
                            where r.place_id = m.place_id and r.match_id = m.match_id)
     or m.amount_pence <> (select coalesce(sum(l.amount_pence), 0) from reconciliation_match_line x
                             join listing_line l on l.place_id = x.place_id and l.line_id = x.line_id
                            where x.place_id = m.place_id and x.match_id = m.match_id))
 limit 20

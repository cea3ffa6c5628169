-- A line, and a record of a body, is in at most one match in force.
select 'line ' || x.line_id as found
  from reconciliation_match_line x
 where not exists (select from reconciliation_undo u where u.place_id = x.place_id and u.match_id = x.match_id)
 group by x.line_id having count(*) > 1
union all
select 'record ' || r.record_id
  from reconciliation_match_record r
 where not exists (select from reconciliation_undo u where u.place_id = r.place_id and u.match_id = r.match_id)
 group by r.body_id, r.source, r.record_id having count(*) > 1
 limit 20

-- Each spend file has as many lines, and the total, that were written down when it was stored.
select 'spend file ' || f.file_id || ' (' || f.name || '): ' || f.lines || ' lines of ' || f.total_pence || ' pence written down, '
       || count(l.row_number) || ' of ' || coalesce(sum(l.amount_pence), 0) || ' there' as found
  from spend_file f left join spend_line l on l.place_id = f.place_id and l.file_id = f.file_id
 group by f.file_id, f.name, f.lines, f.total_pence
having count(l.row_number) <> f.lines or coalesce(sum(l.amount_pence), 0) <> f.total_pence
 order by f.file_id limit 20

-- Each signature that counted under a limit was within it, and what was carried out has as many signatures as its last one took.
select 'approval ' || a.approval_id || ': ' || case
         when l.authority_id is null then 'signed under a limit that is gone'
         when l.role <> g.role then 'signed as ' || g.role || ' under a limit of ' || l.role
         when l.pot_id is not null and l.pot_id is distinct from a.pot_id then 'signed under a limit of another pot'
         when l.act <> a.act then 'signed under a limit of another act'
         when a.capital and not l.capital then 'capital, signed under a limit of revenue'
         when l.signatures <> g.needs then 'signed under a limit of ' || l.signatures || ' signatures as one of ' || g.needs
         else a.amount_pence || ' pence, signed under a limit of ' || l.up_to_pence end as found
  from approval_signature g join approval a on a.place_id = g.place_id and a.approval_id = g.approval_id
  left join authority l on l.place_id = g.place_id and l.authority_id = g.authority_id
 where g.authority_id is not null
   and (l.authority_id is null or l.role <> g.role or (l.pot_id is not null and l.pot_id is distinct from a.pot_id)
        or l.act <> a.act or (a.capital and not l.capital)
        or a.amount_pence > l.up_to_pence or l.signatures is distinct from g.needs)
union all
select 'approval ' || a.approval_id || ': carried out with ' || count(*) || ' signatures, where its last one took '
       || (array_agg(g.needs order by g.signature_number desc))[1]
  from approval a join approval_signature g on g.place_id = a.place_id and g.approval_id = a.approval_id
 where a.state = 'done'
 group by a.place_id, a.approval_id
having count(*) < (array_agg(g.needs order by g.signature_number desc))[1]
 limit 20

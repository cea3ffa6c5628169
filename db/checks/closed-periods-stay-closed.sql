-- A hard closed period has the trial balance, and as many entries, that it was closed with.
select 'period from ' || p.starts_on || ' to ' || p.ends_on || ' (' || p.book || '): ' || p.entries || ' entries when it was closed, '
       || h.entries || ' now' || case when h.entries = p.entries then ', with other balances' else '' end as found
  from ledger_period p cross join lateral ledger_period_hash(p.place_id, p.book, p.ends_on) as h
 where p.state = 'hard' and (h.entries <> p.entries or h.balance_hash <> p.balance_hash)
 order by p.starts_on limit 20

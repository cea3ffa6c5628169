-- The entries of each account with a floor are numbered from one without gaps, and its version is their count.
select 'account ' || a.account_id || ': version ' || a.version || ', ' || coalesce(e.entries, 0) || ' entries, '
       || coalesce(e.numbered, 0) || ' numbered ' || coalesce(e.first, 0) || ' to ' || coalesce(e.last, 0) as found
  from ledger_account a left join (
    select account_id, count(*) as entries, count(distinct version) as numbered, min(version) as first, max(version) as last
      from entry group by account_id) as e on e.account_id = a.account_id
 where a.floor_pence is not null and (a.version <> coalesce(e.entries, 0) or coalesce(e.numbered, 0) <> coalesce(e.entries, 0)
    or coalesce(e.first, 1) <> 1 or coalesce(e.last, 0) <> a.version)
 order by a.account_id limit 20

-- No account stood below its floor at the end of any day, and each account knows its newest day.
select 'account ' || a.account_id || ' (' || a.kind || '): floor ' || a.floor_pence || ', ' || d.balance || ' at the end of ' || d.effective_on as found
  from ledger_account a join (
    select account_id, effective_on, sum(sum(amount_pence)) over (partition by account_id order by effective_on) as balance
      from entry group by account_id, effective_on) as d on d.account_id = a.account_id
 where d.balance < a.floor_pence
union all
select 'account ' || a.account_id || ' (' || a.kind || '): newest day ' || coalesce(a.last_effective_on::text, 'missing') || ', last entry '
       || coalesce(e.newest::text, 'missing')
  from ledger_account a left join (select account_id, max(effective_on) as newest from entry group by account_id) as e
    on e.account_id = a.account_id
 where a.floor_pence is not null and a.last_effective_on is distinct from e.newest
 limit 20

-- What an account has reserved is the sum of its open reservations, and is never less than nought.
select 'account ' || a.account_id || ': reserved ' || a.reserved_pence || ', open reservations ' || coalesce(r.pence, 0) as found
  from ledger_account a left join (
    select account_id, sum(amount_pence) as pence from reservation where ended is null group by account_id) as r
    on r.account_id = a.account_id
 where a.reserved_pence <> coalesce(r.pence, 0) or a.reserved_pence < 0 order by a.account_id limit 20

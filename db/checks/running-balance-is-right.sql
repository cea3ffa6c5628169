-- The balance written beside each numbered entry is the sum of the account's entries up to it.
select 'account ' || account_id || ', entry ' || version || ': ' || balance_pence || ' is written, ' || running || ' is right' as found
  from (select account_id, version, balance_pence, sum(amount_pence) over (partition by account_id order by version) as running
          from entry where version is not null) as e
 where balance_pence <> running order by account_id, version limit 20

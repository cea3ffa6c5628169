-- Every account but those of what nobody has borne names its stream, and those sum to nought in each pot and book.
select 'account ' || account_id || ' (' || kind || ') has no stream' as found
  from ledger_account where stream_id is null and kind in ('stream', 'pot', 'allocation', 'commitment')
union all
select 'account ' || account_id || ' (' || kind || ') has no pot'
  from ledger_account where pot_id is null and kind in ('pot', 'allocation', 'commitment', 'paid', 'resolve')
union all
select 'pot ' || pot_id || ', ' || book || ': paid and nobody''s, less what is to resolve, comes to ' || sum(posted_pence)
  from ledger_account where stream_id is null and kind in ('paid', 'resolve')
 group by place_id, pot_id, book having sum(posted_pence) <> 0
 limit 20

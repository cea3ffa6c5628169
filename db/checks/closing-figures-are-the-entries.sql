-- The closing figures of each year that ended are what the entries that count in it and before it sum to.
with stored as (
  select y.place_id, y.book, y.year, y.pot_id, y.stream_id, k.kind, k.pence
    from year_balance y cross join lateral (values ('pot', y.pot_pence), ('allocation', y.allocation_pence),
      ('commitment', y.commitment_pence), ('paid', y.paid_pence)) as k (kind, pence)
), summed as (
  select z.book, z.year, a.pot_id, a.stream_id, a.kind, sum(e.amount_pence) as pence
    from year_end z join transfer t on t.place_id = z.place_id and t.book = z.book
     and coalesce(t.booked_on, t.effective_on) <= make_date(left(z.year, 4)::integer + 1, 3, 31)
    join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
    join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
   where a.kind in ('pot', 'allocation', 'commitment', 'paid') and a.stream_id is not null
   group by z.book, z.year, a.pot_id, a.stream_id, a.kind
)
select 'year ' || coalesce(s.year, e.year) || ', ' || coalesce(s.book::text, e.book::text) || ' book, ' || coalesce(s.kind, e.kind)
       || ' of pot ' || coalesce(s.pot_id, e.pot_id) || ': closed with ' || coalesce(s.pence, 0) || ' pence, entries say '
       || coalesce(e.pence, 0) as found
  from stored s full join summed e
    on e.book = s.book and e.year = s.year and e.pot_id = s.pot_id and e.stream_id = s.stream_id and e.kind = s.kind
 where coalesce(s.pence, 0) <> coalesce(e.pence, 0) limit 20

-- Each accrual stands on the last day of a period for its amount, its two transfers cancel, and one that takes back another is of
-- the same debt turned round, and of no more.
with line as (
  select a.accrual_id, e.account_id, e.amount_pence, e.transfer_id = a.transfer_id as first
    from accrual a join entry e on e.place_id = a.place_id and e.transfer_id in (a.transfer_id, a.back_transfer_id)
), cancelled as (
  select accrual_id, account_id, sum(amount_pence) as pence, count(*) as lines from line group by accrual_id, account_id
), made as (
  select accrual_id, coalesce(sum(amount_pence) filter (where amount_pence > 0 and first), 0) as pence from line group by accrual_id
)
select 'accrual ' || a.accrual_id || ': ' || case
         when m.pence is distinct from abs(a.amount_pence) then coalesce(m.pence, 0) || ' pence posted of ' || a.amount_pence
         when a.effective_on + 1 <> date_trunc('month', a.effective_on + 1)::date then 'not on a period end'
         when f.effective_on <> a.effective_on or b.effective_on <> a.back_on then 'posted on other days'
         when a.takes_back_id is not null and w.accrual_id is null then 'takes back ' || a.takes_back_id || ', which is not it turned round'
         else 'does not come back to nought' end as found
  from accrual a join transfer f on f.place_id = a.place_id and f.transfer_id = a.transfer_id
  join transfer b on b.place_id = a.place_id and b.transfer_id = a.back_transfer_id
  left join made m on m.accrual_id = a.accrual_id
  left join accrual w on w.place_id = a.place_id and w.accrual_id = a.takes_back_id and w.takes_back_id is null
    and (w.pot_id, w.stream_id, w.kind, w.counterparty_id, w.effective_on, w.reference)
      = (a.pot_id, a.stream_id, a.kind, a.counterparty_id, a.effective_on, a.reference)
    and w.service_id is not distinct from a.service_id and sign(w.amount_pence) = -sign(a.amount_pence)
    and abs(a.amount_pence) <= abs(w.amount_pence)
 where m.pence is distinct from abs(a.amount_pence) or f.effective_on <> a.effective_on or b.effective_on <> a.back_on
    or a.effective_on + 1 <> date_trunc('month', a.effective_on + 1)::date
    or exists (select from cancelled c where c.accrual_id = a.accrual_id and (c.pence <> 0 or c.lines <> 2))
    or (a.takes_back_id is not null and w.accrual_id is null)
 order by a.accrual_id limit 20

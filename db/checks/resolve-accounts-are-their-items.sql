-- What is open of every item to resolve is what its account stands below nought, and each such account has its item.
with live as (
  select t.place_id, t.transfer_id from transfer t
   where not exists (select from transfer r where r.place_id = t.place_id and r.reverses_id = t.transfer_id)
), item as (
  select i.place_id, i.item_id, coalesce((select i.amount_pence from live l where l.place_id = i.place_id and l.transfer_id = i.transfer_id), 0)
         - coalesce((select sum(c.amount_pence) from resolve_clearing c
                       join live l on l.place_id = c.place_id and l.transfer_id = c.transfer_id
                      where c.place_id = i.place_id and c.item_id = i.item_id), 0) as open
    from resolve_item i
), account as (
  select a.place_id, a.record_id, -sum(e.amount_pence) as open
    from ledger_account a join entry e on e.place_id = a.place_id and e.account_id = a.account_id
   where a.kind = 'resolve' group by a.place_id, a.record_id
)
select 'item ' || coalesce(i.item_id, a.record_id) || ': open ' || coalesce(i.open::text, 'missing') || ', its account '
       || coalesce(a.open::text, 'missing') as found
  from item i full join account a on a.place_id = i.place_id and a.record_id = i.item_id
 where i.open is distinct from a.open or i.open < 0
union all
select 'payment ' || y.payment_id || ': outside ' || y.outside_pence || ', its items ' || coalesce(sum(i.amount_pence), 0)
  from payment y left join resolve_item i on i.place_id = y.place_id and i.payment_id = y.payment_id
 group by y.place_id, y.payment_id, y.outside_pence having y.outside_pence <> coalesce(sum(i.amount_pence), 0)
union all
select 'clearing ' || c.clearing_id || ': ' || c.amount_pence || ', its journal ' || coalesce(sum(e.amount_pence), 0)
  from resolve_clearing c left join ledger_account a on a.place_id = c.place_id and a.kind = 'resolve' and a.record_id = c.item_id
  left join entry e on e.place_id = c.place_id and e.transfer_id = c.transfer_id and e.account_id = a.account_id
 group by c.place_id, c.clearing_id, c.amount_pence having c.amount_pence <> coalesce(sum(e.amount_pence), 0)
 limit 20

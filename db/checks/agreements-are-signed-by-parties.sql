-- An agreement has a party that sends and one that receives, a guardian signs for health data alone, and what replaces one in force is signed by all.
with unsigned as (
  select distinct p.place_id, p.agreement_id
    from sharing_party p
    cross join unnest(case when p.health then array['signatory', 'caldicott_guardian'] else array['signatory'] end) as needed (capacity)
   where not exists (
     select from sharing_signature s where s.place_id = p.place_id and s.agreement_id = p.agreement_id
        and s.partner_id = p.partner_id and s.capacity::text = needed.capacity)),
parties as (
  select p.place_id, p.agreement_id, bool_or(p.sends) as sends, bool_or(p.receives) as receives,
         bool_or(not p.health and exists (
           select from sharing_signature s where s.place_id = p.place_id and s.agreement_id = p.agreement_id
              and s.partner_id = p.partner_id and s.capacity = 'caldicott_guardian')) as odd_guardian
    from sharing_party p group by p.place_id, p.agreement_id),
found as (
  select a.agreement_id, case
           when p.sends is not true then 'nobody sends'
           when p.receives is not true then 'nobody receives'
           when p.odd_guardian then 'signed by a guardian of a party that sends no health data'
           when exists (select from sharing_end e where e.place_id = a.place_id and e.agreement_id = a.agreement_id
                           and (e.place_id, e.replaced_by) in (select place_id, agreement_id from unsigned)
                           and (e.place_id, e.agreement_id) not in (select place_id, agreement_id from unsigned))
             then 'replaced by one that is not signed by all'
         end as fault
    from sharing_agreement a left join parties p on p.place_id = a.place_id and p.agreement_id = a.agreement_id)
select 'agreement ' || agreement_id || ': ' || fault as found from found where fault is not null limit 20

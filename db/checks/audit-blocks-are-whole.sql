-- Each sealed block holds as many entries and transfers as it says, and starts where the one before ended.
select 'audit block ' || coalesce(b.block_number, e.block_number) || ': ' || coalesce(b.entries, 0) || ' entries sealed, '
       || coalesce(e.entries, 0) || ' there, the last numbered ' || coalesce(e.last, 0) as found
  from (select block_number, entries from audit_block where form = 1) as b full join (
    select block_number, count(*) as entries, max(block_position) as last, count(distinct block_position) as places
      from audit_entry where block_number is not null group by block_number) as e
    on e.block_number = b.block_number
 where b.entries is distinct from e.entries or e.last is distinct from e.entries or e.places is distinct from e.entries
union all
select 'audit block ' || b.block_number || ': ' || b.entries || ' entries and ' || b.transfers || ' transfers sealed, '
       || e.entries || ' and ' || t.transfers || ' there'
  from audit_block b
  cross join lateral (select count(*) as entries from audit_entry e where e.place_id = b.place_id and e.block_number is null
    and (e.life, e.transaction_number) >= (b.from_life, b.from_number)
    and (e.life, e.transaction_number) < (b.below_life, b.below_number)) as e
  cross join lateral (select count(*) as transfers from transfer t where t.place_id = b.place_id
    and (t.life, t.transaction_number) >= (b.from_life, b.from_number)
    and (t.life, t.transaction_number) < (b.below_life, b.below_number)) as t
 where b.form = 2 and (b.entries <> e.entries or b.transfers <> t.transfers)
union all
select 'audit block ' || block_number || ': it starts at transaction ' || from_number || ', the one before ended at ' || coalesce(ended::text, 'none')
  from (select block_number, form, from_life, from_number, below_number,
               lag(below_life) over w as ended_life, lag(below_number) over w as ended
          from audit_block where form = 2 window w as (partition by place_id order by block_number)) as b
 where (from_life, from_number) is distinct from (coalesce(ended_life, 1::smallint), coalesce(ended, '1'::xid8))
union all
select 'audit entry ' || audit_id || ': block ' || coalesce(block_number::text, 'none') || ', position ' || coalesce(block_position::text, 'none')
  from audit_entry where (block_number is null) <> (block_position is null)
 limit 20

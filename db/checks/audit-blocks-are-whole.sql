-- Each sealed block of the audit trail has as many entries as it says, numbered from one without gaps.
select 'audit block ' || coalesce(b.block_number, e.block_number) || ': ' || coalesce(b.entries, 0) || ' entries sealed, '
       || coalesce(e.entries, 0) || ' there, the last numbered ' || coalesce(e.last, 0) as found
  from audit_block b full join (
    select block_number, count(*) as entries, max(block_position) as last, count(distinct block_position) as places
      from audit_entry where block_number is not null group by block_number) as e
    on e.block_number = b.block_number
 where b.entries is distinct from e.entries or e.last is distinct from e.entries or e.places is distinct from e.entries
 order by coalesce(b.block_number, e.block_number) limit 20

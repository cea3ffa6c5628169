-- 0011 Proof: a block holds the moment of its sealing and the periods closed for good since the block before, so that no column of
-- either can be changed unseen. Blocks sealed before this migration keep their hash as it was.

alter table audit_block add column dated boolean not null default false;

-- The block in which a hard closed period was sealed. Set once, by the sealer.
alter table ledger_period add column sealed_in bigint;

-- The periods that a block seals, in words of a fixed order: part of its hash.
create function sealed_periods(p_place integer, p_block bigint) returns text
  language sql stable
as $$
  select coalesce(string_agg(concat_ws('|', p.book, to_char(p.starts_on, 'YYYY-MM-DD'), to_char(p.ends_on, 'YYYY-MM-DD'), p.state,
           encode(p.balance_hash, 'hex'), p.entries, coalesce(p.block_number::text, '-'), coalesce(p.closed_by, '-'),
           coalesce(to_char(p.closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '-')), ';' order by p.book, p.starts_on), '')
    from ledger_period p where p.place_id = p_place and p.sealed_in = p_block
$$;

-- What a dated block says of itself, its ends and counts, and the periods it seals.
create function dated_words(one audit_block) returns text
  language sql stable
as $$
  select concat_ws('|', one.form, one.from_life, one.from_number, one.below_life, one.below_number, one.entries, one.transfers)
    || '|' || sealed_periods(one.place_id, one.block_number)
$$;

-- The hash of a dated block: of what its rows come to, when it was sealed, and what it says of itself.
create function dated_block_hash(p_rows bytea, p_sealed_at timestamptz, p_words text) returns bytea
  language sql immutable parallel safe
  set search_path = public, pg_temp
as $$
  select sha256(p_rows || sha256(convert_to(
    to_char(p_sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '|' || p_words, 'UTF8')))
$$;

alter function seal_audit(integer) rename to seal_audit_rows;
revoke execute on function seal_audit_rows(integer) from public, onepot_app;

-- Seals the rows as before, then dates the block, with the periods that were closed for good and are in no block yet.
create function seal_audit(p_place integer) returns integer
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
declare
  sealed integer;
  newest bigint;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  sealed := seal_audit_rows(p_place);
  if sealed = 0 then
    return 0;
  end if;
  select max(block_number) into newest from audit_block where place_id = p_place;
  update ledger_period set sealed_in = newest where place_id = p_place and state = 'hard' and sealed_in is null;
  update audit_block b set dated = true, block_hash = dated_block_hash(block_hash, sealed_at, dated_words(b))
    where place_id = p_place and block_number = newest;
  return sealed;
end
$$;
revoke execute on function seal_audit(integer) from public;
grant execute on function seal_audit(integer) to onepot_app;

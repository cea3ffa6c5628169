-- 0013 The steps of a pot: aligned, shadow, pooled, delegated, each with its power and a statement of what stood there; and
-- pots that are part of another.

alter table pot add column parent_id uuid;
alter table pot add column part text;
alter table pot add constraint "a pot inside another is a neighbourhood's, a project's or a theme's" check (
  (parent_id is null) = (part is null) and part in ('neighbourhood', 'project', 'theme'));
alter table pot add constraint "a pot is inside a pot of its place" foreign key (place_id, parent_id) references pot (place_id, pot_id);

create table pot_step (
  place_id integer not null,
  pot_id uuid not null,
  step_number integer not null,
  mode text not null,
  from_on date not null,
  power text not null,
  words text not null,
  successor_id uuid,
  statement jsonb not null,
  statement_hash bytea not null,
  block_number bigint,
  made_by text not null,
  made_at timestamptz not null default clock_timestamp(),
  constraint "the steps of a pot are numbered" primary key (place_id, pot_id, step_number),
  constraint "a step is to a known mode" check (mode in ('aligned', 'shadow', 'pooled', 'delegated'))
);
alter table pot_step enable row level security;
alter table pot_step force row level security;
create policy "only rows of the place in hand" on pot_step
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on pot_step to onepot_app;
alter table pot_step add constraint "a step is of a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
alter table pot_step add constraint "a step leads to a pot of its place" foreign key (place_id, successor_id) references pot (place_id, pot_id);
create unique index "a pot follows one pot" on pot_step (place_id, successor_id) where successor_id is not null;

-- Closes every account of a pot from a day on, once nothing is being posted. Gives how many accounts there are.
create function close_pot(p_place integer, p_pot uuid, p_from date) returns integer
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
declare
  closed integer;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(7402, p_place);
  update ledger_account set closed_on = p_from where place_id = p_place and pot_id = p_pot and closed_on is null;
  get diagnostics closed = row_count;
  return closed;
end
$$;
revoke execute on function close_pot(integer, uuid, date) from public;
grant execute on function close_pot(integer, uuid, date) to onepot_app;

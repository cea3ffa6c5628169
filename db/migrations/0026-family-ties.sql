-- 0026 Family ties: who was recorded as whose parent or guardian, partner or sibling, what follows from it, and who lived with whom, as the
-- run that stands has it. Of the family role alone, and apart from households: a household is who lives together, a family who belongs
-- together. A tie names the records that it rests on, so that it shows no longer than they do.

create table family_tie (
  place_id integer not null,
  one_id uuid not null,
  other_id uuid not null,
  kind text not null,
  run_id uuid not null,
  known text not null,
  from_day date,
  to_day date,
  sources text[] not null,
  record_ids uuid[] not null,
  through_id uuid,
  constraint "two people have one tie of a kind" primary key (place_id, one_id, other_id, kind),
  constraint "a tie is of two people" check (one_id <> other_id),
  constraint "a kind of tie is known" check (kind in ('parent-or-guardian', 'partner', 'sibling', 'co-resident')),
  constraint "a tie is recorded or inferred" check (known in ('recorded', 'inferred')),
  constraint "each record of a recorded tie has its register" check (known = 'inferred' or (cardinality(record_ids) > 0 and cardinality(record_ids) = cardinality(sources))),
  constraint "only siblings are inferred through somebody" check (through_id is null or (known = 'inferred' and kind = 'sibling'))
);
alter table family_tie enable row level security;
alter table family_tie force row level security;
create policy "only rows of the place in hand" on family_tie
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, delete on family_tie to onepot_family;
create index family_tie_by_other on family_tie (place_id, other_id);

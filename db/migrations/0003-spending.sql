-- 0003 Spending: published payments over GBP 500, by file and row; the sums that the spending map reads.

create table spend_file (
  place_id integer not null,
  file_id uuid not null,
  publisher_id uuid not null,
  name text not null,
  sha256 bytea not null,
  columns jsonb not null,
  lines integer not null,
  refused integer not null,
  total_pence bigint not null,
  starts_on date,
  ends_on date,
  imported_by text not null,
  imported_at timestamptz not null default clock_timestamp(),
  made_up boolean not null default false,
  constraint "a spend file has one id in its place" primary key (place_id, file_id),
  constraint "a spend file is stored once" unique (place_id, publisher_id, sha256)
);
alter table spend_file enable row level security;
alter table spend_file force row level security;
create policy "only rows of the place in hand" on spend_file
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on spend_file to onepot_app;
alter table spend_file add constraint "a spend file has a publisher of its place" foreign key (place_id, publisher_id) references partner (place_id, partner_id);

create table spend_line (
  place_id integer not null,
  file_id uuid not null,
  row_number integer not null,
  publisher_id uuid not null,
  paid_on date not null,
  amount_pence bigint not null,
  supplier text not null,
  service_area text not null,
  description text not null,
  reference text not null,
  company_number text not null,
  charity_number text not null,
  constraint "a spend line has one row in its file" primary key (place_id, file_id, row_number)
);
alter table spend_line enable row level security;
alter table spend_line force row level security;
create policy "only rows of the place in hand" on spend_line
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select on spend_line to onepot_app;
create index spend_line_by_day on spend_line (place_id, paid_on);

create table spend_refused (
  place_id integer not null,
  file_id uuid not null,
  row_number integer not null,
  faults jsonb not null,
  cells text[] not null,
  constraint "a refused row has one place in its file" primary key (place_id, file_id, row_number)
);
alter table spend_refused enable row level security;
alter table spend_refused force row level security;
create policy "only rows of the place in hand" on spend_refused
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on spend_refused to onepot_app;
alter table spend_refused add constraint "a refused row belongs to a file of its place" foreign key (place_id, file_id) references spend_file (place_id, file_id);

create table spend_sum (
  place_id integer not null,
  publisher_id uuid not null,
  month date not null,
  service_area text not null,
  supplier text not null,
  lines integer not null,
  amount_pence bigint not null,
  credit_lines integer not null,
  credits_pence bigint not null,
  constraint "spending is summed once by month, service area and supplier" primary key (place_id, publisher_id, month, service_area, supplier)
);
alter table spend_sum enable row level security;
alter table spend_sum force row level security;
create policy "only rows of the place in hand" on spend_sum
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select on spend_sum to onepot_app;

create table spend_columns (
  place_id integer not null,
  publisher_id uuid not null,
  heading_hash bytea not null,
  columns jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null default clock_timestamp(),
  constraint "columns are saved once for a publisher's heading" primary key (place_id, publisher_id, heading_hash)
);
alter table spend_columns enable row level security;
alter table spend_columns force row level security;
create policy "only rows of the place in hand" on spend_columns
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update on spend_columns to onepot_app;
alter table spend_columns add constraint "saved columns belong to a publisher of its place" foreign key (place_id, publisher_id) references partner (place_id, partner_id);

create table spend_upload (
  place_id integer not null,
  upload_id uuid not null,
  publisher_id uuid not null,
  name text not null,
  sha256 bytea not null,
  content bytea not null,
  columns jsonb,
  made_by text not null,
  made_at timestamptz not null default clock_timestamp(),
  constraint "an upload has one id in its place" primary key (place_id, upload_id)
);
alter table spend_upload enable row level security;
alter table spend_upload force row level security;
create policy "only rows of the place in hand" on spend_upload
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update, delete on spend_upload to onepot_app;
alter table spend_upload add constraint "an upload has a publisher of its place" foreign key (place_id, publisher_id) references partner (place_id, partner_id);

create unlogged table spend_staging (
  batch_id uuid not null,
  row_number integer not null,
  paid_on date not null,
  amount_pence bigint not null,
  supplier text not null,
  service_area text not null,
  description text not null,
  reference text not null,
  company_number text not null,
  charity_number text not null
);
-- The application may fill it and nothing else: what others stage is read only by store_spend_batch.
grant insert on spend_staging to onepot_app;

-- Moves one batch from staging into the place's lines and sums. The staging table is filled by COPY, which row-level
-- security forbids on the lines themselves, in the same transaction: nothing staged outlives a failure.
create function store_spend_batch(
  p_place integer, p_file uuid, p_publisher uuid, p_batch uuid
) returns integer
  language plpgsql security definer
  set search_path = public, pg_temp
  set work_mem = '32MB'
as $$
declare
  stored integer;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  insert into spend_line (place_id, file_id, row_number, publisher_id, paid_on, amount_pence, supplier, service_area,
      description, reference, company_number, charity_number)
    select p_place, p_file, row_number, p_publisher, paid_on, amount_pence, supplier, service_area, description, reference,
           company_number, charity_number
      from spend_staging where batch_id = p_batch;
  get diagnostics stored = row_count;
  insert into spend_sum (place_id, publisher_id, month, service_area, supplier, lines, amount_pence, credit_lines, credits_pence)
    select p_place, p_publisher, date_trunc('month', paid_on)::date, service_area, supplier, count(*)::integer, sum(amount_pence)::bigint,
           (count(*) filter (where amount_pence < 0))::integer, coalesce(sum(amount_pence) filter (where amount_pence < 0), 0)::bigint
      from spend_staging where batch_id = p_batch
      group by date_trunc('month', paid_on)::date, service_area, supplier
    on conflict (place_id, publisher_id, month, service_area, supplier) do update
      set lines = spend_sum.lines + excluded.lines, amount_pence = spend_sum.amount_pence + excluded.amount_pence,
          credit_lines = spend_sum.credit_lines + excluded.credit_lines, credits_pence = spend_sum.credits_pence + excluded.credits_pence;
  delete from spend_staging where batch_id = p_batch;
  return stored;
end
$$;
revoke execute on function store_spend_batch(integer, uuid, uuid, uuid) from public;
grant execute on function store_spend_batch(integer, uuid, uuid, uuid) to onepot_app;

-- Clears a batch that is not to be stored, because another import stored the same file first.
create function discard_spend_batch(p_batch uuid) returns void
  language sql security definer
  set search_path = public, pg_temp
as $$
  delete from spend_staging where batch_id = p_batch;
$$;
revoke execute on function discard_spend_batch(uuid) from public;
grant execute on function discard_spend_batch(uuid) to onepot_app;

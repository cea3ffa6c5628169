-- 0001 The house: register of councils, places, sign-in, people's roles, audit, jobs, outbox, documents.
-- Rules: docs/decisions.md and db/tables.json. One statement a transaction; constraints are named as sentences.

create table council (
  gss_code text not null,
  slug text not null,
  name text not null,
  official_name text not null,
  name_welsh text,
  kind text not null,
  nation text not null,
  region text,
  county_gss text,
  combined_authority_gss text,
  combined_authority text,
  starts_on date,
  ends_on date,
  replaced_by text,
  constraint "a council has one code" primary key (gss_code)
);
grant select, insert, update on council to onepot_app;

create table ward (
  ward_code text not null,
  name text not null,
  council_gss text not null,
  constraint "a ward has one code in a council" primary key (ward_code, council_gss)
);
grant select, insert, update on ward to onepot_app;

create table place (
  place_id integer generated always as identity,
  slug text not null,
  name text not null,
  name_welsh text,
  kind text not null,
  colour text,
  business_date date,
  demonstration boolean not null default false,
  followed_record text,
  opened_at timestamptz not null default clock_timestamp(),
  constraint "a place has one number" primary key (place_id),
  constraint "a place has its own address" unique (slug),
  constraint "a place is of a known kind" check (kind in ('whole_place', 'council', 'programme')),
  constraint "an address is lower case words" check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  constraint "a colour is six figures" check (colour is null or colour ~ '^#[0-9a-f]{6}$')
);
grant select, insert, update on place to onepot_app;

create table place_address (
  slug text not null,
  place_id integer not null,
  area_id uuid,
  constraint "an address leads to one place" primary key (slug)
);
grant select, insert on place_address to onepot_app;
alter table place_address add constraint "an address belongs to a place" foreign key (place_id) references place (place_id);

create table user_account (
  user_id uuid not null,
  email text not null,
  name text not null,
  password_hash text,
  language text not null default 'en',
  demonstration boolean not null default false,
  operator boolean not null default false,
  created_at timestamptz not null default clock_timestamp(),
  closed_at timestamptz,
  constraint "a person signs in as one account" primary key (user_id),
  constraint "an email belongs to one account" unique (email),
  constraint "an email is kept in lower case" check (email = lower(email)),
  constraint "a person reads English or Welsh" check (language in ('en', 'cy'))
);
grant select, insert, update on user_account to onepot_app;

create table user_session (
  session_id text not null,
  user_id uuid,
  content jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  constraint "a session has one id" primary key (session_id)
);
grant select, insert, update, delete on user_session to onepot_app;
alter table user_session add constraint "a session belongs to an account" foreign key (user_id) references user_account (user_id);
create index user_session_by_user on user_session (user_id);

create table user_link (
  token_hash bytea not null,
  kind text not null,
  user_id uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint "a link has one token" primary key (token_hash),
  constraint "a link invites or resets" check (kind in ('invitation', 'reset'))
);
grant select, insert, update on user_link to onepot_app;
alter table user_link add constraint "a link belongs to an account" foreign key (user_id) references user_account (user_id);

create table user_place (
  user_id uuid not null,
  place_id integer not null,
  constraint "a person is listed once at a place" primary key (user_id, place_id)
);
grant select, insert, delete on user_place to onepot_app;
alter table user_place add constraint "a listing belongs to an account" foreign key (user_id) references user_account (user_id);
alter table user_place add constraint "a listing belongs to a place" foreign key (place_id) references place (place_id);

create table api_key (
  key_id uuid not null,
  key_hash bytea not null,
  place_id integer not null,
  partner_id uuid not null,
  name text not null,
  scopes text[] not null,
  created_by uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_on date not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint "a key has one id" primary key (key_id),
  constraint "a key is known by its hash" unique (key_hash)
);
grant select, insert, update on api_key to onepot_app;
create index api_key_by_place on api_key (place_id);

create table rate_limit (
  bucket text not null,
  window_starts_at timestamptz not null,
  hits integer not null,
  constraint "a bucket counts one window at a time" primary key (bucket)
);
grant select, insert, update, delete on rate_limit to onepot_app;

create table deployment (
  name text not null,
  value text not null,
  constraint "a setting has one value" primary key (name)
);
grant select, insert, update on deployment to onepot_app;

create table job (
  job_id uuid not null,
  place_id integer,
  kind text not null,
  title text not null,
  input jsonb not null,
  state text not null default 'waiting',
  done bigint not null default 0,
  total bigint,
  doing text,
  answer jsonb,
  requested_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  ended_at timestamptz,
  cancel_asked_at timestamptz,
  constraint "a job has one id" primary key (job_id),
  constraint "a job is in a known state" check (state in ('waiting', 'running', 'done', 'refused', 'failed', 'cancelled'))
);
grant select, insert, update on job to onepot_app;
create index job_by_place on job (place_id, created_at desc);

create table area (
  place_id integer not null,
  area_id uuid not null,
  slug text not null,
  name text not null,
  name_welsh text,
  kind text not null,
  council_gss text,
  inside_area_id uuid,
  source text,
  constraint "an area has one id in its place" primary key (place_id, area_id),
  constraint "an area has its own address in its place" unique (place_id, slug),
  constraint "an area is a council or a neighbourhood" check (kind in ('council', 'neighbourhood'))
);
alter table area enable row level security;
alter table area force row level security;
create policy "only rows of the place in hand" on area
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update on area to onepot_app;
alter table area add constraint "an area lies inside an area of its place" foreign key (place_id, inside_area_id) references area (place_id, area_id);

create table area_part (
  place_id integer not null,
  area_id uuid not null,
  part_number integer not null,
  code text,
  name text not null,
  source text,
  constraint "a part of an area has one number" primary key (place_id, area_id, part_number)
);
alter table area_part enable row level security;
alter table area_part force row level security;
create policy "only rows of the place in hand" on area_part
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, delete on area_part to onepot_app;
alter table area_part add constraint "a part belongs to an area of its place" foreign key (place_id, area_id) references area (place_id, area_id);

create table partner (
  place_id integer not null,
  partner_id uuid not null,
  name text not null,
  name_welsh text,
  kind text not null,
  parts text[] not null,
  area_id uuid,
  made_up boolean not null default false,
  joined_on date,
  left_on date,
  constraint "a partner has one id in its place" primary key (place_id, partner_id),
  constraint "a partner has its own name in its place" unique (place_id, name)
);
alter table partner enable row level security;
alter table partner force row level security;
create policy "only rows of the place in hand" on partner
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update on partner to onepot_app;
alter table partner add constraint "a partner serves an area of its place" foreign key (place_id, area_id) references area (place_id, area_id);

create table partner_identifier (
  place_id integer not null,
  partner_id uuid not null,
  scheme text not null,
  identifier text not null,
  constraint "a partner has one identifier of a scheme" primary key (place_id, partner_id, scheme)
);
alter table partner_identifier enable row level security;
alter table partner_identifier force row level security;
create policy "only rows of the place in hand" on partner_identifier
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, delete on partner_identifier to onepot_app;
alter table partner_identifier add constraint "an identifier belongs to a partner of its place" foreign key (place_id, partner_id) references partner (place_id, partner_id);

create table theme (
  place_id integer not null,
  theme_id uuid not null,
  slug text not null,
  name text not null,
  name_welsh text,
  position integer not null,
  constraint "a theme has one id in its place" primary key (place_id, theme_id),
  constraint "a theme has its own address in its place" unique (place_id, slug)
);
alter table theme enable row level security;
alter table theme force row level security;
create policy "only rows of the place in hand" on theme
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update on theme to onepot_app;

create table service (
  place_id integer not null,
  service_id uuid not null,
  name text not null,
  name_welsh text,
  description text not null default '',
  provider_id uuid not null,
  theme_id uuid,
  area_id uuid,
  constraint "a service has one id in its place" primary key (place_id, service_id),
  constraint "a service has its own name in its place" unique (place_id, name)
);
alter table service enable row level security;
alter table service force row level security;
create policy "only rows of the place in hand" on service
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update on service to onepot_app;
alter table service add constraint "a service has a provider of its place" foreign key (place_id, provider_id) references partner (place_id, partner_id);
alter table service add constraint "a service has a theme of its place" foreign key (place_id, theme_id) references theme (place_id, theme_id);
alter table service add constraint "a service has an area of its place" foreign key (place_id, area_id) references area (place_id, area_id);

create table service_reach (
  place_id integer not null,
  service_id uuid not null,
  starts_on date not null,
  ends_on date not null,
  families integer not null,
  source text not null,
  constraint "a service reports once for a period" primary key (place_id, service_id, starts_on),
  constraint "families reached are nought or more" check (families >= 0),
  constraint "a reach period ends after it starts" check (ends_on >= starts_on)
);
alter table service_reach enable row level security;
alter table service_reach force row level security;
create policy "only rows of the place in hand" on service_reach
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on service_reach to onepot_app;
alter table service_reach add constraint "a reach belongs to a service of its place" foreign key (place_id, service_id) references service (place_id, service_id);

create table published_figure (
  place_id integer not null,
  figure_id uuid not null,
  key text not null,
  label text not null,
  label_welsh text,
  value_text text not null,
  amount_pence bigint,
  unit text not null,
  period text not null,
  dated text not null,
  price_year text,
  source text not null,
  publisher text not null,
  confidence text not null,
  note text not null default '',
  disagrees_with text[] not null default '{}',
  constraint "a figure has one id in its place" primary key (place_id, figure_id),
  constraint "a figure has its own key in its place" unique (place_id, key)
);
alter table published_figure enable row level security;
alter table published_figure force row level security;
create policy "only rows of the place in hand" on published_figure
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on published_figure to onepot_app;

create table role_holding (
  place_id integer not null,
  holding_id uuid not null,
  user_id uuid not null,
  partner_id uuid,
  area_id uuid,
  role text not null,
  granted_by text not null,
  granted_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  constraint "a role is held under one id in its place" primary key (place_id, holding_id),
  constraint "a role is a known one" check (role in ('finance_officer', 'pool_manager', 'partner_officer', 'key_worker',
    'committee_member', 'resident', 'analyst', 'programme_officer', 'hub_officer', 'information_governance_lead',
    'auditor', 'administrator'))
);
alter table role_holding enable row level security;
alter table role_holding force row level security;
create policy "only rows of the place in hand" on role_holding
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update on role_holding to onepot_app;
create index role_holding_by_user on role_holding (place_id, user_id) where ended_at is null;
alter table role_holding add constraint "a role is held for a partner of its place" foreign key (place_id, partner_id) references partner (place_id, partner_id);
alter table role_holding add constraint "a role is held in an area of its place" foreign key (place_id, area_id) references area (place_id, area_id);

create table document (
  place_id integer not null,
  document_id uuid not null,
  record_id text not null,
  name text not null,
  media_type text not null,
  size_bytes integer not null,
  sha256 bytea not null,
  public boolean not null default false,
  added_by text not null,
  added_at timestamptz not null default clock_timestamp(),
  withdrawn_at timestamptz,
  constraint "a document has one id in its place" primary key (place_id, document_id)
);
alter table document enable row level security;
alter table document force row level security;
create policy "only rows of the place in hand" on document
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update on document to onepot_app;
create index document_by_record on document (place_id, record_id);

create table document_content (
  place_id integer not null,
  document_id uuid not null,
  content bytea not null,
  constraint "a document has one content" primary key (place_id, document_id)
);
alter table document_content enable row level security;
alter table document_content force row level security;
create policy "only rows of the place in hand" on document_content
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on document_content to onepot_app;
alter table document_content add constraint "a content belongs to a document of its place" foreign key (place_id, document_id) references document (place_id, document_id);

create table question (
  place_id integer not null,
  question_id uuid not null,
  record_id text not null,
  words text not null,
  asked_by text not null,
  asked_by_user uuid,
  asked_at timestamptz not null default clock_timestamp(),
  constraint "a question has one id in its place" primary key (place_id, question_id)
);
alter table question enable row level security;
alter table question force row level security;
create policy "only rows of the place in hand" on question
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on question to onepot_app;
create index question_by_record on question (place_id, record_id);

create table answer (
  place_id integer not null,
  answer_id uuid not null,
  question_id uuid not null,
  words text not null,
  given_by text not null,
  given_at timestamptz not null default clock_timestamp(),
  constraint "an answer has one id in its place" primary key (place_id, answer_id)
);
alter table answer enable row level security;
alter table answer force row level security;
create policy "only rows of the place in hand" on answer
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on answer to onepot_app;
alter table answer add constraint "an answer belongs to a question of its place" foreign key (place_id, question_id) references question (place_id, question_id);

create table task (
  place_id integer not null,
  task_id uuid not null,
  title text not null,
  record_id text,
  for_role text,
  for_user uuid,
  due_on date,
  made_by text not null,
  made_at timestamptz not null default clock_timestamp(),
  done_by text,
  done_at timestamptz,
  constraint "a task has one id in its place" primary key (place_id, task_id),
  constraint "a task is for a role or a person" check (for_role is not null or for_user is not null)
);
alter table task enable row level security;
alter table task force row level security;
create policy "only rows of the place in hand" on task
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update on task to onepot_app;

create table outbox_message (
  place_id integer not null,
  message_id uuid not null,
  kind text not null,
  to_address text not null,
  subject text not null,
  body text not null,
  state text not null default 'waiting',
  made_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  attempts integer not null default 0,
  last_error text,
  constraint "a message has one id in its place" primary key (place_id, message_id),
  constraint "a message is in a known state" check (state in ('waiting', 'sent', 'failed'))
);
alter table outbox_message enable row level security;
alter table outbox_message force row level security;
create policy "only rows of the place in hand" on outbox_message
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update on outbox_message to onepot_app;
create index outbox_message_waiting on outbox_message (place_id, made_at) where state = 'waiting';

create table request_key (
  place_id integer not null,
  request_key uuid not null,
  use_case text not null,
  actor text not null,
  request_hash bytea not null,
  answer jsonb not null,
  made_at timestamptz not null default clock_timestamp(),
  constraint "a request is carried out once" primary key (place_id, request_key)
);
alter table request_key enable row level security;
alter table request_key force row level security;
create policy "only rows of the place in hand" on request_key
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on request_key to onepot_app;

create table audit_entry (
  place_id integer not null,
  audit_id uuid not null,
  transaction_number xid8 not null default pg_current_xact_id(),
  made_at timestamptz not null default clock_timestamp(),
  actor text not null,
  action text not null,
  record_id text not null,
  content_hash bytea not null,
  block_number bigint,
  block_position integer,
  constraint "a change is written down once" primary key (place_id, audit_id)
);
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy "only rows of the place in hand" on audit_entry
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on audit_entry to onepot_app;
create index audit_entry_unsealed on audit_entry (place_id, transaction_number) where block_number is null;
create index audit_entry_by_block on audit_entry (place_id, block_number, block_position) where block_number is not null;
create index audit_entry_by_record on audit_entry (place_id, record_id);

create table audit_key (
  place_id integer not null,
  record_id text not null,
  key bytea not null,
  constraint "a record's audit entries have one key" primary key (place_id, record_id)
);
alter table audit_key enable row level security;
alter table audit_key force row level security;
create policy "only rows of the place in hand" on audit_key
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, delete on audit_key to onepot_app;

create table audit_block (
  place_id integer not null,
  block_number bigint not null,
  sealed_at timestamptz not null default clock_timestamp(),
  entries integer not null,
  previous_hash bytea not null,
  block_hash bytea not null,
  constraint "a block has one number in its place" primary key (place_id, block_number)
);
alter table audit_block enable row level security;
alter table audit_block force row level security;
create policy "only rows of the place in hand" on audit_block
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select on audit_block to onepot_app;

create function audit_entry_bytes(entry audit_entry) returns bytea
  language sql immutable parallel safe
  set search_path = public, pg_temp
  return sha256(convert_to(concat_ws('|', entry.place_id, entry.audit_id, entry.transaction_number,
    to_char(entry.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.actor, entry.action, entry.record_id,
    encode(entry.content_hash, 'hex')), 'UTF8'));

-- Seals the place's entries made below the oldest transaction in flight: later ones could still turn up before them.
create function seal_audit(p_place integer) returns integer
  language plpgsql security definer
  set search_path = public, pg_temp
as $$
declare
  last_number bigint;
  last_hash bytea;
  sealed integer;
  new_hash bytea;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(7401, p_place);
  select block_number, block_hash into last_number, last_hash
    from audit_block where place_id = p_place order by block_number desc limit 1;
  last_number := coalesce(last_number, 0) + 1;
  last_hash := coalesce(last_hash, sha256(''::bytea));
  with next as (
    select audit_id, row_number() over (order by transaction_number, audit_id)::integer as position
      from (select audit_id, transaction_number from audit_entry
              where place_id = p_place and block_number is null
                and transaction_number < pg_snapshot_xmin(pg_current_snapshot())
              order by transaction_number, audit_id limit 10000) as waiting
  )
  update audit_entry e set block_number = last_number, block_position = next.position
    from next where e.place_id = p_place and e.audit_id = next.audit_id;
  get diagnostics sealed = row_count;
  if sealed = 0 then
    return 0;
  end if;
  select sha256(last_hash || string_agg(audit_entry_bytes(e), ''::bytea order by block_position)) into new_hash
    from audit_entry e where place_id = p_place and block_number = last_number;
  insert into audit_block (place_id, block_number, entries, previous_hash, block_hash)
    values (p_place, last_number, sealed, last_hash, new_hash);
  return sealed;
end
$$;
revoke execute on function seal_audit(integer) from public;
grant execute on function seal_audit(integer) to onepot_app;

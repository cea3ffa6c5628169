-- The structure of the database, made from its catalogue. Do not edit: change a migration.

-- Schemas

create schema onepot_queue;
grant usage on schema onepot_queue to onepot_app;
grant usage on schema public to onepot_app;
grant usage on schema public to onepot_family;
grant usage on schema public to onepot_jobs;
grant create, usage on schema public to onepot_owner;
grant usage on schema public to onepot_urn;
grant usage on schema public to public;

-- Types

create domain public.ledger_account_kind as text
  constraint "an account is of a known kind" CHECK ((VALUE = ANY (ARRAY['stream'::text, 'pot'::text, 'allocation'::text, 'commitment'::text, 'paid'::text, 'clearing'::text, 'resolve'::text, 'adjustment'::text, 'creditor'::text, 'debtor'::text, 'prepaid'::text])));
create domain public.ledger_book as text
  constraint "a book is shadow or real" CHECK ((VALUE = ANY (ARRAY['shadow'::text, 'real'::text])));
create domain public.transfer_kind as text
  constraint "a transfer is of a known kind" CHECK ((VALUE = ANY (ARRAY['contribution'::text, 'allocation'::text, 'commitment'::text, 'payment'::text, 'transfer'::text, 'reversal'::text, 'virement'::text, 'release'::text, 'credit_note'::text, 'paid_elsewhere'::text, 'journal'::text, 'accrual'::text, 'carry_forward'::text])));

-- Tables

create table public.accrual (
  place_id integer not null,
  accrual_id uuid not null,
  pot_id uuid not null,
  stream_id uuid not null,
  kind text not null,
  counterparty_id uuid not null,
  service_id uuid,
  amount_pence bigint not null,
  effective_on date not null,
  back_on date not null,
  words text not null default ''::text,
  reference text not null default ''::text,
  transfer_id uuid not null,
  back_transfer_id uuid not null,
  constraint "an accrual has one id in its place" PRIMARY KEY (place_id, accrual_id),
  constraint "an accrual comes back the day after its period" CHECK ((back_on = (effective_on + 1))),
  constraint "an accrual is not nought" CHECK ((amount_pence <> 0)),
  constraint "an accrual is of a known kind" CHECK ((kind = ANY (ARRAY['accrual'::text, 'prepayment'::text, 'debtor'::text, 'receipt_in_advance'::text]))),
  constraint "an accrual is a transfer" FOREIGN KEY (place_id, transfer_id) REFERENCES transfer(place_id, transfer_id),
  constraint "an accrual is for a service of its place" FOREIGN KEY (place_id, service_id) REFERENCES service(place_id, service_id),
  constraint "an accrual is of a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id),
  constraint "an accrual is of a stream of its place" FOREIGN KEY (place_id, stream_id) REFERENCES stream(place_id, stream_id),
  constraint "an accrual is taken back by a transfer" FOREIGN KEY (place_id, back_transfer_id) REFERENCES transfer(place_id, transfer_id),
  constraint "an accrual is with a partner of its place" FOREIGN KEY (place_id, counterparty_id) REFERENCES partner(place_id, partner_id)
);
CREATE INDEX accrual_by_counterparty ON public.accrual USING btree (place_id, counterparty_id, effective_on);
CREATE INDEX accrual_by_pot ON public.accrual USING btree (place_id, pot_id, effective_on);
alter table public.accrual enable row level security;
alter table public.accrual force row level security;
create policy "only rows of the place in hand" on public.accrual for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.accrual to onepot_app;

create table public.allocation (
  place_id integer not null,
  allocation_id uuid not null,
  pot_id uuid not null,
  name text not null,
  name_welsh text,
  purpose text not null default ''::text,
  theme_id uuid,
  amount_pence bigint not null,
  decided_by text not null,
  decided_on date not null,
  power text not null,
  transfer_id uuid not null,
  constraint "an allocation has one id in its place" PRIMARY KEY (place_id, allocation_id),
  constraint "an allocation is more than nought" CHECK ((amount_pence > 0)),
  constraint "an allocation has a theme of its place" FOREIGN KEY (place_id, theme_id) REFERENCES theme(place_id, theme_id),
  constraint "an allocation is a transfer" FOREIGN KEY (place_id, transfer_id) REFERENCES transfer(place_id, transfer_id),
  constraint "an allocation is made from a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id)
);
CREATE INDEX allocation_by_pot ON public.allocation USING btree (place_id, pot_id);
alter table public.allocation enable row level security;
alter table public.allocation force row level security;
create policy "only rows of the place in hand" on public.allocation for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.allocation to onepot_app;

create table public.answer (
  place_id integer not null,
  answer_id uuid not null,
  question_id uuid not null,
  words text not null,
  given_by text not null,
  given_at timestamp with time zone not null default clock_timestamp(),
  constraint "an answer has one id in its place" PRIMARY KEY (place_id, answer_id),
  constraint "an answer belongs to a question of its place" FOREIGN KEY (place_id, question_id) REFERENCES question(place_id, question_id)
);
alter table public.answer enable row level security;
alter table public.answer force row level security;
create policy "only rows of the place in hand" on public.answer for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.answer to onepot_app;

create table public.api_key (
  key_id uuid not null,
  key_hash bytea not null,
  place_id integer not null,
  partner_id uuid not null,
  name text not null,
  scopes text[] not null,
  created_by uuid not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  expires_on date not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint "a key has one id" PRIMARY KEY (key_id),
  constraint "a key is known by its hash" UNIQUE (key_hash)
);
CREATE INDEX api_key_by_place ON public.api_key USING btree (place_id);
grant insert, select, update on public.api_key to onepot_app;

create table public.area (
  place_id integer not null,
  area_id uuid not null,
  slug text not null,
  name text not null,
  name_welsh text,
  kind text not null,
  council_gss text,
  inside_area_id uuid,
  source text,
  constraint "an area has one id in its place" PRIMARY KEY (place_id, area_id),
  constraint "an area has its own address in its place" UNIQUE (place_id, slug),
  constraint "an area is a council or a neighbourhood" CHECK ((kind = ANY (ARRAY['council'::text, 'neighbourhood'::text]))),
  constraint "an area lies inside an area of its place" FOREIGN KEY (place_id, inside_area_id) REFERENCES area(place_id, area_id)
);
alter table public.area enable row level security;
alter table public.area force row level security;
create policy "only rows of the place in hand" on public.area for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select, update on public.area to onepot_app;

create table public.area_part (
  place_id integer not null,
  area_id uuid not null,
  part_number integer not null,
  code text,
  name text not null,
  source text,
  constraint "a part of an area has one number" PRIMARY KEY (place_id, area_id, part_number),
  constraint "a part belongs to an area of its place" FOREIGN KEY (place_id, area_id) REFERENCES area(place_id, area_id)
);
alter table public.area_part enable row level security;
alter table public.area_part force row level security;
create policy "only rows of the place in hand" on public.area_part for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.area_part to onepot_app;

create table public.audit_block (
  place_id integer not null,
  block_number bigint not null,
  sealed_at timestamp with time zone not null default clock_timestamp(),
  entries integer not null,
  previous_hash bytea not null,
  block_hash bytea not null,
  form smallint not null default 2,
  from_life smallint,
  from_number xid8,
  below_life smallint,
  below_number xid8,
  transfers integer not null default 0,
  trial_balance text not null default ''::text,
  constraint "a block has one number in its place" PRIMARY KEY (place_id, block_number),
  constraint "a block of transactions has its ends" CHECK (((form = 1) OR ((from_life IS NOT NULL) AND (from_number IS NOT NULL) AND (below_life IS NOT NULL) AND (below_number IS NOT NULL))))
);
alter table public.audit_block enable row level security;
alter table public.audit_block force row level security;
create policy "only rows of the place in hand" on public.audit_block for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant select on public.audit_block to onepot_app;

create table public.audit_entry (
  place_id integer not null,
  audit_id uuid not null,
  transaction_number xid8 not null default pg_current_xact_id(),
  made_at timestamp with time zone not null default clock_timestamp(),
  actor text not null,
  action text not null,
  record_id text not null,
  content_hash bytea not null,
  block_number bigint,
  block_position integer,
  life smallint not null default 1,
  constraint "a change is written down once" PRIMARY KEY (place_id, audit_id)
);
CREATE INDEX audit_entry_by_block ON public.audit_entry USING btree (place_id, block_number, block_position) WHERE (block_number IS NOT NULL);
CREATE INDEX audit_entry_by_record ON public.audit_entry USING btree (place_id, record_id);
CREATE INDEX audit_entry_by_transaction ON public.audit_entry USING btree (place_id, life, transaction_number);
alter table public.audit_entry enable row level security;
alter table public.audit_entry force row level security;
create policy "only rows of the place in hand" on public.audit_entry for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.audit_entry to onepot_app;

create table public.audit_key (
  place_id integer not null,
  record_id text not null,
  key bytea not null,
  constraint "a record's audit entries have one key" PRIMARY KEY (place_id, record_id)
);
alter table public.audit_key enable row level security;
alter table public.audit_key force row level security;
create policy "only rows of the place in hand" on public.audit_key for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.audit_key to onepot_app;

create table public.commitment (
  place_id integer not null,
  commitment_id uuid not null,
  allocation_id uuid not null,
  pot_id uuid not null,
  kind text not null,
  service_id uuid not null,
  supplier_id uuid not null,
  reference text not null default ''::text,
  words text not null default ''::text,
  amount_pence bigint not null,
  committed_on date not null,
  ends_on date,
  transfer_id uuid not null,
  constraint "a commitment has one id in its place" PRIMARY KEY (place_id, commitment_id),
  constraint "a commitment is an award, an order or a grant" CHECK ((kind = ANY (ARRAY['award'::text, 'order'::text, 'grant'::text]))),
  constraint "a commitment is more than nought" CHECK ((amount_pence > 0)),
  constraint "a commitment buys a service of its place" FOREIGN KEY (place_id, service_id) REFERENCES service(place_id, service_id),
  constraint "a commitment draws on an allocation of its place" FOREIGN KEY (place_id, allocation_id) REFERENCES allocation(place_id, allocation_id),
  constraint "a commitment is a transfer" FOREIGN KEY (place_id, transfer_id) REFERENCES transfer(place_id, transfer_id),
  constraint "a commitment is to a partner of its place" FOREIGN KEY (place_id, supplier_id) REFERENCES partner(place_id, partner_id)
);
CREATE INDEX commitment_by_allocation ON public.commitment USING btree (place_id, allocation_id);
CREATE INDEX commitment_by_pot ON public.commitment USING btree (place_id, pot_id);
CREATE INDEX commitment_by_service ON public.commitment USING btree (place_id, service_id);
CREATE INDEX commitment_by_supplier ON public.commitment USING btree (place_id, supplier_id);
alter table public.commitment enable row level security;
alter table public.commitment force row level security;
create policy "only rows of the place in hand" on public.commitment for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.commitment to onepot_app;

create table public.commitment_carried (
  place_id integer not null,
  book ledger_book not null,
  year text not null,
  commitment_id uuid not null,
  decision text not null,
  left_pence bigint not null,
  constraint "a commitment is decided on once a year" PRIMARY KEY (place_id, book, year, commitment_id),
  constraint "an open commitment has something left" CHECK ((left_pence > 0)),
  constraint "an open commitment is carried or released" CHECK ((decision = ANY (ARRAY['carry'::text, 'release'::text]))),
  constraint "what is carried is a commitment of its place" FOREIGN KEY (place_id, commitment_id) REFERENCES commitment(place_id, commitment_id)
);
alter table public.commitment_carried enable row level security;
alter table public.commitment_carried force row level security;
create policy "only rows of the place in hand" on public.commitment_carried for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.commitment_carried to onepot_app;

create table public.contribution (
  place_id integer not null,
  contribution_id uuid not null,
  stream_id uuid not null,
  pot_id uuid not null,
  amount_pence bigint not null,
  made_on date not null,
  reference text not null default ''::text,
  transfer_id uuid not null,
  constraint "a contribution has one id in its place" PRIMARY KEY (place_id, contribution_id),
  constraint "a contribution is more than nought" CHECK ((amount_pence > 0)),
  constraint "a contribution comes from a stream of its place" FOREIGN KEY (place_id, stream_id) REFERENCES stream(place_id, stream_id),
  constraint "a contribution goes to a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id),
  constraint "a contribution is a transfer" FOREIGN KEY (place_id, transfer_id) REFERENCES transfer(place_id, transfer_id)
);
CREATE INDEX contribution_by_pot ON public.contribution USING btree (place_id, pot_id);
CREATE INDEX contribution_by_stream ON public.contribution USING btree (place_id, stream_id);
alter table public.contribution enable row level security;
alter table public.contribution force row level security;
create policy "only rows of the place in hand" on public.contribution for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.contribution to onepot_app;

create table public.council (
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
  constraint "a council has one code" PRIMARY KEY (gss_code)
);
grant insert, select, update on public.council to onepot_app;

create table public.deployment (
  name text not null,
  value text not null,
  constraint "a setting has one value" PRIMARY KEY (name)
);
grant insert, select, update on public.deployment to onepot_app;

create table public.document (
  place_id integer not null,
  document_id uuid not null,
  record_id text not null,
  name text not null,
  media_type text not null,
  size_bytes integer not null,
  sha256 bytea not null,
  public boolean not null default false,
  added_by text not null,
  added_at timestamp with time zone not null default clock_timestamp(),
  withdrawn_at timestamp with time zone,
  constraint "a document has one id in its place" PRIMARY KEY (place_id, document_id)
);
CREATE INDEX document_by_record ON public.document USING btree (place_id, record_id);
alter table public.document enable row level security;
alter table public.document force row level security;
create policy "only rows of the place in hand" on public.document for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select, update on public.document to onepot_app;

create table public.document_content (
  place_id integer not null,
  document_id uuid not null,
  content bytea not null,
  constraint "a document has one content" PRIMARY KEY (place_id, document_id),
  constraint "a content belongs to a document of its place" FOREIGN KEY (place_id, document_id) REFERENCES document(place_id, document_id)
);
alter table public.document_content enable row level security;
alter table public.document_content force row level security;
create policy "only rows of the place in hand" on public.document_content for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.document_content to onepot_app;

create table public.entry (
  place_id integer not null,
  account_id uuid not null,
  version bigint,
  transfer_id uuid not null,
  line integer not null,
  amount_pence bigint not null,
  balance_pence bigint,
  effective_on date not null,
  constraint "an entry is one line of its transfer" PRIMARY KEY (place_id, transfer_id, line)
);
CREATE INDEX entry_by_account ON public.entry USING btree (place_id, account_id, effective_on) INCLUDE (amount_pence);
alter table public.entry enable row level security;
alter table public.entry force row level security;
create policy "only rows of the place in hand" on public.entry for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant select on public.entry to onepot_app;

create table public.job (
  job_id uuid not null,
  place_id integer,
  kind text not null,
  title text not null,
  input jsonb not null,
  state text not null default 'waiting'::text,
  done bigint not null default 0,
  total bigint,
  doing text,
  answer jsonb,
  requested_by text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  cancel_asked_at timestamp with time zone,
  constraint "a job has one id" PRIMARY KEY (job_id),
  constraint "a job is in a known state" CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'refused'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX job_by_place ON public.job USING btree (place_id, created_at DESC);
grant insert, select, update on public.job to onepot_app;

create table public.ledger_account (
  place_id integer not null,
  account_id uuid not null,
  book ledger_book not null,
  kind ledger_account_kind not null,
  pot_id uuid,
  stream_id uuid,
  record_id uuid not null,
  floor_pence bigint,
  posted_pence bigint not null default 0,
  version bigint not null default 0,
  last_effective_on date,
  closed_on date,
  reserved_pence bigint not null default 0,
  constraint "an account has one id in its place" PRIMARY KEY (place_id, account_id),
  constraint "a record has one account for a stream and pot" UNIQUE NULLS NOT DISTINCT (place_id, book, kind, record_id, stream_id, pot_id),
  constraint "an account never falls below its floor" CHECK (((floor_pence IS NULL) OR ((posted_pence - reserved_pence) >= floor_pence)))
) with (fillfactor=50);
CREATE INDEX ledger_account_by_pot ON public.ledger_account USING btree (place_id, pot_id);
CREATE INDEX ledger_account_by_record ON public.ledger_account USING btree (place_id, record_id);
alter table public.ledger_account enable row level security;
alter table public.ledger_account force row level security;
create policy "only rows of the place in hand" on public.ledger_account for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant select on public.ledger_account to onepot_app;

create table public.ledger_period (
  place_id integer not null,
  book ledger_book not null,
  starts_on date not null,
  ends_on date not null,
  state text not null,
  balance_hash bytea,
  entries bigint,
  block_number bigint,
  closed_by text,
  closed_at timestamp with time zone,
  constraint "a period of a book starts once" PRIMARY KEY (place_id, book, starts_on),
  constraint "a hard closed period has its proof" CHECK (((state = 'soft'::text) OR ((balance_hash IS NOT NULL) AND (entries IS NOT NULL)))),
  constraint "a period ends after it starts" CHECK ((ends_on >= starts_on)),
  constraint "a period is soft or hard closed" CHECK ((state = ANY (ARRAY['soft'::text, 'hard'::text])))
);
alter table public.ledger_period enable row level security;
alter table public.ledger_period force row level security;
create policy "only rows of the place in hand" on public.ledger_period for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant select on public.ledger_period to onepot_app;

create table public.ledger_sum (
  place_id integer not null,
  level smallint not null,
  starts_on date not null,
  account_id uuid not null,
  amount_pence bigint not null,
  constraint "an account has one sum a day, month and year" PRIMARY KEY (place_id, level, starts_on, account_id) INCLUDE (amount_pence)
);
alter table public.ledger_sum enable row level security;
alter table public.ledger_sum force row level security;
create policy "only rows of the place in hand" on public.ledger_sum for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant select on public.ledger_sum to onepot_app;

create table public.migration_step (
  migration integer not null,
  step integer not null,
  hash text not null,
  applied_at timestamp with time zone not null default clock_timestamp(),
  constraint "a step is applied once" PRIMARY KEY (migration, step)
);
grant select on public.migration_step to onepot_app;

create table public.outbox_message (
  place_id integer not null,
  message_id uuid not null,
  kind text not null,
  to_address text not null,
  subject text not null,
  body text not null,
  state text not null default 'waiting'::text,
  made_at timestamp with time zone not null default clock_timestamp(),
  sent_at timestamp with time zone,
  attempts integer not null default 0,
  last_error text,
  constraint "a message has one id in its place" PRIMARY KEY (place_id, message_id),
  constraint "a message is in a known state" CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text])))
);
CREATE INDEX outbox_message_waiting ON public.outbox_message USING btree (place_id, made_at) WHERE (state = 'waiting'::text);
alter table public.outbox_message enable row level security;
alter table public.outbox_message force row level security;
create policy "only rows of the place in hand" on public.outbox_message for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select, update on public.outbox_message to onepot_app;

create table public.partner (
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
  constraint "a partner has one id in its place" PRIMARY KEY (place_id, partner_id),
  constraint "a partner has its own name in its place" UNIQUE (place_id, name),
  constraint "a partner serves an area of its place" FOREIGN KEY (place_id, area_id) REFERENCES area(place_id, area_id)
);
alter table public.partner enable row level security;
alter table public.partner force row level security;
create policy "only rows of the place in hand" on public.partner for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select, update on public.partner to onepot_app;

create table public.partner_identifier (
  place_id integer not null,
  partner_id uuid not null,
  scheme text not null,
  identifier text not null,
  constraint "a partner has one identifier of a scheme" PRIMARY KEY (place_id, partner_id, scheme),
  constraint "an identifier belongs to a partner of its place" FOREIGN KEY (place_id, partner_id) REFERENCES partner(place_id, partner_id)
);
alter table public.partner_identifier enable row level security;
alter table public.partner_identifier force row level security;
create policy "only rows of the place in hand" on public.partner_identifier for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.partner_identifier to onepot_app;

create table public.partner_statement (
  place_id integer not null,
  statement_id uuid not null,
  partner_id uuid not null,
  quarter text not null,
  figures_hash bytea not null,
  block_number bigint,
  sent_by text not null,
  sent_at timestamp with time zone not null default clock_timestamp(),
  constraint "a statement has one id in its place" PRIMARY KEY (place_id, statement_id),
  constraint "a statement is of a partner of its place" FOREIGN KEY (place_id, partner_id) REFERENCES partner(place_id, partner_id)
);
CREATE INDEX partner_statement_by_partner ON public.partner_statement USING btree (place_id, partner_id, quarter);
alter table public.partner_statement enable row level security;
alter table public.partner_statement force row level security;
create policy "only rows of the place in hand" on public.partner_statement for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.partner_statement to onepot_app;

create table public.payment (
  place_id integer not null,
  payment_id uuid not null,
  commitment_id uuid not null,
  pot_id uuid not null,
  service_id uuid not null,
  supplier_id uuid not null,
  amount_pence bigint not null,
  vat_recovered_pence bigint not null default 0,
  paid_on date not null,
  reference text not null default ''::text,
  spend_file_id uuid,
  spend_row_number integer,
  transfer_id uuid not null,
  constraint "a payment has one id in its place" PRIMARY KEY (place_id, payment_id),
  constraint "a payment is more than nought" CHECK ((amount_pence > 0)),
  constraint "a published line has a file and a row" CHECK (((spend_file_id IS NULL) = (spend_row_number IS NULL))),
  constraint "recovered VAT is nought or more" CHECK ((vat_recovered_pence >= 0)),
  constraint "a payment buys a service of its place" FOREIGN KEY (place_id, service_id) REFERENCES service(place_id, service_id),
  constraint "a payment draws on a commitment of its place" FOREIGN KEY (place_id, commitment_id) REFERENCES commitment(place_id, commitment_id),
  constraint "a payment is a transfer" FOREIGN KEY (place_id, transfer_id) REFERENCES transfer(place_id, transfer_id),
  constraint "a payment is to a partner of its place" FOREIGN KEY (place_id, supplier_id) REFERENCES partner(place_id, partner_id)
);
CREATE INDEX payment_by_commitment ON public.payment USING btree (place_id, commitment_id);
CREATE INDEX payment_by_pot ON public.payment USING btree (place_id, pot_id);
CREATE INDEX payment_by_service ON public.payment USING btree (place_id, service_id);
CREATE INDEX payment_by_spend_line ON public.payment USING btree (place_id, spend_file_id, spend_row_number) WHERE (spend_file_id IS NOT NULL);
CREATE INDEX payment_by_supplier ON public.payment USING btree (place_id, supplier_id);
alter table public.payment enable row level security;
alter table public.payment force row level security;
create policy "only rows of the place in hand" on public.payment for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.payment to onepot_app;

create table public.payment_line (
  place_id integer not null,
  payment_id uuid not null,
  line smallint not null,
  net_pence bigint not null,
  vat_pence bigint not null,
  recoverable_pence bigint not null,
  subjective_group text,
  words text not null default ''::text,
  constraint "a payment's lines are numbered" PRIMARY KEY (place_id, payment_id, line),
  constraint "VAT and what is recovered have the sign of the line" CHECK ((((net_pence >= 0) AND (vat_pence >= 0) AND ((recoverable_pence >= 0) AND (recoverable_pence <= vat_pence))) OR ((net_pence <= 0) AND (vat_pence <= 0) AND ((recoverable_pence >= vat_pence) AND (recoverable_pence <= 0))))),
  constraint "a line is of a payment of its place" FOREIGN KEY (place_id, payment_id) REFERENCES payment(place_id, payment_id)
);
alter table public.payment_line enable row level security;
alter table public.payment_line force row level security;
create policy "only rows of the place in hand" on public.payment_line for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.payment_line to onepot_app;

create table public.period_explanation (
  place_id integer not null,
  book ledger_book not null,
  period text not null,
  item text not null,
  words text not null,
  explained_by text not null,
  explained_at timestamp with time zone not null default clock_timestamp(),
  constraint "an item is explained once when its period closes" PRIMARY KEY (place_id, book, period, item),
  constraint "an explanation says something" CHECK ((length(words) > 0))
);
alter table public.period_explanation enable row level security;
alter table public.period_explanation force row level security;
create policy "only rows of the place in hand" on public.period_explanation for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.period_explanation to onepot_app;

create table public.place (
  place_id integer not null generated always as identity,
  slug text not null,
  name text not null,
  name_welsh text,
  kind text not null,
  colour text,
  business_date date,
  demonstration boolean not null default false,
  followed_record text,
  opened_at timestamp with time zone not null default clock_timestamp(),
  constraint "a place has one number" PRIMARY KEY (place_id),
  constraint "a place has its own address" UNIQUE (slug),
  constraint "a colour is six figures" CHECK (((colour IS NULL) OR (colour ~ '^#[0-9a-f]{6}$'::text))),
  constraint "a place is of a known kind" CHECK ((kind = ANY (ARRAY['whole_place'::text, 'council'::text, 'programme'::text]))),
  constraint "an address is lower case words" CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);
grant insert, select, update on public.place to onepot_app;

create table public.place_address (
  slug text not null,
  place_id integer not null,
  area_id uuid,
  constraint "an address leads to one place" PRIMARY KEY (slug),
  constraint "an address belongs to a place" FOREIGN KEY (place_id) REFERENCES place(place_id)
);
grant insert, select on public.place_address to onepot_app;

create table public.pot (
  place_id integer not null,
  pot_id uuid not null,
  slug text not null,
  name text not null,
  name_welsh text,
  purpose text not null,
  mode text not null,
  book text not null,
  host_id uuid not null,
  area_id uuid,
  opened_on date not null,
  made_up boolean not null default false,
  constraint "a pot has one id in its place" PRIMARY KEY (place_id, pot_id),
  constraint "a pot has its own address in its place" UNIQUE (place_id, slug),
  constraint "a pot has its own name in its place" UNIQUE (place_id, name),
  constraint "a mode decides the book" CHECK ((((mode = ANY (ARRAY['aligned'::text, 'shadow'::text])) AND (book = 'shadow'::text)) OR ((mode = ANY (ARRAY['pooled'::text, 'delegated'::text])) AND (book = 'real'::text)))),
  constraint "a pot has a host of its place" FOREIGN KEY (place_id, host_id) REFERENCES partner(place_id, partner_id),
  constraint "a pot has an area of its place" FOREIGN KEY (place_id, area_id) REFERENCES area(place_id, area_id)
);
alter table public.pot enable row level security;
alter table public.pot force row level security;
create policy "only rows of the place in hand" on public.pot for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.pot to onepot_app;

create table public.pot_year_rule (
  place_id integer not null,
  pot_id uuid not null,
  starts_on date not null,
  rule text not null,
  source text not null,
  set_by text not null,
  set_at timestamp with time zone not null default clock_timestamp(),
  constraint "a pot's rule for the year end starts once" PRIMARY KEY (place_id, pot_id, starts_on),
  constraint "what is left is carried forward or goes back" CHECK ((rule = ANY (ARRAY['carry_forward'::text, 'return_to_funder'::text]))),
  constraint "a rule is of a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id)
);
alter table public.pot_year_rule enable row level security;
alter table public.pot_year_rule force row level security;
create policy "only rows of the place in hand" on public.pot_year_rule for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.pot_year_rule to onepot_app;

create table public.published_figure (
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
  note text not null default ''::text,
  disagrees_with text[] not null default '{}'::text[],
  constraint "a figure has one id in its place" PRIMARY KEY (place_id, figure_id),
  constraint "a figure has its own key in its place" UNIQUE (place_id, key)
);
alter table public.published_figure enable row level security;
alter table public.published_figure force row level security;
create policy "only rows of the place in hand" on public.published_figure for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.published_figure to onepot_app;

create table public.question (
  place_id integer not null,
  question_id uuid not null,
  record_id text not null,
  words text not null,
  asked_by text not null,
  asked_by_user uuid,
  asked_at timestamp with time zone not null default clock_timestamp(),
  constraint "a question has one id in its place" PRIMARY KEY (place_id, question_id)
);
CREATE INDEX question_by_record ON public.question USING btree (place_id, record_id);
alter table public.question enable row level security;
alter table public.question force row level security;
create policy "only rows of the place in hand" on public.question for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.question to onepot_app;

create table public.rate_limit (
  bucket text not null,
  window_starts_at timestamp with time zone not null,
  hits integer not null,
  constraint "a bucket counts one window at a time" PRIMARY KEY (bucket)
);
grant delete, insert, select, update on public.rate_limit to onepot_app;

create table public.request_key (
  place_id integer not null,
  request_key uuid not null,
  use_case text not null,
  actor text not null,
  request_hash bytea not null,
  answer jsonb not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  constraint "a request is carried out once" PRIMARY KEY (place_id, request_key)
);
alter table public.request_key enable row level security;
alter table public.request_key force row level security;
create policy "only rows of the place in hand" on public.request_key for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.request_key to onepot_app;

create table public.reservation (
  place_id integer not null,
  reservation_id uuid not null,
  account_id uuid not null,
  record_id uuid not null,
  amount_pence bigint not null,
  made_on date not null,
  ends_on date,
  made_by text not null,
  ended text,
  ended_on date,
  constraint "a reservation has one id in its place" PRIMARY KEY (place_id, reservation_id),
  constraint "a reservation ends in a known way" CHECK ((ended = ANY (ARRAY['drawn'::text, 'released'::text, 'expired'::text]))),
  constraint "a reservation is more than nought" CHECK ((amount_pence > 0)),
  constraint "a reservation that ended says how and when" CHECK (((ended IS NULL) = (ended_on IS NULL))),
  constraint "a reservation is made in an account of its place" FOREIGN KEY (place_id, account_id) REFERENCES ledger_account(place_id, account_id)
);
CREATE INDEX reservation_by_record ON public.reservation USING btree (place_id, record_id);
CREATE INDEX reservation_open ON public.reservation USING btree (place_id, account_id) WHERE (ended IS NULL);
alter table public.reservation enable row level security;
alter table public.reservation force row level security;
create policy "only rows of the place in hand" on public.reservation for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant select on public.reservation to onepot_app;

create table public.role_holding (
  place_id integer not null,
  holding_id uuid not null,
  user_id uuid not null,
  partner_id uuid,
  area_id uuid,
  role text not null,
  granted_by text not null,
  granted_at timestamp with time zone not null default clock_timestamp(),
  ended_at timestamp with time zone,
  constraint "a role is held under one id in its place" PRIMARY KEY (place_id, holding_id),
  constraint "a role is a known one" CHECK ((role = ANY (ARRAY['finance_officer'::text, 'pool_manager'::text, 'partner_officer'::text, 'key_worker'::text, 'committee_member'::text, 'resident'::text, 'analyst'::text, 'programme_officer'::text, 'hub_officer'::text, 'information_governance_lead'::text, 'auditor'::text, 'administrator'::text]))),
  constraint "a role is held for a partner of its place" FOREIGN KEY (place_id, partner_id) REFERENCES partner(place_id, partner_id),
  constraint "a role is held in an area of its place" FOREIGN KEY (place_id, area_id) REFERENCES area(place_id, area_id)
);
CREATE INDEX role_holding_by_user ON public.role_holding USING btree (place_id, user_id) WHERE (ended_at IS NULL);
alter table public.role_holding enable row level security;
alter table public.role_holding force row level security;
create policy "only rows of the place in hand" on public.role_holding for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select, update on public.role_holding to onepot_app;

create table public.service (
  place_id integer not null,
  service_id uuid not null,
  name text not null,
  name_welsh text,
  description text not null default ''::text,
  provider_id uuid not null,
  theme_id uuid,
  area_id uuid,
  constraint "a service has one id in its place" PRIMARY KEY (place_id, service_id),
  constraint "a service has its own name in its place" UNIQUE (place_id, name),
  constraint "a service has a provider of its place" FOREIGN KEY (place_id, provider_id) REFERENCES partner(place_id, partner_id),
  constraint "a service has a theme of its place" FOREIGN KEY (place_id, theme_id) REFERENCES theme(place_id, theme_id),
  constraint "a service has an area of its place" FOREIGN KEY (place_id, area_id) REFERENCES area(place_id, area_id)
);
alter table public.service enable row level security;
alter table public.service force row level security;
create policy "only rows of the place in hand" on public.service for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select, update on public.service to onepot_app;

create table public.service_reach (
  place_id integer not null,
  service_id uuid not null,
  starts_on date not null,
  ends_on date not null,
  families integer not null,
  source text not null,
  constraint "a service reports once for a period" PRIMARY KEY (place_id, service_id, starts_on),
  constraint "a reach period ends after it starts" CHECK ((ends_on >= starts_on)),
  constraint "families reached are nought or more" CHECK ((families >= 0)),
  constraint "a reach belongs to a service of its place" FOREIGN KEY (place_id, service_id) REFERENCES service(place_id, service_id)
);
alter table public.service_reach enable row level security;
alter table public.service_reach force row level security;
create policy "only rows of the place in hand" on public.service_reach for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.service_reach to onepot_app;

create table public.spend_columns (
  place_id integer not null,
  publisher_id uuid not null,
  heading_hash bytea not null,
  columns jsonb not null,
  saved_by text not null,
  saved_at timestamp with time zone not null default clock_timestamp(),
  constraint "columns are saved once for a publisher's heading" PRIMARY KEY (place_id, publisher_id, heading_hash),
  constraint "saved columns belong to a publisher of its place" FOREIGN KEY (place_id, publisher_id) REFERENCES partner(place_id, partner_id)
);
alter table public.spend_columns enable row level security;
alter table public.spend_columns force row level security;
create policy "only rows of the place in hand" on public.spend_columns for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select, update on public.spend_columns to onepot_app;

create table public.spend_file (
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
  imported_at timestamp with time zone not null default clock_timestamp(),
  made_up boolean not null default false,
  constraint "a spend file has one id in its place" PRIMARY KEY (place_id, file_id),
  constraint "a spend file is stored once" UNIQUE (place_id, publisher_id, sha256),
  constraint "a spend file has a publisher of its place" FOREIGN KEY (place_id, publisher_id) REFERENCES partner(place_id, partner_id)
);
alter table public.spend_file enable row level security;
alter table public.spend_file force row level security;
create policy "only rows of the place in hand" on public.spend_file for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.spend_file to onepot_app;

create table public.spend_line (
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
  constraint "a spend line has one row in its file" PRIMARY KEY (place_id, file_id, row_number)
);
CREATE INDEX spend_line_by_day ON public.spend_line USING btree (place_id, paid_on);
alter table public.spend_line enable row level security;
alter table public.spend_line force row level security;
create policy "only rows of the place in hand" on public.spend_line for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant select on public.spend_line to onepot_app;

create table public.spend_refused (
  place_id integer not null,
  file_id uuid not null,
  row_number integer not null,
  faults jsonb not null,
  cells text[] not null,
  constraint "a refused row has one place in its file" PRIMARY KEY (place_id, file_id, row_number),
  constraint "a refused row belongs to a file of its place" FOREIGN KEY (place_id, file_id) REFERENCES spend_file(place_id, file_id)
);
alter table public.spend_refused enable row level security;
alter table public.spend_refused force row level security;
create policy "only rows of the place in hand" on public.spend_refused for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.spend_refused to onepot_app;

create unlogged table public.spend_staging (
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
grant insert on public.spend_staging to onepot_app;

create table public.spend_sum (
  place_id integer not null,
  publisher_id uuid not null,
  month date not null,
  service_area text not null,
  supplier text not null,
  lines integer not null,
  amount_pence bigint not null,
  credit_lines integer not null,
  credits_pence bigint not null,
  constraint "spending is summed once by month, service area and supplier" PRIMARY KEY (place_id, publisher_id, month, service_area, supplier)
);
alter table public.spend_sum enable row level security;
alter table public.spend_sum force row level security;
create policy "only rows of the place in hand" on public.spend_sum for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant select on public.spend_sum to onepot_app;

create table public.spend_upload (
  place_id integer not null,
  upload_id uuid not null,
  publisher_id uuid not null,
  name text not null,
  sha256 bytea not null,
  content bytea not null,
  columns jsonb,
  made_by text not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  constraint "an upload has one id in its place" PRIMARY KEY (place_id, upload_id),
  constraint "an upload has a publisher of its place" FOREIGN KEY (place_id, publisher_id) REFERENCES partner(place_id, partner_id)
);
alter table public.spend_upload enable row level security;
alter table public.spend_upload force row level security;
create policy "only rows of the place in hand" on public.spend_upload for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select, update on public.spend_upload to onepot_app;

create table public.stream (
  place_id integer not null,
  stream_id uuid not null,
  name text not null,
  name_welsh text,
  payer_id uuid not null,
  amount_pence bigint not null,
  starts_on date not null,
  ends_on date not null,
  power text not null,
  capital boolean not null default false,
  ring_fenced boolean not null default false,
  clawback text not null default ''::text,
  source text not null default ''::text,
  made_up boolean not null default false,
  constraint "a stream has one id in its place" PRIMARY KEY (place_id, stream_id),
  constraint "a stream has its own name in its place" UNIQUE (place_id, name),
  constraint "a stream ends after it starts" CHECK ((ends_on >= starts_on)),
  constraint "a stream is more than nought" CHECK ((amount_pence > 0)),
  constraint "a stream has a payer of its place" FOREIGN KEY (place_id, payer_id) REFERENCES partner(place_id, partner_id)
);
alter table public.stream enable row level security;
alter table public.stream force row level security;
create policy "only rows of the place in hand" on public.stream for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.stream to onepot_app;

create table public.stream_condition (
  place_id integer not null,
  stream_id uuid not null,
  condition_number integer not null,
  kind text not null,
  words text not null,
  constraint "a condition has one number in its stream" PRIMARY KEY (place_id, stream_id, condition_number),
  constraint "a condition is of a known kind" CHECK ((kind = ANY (ARRAY['purpose'::text, 'period'::text, 'partner'::text, 'capital'::text, 'eligible_cost'::text, 'reporting'::text]))),
  constraint "a condition belongs to a stream of its place" FOREIGN KEY (place_id, stream_id) REFERENCES stream(place_id, stream_id)
);
alter table public.stream_condition enable row level security;
alter table public.stream_condition force row level security;
create policy "only rows of the place in hand" on public.stream_condition for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.stream_condition to onepot_app;

create table public.task (
  place_id integer not null,
  task_id uuid not null,
  title text not null,
  record_id text,
  for_role text,
  for_user uuid,
  due_on date,
  made_by text not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  done_by text,
  done_at timestamp with time zone,
  constraint "a task has one id in its place" PRIMARY KEY (place_id, task_id),
  constraint "a task is for a role or a person" CHECK (((for_role IS NOT NULL) OR (for_user IS NOT NULL)))
);
alter table public.task enable row level security;
alter table public.task force row level security;
create policy "only rows of the place in hand" on public.task for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select, update on public.task to onepot_app;

create table public.theme (
  place_id integer not null,
  theme_id uuid not null,
  slug text not null,
  name text not null,
  name_welsh text,
  "position" integer not null,
  constraint "a theme has one id in its place" PRIMARY KEY (place_id, theme_id),
  constraint "a theme has its own address in its place" UNIQUE (place_id, slug)
);
alter table public.theme enable row level security;
alter table public.theme force row level security;
create policy "only rows of the place in hand" on public.theme for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select, update on public.theme to onepot_app;

create table public.transfer (
  place_id integer not null,
  transfer_id uuid not null,
  book ledger_book not null,
  kind transfer_kind not null,
  effective_on date not null,
  posted_at timestamp with time zone not null default clock_timestamp(),
  record_id uuid not null,
  words text not null,
  made_by text not null,
  reverses_id uuid,
  request_hash bytea not null,
  content_hash bytea not null,
  life smallint not null default 1,
  transaction_number xid8 not null default pg_current_xact_id(),
  booked_on date,
  constraint "a transfer has one id in its place" PRIMARY KEY (place_id, transfer_id)
);
CREATE UNIQUE INDEX "a transfer is reversed once" ON public.transfer USING btree (place_id, reverses_id) WHERE (reverses_id IS NOT NULL);
CREATE INDEX transfer_booked_late ON public.transfer USING btree (place_id, booked_on) WHERE (booked_on IS NOT NULL);
CREATE INDEX transfer_by_record ON public.transfer USING btree (place_id, record_id);
CREATE INDEX transfer_by_transaction ON public.transfer USING btree (place_id, life, transaction_number);
alter table public.transfer enable row level security;
alter table public.transfer force row level security;
create policy "only rows of the place in hand" on public.transfer for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant select on public.transfer to onepot_app;

create table public.user_account (
  user_id uuid not null,
  email text not null,
  name text not null,
  password_hash text,
  language text not null default 'en'::text,
  demonstration boolean not null default false,
  operator boolean not null default false,
  created_at timestamp with time zone not null default clock_timestamp(),
  closed_at timestamp with time zone,
  constraint "a person signs in as one account" PRIMARY KEY (user_id),
  constraint "an email belongs to one account" UNIQUE (email),
  constraint "a person reads English or Welsh" CHECK ((language = ANY (ARRAY['en'::text, 'cy'::text]))),
  constraint "an email is kept in lower case" CHECK ((email = lower(email)))
);
grant insert, select, update on public.user_account to onepot_app;

create table public.user_link (
  token_hash bytea not null,
  kind text not null,
  user_id uuid not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint "a link has one token" PRIMARY KEY (token_hash),
  constraint "a link invites or resets" CHECK ((kind = ANY (ARRAY['invitation'::text, 'reset'::text]))),
  constraint "a link belongs to an account" FOREIGN KEY (user_id) REFERENCES user_account(user_id)
);
grant insert, select, update on public.user_link to onepot_app;

create table public.user_place (
  user_id uuid not null,
  place_id integer not null,
  constraint "a person is listed once at a place" PRIMARY KEY (user_id, place_id),
  constraint "a listing belongs to a place" FOREIGN KEY (place_id) REFERENCES place(place_id),
  constraint "a listing belongs to an account" FOREIGN KEY (user_id) REFERENCES user_account(user_id)
);
grant delete, insert, select on public.user_place to onepot_app;

create table public.user_session (
  session_id text not null,
  user_id uuid,
  content jsonb not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  seen_at timestamp with time zone not null default clock_timestamp(),
  constraint "a session has one id" PRIMARY KEY (session_id),
  constraint "a session belongs to an account" FOREIGN KEY (user_id) REFERENCES user_account(user_id)
);
CREATE INDEX user_session_by_user ON public.user_session USING btree (user_id);
grant delete, insert, select, update on public.user_session to onepot_app;

create table public.variance_explanation (
  place_id integer not null,
  explanation_id uuid not null,
  allocation_id uuid not null,
  quarter text not null,
  words text not null,
  explained_by text not null,
  explained_at timestamp with time zone not null default clock_timestamp(),
  constraint "an explanation has one id in its place" PRIMARY KEY (place_id, explanation_id),
  constraint "a variance is explained in words" CHECK ((length(words) > 0)),
  constraint "a variance is of an allocation of its place" FOREIGN KEY (place_id, allocation_id) REFERENCES allocation(place_id, allocation_id)
);
CREATE INDEX variance_explanation_by_allocation ON public.variance_explanation USING btree (place_id, allocation_id, quarter, explanation_id);
alter table public.variance_explanation enable row level security;
alter table public.variance_explanation force row level security;
create policy "only rows of the place in hand" on public.variance_explanation for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.variance_explanation to onepot_app;

create table public.ward (
  ward_code text not null,
  name text not null,
  council_gss text not null,
  constraint "a ward has one code in a council" PRIMARY KEY (ward_code, council_gss)
);
grant insert, select, update on public.ward to onepot_app;

create table public.year_balance (
  place_id integer not null,
  book ledger_book not null,
  year text not null,
  pot_id uuid not null,
  stream_id uuid not null,
  pot_pence bigint not null,
  allocation_pence bigint not null,
  commitment_pence bigint not null,
  paid_pence bigint not null,
  returned_pence bigint not null default 0,
  constraint "a pot and stream close a year once" PRIMARY KEY (place_id, book, year, pot_id, stream_id),
  constraint "a closing figure is of a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id),
  constraint "a closing figure is of a stream of its place" FOREIGN KEY (place_id, stream_id) REFERENCES stream(place_id, stream_id)
);
alter table public.year_balance enable row level security;
alter table public.year_balance force row level security;
create policy "only rows of the place in hand" on public.year_balance for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.year_balance to onepot_app;

create table public.year_end (
  place_id integer not null,
  year_end_id uuid not null,
  book ledger_book not null,
  year text not null,
  balance_hash bytea not null,
  entries bigint not null,
  made_by text not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  constraint "a year end has one id in its place" PRIMARY KEY (place_id, year_end_id),
  constraint "a year of a book ends once" UNIQUE (place_id, book, year)
);
alter table public.year_end enable row level security;
alter table public.year_end force row level security;
create policy "only rows of the place in hand" on public.year_end for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.year_end to onepot_app;

-- Functions

CREATE OR REPLACE FUNCTION onepot_queue.enqueue(p_job uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'graphile_worker', 'pg_temp'
AS $function$ select graphile_worker.add_job('run_job', json_build_object('jobId', p_job), job_key := p_job::text, max_attempts := 3) $function$;
grant execute on function onepot_queue.enqueue(p_job uuid) to onepot_app;

CREATE OR REPLACE FUNCTION public.audit_block_hash(p_place integer, p_previous bytea, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8, p_trial_balance text)
 RETURNS bytea
 LANGUAGE sql
 STABLE
AS $function$
  select sha256(p_previous
    || (select sha256(coalesce(string_agg(audit_entry_bytes(e), ''::bytea order by e.life, e.transaction_number, e.audit_id), ''::bytea))
          from audit_entry e where e.place_id = p_place and e.block_number is null
           and (e.life, e.transaction_number) >= (p_from_life, p_from) and (e.life, e.transaction_number) < (p_below_life, p_below))
    || (select sha256(coalesce(string_agg(transfer_seal(t), ''::bytea order by t.life, t.transaction_number, t.transfer_id), ''::bytea))
          from transfer t where t.place_id = p_place
           and (t.life, t.transaction_number) >= (p_from_life, p_from) and (t.life, t.transaction_number) < (p_below_life, p_below))
    || sha256(convert_to(p_trial_balance, 'UTF8')))
$function$;
grant execute on function public.audit_block_hash(p_place integer, p_previous bytea, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8, p_trial_balance text) to public;

CREATE OR REPLACE FUNCTION public.audit_entry_bytes(entry audit_entry)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
RETURN sha256(convert_to(concat_ws('|'::text, (entry).place_id, (entry).audit_id, (entry).transaction_number, to_char(((entry).made_at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US'::text), (entry).actor, (entry).action, (entry).record_id, encode((entry).content_hash, 'hex'::text)), 'UTF8'::name));
grant execute on function public.audit_entry_bytes(entry audit_entry) to public;

CREATE OR REPLACE FUNCTION public.begin_ledger_life()
 RETURNS smallint
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one record;
  newest xid8 := '0'::xid8;
  now_life smallint := ledger_life();
begin
  for one in select place_id from place loop
    perform set_config('app.place_id', one.place_id::text, true);
    select greatest(newest,
        (select transaction_number from transfer where place_id = one.place_id and life = now_life
          order by life desc, transaction_number desc limit 1),
        (select transaction_number from audit_entry where place_id = one.place_id and life = now_life
          order by life desc, transaction_number desc limit 1),
        (select below_number from audit_block where place_id = one.place_id and below_life = now_life
          order by block_number desc limit 1)) into newest;
  end loop;
  perform set_config('app.place_id', '', true);
  if newest > pg_current_xact_id() then
    now_life := now_life + 1;
    execute format('alter table transfer alter column life set default %s', now_life);
    execute format('alter table audit_entry alter column life set default %s', now_life);
  end if;
  return now_life;
end
$function$;

CREATE OR REPLACE FUNCTION public.close_ledger_period(p_place integer, p_book text, p_starts date, p_ends date, p_state text, p_actor text, OUT outcome text, OUT balance_hash bytea, OUT entries bigint)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one ledger_period;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(7402, p_place);
  select * into one from ledger_period p where p.place_id = p_place and p.book = p_book and p.starts_on = p_starts;
  if found and (one.state = 'hard' or one.ends_on <> p_ends) then
    outcome := case when one.state = 'hard' then 'already_hard' else 'overlaps' end;
    return;
  end if;
  if exists (select from ledger_period p where p.place_id = p_place and p.book = p_book and p.starts_on <> p_starts
               and p.starts_on <= p_ends and p.ends_on >= p_starts) then
    outcome := 'overlaps';
    return;
  end if;
  if p_state = 'hard' and exists (
      select from transfer t where t.place_id = p_place and t.book = p_book and coalesce(t.booked_on, t.effective_on) < p_starts
        and not exists (select from ledger_period p where p.place_id = p_place and p.book = p_book and p.state = 'hard'
                          and coalesce(t.booked_on, t.effective_on) between p.starts_on and p.ends_on)) then
    outcome := 'gap';
    return;
  end if;
  if p_state = 'hard' then
    select h.balance_hash, h.entries into balance_hash, entries from ledger_period_hash(p_place, p_book, p_ends) as h;
  end if;
  insert into ledger_period (place_id, book, starts_on, ends_on, state, balance_hash, entries, block_number, closed_by, closed_at)
    values (p_place, p_book, p_starts, p_ends, p_state, close_ledger_period.balance_hash, close_ledger_period.entries,
      (select max(b.block_number) from audit_block b where b.place_id = p_place), p_actor, clock_timestamp())
    on conflict (place_id, book, starts_on) do update set state = excluded.state, balance_hash = excluded.balance_hash,
      entries = excluded.entries, block_number = excluded.block_number, closed_by = excluded.closed_by, closed_at = excluded.closed_at;
  outcome := p_state;
end
$function$;
grant execute on function public.close_ledger_period(p_place integer, p_book text, p_starts date, p_ends date, p_state text, p_actor text, OUT outcome text, OUT balance_hash bytea, OUT entries bigint) to onepot_app;

CREATE OR REPLACE FUNCTION public.discard_spend_batch(p_batch uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  delete from spend_staging where batch_id = p_batch;
$function$;
grant execute on function public.discard_spend_batch(p_batch uuid) to onepot_app;

CREATE OR REPLACE FUNCTION public.end_reservations(p_place integer, p_record uuid, p_how text, p_on date)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one record;
  freed bigint := 0;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  for one in
    select distinct account_id from reservation where place_id = p_place and record_id = p_record and ended is null order by account_id
  loop
    perform from ledger_account where place_id = p_place and account_id = one.account_id for update;
  end loop;
  for one in
    update reservation set ended = p_how, ended_on = p_on
     where place_id = p_place and record_id = p_record and ended is null returning account_id, amount_pence
  loop
    update ledger_account set reserved_pence = reserved_pence - one.amount_pence
      where place_id = p_place and account_id = one.account_id;
    freed := freed + one.amount_pence;
  end loop;
  return freed;
end
$function$;
grant execute on function public.end_reservations(p_place integer, p_record uuid, p_how text, p_on date) to onepot_app;

CREATE OR REPLACE FUNCTION public.fold_ledger(p_place integer, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  insert into ledger_sum (place_id, level, starts_on, account_id, amount_pence)
    select p_place, level, date_trunc((array['day', 'month', 'year'])[level], d.effective_on)::date, d.account_id, sum(d.pence)
      from (select e.effective_on, e.account_id, sum(e.amount_pence) as pence
              from transfer t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
             where t.place_id = p_place and (t.life, t.transaction_number) >= (p_from_life, p_from)
               and (t.life, t.transaction_number) < (p_below_life, p_below)
             group by e.effective_on, e.account_id) as d cross join generate_series(1, 3) as level
     group by 2, 3, 4
    on conflict (place_id, level, starts_on, account_id) do update set amount_pence = ledger_sum.amount_pence + excluded.amount_pence;
  update ledger_account a set posted_pence = a.posted_pence + f.pence, version = a.version + f.entries,
      last_effective_on = greatest(a.last_effective_on, f.newest)
    from (select e.account_id, sum(e.amount_pence)::bigint as pence, count(*) as entries, max(e.effective_on) as newest
            from transfer t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
           where t.place_id = p_place and (t.life, t.transaction_number) >= (p_from_life, p_from)
             and (t.life, t.transaction_number) < (p_below_life, p_below)
           group by e.account_id) as f
   where a.place_id = p_place and a.account_id = f.account_id and a.floor_pence is null;
end
$function$;

CREATE OR REPLACE FUNCTION public.ledger_corrections(p_place integer, p_day date)
 RETURNS TABLE(account_id uuid, pence bigint)
 LANGUAGE sql
 STABLE
AS $function$
  select c.account_id, sum(c.pence)::bigint from (
    select s.account_id, -s.amount_pence as pence from ledger_sum s
     where s.place_id = p_place and s.level = 1 and s.starts_on > p_day
       and s.starts_on < (date_trunc('month', p_day) + interval '1 month')::date
    union all
    select s.account_id, -s.amount_pence from ledger_sum s
     where s.place_id = p_place and s.level = 2 and s.starts_on >= (date_trunc('month', p_day) + interval '1 month')::date
       and s.starts_on < (date_trunc('year', p_day) + interval '1 year')::date
    union all
    select s.account_id, -s.amount_pence from ledger_sum s
     where s.place_id = p_place and s.level = 3 and s.starts_on >= (date_trunc('year', p_day) + interval '1 year')::date
    union all
    select e.account_id, case when a.floor_pence is null then e.amount_pence else -e.amount_pence end
      from ledger_sealed_below(p_place) as b
      join transfer t on t.place_id = p_place and (t.life, t.transaction_number) >= (b.life, b.number)
      join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
      join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
     where (a.floor_pence is null) = (e.effective_on <= p_day)
  ) as c group by c.account_id
$function$;
grant execute on function public.ledger_corrections(p_place integer, p_day date) to public;

CREATE OR REPLACE FUNCTION public.ledger_life()
 RETURNS smallint
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
RETURN (SELECT (pg_get_expr(d.adbin, d.adrelid))::smallint AS pg_get_expr FROM (pg_attrdef d JOIN pg_attribute a ON (((a.attrelid = d.adrelid) AND (a.attnum = d.adnum)))) WHERE ((d.adrelid = ('transfer'::regclass)::oid) AND (a.attname = 'life'::name)));
grant execute on function public.ledger_life() to public;

CREATE OR REPLACE FUNCTION public.ledger_lowest_since(p_place integer, p_account uuid, p_posted bigint, p_day date, OUT lowest_pence bigint, OUT lowest_on date)
 RETURNS record
 LANGUAGE sql
 STABLE
AS $function$
  select p_posted - later.pence::bigint, greatest(p_day, later.before_on) from (
    select e.effective_on, sum(sum(e.amount_pence)) over w as pence, lead(e.effective_on) over w as before_on
      from entry e where e.place_id = p_place and e.account_id = p_account and e.effective_on > p_day
     group by e.effective_on window w as (order by e.effective_on desc)) as later
   order by 1, 2 limit 1
$function$;
grant execute on function public.ledger_lowest_since(p_place integer, p_account uuid, p_posted bigint, p_day date, OUT lowest_pence bigint, OUT lowest_on date) to public;

CREATE OR REPLACE FUNCTION public.ledger_period_hash(p_place integer, p_book text, p_ends date, OUT balance_hash bytea, OUT entries bigint)
 RETURNS record
 LANGUAGE sql
 STABLE
AS $function$
  select sha256(convert_to(coalesce(string_agg(b.account_id || ':' || b.pence, ',' order by b.account_id), ''), 'UTF8')),
         coalesce(sum(b.entries), 0)::bigint
    from (
      select e.account_id, sum(e.amount_pence) as pence, count(*) as entries
        from transfer t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
       where t.place_id = p_place and t.book = p_book and coalesce(t.booked_on, t.effective_on) <= p_ends
       group by e.account_id) as b
$function$;
grant execute on function public.ledger_period_hash(p_place integer, p_book text, p_ends date, OUT balance_hash bytea, OUT entries bigint) to public;

CREATE OR REPLACE FUNCTION public.ledger_sealed_below(p_place integer, OUT life smallint, OUT number xid8)
 RETURNS record
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(b.below_life, 1::smallint), coalesce(b.below_number, '1'::xid8)
    from (select 1) as one left join (
      select below_life, below_number from audit_block
       where place_id = p_place and form = 2 order by block_number desc limit 1) as b on true
$function$;
grant execute on function public.ledger_sealed_below(p_place integer, OUT life smallint, OUT number xid8) to public;

CREATE OR REPLACE FUNCTION public.open_ledger_account(p_place integer, p_account uuid, p_book text, p_kind text, p_record uuid, p_stream uuid, p_pot uuid, p_floor bigint)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  found_id uuid;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  select account_id into found_id from ledger_account
    where place_id = p_place and book = p_book and kind = p_kind and record_id = p_record
      and stream_id is not distinct from p_stream and pot_id is not distinct from p_pot;
  if found then
    return found_id;
  end if;
  if (p_kind in ('pot', 'allocation', 'commitment') and p_floor is distinct from 0)
     or (p_kind = 'stream' and p_floor is distinct from
           (select -amount_pence from stream where place_id = p_place and stream_id = p_record)) then
    raise exception 'an account of kind % has another floor', p_kind using errcode = '23514';
  end if;
  insert into ledger_account (place_id, account_id, book, kind, record_id, stream_id, pot_id, floor_pence)
    values (p_place, p_account, p_book, p_kind, p_record, p_stream, p_pot, p_floor)
    on conflict on constraint "a record has one account for a stream and pot" do nothing
    returning account_id into found_id;
  if found_id is null then
    select account_id into strict found_id from ledger_account
      where place_id = p_place and book = p_book and kind = p_kind and record_id = p_record
        and stream_id is not distinct from p_stream and pot_id is not distinct from p_pot;
  end if;
  return found_id;
end
$function$;
grant execute on function public.open_ledger_account(p_place integer, p_account uuid, p_book text, p_kind text, p_record uuid, p_stream uuid, p_pot uuid, p_floor bigint) to onepot_app;

CREATE OR REPLACE FUNCTION public.post_transfer(p_place integer, p_transfer uuid, p_book text, p_kind text, p_effective date, p_accounts uuid[], p_amounts bigint[], p_record uuid, p_words text, p_reverses uuid, p_actor text, p_request_hash bytea, p_booked date, p_soft boolean, OUT outcome text, OUT account uuid, OUT available_pence bigint, OUT lowest_on date)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  accounts uuid[] := p_accounts;
  amounts bigint[] := p_amounts;
  lines integer;
  total numeric := 0;
  ids uuid[] := '{}';
  books text[] := '{}';
  floors bigint[] := '{}';
  posted bigint[] := '{}';
  reserved bigint[] := '{}';
  versions bigint[] := '{}';
  closed date[] := '{}';
  newest date[] := '{}';
  then_pence bigint;
  then_on date;
  line_versions bigint[] := '{}';
  line_balances bigint[] := '{}';
  held numeric[];
  counted bigint[];
  wanted uuid;
  ordered uuid[];
  one record;
  at integer;
  fault integer := 9;
  booked date := coalesce(p_booked, p_effective);
  existing_hash bytea;
  floored integer := 0;
  updated integer;
  made transfer;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  if (p_kind = 'reversal') <> (p_reverses is not null) then
    raise exception 'only a reversal reverses' using errcode = '23514';
  end if;
  if p_reverses is not null then
    select array_agg(e.account_id order by e.line), array_agg(-e.amount_pence order by e.line) into accounts, amounts
      from transfer t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
      where t.place_id = p_place and t.transfer_id = p_reverses and t.book = p_book and t.kind <> 'reversal';
    if accounts is null then
      outcome := 'not_found';
      return;
    end if;
  end if;
  lines := coalesce(cardinality(accounts), 0);
  if lines < 2 or lines <> coalesce(cardinality(amounts), 0) or 0 = any (amounts) or array_position(amounts, null) is not null then
    outcome := 'lines_missing';
    return;
  end if;
  for i in 1..lines loop
    total := total + amounts[i];
  end loop;
  if total <> 0 then
    outcome := 'unbalanced';
    return;
  end if;
  perform pg_advisory_xact_lock_shared(7402, p_place);
  -- One by one in id order, each by its key: a row that was waited for is given as it is now. A single statement over all
  -- of them is planned, while a place is young, to read every account it has (measured: ten times slower).
  if lines = 2 and accounts[1] <> accounts[2] then
    ordered := array[least(accounts[1], accounts[2]), greatest(accounts[1], accounts[2])];
  else
    ordered := array(select distinct id from unnest(accounts) as id order by id);
  end if;
  foreach wanted in array ordered loop
    select account_id, book, floor_pence, posted_pence, reserved_pence, version, closed_on, last_effective_on into one
      from ledger_account where place_id = p_place and account_id = wanted and floor_pence is not null for update;
    if found then
      floored := floored + 1;
    else
      select account_id, book, floor_pence, posted_pence, reserved_pence, null::bigint as version, closed_on,
             null::date as last_effective_on into one
        from ledger_account where place_id = p_place and account_id = wanted;
    end if;
    if found then
      ids := ids || one.account_id;
      books := books || one.book;
      floors := array_append(floors, one.floor_pence);
      posted := posted || one.posted_pence;
      reserved := reserved || one.reserved_pence;
      versions := array_append(versions, one.version);
      closed := array_append(closed, one.closed_on);
      newest := array_append(newest, one.last_effective_on);
    end if;
  end loop;
  held := posted;
  counted := versions;
  -- The first line at fault of the gravest kind: 1 unknown, 2 another book, 3 closed, 4 its period closed, 5 below its floor,
  -- 7 more than one entry may be (ten million million pounds: sums of many still fit) or than a balance can hold.
  for i in 1..lines loop
    at := array_position(ids, accounts[i]);
    if at is null then
      if fault > 1 then
        fault := 1;
        account := accounts[i];
      end if;
    else
      held[at] := held[at] + amounts[i];
      counted[at] := counted[at] + 1;
      if abs(held[at]) > 9223372036854775807 or abs(amounts[i]::numeric) > 1000000000000000 then
        fault := least(fault, 7);
      elsif floors[at] is not null then
        line_balances[i] := held[at];
        line_versions[i] := counted[at];
      else
        line_balances[i] := null;
        line_versions[i] := null;
      end if;
      if fault > 2 and books[at] <> p_book then
        fault := 2;
        account := accounts[i];
      elsif fault > 3 and closed[at] <= p_effective then
        fault := 3;
        account := accounts[i];
      elsif fault > 5 and amounts[i] < 0 and held[at] - reserved[at] < floors[at] then
        fault := 5;
        account := accounts[i];
        available_pence := greatest(posted[at] - reserved[at] - floors[at], 0);
      end if;
    end if;
  end loop;
  if fault > 3 then
    select p.starts_on, p.ends_on into one from ledger_period p
      where p.place_id = p_place and p.book = p_book and p.starts_on <= booked and p.ends_on >= booked
        and (p.state = 'hard' or not p_soft);
    if found then
      fault := 4;
      account := null;
      select max(p.ends_on) + 1 into then_on from ledger_period p
        where p.place_id = p_place and p.book = p_book and (p.state = 'hard' or not p_soft);
      lowest_on := then_on;
    end if;
  end if;
  -- Dated before an account's newest day: 6 what it held then, and on each day since, must cover it as well.
  if fault = 9 then
    for i in 1..cardinality(ids) loop
      if newest[i] > p_effective and held[i] < posted[i] and floors[i] is not null and fault = 9 then
        select l.lowest_pence, l.lowest_on into then_pence, then_on
          from ledger_lowest_since(p_place, ids[i], posted[i], p_effective) as l;
        if then_pence + held[i] - posted[i] < floors[i] then
          fault := 6;
          account := ids[i];
          available_pence := greatest(then_pence - floors[i], 0);
          lowest_on := then_on;
        end if;
      end if;
    end loop;
  end if;
  if fault < 9 or p_reverses is not null then
    select request_hash into existing_hash from transfer where place_id = p_place and transfer_id = p_transfer;
    if found then
      outcome := case when existing_hash = p_request_hash then 'already' else 'key_reused' end;
    elsif p_reverses is not null and exists (select from transfer where place_id = p_place and reverses_id = p_reverses) then
      outcome := 'already_reversed';
    elsif fault < 9 then
      outcome := (array['unknown_account', 'wrong_book', 'account_closed', 'period_closed', 'insufficient_funds',
        'insufficient_funds_then', 'too_large'])[fault];
    end if;
    if outcome is not null then
      if outcome not in ('insufficient_funds', 'insufficient_funds_then') then
        available_pence := null;
      end if;
      if outcome not in ('insufficient_funds_then', 'period_closed') then
        lowest_on := null;
      end if;
      return;
    end if;
  end if;
  made.place_id := p_place;
  made.transfer_id := p_transfer;
  made.book := p_book;
  made.kind := p_kind;
  made.effective_on := p_effective;
  made.booked_on := nullif(booked, p_effective);
  made.record_id := p_record;
  made.words := p_words;
  made.made_by := p_actor;
  made.reverses_id := p_reverses;
  made.content_hash := transfer_hash(made, accounts, amounts);
  insert into transfer (place_id, transfer_id, book, kind, effective_on, record_id, words, made_by, reverses_id,
      request_hash, content_hash, booked_on)
    values (p_place, p_transfer, p_book, p_kind, p_effective, p_record, p_words, p_actor, p_reverses, p_request_hash,
      made.content_hash, made.booked_on)
    on conflict (place_id, transfer_id) do nothing;
  if not found then
    select case when request_hash = p_request_hash then 'already' else 'key_reused' end into outcome
      from transfer where place_id = p_place and transfer_id = p_transfer;
    return;
  end if;
  insert into entry (place_id, account_id, version, transfer_id, line, amount_pence, balance_pence, effective_on)
    select p_place, l.id, l.version, p_transfer, l.line, l.amount, l.balance, p_effective
      from unnest(accounts, line_versions, amounts, line_balances) with ordinality as l (id, version, amount, balance, line);
  if floored > 0 then
    update ledger_account set posted_pence = held[array_position(ids, account_id)],
        version = counted[array_position(ids, account_id)], last_effective_on = greatest(last_effective_on, p_effective)
      where place_id = p_place and account_id = any (ids) and floor_pence is not null;
    get diagnostics updated = row_count;
    if updated <> floored then
      raise exception 'a locked account is gone' using errcode = 'XX001';
    end if;
  end if;
  outcome := 'posted';
end
$function$;
grant execute on function public.post_transfer(p_place integer, p_transfer uuid, p_book text, p_kind text, p_effective date, p_accounts uuid[], p_amounts bigint[], p_record uuid, p_words text, p_reverses uuid, p_actor text, p_request_hash bytea, p_booked date, p_soft boolean, OUT outcome text, OUT account uuid, OUT available_pence bigint, OUT lowest_on date) to onepot_app;

CREATE OR REPLACE FUNCTION public.reopen_ledger_period(p_place integer, p_book text, p_starts date)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(7402, p_place);
  delete from ledger_period where place_id = p_place and book = p_book and starts_on = p_starts and state = 'soft';
  return found;
end
$function$;
grant execute on function public.reopen_ledger_period(p_place integer, p_book text, p_starts date) to onepot_app;

CREATE OR REPLACE FUNCTION public.reserve_pence(p_place integer, p_reservation uuid, p_account uuid, p_record uuid, p_amount bigint, p_made_on date, p_ends_on date, p_actor text, OUT outcome text, OUT available_pence bigint)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one ledger_account;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  select * into one from ledger_account where place_id = p_place and account_id = p_account for update;
  if not found then
    outcome := 'unknown_account';
  elsif exists (select from reservation where place_id = p_place and reservation_id = p_reservation) then
    outcome := 'already';
  elsif one.floor_pence is null then
    outcome := 'no_floor';
  elsif one.posted_pence - one.reserved_pence - p_amount < one.floor_pence then
    outcome := 'insufficient_funds';
    available_pence := greatest(one.posted_pence - one.reserved_pence - one.floor_pence, 0);
  else
    insert into reservation (place_id, reservation_id, account_id, record_id, amount_pence, made_on, ends_on, made_by)
      values (p_place, p_reservation, p_account, p_record, p_amount, p_made_on, p_ends_on, p_actor);
    update ledger_account set reserved_pence = reserved_pence + p_amount where place_id = p_place and account_id = p_account;
    outcome := 'reserved';
  end if;
end
$function$;
grant execute on function public.reserve_pence(p_place integer, p_reservation uuid, p_account uuid, p_record uuid, p_amount bigint, p_made_on date, p_ends_on date, p_actor text, OUT outcome text, OUT available_pence bigint) to onepot_app;

CREATE OR REPLACE FUNCTION public.seal_audit(p_place integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  last audit_block;
  start_life smallint;
  start_number xid8;
  end_life smallint;
  end_number xid8;
  cut record;
  rows_of_entries integer;
  rows_of_transfers integer;
  balance text;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(7401, p_place);
  select * into last from audit_block where place_id = p_place order by block_number desc limit 1;
  if last.form = 2 then
    start_life := last.below_life;
    start_number := last.below_number;
  else
    start_life := 1;
    start_number := '1'::xid8;
  end if;
  end_life := ledger_life();
  end_number := pg_snapshot_xmin(pg_current_snapshot());
  -- The row after the ten thousandth ends the block, unless one transaction made them all.
  select life, transaction_number into cut from (
    (select life, transaction_number from transfer
      where place_id = p_place and (life, transaction_number) >= (start_life, start_number)
        and (life, transaction_number) < (end_life, end_number) order by life, transaction_number offset 10000 limit 1)
    union all
    (select life, transaction_number from audit_entry
      where place_id = p_place and block_number is null and (life, transaction_number) >= (start_life, start_number)
        and (life, transaction_number) < (end_life, end_number) order by life, transaction_number offset 10000 limit 1)
  ) as beyond order by life, transaction_number limit 1;
  if found then
    if (cut.life, cut.transaction_number) = (start_life, start_number)
       or not exists (select from transfer where place_id = p_place and (life, transaction_number) >= (start_life, start_number)
                        and (life, transaction_number) < (cut.life, cut.transaction_number)
                      union all select from audit_entry where place_id = p_place and block_number is null
                        and (life, transaction_number) >= (start_life, start_number)
                        and (life, transaction_number) < (cut.life, cut.transaction_number)) then
      cut.transaction_number := ((cut.transaction_number::text::bigint + 1)::text)::xid8;
    end if;
    end_life := cut.life;
    end_number := cut.transaction_number;
  end if;
  select count(*) into rows_of_entries from audit_entry
    where place_id = p_place and block_number is null and (life, transaction_number) >= (start_life, start_number)
      and (life, transaction_number) < (end_life, end_number);
  select count(*) into rows_of_transfers from transfer
    where place_id = p_place and (life, transaction_number) >= (start_life, start_number)
      and (life, transaction_number) < (end_life, end_number);
  if rows_of_entries + rows_of_transfers = 0 then
    return 0;
  end if;
  balance := trial_balance_after(p_place, coalesce(last.trial_balance, ''), start_life, start_number, end_life, end_number);
  insert into audit_block (place_id, block_number, entries, transfers, previous_hash, from_life, from_number, below_life, below_number,
      trial_balance, block_hash)
    select p_place, coalesce(last.block_number, 0) + 1, rows_of_entries, rows_of_transfers, p.hash, start_life, start_number, end_life,
           end_number, balance, audit_block_hash(p_place, p.hash, start_life, start_number, end_life, end_number, balance)
      from (select coalesce(last.block_hash, sha256(''::bytea)) as hash) as p;
  if rows_of_transfers > 0 then
    perform fold_ledger(p_place, start_life, start_number, end_life, end_number);
  end if;
  return rows_of_entries + rows_of_transfers;
end
$function$;
grant execute on function public.seal_audit(p_place integer) to onepot_app;

CREATE OR REPLACE FUNCTION public.store_spend_batch(p_place integer, p_file uuid, p_publisher uuid, p_batch uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET work_mem TO '32MB'
AS $function$
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
$function$;
grant execute on function public.store_spend_batch(p_place integer, p_file uuid, p_publisher uuid, p_batch uuid) to onepot_app;

CREATE OR REPLACE FUNCTION public.transfer_hash(one transfer, accounts uuid[], amounts bigint[])
 RETURNS bytea
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN sha256(convert_to((CASE WHEN ((one).booked_on IS NULL) THEN jsonb_build_array((one).place_id, (one).transfer_id, (one).book, (one).kind, to_char(((one).effective_on)::timestamp with time zone, 'YYYY-MM-DD'::text), (one).record_id, (one).words, (one).made_by, (one).reverses_id, accounts, amounts) ELSE jsonb_build_array((one).place_id, (one).transfer_id, (one).book, (one).kind, to_char(((one).effective_on)::timestamp with time zone, 'YYYY-MM-DD'::text), (one).record_id, (one).words, (one).made_by, (one).reverses_id, accounts, amounts, to_char(((one).booked_on)::timestamp with time zone, 'YYYY-MM-DD'::text)) END)::text, 'UTF8'::name));
grant execute on function public.transfer_hash(one transfer, accounts uuid[], amounts bigint[]) to public;

CREATE OR REPLACE FUNCTION public.transfer_seal(one transfer)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
RETURN sha256(convert_to(concat_ws('|'::text, (one).transfer_id, (one).life, (one).transaction_number, to_char(((one).posted_at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US'::text), encode((one).content_hash, 'hex'::text)), 'UTF8'::name));
grant execute on function public.transfer_seal(one transfer) to public;

CREATE OR REPLACE FUNCTION public.trial_balance_after(p_place integer, p_before text, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(string_agg(key || '=' || pence, ';' order by key), '') from (
    select key, sum(pence) as pence from (
      select split_part(part, '=', 1) as key, split_part(part, '=', 2)::numeric as pence
        from regexp_split_to_table(nullif(p_before, ''), ';') as part
      union all
      select a.book || ' ' || a.kind, e.amount_pence
        from transfer t join entry e on e.place_id = t.place_id and e.transfer_id = t.transfer_id
        join ledger_account a on a.place_id = e.place_id and a.account_id = e.account_id
       where t.place_id = p_place and (t.life, t.transaction_number) >= (p_from_life, p_from)
         and (t.life, t.transaction_number) < (p_below_life, p_below)) as parts
     group by key) as sums
$function$;
grant execute on function public.trial_balance_after(p_place integer, p_before text, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8) to public;

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

create domain public.approval_act as text
  constraint "an act is of a known kind" CHECK ((VALUE = ANY (ARRAY['contribution'::text, 'allocation'::text, 'commitment'::text, 'payment'::text, 'reversal'::text, 'virement'::text, 'release'::text, 'credit_note'::text, 'paid_elsewhere'::text, 'clearing'::text, 'journal'::text, 'accrual'::text, 'carry_forward'::text, 'step'::text, 'close'::text, 'handover'::text])));
create domain public.approval_state as text
  constraint "an approval is in a known state" CHECK ((VALUE = ANY (ARRAY['waiting'::text, 'done'::text, 'refused'::text, 'withdrawn'::text, 'stale'::text])));
create domain public.authorising_role as text
  constraint "a role may authorise" CHECK ((VALUE = ANY (ARRAY['finance_officer'::text, 'pool_manager'::text, 'committee_member'::text, 'partner_officer'::text])));
create domain public.ledger_account_kind as text
  constraint "an account is of a known kind" CHECK ((VALUE = ANY (ARRAY['stream'::text, 'pot'::text, 'allocation'::text, 'commitment'::text, 'paid'::text, 'clearing'::text, 'resolve'::text, 'adjustment'::text, 'creditor'::text, 'debtor'::text, 'prepaid'::text])));
create domain public.ledger_book as text
  constraint "a book is shadow or real" CHECK ((VALUE = ANY (ARRAY['shadow'::text, 'real'::text])));
create domain public.person_mark as text
  constraint "a person is named by an id" CHECK ((VALUE ~ '^person:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text));
create domain public.sharing_purpose as text
  constraint "a purpose of sharing is known" CHECK ((VALUE = ANY (ARRAY['find_families'::text, 'support_family'::text, 'evaluation'::text])));
create domain public.signing_capacity as text
  constraint "an agreement is signed in a known capacity" CHECK ((VALUE = ANY (ARRAY['signatory'::text, 'caldicott_guardian'::text])));
create domain public.transfer_kind as text
  constraint "a transfer is of a known kind" CHECK ((VALUE = ANY (ARRAY['contribution'::text, 'allocation'::text, 'commitment'::text, 'payment'::text, 'transfer'::text, 'reversal'::text, 'virement'::text, 'release'::text, 'credit_note'::text, 'paid_elsewhere'::text, 'clearing'::text, 'journal'::text, 'accrual'::text, 'carry_forward'::text, 'handover'::text])));

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
  takes_back_id uuid,
  constraint "an accrual has one id in its place" PRIMARY KEY (place_id, accrual_id),
  constraint "an accrual is taken back once" UNIQUE (place_id, takes_back_id),
  constraint "an accrual comes back the day after its period" CHECK ((back_on = (effective_on + 1))),
  constraint "an accrual is not nought" CHECK ((amount_pence <> 0)),
  constraint "an accrual is of a known kind" CHECK ((kind = ANY (ARRAY['accrual'::text, 'prepayment'::text, 'debtor'::text, 'receipt_in_advance'::text]))),
  constraint "an accrual takes back another" CHECK ((takes_back_id <> accrual_id)),
  constraint "an accrual is a transfer" FOREIGN KEY (place_id, transfer_id) REFERENCES transfer(place_id, transfer_id),
  constraint "an accrual is for a service of its place" FOREIGN KEY (place_id, service_id) REFERENCES service(place_id, service_id),
  constraint "an accrual is of a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id),
  constraint "an accrual is of a stream of its place" FOREIGN KEY (place_id, stream_id) REFERENCES stream(place_id, stream_id),
  constraint "an accrual is taken back by a transfer" FOREIGN KEY (place_id, back_transfer_id) REFERENCES transfer(place_id, transfer_id),
  constraint "an accrual is with a partner of its place" FOREIGN KEY (place_id, counterparty_id) REFERENCES partner(place_id, partner_id),
  constraint "an accrual takes back one of its place" FOREIGN KEY (place_id, takes_back_id) REFERENCES accrual(place_id, accrual_id)
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
  capital boolean,
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

create table public.approval (
  place_id integer not null,
  approval_id uuid not null,
  act approval_act not null,
  use_case text not null,
  input jsonb not null,
  shown jsonb not null,
  shown_hash bytea not null,
  pot_id uuid,
  area_id uuid,
  book ledger_book not null,
  capital boolean not null,
  amount_pence bigint not null,
  prepared_by text not null,
  prepared_at timestamp with time zone not null default clock_timestamp(),
  expires_at timestamp with time zone not null default (clock_timestamp() + '28 days'::interval),
  state approval_state not null default 'waiting'::text,
  ended_by text,
  ended_at timestamp with time zone,
  reason text not null default ''::text,
  answer jsonb,
  constraint "an approval has one id in its place" PRIMARY KEY (place_id, approval_id),
  constraint "an approval expires after it is prepared" CHECK ((expires_at > prepared_at)),
  constraint "an approval has an answer once it is done" CHECK ((((state)::text = 'done'::text) = (answer IS NOT NULL))),
  constraint "an approval is for nought or more" CHECK ((amount_pence >= 0)),
  constraint "an approval that has ended was ended by someone" CHECK (((((state)::text = 'waiting'::text) = (ended_by IS NULL)) AND ((ended_by IS NULL) = (ended_at IS NULL)))),
  constraint "nobody authorises what they prepared" CHECK ((((state)::text <> ALL (ARRAY['done'::text, 'refused'::text])) OR (ended_by <> prepared_by))),
  constraint "only what has ended has a reason" CHECK ((((state)::text <> 'waiting'::text) OR (reason = ''::text))),
  constraint "only who prepared it withdraws it" CHECK ((((state)::text <> 'withdrawn'::text) OR (ended_by = prepared_by))),
  constraint "what is shown is hashed by SHA-256" CHECK ((length(shown_hash) = 32)),
  constraint "an approval is for a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id),
  constraint "an approval is for an area of its place" FOREIGN KEY (place_id, area_id) REFERENCES area(place_id, area_id)
);
CREATE INDEX approval_by_pot ON public.approval USING btree (place_id, pot_id);
CREATE INDEX approval_by_state ON public.approval USING btree (place_id, state, prepared_at DESC);
alter table public.approval enable row level security;
alter table public.approval force row level security;
create policy "only rows of the place in hand" on public.approval for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.approval to onepot_app;
grant update (state, ended_by, ended_at, reason, answer) on public.approval to onepot_app;

create table public.approval_signature (
  place_id integer not null,
  approval_id uuid not null,
  signature_number smallint not null,
  signed_by person_mark not null,
  role authorising_role not null,
  signed_at timestamp with time zone not null default clock_timestamp(),
  shown_hash bytea not null,
  authority_id uuid,
  needs smallint,
  constraint "a signature has one number in its approval" PRIMARY KEY (place_id, approval_id, signature_number),
  constraint "nobody signs twice" UNIQUE (place_id, approval_id, signed_by),
  constraint "there are one or two signatures" CHECK ((signature_number = ANY (ARRAY[1, 2]))),
  constraint "a signature counts under a limit of its place" FOREIGN KEY (place_id, authority_id) REFERENCES authority(place_id, authority_id),
  constraint "a signature is on an approval of its place" FOREIGN KEY (place_id, approval_id) REFERENCES approval(place_id, approval_id)
);
alter table public.approval_signature enable row level security;
alter table public.approval_signature force row level security;
create policy "only rows of the place in hand" on public.approval_signature for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.approval_signature to onepot_app;

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
  dated boolean not null default false,
  held integer,
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

create table public.authority (
  place_id integer not null,
  authority_id uuid not null,
  pot_id uuid,
  act approval_act,
  role authorising_role not null,
  up_to_pence bigint,
  capital boolean not null default false,
  signatures smallint not null default 1,
  scheme text not null default ''::text,
  words text not null default ''::text,
  starts_on date not null,
  ends_on date,
  set_by text not null,
  set_at timestamp with time zone not null default clock_timestamp(),
  ended_by text,
  constraint "a limit has one id in its place" PRIMARY KEY (place_id, authority_id),
  constraint "a limit ends after it starts" CHECK ((ends_on >= starts_on)),
  constraint "a limit is more than nought" CHECK ((up_to_pence > 0)),
  constraint "a limit needs one or two signatures" CHECK ((signatures = ANY (ARRAY[1, 2]))),
  constraint "a limit that has ended was ended by someone" CHECK (((ends_on IS NULL) = (ended_by IS NULL))),
  constraint "a limit is for a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id)
);
alter table public.authority enable row level security;
alter table public.authority force row level security;
create policy "only rows of the place in hand" on public.authority for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.authority to onepot_app;
grant update (ends_on, ended_by) on public.authority to onepot_app;

create table public.code_mapping (
  place_id integer not null,
  mapping_id uuid not null,
  body_id uuid not null,
  pot_id uuid not null,
  allocation_id uuid,
  service_id uuid,
  cost_centre text not null,
  subjective text not null,
  project text not null,
  subjective_group integer not null,
  starts_on date not null,
  ends_on date,
  made_by text not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  constraint "a code has one id in its place" PRIMARY KEY (place_id, mapping_id),
  constraint "a code starts once for what it stands for" UNIQUE NULLS NOT DISTINCT (place_id, body_id, pot_id, allocation_id, service_id, starts_on),
  constraint "a code ends after it starts" CHECK (((ends_on IS NULL) OR (ends_on >= starts_on))),
  constraint "a code names a cost centre, an account or a project" CHECK (((cost_centre <> ''::text) OR (subjective <> ''::text) OR (project <> ''::text))),
  constraint "a subjective group is one of ten" CHECK (((subjective_group >= 1) AND (subjective_group <= 10))),
  constraint "a code has a body of its place" FOREIGN KEY (place_id, body_id) REFERENCES partner(place_id, partner_id),
  constraint "a code has a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id),
  constraint "a code has a service of its place" FOREIGN KEY (place_id, service_id) REFERENCES service(place_id, service_id),
  constraint "a code has an allocation of its place" FOREIGN KEY (place_id, allocation_id) REFERENCES allocation(place_id, allocation_id)
);
alter table public.code_mapping enable row level security;
alter table public.code_mapping force row level security;
create policy "only rows of the place in hand" on public.code_mapping for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.code_mapping to onepot_app;
grant update (ends_on) on public.code_mapping to onepot_app;

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
  capital boolean,
  subjective_group integer,
  constraint "a commitment has one id in its place" PRIMARY KEY (place_id, commitment_id),
  constraint "a commitment is an award, an order or a grant" CHECK ((kind = ANY (ARRAY['award'::text, 'order'::text, 'grant'::text]))),
  constraint "a commitment is more than nought" CHECK ((amount_pence > 0)),
  constraint "a commitment's subjective group is one of ten" CHECK (((subjective_group >= 1) AND (subjective_group <= 10))),
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

create table public.commitment_release (
  place_id integer not null,
  release_id uuid not null,
  commitment_id uuid not null,
  pot_id uuid not null,
  how text not null,
  amount_pence bigint not null,
  released_on date not null,
  reason text not null,
  transfer_id uuid not null,
  constraint "a release has one id in its place" PRIMARY KEY (place_id, release_id),
  constraint "a commitment is released in a known way" CHECK ((how = ANY (ARRAY['released'::text, 'expired'::text, 'year_end'::text]))),
  constraint "a release is more than nought" CHECK ((amount_pence > 0)),
  constraint "a release is a transfer" FOREIGN KEY (place_id, transfer_id) REFERENCES transfer(place_id, transfer_id),
  constraint "a release is of a commitment of its place" FOREIGN KEY (place_id, commitment_id) REFERENCES commitment(place_id, commitment_id)
);
CREATE INDEX commitment_release_by_commitment ON public.commitment_release USING btree (place_id, commitment_id);
CREATE INDEX commitment_release_by_pot ON public.commitment_release USING btree (place_id, pot_id);
alter table public.commitment_release enable row level security;
alter table public.commitment_release force row level security;
create policy "only rows of the place in hand" on public.commitment_release for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.commitment_release to onepot_app;

create table public.commitment_stage (
  place_id integer not null,
  commitment_id uuid not null,
  stage_number integer not null,
  words text not null,
  due_on date not null,
  amount_pence bigint not null,
  constraint "the stages of a commitment are numbered" PRIMARY KEY (place_id, commitment_id, stage_number),
  constraint "a stage is more than nought" CHECK ((amount_pence > 0)),
  constraint "a stage is of a commitment of its place" FOREIGN KEY (place_id, commitment_id) REFERENCES commitment(place_id, commitment_id)
);
alter table public.commitment_stage enable row level security;
alter table public.commitment_stage force row level security;
create policy "only rows of the place in hand" on public.commitment_stage for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.commitment_stage to onepot_app;

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

create table public.credit_note (
  place_id integer not null,
  credit_note_id uuid not null,
  payment_id uuid not null,
  commitment_id uuid not null,
  pot_id uuid not null,
  amount_pence bigint not null,
  credited_on date not null,
  reference text not null default ''::text,
  reason text not null,
  transfer_id uuid not null,
  constraint "a credit note has one id in its place" PRIMARY KEY (place_id, credit_note_id),
  constraint "a credit note is on one payment" UNIQUE (place_id, credit_note_id, payment_id),
  constraint "a credit note is more than nought" CHECK ((amount_pence > 0)),
  constraint "a credit note is a transfer" FOREIGN KEY (place_id, transfer_id) REFERENCES transfer(place_id, transfer_id),
  constraint "a credit note is on a payment of its place" FOREIGN KEY (place_id, payment_id) REFERENCES payment(place_id, payment_id)
);
CREATE INDEX credit_note_by_commitment ON public.credit_note USING btree (place_id, commitment_id);
CREATE INDEX credit_note_by_payment ON public.credit_note USING btree (place_id, payment_id);
CREATE INDEX credit_note_by_pot ON public.credit_note USING btree (place_id, pot_id);
alter table public.credit_note enable row level security;
alter table public.credit_note force row level security;
create policy "only rows of the place in hand" on public.credit_note for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.credit_note to onepot_app;

create table public.credit_note_line (
  place_id integer not null,
  credit_note_id uuid not null,
  payment_id uuid not null,
  line smallint not null,
  net_pence bigint not null,
  vat_pence bigint not null,
  recoverable_pence bigint not null,
  constraint "a credit note names a line once" PRIMARY KEY (place_id, credit_note_id, line),
  constraint "a credited line gives something back" CHECK (((net_pence <> 0) OR (vat_pence <> 0))),
  constraint "credited VAT and what was recovered have the sign of the line" CHECK ((((net_pence >= 0) AND (vat_pence >= 0) AND ((recoverable_pence >= 0) AND (recoverable_pence <= vat_pence))) OR ((net_pence <= 0) AND (vat_pence <= 0) AND ((recoverable_pence >= vat_pence) AND (recoverable_pence <= 0))))),
  constraint "a credited line is a line of its payment" FOREIGN KEY (place_id, payment_id, line) REFERENCES payment_line(place_id, payment_id, line),
  constraint "a credited line is of a credit note of its payment" FOREIGN KEY (place_id, credit_note_id, payment_id) REFERENCES credit_note(place_id, credit_note_id, payment_id)
);
CREATE INDEX credit_note_line_by_payment ON public.credit_note_line USING btree (place_id, payment_id);
alter table public.credit_note_line enable row level security;
alter table public.credit_note_line force row level security;
create policy "only rows of the place in hand" on public.credit_note_line for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.credit_note_line to onepot_app;

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

create table public.election_file (
  file_id uuid not null,
  address_hash bytea not null,
  name text not null,
  sha256 bytea not null,
  content bytea not null,
  brought_at timestamp with time zone not null,
  forget_at timestamp with time zone,
  place_id integer,
  publisher jsonb,
  slug text,
  title text,
  title_welsh text,
  made_up boolean not null default false,
  rule jsonb,
  csv jsonb,
  constraint "an election file has one id" PRIMARY KEY (file_id),
  constraint "a published election has its own address" UNIQUE (slug),
  constraint "an election file is known by the hash of its address" UNIQUE (address_hash),
  constraint "a brought file is forgotten within a day" CHECK ((forget_at <= (brought_at + '1 day'::interval))),
  constraint "a file is published by a place, or forgotten" CHECK ((((place_id IS NULL) = (forget_at IS NOT NULL)) AND ((place_id IS NULL) = (publisher IS NULL)) AND ((place_id IS NULL) = (slug IS NULL)) AND ((place_id IS NULL) = (title IS NULL)))),
  constraint "an election file has 16 MiB at most" CHECK ((octet_length(content) <= 16777216)),
  constraint "an election's address is lower case words" CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
  constraint "tables of an election are brought" CHECK (((csv IS NULL) OR (forget_at IS NOT NULL))),
  constraint "the hash of an address is of 32 bytes" CHECK ((octet_length(address_hash) = 32)),
  constraint "the hash of an election file is of 32 bytes" CHECK ((octet_length(sha256) = 32)),
  constraint "a published election belongs to a place" FOREIGN KEY (place_id) REFERENCES place(place_id)
);
CREATE INDEX election_file_to_forget ON public.election_file USING btree (forget_at);
grant delete, insert, select, update on public.election_file to onepot_app;

create table public.election_work (
  file_id uuid not null,
  work_key text not null,
  kind text not null,
  asked json not null,
  job_id uuid,
  asked_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  answer text,
  stays boolean not null default false,
  constraint "a file is worked on once in each way" PRIMARY KEY (file_id, work_key),
  constraint "an election file is read, counted, compared, verified or change" CHECK ((kind = ANY (ARRAY['read'::text, 'count'::text, 'compare'::text, 'verify'::text, 'change'::text]))),
  constraint "work is done, or is done by a job" CHECK (((answer IS NOT NULL) OR (job_id IS NOT NULL))),
  constraint "work is done by a job" FOREIGN KEY (job_id) REFERENCES job(job_id),
  constraint "work is on a file" FOREIGN KEY (file_id) REFERENCES election_file(file_id) ON DELETE CASCADE
);
grant delete, insert, select, update on public.election_work to onepot_app;

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

create table public.family_tie (
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
  constraint "two people have one tie of a kind" PRIMARY KEY (place_id, one_id, other_id, kind),
  constraint "a kind of tie is known" CHECK ((kind = ANY (ARRAY['parent-or-guardian'::text, 'partner'::text, 'sibling'::text, 'co-resident'::text]))),
  constraint "a tie is of two people" CHECK ((one_id <> other_id)),
  constraint "a tie is recorded or inferred" CHECK ((known = ANY (ARRAY['recorded'::text, 'inferred'::text]))),
  constraint "each record of a recorded tie has its register" CHECK (((known = 'inferred'::text) OR ((cardinality(record_ids) > 0) AND (cardinality(record_ids) = cardinality(sources))))),
  constraint "only siblings are inferred through somebody" CHECK (((through_id IS NULL) OR ((known = 'inferred'::text) AND (kind = 'sibling'::text))))
);
CREATE INDEX family_tie_by_other ON public.family_tie USING btree (place_id, other_id);
alter table public.family_tie enable row level security;
alter table public.family_tie force row level security;
create policy "only rows of the place in hand" on public.family_tie for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.family_tie to onepot_family;

create table public.handover (
  place_id integer not null,
  handover_id uuid not null,
  pot_id uuid not null,
  to_pot_id uuid not null,
  amount_pence bigint not null,
  moved_on date not null,
  decided_by text not null,
  power text not null,
  reason text not null,
  transfer_id uuid not null,
  constraint "a handover has one id in its place" PRIMARY KEY (place_id, handover_id),
  constraint "a handover is between two pots" CHECK ((pot_id <> to_pot_id)),
  constraint "a handover is more than nought" CHECK ((amount_pence > 0)),
  constraint "a handover is a transfer" FOREIGN KEY (place_id, transfer_id) REFERENCES transfer(place_id, transfer_id),
  constraint "a handover leaves a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id),
  constraint "a handover reaches a pot of its place" FOREIGN KEY (place_id, to_pot_id) REFERENCES pot(place_id, pot_id)
);
CREATE INDEX handover_by_pot ON public.handover USING btree (place_id, pot_id);
CREATE INDEX handover_by_receiver ON public.handover USING btree (place_id, to_pot_id);
alter table public.handover enable row level security;
alter table public.handover force row level security;
create policy "only rows of the place in hand" on public.handover for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.handover to onepot_app;

create table public.held_row (
  place_id integer not null,
  life smallint not null,
  transaction_number xid8 not null default pg_current_xact_id(),
  subject text not null,
  row_key text not null,
  column_names text[] not null,
  content_hash bytea not null,
  constraint "a row is held once" PRIMARY KEY (place_id, subject, row_key)
);
CREATE INDEX held_row_by_transaction ON public.held_row USING btree (place_id, life, transaction_number);
alter table public.held_row enable row level security;
alter table public.held_row force row level security;
create policy "only rows of the place in hand" on public.held_row for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant select on public.held_row to onepot_app;

create table public.held_subject (
  subject text not null,
  source text not null,
  key_names text[] not null,
  column_names text[] not null,
  ended text,
  constraint "a subject is known once" PRIMARY KEY (subject)
);

create table public.household_member (
  place_id integer not null,
  household_id uuid not null,
  person_id uuid not null,
  run_id uuid not null,
  known text not null,
  from_day date,
  to_day date,
  record_ids uuid[] not null,
  constraint "a person is of one household on the day of the run" PRIMARY KEY (place_id, person_id),
  constraint "a member was seen there, placed there or followed there" CHECK ((known = ANY (ARRAY['seen'::text, 'placed'::text, 'followed'::text])))
);
CREATE INDEX household_member_by_household ON public.household_member USING btree (place_id, household_id);
alter table public.household_member enable row level security;
alter table public.household_member force row level security;
create policy "only rows of the place in hand" on public.household_member for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.household_member to onepot_family;

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
  sealed_in bigint,
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

create table public.listing_columns (
  place_id integer not null,
  body_id uuid not null,
  heading_hash bytea not null,
  columns jsonb not null,
  saved_by text not null,
  saved_at timestamp with time zone not null default clock_timestamp(),
  constraint "columns are saved once for a body's heading" PRIMARY KEY (place_id, body_id, heading_hash),
  constraint "saved columns belong to a body of its place" FOREIGN KEY (place_id, body_id) REFERENCES partner(place_id, partner_id)
);
alter table public.listing_columns enable row level security;
alter table public.listing_columns force row level security;
create policy "only rows of the place in hand" on public.listing_columns for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select, update on public.listing_columns to onepot_app;

create table public.listing_file (
  place_id integer not null,
  file_id uuid not null,
  body_id uuid not null,
  source text not null,
  pot_id uuid,
  format text not null,
  name text not null,
  sha256 bytea not null,
  columns jsonb not null,
  lines integer not null,
  skipped integer not null,
  changed integer not null,
  total_pence bigint not null,
  starts_on date,
  ends_on date,
  opening_pence bigint,
  closing_pence bigint,
  taken_by text not null,
  taken_at timestamp with time zone not null default clock_timestamp(),
  constraint "a listing has one id in its place" PRIMARY KEY (place_id, file_id),
  constraint "a listing is taken in once" UNIQUE (place_id, body_id, sha256),
  constraint "a bank statement names its pot" CHECK (((source = 'ledger'::text) OR (pot_id IS NOT NULL))),
  constraint "a listing has a known format" CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text, 'ofx'::text, 'camt053'::text]))),
  constraint "a listing is of a ledger or of a bank" CHECK ((source = ANY (ARRAY['ledger'::text, 'bank'::text]))),
  constraint "a listing has a body of its place" FOREIGN KEY (place_id, body_id) REFERENCES partner(place_id, partner_id),
  constraint "a listing has a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id)
);
alter table public.listing_file enable row level security;
alter table public.listing_file force row level security;
create policy "only rows of the place in hand" on public.listing_file for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.listing_file to onepot_app;

create table public.listing_line (
  place_id integer not null,
  line_id uuid not null,
  file_id uuid not null,
  row_number integer not null,
  body_id uuid not null,
  source text not null,
  pot_id uuid,
  document text not null,
  document_line text not null,
  version integer not null,
  posted_on date not null,
  period text not null,
  amount_pence bigint not null,
  cost_centre text not null,
  subjective text not null,
  project text not null,
  supplier text not null,
  words text not null,
  reference text not null,
  content_hash bytea not null,
  constraint "a listing's line has one id in its place" PRIMARY KEY (place_id, line_id),
  constraint "a document's line has one row for each version" UNIQUE NULLS NOT DISTINCT (place_id, body_id, source, pot_id, document, document_line, version),
  constraint "versions of a line are counted from one" CHECK ((version >= 1)),
  constraint "a line belongs to a listing of its place" FOREIGN KEY (place_id, file_id) REFERENCES listing_file(place_id, file_id)
);
CREATE INDEX listing_line_by_day ON public.listing_line USING btree (place_id, body_id, source, posted_on);
CREATE INDEX listing_line_by_file ON public.listing_line USING btree (place_id, file_id, row_number);
alter table public.listing_line enable row level security;
alter table public.listing_line force row level security;
create policy "only rows of the place in hand" on public.listing_line for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.listing_line to onepot_app;

create table public.listing_upload (
  place_id integer not null,
  upload_id uuid not null,
  body_id uuid not null,
  source text not null,
  pot_id uuid,
  name text not null,
  content bytea not null,
  columns jsonb,
  made_by text not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  constraint "an uploaded listing has one id in its place" PRIMARY KEY (place_id, upload_id),
  constraint "an uploaded listing has a body of its place" FOREIGN KEY (place_id, body_id) REFERENCES partner(place_id, partner_id),
  constraint "an uploaded listing has a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id)
);
alter table public.listing_upload enable row level security;
alter table public.listing_upload force row level security;
create policy "only rows of the place in hand" on public.listing_upload for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select, update on public.listing_upload to onepot_app;

create table public.match_reading (
  place_id integer not null,
  reading_id uuid not null,
  left_id uuid not null,
  right_id uuid not null,
  verdict text not null,
  reason text not null,
  for_measure boolean not null,
  blind boolean not null,
  engine_probability double precision not null,
  engine_linked boolean not null,
  read_by text not null,
  read_at timestamp with time zone not null,
  constraint "a reading has one id in its place" PRIMARY KEY (place_id, reading_id),
  constraint "a person reads, not a program" CHECK ((read_by ~ '^person:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text)),
  constraint "a reading is of two records in their order" CHECK ((left_id < right_id)),
  constraint "a verdict is same, different or cannot tell" CHECK ((verdict = ANY (ARRAY['same'::text, 'different'::text, 'cannot_tell'::text]))),
  constraint "a reading's left is a record" FOREIGN KEY (place_id, left_id) REFERENCES person_record(place_id, record_id) ON DELETE CASCADE,
  constraint "a reading's right is a record" FOREIGN KEY (place_id, right_id) REFERENCES person_record(place_id, record_id) ON DELETE CASCADE
);
CREATE INDEX match_reading_by_pair ON public.match_reading USING btree (place_id, left_id, right_id);
CREATE INDEX match_reading_by_right ON public.match_reading USING btree (place_id, right_id);
alter table public.match_reading enable row level security;
alter table public.match_reading force row level security;
create policy "only rows of the place in hand" on public.match_reading for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.match_reading to onepot_family;

create table public.match_reading_undone (
  place_id integer not null,
  reading_id uuid not null,
  undone_by text not null,
  undone_at timestamp with time zone not null,
  constraint "a reading is undone once" PRIMARY KEY (place_id, reading_id),
  constraint "what is undone is a reading" FOREIGN KEY (place_id, reading_id) REFERENCES match_reading(place_id, reading_id) ON DELETE CASCADE
);
alter table public.match_reading_undone enable row level security;
alter table public.match_reading_undone force row level security;
create policy "only rows of the place in hand" on public.match_reading_undone for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.match_reading_undone to onepot_family;

create table public.match_verdict (
  place_id integer not null,
  left_id uuid not null,
  right_id uuid not null,
  state text not null,
  verdict text,
  settled_at timestamp with time zone not null,
  constraint "two records have one verdict" PRIMARY KEY (place_id, left_id, right_id),
  constraint "a verdict is settled, open or waits for a reader" CHECK ((state = ANY (ARRAY['second_reader'::text, 'third_reader'::text, 'open'::text, 'settled'::text]))),
  constraint "what is settled is the same or different" CHECK ((((state = 'settled'::text) = (verdict IS NOT NULL)) AND (verdict = ANY (ARRAY['same'::text, 'different'::text])))),
  constraint "a verdict's left is a record" FOREIGN KEY (place_id, left_id) REFERENCES person_record(place_id, record_id) ON DELETE CASCADE,
  constraint "a verdict's right is a record" FOREIGN KEY (place_id, right_id) REFERENCES person_record(place_id, record_id) ON DELETE CASCADE
);
CREATE INDEX match_verdict_by_right ON public.match_verdict USING btree (place_id, right_id);
alter table public.match_verdict enable row level security;
alter table public.match_verdict force row level security;
create policy "only rows of the place in hand" on public.match_verdict for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.match_verdict to onepot_family;
grant update (state, verdict, settled_at) on public.match_verdict to onepot_family;

create table public.matched_pair (
  place_id integer not null,
  left_id uuid not null,
  right_id uuid not null,
  run_id uuid not null,
  bits real not null,
  probability double precision not null,
  linked boolean not null,
  rule text not null,
  levels smallint[] not null,
  rarity real[] not null,
  moved real not null,
  household real not null,
  why text,
  worth real not null,
  lot integer not null,
  constraint "two records are one pair" PRIMARY KEY (place_id, left_id, right_id),
  constraint "a pair is of two records in their order" CHECK ((left_id < right_id)),
  constraint "a pair is worth reading for a reason" CHECK (((why IS NULL) = (worth = (0)::double precision))),
  constraint "a probability is between nought and one" CHECK (((probability >= (0)::double precision) AND (probability <= (1)::double precision))),
  constraint "a reason for reading is known" CHECK ((why = ANY (ARRAY['unsure'::text, 'kept_apart'::text, 'bridge'::text, 'sparse'::text, 'fits_two'::text]))),
  constraint "a pair's left is a record" FOREIGN KEY (place_id, left_id) REFERENCES person_record(place_id, record_id) ON DELETE CASCADE,
  constraint "a pair's right is a record" FOREIGN KEY (place_id, right_id) REFERENCES person_record(place_id, record_id) ON DELETE CASCADE
);
CREATE INDEX matched_pair_by_lot ON public.matched_pair USING btree (place_id, lot) WHERE linked;
CREATE INDEX matched_pair_by_right ON public.matched_pair USING btree (place_id, right_id);
CREATE INDEX matched_pair_worth_reading ON public.matched_pair USING btree (place_id, worth DESC, lot, left_id) WHERE (worth > (0)::double precision);
alter table public.matched_pair enable row level security;
alter table public.matched_pair force row level security;
create policy "only rows of the place in hand" on public.matched_pair for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.matched_pair to onepot_family;

create table public.matched_record (
  place_id integer not null,
  record_id uuid not null,
  run_id uuid not null,
  person_id uuid not null,
  constraint "a record is of one person" PRIMARY KEY (place_id, record_id),
  constraint "a person is of records" FOREIGN KEY (place_id, record_id) REFERENCES person_record(place_id, record_id) ON DELETE CASCADE
);
CREATE INDEX matched_record_by_person ON public.matched_record USING btree (place_id, person_id);
alter table public.matched_record enable row level security;
alter table public.matched_record force row level security;
create policy "only rows of the place in hand" on public.matched_record for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.matched_record to onepot_family;

create table public.matching_model (
  place_id integer not null,
  model_id uuid not null,
  version integer not null,
  artefact jsonb not null,
  made_at timestamp with time zone not null,
  constraint "a model has one id in its place" PRIMARY KEY (place_id, model_id),
  constraint "a place's models are numbered" UNIQUE (place_id, version)
);
alter table public.matching_model enable row level security;
alter table public.matching_model force row level security;
create policy "only rows of the place in hand" on public.matching_model for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.matching_model to onepot_family;

create table public.matching_run (
  place_id integer not null,
  run_id uuid not null,
  number integer not null,
  agreement_id uuid not null,
  job_id uuid not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  threshold double precision not null,
  seed integer not null,
  with_model uuid,
  made_model uuid,
  report jsonb,
  refusal jsonb,
  ended_at timestamp with time zone,
  constraint "a run has one id in its place" PRIMARY KEY (place_id, run_id),
  constraint "a place's runs are numbered" UNIQUE (place_id, number),
  constraint "a run is not both done and refused" CHECK (((report IS NULL) OR (refusal IS NULL))),
  constraint "a run that ended has a report or a refusal" CHECK (((ended_at IS NULL) = ((report IS NULL) AND (refusal IS NULL)))),
  constraint "pairs are linked at one half or above" CHECK (((threshold >= (0.5)::double precision) AND (threshold < (1)::double precision))),
  constraint "a run is under an agreement" FOREIGN KEY (place_id, agreement_id) REFERENCES sharing_agreement(place_id, agreement_id),
  constraint "a run makes a model of its place" FOREIGN KEY (place_id, made_model) REFERENCES matching_model(place_id, model_id),
  constraint "a run uses a model of its place" FOREIGN KEY (place_id, with_model) REFERENCES matching_model(place_id, model_id)
);
alter table public.matching_run enable row level security;
alter table public.matching_run force row level security;
create policy "only rows of the place in hand" on public.matching_run for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.matching_run to onepot_family;
grant update (made_model, report, refusal, ended_at) on public.matching_run to onepot_family;

create table public.matching_threshold (
  place_id integer not null,
  threshold_id uuid not null,
  probability double precision not null,
  pairs_read integer not null,
  pairs_wrong integer not null,
  at_most double precision not null,
  reason text not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint "a place's threshold has one id" PRIMARY KEY (place_id, threshold_id),
  constraint "the rate of false merges was measured" CHECK (((pairs_read > 0) AND ((pairs_wrong >= 0) AND (pairs_wrong <= pairs_read)) AND (at_most > (0)::double precision) AND (at_most <= (0.01)::double precision))),
  constraint "what shows without a reader is all but certain" CHECK (((probability >= (0.95)::double precision) AND (probability < (1)::double precision)))
);
alter table public.matching_threshold enable row level security;
alter table public.matching_threshold force row level security;
create policy "only rows of the place in hand" on public.matching_threshold for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.matching_threshold to onepot_family;

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

create table public.outgoing_batch (
  place_id integer not null,
  batch_id uuid not null,
  kind text not null,
  batch_number bigint not null,
  body_id uuid not null,
  pot_id uuid,
  starts_on date,
  ends_on date,
  lines integer not null,
  total_pence bigint not null,
  content text not null,
  sha256 bytea not null,
  made_by text not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  constraint "an outgoing file has one id in its place" PRIMARY KEY (place_id, batch_id),
  constraint "outgoing files are numbered once for each kind" UNIQUE (place_id, kind, batch_number),
  constraint "a journal names its pot and period" CHECK (((kind = 'payments'::text) OR ((pot_id IS NOT NULL) AND (starts_on IS NOT NULL) AND (ends_on IS NOT NULL)))),
  constraint "an outgoing file is of a known kind" CHECK ((kind = ANY (ARRAY['payments'::text, 'journal'::text]))),
  constraint "an outgoing file has a body of its place" FOREIGN KEY (place_id, body_id) REFERENCES partner(place_id, partner_id),
  constraint "an outgoing file has a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id)
);
CREATE UNIQUE INDEX "a journal is made once" ON public.outgoing_batch USING btree (place_id, body_id, pot_id, starts_on, ends_on) WHERE (kind = 'journal'::text);
alter table public.outgoing_batch enable row level security;
alter table public.outgoing_batch force row level security;
create policy "only rows of the place in hand" on public.outgoing_batch for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.outgoing_batch to onepot_app;

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
  commitment_id uuid,
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
  capital boolean,
  subjective_group integer,
  elsewhere boolean not null default false,
  outside_pence bigint not null default 0,
  constraint "a payment has one id in its place" PRIMARY KEY (place_id, payment_id),
  constraint "a payment is more than nought" CHECK ((amount_pence > 0)),
  constraint "a payment's subjective group is one of ten" CHECK (((subjective_group >= 1) AND (subjective_group <= 10))),
  constraint "a published line has a file and a row" CHECK (((spend_file_id IS NULL) = (spend_row_number IS NULL))),
  constraint "only what was paid elsewhere is outside" CHECK ((elsewhere OR ((outside_pence = 0) AND (commitment_id IS NOT NULL)))),
  constraint "recovered VAT is nought or more" CHECK ((vat_recovered_pence >= 0)),
  constraint "what is outside is part of the payment" CHECK (((outside_pence >= 0) AND (outside_pence <= amount_pence))),
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

create table public.payment_request (
  place_id integer not null,
  request_id uuid not null,
  request_number bigint not null,
  commitment_id uuid not null,
  pot_id uuid not null,
  supplier_id uuid not null,
  net_pence bigint not null,
  vat_pence bigint not null,
  vat_recoverable_pence bigint not null,
  reference text not null,
  due_on date not null,
  made_by text not null,
  constraint "a request has one id in its place" PRIMARY KEY (place_id, request_id),
  constraint "a request has its own number in its place" UNIQUE (place_id, request_number),
  constraint "a request has its own reference in its place" UNIQUE (place_id, reference),
  constraint "a request is for more than nought" CHECK (((net_pence > 0) AND (vat_pence >= 0))),
  constraint "recoverable VAT is part of the VAT" CHECK (((vat_recoverable_pence >= 0) AND (vat_recoverable_pence <= vat_pence))),
  constraint "a request draws on a commitment of its place" FOREIGN KEY (place_id, commitment_id) REFERENCES commitment(place_id, commitment_id),
  constraint "a request has a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id),
  constraint "a request pays a partner of its place" FOREIGN KEY (place_id, supplier_id) REFERENCES partner(place_id, partner_id)
);
CREATE INDEX payment_request_by_commitment ON public.payment_request USING btree (place_id, commitment_id);
alter table public.payment_request enable row level security;
alter table public.payment_request force row level security;
create policy "only rows of the place in hand" on public.payment_request for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.payment_request to onepot_app;

create table public.payment_request_event (
  place_id integer not null,
  request_id uuid not null,
  event_number integer not null,
  state text not null,
  effective_on date not null,
  batch_id uuid,
  line_id uuid,
  payment_id uuid,
  reason text not null default ''::text,
  made_by text not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  constraint "a request's events are numbered" PRIMARY KEY (place_id, request_id, event_number),
  constraint "a paid request names its payment" CHECK (((state = 'paid'::text) = (payment_id IS NOT NULL))),
  constraint "a request is in a known state" CHECK ((state = ANY (ARRAY['requested'::text, 'authorised'::text, 'sent'::text, 'paid'::text, 'cancelled'::text]))),
  constraint "a request is sent in a batch" CHECK (((state = 'sent'::text) = (batch_id IS NOT NULL))),
  constraint "an event belongs to a request of its place" FOREIGN KEY (place_id, request_id) REFERENCES payment_request(place_id, request_id),
  constraint "an event names a batch of its place" FOREIGN KEY (place_id, batch_id) REFERENCES outgoing_batch(place_id, batch_id),
  constraint "an event names a line of its place" FOREIGN KEY (place_id, line_id) REFERENCES listing_line(place_id, line_id),
  constraint "an event names a payment of its place" FOREIGN KEY (place_id, payment_id) REFERENCES payment(place_id, payment_id)
);
CREATE INDEX payment_request_event_by_batch ON public.payment_request_event USING btree (place_id, batch_id) WHERE (batch_id IS NOT NULL);
alter table public.payment_request_event enable row level security;
alter table public.payment_request_event force row level security;
create policy "only rows of the place in hand" on public.payment_request_event for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.payment_request_event to onepot_app;

create table public.payment_request_line (
  place_id integer not null,
  request_id uuid not null,
  line_number integer not null,
  words text not null,
  net_pence bigint not null,
  vat_pence bigint not null,
  vat_recoverable_pence bigint not null,
  constraint "a request's line has one number" PRIMARY KEY (place_id, request_id, line_number),
  constraint "a request's line belongs to a request of its place" FOREIGN KEY (place_id, request_id) REFERENCES payment_request(place_id, request_id)
);
alter table public.payment_request_line enable row level security;
alter table public.payment_request_line force row level security;
create policy "only rows of the place in hand" on public.payment_request_line for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.payment_request_line to onepot_app;

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

create table public.person_record (
  place_id integer not null,
  record_id uuid not null,
  file_id uuid not null,
  partner_id uuid not null,
  source text not null,
  reference text not null,
  fields jsonb not null,
  delete_on date,
  constraint "a record of a person has one id in its place" PRIMARY KEY (place_id, record_id),
  constraint "a source has one record of a reference" UNIQUE (place_id, partner_id, source, reference),
  constraint "a record is of a file" FOREIGN KEY (place_id, file_id) REFERENCES record_file(place_id, file_id)
);
CREATE INDEX person_record_by_deletion ON public.person_record USING btree (place_id, delete_on);
CREATE INDEX person_record_by_file ON public.person_record USING btree (place_id, file_id);
alter table public.person_record enable row level security;
alter table public.person_record force row level security;
create policy "only rows of the place in hand" on public.person_record for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.person_record to onepot_family;
grant update (file_id, fields, delete_on) on public.person_record to onepot_family;

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
  parent_id uuid,
  part text,
  constraint "a pot has one id in its place" PRIMARY KEY (place_id, pot_id),
  constraint "a pot has its own address in its place" UNIQUE (place_id, slug),
  constraint "a pot has its own name in its place" UNIQUE (place_id, name),
  constraint "a mode decides the book" CHECK ((((mode = ANY (ARRAY['aligned'::text, 'shadow'::text])) AND (book = 'shadow'::text)) OR ((mode = ANY (ARRAY['pooled'::text, 'delegated'::text])) AND (book = 'real'::text)))),
  constraint "a pot inside another is a neighbourhood's, a project's or a the" CHECK ((((parent_id IS NULL) = (part IS NULL)) AND (part = ANY (ARRAY['neighbourhood'::text, 'project'::text, 'theme'::text])))),
  constraint "a pot has a host of its place" FOREIGN KEY (place_id, host_id) REFERENCES partner(place_id, partner_id),
  constraint "a pot has an area of its place" FOREIGN KEY (place_id, area_id) REFERENCES area(place_id, area_id),
  constraint "a pot is inside a pot of its place" FOREIGN KEY (place_id, parent_id) REFERENCES pot(place_id, pot_id)
);
alter table public.pot enable row level security;
alter table public.pot force row level security;
create policy "only rows of the place in hand" on public.pot for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.pot to onepot_app;

create table public.pot_bank (
  place_id integer not null,
  pot_id uuid not null,
  account_kind text not null,
  last_four text not null,
  opened_on date not null,
  made_by text not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  constraint "a pot has one bank account" PRIMARY KEY (place_id, pot_id),
  constraint "a bank account is of a known kind" CHECK ((account_kind = ANY (ARRAY['current'::text, 'deposit'::text]))),
  constraint "a bank account shows its last four digits" CHECK ((last_four ~ '^[0-9]{4}$'::text)),
  constraint "a bank account belongs to a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id)
);
alter table public.pot_bank enable row level security;
alter table public.pot_bank force row level security;
create policy "only rows of the place in hand" on public.pot_bank for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.pot_bank to onepot_app;

create table public.pot_draw_order (
  place_id integer not null,
  pot_id uuid not null,
  order_id uuid not null,
  from_on date not null,
  draw_order text not null,
  stream_ids uuid[] not null default '{}'::uuid[],
  reason text not null,
  clause text not null,
  set_by text not null,
  set_at timestamp with time zone not null default clock_timestamp(),
  constraint "a draw order has one id in its place" PRIMARY KEY (place_id, order_id),
  constraint "a draw order is of a known kind" CHECK ((draw_order = ANY (ARRAY['most_restricted'::text, 'oldest_first'::text, 'in_proportion'::text, 'stated_order'::text]))),
  constraint "only a stated order names streams" CHECK (((draw_order = 'stated_order'::text) = (cardinality(stream_ids) > 0))),
  constraint "a draw order is of a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id)
);
CREATE INDEX pot_draw_order_by_pot ON public.pot_draw_order USING btree (place_id, pot_id);
alter table public.pot_draw_order enable row level security;
alter table public.pot_draw_order force row level security;
create policy "only rows of the place in hand" on public.pot_draw_order for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.pot_draw_order to onepot_app;

create table public.pot_step (
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
  made_at timestamp with time zone not null default clock_timestamp(),
  constraint "the steps of a pot are numbered" PRIMARY KEY (place_id, pot_id, step_number),
  constraint "a step is to a known mode" CHECK ((mode = ANY (ARRAY['aligned'::text, 'shadow'::text, 'pooled'::text, 'delegated'::text]))),
  constraint "a step is of a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id),
  constraint "a step leads to a pot of its place" FOREIGN KEY (place_id, successor_id) REFERENCES pot(place_id, pot_id)
);
CREATE UNIQUE INDEX "a pot follows one pot" ON public.pot_step USING btree (place_id, successor_id) WHERE (successor_id IS NOT NULL);
alter table public.pot_step enable row level security;
alter table public.pot_step force row level security;
create policy "only rows of the place in hand" on public.pot_step for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.pot_step to onepot_app;

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

create table public.precommitment (
  place_id integer not null,
  precommitment_id uuid not null,
  allocation_id uuid not null,
  pot_id uuid not null,
  service_id uuid,
  supplier_id uuid,
  amount_pence bigint not null,
  made_on date not null,
  ends_on date,
  words text not null,
  made_by text not null,
  constraint "a pre-commitment has one id in its place" PRIMARY KEY (place_id, precommitment_id),
  constraint "a pre-commitment ends after it is made" CHECK ((ends_on >= made_on)),
  constraint "a pre-commitment is more than nought" CHECK ((amount_pence > 0)),
  constraint "a pre-commitment is for a service of its place" FOREIGN KEY (place_id, service_id) REFERENCES service(place_id, service_id),
  constraint "a pre-commitment is in an allocation of its place" FOREIGN KEY (place_id, allocation_id) REFERENCES allocation(place_id, allocation_id),
  constraint "a pre-commitment is to a partner of its place" FOREIGN KEY (place_id, supplier_id) REFERENCES partner(place_id, partner_id)
);
CREATE INDEX precommitment_by_allocation ON public.precommitment USING btree (place_id, allocation_id);
alter table public.precommitment enable row level security;
alter table public.precommitment force row level security;
create policy "only rows of the place in hand" on public.precommitment for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.precommitment to onepot_app;

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

create table public.reconciliation_counter (
  place_id integer not null,
  name text not null,
  value bigint not null,
  constraint "a counter has one name in its place" PRIMARY KEY (place_id, name)
);
alter table public.reconciliation_counter enable row level security;
alter table public.reconciliation_counter force row level security;
create policy "only rows of the place in hand" on public.reconciliation_counter for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select, update on public.reconciliation_counter to onepot_app;

create table public.reconciliation_match (
  place_id integer not null,
  match_id uuid not null,
  body_id uuid not null,
  source text not null,
  pot_id uuid not null,
  kind text not null,
  strength text not null,
  reasons jsonb not null,
  amount_pence bigint not null,
  accepted_by text not null,
  accepted_at timestamp with time zone not null default clock_timestamp(),
  constraint "a match has one id in its place" PRIMARY KEY (place_id, match_id),
  constraint "a match has a known strength" CHECK ((strength = ANY (ARRAY['certain'::text, 'likely'::text, 'possible'::text, 'by_hand'::text]))),
  constraint "a match is of a known kind" CHECK ((kind = ANY (ARRAY['one_to_one'::text, 'one_to_many'::text, 'many_to_one'::text, 'contra'::text, 'by_hand'::text]))),
  constraint "a match has a body of its place" FOREIGN KEY (place_id, body_id) REFERENCES partner(place_id, partner_id),
  constraint "a match has a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id)
);
CREATE INDEX reconciliation_match_by_pot ON public.reconciliation_match USING btree (place_id, pot_id, body_id, source);
alter table public.reconciliation_match enable row level security;
alter table public.reconciliation_match force row level security;
create policy "only rows of the place in hand" on public.reconciliation_match for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.reconciliation_match to onepot_app;

create table public.reconciliation_match_line (
  place_id integer not null,
  line_id uuid not null,
  turn integer not null,
  match_id uuid not null,
  constraint "a line is matched once at a time" PRIMARY KEY (place_id, line_id, turn),
  constraint "a matched line belongs to a match of its place" FOREIGN KEY (place_id, match_id) REFERENCES reconciliation_match(place_id, match_id),
  constraint "a matched line is a line of its place" FOREIGN KEY (place_id, line_id) REFERENCES listing_line(place_id, line_id)
);
CREATE INDEX reconciliation_match_line_by_match ON public.reconciliation_match_line USING btree (place_id, match_id);
alter table public.reconciliation_match_line enable row level security;
alter table public.reconciliation_match_line force row level security;
create policy "only rows of the place in hand" on public.reconciliation_match_line for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.reconciliation_match_line to onepot_app;

create table public.reconciliation_match_record (
  place_id integer not null,
  body_id uuid not null,
  source text not null,
  record_id uuid not null,
  turn integer not null,
  match_id uuid not null,
  amount_pence bigint not null,
  constraint "a record is matched once at a time" PRIMARY KEY (place_id, body_id, source, record_id, turn),
  constraint "a matched record belongs to a match of its place" FOREIGN KEY (place_id, match_id) REFERENCES reconciliation_match(place_id, match_id)
);
CREATE INDEX reconciliation_match_record_by_match ON public.reconciliation_match_record USING btree (place_id, match_id);
alter table public.reconciliation_match_record enable row level security;
alter table public.reconciliation_match_record force row level security;
create policy "only rows of the place in hand" on public.reconciliation_match_record for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.reconciliation_match_record to onepot_app;

create table public.reconciliation_signature (
  place_id integer not null,
  signature_id uuid not null,
  body_id uuid not null,
  source text not null,
  pot_id uuid not null,
  starts_on date not null,
  ends_on date not null,
  part text not null,
  content_hash bytea not null,
  statement jsonb not null,
  signed_by text not null,
  signed_at timestamp with time zone not null default clock_timestamp(),
  constraint "a signature has one id in its place" PRIMARY KEY (place_id, signature_id),
  constraint "a statement is signed once for each part" UNIQUE (place_id, body_id, source, pot_id, starts_on, ends_on, content_hash, part),
  constraint "a signature prepares or reviews" CHECK ((part = ANY (ARRAY['prepared'::text, 'reviewed'::text]))),
  constraint "a signed statement has a body of its place" FOREIGN KEY (place_id, body_id) REFERENCES partner(place_id, partner_id),
  constraint "a signed statement has a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id)
);
alter table public.reconciliation_signature enable row level security;
alter table public.reconciliation_signature force row level security;
create policy "only rows of the place in hand" on public.reconciliation_signature for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.reconciliation_signature to onepot_app;

create table public.reconciliation_undo (
  place_id integer not null,
  match_id uuid not null,
  reason text not null,
  undone_by text not null,
  undone_at timestamp with time zone not null default clock_timestamp(),
  constraint "a match is undone once" PRIMARY KEY (place_id, match_id),
  constraint "an undoing names a match of its place" FOREIGN KEY (place_id, match_id) REFERENCES reconciliation_match(place_id, match_id)
);
alter table public.reconciliation_undo enable row level security;
alter table public.reconciliation_undo force row level security;
create policy "only rows of the place in hand" on public.reconciliation_undo for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.reconciliation_undo to onepot_app;

create table public.record_columns (
  place_id integer not null,
  partner_id uuid not null,
  heading_hash bytea not null,
  columns jsonb not null,
  constraint "a partner's files of one look have one set of columns" PRIMARY KEY (place_id, partner_id, heading_hash)
);
alter table public.record_columns enable row level security;
alter table public.record_columns force row level security;
create policy "only rows of the place in hand" on public.record_columns for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.record_columns to onepot_family;
grant update (columns) on public.record_columns to onepot_family;

create table public.record_concern (
  place_id integer not null,
  concern_id uuid not null,
  record_id uuid not null,
  concerned boolean not null,
  reason text not null,
  said_by text not null,
  said_at timestamp with time zone not null,
  constraint "what is said of a record has one id" PRIMARY KEY (place_id, concern_id, record_id),
  constraint "what is said is of a record" FOREIGN KEY (place_id, record_id) REFERENCES person_record(place_id, record_id) ON DELETE CASCADE
);
CREATE INDEX record_concern_by_record ON public.record_concern USING btree (place_id, record_id);
alter table public.record_concern enable row level security;
alter table public.record_concern force row level security;
create policy "only rows of the place in hand" on public.record_concern for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.record_concern to onepot_family;

create table public.record_file (
  place_id integer not null,
  file_id uuid not null,
  partner_id uuid not null,
  agreement_id uuid not null,
  source text not null,
  name text not null,
  sha256 bytea not null,
  columns jsonb not null,
  left_out text[] not null,
  records integer not null,
  refused integer not null,
  delete_on date not null,
  made_up boolean not null,
  brought_by text not null,
  brought_at timestamp with time zone not null,
  constraint "a file of records has one id in its place" PRIMARY KEY (place_id, file_id),
  constraint "a file of a source is taken in once under an agreement" UNIQUE (place_id, partner_id, source, sha256, agreement_id),
  constraint "a file of records has records" CHECK (((records > 0) AND (refused >= 0))),
  constraint "the hash of a file of records is of 32 bytes" CHECK ((octet_length(sha256) = 32)),
  constraint "a file of records comes under an agreement" FOREIGN KEY (place_id, agreement_id) REFERENCES sharing_agreement(place_id, agreement_id),
  constraint "a file of records is of a partner of its place" FOREIGN KEY (place_id, partner_id) REFERENCES partner(place_id, partner_id)
);
alter table public.record_file enable row level security;
alter table public.record_file force row level security;
create policy "only rows of the place in hand" on public.record_file for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.record_file to onepot_family;

create table public.record_upload (
  place_id integer not null,
  upload_id uuid not null,
  partner_id uuid not null,
  agreement_id uuid not null,
  source text not null,
  name text not null,
  content bytea not null,
  columns jsonb,
  made_by text not null,
  made_at timestamp with time zone not null,
  constraint "an uploaded file of records has one id in its place" PRIMARY KEY (place_id, upload_id)
);
alter table public.record_upload enable row level security;
alter table public.record_upload force row level security;
create policy "only rows of the place in hand" on public.record_upload for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant delete, insert, select on public.record_upload to onepot_family;
grant update (columns) on public.record_upload to onepot_family;

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

create table public.resolve_clearing (
  place_id integer not null,
  clearing_id uuid not null,
  item_id uuid not null,
  how text not null,
  allocation_id uuid,
  stream_id uuid,
  amount_pence bigint not null,
  cleared_on date not null,
  reason text not null,
  transfer_id uuid not null,
  constraint "a clearing has one id in its place" PRIMARY KEY (place_id, clearing_id),
  constraint "a clearing is more than nought" CHECK ((amount_pence > 0)),
  constraint "a clearing names who bears it" CHECK ((((how = 'from_allocation'::text) AND (allocation_id IS NOT NULL) AND (stream_id IS NULL)) OR ((how = 'from_stream'::text) AND (stream_id IS NOT NULL) AND (allocation_id IS NULL)))),
  constraint "a clearing draws on a stream of its place" FOREIGN KEY (place_id, stream_id) REFERENCES stream(place_id, stream_id),
  constraint "a clearing draws on an allocation of its place" FOREIGN KEY (place_id, allocation_id) REFERENCES allocation(place_id, allocation_id),
  constraint "a clearing is a transfer" FOREIGN KEY (place_id, transfer_id) REFERENCES transfer(place_id, transfer_id),
  constraint "a clearing is of an item of its place" FOREIGN KEY (place_id, item_id) REFERENCES resolve_item(place_id, item_id)
);
CREATE INDEX resolve_clearing_by_allocation ON public.resolve_clearing USING btree (place_id, allocation_id) WHERE (allocation_id IS NOT NULL);
CREATE INDEX resolve_clearing_by_item ON public.resolve_clearing USING btree (place_id, item_id);
CREATE INDEX resolve_clearing_by_transfer ON public.resolve_clearing USING btree (place_id, transfer_id);
alter table public.resolve_clearing enable row level security;
alter table public.resolve_clearing force row level security;
create policy "only rows of the place in hand" on public.resolve_clearing for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.resolve_clearing to onepot_app;

create table public.resolve_item (
  place_id integer not null,
  item_id uuid not null,
  pot_id uuid not null,
  payment_id uuid not null,
  transfer_id uuid not null,
  stream_id uuid,
  amount_pence bigint not null,
  reasons jsonb not null,
  arisen_on date not null,
  constraint "an item to resolve has one id in its place" PRIMARY KEY (place_id, item_id),
  constraint "an item to resolve has its reasons" CHECK (((jsonb_typeof(reasons) = 'array'::text) AND (jsonb_array_length(reasons) > 0))),
  constraint "an item to resolve is more than nought" CHECK ((amount_pence > 0)),
  constraint "an item to resolve is of a payment of its place" FOREIGN KEY (place_id, payment_id) REFERENCES payment(place_id, payment_id),
  constraint "an item to resolve is of a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id),
  constraint "an item to resolve is part of a transfer" FOREIGN KEY (place_id, transfer_id) REFERENCES transfer(place_id, transfer_id),
  constraint "an item to resolve names a stream of its place" FOREIGN KEY (place_id, stream_id) REFERENCES stream(place_id, stream_id)
);
CREATE INDEX resolve_item_by_payment ON public.resolve_item USING btree (place_id, payment_id);
CREATE INDEX resolve_item_by_pot ON public.resolve_item USING btree (place_id, pot_id);
CREATE INDEX resolve_item_by_stream ON public.resolve_item USING btree (place_id, stream_id) WHERE (stream_id IS NOT NULL);
CREATE INDEX resolve_item_by_transfer ON public.resolve_item USING btree (place_id, transfer_id);
alter table public.resolve_item enable row level security;
alter table public.resolve_item force row level security;
create policy "only rows of the place in hand" on public.resolve_item for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.resolve_item to onepot_app;

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

create table public.sharing_agreement (
  place_id integer not null,
  agreement_id uuid not null,
  number integer not null,
  title text not null,
  title_welsh text,
  purposes text[] not null,
  gateway text not null,
  basis text not null,
  special_basis text not null default ''::text,
  crime_basis text not null default ''::text,
  fields text[] not null,
  keep_days integer not null,
  starts_on date not null,
  review_on date not null,
  ends_on date not null,
  assessment text not null,
  assessed_on date not null,
  privacy_notice text not null,
  replaces_id uuid,
  made_up boolean not null default false,
  prepared_by text not null,
  prepared_at timestamp with time zone not null default clock_timestamp(),
  constraint "an agreement has one id in its place" PRIMARY KEY (place_id, agreement_id),
  constraint "an agreement has one number in its place" UNIQUE (place_id, number),
  constraint "an agreement allows at least one field" CHECK ((cardinality(fields) > 0)),
  constraint "an agreement has purposes that are known" CHECK (((cardinality(purposes) > 0) AND (purposes <@ ARRAY['find_families'::text, 'support_family'::text, 'evaluation'::text]))),
  constraint "an agreement is reviewed before it ends" CHECK (((starts_on < review_on) AND (review_on <= ends_on))),
  constraint "an agreement names its assessment and privacy notice" CHECK (((assessment <> ''::text) AND (privacy_notice <> ''::text))),
  constraint "an agreement names its gateway and basis" CHECK (((gateway <> ''::text) AND (basis <> ''::text))),
  constraint "records of people not concerned are kept ten years at most" CHECK (((keep_days >= 1) AND (keep_days <= 3660))),
  constraint "an agreement replaces one of its place" FOREIGN KEY (place_id, replaces_id) REFERENCES sharing_agreement(place_id, agreement_id)
);
alter table public.sharing_agreement enable row level security;
alter table public.sharing_agreement force row level security;
create policy "only rows of the place in hand" on public.sharing_agreement for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.sharing_agreement to onepot_app;

create table public.sharing_counter (
  place_id integer not null,
  name text not null,
  value bigint not null,
  constraint "a counter of agreements has one name in its place" PRIMARY KEY (place_id, name)
);
alter table public.sharing_counter enable row level security;
alter table public.sharing_counter force row level security;
create policy "only rows of the place in hand" on public.sharing_counter for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select, update on public.sharing_counter to onepot_app;

create table public.sharing_end (
  place_id integer not null,
  agreement_id uuid not null,
  ended_on date not null,
  reason text not null,
  replaced_by uuid,
  ended_by text not null,
  ended_at timestamp with time zone not null default clock_timestamp(),
  constraint "an agreement ends once" PRIMARY KEY (place_id, agreement_id),
  constraint "an end has a reason" CHECK (((reason <> ''::text) OR (replaced_by IS NOT NULL))),
  constraint "an agreement is replaced by one of its place" FOREIGN KEY (place_id, replaced_by) REFERENCES sharing_agreement(place_id, agreement_id),
  constraint "an end is of an agreement of its place" FOREIGN KEY (place_id, agreement_id) REFERENCES sharing_agreement(place_id, agreement_id)
);
alter table public.sharing_end enable row level security;
alter table public.sharing_end force row level security;
create policy "only rows of the place in hand" on public.sharing_end for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.sharing_end to onepot_app;

create table public.sharing_party (
  place_id integer not null,
  agreement_id uuid not null,
  partner_id uuid not null,
  sends boolean not null,
  receives boolean not null,
  health boolean not null default false,
  constraint "a partner is a party once" PRIMARY KEY (place_id, agreement_id, partner_id),
  constraint "a party sends or receives" CHECK ((sends OR receives)),
  constraint "health data comes from whoever sends" CHECK ((sends OR (NOT health))),
  constraint "a party is a partner of its place" FOREIGN KEY (place_id, partner_id) REFERENCES partner(place_id, partner_id),
  constraint "a party is to an agreement of its place" FOREIGN KEY (place_id, agreement_id) REFERENCES sharing_agreement(place_id, agreement_id)
);
alter table public.sharing_party enable row level security;
alter table public.sharing_party force row level security;
create policy "only rows of the place in hand" on public.sharing_party for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.sharing_party to onepot_app;

create table public.sharing_signature (
  place_id integer not null,
  agreement_id uuid not null,
  partner_id uuid not null,
  capacity signing_capacity not null,
  signed_by person_mark not null,
  signed_on date not null,
  on_paper text not null default ''::text,
  signed_at timestamp with time zone not null default clock_timestamp(),
  constraint "a partner signs once in each capacity" PRIMARY KEY (place_id, agreement_id, partner_id, capacity),
  constraint "whoever signs is a party" FOREIGN KEY (place_id, agreement_id, partner_id) REFERENCES sharing_party(place_id, agreement_id, partner_id)
);
alter table public.sharing_signature enable row level security;
alter table public.sharing_signature force row level security;
create policy "only rows of the place in hand" on public.sharing_signature for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.sharing_signature to onepot_app;

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

create table public.stream_clawback_rule (
  place_id integer not null,
  stream_id uuid not null,
  rule_id uuid not null,
  from_on date not null,
  rule text not null,
  reason text not null,
  set_by text not null,
  set_at timestamp with time zone not null default clock_timestamp(),
  constraint "a clawback rule has one id in its place" PRIMARY KEY (place_id, rule_id),
  constraint "a clawback rule is of a known kind" CHECK ((rule = ANY (ARRAY['none'::text, 'unspent_at_end'::text, 'ineligible'::text, 'both'::text]))),
  constraint "a clawback rule is of a stream of its place" FOREIGN KEY (place_id, stream_id) REFERENCES stream(place_id, stream_id)
);
CREATE INDEX stream_clawback_rule_by_stream ON public.stream_clawback_rule USING btree (place_id, stream_id);
alter table public.stream_clawback_rule enable row level security;
alter table public.stream_clawback_rule force row level security;
create policy "only rows of the place in hand" on public.stream_clawback_rule for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.stream_clawback_rule to onepot_app;

create table public.stream_condition (
  place_id integer not null,
  stream_id uuid not null,
  condition_number integer not null,
  kind text not null,
  words text not null,
  terms jsonb,
  constraint "a condition has one number in its stream" PRIMARY KEY (place_id, stream_id, condition_number),
  constraint "a condition is of a known kind" CHECK ((kind = ANY (ARRAY['purpose'::text, 'period'::text, 'partner'::text, 'capital'::text, 'eligible_cost'::text, 'reporting'::text]))),
  constraint "the terms of a condition are named values" CHECK (((terms IS NULL) OR (jsonb_typeof(terms) = 'object'::text))),
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
  path text,
  lapses_at timestamp with time zone,
  constraint "a task has one id in its place" PRIMARY KEY (place_id, task_id),
  constraint "a task is for a role or a person" CHECK (((for_role IS NOT NULL) OR (for_user IS NOT NULL))),
  constraint "a task leads to a page of its place" CHECK ((path ~~ '/%'::text))
);
CREATE INDEX task_by_record ON public.task USING btree (place_id, record_id) WHERE (done_at IS NULL);
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
CREATE INDEX transfer_by_day ON public.transfer USING btree (place_id, effective_on, transfer_id);
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

create table public.view_log (
  place_id integer not null,
  view_id uuid not null,
  viewer text not null,
  partner_id uuid,
  agreement_id uuid not null,
  purpose sharing_purpose not null,
  kind text not null,
  ids text[] not null,
  viewed_on date not null,
  viewed_at timestamp with time zone not null default clock_timestamp(),
  constraint "a view has one id in its place" PRIMARY KEY (place_id, view_id),
  constraint "a view is of something, by ids" CHECK (((cardinality(ids) >= 1) AND (cardinality(ids) <= 1000))),
  constraint "what is looked at is of a known kind" CHECK ((kind = ANY (ARRAY['pair'::text, 'record'::text, 'person'::text, 'household'::text, 'file'::text]))),
  constraint "a view is under an agreement of its place" FOREIGN KEY (place_id, agreement_id) REFERENCES sharing_agreement(place_id, agreement_id)
);
CREATE INDEX view_log_by_moment ON public.view_log USING btree (place_id, viewed_at DESC, view_id DESC);
alter table public.view_log enable row level security;
alter table public.view_log force row level security;
create policy "only rows of the place in hand" on public.view_log for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.view_log to onepot_family;

create table public.virement (
  place_id integer not null,
  virement_id uuid not null,
  pot_id uuid not null,
  from_allocation_id uuid not null,
  to_allocation_id uuid not null,
  amount_pence bigint not null,
  moved_on date not null,
  decided_by text not null,
  power text not null,
  reason text not null,
  transfer_id uuid not null,
  constraint "a virement has one id in its place" PRIMARY KEY (place_id, virement_id),
  constraint "a virement is between two allocations" CHECK ((from_allocation_id <> to_allocation_id)),
  constraint "a virement is more than nought" CHECK ((amount_pence > 0)),
  constraint "a virement is a transfer" FOREIGN KEY (place_id, transfer_id) REFERENCES transfer(place_id, transfer_id),
  constraint "a virement is within a pot of its place" FOREIGN KEY (place_id, pot_id) REFERENCES pot(place_id, pot_id),
  constraint "a virement leaves an allocation of its place" FOREIGN KEY (place_id, from_allocation_id) REFERENCES allocation(place_id, allocation_id),
  constraint "a virement reaches an allocation of its place" FOREIGN KEY (place_id, to_allocation_id) REFERENCES allocation(place_id, allocation_id)
);
CREATE INDEX virement_by_pot ON public.virement USING btree (place_id, pot_id);
alter table public.virement enable row level security;
alter table public.virement force row level security;
create policy "only rows of the place in hand" on public.virement for all to public
  using ((place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer));
grant insert, select on public.virement to onepot_app;

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

CREATE OR REPLACE FUNCTION onepot_queue.enqueue(p_job uuid, p_public boolean, p_queue text, p_behind integer)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'graphile_worker', 'pg_temp'
AS $function$ select graphile_worker.add_job(case when p_public then 'run_public_job' else 'run_job' end,
      json_build_object('jobId', p_job), job_key := p_job::text, max_attempts := 3, queue_name := p_queue, priority := p_behind) $function$;
grant execute on function onepot_queue.enqueue(p_job uuid, p_public boolean, p_queue text, p_behind integer) to onepot_app;

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
AS $function$
  select sha256(convert_to(concat_ws('|', entry.place_id, entry.audit_id, entry.transaction_number,
    to_char(entry.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.actor, entry.action, entry.record_id,
    encode(entry.content_hash, 'hex')), 'UTF8'))
$function$;
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

CREATE OR REPLACE FUNCTION public.close_pot(p_place integer, p_pot uuid, p_from date)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
$function$;
grant execute on function public.close_pot(p_place integer, p_pot uuid, p_from date) to onepot_app;

CREATE OR REPLACE FUNCTION public.dated_block_hash(p_rows bytea, p_sealed_at timestamp with time zone, p_words text)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select sha256(p_rows || sha256(convert_to(
    to_char(p_sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '|' || p_words, 'UTF8')))
$function$;
grant execute on function public.dated_block_hash(p_rows bytea, p_sealed_at timestamp with time zone, p_words text) to public;

CREATE OR REPLACE FUNCTION public.dated_words(one audit_block)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select concat_ws('|', one.form, one.from_life, one.from_number, one.below_life, one.below_number, one.entries, one.transfers)
    || '|' || sealed_periods(one.place_id, one.block_number)
    || case when one.held is null then '' else '#' || one.held || '|' || encode(held_range_hash(one.place_id, one.from_life,
         one.from_number, one.below_life, one.below_number), 'hex') end
$function$;
grant execute on function public.dated_words(one audit_block) to public;

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

CREATE OR REPLACE FUNCTION public.entries_between(p_place integer, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8)
 RETURNS TABLE(account_id uuid, amount_pence bigint, effective_on date)
 LANGUAGE sql
 STABLE ROWS 100
AS $function$
  select e.account_id, e.amount_pence, e.effective_on
    from (select t.transfer_id from transfer t
           where t.place_id = p_place and (t.life, t.transaction_number) >= (p_from_life, p_from)
             and (t.life, t.transaction_number) < (p_below_life, p_below)
           order by t.life, t.transaction_number offset 0) as held
   cross join lateral (select e.account_id, e.amount_pence, e.effective_on from entry e
                        where e.place_id = p_place and e.transfer_id = held.transfer_id order by e.line offset 0) as e
$function$;
grant execute on function public.entries_between(p_place integer, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8) to public;

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
              from entries_between(p_place, p_from_life, p_from, p_below_life, p_below) as e
             group by e.effective_on, e.account_id) as d cross join generate_series(1, 3) as level
     group by 2, 3, 4
    on conflict (place_id, level, starts_on, account_id) do update set amount_pence = ledger_sum.amount_pence + excluded.amount_pence;
  update ledger_account a set posted_pence = a.posted_pence + f.pence, version = a.version + f.entries,
      last_effective_on = greatest(a.last_effective_on, f.newest)
    from (select e.account_id, sum(e.amount_pence)::bigint as pence, count(*) as entries, max(e.effective_on) as newest
            from entries_between(p_place, p_from_life, p_from, p_below_life, p_below) as e
           group by e.account_id) as f
   where a.place_id = p_place and a.account_id = f.account_id and a.floor_pence is null;
end
$function$;

CREATE OR REPLACE FUNCTION public.held_hash(content jsonb, names text[])
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select sha256(convert_to(coalesce(jsonb_object_agg(c.key, c.value), '{}')::text, 'UTF8'))
    from jsonb_each_text(content) as c where c.key = any (names)
$function$;
grant execute on function public.held_hash(content jsonb, names text[]) to public;

CREATE OR REPLACE FUNCTION public.held_key(content jsonb, keys text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select string_agg(content ->> k.name, ':' order by k.at) from unnest(keys) with ordinality as k (name, at)
$function$;
grant execute on function public.held_key(content jsonb, keys text[]) to public;

CREATE OR REPLACE FUNCTION public.held_now(p_subjects text[])
 RETURNS TABLE(place_id integer, subject text, row_key text, content jsonb)
 LANGUAGE sql
 STABLE
 SET "TimeZone" TO 'UTC'
 SET bytea_output TO 'hex'
AS $function$
  select r.place_id, 'account', held_key(to_jsonb(r), '{account_id}'), to_jsonb(r) from ledger_account r
   where (p_subjects is null or 'account' = any (p_subjects))
  union all
  select r.place_id, 'accrual', held_key(to_jsonb(r), '{accrual_id}'), to_jsonb(r) from accrual r
   where (p_subjects is null or 'accrual' = any (p_subjects))
  union all
  select r.place_id, 'approval', held_key(to_jsonb(r), '{approval_id}'), to_jsonb(r) from approval r
   where (p_subjects is null or 'approval' = any (p_subjects))
  union all
  select r.place_id, 'approval_end', held_key(to_jsonb(r), '{approval_id}'), to_jsonb(r) from approval r
   where (p_subjects is null or 'approval_end' = any (p_subjects)) and r.state <> 'waiting'
  union all
  select r.place_id, 'bank', held_key(to_jsonb(r), '{pot_id}'), to_jsonb(r) from pot_bank r
   where (p_subjects is null or 'bank' = any (p_subjects))
  union all
  select r.place_id, 'carried', held_key(to_jsonb(r), '{book,year,commitment_id}'), to_jsonb(r) from commitment_carried r
   where (p_subjects is null or 'carried' = any (p_subjects))
  union all
  select r.place_id, 'clawback_rule', held_key(to_jsonb(r), '{rule_id}'), to_jsonb(r) from stream_clawback_rule r
   where (p_subjects is null or 'clawback_rule' = any (p_subjects))
  union all
  select r.place_id, 'clearing', held_key(to_jsonb(r), '{clearing_id}'), to_jsonb(r) from resolve_clearing r
   where (p_subjects is null or 'clearing' = any (p_subjects))
  union all
  select r.place_id, 'code', held_key(to_jsonb(r), '{mapping_id}'), to_jsonb(r) from code_mapping r
   where (p_subjects is null or 'code' = any (p_subjects))
  union all
  select r.place_id, 'code_end', held_key(to_jsonb(r), '{mapping_id}'), to_jsonb(r) from code_mapping r
   where (p_subjects is null or 'code_end' = any (p_subjects)) and r.ends_on is not null
  union all
  select r.place_id, 'condition', held_key(to_jsonb(r), '{stream_id,condition_number}'), to_jsonb(r) from stream_condition r
   where (p_subjects is null or 'condition' = any (p_subjects))
  union all
  select r.place_id, 'credit_line', held_key(to_jsonb(r), '{credit_note_id,line}'), to_jsonb(r) from credit_note_line r
   where (p_subjects is null or 'credit_line' = any (p_subjects))
  union all
  select r.place_id, 'credit_note', held_key(to_jsonb(r), '{credit_note_id}'), to_jsonb(r) from credit_note r
   where (p_subjects is null or 'credit_note' = any (p_subjects))
  union all
  select r.place_id, 'draw_order', held_key(to_jsonb(r), '{order_id}'), to_jsonb(r) from pot_draw_order r
   where (p_subjects is null or 'draw_order' = any (p_subjects))
  union all
  select r.place_id, 'handover', held_key(to_jsonb(r), '{handover_id}'), to_jsonb(r) from handover r
   where (p_subjects is null or 'handover' = any (p_subjects))
  union all
  select r.place_id, 'limit', held_key(to_jsonb(r), '{authority_id}'), to_jsonb(r) from authority r
   where (p_subjects is null or 'limit' = any (p_subjects))
  union all
  select r.place_id, 'limit_end', held_key(to_jsonb(r), '{authority_id}'), to_jsonb(r) from authority r
   where (p_subjects is null or 'limit_end' = any (p_subjects)) and r.ends_on is not null
  union all
  select r.place_id, 'listing', held_key(to_jsonb(r), '{file_id}'), to_jsonb(r) from listing_file r
   where (p_subjects is null or 'listing' = any (p_subjects))
  union all
  select r.place_id, 'match', held_key(to_jsonb(r), '{match_id}'), to_jsonb(r) from reconciliation_match r
   where (p_subjects is null or 'match' = any (p_subjects))
  union all
  select r.place_id, 'match_line', held_key(to_jsonb(r), '{line_id,turn}'), to_jsonb(r) from reconciliation_match_line r
   where (p_subjects is null or 'match_line' = any (p_subjects))
  union all
  select r.place_id, 'match_record', held_key(to_jsonb(r), '{body_id,source,record_id,turn}'), to_jsonb(r) from reconciliation_match_record r
   where (p_subjects is null or 'match_record' = any (p_subjects))
  union all
  select r.place_id, 'match_undone', held_key(to_jsonb(r), '{match_id}'), to_jsonb(r) from reconciliation_undo r
   where (p_subjects is null or 'match_undone' = any (p_subjects))
  union all
  select r.place_id, 'outgoing_file', held_key(to_jsonb(r), '{batch_id}'), to_jsonb(r) from outgoing_batch r
   where (p_subjects is null or 'outgoing_file' = any (p_subjects))
  union all
  select r.place_id, 'partner_statement', held_key(to_jsonb(r), '{statement_id}'), to_jsonb(r) from partner_statement r
   where (p_subjects is null or 'partner_statement' = any (p_subjects))
  union all
  select r.place_id, 'payment_line', held_key(to_jsonb(r), '{payment_id,line}'), to_jsonb(r) from payment_line r
   where (p_subjects is null or 'payment_line' = any (p_subjects))
  union all
  select r.place_id, 'period_explanation', held_key(to_jsonb(r), '{book,period,item}'), to_jsonb(r) from period_explanation r
   where (p_subjects is null or 'period_explanation' = any (p_subjects))
  union all
  select r.place_id, 'pot', held_key(to_jsonb(r), '{pot_id}'), to_jsonb(r) from pot r
   where (p_subjects is null or 'pot' = any (p_subjects))
  union all
  select r.place_id, 'precommitment', held_key(to_jsonb(r), '{precommitment_id}'), to_jsonb(r) from precommitment r
   where (p_subjects is null or 'precommitment' = any (p_subjects))
  union all
  select r.place_id, 'release', held_key(to_jsonb(r), '{release_id}'), to_jsonb(r) from commitment_release r
   where (p_subjects is null or 'release' = any (p_subjects))
  union all
  select r.place_id, 'request', held_key(to_jsonb(r), '{request_id}'), to_jsonb(r) from payment_request r
   where (p_subjects is null or 'request' = any (p_subjects))
  union all
  select r.place_id, 'request_event', held_key(to_jsonb(r), '{request_id,event_number}'), to_jsonb(r) from payment_request_event r
   where (p_subjects is null or 'request_event' = any (p_subjects))
  union all
  select r.place_id, 'request_line', held_key(to_jsonb(r), '{request_id,line_number}'), to_jsonb(r) from payment_request_line r
   where (p_subjects is null or 'request_line' = any (p_subjects))
  union all
  select r.place_id, 'resolve_item', held_key(to_jsonb(r), '{item_id}'), to_jsonb(r) from resolve_item r
   where (p_subjects is null or 'resolve_item' = any (p_subjects))
  union all
  select r.place_id, 'signature', held_key(to_jsonb(r), '{approval_id,signature_number}'), to_jsonb(r) from approval_signature r
   where (p_subjects is null or 'signature' = any (p_subjects))
  union all
  select r.place_id, 'stage', held_key(to_jsonb(r), '{commitment_id,stage_number}'), to_jsonb(r) from commitment_stage r
   where (p_subjects is null or 'stage' = any (p_subjects))
  union all
  select r.place_id, 'statement_signature', held_key(to_jsonb(r), '{signature_id}'), to_jsonb(r) from reconciliation_signature r
   where (p_subjects is null or 'statement_signature' = any (p_subjects))
  union all
  select r.place_id, 'step', held_key(to_jsonb(r), '{pot_id,step_number}'), to_jsonb(r) from pot_step r
   where (p_subjects is null or 'step' = any (p_subjects))
  union all
  select r.place_id, 'stream', held_key(to_jsonb(r), '{stream_id}'), to_jsonb(r) from stream r
   where (p_subjects is null or 'stream' = any (p_subjects))
  union all
  select r.place_id, 'variance_explanation', held_key(to_jsonb(r), '{explanation_id}'), to_jsonb(r) from variance_explanation r
   where (p_subjects is null or 'variance_explanation' = any (p_subjects))
  union all
  select r.place_id, 'virement', held_key(to_jsonb(r), '{virement_id}'), to_jsonb(r) from virement r
   where (p_subjects is null or 'virement' = any (p_subjects))
  union all
  select r.place_id, 'year_balance', held_key(to_jsonb(r), '{book,year,pot_id,stream_id}'), to_jsonb(r) from year_balance r
   where (p_subjects is null or 'year_balance' = any (p_subjects))
  union all
  select r.place_id, 'year_end', held_key(to_jsonb(r), '{year_end_id}'), to_jsonb(r) from year_end r
   where (p_subjects is null or 'year_end' = any (p_subjects))
  union all
  select r.place_id, 'year_rule', held_key(to_jsonb(r), '{pot_id,starts_on}'), to_jsonb(r) from pot_year_rule r
   where (p_subjects is null or 'year_rule' = any (p_subjects))
  union all
  select h.place_id, h.subject, h.row_key, '{}'::jsonb from held_row h
   where h.subject = 'since' and (p_subjects is null or 'since' = any (p_subjects))
$function$;
grant execute on function public.held_now(p_subjects text[]) to public;

CREATE OR REPLACE FUNCTION public.held_range_hash(p_place integer, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8)
 RETURNS bytea
 LANGUAGE sql
 STABLE
AS $function$
  select sha256(coalesce(string_agg(held_seal(h), ''::bytea order by h.life, h.transaction_number,
      h.subject collate "C", h.row_key collate "C"), ''::bytea))
    from held_row h where h.place_id = p_place and (h.life, h.transaction_number) >= (p_from_life, p_from)
     and (h.life, h.transaction_number) < (p_below_life, p_below)
$function$;
grant execute on function public.held_range_hash(p_place integer, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8) to public;

CREATE OR REPLACE FUNCTION public.held_seal(one held_row)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select sha256(convert_to(concat_ws('|', one.place_id, one.life, one.transaction_number, one.subject, one.row_key,
    encode(one.content_hash, 'hex')), 'UTF8'))
$function$;
grant execute on function public.held_seal(one held_row) to public;

CREATE OR REPLACE FUNCTION public.hold_rows(p_subject text, p_rows jsonb)
 RETURNS SETOF text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET "TimeZone" TO 'UTC'
 SET bytea_output TO 'hex'
AS $function$
declare
  asked held_subject;
  one held_subject;
  held text[];
begin
  if exists (select from jsonb_array_elements(p_rows) as given (content)
              where (given.content ->> 'place_id')::integer
                      is distinct from nullif(current_setting('app.place_id', true), '')::integer) then
    raise exception 'another place' using errcode = '42501';
  end if;
  select * into strict asked from held_subject where subject = p_subject;
  for one in
    select * from held_subject s
     where s.subject = p_subject or (asked.ended is null and s.ended is not null and s.source = asked.source)
  loop
    execute format(
      'with kept as (
         insert into held_row (place_id, life, subject, row_key, column_names, content_hash)
           select r.place_id, ledger_life(), $2, held_key(to_jsonb(r), $3), $4, held_hash(to_jsonb(r), $4)
             from jsonb_populate_recordset(null::%1$I, $1) as k join %1$I as r on %2$s
            where %3$s
           returning row_key)
       select array_agg(row_key) from kept',
      one.source,
      (select string_agg(format('r.%1$I = k.%1$I', n.name), ' and ') from unnest(array_prepend('place_id', one.key_names)) as n (name)),
      coalesce(one.ended, 'true'))
      into held using p_rows, one.subject, one.key_names, one.column_names;
    if one.subject = p_subject then
      if coalesce(cardinality(held), 0) <> jsonb_array_length(p_rows) then
        raise exception 'a row of % to be held is not there', p_subject using errcode = '23514';
      end if;
      return query select unnest(held);
    end if;
  end loop;
end
$function$;
grant execute on function public.hold_rows(p_subject text, p_rows jsonb) to onepot_app;

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
AS $function$
  select (select pg_get_expr(d.adbin, d.adrelid)::smallint from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
           where d.adrelid = 'transfer'::regclass and a.attname = 'life')
$function$;
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
  opened ledger_account;
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
    returning * into opened;
  found_id := opened.account_id;
  if found_id is not null then
    perform hold_rows('account', jsonb_build_array(to_jsonb(opened)));
  else
    select account_id into strict found_id from ledger_account
      where place_id = p_place and book = p_book and kind = p_kind and record_id = p_record
        and stream_id is not distinct from p_stream and pot_id is not distinct from p_pot;
  end if;
  return found_id;
end
$function$;
grant execute on function public.open_ledger_account(p_place integer, p_account uuid, p_book text, p_kind text, p_record uuid, p_stream uuid, p_pot uuid, p_floor bigint) to onepot_app;

CREATE OR REPLACE FUNCTION public.post_batch(p_place integer, p_transfers uuid[], p_books text[], p_kinds text[], p_effective date[], p_records uuid[], p_words text[], p_request_hashes bytea[], p_line_transfers integer[], p_line_accounts uuid[], p_line_amounts bigint[], p_actor text, p_soft boolean, OUT outcome text, OUT at_fault integer, OUT account uuid, OUT available_pence bigint, OUT lowest_on date, OUT posted integer)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  fresh integer[];
  one record;
  wanted uuid[];
  floored integer;
  updated integer;
begin
  if p_place is distinct from nullif(current_setting('app.place_id', true), '')::integer then
    raise exception 'another place' using errcode = '42501';
  end if;
  if 'reversal' = any (p_kinds) then
    raise exception 'a reversal is not posted in a batch' using errcode = '23514';
  end if;
  posted := 0;
  select t.at into at_fault from generate_subscripts(p_transfers, 1) as t (at)
    left join (select l.at, count(*) as lines, bool_or(coalesce(l.amount, 0) = 0) as empty
                 from unnest(p_line_transfers, p_line_amounts) as l (at, amount) group by l.at) as l on l.at = t.at
    where coalesce(l.lines, 0) < 2 or l.empty order by t.at limit 1;
  if found then
    outcome := 'lines_missing';
    return;
  end if;
  select l.at into at_fault from unnest(p_line_transfers, p_line_amounts) as l (at, amount)
    group by l.at having sum(l.amount::numeric) <> 0 order by l.at limit 1;
  if found then
    outcome := 'unbalanced';
    return;
  end if;
  perform pg_advisory_xact_lock_shared(7402, p_place);
  wanted := array(select distinct id from unnest(p_line_accounts) as id order by id);
  perform from ledger_account where place_id = p_place and account_id = any (wanted) and floor_pence is not null
    order by account_id for update;
  select b.at into at_fault from unnest(p_transfers, p_request_hashes) with ordinality as b (id, hash, at)
    left join transfer t on t.place_id = p_place and t.transfer_id = b.id
    where t.request_hash <> b.hash
       or exists (select from unnest(p_transfers) with ordinality as o (id, at) where o.id = b.id and o.at < b.at)
    order by b.at limit 1;
  if found then
    outcome := 'key_reused';
    return;
  end if;
  fresh := array(select b.at from unnest(p_transfers) with ordinality as b (id, at)
    where not exists (select from transfer t where t.place_id = p_place and t.transfer_id = b.id) order by b.at);
  if cardinality(fresh) = 0 then
    outcome := 'posted';
    return;
  end if;
  -- The first line at fault of the gravest kind, its balance counted line after line.
  select f.fault, f.at, f.account_id, f.available into one from (
    select l.at, l.line, l.account_id, l.available, case
        when l.book is null then 1
        when l.book <> p_books[l.at] then 2
        when l.closed_on <= p_effective[l.at] then 3
        when exists (select from ledger_period p where p.place_id = p_place and p.book = p_books[l.at]
                       and (p.starts_on <= p_effective[l.at] or p.state = 'hard') and p.ends_on >= p_effective[l.at] and (p.state = 'hard' or not p_soft)) then 4
        when abs(l.balance) > 9223372036854775807 or abs(l.amount::numeric) > 1000000000000000 then 5
        when l.amount < 0 and l.balance - l.reserved_pence < l.floor_pence then 6
        else 9 end as fault
      from (
        select b.at, b.line, b.account_id, b.amount, a.book::text as book, a.closed_on, a.floor_pence, a.reserved_pence,
               a.posted_pence::numeric + sum(b.amount::numeric) over w as balance,
               greatest(a.posted_pence + coalesce(sum(b.amount::numeric) over (partition by b.account_id order by b.line
                 rows between unbounded preceding and 1 preceding), 0) - a.reserved_pence - a.floor_pence, 0) as available
          from unnest(p_line_transfers, p_line_accounts, p_line_amounts) with ordinality as b (at, account_id, amount, line)
          left join ledger_account a on a.place_id = p_place and a.account_id = b.account_id
         where b.at = any (fresh) window w as (partition by b.account_id order by b.line)) as l) as f
   where f.fault < 9 order by f.fault, f.line limit 1;
  if found then
    outcome := (array['unknown_account', 'wrong_book', 'account_closed', 'period_closed', 'too_large', 'insufficient_funds'])[one.fault];
    at_fault := one.at;
    account := one.account_id;
    if one.fault = 6 then
      available_pence := one.available::bigint;
    elsif one.fault = 4 then
      select max(p.ends_on) + 1 into lowest_on from ledger_period p
        where p.place_id = p_place and p.book = p_books[one.at] and (p.state = 'hard' or not p_soft);
    end if;
    return;
  end if;
  insert into transfer (place_id, transfer_id, book, kind, effective_on, record_id, words, made_by, request_hash, content_hash)
    select m.place_id, m.transfer_id, m.book, m.kind, m.effective_on, m.record_id, m.words, m.made_by, b.hash,
           transfer_hash(m, l.accounts, l.amounts)
      from unnest(p_transfers, p_books, p_kinds, p_effective, p_records, p_words, p_request_hashes) with ordinality
             as b (id, book, kind, day, record, words, hash, at)
      join (select at, array_agg(account_id order by line) as accounts, array_agg(amount order by line) as amounts
              from unnest(p_line_transfers, p_line_accounts, p_line_amounts) with ordinality as l (at, account_id, amount, line)
             group by at) as l on l.at = b.at
      cross join lateral jsonb_populate_record(null::transfer, jsonb_build_object('place_id', p_place, 'transfer_id', b.id, 'book', b.book,
        'kind', b.kind, 'effective_on', b.day, 'record_id', b.record, 'words', b.words, 'made_by', p_actor)) as m
     where b.at = any (fresh);
  insert into entry (place_id, account_id, version, transfer_id, line, amount_pence, balance_pence, effective_on)
    select p_place, b.account_id,
           case when a.floor_pence is not null then a.version + row_number() over (partition by b.account_id order by b.line) end,
           p_transfers[b.at], row_number() over (partition by b.at order by b.line), b.amount,
           case when a.floor_pence is not null then a.posted_pence + (sum(b.amount) over (partition by b.account_id order by b.line))::bigint end,
           p_effective[b.at]
      from unnest(p_line_transfers, p_line_accounts, p_line_amounts) with ordinality as b (at, account_id, amount, line)
      join ledger_account a on a.place_id = p_place and a.account_id = b.account_id
     where b.at = any (fresh);
  -- Dated before an account's newest day, as it was when its turn came: what it held then, and on each day since, must
  -- cover it as well. The entries are there and numbered, so each step is judged by those up to its own.
  for one in
    select d.* from (
      select b.at, b.account_id, a.floor_pence, p_effective[b.at] as day, sum(b.amount) as net, max(e.version) as version,
             greatest(a.last_effective_on, max(p_effective[b.at]) over (partition by b.account_id order by b.at
               rows between unbounded preceding and 1 preceding)) as newest
        from unnest(p_line_transfers, p_line_accounts, p_line_amounts) as b (at, account_id, amount)
        join ledger_account a on a.place_id = p_place and a.account_id = b.account_id and a.floor_pence is not null
        join entry e on e.place_id = p_place and e.transfer_id = p_transfers[b.at] and e.account_id = b.account_id
       where b.at = any (fresh) group by b.at, b.account_id, a.floor_pence, a.last_effective_on) as d
     where d.net < 0 and d.day < d.newest order by d.at
  loop
    select min(l.held), min(l.day) filter (where l.held < one.floor_pence) into available_pence, lowest_on from (
      select s.day, sum(s.pence) over (order by s.day) as held from (
        select greatest(e.effective_on, one.day) as day, sum(e.amount_pence) as pence from entry e
         where e.place_id = p_place and e.account_id = one.account_id and e.version <= one.version group by 1) as s) as l;
    if available_pence < one.floor_pence then
      outcome := 'insufficient_funds_then';
      at_fault := one.at;
      account := one.account_id;
      available_pence := 0;
      raise exception 'not on the day' using errcode = 'OP001';
    end if;
    available_pence := null;
    lowest_on := null;
  end loop;
  with moved as (
    select b.account_id, sum(b.amount)::bigint as pence, count(*) as entries, max(p_effective[b.at]) as newest
      from unnest(p_line_transfers, p_line_accounts, p_line_amounts) as b (at, account_id, amount)
     where b.at = any (fresh) group by b.account_id)
  update ledger_account a set posted_pence = a.posted_pence + m.pence, version = a.version + m.entries,
      last_effective_on = greatest(a.last_effective_on, m.newest)
    from moved m where a.place_id = p_place and a.account_id = m.account_id and a.floor_pence is not null;
  posted := cardinality(fresh);
  outcome := 'posted';
exception when sqlstate 'OP001' then
  posted := 0;
end
$function$;
grant execute on function public.post_batch(p_place integer, p_transfers uuid[], p_books text[], p_kinds text[], p_effective date[], p_records uuid[], p_words text[], p_request_hashes bytea[], p_line_transfers integer[], p_line_accounts uuid[], p_line_amounts bigint[], p_actor text, p_soft boolean, OUT outcome text, OUT at_fault integer, OUT account uuid, OUT available_pence bigint, OUT lowest_on date, OUT posted integer) to onepot_app;

CREATE OR REPLACE FUNCTION public.post_transfer(p_place integer, p_transfer uuid, p_book text, p_kind text, p_effective date, p_accounts uuid[], p_amounts bigint[], p_record uuid, p_words text, p_reverses uuid, p_actor text, p_request_hash bytea, p_booked date, p_soft boolean, OUT outcome text, OUT account uuid, OUT available_pence bigint, OUT lowest_on date)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
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
      where p.place_id = p_place and p.book = p_book and (p.starts_on <= booked or p.state = 'hard') and p.ends_on >= booked
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
  update audit_block b set held = (select count(*) from held_row h where h.place_id = p_place
      and (h.life, h.transaction_number) >= (b.from_life, b.from_number)
      and (h.life, h.transaction_number) < (b.below_life, b.below_number))
    where place_id = p_place and block_number = newest;
  update audit_block b set dated = true, block_hash = dated_block_hash(block_hash, sealed_at, dated_words(b))
    where place_id = p_place and block_number = newest;
  return sealed;
end
$function$;
grant execute on function public.seal_audit(p_place integer) to onepot_app;

CREATE OR REPLACE FUNCTION public.seal_audit_rows(p_place integer)
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

CREATE OR REPLACE FUNCTION public.sealed_periods(p_place integer, p_block bigint)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(string_agg(concat_ws('|', p.book, to_char(p.starts_on, 'YYYY-MM-DD'), to_char(p.ends_on, 'YYYY-MM-DD'), p.state,
           encode(p.balance_hash, 'hex'), p.entries, coalesce(p.block_number::text, '-'), coalesce(p.closed_by, '-'),
           coalesce(to_char(p.closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '-')), ';' order by p.book, p.starts_on), '')
    from ledger_period p where p.place_id = p_place and p.sealed_in = p_block
$function$;
grant execute on function public.sealed_periods(p_place integer, p_block bigint) to public;

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
AS $function$
  select sha256(convert_to((case when one.booked_on is null
    then jsonb_build_array(one.place_id, one.transfer_id, one.book, one.kind, to_char(one.effective_on, 'YYYY-MM-DD'),
      one.record_id, one.words, one.made_by, one.reverses_id, accounts, amounts)
    else jsonb_build_array(one.place_id, one.transfer_id, one.book, one.kind, to_char(one.effective_on, 'YYYY-MM-DD'),
      one.record_id, one.words, one.made_by, one.reverses_id, accounts, amounts, to_char(one.booked_on, 'YYYY-MM-DD'))
    end)::text, 'UTF8'))
$function$;
grant execute on function public.transfer_hash(one transfer, accounts uuid[], amounts bigint[]) to public;

CREATE OR REPLACE FUNCTION public.transfer_seal(one transfer)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select sha256(convert_to(concat_ws('|', one.transfer_id, one.life, one.transaction_number,
    to_char(one.posted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), encode(one.content_hash, 'hex')), 'UTF8'))
$function$;
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
       where part ~ '^[a-z]+ [a-z]+=-?[0-9]+$'
      union all
      select a.book || ' ' || a.kind, e.pence
        from (select account_id, sum(amount_pence) as pence
                from entries_between(p_place, p_from_life, p_from, p_below_life, p_below) group by account_id) as e
        join ledger_account a on a.place_id = p_place and a.account_id = e.account_id) as parts
     group by key) as sums
$function$;
grant execute on function public.trial_balance_after(p_place integer, p_before text, p_from_life smallint, p_from xid8, p_below_life smallint, p_below xid8) to public;

CREATE OR REPLACE FUNCTION public.views_outside_agreements()
 RETURNS TABLE(view_id uuid, fault text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select v.view_id, case
      when v.viewed_on not between a.starts_on and a.ends_on then 'outside its days'
      when e.ended_on < v.viewed_on or (e.ended_on = v.viewed_on and e.ended_at + interval '1 minute' < v.viewed_at)
        then 'after it was ended'
      when not v.purpose::text = any (a.purposes) then 'for another purpose'
      else 'before it was signed by all' end
    from view_log v
    join sharing_agreement a on a.place_id = v.place_id and a.agreement_id = v.agreement_id
    left join sharing_end e on e.place_id = v.place_id and e.agreement_id = v.agreement_id
   where v.viewed_on not between a.starts_on and a.ends_on
      or e.ended_on < v.viewed_on
      or (e.ended_on = v.viewed_on and e.ended_at + interval '1 minute' < v.viewed_at)
      or not v.purpose::text = any (a.purposes)
      or exists (
        select from sharing_party p
          cross join unnest(case when p.health then array['signatory', 'caldicott_guardian'] else array['signatory'] end) as needed (capacity)
         where p.place_id = v.place_id and p.agreement_id = v.agreement_id and not exists (
           select from sharing_signature s
            where s.place_id = p.place_id and s.agreement_id = p.agreement_id and s.partner_id = p.partner_id
              and s.capacity::text = needed.capacity and s.signed_at <= v.viewed_at))
$function$;
grant execute on function public.views_outside_agreements() to onepot_app;

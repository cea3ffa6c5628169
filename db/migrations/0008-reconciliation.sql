-- 0008 Reconciliation: what the host's own finance system says (listings, bank statements), what it was matched with, the
-- signed statements, each body's codes, and what goes out to it (payment requests, journals). Nothing here moves money.
-- Rows are appended: a correction is a new version of a line, an undoing of a match, an event of a request.

create table reconciliation_counter (
  place_id integer not null,
  name text not null,
  value bigint not null,
  constraint "a counter has one name in its place" primary key (place_id, name)
);
alter table reconciliation_counter enable row level security;
alter table reconciliation_counter force row level security;
create policy "only rows of the place in hand" on reconciliation_counter
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update on reconciliation_counter to onepot_app;

create table pot_bank (
  place_id integer not null,
  pot_id uuid not null,
  account_kind text not null,
  last_four text not null,
  opened_on date not null,
  made_by text not null,
  made_at timestamptz not null default clock_timestamp(),
  constraint "a pot has one bank account" primary key (place_id, pot_id),
  constraint "a bank account is of a known kind" check (account_kind in ('current', 'deposit')),
  constraint "a bank account shows its last four digits" check (last_four ~ '^[0-9]{4}$')
);
alter table pot_bank enable row level security;
alter table pot_bank force row level security;
create policy "only rows of the place in hand" on pot_bank
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on pot_bank to onepot_app;
alter table pot_bank add constraint "a bank account belongs to a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);

create table listing_file (
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
  taken_at timestamptz not null default clock_timestamp(),
  constraint "a listing has one id in its place" primary key (place_id, file_id),
  constraint "a listing is taken in once" unique (place_id, body_id, sha256),
  constraint "a listing is of a ledger or of a bank" check (source in ('ledger', 'bank')),
  constraint "a bank statement names its pot" check (source = 'ledger' or pot_id is not null),
  constraint "a listing has a known format" check (format in ('csv', 'xlsx', 'ofx', 'camt053'))
);
alter table listing_file enable row level security;
alter table listing_file force row level security;
create policy "only rows of the place in hand" on listing_file
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on listing_file to onepot_app;
alter table listing_file add constraint "a listing has a body of its place" foreign key (place_id, body_id) references partner (place_id, partner_id);
alter table listing_file add constraint "a listing has a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);

create table listing_line (
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
  constraint "a listing's line has one id in its place" primary key (place_id, line_id),
  constraint "a document's line has one row for each version" unique nulls not distinct (place_id, body_id, source, pot_id, document, document_line, version),
  constraint "versions of a line are counted from one" check (version >= 1)
);
alter table listing_line enable row level security;
alter table listing_line force row level security;
create policy "only rows of the place in hand" on listing_line
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on listing_line to onepot_app;
alter table listing_line add constraint "a line belongs to a listing of its place" foreign key (place_id, file_id) references listing_file (place_id, file_id);
create index listing_line_by_file on listing_line (place_id, file_id, row_number);
create index listing_line_by_day on listing_line (place_id, body_id, source, posted_on);

create table listing_columns (
  place_id integer not null,
  body_id uuid not null,
  heading_hash bytea not null,
  columns jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null default clock_timestamp(),
  constraint "columns are saved once for a body's heading" primary key (place_id, body_id, heading_hash)
);
alter table listing_columns enable row level security;
alter table listing_columns force row level security;
create policy "only rows of the place in hand" on listing_columns
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update on listing_columns to onepot_app;
alter table listing_columns add constraint "saved columns belong to a body of its place" foreign key (place_id, body_id) references partner (place_id, partner_id);

create table listing_upload (
  place_id integer not null,
  upload_id uuid not null,
  body_id uuid not null,
  source text not null,
  pot_id uuid,
  name text not null,
  content bytea not null,
  columns jsonb,
  made_by text not null,
  made_at timestamptz not null default clock_timestamp(),
  constraint "an uploaded listing has one id in its place" primary key (place_id, upload_id)
);
alter table listing_upload enable row level security;
alter table listing_upload force row level security;
create policy "only rows of the place in hand" on listing_upload
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update, delete on listing_upload to onepot_app;
alter table listing_upload add constraint "an uploaded listing has a body of its place" foreign key (place_id, body_id) references partner (place_id, partner_id);
alter table listing_upload add constraint "an uploaded listing has a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);

create table reconciliation_match (
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
  accepted_at timestamptz not null default clock_timestamp(),
  constraint "a match has one id in its place" primary key (place_id, match_id),
  constraint "a match is of a known kind" check (kind in ('one_to_one', 'one_to_many', 'many_to_one', 'contra', 'by_hand')),
  constraint "a match has a known strength" check (strength in ('certain', 'likely', 'possible', 'by_hand'))
);
alter table reconciliation_match enable row level security;
alter table reconciliation_match force row level security;
create policy "only rows of the place in hand" on reconciliation_match
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on reconciliation_match to onepot_app;
alter table reconciliation_match add constraint "a match has a body of its place" foreign key (place_id, body_id) references partner (place_id, partner_id);
alter table reconciliation_match add constraint "a match has a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
create index reconciliation_match_by_pot on reconciliation_match (place_id, pot_id, body_id, source);

create table reconciliation_match_line (
  place_id integer not null,
  line_id uuid not null,
  turn integer not null,
  match_id uuid not null,
  constraint "a line is matched once at a time" primary key (place_id, line_id, turn)
);
alter table reconciliation_match_line enable row level security;
alter table reconciliation_match_line force row level security;
create policy "only rows of the place in hand" on reconciliation_match_line
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on reconciliation_match_line to onepot_app;
alter table reconciliation_match_line add constraint "a matched line belongs to a match of its place" foreign key (place_id, match_id) references reconciliation_match (place_id, match_id);
alter table reconciliation_match_line add constraint "a matched line is a line of its place" foreign key (place_id, line_id) references listing_line (place_id, line_id);
create index reconciliation_match_line_by_match on reconciliation_match_line (place_id, match_id);

create table reconciliation_match_record (
  place_id integer not null,
  body_id uuid not null,
  source text not null,
  record_id uuid not null,
  turn integer not null,
  match_id uuid not null,
  amount_pence bigint not null,
  constraint "a record is matched once at a time" primary key (place_id, body_id, source, record_id, turn)
);
alter table reconciliation_match_record enable row level security;
alter table reconciliation_match_record force row level security;
create policy "only rows of the place in hand" on reconciliation_match_record
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on reconciliation_match_record to onepot_app;
alter table reconciliation_match_record add constraint "a matched record belongs to a match of its place" foreign key (place_id, match_id) references reconciliation_match (place_id, match_id);
create index reconciliation_match_record_by_match on reconciliation_match_record (place_id, match_id);

create table reconciliation_undo (
  place_id integer not null,
  match_id uuid not null,
  reason text not null,
  undone_by text not null,
  undone_at timestamptz not null default clock_timestamp(),
  constraint "a match is undone once" primary key (place_id, match_id)
);
alter table reconciliation_undo enable row level security;
alter table reconciliation_undo force row level security;
create policy "only rows of the place in hand" on reconciliation_undo
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on reconciliation_undo to onepot_app;
alter table reconciliation_undo add constraint "an undoing names a match of its place" foreign key (place_id, match_id) references reconciliation_match (place_id, match_id);

create table reconciliation_signature (
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
  signed_at timestamptz not null default clock_timestamp(),
  constraint "a signature has one id in its place" primary key (place_id, signature_id),
  constraint "a statement is signed once for each part" unique (place_id, body_id, source, pot_id, starts_on, ends_on, content_hash, part),
  constraint "a signature prepares or reviews" check (part in ('prepared', 'reviewed'))
);
alter table reconciliation_signature enable row level security;
alter table reconciliation_signature force row level security;
create policy "only rows of the place in hand" on reconciliation_signature
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on reconciliation_signature to onepot_app;
alter table reconciliation_signature add constraint "a signed statement has a body of its place" foreign key (place_id, body_id) references partner (place_id, partner_id);
alter table reconciliation_signature add constraint "a signed statement has a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);

create table code_mapping (
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
  made_at timestamptz not null default clock_timestamp(),
  constraint "a code has one id in its place" primary key (place_id, mapping_id),
  constraint "a code starts once for what it stands for" unique nulls not distinct (place_id, body_id, pot_id, allocation_id, service_id, starts_on),
  constraint "a subjective group is one of ten" check (subjective_group between 1 and 10),
  constraint "a code ends after it starts" check (ends_on is null or ends_on >= starts_on),
  constraint "a code names a cost centre, an account or a project" check (cost_centre <> '' or subjective <> '' or project <> '')
);
alter table code_mapping enable row level security;
alter table code_mapping force row level security;
create policy "only rows of the place in hand" on code_mapping
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on code_mapping to onepot_app;
grant update (ends_on) on code_mapping to onepot_app;
alter table code_mapping add constraint "a code has a body of its place" foreign key (place_id, body_id) references partner (place_id, partner_id);
alter table code_mapping add constraint "a code has a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
alter table code_mapping add constraint "a code has an allocation of its place" foreign key (place_id, allocation_id) references allocation (place_id, allocation_id);
alter table code_mapping add constraint "a code has a service of its place" foreign key (place_id, service_id) references service (place_id, service_id);

create table outgoing_batch (
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
  made_at timestamptz not null default clock_timestamp(),
  constraint "an outgoing file has one id in its place" primary key (place_id, batch_id),
  constraint "outgoing files are numbered once for each kind" unique (place_id, kind, batch_number),
  constraint "an outgoing file is of a known kind" check (kind in ('payments', 'journal')),
  constraint "a journal names its pot and period" check (kind = 'payments' or (pot_id is not null and starts_on is not null and ends_on is not null))
);
alter table outgoing_batch enable row level security;
alter table outgoing_batch force row level security;
create policy "only rows of the place in hand" on outgoing_batch
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on outgoing_batch to onepot_app;
alter table outgoing_batch add constraint "an outgoing file has a body of its place" foreign key (place_id, body_id) references partner (place_id, partner_id);
alter table outgoing_batch add constraint "an outgoing file has a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
create unique index "a journal is made once" on outgoing_batch (place_id, body_id, pot_id, starts_on, ends_on) where kind = 'journal';

create table payment_request (
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
  constraint "a request has one id in its place" primary key (place_id, request_id),
  constraint "a request has its own number in its place" unique (place_id, request_number),
  constraint "a request has its own reference in its place" unique (place_id, reference),
  constraint "a request is for more than nought" check (net_pence > 0 and vat_pence >= 0),
  constraint "recoverable VAT is part of the VAT" check (vat_recoverable_pence between 0 and vat_pence)
);
alter table payment_request enable row level security;
alter table payment_request force row level security;
create policy "only rows of the place in hand" on payment_request
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on payment_request to onepot_app;
alter table payment_request add constraint "a request draws on a commitment of its place" foreign key (place_id, commitment_id) references commitment (place_id, commitment_id);
alter table payment_request add constraint "a request has a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
alter table payment_request add constraint "a request pays a partner of its place" foreign key (place_id, supplier_id) references partner (place_id, partner_id);
create index payment_request_by_commitment on payment_request (place_id, commitment_id);

create table payment_request_line (
  place_id integer not null,
  request_id uuid not null,
  line_number integer not null,
  words text not null,
  net_pence bigint not null,
  vat_pence bigint not null,
  vat_recoverable_pence bigint not null,
  constraint "a request's line has one number" primary key (place_id, request_id, line_number)
);
alter table payment_request_line enable row level security;
alter table payment_request_line force row level security;
create policy "only rows of the place in hand" on payment_request_line
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on payment_request_line to onepot_app;
alter table payment_request_line add constraint "a request's line belongs to a request of its place" foreign key (place_id, request_id) references payment_request (place_id, request_id);

create table payment_request_event (
  place_id integer not null,
  request_id uuid not null,
  event_number integer not null,
  state text not null,
  effective_on date not null,
  batch_id uuid,
  line_id uuid,
  payment_id uuid,
  reason text not null default '',
  made_by text not null,
  made_at timestamptz not null default clock_timestamp(),
  constraint "a request's events are numbered" primary key (place_id, request_id, event_number),
  constraint "a request is in a known state" check (state in ('requested', 'authorised', 'sent', 'paid', 'cancelled')),
  constraint "a request is sent in a batch" check ((state = 'sent') = (batch_id is not null)),
  constraint "a paid request names its payment" check ((state = 'paid') = (payment_id is not null))
);
alter table payment_request_event enable row level security;
alter table payment_request_event force row level security;
create policy "only rows of the place in hand" on payment_request_event
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on payment_request_event to onepot_app;
alter table payment_request_event add constraint "an event belongs to a request of its place" foreign key (place_id, request_id) references payment_request (place_id, request_id);
alter table payment_request_event add constraint "an event names a batch of its place" foreign key (place_id, batch_id) references outgoing_batch (place_id, batch_id);
alter table payment_request_event add constraint "an event names a payment of its place" foreign key (place_id, payment_id) references payment (place_id, payment_id);
alter table payment_request_event add constraint "an event names a line of its place" foreign key (place_id, line_id) references listing_line (place_id, line_id);
create index payment_request_event_by_batch on payment_request_event (place_id, batch_id) where batch_id is not null;

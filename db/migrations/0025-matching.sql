-- 0025 Matching: what agencies' files say of people, which records are one person, which people are one household, what readers decided of
-- pairs, and what each run learned. All of it is of the family role alone: nothing else of the house can read it, the books least of all.
-- Records are deleted with all that hangs on them when their day comes, so readings may be deleted and never changed.

create table record_file (
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
  brought_at timestamptz not null,
  constraint "a file of records has one id in its place" primary key (place_id, file_id),
  constraint "a file of a source is taken in once under an agreement" unique (place_id, partner_id, source, sha256, agreement_id),
  constraint "the hash of a file of records is of 32 bytes" check (octet_length(sha256) = 32),
  constraint "a file of records has records" check (records > 0 and refused >= 0)
);
alter table record_file enable row level security;
alter table record_file force row level security;
create policy "only rows of the place in hand" on record_file
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, delete on record_file to onepot_family;

create table person_record (
  place_id integer not null,
  record_id uuid not null,
  file_id uuid not null,
  partner_id uuid not null,
  source text not null,
  reference text not null,
  fields jsonb not null,
  delete_on date,
  constraint "a record of a person has one id in its place" primary key (place_id, record_id),
  constraint "a source has one record of a reference" unique (place_id, partner_id, source, reference)
);
alter table person_record enable row level security;
alter table person_record force row level security;
create policy "only rows of the place in hand" on person_record
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update (file_id, fields, delete_on), delete on person_record to onepot_family;
alter table person_record add constraint "a record is of a file" foreign key (place_id, file_id) references record_file (place_id, file_id);
create index person_record_by_file on person_record (place_id, file_id);
create index person_record_by_deletion on person_record (place_id, delete_on);

create table record_upload (
  place_id integer not null,
  upload_id uuid not null,
  partner_id uuid not null,
  agreement_id uuid not null,
  source text not null,
  name text not null,
  content bytea not null,
  columns jsonb,
  made_by text not null,
  made_at timestamptz not null,
  constraint "an uploaded file of records has one id in its place" primary key (place_id, upload_id)
);
alter table record_upload enable row level security;
alter table record_upload force row level security;
create policy "only rows of the place in hand" on record_upload
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update (columns), delete on record_upload to onepot_family;

create table record_columns (
  place_id integer not null,
  partner_id uuid not null,
  heading_hash bytea not null,
  columns jsonb not null,
  constraint "a partner's files of one look have one set of columns" primary key (place_id, partner_id, heading_hash)
);
alter table record_columns enable row level security;
alter table record_columns force row level security;
create policy "only rows of the place in hand" on record_columns
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update (columns) on record_columns to onepot_family;

create table matching_model (
  place_id integer not null,
  model_id uuid not null,
  version integer not null,
  artefact jsonb not null,
  made_at timestamptz not null,
  constraint "a model has one id in its place" primary key (place_id, model_id),
  constraint "a place's models are numbered" unique (place_id, version)
);
alter table matching_model enable row level security;
alter table matching_model force row level security;
create policy "only rows of the place in hand" on matching_model
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on matching_model to onepot_family;

create table matching_run (
  place_id integer not null,
  run_id uuid not null,
  number integer not null,
  agreement_id uuid not null,
  job_id uuid not null,
  asked_by text not null,
  asked_at timestamptz not null,
  threshold double precision not null,
  seed integer not null,
  with_model uuid,
  made_model uuid,
  report jsonb,
  refusal jsonb,
  ended_at timestamptz,
  constraint "a run has one id in its place" primary key (place_id, run_id),
  constraint "a place's runs are numbered" unique (place_id, number),
  constraint "pairs are linked at one half or above" check (threshold >= 0.5 and threshold < 1),
  constraint "a run that ended has a report or a refusal" check ((ended_at is null) = (report is null and refusal is null)),
  constraint "a run is not both done and refused" check (report is null or refusal is null)
);
alter table matching_run enable row level security;
alter table matching_run force row level security;
create policy "only rows of the place in hand" on matching_run
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update (made_model, report, refusal, ended_at) on matching_run to onepot_family;
alter table matching_run add constraint "a run uses a model of its place" foreign key (place_id, with_model) references matching_model (place_id, model_id);
alter table matching_run add constraint "a run makes a model of its place" foreign key (place_id, made_model) references matching_model (place_id, model_id);

create table matched_record (
  place_id integer not null,
  record_id uuid not null,
  run_id uuid not null,
  person_id uuid not null,
  constraint "a record is of one person" primary key (place_id, record_id)
);
alter table matched_record enable row level security;
alter table matched_record force row level security;
create policy "only rows of the place in hand" on matched_record
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, delete on matched_record to onepot_family;
alter table matched_record add constraint "a person is of records" foreign key (place_id, record_id) references person_record (place_id, record_id) on delete cascade;
create index matched_record_by_person on matched_record (place_id, person_id);

create table household_member (
  place_id integer not null,
  household_id uuid not null,
  person_id uuid not null,
  run_id uuid not null,
  known text not null,
  from_day date,
  to_day date,
  record_ids uuid[] not null,
  constraint "a person is of one household on the day of the run" primary key (place_id, person_id),
  constraint "a member was seen there, placed there or followed there" check (known in ('seen', 'placed', 'followed'))
);
alter table household_member enable row level security;
alter table household_member force row level security;
create policy "only rows of the place in hand" on household_member
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, delete on household_member to onepot_family;
create index household_member_by_household on household_member (place_id, household_id);

create table matched_pair (
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
  constraint "two records are one pair" primary key (place_id, left_id, right_id),
  constraint "a pair is of two records in their order" check (left_id < right_id),
  constraint "a probability is between nought and one" check (probability >= 0 and probability <= 1),
  constraint "a pair is worth reading for a reason" check ((why is null) = (worth = 0)),
  constraint "a reason for reading is known" check (why in ('unsure', 'kept_apart', 'bridge', 'sparse', 'fits_two'))
);
alter table matched_pair enable row level security;
alter table matched_pair force row level security;
create policy "only rows of the place in hand" on matched_pair
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, delete on matched_pair to onepot_family;
alter table matched_pair add constraint "a pair's left is a record" foreign key (place_id, left_id) references person_record (place_id, record_id) on delete cascade;
alter table matched_pair add constraint "a pair's right is a record" foreign key (place_id, right_id) references person_record (place_id, record_id) on delete cascade;
create index matched_pair_by_right on matched_pair (place_id, right_id);
create index matched_pair_by_lot on matched_pair (place_id, lot) where linked;
create index matched_pair_worth_reading on matched_pair (place_id, worth desc, lot, left_id) where worth > 0;

create table match_reading (
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
  read_at timestamptz not null,
  constraint "a reading has one id in its place" primary key (place_id, reading_id),
  constraint "a reading is of two records in their order" check (left_id < right_id),
  constraint "a verdict is same, different or cannot tell" check (verdict in ('same', 'different', 'cannot_tell')),
  constraint "a person reads, not a program" check (read_by ~ '^person:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
);
alter table match_reading enable row level security;
alter table match_reading force row level security;
create policy "only rows of the place in hand" on match_reading
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, delete on match_reading to onepot_family;
alter table match_reading add constraint "a reading's left is a record" foreign key (place_id, left_id) references person_record (place_id, record_id) on delete cascade;
alter table match_reading add constraint "a reading's right is a record" foreign key (place_id, right_id) references person_record (place_id, record_id) on delete cascade;
create index match_reading_by_pair on match_reading (place_id, left_id, right_id);
create index match_reading_by_right on match_reading (place_id, right_id);

create table match_reading_undone (
  place_id integer not null,
  reading_id uuid not null,
  undone_by text not null,
  undone_at timestamptz not null,
  constraint "a reading is undone once" primary key (place_id, reading_id)
);
alter table match_reading_undone enable row level security;
alter table match_reading_undone force row level security;
create policy "only rows of the place in hand" on match_reading_undone
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, delete on match_reading_undone to onepot_family;
alter table match_reading_undone add constraint "what is undone is a reading" foreign key (place_id, reading_id) references match_reading (place_id, reading_id) on delete cascade;

create table match_verdict (
  place_id integer not null,
  left_id uuid not null,
  right_id uuid not null,
  state text not null,
  verdict text,
  settled_at timestamptz not null,
  constraint "two records have one verdict" primary key (place_id, left_id, right_id),
  constraint "a verdict is settled, open or waits for a reader" check (state in ('second_reader', 'third_reader', 'open', 'settled')),
  constraint "what is settled is the same or different" check ((state = 'settled') = (verdict is not null) and verdict in ('same', 'different'))
);
alter table match_verdict enable row level security;
alter table match_verdict force row level security;
create policy "only rows of the place in hand" on match_verdict
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update (state, verdict, settled_at), delete on match_verdict to onepot_family;
alter table match_verdict add constraint "a verdict's left is a record" foreign key (place_id, left_id) references person_record (place_id, record_id) on delete cascade;
alter table match_verdict add constraint "a verdict's right is a record" foreign key (place_id, right_id) references person_record (place_id, record_id) on delete cascade;
create index match_verdict_by_right on match_verdict (place_id, right_id);

create table matching_threshold (
  place_id integer not null,
  threshold_id uuid not null,
  probability double precision not null,
  pairs_read integer not null,
  pairs_wrong integer not null,
  at_most double precision not null,
  reason text not null,
  set_by text not null,
  set_at timestamptz not null,
  constraint "a place's threshold has one id" primary key (place_id, threshold_id),
  constraint "what shows without a reader is all but certain" check (probability >= 0.95 and probability < 1),
  constraint "the rate of false merges was measured" check (pairs_read > 0 and pairs_wrong between 0 and pairs_read and at_most > 0 and at_most <= 0.01)
);
alter table matching_threshold enable row level security;
alter table matching_threshold force row level security;
create policy "only rows of the place in hand" on matching_threshold
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on matching_threshold to onepot_family;

create table record_concern (
  place_id integer not null,
  concern_id uuid not null,
  record_id uuid not null,
  concerned boolean not null,
  reason text not null,
  said_by text not null,
  said_at timestamptz not null,
  constraint "what is said of a record has one id" primary key (place_id, concern_id, record_id)
);
alter table record_concern enable row level security;
alter table record_concern force row level security;
create policy "only rows of the place in hand" on record_concern
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, delete on record_concern to onepot_family;
alter table record_concern add constraint "what is said is of a record" foreign key (place_id, record_id) references person_record (place_id, record_id) on delete cascade;
create index record_concern_by_record on record_concern (place_id, record_id);

alter table record_file add constraint "a file of records is of a partner of its place" foreign key (place_id, partner_id) references partner (place_id, partner_id);
alter table record_file add constraint "a file of records comes under an agreement" foreign key (place_id, agreement_id) references sharing_agreement (place_id, agreement_id);
alter table matching_run add constraint "a run is under an agreement" foreign key (place_id, agreement_id) references sharing_agreement (place_id, agreement_id);

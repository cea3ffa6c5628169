-- 0006 Approvals: limits of authority as data, what is prepared by one person, and who else signed it. What was prepared
-- and what was shown never change; an end is written once; that one has expired is read from its day, never stored.

create domain approval_act as text constraint "an act is of a known kind" check (value in (
  'contribution', 'allocation', 'commitment', 'payment', 'reversal', 'virement', 'release', 'credit_note',
  'paid_elsewhere', 'clearing', 'journal', 'accrual', 'carry_forward', 'step', 'close'));
create domain authorising_role as text constraint "a role may authorise"
  check (value in ('finance_officer', 'pool_manager', 'committee_member', 'partner_officer'));
create domain approval_state as text constraint "an approval is in a known state"
  check (value in ('waiting', 'done', 'refused', 'withdrawn', 'stale'));
-- Only people authorise: never a program, and never the operator of the machine.
create domain person_mark as text constraint "a person is named by an id"
  check (value ~ '^person:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$');

create table authority (
  place_id integer not null,
  authority_id uuid not null,
  pot_id uuid,
  act approval_act,
  role authorising_role not null,
  up_to_pence bigint,
  capital boolean not null default false,
  signatures smallint not null default 1,
  scheme text not null default '',
  words text not null default '',
  starts_on date not null,
  ends_on date,
  set_by text not null,
  set_at timestamptz not null default clock_timestamp(),
  ended_by text,
  constraint "a limit has one id in its place" primary key (place_id, authority_id),
  constraint "a limit is more than nought" check (up_to_pence > 0),
  constraint "a limit needs one or two signatures" check (signatures in (1, 2)),
  constraint "a limit ends after it starts" check (ends_on >= starts_on),
  constraint "a limit that has ended was ended by someone" check ((ends_on is null) = (ended_by is null))
);
alter table authority enable row level security;
alter table authority force row level security;
create policy "only rows of the place in hand" on authority
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update (ends_on, ended_by) on authority to onepot_app;
alter table authority add constraint "a limit is for a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);

create table approval (
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
  prepared_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null default clock_timestamp() + interval '28 days',
  state approval_state not null default 'waiting',
  ended_by text,
  ended_at timestamptz,
  reason text not null default '',
  answer jsonb,
  constraint "an approval has one id in its place" primary key (place_id, approval_id),
  constraint "an approval is for nought or more" check (amount_pence >= 0),
  constraint "an approval expires after it is prepared" check (expires_at > prepared_at),
  constraint "what is shown is hashed by SHA-256" check (length(shown_hash) = 32),
  constraint "an approval that has ended was ended by someone" check (
    (state = 'waiting') = (ended_by is null) and (ended_by is null) = (ended_at is null)),
  constraint "an approval has an answer once it is done" check ((state = 'done') = (answer is not null)),
  constraint "nobody authorises what they prepared" check (state not in ('done', 'refused') or ended_by <> prepared_by),
  constraint "only who prepared it withdraws it" check (state <> 'withdrawn' or ended_by = prepared_by)
);
alter table approval enable row level security;
alter table approval force row level security;
create policy "only rows of the place in hand" on approval
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update (state, ended_by, ended_at, reason, answer) on approval to onepot_app;
alter table approval add constraint "an approval is for a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
alter table approval add constraint "an approval is for an area of its place" foreign key (place_id, area_id) references area (place_id, area_id);
create index approval_by_state on approval (place_id, state, prepared_at desc);
create index approval_by_pot on approval (place_id, pot_id);

create table approval_signature (
  place_id integer not null,
  approval_id uuid not null,
  signature_number smallint not null,
  signed_by person_mark not null,
  role authorising_role not null,
  signed_at timestamptz not null default clock_timestamp(),
  shown_hash bytea not null,
  constraint "a signature has one number in its approval" primary key (place_id, approval_id, signature_number),
  constraint "nobody signs twice" unique (place_id, approval_id, signed_by),
  constraint "there are one or two signatures" check (signature_number in (1, 2))
);
alter table approval_signature enable row level security;
alter table approval_signature force row level security;
create policy "only rows of the place in hand" on approval_signature
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on approval_signature to onepot_app;
alter table approval_signature add constraint "a signature is on an approval of its place" foreign key (place_id, approval_id) references approval (place_id, approval_id);

-- 0012 What happens to an allocation and a commitment after they are made: virements, money set aside before an order, stages of
-- payment, releases, expiry, credit notes. Each that moves money is a transfer of its own kind beside its record.

create table virement (
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
  constraint "a virement has one id in its place" primary key (place_id, virement_id),
  constraint "a virement is more than nought" check (amount_pence > 0),
  constraint "a virement is between two allocations" check (from_allocation_id <> to_allocation_id)
);
alter table virement enable row level security;
alter table virement force row level security;
create policy "only rows of the place in hand" on virement
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on virement to onepot_app;
alter table virement add constraint "a virement is within a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
alter table virement add constraint "a virement leaves an allocation of its place" foreign key (place_id, from_allocation_id) references allocation (place_id, allocation_id);
alter table virement add constraint "a virement reaches an allocation of its place" foreign key (place_id, to_allocation_id) references allocation (place_id, allocation_id);
alter table virement add constraint "a virement is a transfer" foreign key (place_id, transfer_id) references transfer (place_id, transfer_id);
create index virement_by_pot on virement (place_id, pot_id);

create table commitment_release (
  place_id integer not null,
  release_id uuid not null,
  commitment_id uuid not null,
  pot_id uuid not null,
  how text not null,
  amount_pence bigint not null,
  released_on date not null,
  reason text not null,
  transfer_id uuid not null,
  constraint "a release has one id in its place" primary key (place_id, release_id),
  constraint "a release is more than nought" check (amount_pence > 0),
  constraint "a commitment is released in a known way" check (how in ('released', 'expired', 'year_end'))
);
alter table commitment_release enable row level security;
alter table commitment_release force row level security;
create policy "only rows of the place in hand" on commitment_release
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on commitment_release to onepot_app;
alter table commitment_release add constraint "a release is of a commitment of its place" foreign key (place_id, commitment_id) references commitment (place_id, commitment_id);
alter table commitment_release add constraint "a release is a transfer" foreign key (place_id, transfer_id) references transfer (place_id, transfer_id);
create index commitment_release_by_commitment on commitment_release (place_id, commitment_id);
create index commitment_release_by_pot on commitment_release (place_id, pot_id);

create table credit_note (
  place_id integer not null,
  credit_note_id uuid not null,
  payment_id uuid not null,
  commitment_id uuid not null,
  pot_id uuid not null,
  amount_pence bigint not null,
  credited_on date not null,
  reference text not null default '',
  reason text not null,
  transfer_id uuid not null,
  constraint "a credit note has one id in its place" primary key (place_id, credit_note_id),
  constraint "a credit note is more than nought" check (amount_pence > 0)
);
alter table credit_note enable row level security;
alter table credit_note force row level security;
create policy "only rows of the place in hand" on credit_note
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on credit_note to onepot_app;
alter table credit_note add constraint "a credit note is on a payment of its place" foreign key (place_id, payment_id) references payment (place_id, payment_id);
alter table credit_note add constraint "a credit note is a transfer" foreign key (place_id, transfer_id) references transfer (place_id, transfer_id);
create index credit_note_by_payment on credit_note (place_id, payment_id);
create index credit_note_by_commitment on credit_note (place_id, commitment_id);
create index credit_note_by_pot on credit_note (place_id, pot_id);

create table precommitment (
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
  constraint "a pre-commitment has one id in its place" primary key (place_id, precommitment_id),
  constraint "a pre-commitment is more than nought" check (amount_pence > 0),
  constraint "a pre-commitment ends after it is made" check (ends_on >= made_on)
);
alter table precommitment enable row level security;
alter table precommitment force row level security;
create policy "only rows of the place in hand" on precommitment
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on precommitment to onepot_app;
alter table precommitment add constraint "a pre-commitment is in an allocation of its place" foreign key (place_id, allocation_id) references allocation (place_id, allocation_id);
alter table precommitment add constraint "a pre-commitment is for a service of its place" foreign key (place_id, service_id) references service (place_id, service_id);
alter table precommitment add constraint "a pre-commitment is to a partner of its place" foreign key (place_id, supplier_id) references partner (place_id, partner_id);
create index precommitment_by_allocation on precommitment (place_id, allocation_id);

create table commitment_stage (
  place_id integer not null,
  commitment_id uuid not null,
  stage_number integer not null,
  words text not null,
  due_on date not null,
  amount_pence bigint not null,
  constraint "the stages of a commitment are numbered" primary key (place_id, commitment_id, stage_number),
  constraint "a stage is more than nought" check (amount_pence > 0)
);
alter table commitment_stage enable row level security;
alter table commitment_stage force row level security;
create policy "only rows of the place in hand" on commitment_stage
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on commitment_stage to onepot_app;
alter table commitment_stage add constraint "a stage is of a commitment of its place" foreign key (place_id, commitment_id) references commitment (place_id, commitment_id);


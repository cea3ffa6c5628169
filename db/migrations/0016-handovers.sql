-- 0016 Money between a pot and its part: a pot hands part of what is not allocated to one of its parts, and the part hands it back.
-- A transfer of its own kind from the one pot's accounts to the other's, stream by stream, with its record beside it.

alter domain transfer_kind drop constraint "a transfer is of a known kind";
alter domain transfer_kind add constraint "a transfer is of a known kind" check (value in (
  'contribution', 'allocation', 'commitment', 'payment', 'transfer', 'reversal', 'virement', 'release', 'credit_note',
  'paid_elsewhere', 'clearing', 'journal', 'accrual', 'carry_forward', 'handover'));
alter domain approval_act drop constraint "an act is of a known kind";
alter domain approval_act add constraint "an act is of a known kind" check (value in (
  'contribution', 'allocation', 'commitment', 'payment', 'reversal', 'virement', 'release', 'credit_note',
  'paid_elsewhere', 'clearing', 'journal', 'accrual', 'carry_forward', 'step', 'close', 'handover'));

create table handover (
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
  constraint "a handover has one id in its place" primary key (place_id, handover_id),
  constraint "a handover is more than nought" check (amount_pence > 0),
  constraint "a handover is between two pots" check (pot_id <> to_pot_id)
);
alter table handover enable row level security;
alter table handover force row level security;
create policy "only rows of the place in hand" on handover
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on handover to onepot_app;
alter table handover add constraint "a handover leaves a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
alter table handover add constraint "a handover reaches a pot of its place" foreign key (place_id, to_pot_id) references pot (place_id, pot_id);
alter table handover add constraint "a handover is a transfer" foreign key (place_id, transfer_id) references transfer (place_id, transfer_id);
create index handover_by_pot on handover (place_id, pot_id);
create index handover_by_receiver on handover (place_id, to_pot_id);

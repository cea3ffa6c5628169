-- 0009 Periods: what was explained when one was closed, accruals with the transfers that take them back, the lines of a payment
-- with their VAT, variances explained, statements sent, and the year end: each pot's rule, what was carried, closing figures.

-- What was not done when a period was closed for good, and why it was closed all the same.
create table period_explanation (
  place_id integer not null,
  book ledger_book not null,
  period text not null,
  item text not null,
  words text not null,
  explained_by text not null,
  explained_at timestamptz not null default clock_timestamp(),
  constraint "an item is explained once when its period closes" primary key (place_id, book, period, item),
  constraint "an explanation says something" check (length(words) > 0)
);
alter table period_explanation enable row level security;
alter table period_explanation force row level security;
create policy "only rows of the place in hand" on period_explanation
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on period_explanation to onepot_app;

-- Cost moved between periods: one transfer on the last day of a period, its opposite on the first day of the next.
create table accrual (
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
  words text not null default '',
  reference text not null default '',
  transfer_id uuid not null,
  back_transfer_id uuid not null,
  constraint "an accrual has one id in its place" primary key (place_id, accrual_id),
  constraint "an accrual is of a known kind" check (kind in ('accrual', 'prepayment', 'debtor', 'receipt_in_advance')),
  constraint "an accrual is not nought" check (amount_pence <> 0),
  constraint "an accrual comes back the day after its period" check (back_on = effective_on + 1)
);
alter table accrual enable row level security;
alter table accrual force row level security;
create policy "only rows of the place in hand" on accrual
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on accrual to onepot_app;
alter table accrual add constraint "an accrual is of a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
alter table accrual add constraint "an accrual is of a stream of its place" foreign key (place_id, stream_id) references stream (place_id, stream_id);
alter table accrual add constraint "an accrual is with a partner of its place" foreign key (place_id, counterparty_id) references partner (place_id, partner_id);
alter table accrual add constraint "an accrual is for a service of its place" foreign key (place_id, service_id) references service (place_id, service_id);
alter table accrual add constraint "an accrual is a transfer" foreign key (place_id, transfer_id) references transfer (place_id, transfer_id);
alter table accrual add constraint "an accrual is taken back by a transfer" foreign key (place_id, back_transfer_id) references transfer (place_id, transfer_id);
create index accrual_by_pot on accrual (place_id, pot_id, effective_on);
create index accrual_by_counterparty on accrual (place_id, counterparty_id, effective_on);

-- The pot bears the net amount and the VAT that nobody recovers (VAT Government and Public Bodies manual, VATGPB6640).
create table payment_line (
  place_id integer not null,
  payment_id uuid not null,
  line smallint not null,
  net_pence bigint not null,
  vat_pence bigint not null,
  recoverable_pence bigint not null,
  subjective_group text,
  words text not null default '',
  constraint "a payment's lines are numbered" primary key (place_id, payment_id, line),
  constraint "VAT and what is recovered have the sign of the line" check (
    (net_pence >= 0 and vat_pence >= 0 and recoverable_pence between 0 and vat_pence)
    or (net_pence <= 0 and vat_pence <= 0 and recoverable_pence between vat_pence and 0))
);
alter table payment_line enable row level security;
alter table payment_line force row level security;
create policy "only rows of the place in hand" on payment_line
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on payment_line to onepot_app;
alter table payment_line add constraint "a line is of a payment of its place" foreign key (place_id, payment_id) references payment (place_id, payment_id);

-- What was paid before is one line each, of the two amounts that were known.
do $$
declare
  one record;
begin
  for one in select place_id from place loop
    perform set_config('app.place_id', one.place_id::text, true);
    insert into payment_line (place_id, payment_id, line, net_pence, vat_pence, recoverable_pence)
      select place_id, payment_id, 1, amount_pence, vat_recovered_pence, vat_recovered_pence from payment;
  end loop;
  perform set_config('app.place_id', '', true);
end
$$;

-- Why an allocation's spending stands so far from its budget at the end of a quarter; the last one said counts.
create table variance_explanation (
  place_id integer not null,
  explanation_id uuid not null,
  allocation_id uuid not null,
  quarter text not null,
  words text not null,
  explained_by text not null,
  explained_at timestamptz not null default clock_timestamp(),
  constraint "an explanation has one id in its place" primary key (place_id, explanation_id),
  constraint "a variance is explained in words" check (length(words) > 0)
);
alter table variance_explanation enable row level security;
alter table variance_explanation force row level security;
create policy "only rows of the place in hand" on variance_explanation
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on variance_explanation to onepot_app;
alter table variance_explanation add constraint "a variance is of an allocation of its place" foreign key (place_id, allocation_id) references allocation (place_id, allocation_id);
create index variance_explanation_by_allocation on variance_explanation (place_id, allocation_id, quarter, explanation_id);

-- A partner's statement of a quarter as it went out: the hash of its figures, and the block that held them.
create table partner_statement (
  place_id integer not null,
  statement_id uuid not null,
  partner_id uuid not null,
  quarter text not null,
  figures_hash bytea not null,
  block_number bigint,
  sent_by text not null,
  sent_at timestamptz not null default clock_timestamp(),
  constraint "a statement has one id in its place" primary key (place_id, statement_id)
);
alter table partner_statement enable row level security;
alter table partner_statement force row level security;
create policy "only rows of the place in hand" on partner_statement
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on partner_statement to onepot_app;
alter table partner_statement add constraint "a statement is of a partner of its place" foreign key (place_id, partner_id) references partner (place_id, partner_id);
create index partner_statement_by_partner on partner_statement (place_id, partner_id, quarter);

-- What happens at the year end to money that is left in a pot, from a day on; without one it is carried forward.
create table pot_year_rule (
  place_id integer not null,
  pot_id uuid not null,
  starts_on date not null,
  rule text not null,
  source text not null,
  set_by text not null,
  set_at timestamptz not null default clock_timestamp(),
  constraint "a pot's rule for the year end starts once" primary key (place_id, pot_id, starts_on),
  constraint "what is left is carried forward or goes back" check (rule in ('carry_forward', 'return_to_funder'))
);
alter table pot_year_rule enable row level security;
alter table pot_year_rule force row level security;
create policy "only rows of the place in hand" on pot_year_rule
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on pot_year_rule to onepot_app;
alter table pot_year_rule add constraint "a rule is of a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);

create table year_end (
  place_id integer not null,
  year_end_id uuid not null,
  book ledger_book not null,
  year text not null,
  balance_hash bytea not null,
  entries bigint not null,
  made_by text not null,
  made_at timestamptz not null default clock_timestamp(),
  constraint "a year end has one id in its place" primary key (place_id, year_end_id),
  constraint "a year of a book ends once" unique (place_id, book, year)
);
alter table year_end enable row level security;
alter table year_end force row level security;
create policy "only rows of the place in hand" on year_end
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on year_end to onepot_app;

-- The closing figures of a year by pot and stream: the opening figures of the next.
create table year_balance (
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
  constraint "a pot and stream close a year once" primary key (place_id, book, year, pot_id, stream_id)
);
alter table year_balance enable row level security;
alter table year_balance force row level security;
create policy "only rows of the place in hand" on year_balance
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on year_balance to onepot_app;
alter table year_balance add constraint "a closing figure is of a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
alter table year_balance add constraint "a closing figure is of a stream of its place" foreign key (place_id, stream_id) references stream (place_id, stream_id);

-- Each commitment that was open at a year end, and what was decided on it.
create table commitment_carried (
  place_id integer not null,
  book ledger_book not null,
  year text not null,
  commitment_id uuid not null,
  decision text not null,
  left_pence bigint not null,
  constraint "a commitment is decided on once a year" primary key (place_id, book, year, commitment_id),
  constraint "an open commitment is carried or released" check (decision in ('carry', 'release')),
  constraint "an open commitment has something left" check (left_pence > 0)
);
alter table commitment_carried enable row level security;
alter table commitment_carried force row level security;
create policy "only rows of the place in hand" on commitment_carried
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on commitment_carried to onepot_app;
alter table commitment_carried add constraint "what is carried is a commitment of its place" foreign key (place_id, commitment_id) references commitment (place_id, commitment_id);

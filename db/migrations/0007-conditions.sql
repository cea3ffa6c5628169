-- 0007 Conditions that a program can decide on, the order in which a pot's streams are drawn on, what would be clawed back,
-- and accounts to resolve: what was paid elsewhere outside a condition or over the funds, with its reasons, until it is cleared.

alter table stream_condition add column terms jsonb;
alter table stream_condition add constraint "the terms of a condition are named values"
  check (terms is null or jsonb_typeof(terms) = 'object');

create table stream_clawback_rule (
  place_id integer not null,
  stream_id uuid not null,
  rule_id uuid not null,
  from_on date not null,
  rule text not null,
  reason text not null,
  set_by text not null,
  set_at timestamptz not null default clock_timestamp(),
  constraint "a clawback rule has one id in its place" primary key (place_id, rule_id),
  constraint "a clawback rule is of a known kind" check (rule in ('none', 'unspent_at_end', 'ineligible', 'both'))
);
alter table stream_clawback_rule enable row level security;
alter table stream_clawback_rule force row level security;
create policy "only rows of the place in hand" on stream_clawback_rule
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on stream_clawback_rule to onepot_app;
alter table stream_clawback_rule add constraint "a clawback rule is of a stream of its place" foreign key (place_id, stream_id) references stream (place_id, stream_id);
create index stream_clawback_rule_by_stream on stream_clawback_rule (place_id, stream_id);

create table pot_draw_order (
  place_id integer not null,
  pot_id uuid not null,
  order_id uuid not null,
  from_on date not null,
  draw_order text not null,
  stream_ids uuid[] not null default '{}',
  reason text not null,
  clause text not null,
  set_by text not null,
  set_at timestamptz not null default clock_timestamp(),
  constraint "a draw order has one id in its place" primary key (place_id, order_id),
  constraint "a draw order is of a known kind" check (draw_order in ('most_restricted', 'oldest_first', 'in_proportion', 'stated_order')),
  constraint "only a stated order names streams" check ((draw_order = 'stated_order') = (cardinality(stream_ids) > 0))
);
alter table pot_draw_order enable row level security;
alter table pot_draw_order force row level security;
create policy "only rows of the place in hand" on pot_draw_order
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on pot_draw_order to onepot_app;
alter table pot_draw_order add constraint "a draw order is of a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
create index pot_draw_order_by_pot on pot_draw_order (place_id, pot_id);

-- Null where a record was made before it was asked: nothing says which it is.
alter table allocation add column capital boolean;
alter table commitment add column capital boolean;
alter table commitment add column subjective_group integer;
alter table commitment add constraint "a commitment's subjective group is one of ten" check (subjective_group between 1 and 10);
alter table payment add column capital boolean;
alter table payment add column subjective_group integer;
alter table payment add constraint "a payment's subjective group is one of ten" check (subjective_group between 1 and 10);

-- What was paid elsewhere may be on no commitment of Onepot's, and part or all of it against accounts to resolve.
alter table payment alter column commitment_id drop not null;
alter table payment add column elsewhere boolean not null default false;
alter table payment add column outside_pence bigint not null default 0;
alter table payment add constraint "only what was paid elsewhere is outside" check (elsewhere or (outside_pence = 0 and commitment_id is not null));
alter table payment add constraint "what is outside is part of the payment" check (outside_pence between 0 and amount_pence);

create table resolve_item (
  place_id integer not null,
  item_id uuid not null,
  pot_id uuid not null,
  payment_id uuid not null,
  transfer_id uuid not null,
  stream_id uuid,
  amount_pence bigint not null,
  reasons jsonb not null,
  arisen_on date not null,
  constraint "an item to resolve has one id in its place" primary key (place_id, item_id),
  constraint "an item to resolve is more than nought" check (amount_pence > 0),
  constraint "an item to resolve has its reasons" check (jsonb_typeof(reasons) = 'array' and jsonb_array_length(reasons) > 0)
);
alter table resolve_item enable row level security;
alter table resolve_item force row level security;
create policy "only rows of the place in hand" on resolve_item
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on resolve_item to onepot_app;
alter table resolve_item add constraint "an item to resolve is of a pot of its place" foreign key (place_id, pot_id) references pot (place_id, pot_id);
alter table resolve_item add constraint "an item to resolve is of a payment of its place" foreign key (place_id, payment_id) references payment (place_id, payment_id);
alter table resolve_item add constraint "an item to resolve is part of a transfer" foreign key (place_id, transfer_id) references transfer (place_id, transfer_id);
alter table resolve_item add constraint "an item to resolve names a stream of its place" foreign key (place_id, stream_id) references stream (place_id, stream_id);
create index resolve_item_by_pot on resolve_item (place_id, pot_id);
create index resolve_item_by_payment on resolve_item (place_id, payment_id);
create index resolve_item_by_transfer on resolve_item (place_id, transfer_id);
create index resolve_item_by_stream on resolve_item (place_id, stream_id) where stream_id is not null;

-- Who bore an item, in one or several parts. A part whose journal was reversed counts no more.
create table resolve_clearing (
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
  constraint "a clearing has one id in its place" primary key (place_id, clearing_id),
  constraint "a clearing is more than nought" check (amount_pence > 0),
  constraint "a clearing names who bears it" check (
    (how = 'from_allocation' and allocation_id is not null and stream_id is null)
    or (how = 'from_stream' and stream_id is not null and allocation_id is null))
);
alter table resolve_clearing enable row level security;
alter table resolve_clearing force row level security;
create policy "only rows of the place in hand" on resolve_clearing
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on resolve_clearing to onepot_app;
alter table resolve_clearing add constraint "a clearing is of an item of its place" foreign key (place_id, item_id) references resolve_item (place_id, item_id);
alter table resolve_clearing add constraint "a clearing draws on an allocation of its place" foreign key (place_id, allocation_id) references allocation (place_id, allocation_id);
alter table resolve_clearing add constraint "a clearing draws on a stream of its place" foreign key (place_id, stream_id) references stream (place_id, stream_id);
alter table resolve_clearing add constraint "a clearing is a transfer" foreign key (place_id, transfer_id) references transfer (place_id, transfer_id);
create index resolve_clearing_by_item on resolve_clearing (place_id, item_id);
create index resolve_clearing_by_allocation on resolve_clearing (place_id, allocation_id) where allocation_id is not null;
create index resolve_clearing_by_transfer on resolve_clearing (place_id, transfer_id);

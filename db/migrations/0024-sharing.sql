-- 0024 Information-sharing agreements, who signed and ended them, and who looked at whom. An agreement never changes: a change is a new
-- agreement that replaces it. The log of views is the family role's alone: it says who looked, when and under which agreement, by ids.

create domain sharing_purpose as text constraint "a purpose of sharing is known"
  check (value in ('find_families', 'support_family', 'evaluation'));
create domain signing_capacity as text constraint "an agreement is signed in a known capacity"
  check (value in ('signatory', 'caldicott_guardian'));

create table sharing_counter (
  place_id integer not null,
  name text not null,
  value bigint not null,
  constraint "a counter of agreements has one name in its place" primary key (place_id, name)
);
alter table sharing_counter enable row level security;
alter table sharing_counter force row level security;
create policy "only rows of the place in hand" on sharing_counter
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert, update on sharing_counter to onepot_app;

create table sharing_agreement (
  place_id integer not null,
  agreement_id uuid not null,
  number integer not null,
  title text not null,
  title_welsh text,
  purposes text[] not null,
  gateway text not null,
  basis text not null,
  special_basis text not null default '',
  crime_basis text not null default '',
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
  prepared_at timestamptz not null default clock_timestamp(),
  constraint "an agreement has one id in its place" primary key (place_id, agreement_id),
  constraint "an agreement has one number in its place" unique (place_id, number),
  constraint "an agreement has purposes that are known" check (
    cardinality(purposes) > 0 and purposes <@ array['find_families', 'support_family', 'evaluation']),
  constraint "an agreement allows at least one field" check (cardinality(fields) > 0),
  constraint "an agreement names its gateway and basis" check (gateway <> '' and basis <> ''),
  constraint "an agreement names its assessment and privacy notice" check (assessment <> '' and privacy_notice <> ''),
  constraint "records of people not concerned are kept ten years at most" check (keep_days between 1 and 3660),
  constraint "an agreement is reviewed before it ends" check (starts_on < review_on and review_on <= ends_on)
);
alter table sharing_agreement enable row level security;
alter table sharing_agreement force row level security;
create policy "only rows of the place in hand" on sharing_agreement
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on sharing_agreement to onepot_app;
alter table sharing_agreement add constraint "an agreement replaces one of its place" foreign key (place_id, replaces_id) references sharing_agreement (place_id, agreement_id);

create table sharing_party (
  place_id integer not null,
  agreement_id uuid not null,
  partner_id uuid not null,
  sends boolean not null,
  receives boolean not null,
  health boolean not null default false,
  constraint "a partner is a party once" primary key (place_id, agreement_id, partner_id),
  constraint "a party sends or receives" check (sends or receives),
  constraint "health data comes from whoever sends" check (sends or not health)
);
alter table sharing_party enable row level security;
alter table sharing_party force row level security;
create policy "only rows of the place in hand" on sharing_party
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on sharing_party to onepot_app;
alter table sharing_party add constraint "a party is to an agreement of its place" foreign key (place_id, agreement_id) references sharing_agreement (place_id, agreement_id);
alter table sharing_party add constraint "a party is a partner of its place" foreign key (place_id, partner_id) references partner (place_id, partner_id);

create table sharing_signature (
  place_id integer not null,
  agreement_id uuid not null,
  partner_id uuid not null,
  capacity signing_capacity not null,
  signed_by person_mark not null,
  signed_on date not null,
  on_paper text not null default '',
  signed_at timestamptz not null default clock_timestamp(),
  constraint "a partner signs once in each capacity" primary key (place_id, agreement_id, partner_id, capacity)
);
alter table sharing_signature enable row level security;
alter table sharing_signature force row level security;
create policy "only rows of the place in hand" on sharing_signature
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on sharing_signature to onepot_app;
alter table sharing_signature add constraint "whoever signs is a party" foreign key (place_id, agreement_id, partner_id) references sharing_party (place_id, agreement_id, partner_id);

create table sharing_end (
  place_id integer not null,
  agreement_id uuid not null,
  ended_on date not null,
  reason text not null,
  replaced_by uuid,
  ended_by text not null,
  ended_at timestamptz not null default clock_timestamp(),
  constraint "an agreement ends once" primary key (place_id, agreement_id),
  constraint "an end has a reason" check (reason <> '' or replaced_by is not null)
);
alter table sharing_end enable row level security;
alter table sharing_end force row level security;
create policy "only rows of the place in hand" on sharing_end
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on sharing_end to onepot_app;
alter table sharing_end add constraint "an end is of an agreement of its place" foreign key (place_id, agreement_id) references sharing_agreement (place_id, agreement_id);
alter table sharing_end add constraint "an agreement is replaced by one of its place" foreign key (place_id, replaced_by) references sharing_agreement (place_id, agreement_id);

-- No names: whoever looked is a mark, what they looked at ids.
create table view_log (
  place_id integer not null,
  view_id uuid not null,
  viewer text not null,
  partner_id uuid,
  agreement_id uuid not null,
  purpose sharing_purpose not null,
  kind text not null,
  ids text[] not null,
  viewed_on date not null,
  viewed_at timestamptz not null default clock_timestamp(),
  constraint "a view has one id in its place" primary key (place_id, view_id),
  constraint "what is looked at is of a known kind" check (kind in ('pair', 'record', 'person', 'household', 'file')),
  constraint "a view is of something, by ids" check (cardinality(ids) between 1 and 1000)
);
alter table view_log enable row level security;
alter table view_log force row level security;
create policy "only rows of the place in hand" on view_log
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on view_log to onepot_family;
alter table view_log add constraint "a view is under an agreement of its place" foreign key (place_id, agreement_id) references sharing_agreement (place_id, agreement_id);
create index view_log_by_moment on view_log (place_id, viewed_at desc, view_id desc);

-- What the application may know of the log without the family role: the ids of views that no agreement covered when they were made. A
-- transaction ends within a minute, so a view that began before the agreement ended may be written so much after it.
create function views_outside_agreements() returns table (view_id uuid, fault text)
  language sql stable security definer
  set search_path = public, pg_temp
as $$
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
$$;
revoke execute on function views_outside_agreements() from public;
grant execute on function views_outside_agreements() to onepot_app;

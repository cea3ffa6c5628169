-- 0019 Credit notes line by line: which line of its payment each gives back, with the VAT and what of it had been recovered. Credit
-- notes from before have one amount and no lines: nobody can tell which lines they were of, so none are made up for them.

alter table credit_note add constraint "a credit note is on one payment" unique (place_id, credit_note_id, payment_id);

-- The pot gets back the net amount and the VAT that nobody recovered, as it bore them (VATGPB6640). The payment is named again, so
-- that the database itself knows that the line is one of the payment's own.
create table credit_note_line (
  place_id integer not null,
  credit_note_id uuid not null,
  payment_id uuid not null,
  line smallint not null,
  net_pence bigint not null,
  vat_pence bigint not null,
  recoverable_pence bigint not null,
  constraint "a credit note names a line once" primary key (place_id, credit_note_id, line),
  constraint "a credited line gives something back" check (net_pence <> 0 or vat_pence <> 0),
  constraint "credited VAT and what was recovered have the sign of the line" check (
    (net_pence >= 0 and vat_pence >= 0 and recoverable_pence between 0 and vat_pence)
    or (net_pence <= 0 and vat_pence <= 0 and recoverable_pence between vat_pence and 0))
);
alter table credit_note_line enable row level security;
alter table credit_note_line force row level security;
create policy "only rows of the place in hand" on credit_note_line
  using (place_id = nullif(current_setting('app.place_id', true), '')::integer);
grant select, insert on credit_note_line to onepot_app;
alter table credit_note_line add constraint "a credited line is of a credit note of its payment" foreign key (place_id, credit_note_id, payment_id) references credit_note (place_id, credit_note_id, payment_id);
alter table credit_note_line add constraint "a credited line is a line of its payment" foreign key (place_id, payment_id, line) references payment_line (place_id, payment_id, line);
create index credit_note_line_by_payment on credit_note_line (place_id, payment_id);

-- They are held by the chain like the payment's own lines (0017).
insert into held_subject (subject, source, key_names, column_names, ended)
select one.subject, one.source, string_to_array(one.keys, ','), (
         select array_agg(a.attname::text order by a.attname)
           from pg_attribute a
          where a.attrelid = one.source::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> 'place_id'), null
  from (values
    ('credit_line', 'credit_note_line', 'credit_note_id,line', '', null)
  ) as one (subject, source, keys, left_out, ended);

-- held_now, as before, of the subjects that there are now.
do $$
declare
  one held_subject;
  branches text[] := '{}';
begin
  for one in select * from held_subject order by subject loop
    branches := branches || format(E'  select r.place_id, %1$L, held_key(to_jsonb(r), %2$L), to_jsonb(r) from %3$I r\n   where (p_subjects is null or %1$L = any (p_subjects))%4$s',
      one.subject, one.key_names, one.source, coalesce(' and ' || one.ended, ''));
  end loop;
  branches := branches || E'  select h.place_id, h.subject, h.row_key, ''{}''::jsonb from held_row h\n   where h.subject = ''since'' and (p_subjects is null or ''since'' = any (p_subjects))'::text;
  execute format(E'create or replace function held_now(p_subjects text[]) returns table (place_id integer, subject text, row_key text, content jsonb)\n  language sql stable\n  set timezone = ''UTC''\n  set bytea_output = ''hex''\nas %L',
    E'\n' || array_to_string(branches, E'\n  union all\n') || E'\n');
end
$$;

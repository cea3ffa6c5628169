-- 0018 Accruals taken back: which one an accrual takes back is kept, so that it is taken back once, whatever else there is of the same
-- partner, pot, stream and kind. Accruals from before this migration name none.
alter table accrual add column takes_back_id uuid;
alter table accrual add constraint "an accrual takes back one of its place"
  foreign key (place_id, takes_back_id) references accrual (place_id, accrual_id);
alter table accrual add constraint "an accrual is taken back once" unique (place_id, takes_back_id);
alter table accrual add constraint "an accrual takes back another" check (takes_back_id <> accrual_id);

-- What is held of an accrual from now on; rows that are held already keep the names of the columns that were hashed.
update held_subject
   set column_names = (select array_agg(name order by name collate "C") from unnest(column_names || array['takes_back_id']) as c (name))
 where subject = 'accrual';

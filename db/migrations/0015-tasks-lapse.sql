-- 0015 Tasks that the house makes itself: they lead to a page of the place, lapse by themselves at a moment, and end with
-- what they are about.

alter table task add column path text;
alter table task add column lapses_at timestamptz;
alter table task add constraint "a task leads to a page of its place" check (path like '/%');
create index task_by_record on task (place_id, record_id) where done_at is null;

-- 0023 The count of a published election by the rule that its place decided on stays as long as the file: it is the result. And what
-- would have changed the answer about one project is work of its own.

alter table election_work add column stays boolean not null default false;
update election_work w set stays = true from election_file f
 where f.file_id = w.file_id and f.slug is not null and w.job_id is null;
alter table election_work drop constraint "an election file is read, counted, compared or verified";
alter table election_work add constraint "an election file is read, counted, compared, verified or changed" check (
  kind in ('read', 'count', 'compare', 'verify', 'change'));

-- 0020 Elections: files that anyone brings to be checked and counted, and those that places publish. A brought file belongs to no
-- place and to nobody: whoever has its address, of which only the hash is kept, may look, and it is forgotten within a day.

create table election_file (
  file_id uuid not null,
  address_hash bytea not null,
  name text not null,
  sha256 bytea not null,
  content bytea not null,
  brought_at timestamptz not null,
  forget_at timestamptz,
  place_id integer,
  publisher jsonb,
  slug text,
  title text,
  title_welsh text,
  made_up boolean not null default false,
  rule jsonb,
  constraint "an election file has one id" primary key (file_id),
  constraint "an election file is known by the hash of its address" unique (address_hash),
  constraint "a published election has its own address" unique (slug),
  constraint "the hash of an address is of 32 bytes" check (octet_length(address_hash) = 32),
  constraint "the hash of an election file is of 32 bytes" check (octet_length(sha256) = 32),
  constraint "an election file has 16 MiB at most" check (octet_length(content) <= 16777216),
  constraint "a brought file is forgotten within a day" check (forget_at <= brought_at + interval '1 day'),
  constraint "a file is published by a place, or forgotten" check (
    (place_id is null) = (forget_at is not null) and (place_id is null) = (publisher is null) and (place_id is null) = (slug is null) and (place_id is null) = (title is null)),
  constraint "an election's address is lower case words" check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
grant select, insert, update, delete on election_file to onepot_app;
alter table election_file add constraint "a published election belongs to a place" foreign key (place_id) references place (place_id);
create index election_file_to_forget on election_file (forget_at);

create table election_work (
  file_id uuid not null,
  work_key text not null,
  kind text not null,
  asked json not null,
  job_id uuid,
  asked_at timestamptz not null,
  seen_at timestamptz not null,
  answer text,
  constraint "a file is worked on once in each way" primary key (file_id, work_key),
  constraint "work is done, or is done by a job" check (answer is not null or job_id is not null),
  constraint "an election file is read, counted, compared or verified" check (kind in ('read', 'count', 'compare', 'verify'))
);
grant select, insert, update, delete on election_work to onepot_app;
alter table election_work add constraint "work is on a file" foreign key (file_id) references election_file (file_id) on delete cascade;
alter table election_work add constraint "work is done by a job" foreign key (job_id) references job (job_id);

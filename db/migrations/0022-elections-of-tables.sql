-- 0022 An election may be brought as two CSV files. Until they are read they stand one after the other, with what the form said of
-- them; then one Pabulib file takes their place, and `csv` is null.

alter table election_file add column csv jsonb;
alter table election_file add constraint "tables of an election are brought" check (csv is null or forget_at is not null);

-- Names the packs that are live: another name whenever one of them is exchanged, so that a process knows whether the
-- list it has made of them still holds (sync 10).
alter table catalogue_progress add column edition uuid not null default gen_random_uuid();

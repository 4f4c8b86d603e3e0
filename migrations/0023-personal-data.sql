-- Where lasting keys (blind indexes, web push) come from since the first rotation of the master key, wrapped by today's.
create table key_root (
	only_row boolean primary key default true check (only_row),
	wrapped bytea not null,
	master_id text not null
);
alter table key_root enable row level security;
alter table key_root force row level security;
create policy key_root_system on key_root using (actor_is_system()) with check (actor_is_system());
grant select, insert, update on key_root to san_app;
create index person_keys_by_master on person_keys (master_id) where wrapped is not null;

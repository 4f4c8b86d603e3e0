-- The province as data. `rule_packs` keeps the whole pack; the tables beside it are what rows refer to and lock.
create table rule_packs (
	id text primary key,
	pack jsonb not null,
	loaded_at timestamptz not null default now()
);

create table agencies (
	id text primary key,
	name text not null,
	kind text not null check (kind in ('department', 'board', 'association', 'operator')),
	successor_id text references agencies (id) deferrable initially deferred,
	effective_from date not null,
	effective_to date
);

create table sectors (
	id text primary key,
	name text not null,
	agency_id text not null references agencies (id),
	effective_from date not null,
	effective_to date
);

create table categories (
	id text primary key,
	name text not null,
	sector_id text not null references sectors (id)
);

create table wards (
	code text primary key,
	name text not null,
	formerly text[] not null default '{}'
);

grant select on rule_packs, agencies, categories, wards to san_app;
-- FOR SHARE asks for the right to update; the app only ever locks this row.
grant select, update (effective_to) on sectors to san_app;

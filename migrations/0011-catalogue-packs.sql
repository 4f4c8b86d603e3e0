-- The public catalogue in packs (sync 10): immutable chunks that a device takes instead of a page of the feed at a time.
-- Everything here is made from the feed by a job and may be thrown away: it is made again.

-- How far the job has come. No row = nothing was packed yet.
create table catalogue_progress (
	only_row boolean primary key default true check (only_row),
	-- Of the feed that the packs were made from; another one makes them worthless (sync 13).
	epoch uuid not null,
	-- The horizon when the first row was taken: tombstones below it are of nothing that was ever taken (sync 9).
	since bigint not null,
	-- Every change up to here has its place in a slot.
	taken_version bigint not null default 0,
	taken_id text not null default '',
	-- Every public change below it is in the live packs; the pull goes on from here. 0 = nothing is live.
	version bigint not null default 0,
	published_at timestamptz
);

-- What becomes one pack: goods of one sector, of wards that lie next to each other.
create table catalogue_slots (
	id text primary key,
	sector_id text not null,
	size int not null,
	wards text[] not null,
	-- A member changed since the pack was made.
	dirty boolean not null
);
create index catalogue_slots_room on catalogue_slots (sector_id, size);
create index catalogue_slots_dirty on catalogue_slots (id) where dirty;

-- Which slot a public listing is in; null until it has found one.
create table catalogue_members (
	doc_id text primary key,
	sector_id text not null,
	ward_code text not null,
	approved_at timestamptz not null,
	slot_id text references catalogue_slots (id)
);
create index catalogue_members_of_slot on catalogue_members (slot_id);
create index catalogue_members_homeless on catalogue_members (sector_id, ward_code, doc_id) where slot_id is null;
create index catalogue_members_newest on catalogue_members (approved_at desc, doc_id);

-- The packs: those devices are given, and beside them those that take over all at once. The slot 'first' is the
-- newest goods once more.
create table catalogue_packs (
	slot_id text not null,
	live boolean not null,
	hash text not null check (hash ~ '^[0-9a-f]{64}$'),
	sector_id text not null,
	wards text[] not null,
	rows int not null,
	doc_ids text[] not null,
	bytes int not null,
	-- Compressed, as it travels.
	body bytea not null,
	primary key (slot_id, live)
);
alter table catalogue_packs alter column body set storage external;
create index catalogue_packs_hash on catalogue_packs (hash) where live;

grant select, insert, update, delete, truncate
	on catalogue_progress, catalogue_slots, catalogue_members, catalogue_packs to san_app;

-- What left the catalogue since a version: asked with every manifest and every pack.
create index sync_feed_public_gone on sync_feed (version, doc_id)
	where audience = 'public' and collection = 'listings' and doc is null;

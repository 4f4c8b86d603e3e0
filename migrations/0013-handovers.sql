-- Unsent work of a person whose device broke, brought by a clerk as a file. It waits here for that person's yes (sync 15).
create table handovers (
	id uuid primary key,
	owner_id uuid not null references accounts (id),
	clerk_id uuid not null references accounts (id),
	-- As the post names the clerk in public.
	clerk_name text not null,
	agency_id text not null references agencies (id),
	file_id uuid not null,
	device_id uuid not null,
	state text not null check (state in ('handed_in', 'confirmed', 'declined', 'expired')),
	-- Sealed with the owner's key; gone when all is done, or will never be.
	commands_sealed text,
	photos int not null,
	-- Ids, names and refusal codes, as the log of commands holds them.
	outcomes jsonb not null default '[]',
	handed_in_at timestamptz not null,
	expires_at timestamptz not null,
	answered_at timestamptz,
	check ((state = 'handed_in') = (answered_at is null)),
	check (clerk_id <> owner_id),
	check (state not in ('declined', 'expired') or commands_sealed is null)
);
create unique index handovers_once on handovers (owner_id, file_id) where state in ('handed_in', 'confirmed');
create index handovers_of_owner on handovers (owner_id, handed_in_at desc);
create index handovers_waiting on handovers (expires_at) where state = 'handed_in';
alter table handovers enable row level security;
alter table handovers force row level security;
create policy handovers_seen on handovers for select
	using (owner_id::text = current_actor() or clerk_id::text = current_actor() or actor_is_system());
create policy handovers_brought on handovers for insert with check (clerk_id::text = current_actor());
-- The clerk who brought it changes nothing any more.
create policy handovers_answered on handovers for update
	using (owner_id::text = current_actor() or actor_is_system())
	with check (owner_id::text = current_actor() or actor_is_system());
grant select, insert, update on handovers to san_app;

-- Photos and voice notes of such a file, kept by the clerk who sent their bytes: knowing a name or a file opens
-- nothing (sync 5). `kept` says where the renditions, or the sound, lie in the file store.
create table handover_blobs (
	clerk_id uuid not null references accounts (id),
	file_id uuid not null,
	sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
	kept jsonb not null,
	at timestamptz not null,
	primary key (clerk_id, file_id, sha256)
);
create index handover_blobs_at on handover_blobs (at);
alter table handover_blobs enable row level security;
alter table handover_blobs force row level security;
create policy handover_blobs_own on handover_blobs
	using (clerk_id::text = current_actor() or actor_is_system())
	with check (clerk_id::text = current_actor() or actor_is_system());
grant select, insert, delete on handover_blobs to san_app;

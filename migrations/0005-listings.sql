create table uploads (
	id uuid primary key,
	owner_id uuid not null references accounts (id),
	-- As the device named it; checked against the bytes before `stored`.
	sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
	state text not null check (state in ('receiving', 'stored', 'refused')),
	refusal text,
	-- Where the re-encoded renditions lie in the file store.
	thumb_key text,
	detail_key text,
	width int,
	height int,
	bytes bigint not null default 0,
	created_at timestamptz not null default now(),
	stored_at timestamptz,
	check (state <> 'stored' or (thumb_key is not null and detail_key is not null))
);
create unique index uploads_of_owner on uploads (owner_id, sha256);
alter table uploads enable row level security;
alter table uploads force row level security;
-- A known hash opens nothing: another member's upload does not exist for the actor (sync 5).
create policy uploads_own on uploads
	using (owner_id::text = current_actor() or actor_is_system())
	with check (owner_id::text = current_actor() or actor_is_system());
grant select, insert, update on uploads to san_app;

create table listings (
	id uuid primary key,
	business_id uuid not null references businesses (id),
	account_id uuid not null references accounts (id),
	state text not null check (state in ('draft', 'submitted', 'returned', 'approved', 'revising',
		'resubmitted', 'revision_returned', 'withdrawn', 'locked')),
	rev int not null check (rev > 0),
	content jsonb not null,
	published_rev int,
	published_content jsonb,
	-- Renditions with random ids, made at approval: [{thumb, detail, width, height}]
	published_photos jsonb,
	published_at timestamptz,
	published_agency_id text references agencies (id),
	sector_id text references sectors (id),
	category_id text references categories (id),
	ward_code text references wards (code),
	-- Stock of the published version, when stated; the check is the last guard of "never below zero".
	stock numeric(12, 3) check (stock >= 0),
	search_text text,
	created_at timestamptz not null,
	updated_at timestamptz not null,
	discarded_at timestamptz,
	-- Nothing is public that was not approved (TG-15.1).
	check (state not in ('approved', 'revising', 'resubmitted', 'revision_returned')
		or (published_rev is not null and published_content is not null and published_at is not null))
);
create index listings_by_business on listings (business_id);
create index listings_public_newest on listings (published_at desc, id)
	where state in ('approved', 'revising', 'resubmitted', 'revision_returned');
create index listings_public_category on listings (category_id, published_at desc, id)
	where state in ('approved', 'revising', 'resubmitted', 'revision_returned');
create index listings_search on listings using gin (search_text gin_trgm_ops);
grant select, insert, update on listings to san_app;

create table listing_versions (
	listing_id uuid not null references listings (id),
	rev int not null,
	content jsonb not null,
	submitted_at timestamptz not null,
	device_time timestamptz not null,
	primary key (listing_id, rev)
);
create trigger listing_versions_append_only before update or delete on listing_versions
	for each row execute function refuse_change();
grant select, insert on listing_versions to san_app;

-- The only files anyone can fetch without signing in. The id is random and says nothing of the upload.
create table public_files (
	id text primary key check (id ~ '^[A-Za-z0-9_-]{22}$'),
	listing_id uuid not null references listings (id),
	thumb_key text not null,
	detail_key text not null,
	live boolean not null default true,
	created_at timestamptz not null default now()
);
create index public_files_of_listing on public_files (listing_id);
grant select, insert, update on public_files to san_app;

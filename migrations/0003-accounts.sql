-- No personal data here: what anyone may lock and look at to decide who may do what.
create table accounts (
	id uuid primary key,
	roles text[] not null default '{buyer}'
		check (roles <@ array['buyer', 'seller', 'officer', 'lead', 'administrator', 'operator']),
	state text not null default 'active' check (state in ('active', 'locked', 'closed')),
	created_at timestamptz not null default now()
);
grant select, insert, update on accounts to san_app;

-- One data key a person, wrapped with the master key. Destroying it erases everything sealed with it.
create table person_keys (
	account_id uuid primary key references accounts (id),
	wrapped bytea,
	master_id text not null,
	created_at timestamptz not null default now(),
	destroyed_at timestamptz,
	check ((wrapped is null) = (destroyed_at is not null))
);
alter table person_keys enable row level security;
alter table person_keys force row level security;
create policy person_keys_need_an_actor on person_keys using (current_actor() is not null);
grant select, insert, update on person_keys to san_app;

-- Every column is sealed with the person's key.
create table account_profiles (
	account_id uuid primary key references accounts (id),
	name_sealed text not null,
	user_name_sealed text,
	phone_sealed text,
	email_sealed text,
	updated_at timestamptz not null default now()
);
alter table account_profiles enable row level security;
alter table account_profiles force row level security;
create policy account_profiles_own on account_profiles
	using (account_id::text = current_actor() or actor_is_system())
	with check (account_id::text = current_actor() or actor_is_system());
grant select, insert, update on account_profiles to san_app;

-- A post in public office carries the officer's name in the open: every decision is named (TG-19.5).
create table posts (
	id uuid primary key default gen_random_uuid(),
	account_id uuid not null references accounts (id),
	agency_id text not null references agencies (id),
	role text not null check (role in ('officer', 'lead')),
	public_name text not null,
	valid_from timestamptz not null default now(),
	valid_to timestamptz
);
create index posts_by_account on posts (account_id);
create index posts_by_agency on posts (agency_id);
grant select, insert, update on posts to san_app;

create table businesses (
	id uuid primary key,
	account_id uuid not null unique references accounts (id),
	name text not null,
	kind text not null check (kind in ('household', 'cooperative', 'enterprise', 'individual')),
	intro text not null default '',
	ward_code text not null references wards (code),
	place text not null default '',
	-- Published by the seller as the way to reach the business (TG-13.3).
	phone text not null default '',
	state text not null default 'pending' check (state in ('pending', 'confirmed', 'locked')),
	confirmed_at timestamptz,
	created_at timestamptz not null default now()
);
grant select, insert, update on businesses to san_app;

-- Sign-in tables hold no personal data and have a role of their own. Column names of sessions are Lucia's.
create table sign_in_accounts (
	id uuid primary key references accounts (id),
	password_hash text not null,
	updated_at timestamptz not null default now()
);
create table sign_in_names (
	-- Blind index: HMAC of the normalised phone, e-mail or user name.
	name_index bytea primary key,
	account_id uuid not null references sign_in_accounts (id),
	kind text not null check (kind in ('phone', 'email', 'user_name'))
);
create table sessions (
	id text primary key,
	user_id uuid not null references sign_in_accounts (id),
	expires_at timestamptz not null,
	device_id uuid,
	created_at timestamptz not null default now()
);
create index sessions_by_user on sessions (user_id);
-- Why a session is gone, so that a device knows whether its work waits (expired) or is kept apart (ended, locked, revoked).
create table ended_sessions (
	id_hash bytea primary key,
	user_id uuid not null,
	reason text not null check (reason in ('expired', 'ended', 'locked', 'revoked')),
	at timestamptz not null default now()
);
create table sign_in_failures (
	name_index bytea not null,
	device text not null,
	at timestamptz not null default now()
);
create index sign_in_failures_recent on sign_in_failures (name_index, device, at);
create table setup_links (
	token_hash bytea primary key,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	used_at timestamptz
);
grant select, insert, update, delete on
	sign_in_accounts, sign_in_names, sessions, ended_sessions, sign_in_failures, setup_links to san_auth;
grant select (id, state) on accounts to san_auth;

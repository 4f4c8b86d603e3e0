-- How a session was opened, and when the person last proved to be there. Staff sessions of before, opened with a
-- password alone, are worth nothing from now on.
alter table sessions
	add column assurance text not null default 'password' check (assurance in ('password', 'totp', 'recovery', 'passkey')),
	add column proven_at timestamptz not null default now();
alter table sign_in_accounts add column second_factor boolean not null default false;
grant select (roles) on accounts to san_auth;

-- A device that signed in well before keeps a budget of failures of its own: nobody locks its owner out (TG-5).
create table known_devices (
	-- SHA-256 of what the device's cookie says.
	device_hash bytea not null,
	account_id uuid not null references sign_in_accounts (id),
	last_at timestamptz not null,
	primary key (device_hash, account_id)
);
-- A whole commune may share one address: it is slowed, never refused. HMAC of the address.
create table address_failures (
	address_index bytea not null,
	at timestamptz not null
);
create index address_failures_recent on address_failures (address_index, at);
-- One question of a passkey, asked once. SHA-256 of it.
create table passkey_challenges (
	challenge_hash bytea primary key,
	account_id uuid references sign_in_accounts (id),
	expires_at timestamptz not null
);
alter table sign_in_failures rename column device to budget;
delete from sign_in_failures;
grant select, insert, update, delete on known_devices, address_failures, passkey_challenges to san_auth;

-- What proves a person beside the password. The secret is sealed with the person's key.
create table totp_factors (
	account_id uuid primary key references accounts (id),
	secret_sealed text not null,
	created_at timestamptz not null,
	-- Null until the first good code shows that the person's app has it.
	confirmed_at timestamptz,
	-- The half minute of the last code that was used: none is good twice.
	last_step bigint not null default 0
);
create table recovery_codes (
	account_id uuid not null references accounts (id),
	code_hash bytea not null,
	used_at timestamptz,
	primary key (account_id, code_hash)
);
create table passkeys (
	id text primary key,
	account_id uuid not null references accounts (id),
	public_key bytea not null,
	counter bigint not null,
	transports text[] not null default '{}',
	name text not null check (length(name) between 1 and 60),
	created_at timestamptz not null,
	last_used_at timestamptz
);
create index passkeys_by_account on passkeys (account_id);
do $$
declare t text;
begin
	foreach t in array array['totp_factors', 'recovery_codes', 'passkeys'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format(
			'create policy %I on %I using (account_id::text = current_actor() or actor_is_system())
			with check (account_id::text = current_actor() or actor_is_system())',
			t || '_own', t);
	end loop;
end $$;
grant select, insert, update, delete on totp_factors, recovery_codes, passkeys to san_app;

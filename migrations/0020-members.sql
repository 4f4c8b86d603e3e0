-- TG-8: a one-time code on its way: to activate an account, to set a new password, to confirm a new phone or e-mail.
-- Until an account exists nobody has a key, so `details_sealed` (name, contact, password hash) is sealed with a key of
-- the exchange. Rows live for a day.
create table code_requests (
	id uuid primary key,
	purpose text not null check (purpose in ('activate', 'reset', 'contact')),
	-- Whose; null before there is an account, and for a request that only looks like one.
	account_id uuid references accounts (id),
	-- Blind index of the phone or e-mail the code goes to.
	target_index bytea not null,
	details_sealed text not null,
	-- HMAC of the code with this request's id: a code is worth nothing beside another request.
	code_hmac bytea not null,
	tries int not null default 0,
	created_at timestamptz not null,
	expires_at timestamptz not null,
	used_at timestamptz
);
create index code_requests_old on code_requests (created_at);
-- The code that activates an account goes to somebody who has none yet.
alter table messages alter column account_id drop not null;
-- Every code that was asked for, whether somebody has that phone or not: the wait before the next one grows with them.
create table code_sendings (
	target_index bytea not null,
	-- HMAC of the address that asked.
	origin_index bytea not null,
	at timestamptz not null
);
create index code_sendings_by_target on code_sendings (target_index, at);
create index code_sendings_by_origin on code_sendings (origin_index, at);

-- LAW-data-consent: what each member agreed to, for which purpose, in which words. Never changed: a consent taken back
-- is one more line.
create table consents (
	id bigint generated always as identity primary key,
	account_id uuid not null references accounts (id),
	purpose text not null,
	text_version text not null,
	given boolean not null,
	how text not null check (how in ('registration', 'profile')),
	at timestamptz not null
);
create index consents_by_account on consents (account_id, purpose, id);
create trigger consents_append_only before update or delete on consents
	for each row execute function refuse_change();
create trigger consents_never_truncated before truncate on consents
	for each statement execute function refuse_change();

-- TG-16.1: "somebody uses my account", for the Board. Ids and counts; what the member wrote is sealed.
create table misuse_reports (
	id uuid primary key,
	number bigint generated always as identity,
	account_id uuid not null references accounts (id),
	note_sealed text,
	sessions_ended int not null,
	at timestamptz not null,
	handled_at timestamptz,
	handled_by uuid references accounts (id)
);
create index misuse_reports_open on misuse_reports (at) where handled_at is null;

do $$
declare t text;
begin
	foreach t in array array['code_requests', 'code_sendings', 'consents', 'misuse_reports'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
	end loop;
	foreach t in array array['code_requests', 'code_sendings'] loop
		execute format('create policy %I on %I using (actor_is_system()) with check (actor_is_system())', t || '_system', t);
	end loop;
	foreach t in array array['consents', 'misuse_reports'] loop
		execute format(
			'create policy %I on %I using (account_id::text = current_actor() or actor_is_system())
			with check (account_id::text = current_actor() or actor_is_system())', t || '_own', t);
	end loop;
end $$;
grant select, insert, update, delete on code_requests to san_app;
grant select, insert, delete on code_sendings to san_app;
grant select, insert on consents to san_app;
grant select, insert, update on misuse_reports to san_app;

-- Whether a member agrees now. Names the system for this reading alone, like find_actor.
create function has_consent(p_account uuid, p_purpose text) returns boolean language plpgsql as $$
declare
	before text := coalesce(current_setting('san.actor', true), '');
	answer boolean;
begin
	perform set_config('san.actor', 'system:consent', true);
	select c.given into answer from consents c
		where c.account_id = p_account and c.purpose = p_purpose order by c.id desc limit 1;
	perform set_config('san.actor', before, true);
	return coalesce(answer, false);
end $$;

-- Where to bring goods and letters; asked when it is first used and not at registration (TG-16.1).
alter table account_profiles add column address_sealed text;

-- The kind of device behind a session and when it was last here, in words like "Chrome · Android": a person knows the
-- own devices by them, and nobody is known by them alone.
create table session_traces (
	session_id text primary key references sessions (id) on delete cascade,
	device_name text not null,
	seen_at timestamptz not null
);
grant select, insert, update, delete on session_traces to san_auth;

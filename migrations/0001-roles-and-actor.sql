-- The app owns nothing: it works as san_app, signing in as san_auth. Roles are cluster-wide, so they may exist.
do $$
declare role_name text;
begin
	foreach role_name in array array['san_app', 'san_auth'] loop
		begin
			execute format('create role %I nologin noinherit', role_name);
		exception when duplicate_object or unique_violation or insufficient_privilege then null;
		end;
		begin
			execute format('grant %I to %I with set true, inherit false', role_name, current_user);
		exception when insufficient_privilege or invalid_grant_operation then null;
		end;
	end loop;
end $$;

create extension if not exists pg_trgm;

grant usage on schema public to san_app, san_auth;
revoke create on schema public from public;

-- Who acts in this transaction. Raises when nobody was named, so that a forgotten actor is a fault and not a hole.
create function current_actor() returns text language plpgsql stable as $$
declare actor text := current_setting('san.actor', true);
begin
	if actor is null or actor = '' then
		raise exception 'no actor is set for this transaction' using errcode = 'insufficient_privilege';
	end if;
	return actor;
end $$;

create function actor_is_system() returns boolean language sql stable as
$$ select current_actor() like 'system:%' $$;

-- Accent-blind form, the same as foldVietnamese in domain/kernel/text.ts; the same vectors test both.
create function fold_vi(value text) returns text language sql immutable parallel safe as
$$ select lower(translate(regexp_replace(normalize(value, NFD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dd')) $$;

create function refuse_change() returns trigger language plpgsql as $$
begin
	raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

-- What a person reads out: 4217 → 42-17.
create function readable_number(n bigint) returns text language sql immutable as
$$ select (n / 100)::text || '-' || lpad((n % 100)::text, 2, '0') $$;

create table exchange (
	only_row boolean primary key default true check (only_row),
	-- Changes with every restore; a device that meets a new one re-reads everything (sync 13).
	epoch uuid not null default gen_random_uuid(),
	pack_id text
);
insert into exchange default values;
grant select on exchange to san_app, san_auth;

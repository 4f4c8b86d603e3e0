-- What devices pull. One row a document and audience; `doc` null = gone from this audience.
create table sync_feed (
	audience text not null,
	collection text not null,
	doc_id text not null,
	-- The writing transaction's id: the only order that, read below the horizon, skips nothing (sync 7).
	version bigint not null,
	doc jsonb,
	primary key (audience, collection, doc_id)
);
create index sync_feed_pull on sync_feed (audience, collection, version, doc_id);
create index sync_feed_doc on sync_feed (collection, doc_id);
grant select on sync_feed to san_app;

-- STABLE on purpose: a VOLATILE one takes a new snapshot and skips rows (sync 7).
create function feed_horizon() returns bigint language sql stable as
$$ select pg_snapshot_xmin(pg_current_snapshot())::text::bigint $$;

-- Writes the given projections of one document and tombstones every other audience that held it.
-- Returns the version. The caller has locked the rows that decide who may see it.
create function feed_publish(p_collection text, p_doc_id text, p_audiences text[], p_docs jsonb[])
returns bigint language plpgsql security definer set search_path = public as $$
declare
	v bigint := pg_current_xact_id()::text::bigint;
begin
	insert into sync_feed as f (audience, collection, doc_id, version, doc)
	select a, p_collection, p_doc_id, v, d from unnest(p_audiences, p_docs) as t (a, d)
	on conflict (audience, collection, doc_id) do update set version = excluded.version, doc = excluded.doc;
	update sync_feed set version = v, doc = null
	where collection = p_collection and doc_id = p_doc_id and doc is not null and audience <> all (p_audiences);
	return v;
end $$;
revoke all on function feed_publish(text, text, text[], jsonb[]) from public;
grant execute on function feed_publish(text, text, text[], jsonb[]) to san_app;

-- Every command ever received: a repeat finds its first outcome here (sync 1).
create table command_log (
	id uuid primary key,
	actor_id uuid not null,
	device_id uuid not null,
	seq bigint not null,
	name text not null,
	input_hash bytea not null,
	-- Sealed with the actor's key; gone after 90 days, the row stays for ever.
	input_sealed text,
	received_at timestamptz not null,
	device_time timestamptz not null,
	version bigint,
	outcome jsonb not null
);
create index command_log_received on command_log (received_at);
alter table command_log enable row level security;
alter table command_log force row level security;
create policy command_log_own on command_log
	using (actor_id::text = current_actor() or actor_is_system())
	with check (actor_id::text = current_actor() or actor_is_system());
grant select, insert on command_log to san_app;
grant update (input_sealed) on command_log to san_app;

-- Append-only. Ids and codes, never personal data in the open.
create table audit_log (
	id bigint generated always as identity primary key,
	xid bigint not null default pg_current_xact_id()::text::bigint,
	at timestamptz not null,
	actor text not null,
	action text not null,
	subject text not null,
	clause text,
	command_id uuid,
	data jsonb not null default '{}'
);
create index audit_log_subject on audit_log (subject, id);
create trigger audit_log_append_only before update or delete on audit_log
	for each row execute function refuse_change();
create trigger audit_log_no_truncate before truncate on audit_log
	for each statement execute function refuse_change();
grant select, insert on audit_log to san_app;

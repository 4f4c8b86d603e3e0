-- The same as feed_publish for many documents in two statements: a device that comes back with fifty saved drafts pays
-- for two and not for a hundred. `p_docs` is a list of {collection, id, audiences, docs}; returns the version.
create function feed_publish_all(p_docs jsonb)
returns bigint language plpgsql security definer set search_path = public as $$
declare
	v bigint := pg_current_xact_id()::text::bigint;
begin
	insert into sync_feed as f (audience, collection, doc_id, version, doc)
	select shown.audience, given.collection, given.id, v, shown.doc
	from jsonb_to_recordset(p_docs) as given (collection text, id text, audiences text[], docs jsonb[])
	cross join lateral unnest(given.audiences, given.docs) as shown (audience, doc)
	on conflict (audience, collection, doc_id) do update set version = excluded.version, doc = excluded.doc;
	update sync_feed f set version = v, doc = null
	from jsonb_to_recordset(p_docs) as given (collection text, id text, audiences text[])
	where f.collection = given.collection and f.doc_id = given.id and f.doc is not null
		and f.audience <> all (given.audiences);
	return v;
end $$;
revoke all on function feed_publish_all(jsonb) from public;
grant execute on function feed_publish_all(jsonb) to san_app;

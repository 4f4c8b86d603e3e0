-- The same as feed_publish_all, and it finds what to take away by the document. Postgres guesses a hundred documents a
-- call and read the whole feed for them: 39 of 42 ms for fifty drafts at 22,000 rows. Returns the version, and which
-- audiences lost something of which collection, so that nobody has to ask who held it before. The other one stays: a
-- process of the build before may still be running.
create function feed_publish_together(p_docs jsonb, out version bigint, out gone jsonb)
language plpgsql security definer set search_path = public set enable_hashjoin = off set enable_mergejoin = off
set enable_seqscan = off as $$
begin
	version := pg_current_xact_id()::text::bigint;
	insert into sync_feed as f (audience, collection, doc_id, version, doc)
	select shown.audience, given.collection, given.id, feed_publish_together.version, shown.doc
	from jsonb_to_recordset(p_docs) as given (collection text, id text, audiences text[], docs jsonb[])
	cross join lateral unnest(given.audiences, given.docs) as shown (audience, doc)
	on conflict (audience, collection, doc_id) do update set version = excluded.version, doc = excluded.doc;
	with taken as (
		update sync_feed f set version = feed_publish_together.version, doc = null
		from jsonb_to_recordset(p_docs) as given (collection text, id text, audiences text[])
		where f.collection = given.collection and f.doc_id = given.id and f.doc is not null
			and f.audience <> all (given.audiences)
		returning f.audience, f.collection
	)
	select coalesce(jsonb_agg(distinct jsonb_build_object('audience', audience, 'collection', collection)), '[]')
	into gone from taken;
end $$;
revoke all on function feed_publish_together(jsonb) from public;
grant execute on function feed_publish_together(jsonb) to san_app;

-- A draft has no search text: an index of all rows wrote an entry for each that nobody searches by.
drop index listings_search;
create index listings_search on listings using gin (search_text gin_trgm_ops) where search_text is not null;

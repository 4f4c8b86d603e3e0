-- Names in the feed are compared sign by sign and not by the rules of a language: quicker, and the order of ids, which are
-- UUIDs and two words, stays. The key begins with the document, so an index of its own for that is not needed any more.
alter table sync_feed
	alter column audience type text collate "C",
	alter column collection type text collate "C",
	alter column doc_id type text collate "C";
alter table sync_feed drop constraint sync_feed_pkey, add primary key (collection, doc_id, audience);
drop index sync_feed_doc;

-- As before, and what it is given is read once for both statements.
create or replace function feed_publish_together(p_docs jsonb, out version bigint, out gone jsonb)
language plpgsql security definer set search_path = public set enable_hashjoin = off set enable_mergejoin = off
set enable_seqscan = off as $$
begin
	version := pg_current_xact_id()::text::bigint;
	with given as materialized (
		select * from jsonb_to_recordset(p_docs) as (collection text, id text, audiences text[], docs jsonb)
	), put as (
		insert into sync_feed as f (audience, collection, doc_id, version, doc)
		select shown.audience, given.collection, given.id, feed_publish_together.version, shown.doc
		from given cross join lateral
			rows from (unnest(given.audiences), jsonb_array_elements(given.docs)) as shown (audience, doc)
		on conflict (audience, collection, doc_id) do update set version = excluded.version, doc = excluded.doc
	), taken as (
		update sync_feed f set version = feed_publish_together.version, doc = null
		from given
		where f.collection = given.collection and f.doc_id = given.id and f.doc is not null
			and f.audience <> all (given.audiences)
		returning f.audience, f.collection
	)
	select coalesce(jsonb_agg(distinct jsonb_build_object('audience', audience, 'collection', collection)), '[]')
	into gone from taken;
end $$;

-- Changing the type of a column throws its statistics away, and until they are gathered anew pulls are planned blindly.
analyze sync_feed;

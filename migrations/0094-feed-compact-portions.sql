-- One statement for all that is due could take longer than a transaction may, and then nothing ever went. The oldest first, so
-- that a floor never speaks of what is still there; called again until it answers 0.
create or replace function feed_compact(p_now timestamptz, p_keep interval)
returns bigint language plpgsql security definer set search_path = public as $$
declare
	v_mark timestamptz;
	v_before bigint;
	v_count bigint;
begin
	insert into sync_marks (at, version) values (p_now, feed_horizon()) on conflict do nothing;
	select at, version into v_mark, v_before from sync_marks where at <= p_now - p_keep order by at desc limit 1;
	if v_mark is null then
		return 0;
	end if;
	with due as (
		select audience, collection, doc_id from sync_feed
		where doc is null and version < v_before order by version limit 5000
	), gone as (
		delete from sync_feed f using due d
		where f.audience = d.audience and f.collection = d.collection and f.doc_id = d.doc_id
			and f.doc is null and f.version < v_before
		returning f.audience, f.collection, f.version
	), raised as (
		insert into sync_floors as f (audience, collection, floor)
		select audience, collection, max(version) from gone group by audience, collection
		on conflict (audience, collection) do update set floor = greatest(f.floor, excluded.floor)
	)
	select count(*) into v_count from gone;
	delete from sync_marks where at < v_mark;
	return v_count;
end $$;

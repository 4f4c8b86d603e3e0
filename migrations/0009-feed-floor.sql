-- Tombstones do not stay for ever. How far they were taken away, audience by audience: a device that stands below has
-- missed some, reads that audience again and sweeps what it does not see any more (sync 9).
create table sync_floors (
	audience text not null,
	collection text not null,
	floor bigint not null,
	primary key (audience, collection)
);
grant select on sync_floors to san_app;

-- Which horizon stood at a moment: the feed knows versions and no times.
create table sync_marks (
	at timestamptz primary key,
	version bigint not null
);

-- Takes away the tombstones of before `p_keep`, raises the floors, and notes where the horizon stands now.
create function feed_compact(p_now timestamptz, p_keep interval)
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
	with gone as (
		delete from sync_feed where doc is null and version < v_before returning audience, collection, version
	), raised as (
		insert into sync_floors as f (audience, collection, floor)
		select audience, collection, max(version) from gone group by audience, collection
		on conflict (audience, collection) do update set floor = greatest(f.floor, excluded.floor)
	)
	select count(*) into v_count from gone;
	delete from sync_marks where at < v_mark;
	return v_count;
end $$;
revoke all on function feed_compact(timestamptz, interval) from public;
grant execute on function feed_compact(timestamptz, interval) to san_app;

create index sync_feed_tombstones on sync_feed (version) where doc is null;

-- TG-3.2: which department answers for a sector, by the day. A sector may go to another department without either of them
-- ending; kept in line with the pack and what administrators changed since, as `agencies` is.
create table sector_agencies (
	sector_id text not null,
	agency_id text not null references agencies (id),
	effective_from date not null,
	effective_to date,
	primary key (sector_id, effective_from)
);
insert into sector_agencies (sector_id, agency_id, effective_from, effective_to)
	select id, agency_id, effective_from, effective_to from sectors;
grant select, insert, update, delete on sector_agencies to san_app;

alter table agency_changes drop constraint agency_changes_kind_check;
alter table agency_changes add constraint agency_changes_kind_check
	check (kind in ('opened', 'renamed', 'merged', 'contact', 'focal_point', 'sector_moved'));

-- The sector that goods in review are of: their case goes where the sector goes. Others stay with whom was asked.
alter table cases add column sector_id text;
update cases c set sector_id = g.sector_id
	from listings l join categories g on g.id = l.content ->> 'categoryId'
	where c.state = 'open' and c.kind = 'listing' and l.id = c.listing_id;

-- Who an open case belongs to at an instant: whoever acts for its sector's department then, or for the one that has it.
create function case_agency(p_sector text, p_agency text, p_at timestamptz) returns text language sql stable as $$
	select acting_agency(coalesce((
		select s.agency_id from sector_agencies s
		where s.sector_id = p_sector and vietnam_day(p_at) >= s.effective_from
			and (s.effective_to is null or vietnam_day(p_at) <= s.effective_to)
	), p_agency), p_at)
$$;

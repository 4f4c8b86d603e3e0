-- TG-3.2, LAW-reform-2025: which sectors an open case is about, for goods, registrations and reconfirmations alike. It goes
-- where they go, and a decision is about them and no others; asking the departments of the day of receipt found none
-- once a merger had moved the case.
select set_config('san.actor', 'system:migrate', true);
alter table cases add column sectors text[] not null default '{}';
update cases set sectors = array[sector_id] where sector_id is not null;
-- Of a registration those that the department it was opened for answered for that day, wherever the case lies now.
update cases c set sectors = array(
		select s.sector_id from sector_agencies s
		where v.content -> 'sectors' ? s.sector_id and s.effective_from <= vietnam_day(c.received_at)
			and (s.effective_to is null or s.effective_to >= vietnam_day(c.received_at))
			and acting_agency(s.agency_id, c.received_at) = coalesce((
				select e.data ->> 'agencyId' from case_events e
				where e.case_id = c.id and e.kind = 'opened' order by e.id limit 1), c.agency_id)
		order by s.sector_id)
	from business_versions v
	where c.kind = 'business' and v.business_id = c.subject_id and v.rev = c.subject_rev;

drop function case_agency(text, text, timestamptz);
alter table cases drop column sector_id;

-- Who a case belongs to at an instant, with what of it: whoever acts for the department of each of its sectors, or for the
-- one that has it. Several lines when its sectors have gone different ways; first what stays where it is.
create function case_places(p_sectors text[], p_agency text, p_at timestamptz)
returns table (agency_id text, sectors text[]) language sql stable as $$
	select places.home, places.of_it from (
		select coalesce(acting_agency(coalesce(s.agency_id, p_agency), p_at), p_agency) as home,
			coalesce(array_agg(asked.id order by asked.id) filter (where asked.id is not null), '{}') as of_it
		from unnest(case when p_sectors = '{}' then array[null::text] else p_sectors end) as asked (id)
		left join sector_agencies s on s.sector_id = asked.id and s.effective_from <= vietnam_day(p_at)
			and (s.effective_to is null or s.effective_to >= vietnam_day(p_at))
		group by 1
	) places
	order by places.home = acting_agency(p_agency, p_at) desc, places.home
$$;

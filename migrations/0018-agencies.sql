-- Agencies change from a day on, and nothing that was decided changes with them. The pack's own text stays as it was
-- loaded; what administrators change since is kept here, and `agencies` is brought up to date with it.
alter table agencies add column former_names jsonb not null default '[]';
grant insert, update on agencies to san_app;

create table agency_changes (
	id uuid primary key,
	seq bigint generated always as identity,
	pack_id text not null references rule_packs (id),
	agency_id text not null,
	kind text not null check (kind in ('opened', 'renamed', 'merged', 'contact', 'focal_point')),
	effective_on date not null,
	-- As it was entered. Contacts in it are those of the office (CT-5.2), published on purpose.
	change jsonb not null,
	reason text not null,
	decision text not null,
	made_at timestamptz not null,
	made_by uuid not null references accounts (id),
	-- Like the name on a decision: what an office does is named.
	made_by_name text not null,
	withdrawn_at timestamptz,
	withdrawn_by uuid references accounts (id),
	-- When the people of the unit were told that its day has come.
	told_at timestamptz,
	check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index agency_changes_of_pack on agency_changes (pack_id, seq);
create trigger agency_changes_stay before delete on agency_changes
	for each row execute function refuse_change();
create trigger agency_changes_no_truncate before truncate on agency_changes
	for each statement execute function refuse_change();
grant select, insert, update (withdrawn_at, withdrawn_by, told_at) on agency_changes to san_app;

-- Who stands in while an officer is away. Why somebody is away is nobody's business, so there is no place for it.
create table post_absences (
	id uuid primary key,
	agency_id text not null references agencies (id),
	account_id uuid not null references accounts (id),
	substitute_id uuid not null references accounts (id),
	away_from date not null,
	away_to date not null check (away_to >= away_from),
	made_at timestamptz not null,
	made_by uuid not null references accounts (id),
	ended_at timestamptz,
	check (account_id <> substitute_id)
);
create index post_absences_of_agency on post_absences (agency_id, away_to) where ended_at is null;
grant select, insert, update (ended_at) on post_absences to san_app;

-- The one who was away when the case came in, and the name the decision gives for it ("thay …").
alter table cases add column assigned_for uuid references accounts (id), add column decided_for_name text,
	-- Since when it lies with a successor: one business may then have two open cases in one department.
	add column moved_at timestamptz;
create index cases_assigned_for on cases (assigned_for, received_at desc) where assigned_for is not null;
alter table case_events drop constraint case_events_kind_check;
alter table case_events add constraint case_events_kind_check check (kind in
	('opened', 'assigned', 'reassigned', 'moved', 'approved', 'returned', 'cancelled', 'breached'));

create function vietnam_day(p_at timestamptz) returns date language sql immutable
	return (p_at at time zone 'Asia/Ho_Chi_Minh')::date;

-- Who does the work of an agency at an instant: itself, or the last of those who took it over. The same as the rule
-- `actingAgency`, except that a line that ends with nobody ends with its last name instead of nothing.
create function acting_agency(p_agency text, p_at timestamptz) returns text language sql stable as $$
	with recursive line as (
		select id, successor_id, effective_to, 1 as step from agencies where id = p_agency
		union all
		select a.id, a.successor_id, a.effective_to, l.step + 1
		from line l join agencies a on a.id = l.successor_id
		where l.effective_to < vietnam_day(p_at) and l.step < 50
	)
	select id from line order by step desc limit 1
$$;

-- Every agency whose work this one does at an instant, itself included.
create function acts_for(p_agency text, p_at timestamptz) returns text[] language sql stable as $$
	select array_agg(id) from agencies
	where id = p_agency or (effective_to < vietnam_day(p_at) and acting_agency(id, p_at) = p_agency)
$$;

-- What an agency was called at an instant.
create function agency_name(p_agency text, p_at timestamptz) returns text language sql stable as $$
	select coalesce((
		select f.name from jsonb_to_recordset(a.former_names) as f (name text, until date)
		where vietnam_day(p_at) <= f.until order by f.until limit 1
	), a.name)
	from agencies a where a.id = p_agency
$$;

-- As in 0015, with posts where their work is done now: a department that was merged takes its people along, on the day.
create or replace function find_actor(p_account uuid, p_at timestamptz)
returns table (id uuid, roles text[], name_sealed text, name_key bytea, posts jsonb, business_id uuid)
language plpgsql as $$
declare before text := coalesce(current_setting('san.actor', true), '');
begin
	perform set_config('san.actor', p_account::text, true);
	return query
		select a.id, a.roles, p.name_sealed, k.wrapped,
			coalesce((
				select jsonb_agg(jsonb_build_object('agencyId', held.agency, 'role', held.role)
					order by held.agency, held.role)
				from (
					select distinct acting_agency(o.agency_id, p_at) as agency, o.role
					from posts o
					where o.account_id = a.id and o.valid_from <= p_at and (o.valid_to is null or o.valid_to > p_at)
				) held
			), '[]'),
			b.id
		from accounts a
		left join account_profiles p on p.account_id = a.id
		left join person_keys k on k.account_id = a.id
		left join businesses b on b.account_id = a.id
		where a.id = p_account;
	perform set_config('san.actor', before, true);
end $$;

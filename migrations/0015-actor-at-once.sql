-- Who asks is looked up with every request: one statement instead of a transaction of six. Both name the actor for
-- their own reading alone and give the place back; they read as whoever calls them, under the same row policies.
create function find_actor(p_account uuid, p_at timestamptz)
returns table (id uuid, roles text[], name_sealed text, name_key bytea, posts jsonb, business_id uuid)
language plpgsql as $$
declare before text := coalesce(current_setting('san.actor', true), '');
begin
	perform set_config('san.actor', p_account::text, true);
	return query
		select a.id, a.roles, p.name_sealed, k.wrapped,
			coalesce((
				select jsonb_agg(jsonb_build_object('agencyId', o.agency_id, 'role', o.role) order by o.agency_id, o.role)
				from posts o
				where o.account_id = a.id and o.valid_from <= p_at and (o.valid_to is null or o.valid_to > p_at)
			), '[]'),
			b.id
		from accounts a
		left join account_profiles p on p.account_id = a.id
		left join person_keys k on k.account_id = a.id
		left join businesses b on b.account_id = a.id
		where a.id = p_account;
	perform set_config('san.actor', before, true);
end $$;

create function find_person_keys(p_reader text, p_accounts uuid[])
returns table (account_id uuid, wrapped bytea)
language plpgsql as $$
declare before text := coalesce(current_setting('san.actor', true), '');
begin
	perform set_config('san.actor', p_reader, true);
	return query select k.account_id, k.wrapped from person_keys k where k.account_id = any(p_accounts);
	perform set_config('san.actor', before, true);
end $$;

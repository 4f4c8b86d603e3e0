-- LAW-data-consent: pictures of identity cards are taken out of a frozen version when nobody needs them any more. That is
-- the one change such a version may see.
create function refuse_change_but_purge() returns trigger language plpgsql as $$
begin
	if tg_op = 'UPDATE' and new.identity_files = '{}'
		and (to_jsonb(new) - 'identity_files') = (to_jsonb(old) - 'identity_files') then
		return new;
	end if;
	raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
drop trigger business_versions_append_only on business_versions;
create trigger business_versions_append_only before update or delete on business_versions
	for each row execute function refuse_change_but_purge();
grant update (identity_files) on business_versions to san_app;
create index business_versions_with_pictures on business_versions (business_id) where identity_files <> '{}';

-- TG-16.3: a line in somebody's box is kept a year.
grant delete on notifications to san_app;
create index notifications_old on notifications (at);

-- What is stored stays for its owner and for everybody else, and goes by the retention job alone.
drop policy uploads_delete_unfinished on uploads;
create policy uploads_delete_unfinished on uploads as restrictive for delete
	using (state <> 'stored' or actor_is_system());

-- Roles of people who work with the exchange without a desk in a department: members of its board, users of agencies that
-- take part, supervisors.
alter table accounts drop constraint accounts_roles_check;
alter table accounts add constraint accounts_roles_check check (roles <@ array['buyer', 'seller', 'officer', 'lead',
	'board', 'agency', 'supervisor', 'administrator', 'operator']);
-- An `agency` post belongs to an agency and sees no case of it.
alter table posts drop constraint posts_role_check;
alter table posts add constraint posts_role_check check (role in ('officer', 'lead', 'agency'));

-- Whether whoever acts has one of these roles: for rows that administrators and supervisors may read beside their owner.
create function actor_has_role(wanted text[]) returns boolean language sql stable as $$
	select exists (select from accounts a where a.id::text = current_actor() and a.state = 'active' and a.roles && wanted)
$$;

-- TG-20.1: who got or lost which right, by whom and why. The reason is free text about a person, so it is not in the
-- audit, and only that person and administrators read it. Whoever acts for the exchange is named, as on a decision.
create table rights_changes (
	id bigint generated always as identity primary key,
	account_id uuid not null references accounts (id),
	kind text not null check (kind in
		('granted', 'revoked', 'post_given', 'post_ended', 'proposed', 'confirmed', 'declined')),
	role text not null,
	agency_id text references agencies (id),
	reason text not null,
	made_at timestamptz not null,
	made_by text not null,
	made_by_name text not null,
	check ((kind in ('post_given', 'post_ended')) = (agency_id is not null))
);
create index rights_changes_of_account on rights_changes (account_id, id);
create trigger rights_changes_append_only before update or delete on rights_changes
	for each row execute function refuse_change();
create trigger rights_changes_no_truncate before truncate on rights_changes
	for each statement execute function refuse_change();
alter table rights_changes enable row level security;
alter table rights_changes force row level security;
create policy rights_changes_seen on rights_changes for select
	using (account_id::text = current_actor() or actor_has_role('{administrator}') or actor_is_system());
create policy rights_changes_made on rights_changes for insert
	with check (made_by = current_actor() and (actor_has_role('{administrator}') or actor_is_system()));
grant select, insert on rights_changes to san_app;

-- Four eyes for the rights of an administrator: one proposes, another confirms, and not for ever.
create table rights_proposals (
	id uuid primary key,
	account_id uuid not null references accounts (id),
	change text not null check (change in ('grant', 'revoke')),
	reason text not null,
	proposed_by uuid not null references accounts (id),
	proposed_by_name text not null,
	proposed_at timestamptz not null,
	expires_at timestamptz not null,
	state text not null default 'open' check (state in ('open', 'confirmed', 'declined')),
	-- An account, or the operator at the machine itself.
	answered_by text,
	answered_by_name text,
	answered_at timestamptz,
	check ((state = 'open') = (answered_at is null)),
	-- Whoever proposed it may take it back, and never confirm it.
	check (state <> 'confirmed' or answered_by <> proposed_by::text)
);
create index rights_proposals_open on rights_proposals (account_id, change) where state = 'open';
alter table rights_proposals enable row level security;
alter table rights_proposals force row level security;
create policy rights_proposals_seen on rights_proposals for select
	using (account_id::text = current_actor() or actor_has_role('{administrator}') or actor_is_system());
create policy rights_proposals_made on rights_proposals for insert
	with check (proposed_by::text = current_actor() and actor_has_role('{administrator}'));
create policy rights_proposals_answered on rights_proposals for update
	using (actor_has_role('{administrator}') or actor_is_system());
grant select, insert on rights_proposals to san_app;
grant update (state, answered_by, answered_by_name, answered_at) on rights_proposals to san_app;

-- TG-16.2: who looked at a person's data, in which office and what for, for that person to read. The audit has the same look
-- by ids alone; this one can be read by the person concerned.
create table data_looks (
	id bigint generated always as identity primary key,
	account_id uuid not null references accounts (id),
	viewer_id uuid not null references accounts (id),
	-- In which capacity: a role over all, or the office held in an agency then.
	as_role text not null,
	agency_name text,
	-- The public name of a post; nobody else is named.
	post_name text,
	what text not null,
	purpose text not null,
	-- The code of the case, measure or request it was for, as people read it out.
	ref text,
	at timestamptz not null,
	check ((agency_name is null) = (post_name is null)),
	check (viewer_id <> account_id)
);
create index data_looks_of_account on data_looks (account_id, id desc);
create index data_looks_old on data_looks (at);
create trigger data_looks_append_only before update on data_looks
	for each row execute function refuse_change();
create trigger data_looks_no_truncate before truncate on data_looks
	for each statement execute function refuse_change();
alter table data_looks enable row level security;
alter table data_looks force row level security;
create policy data_looks_own on data_looks for select
	using (account_id::text = current_actor() or actor_is_system());
create policy data_looks_noted on data_looks for insert with check (actor_is_system());
-- By the retention job, when nobody needs them any more.
create policy data_looks_forgotten on data_looks for delete using (actor_is_system());
grant select, insert, delete on data_looks to san_app;

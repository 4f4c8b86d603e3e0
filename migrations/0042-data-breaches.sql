-- LAW-data-breach, TG-16.6: every breach of personal data, its clock, whom it concerns and who was told what.
create sequence data_breach_numbers start 7;
create table data_breaches (
	id uuid primary key,
	-- What people read out, "TG-R7".
	code text not null unique,
	-- From this moment the hours run, weekends and holidays included.
	found_at timestamptz not null,
	recorded_at timestamptz not null,
	recorded_by uuid not null references accounts (id),
	what text not null,
	-- Of the registry of personal data.
	kinds text[] not null check (cardinality(kinds) > 0),
	consequences text not null,
	measures text not null,
	-- Whether it can harm anybody: then the authority and the members are told.
	harmful boolean not null,
	-- The rule as it was in force when it was found.
	rule jsonb not null,
	due_at timestamptz not null,
	authority_told_at timestamptz,
	authority_name text,
	authority_reference text,
	members_told_at timestamptz,
	-- The plain words the members got.
	members_words text,
	members_advice text,
	rev int not null default 1,
	closed_at timestamptz,
	conclusions text,
	check (found_at <= recorded_at),
	check ((authority_told_at is null) = (authority_name is null)),
	check ((members_told_at is null) = (members_words is null)),
	check ((closed_at is null) = (conclusions is null))
);
create index data_breaches_open on data_breaches (due_at, id) where closed_at is null;
alter table data_breaches enable row level security;
alter table data_breaches force row level security;
create policy data_breaches_system on data_breaches using (actor_is_system()) with check (actor_is_system());
grant select, insert, update on data_breaches to san_app;
grant usage on sequence data_breach_numbers to san_app;

-- Whose data it was.
create table data_breach_members (
	breach_id uuid not null references data_breaches (id),
	account_id uuid not null references accounts (id),
	told_at timestamptz,
	primary key (breach_id, account_id)
);
create index data_breach_members_of_account on data_breach_members (account_id);
alter table data_breach_members enable row level security;
alter table data_breach_members force row level security;
create policy data_breach_members_seen on data_breach_members for select
	using (account_id::text = current_actor() or actor_is_system());
create policy data_breach_members_added on data_breach_members for insert with check (actor_is_system());
create policy data_breach_members_told on data_breach_members for update using (actor_is_system());
create policy data_breach_members_dropped on data_breach_members for delete using (actor_is_system());
grant select, insert, update, delete on data_breach_members to san_app;

-- LAW-data-subject, TG-16.5: what a member asks about the own data, with the terms the law gives the answer.
create sequence data_request_numbers start 58;
create table data_requests (
	id uuid primary key,
	-- What people read out, "TG-D58".
	code text not null unique,
	account_id uuid not null references accounts (id),
	kind text not null check (kind in ('view', 'correct', 'withdraw', 'restrict', 'object', 'delete', 'leak')),
	-- A kind of personal data of the registry, or everything.
	about text not null,
	-- What was asked; forgotten with the answer when nobody needs them any more.
	text_sealed text,
	state text not null default 'received' check (state in ('received', 'acknowledged', 'answered', 'withdrawn')),
	-- The rule as it was in force on receipt: a later one changes nothing about it.
	rule jsonb not null,
	received_at timestamptz not null,
	-- Exclusive ends of both terms.
	acknowledge_by timestamptz not null,
	acknowledged_at timestamptz,
	due_at timestamptz not null,
	last_day date not null,
	counted_days date[] not null,
	skipped_days jsonb not null,
	extended_at timestamptz,
	extension_sealed text,
	outcome text check (outcome in ('done', 'partly', 'refused')),
	answer_sealed text,
	answered_by uuid references accounts (id),
	ended_at timestamptz,
	-- Written once by whoever comes first, the job or a late answer, and never taken back.
	acknowledge_late_at timestamptz,
	answer_late_at timestamptz,
	check ((state in ('answered', 'withdrawn')) = (ended_at is not null)),
	check ((state = 'answered') = (outcome is not null)),
	forgotten_at timestamptz,
	check (text_sealed is not null or forgotten_at is not null)
);
create index data_requests_of_account on data_requests (account_id, received_at desc);
create index data_requests_open on data_requests (due_at, id) where state in ('received', 'acknowledged');
alter table data_requests enable row level security;
alter table data_requests force row level security;
create policy data_requests_seen on data_requests for select
	using (account_id::text = current_actor() or actor_is_system());
create policy data_requests_asked on data_requests for insert with check (account_id::text = current_actor());
-- What is answered is answered by the exchange: a member cannot write an answer.
create policy data_requests_answered on data_requests for update using (actor_is_system());
grant select, insert, update on data_requests to san_app;
grant usage on sequence data_request_numbers to san_app;

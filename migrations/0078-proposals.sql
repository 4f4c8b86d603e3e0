-- TG-3.4a: what members propose to the Board, or point out to it, and what it answered.
create sequence proposal_numbers start 12;
create table proposals (
	-- Made by the device: sent twice it is one.
	id uuid primary key,
	-- What people read out, "TG-G42-17".
	code text not null unique,
	account_id uuid not null references accounts (id),
	topic text not null check (topic in ('feature', 'list', 'fault', 'rule', 'other')),
	-- Text and answer are about one person, so both are sealed with that person's key.
	text_sealed text not null,
	state text not null default 'sent'
		check (state in ('sent', 'considering', 'accepted', 'declined', 'done', 'withdrawn')),
	device_time timestamptz not null,
	sent_at timestamptz not null,
	taken_by uuid references accounts (id),
	taken_by_name text,
	taken_at timestamptz,
	answer_sealed text,
	answered_by uuid references accounts (id),
	-- Who answered is named, as on a decision.
	answered_by_name text,
	answered_at timestamptz,
	check ((state in ('accepted', 'declined', 'done')) = (answered_at is not null)),
	check ((answered_at is null) = (answer_sealed is null))
);
create index proposals_of_account on proposals (account_id, sent_at desc);
create index proposals_open on proposals (sent_at, id) where state in ('sent', 'considering');
create index proposals_answered on proposals (answered_at desc, id desc) where answered_at is not null;
alter table proposals enable row level security;
alter table proposals force row level security;
create policy proposals_seen on proposals for select
	using (account_id::text = current_actor() or actor_is_system());
create policy proposals_sent on proposals for insert with check (account_id::text = current_actor());
-- What is answered is answered by the exchange: a member cannot write an answer.
create policy proposals_answered on proposals for update using (actor_is_system());
grant select, insert, update on proposals to san_app;
grant usage on sequence proposal_numbers to san_app;

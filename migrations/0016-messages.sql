-- Mails and SMS the exchange owes somebody. Purpose: telling members what concerns their account, goods and orders, and
-- showing later that they were told (TG-9.2, LAW-tmdt-notice). Address and parameters are sealed with the person's key
-- and forgotten after 90 days; the line itself, without them, stays.
create table messages (
	id uuid primary key,
	account_id uuid not null references accounts (id),
	channel text not null check (channel in ('email', 'sms')),
	template text not null,
	language text not null check (language in ('vi', 'en')),
	params_sealed text,
	address_sealed text,
	state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'failed', 'kept')),
	attempts int not null default 0,
	-- A code, never the words of the other server: those repeat the address.
	last_error text,
	-- What it is about, `case:<id>`.
	subject_ref text,
	created_at timestamptz not null,
	due_at timestamptz not null,
	-- A code that no longer works is not worth sending.
	not_after timestamptz,
	sending_at timestamptz,
	sent_at timestamptz,
	forgotten_at timestamptz
);
create index messages_due on messages (due_at, id) where state in ('queued', 'sending');
create index messages_newest on messages (created_at desc, id);
create index messages_of_account on messages (account_id, created_at desc);
create index messages_to_forget on messages (created_at) where params_sealed is not null;
alter table messages enable row level security;
alter table messages force row level security;
create policy messages_own on messages for select
	using (account_id::text = current_actor() or actor_is_system());
create policy messages_written_by_the_system on messages for insert with check (actor_is_system());
create policy messages_changed_by_the_system on messages for update using (actor_is_system());
grant select, insert, update on messages to san_app;

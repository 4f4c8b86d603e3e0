-- Which browsers of a member may be woken (Web Push). Purpose: telling the member that something waits; an endpoint says
-- nothing but which service to call. Gone with the member's wish, or when the service says the browser is.
create table push_subscriptions (
	endpoint text primary key check (length(endpoint) <= 1000),
	account_id uuid not null references accounts (id),
	p256dh text not null,
	auth text not null,
	created_at timestamptz not null
);
create index push_subscriptions_of_account on push_subscriptions (account_id, created_at);
alter table push_subscriptions enable row level security;
alter table push_subscriptions force row level security;
create policy push_subscriptions_own on push_subscriptions
	using (account_id::text = current_actor() or actor_is_system())
	with check (account_id::text = current_actor() or actor_is_system());
grant select, insert, update, delete on push_subscriptions to san_app;

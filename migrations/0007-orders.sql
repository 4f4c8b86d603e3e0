create sequence order_numbers start 1801;
create table orders (
	id uuid primary key,
	code text not null unique,
	listing_id uuid not null references listings (id),
	listing_rev int not null,
	title text not null,
	unit text not null,
	thumb text,
	business_id uuid not null references businesses (id),
	seller_account_id uuid not null references accounts (id),
	buyer_id uuid not null references accounts (id),
	quantity numeric(12, 3) not null check (quantity > 0),
	unit_price bigint not null check (unit_price >= 0),
	total bigint not null check (total >= 0),
	-- Contact and note are sealed with the buyer's key.
	contact_sealed text not null,
	note_sealed text,
	payment text not null,
	shipping text not null,
	carrier text not null default '',
	tracking_code text not null default '',
	shipping_fee bigint,
	-- True while the order holds stock that a cancellation gives back.
	holds_stock boolean not null default false,
	state text not null check (state in ('placed', 'awaiting_confirmation', 'awaiting_pickup',
		'in_delivery', 'delivered', 'cancelled', 'failed')),
	rev int not null default 1,
	device_time timestamptz not null,
	placed_at timestamptz not null,
	updated_at timestamptz not null
);
create index orders_by_buyer on orders (buyer_id, placed_at desc);
create index orders_by_seller on orders (seller_account_id, placed_at desc);
alter table orders enable row level security;
alter table orders force row level security;
create policy orders_of_the_parties on orders
	using (current_actor() in (buyer_id::text, seller_account_id::text) or actor_is_system())
	with check (current_actor() in (buyer_id::text, seller_account_id::text) or actor_is_system());
grant select, insert, update on orders to san_app;
grant usage on sequence order_numbers to san_app;

create table order_events (
	id bigint generated always as identity primary key,
	order_id uuid not null references orders (id),
	state text not null,
	at timestamptz not null,
	by_party text not null check (by_party in ('buyer', 'seller', 'exchange')),
	actor text not null,
	reason text not null default ''
);
create index order_events_of_order on order_events (order_id, id);
create trigger order_events_append_only before update or delete on order_events
	for each row execute function refuse_change();
alter table order_events enable row level security;
alter table order_events force row level security;
create policy order_events_of_the_parties on order_events
	using (exists (select from orders o where o.id = order_id))
	with check (exists (select from orders o where o.id = order_id));
grant select, insert on order_events to san_app;

create table notifications (
	id uuid primary key,
	account_id uuid not null references accounts (id),
	kind text not null,
	subject_id uuid not null,
	facts jsonb not null default '{}',
	at timestamptz not null,
	read_at timestamptz
);
create index notifications_of_account on notifications (account_id, at desc);
alter table notifications enable row level security;
alter table notifications force row level security;
create policy notifications_own on notifications
	using (account_id::text = current_actor() or actor_is_system())
	with check (account_id::text = current_actor() or actor_is_system());
grant select, insert, update on notifications to san_app;

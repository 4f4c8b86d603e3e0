-- TG-3.4c, TG-10.3a: what buyers look for. Everybody reads it once it is approved; whose it is, nobody but the buyer.
create table needs (
	-- Made by the device: sent twice it is one.
	id uuid primary key,
	buyer_id uuid not null references accounts (id),
	state text not null check (state in ('submitted', 'approved', 'returned', 'closed', 'ended')),
	rev int not null check (rev > 0),
	-- The latest text; what a decision was about stands in its version.
	content jsonb not null,
	sector_id text not null references sectors (id),
	ward_code text not null references wards (code),
	-- The last day on which it can be offered, Vietnam.
	until date not null,
	approved_at timestamptz,
	approved_agency_id text references agencies (id),
	created_at timestamptz not null,
	updated_at timestamptz not null,
	-- Nothing is public that was not approved (TG-15.1).
	check (state <> 'approved' or approved_at is not null),
	check ((approved_at is null) = (approved_agency_id is null))
);
create index needs_of_buyer on needs (buyer_id, created_at);
create index needs_ending on needs (until, id) where state in ('submitted', 'approved', 'returned');
alter table needs enable row level security;
alter table needs force row level security;
create policy needs_seen on needs for select using (buyer_id::text = current_actor() or actor_is_system());
create policy needs_posted on needs for insert with check (buyer_id::text = current_actor());
create policy needs_changed on needs for update
	using (buyer_id::text = current_actor() or actor_is_system())
	with check (buyer_id::text = current_actor() or actor_is_system());
grant select, insert, update on needs to san_app;

-- What was sent, frozen.
create table need_versions (
	need_id uuid not null references needs (id),
	rev int not null,
	content jsonb not null,
	submitted_at timestamptz not null,
	device_time timestamptz not null,
	primary key (need_id, rev)
);
create trigger need_versions_append_only before update or delete on need_versions
	for each row execute function refuse_change();
alter table need_versions enable row level security;
alter table need_versions force row level security;
create policy need_versions_of_the_buyer on need_versions
	using (exists (select from needs n where n.id = need_id))
	with check (exists (select from needs n where n.id = need_id));
grant select, insert on need_versions to san_app;

-- TG-6.6: what sellers offer for them. Goods and seller as they were called then.
create table need_offers (
	id uuid primary key,
	need_id uuid not null references needs (id),
	buyer_id uuid not null references accounts (id),
	listing_id uuid not null references listings (id),
	business_id uuid not null references businesses (id),
	seller_account_id uuid not null references accounts (id),
	seller_name text not null,
	title text not null,
	unit text not null,
	quantity numeric(12, 3) not null check (quantity > 0),
	state text not null default 'sent' check (state in ('sent', 'withdrawn', 'over')),
	device_time timestamptz not null,
	sent_at timestamptz not null,
	updated_at timestamptz not null
);
create unique index need_offers_one_live on need_offers (need_id, listing_id) where state = 'sent';
create index need_offers_live_of_listing on need_offers (listing_id) where state = 'sent';
create index need_offers_of_seller on need_offers (seller_account_id, sent_at);
alter table need_offers enable row level security;
alter table need_offers force row level security;
create policy need_offers_of_the_parties on need_offers for select
	using (current_actor() in (buyer_id::text, seller_account_id::text) or actor_is_system());
create policy need_offers_sent on need_offers for insert with check (seller_account_id::text = current_actor());
create policy need_offers_changed on need_offers for update
	using (seller_account_id::text = current_actor() or actor_is_system())
	with check (seller_account_id::text = current_actor() or actor_is_system());
grant select, insert, update on need_offers to san_app;

-- A need is a case like any other (TG-10.3b), and like goods it is never refused for good.
alter table cases drop constraint cases_kind_check;
alter table cases add constraint cases_kind_check check (kind in ('listing', 'business', 'reconfirmation', 'need'));
alter table cases drop constraint cases_state_check;
alter table cases add constraint cases_state_check check (
	state in ('open', 'approved', 'returned', 'refused', 'cancelled')
	and (state <> 'refused' or kind not in ('listing', 'need')));
create unique index cases_one_open_a_need on cases (subject_id) where state = 'open' and kind = 'need';

-- A pack that was loaded before there were needs says how soon one is answered: as soon as goods are. Devices hear of it.
with packs as (
	select p.id, jsonb_agg(term || jsonb_build_object('kind', 'need', 'clause',
		case when p.id = 'tien-giang' then 'TG-10.3b' else term ->> 'clause' end)) as terms
	from rule_packs p, jsonb_array_elements(p.pack -> 'deadlines') term
	where term ->> 'kind' = 'listing' and not p.pack -> 'deadlines' @> '[{"kind": "need"}]'
	group by p.id
), stored as (
	update rule_packs p set pack = jsonb_set(p.pack, '{deadlines}', p.pack -> 'deadlines' || packs.terms)
	from packs where packs.id = p.id
)
update sync_feed f set doc = jsonb_set(f.doc, '{pack,deadlines}', f.doc #> '{pack,deadlines}' || packs.terms),
	version = pg_current_xact_id()::text::bigint
from packs
where f.collection = 'reference' and f.doc_id = 'pack' and f.doc #>> '{pack,id}' = packs.id;

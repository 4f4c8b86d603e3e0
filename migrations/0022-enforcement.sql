-- Measures against violations (TG-9, TG-17.3, TG-19.7): what was done to whom, on what ground, and how it ended.
create sequence measure_numbers start 311;
create table measures (
	id uuid primary key,
	-- What people read out, "TG-K3-11".
	code text not null unique,
	step text not null check (step in ('warn', 'hide_product', 'suspend', 'end', 'refer')),
	target_kind text not null check (target_kind in ('account', 'business', 'listing')),
	-- The account, business or listing itself.
	target_id uuid not null,
	-- Whom it concerns, whatever the target is.
	account_id uuid not null references accounts (id),
	business_id uuid references businesses (id),
	listing_id uuid references listings (id),
	-- Texts are sealed with the key of the person concerned.
	target_name_sealed text not null,
	agency_id text not null references agencies (id),
	ground_id text not null,
	-- The ground as it was in force then: a later version of the rules changes nothing about it.
	ground jsonb not null,
	source text not null check (source in ('buyer_report', 'authority_finding', 'own_finding')),
	reason_sealed text not null,
	evidence_sealed text not null,
	state text not null check (state in ('noticed', 'in_force', 'withdrawn', 'lifted', 'run_out')),
	taken_at timestamptz not null,
	taken_by uuid not null references accounts (id),
	taken_by_name text not null,
	effect_at timestamptz not null,
	until timestamptz,
	-- How the business stood before, to be given back.
	business_was text,
	ended_at timestamptz,
	ended_by_name text,
	end_reason_sealed text,
	-- A referral: to whom, and with which papers (TG-19.8).
	body_name text,
	papers_sealed text,
	check ((state in ('noticed', 'in_force')) = (ended_at is null)),
	check ((target_kind = 'listing') = (listing_id is not null)),
	check (target_kind <> 'business' or business_id is not null),
	check (target_id = case target_kind when 'account' then account_id when 'business' then business_id else listing_id end),
	check ((step = 'refer') = (body_name is not null))
);
-- Nobody is locked twice, and nobody gets two notices of the same.
create unique index measures_once on measures (target_id, step, state)
	where state in ('noticed', 'in_force') and step in ('hide_product', 'suspend', 'end');
create index measures_of_account on measures (account_id, taken_at desc);
create index measures_of_business on measures (business_id) where state = 'in_force';
create index measures_of_listing on measures (listing_id) where state = 'in_force';
create index measures_of_agency on measures (agency_id, taken_at desc, id);
create index measures_due on measures (effect_at) where state = 'noticed';
create index measures_running_out on measures (until) where state = 'in_force' and until is not null;

-- The person concerned, whoever holds a post or an office over all, and jobs. A stranger's measures do not exist.
create function actor_is_staff() returns boolean language sql stable as $$
	select exists (
		select from accounts a where a.id::text = current_actor() and a.state = 'active'
			and (a.roles && array['administrator', 'board', 'supervisor', 'operator']
				or exists (select from posts p where p.account_id = a.id and (p.valid_to is null or p.valid_to > now()))))
$$;
alter table measures enable row level security;
alter table measures force row level security;
create policy measures_seen on measures
	using (account_id::text = current_actor() or actor_is_system() or actor_is_staff())
	with check (actor_is_system() or actor_is_staff());
grant select, insert, update on measures to san_app;
grant usage on sequence measure_numbers to san_app;

-- Papers and pictures of a measure or of what was put right; nobody else's until they are laid with one.
create table measure_files (
	id uuid primary key,
	uploaded_by uuid not null references accounts (id),
	measure_id uuid references measures (id),
	-- With a request for reconfirmation; null = evidence of the agency.
	case_id uuid references cases (id),
	sha256 text not null,
	thumb_key text not null,
	detail_key text not null,
	at timestamptz not null
);
create index measure_files_of_measure on measure_files (measure_id);
create index measure_files_loose on measure_files (at) where measure_id is null;
alter table measure_files enable row level security;
alter table measure_files force row level security;
create policy measure_files_seen on measure_files
	using (uploaded_by::text = current_actor() or actor_is_system() or actor_is_staff())
	with check (uploaded_by::text = current_actor() or actor_is_system());
grant select, insert, update, delete on measure_files to san_app;

-- TG-9.3a: what the person says was put right, one row a reconfirmation case.
create table remedies (
	case_id uuid primary key references cases (id),
	measure_id uuid not null references measures (id),
	account_id uuid not null references accounts (id),
	text_sealed text not null,
	sent_at timestamptz not null
);
create index remedies_of_measure on remedies (measure_id, sent_at desc);
alter table remedies enable row level security;
alter table remedies force row level security;
create policy remedies_seen on remedies
	using (account_id::text = current_actor() or actor_is_system() or actor_is_staff())
	with check (account_id::text = current_actor() or actor_is_system());
grant select, insert on remedies to san_app;

-- Where a listing stood when it was taken down, so that it comes back as it was. Goods and states, nothing personal.
create table listing_holds (
	listing_id uuid primary key references listings (id),
	from_state text not null,
	-- The version an officer had before him: it goes back to review.
	review_rev int,
	held_at timestamptz not null
);
grant select, insert, delete on listing_holds to san_app;

-- A locked person who knows the password comes as far as the page that says why, and no further. Keyed by a hash.
create table lock_sessions (
	token_hash bytea primary key,
	account_id uuid not null references sign_in_accounts (id),
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);
grant select, insert, delete on lock_sessions to san_auth;

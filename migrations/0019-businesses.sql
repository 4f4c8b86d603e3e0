-- One table for whatever a department has to answer in time: goods, a business that registers, and somebody who asks
-- to be confirmed again after a lock. Term, ledger of breaches, queue and history are the same for all of them.
alter table cases drop constraint cases_kind_check;
alter table cases add constraint cases_kind_check check (kind in ('listing', 'business', 'reconfirmation'));
alter table cases rename column listing_rev to subject_rev;
alter table cases alter column listing_id drop not null;
alter table cases
	-- What is decided on: the listing, the business, or the request of a reconfirmation.
	add column subject_id uuid,
	-- What people read in a queue, as it was when the case was opened. Never personal data.
	add column title text,
	-- Who waits for the answer, and so never decides on it (TG-19.5).
	add column applicant_id uuid references accounts (id),
	-- Whose business it is about; null when somebody without one asks.
	add column business_id uuid references businesses (id);
update cases c set subject_id = c.listing_id, applicant_id = l.account_id, business_id = l.business_id,
	title = coalesce((select v.content ->> 'title' from listing_versions v
		where v.listing_id = c.listing_id and v.rev = c.subject_rev), '')
from listings l where l.id = c.listing_id;
alter table cases
	alter column subject_id set not null,
	alter column title set not null,
	alter column applicant_id set not null,
	add constraint cases_subject check (case kind
		when 'listing' then listing_id is not null and listing_id = subject_id
		when 'business' then listing_id is null and business_id is not null and business_id = subject_id
		else listing_id is null end);
-- `returned` asks for more, `refused` says no: goods are never refused for good.
alter table cases drop constraint cases_state_check;
alter table cases add constraint cases_state_check
	check (state in ('open', 'approved', 'returned', 'refused', 'cancelled') and (state <> 'refused' or kind <> 'listing'));
alter table case_events drop constraint case_events_kind_check;
alter table case_events add constraint case_events_kind_check
	check (kind in ('opened', 'assigned', 'reassigned', 'moved', 'approved', 'returned', 'refused', 'cancelled', 'breached'));
-- What the officer compared before the decision, by the pack's check list (TG-19.4).
alter table cases add column checked text[] not null default '{}';
-- A business has one open case in every department whose sector it sells in (TG-7.2b).
create unique index cases_one_open_a_subject_and_agency on cases (subject_id, agency_id)
	where state = 'open' and moved_at is null;
create index cases_of_subject on cases (subject_id);

alter table businesses add column rev int not null default 0;

-- What was sent, frozen. `person_sealed` is sealed with the owner's key: number, representative, pictures of the card.
create table business_versions (
	business_id uuid not null references businesses (id),
	rev int not null,
	content jsonb not null,
	person_sealed text not null,
	identity_mask text not null,
	-- Names of the card's pictures, so that the department may open them until they are purged.
	identity_files text[] not null default '{}',
	-- The operating agreement that was accepted, with its version and the hash of its text (LAW-tmdt-agreement).
	agreement jsonb not null,
	submitted_at timestamptz not null,
	device_time timestamptz not null,
	primary key (business_id, rev)
);
create trigger business_versions_append_only before update or delete on business_versions
	for each row execute function refuse_change();
alter table business_versions enable row level security;
alter table business_versions force row level security;
create policy business_versions_own on business_versions
	using (actor_is_system() or exists (
		select from businesses b where b.id = business_id and b.account_id::text = current_actor()));
grant select, insert on business_versions to san_app;

-- Finds the same number in two registrations without holding it: an HMAC, as for sign-in names. Who confirmed the
-- electronic identity, and how (LAW-tmdt-identity).
create table business_identities (
	business_id uuid primary key references businesses (id),
	number_index bytea not null,
	confirmed_by uuid references accounts (id),
	confirmed_at timestamptz,
	method text check (method in ('manual', 'provider'))
);
create index business_identities_by_number on business_identities (number_index);
alter table business_identities enable row level security;
alter table business_identities force row level security;
create policy business_identities_system on business_identities using (actor_is_system());
grant select, insert, update on business_identities to san_app;

-- Where a business may sell: confirmed by the department of the sector (TG-7.2b), closed while a paper is missing.
create table business_sectors (
	business_id uuid not null references businesses (id),
	sector_id text not null references sectors (id),
	confirmed_at timestamptz not null,
	confirmed_rev int not null,
	-- The kind of paper that ran out and closes the sector until a new one is confirmed (TG-12).
	suspended_for text,
	suspended_at timestamptz,
	primary key (business_id, sector_id),
	check ((suspended_for is null) = (suspended_at is null))
);
grant select, insert, update, delete on business_sectors to san_app;
insert into business_sectors (business_id, sector_id, confirmed_at, confirmed_rev)
select b.id, s.id, coalesce(b.confirmed_at, b.created_at), 0 from businesses b, sectors s where b.state = 'confirmed';

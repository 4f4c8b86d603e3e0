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

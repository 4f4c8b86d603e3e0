create sequence case_numbers start 4217;
create table cases (
	id uuid primary key,
	code text not null unique,
	kind text not null check (kind in ('listing')),
	listing_id uuid not null references listings (id),
	listing_rev int not null,
	agency_id text not null references agencies (id),
	assignee_id uuid references accounts (id),
	state text not null check (state in ('open', 'approved', 'returned', 'cancelled')),
	rev int not null default 1,
	round int not null default 1,
	clause text not null,
	received_at timestamptz not null,
	device_time timestamptz not null,
	-- Exclusive end of the term, with how it was counted (TG-10.2b).
	due_at timestamptz not null,
	last_day date not null,
	counted_days date[] not null,
	skipped_days jsonb not null,
	soon_hours int not null,
	decided_at timestamptz,
	decided_by uuid references accounts (id),
	decided_by_name text,
	decided_device_time timestamptz,
	reason_codes text[] not null default '{}',
	note text not null default '',
	check ((state = 'open') = (decided_at is null))
);
create unique index cases_one_open_a_listing on cases (listing_id) where state = 'open';
create index cases_open_due on cases (due_at, id) where state = 'open';
create index cases_agency_open on cases (agency_id, due_at, id) where state = 'open';
create index cases_agency_history on cases (agency_id, decided_at desc, id) where state <> 'open';
create index cases_assignee_open on cases (assignee_id) where state = 'open';
create index cases_of_listing on cases (listing_id);
grant select, insert, update on cases to san_app;
grant usage on sequence case_numbers to san_app;

create table case_events (
	id bigint generated always as identity primary key,
	case_id uuid not null references cases (id),
	at timestamptz not null,
	actor text not null,
	kind text not null check (kind in ('opened', 'assigned', 'reassigned', 'approved', 'returned', 'cancelled', 'breached')),
	data jsonb not null default '{}'
);
create index case_events_of_case on case_events (case_id, id);
create trigger case_events_append_only before update or delete on case_events
	for each row execute function refuse_change();
grant select, insert on case_events to san_app;

-- TG-10.3b: the system itself counts, once a case, and nobody can edit it.
create table sla_breaches (
	case_id uuid primary key references cases (id),
	officer_id uuid references accounts (id),
	agency_id text not null references agencies (id),
	due_at timestamptz not null,
	written_at timestamptz not null
);
create index sla_breaches_agency on sla_breaches (agency_id, due_at);
create trigger sla_breaches_append_only before update or delete on sla_breaches
	for each row execute function refuse_change();
create trigger sla_breaches_no_truncate before truncate on sla_breaches
	for each statement execute function refuse_change();
grant select, insert on sla_breaches to san_app;

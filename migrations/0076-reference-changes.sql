-- TG-3.4a: what a manager account sets up beside the pack: lists, terms, days off, how cases are given out, texts. The
-- pack's own text stays as it was loaded.
create table reference_changes (
	id uuid primary key,
	seq bigint generated always as identity,
	pack_id text not null references rule_packs (id),
	-- What it is about, "categories:trai-cay": two of one thing follow each other.
	subject text not null,
	kind text not null check (kind in
		('added', 'renamed', 'ended', 'resumed', 'term', 'calendar', 'assignment', 'texts')),
	effective_on date not null,
	change jsonb not null,
	reason text not null,
	decision text not null,
	made_at timestamptz not null,
	made_by uuid not null references accounts (id),
	-- Like the name on a decision: what an office does is named.
	made_by_name text not null,
	withdrawn_at timestamptz,
	withdrawn_by uuid references accounts (id),
	-- When no case can be opened any more that knows nothing of it; of days off only.
	settled_at timestamptz,
	check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index reference_changes_of_pack on reference_changes (pack_id, seq);
create index reference_changes_unsettled on reference_changes (made_at) where kind = 'calendar' and settled_at is null;
create trigger reference_changes_stay before delete on reference_changes
	for each row execute function refuse_change();
create trigger reference_changes_no_truncate before truncate on reference_changes
	for each statement execute function refuse_change();
grant select, insert, update (withdrawn_at, withdrawn_by, settled_at) on reference_changes to san_app;

-- Rows name a category that an administrator added as well.
grant insert, update on categories to san_app;

-- The calendar changed under an open case, and its term with it.
alter table case_events drop constraint case_events_kind_check;
alter table case_events add constraint case_events_kind_check check (kind in
	('opened', 'assigned', 'reassigned', 'moved', 'approved', 'returned', 'refused', 'cancelled', 'breached', 'recounted'));

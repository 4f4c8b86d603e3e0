import type { Assignment, Candidate } from '$lib/domain/moderation/rules.ts';
import type { CaseKind, CaseState } from '$lib/domain/moderation/states.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export type CaseRow = {
	id: string;
	code: string;
	kind: CaseKind;
	title: string;
	state: CaseState;
	rev: number;
	/** The listing, the need, the business, or the request of a reconfirmation; and the version under decision. */
	subjectId: string;
	subjectRev: number;
	applicantId: string;
	businessId: string | null;
	agencyId: string;
	/** What of the subject it is about: it goes where they go, and a registration is confirmed for them. */
	sectors: string[];
	assigneeId: string | null;
	round: number;
	clause: string;
	/** The officer who was away when it came in. */
	assignedFor: string | null;
	receivedAt: string;
	dueAt: string;
	decidedAt: string | null;
	decidedByName: string | null;
};

const columns = (db: Queryable) => db`
	id, code, kind, title, state, rev, subject_id as "subjectId", subject_rev as "subjectRev",
	applicant_id as "applicantId", business_id as "businessId", agency_id as "agencyId",
	sectors,
	assignee_id as "assigneeId", assigned_for as "assignedFor", round, clause, received_at as "receivedAt", due_at as "dueAt", decided_at as "decidedAt",
	decided_by_name as "decidedByName"`;

export async function findCase(db: Queryable, id: string): Promise<CaseRow | null> {
	const [row] = await db<CaseRow[]>`select ${columns(db)} from cases where id = ${id}`;
	return row ?? null;
}

export async function lockCase(tx: Tx, id: string): Promise<CaseRow | null> {
	const [row] = await tx<CaseRow[]>`select ${columns(tx)} from cases where id = ${id} for update`;
	return row ?? null;
}

/** In the order of ids, so that two who lock several cannot wait for each other. */
export async function lockOpenCasesOf(tx: Tx, subjectIds: readonly string[]): Promise<CaseRow[]> {
	return tx<CaseRow[]>`
		select ${columns(tx)} from cases
		where subject_id = any(${[...subjectIds]}::uuid[]) and state = 'open' order by id for update`;
}

/** The next code people read out, "TG-42-17". */
export async function nextCaseCode(tx: Tx, prefix: string): Promise<string> {
	const [row] = await tx<{ code: string }[]>`
		select ${prefix}::text || '-' || readable_number(nextval('case_numbers')) as code`;
	if (!row) throw new Error('the sequence of case numbers returned nothing');
	return row.code;
}

/** Inserts the case with its round: how often it was sent to this department so far, goods and needs: to any; this one included. */
export async function insertCase(
	tx: Tx,
	row: {
		id: string;
		code: string;
		kind: CaseKind;
		title: string;
		subjectId: string;
		subjectRev: number;
		applicantId: string;
		businessId: string | null;
		agencyId: string;
		assigneeId: string | null;
		assignedFor: string | null;
		clause: string;
		receivedAt: string;
		deviceTime: string;
		dueAt: string;
		lastDay: string;
		countedDays: readonly string[];
		skippedDays: readonly { day: string; reason: string }[];
		soonHours: number;
		/** None for what is not about a sector. */
		sectors: readonly string[];
	}
): Promise<void> {
	await tx`
		insert into cases (id, code, kind, title, subject_id, subject_rev, listing_id, business_id, applicant_id,
			agency_id, assignee_id, assigned_for, state, round, clause, received_at, device_time, due_at, last_day, counted_days,
			skipped_days, soon_hours, sectors)
		select ${row.id}, ${row.code}, ${row.kind}, ${row.title}, ${row.subjectId}, ${row.subjectRev},
			${row.kind === 'listing' ? row.subjectId : null}::uuid, ${row.businessId}::uuid, ${row.applicantId},
			${row.agencyId}, ${row.assigneeId}::uuid, ${row.assignedFor}::uuid, 'open', count(*) + 1, ${row.clause}, ${row.receivedAt},
			${row.deviceTime}, ${row.dueAt}, ${row.lastDay}, ${[...row.countedDays]}::text[]::date[],
			${JSON.stringify(row.skippedDays)}::text::jsonb, ${row.soonHours}, ${[...row.sectors]}::text[]
		from cases where subject_id = ${row.subjectId} and (kind in ('listing', 'need') or agency_id = ${row.agencyId})`;
}

export async function updateDecision(
	tx: Tx,
	row: {
		id: string;
		state: CaseState;
		at: string;
		by: string | null;
		byName: string;
		/** Who was away and is stood in for. */
		forName?: string | null;
		deviceTime: string;
		reasonCodes: readonly string[];
		note: string;
		checked?: readonly string[];
	}
): Promise<void> {
	await tx`
		update cases set state = ${row.state}, rev = rev + 1, decided_at = ${row.at}, decided_by = ${row.by},
			decided_by_name = ${row.byName}, decided_for_name = ${row.forName ?? null},
			decided_device_time = ${row.deviceTime},
			reason_codes = ${[...row.reasonCodes]}::text[], note = ${row.note},
			checked = ${[...(row.checked ?? [])]}::text[]
		where id = ${row.id}`;
}

/**
 * What of a case goes to another department becomes a case there: same version, same receipt, same term, and the breach
 * that was written stays the first department's. Held by the whole unit.
 */
export async function insertPart(
	tx: Tx,
	row: {
		readonly id: string;
		readonly code: string;
		readonly of: string;
		readonly agencyId: string;
		readonly sectors: readonly string[];
		readonly at: string;
	}
): Promise<void> {
	await tx`
		insert into cases (id, code, kind, title, subject_id, subject_rev, listing_id, business_id, applicant_id,
			agency_id, state, round, clause, received_at, device_time, due_at, last_day, counted_days, skipped_days,
			soon_hours, sectors, moved_at)
		select ${row.id}, ${row.code}, c.kind, c.title, c.subject_id, c.subject_rev, c.listing_id, c.business_id,
			c.applicant_id, ${row.agencyId}, 'open', (
				select count(*) + 1 from cases o where o.subject_id = c.subject_id and o.agency_id = ${row.agencyId}),
			c.clause, c.received_at, c.device_time, c.due_at, c.last_day, c.counted_days, c.skipped_days,
			c.soon_hours, ${[...row.sectors]}::text[], ${row.at}
		from cases c where c.id = ${row.of}`;
	await tx`
		insert into sla_breaches (case_id, officer_id, agency_id, due_at, written_at)
		select ${row.id}, officer_id, agency_id, due_at, written_at from sla_breaches where case_id = ${row.of}`;
}

/** What is left of a case when a part of it has gone. */
export async function updateSectors(tx: Tx, id: string, sectors: readonly string[]): Promise<void> {
	await tx`update cases set sectors = ${[...sectors]}::text[], rev = rev + 1 where id = ${id}`;
}

/** `null` leaves the case to the whole unit. */
export async function updateAssignee(tx: Tx, id: string, assigneeId: string | null): Promise<void> {
	await tx`update cases set assignee_id = ${assigneeId}, assigned_for = null, rev = rev + 1 where id = ${id}`;
}

export async function updateAgency(
	tx: Tx,
	id: string,
	to: { readonly agencyId: string; readonly assigneeId: string | null; readonly at: string }
): Promise<void> {
	await tx`
		update cases set agency_id = ${to.agencyId}, assignee_id = ${to.assigneeId}, moved_at = ${to.at}, rev = rev + 1 where id = ${id}`;
}

/** Open cases of which something lies with an agency that no longer answers for it, or with somebody without a post there. */
export async function listMisplaced(db: Queryable, now: string, limit: number): Promise<{ id: string }[]> {
	return db<{ id: string }[]>`
		with acting as materialized (select id, acting_agency(id, ${now}) as now from agencies),
		answers as materialized (
			select s.sector_id, a.now from sector_agencies s join acting a on a.id = s.agency_id
			where s.effective_from <= vietnam_day(${now})
				and (s.effective_to is null or s.effective_to >= vietnam_day(${now})))
		select c.id from cases c join acting own on own.id = c.agency_id
		where c.state = 'open' and (
			(c.sectors = '{}' and own.now <> c.agency_id)
			or exists (select from unnest(c.sectors) as asked (id) left join answers s on s.sector_id = asked.id
				where coalesce(s.now, own.now) <> c.agency_id)
			or (c.assignee_id is not null and not exists (
				select from posts p join acting held on held.id = p.agency_id
				where p.account_id = c.assignee_id and held.now = c.agency_id and p.valid_from <= ${now}
					and (p.valid_to is null or p.valid_to > ${now}))))
		order by c.due_at, c.id limit ${limit}`;
}

/** The open cases an officer holds in a unit, or in one whose work it took over. */
export async function listHeldIn(
	db: Queryable,
	accountId: string,
	agencyId: string,
	now: string
): Promise<{ id: string }[]> {
	return db<{ id: string }[]>`
		select id from cases
		where state = 'open' and assignee_id = ${accountId}
			and agency_id = any(acts_for(acting_agency(${agencyId}, ${now}), ${now}))
		order by id`;
}

/** Decided cases that devices hold under an agency whose work another has taken over since. */
export async function listDecidedElsewhere(
	db: Queryable,
	now: string,
	limit: number
): Promise<{ id: string }[]> {
	return db<{ id: string }[]>`
		with ended as materialized (
			select id from agencies where effective_to < vietnam_day(${now}) and acting_agency(id, ${now}) <> id)
		select c.id from ended e join cases c on c.agency_id = e.id
		where c.state <> 'open' and c.decided_at > ${now}::timestamptz - interval '14 days'
			and exists (select from sync_feed f where f.audience = 'agency:' || c.agency_id and f.collection = 'cases'
				and f.doc_id = c.id::text and f.doc is not null)
		order by c.id limit ${limit}`;
}

export type CaseEventKind =
	| 'opened'
	| 'assigned'
	| 'reassigned'
	| 'moved'
	| 'approved'
	| 'returned'
	| 'refused'
	| 'cancelled'
	| 'breached'
	| 'recounted';

export async function insertCaseEvent(
	tx: Tx,
	row: {
		caseId: string;
		at: string;
		actor: string;
		kind: CaseEventKind;
		data?: Readonly<Record<string, string | null>>;
	}
): Promise<void> {
	await tx`
		insert into case_events (case_id, at, actor, kind, data)
		values (${row.caseId}, ${row.at}, ${row.actor}, ${row.kind}, ${JSON.stringify(row.data ?? {})}::text::jsonb)`;
}

/** Every hand-over of a case, oldest first. */
export async function listAssignments(db: Queryable, caseId: string): Promise<Assignment[]> {
	return db<Assignment[]>`
		select at, data ->> 'to' as "to" from case_events
		where case_id = ${caseId} and kind in ('assigned', 'reassigned') order by id`;
}

/** Load and waiting time of these officers; what a substitute holds for somebody counts for that somebody. */
export async function listCandidates(db: Queryable, accountIds: readonly string[]): Promise<Candidate[]> {
	return db<Candidate[]>`
		select o.id as "accountId",
			(select count(*)::int from cases c
				where c.assignee_id = o.id and c.assigned_for is null and c.state = 'open')
			+ (select count(*)::int from cases c where c.assigned_for = o.id and c.state = 'open') as open,
			greatest(
				(select max(c.received_at) from cases c where c.assignee_id = o.id and c.assigned_for is null),
				(select max(c.received_at) from cases c where c.assigned_for = o.id)) as "lastAssignedAt"
		from unnest(${[...accountIds]}::uuid[]) as o (id)`;
}

/** False when the breach of this case was written before, by whoever. */
export async function insertBreach(
	tx: Tx,
	row: { caseId: string; officerId: string | null; agencyId: string; dueAt: string; writtenAt: string }
): Promise<boolean> {
	const rows = await tx`
		insert into sla_breaches (case_id, officer_id, agency_id, due_at, written_at)
		values (${row.caseId}, ${row.officerId}::uuid, ${row.agencyId}, ${row.dueAt}, ${row.writtenAt})
		on conflict (case_id) do nothing returning case_id`;
	return rows.length === 1;
}

/** Open cases whose term is over and whose breach is not written yet. */
export async function listUnwrittenBreaches(
	db: Queryable,
	now: string,
	limit: number
): Promise<{ id: string }[]> {
	return db<{ id: string }[]>`
		select c.id from cases c
		where c.state = 'open' and c.due_at <= ${now}
			and not exists (select from sla_breaches b where b.case_id = c.id)
		order by c.due_at, c.id limit ${limit}`;
}

/** The next instant at which an open case becomes overdue. */
export async function findNextDue(db: Queryable, after: string): Promise<string | null> {
	const [row] = await db<{ due: string | null }[]>`
		select min(due_at) as due from cases where state = 'open' and due_at > ${after}`;
	return row?.due ?? null;
}

export type CaseView = {
	id: string;
	code: string;
	kind: CaseKind;
	state: CaseState;
	rev: number;
	/** Whoever acts for the agency today. */
	agencyId: string;
	/** What it was called when it decided. */
	agencyName: string;
	assigneeId: string | null;
	assigneeName: string | null;
	subjectId: string;
	subjectRev: number;
	sectors: string[];
	title: string;
	round: number;
	/** The business, or the account of somebody without one, whose names are empty. */
	sellerId: string;
	sellerAccountId: string;
	sellerName: string;
	sellerWard: string;
	receivedAt: string;
	deviceTime: string;
	dueAt: string;
	lastDay: string;
	countedDays: string[];
	skippedDays: { day: string; reason: string }[];
	soonHours: number;
	breachedAt: string | null;
	decidedAt: string | null;
	decidedBy: string | null;
	decidedByName: string | null;
	decidedForName: string | null;
	decidedDeviceTime: string | null;
	reasonCodes: string[];
	note: string;
	checked: string[];
	recent: boolean;
};

/** What a case of any kind shows to its department; `recent` = open, or decided in the last fourteen days. */
export async function findCaseView(db: Queryable, id: string): Promise<CaseView | null> {
	const [row] = await db<CaseView[]>`
		select c.id, c.code, c.kind, c.state, c.rev, acting_agency(c.agency_id, now()) as "agencyId",
			agency_name(c.agency_id, coalesce(c.decided_at, now())) as "agencyName", c.assignee_id as "assigneeId",
			(select p.public_name from posts p where p.account_id = c.assignee_id
				order by p.agency_id = c.agency_id desc, p.valid_from desc limit 1) as "assigneeName",
			c.subject_id as "subjectId", c.subject_rev as "subjectRev", c.sectors, c.title, c.round,
			coalesce(b.id, c.applicant_id) as "sellerId", c.applicant_id as "sellerAccountId",
			coalesce(b.name, '') as "sellerName", coalesce(w.name, '') as "sellerWard",
			c.received_at as "receivedAt", c.device_time as "deviceTime", c.due_at as "dueAt",
			c.last_day as "lastDay", c.counted_days::text[] as "countedDays", c.skipped_days as "skippedDays",
			c.soon_hours as "soonHours", s.written_at as "breachedAt",
			c.decided_at as "decidedAt", c.decided_by as "decidedBy", c.decided_by_name as "decidedByName",
			c.decided_for_name as "decidedForName",
			c.decided_device_time as "decidedDeviceTime", c.reason_codes as "reasonCodes", c.note, c.checked,
			c.decided_at is null or c.decided_at > now() - interval '14 days' as recent
		from cases c
		left join businesses b on b.id = c.business_id
		left join wards w on w.code = b.ward_code
		left join sla_breaches s on s.case_id = c.id
		where c.id = ${id}`;
	return row ?? null;
}

/** Decided cases that are still on officers' devices although their fourteen days are over. */
export async function listRetiredOnDevices(db: Queryable, limit: number): Promise<{ id: string }[]> {
	return db<{ id: string }[]>`
		select f.doc_id as id from sync_feed f join cases c on c.id::text = f.doc_id
		where f.collection = 'cases' and f.doc is not null and c.decided_at <= now() - interval '14 days'
		order by f.doc_id limit ${limit}`;
}

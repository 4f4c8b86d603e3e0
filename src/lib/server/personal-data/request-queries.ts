import type {
	RequestAbout,
	RequestCounts,
	RequestKind,
	RequestOutcome,
	RequestState
} from '$lib/domain/personal-data/requests.ts';
import type { RequestRule } from '$lib/domain/personal-data/rules.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export type RequestRow = {
	readonly id: string;
	readonly code: string;
	readonly accountId: string;
	readonly kind: RequestKind;
	readonly about: RequestAbout;
	readonly textSealed: string | null;
	readonly state: RequestState;
	readonly rule: Pick<RequestRule, 'extension' | 'clause' | 'law'>;
	readonly receivedAt: string;
	readonly acknowledgeBy: string;
	readonly acknowledgedAt: string | null;
	readonly dueAt: string;
	readonly lastDay: string;
	readonly countedDays: string[];
	readonly skippedDays: { day: string; reason: string }[];
	readonly extendedAt: string | null;
	readonly extensionSealed: string | null;
	readonly outcome: RequestOutcome | null;
	readonly answerSealed: string | null;
	readonly answeredBy: string | null;
	readonly endedAt: string | null;
	readonly acknowledgeLateAt: string | null;
	readonly answerLateAt: string | null;
};

const columns = (db: Queryable) => db`
	id, code, account_id as "accountId", kind, about, text_sealed as "textSealed", state, rule,
	received_at as "receivedAt", acknowledge_by as "acknowledgeBy", acknowledged_at as "acknowledgedAt",
	due_at as "dueAt", last_day as "lastDay", array(select to_char(d, 'YYYY-MM-DD') from unnest(counted_days) d) as "countedDays",
	skipped_days as "skippedDays", extended_at as "extendedAt", extension_sealed as "extensionSealed", outcome,
	answer_sealed as "answerSealed", answered_by as "answeredBy", ended_at as "endedAt",
	acknowledge_late_at as "acknowledgeLateAt", answer_late_at as "answerLateAt"`;

const waiting = (db: Queryable) => db`state in ('received', 'acknowledged')`;

export async function nextRequestCode(tx: Tx, prefix: string): Promise<string> {
	const [row] = await tx<{ code: string }[]>`
		select ${prefix}::text || '-D' || readable_number(nextval('data_request_numbers')) as code`;
	if (!row) throw new Error('the sequence of data requests returned nothing');
	return row.code;
}

export async function insertRequest(
	tx: Tx,
	row: Pick<
		RequestRow,
		| 'id'
		| 'code'
		| 'accountId'
		| 'kind'
		| 'about'
		| 'rule'
		| 'receivedAt'
		| 'acknowledgeBy'
		| 'dueAt'
		| 'lastDay'
	> & {
		readonly textSealed: string;
		readonly countedDays: readonly string[];
		readonly skippedDays: readonly { readonly day: string; readonly reason: string }[];
	}
): Promise<void> {
	await tx`
		insert into data_requests (id, code, account_id, kind, about, text_sealed, rule, received_at, acknowledge_by,
			due_at, last_day, counted_days, skipped_days)
		values (${row.id}, ${row.code}, ${row.accountId}, ${row.kind}, ${row.about}, ${row.textSealed},
			${JSON.stringify(row.rule)}::text::jsonb, ${row.receivedAt}, ${row.acknowledgeBy}, ${row.dueAt},
			${row.lastDay}, ${[...row.countedDays]}::date[], ${JSON.stringify(row.skippedDays)}::text::jsonb)`;
}

/** Row-level security makes another member's request one that does not exist. */
export async function findRequest(db: Queryable, id: string): Promise<RequestRow | null> {
	const [row] = await db<RequestRow[]>`select ${columns(db)} from data_requests where id = ${id}`;
	return row ?? null;
}

export async function lockRequest(tx: Tx, id: string): Promise<RequestRow | null> {
	const [row] = await tx<RequestRow[]>`select ${columns(tx)} from data_requests where id = ${id} for update`;
	return row ?? null;
}

export const listOwnRequests = (db: Queryable, accountId: string): Promise<RequestRow[]> =>
	db<RequestRow[]>`
		select ${columns(db)} from data_requests where account_id = ${accountId} order by received_at desc, id`;

export async function countWaitingOf(tx: Tx, accountId: string): Promise<number> {
	const [row] = await tx<{ n: number }[]>`
		select count(*)::int as n from data_requests where account_id = ${accountId} and ${waiting(tx)}`;
	return row?.n ?? 0;
}

/** Those that wait, the first due first; asked as the system. */
export const listWaiting = (db: Queryable): Promise<RequestRow[]> =>
	db<RequestRow[]>`
		select ${columns(db)} from data_requests where ${waiting(db)}
		order by least(due_at, case when acknowledged_at is null then acknowledge_by end), id`;

export const listEnded = (db: Queryable, limit: number): Promise<RequestRow[]> =>
	db<RequestRow[]>`
		select ${columns(db)} from data_requests where not (${waiting(db)}) order by ended_at desc, id limit ${limit}`;

export async function countRequests(db: Queryable, now: string): Promise<RequestCounts> {
	const [row] = await db<RequestCounts[]>`
		select count(*) filter (where ${waiting(db)})::int as open,
			count(*) filter (where ${waiting(db)} and (due_at <= ${now}
				or (acknowledged_at is null and acknowledge_by <= ${now})))::int as overdue,
			count(*) filter (where not (${waiting(db)})
				and coalesce(acknowledge_late_at, answer_late_at) is not null)::int as "answeredLate"
		from data_requests`;
	return row ?? { open: 0, overdue: 0, answeredLate: 0 };
}

export async function updateAcknowledged(tx: Tx, id: string, now: string): Promise<void> {
	await tx`
		update data_requests set state = 'acknowledged', acknowledged_at = coalesce(acknowledged_at, ${now})
		where id = ${id}`;
}

export async function updateExtended(
	tx: Tx,
	row: {
		id: string;
		reasonSealed: string;
		now: string;
		dueAt: string;
		lastDay: string;
		countedDays: readonly string[];
		skippedDays: readonly { readonly day: string; readonly reason: string }[];
	}
): Promise<void> {
	await tx`
		update data_requests set extended_at = ${row.now}, extension_sealed = ${row.reasonSealed}, due_at = ${row.dueAt},
			last_day = ${row.lastDay}, counted_days = ${[...row.countedDays]}::date[],
			skipped_days = ${JSON.stringify(row.skippedDays)}::text::jsonb
		where id = ${row.id}`;
}

export async function updateAnswered(
	tx: Tx,
	row: { id: string; outcome: RequestOutcome; answerSealed: string; by: string; now: string }
): Promise<void> {
	await tx`
		update data_requests set state = 'answered', outcome = ${row.outcome}, answer_sealed = ${row.answerSealed},
			answered_by = ${row.by}, ended_at = ${row.now}, acknowledged_at = coalesce(acknowledged_at, ${row.now})
		where id = ${row.id}`;
}

export async function updateWithdrawn(tx: Tx, id: string, now: string): Promise<void> {
	await tx`update data_requests set state = 'withdrawn', ended_at = ${now} where id = ${id}`;
}

export async function updateLate(
	tx: Tx,
	id: string,
	late: { acknowledge: boolean; answer: boolean },
	now: string
): Promise<void> {
	await tx`
		update data_requests set
			acknowledge_late_at = case when ${late.acknowledge} then ${now}::timestamptz else acknowledge_late_at end,
			answer_late_at = case when ${late.answer} then ${now}::timestamptz else answer_late_at end
		where id = ${id}`;
}

/** What passed a term since somebody looked last; asked as the system. */
export async function listNewlyLate(db: Queryable, now: string): Promise<string[]> {
	const rows = await db<{ id: string }[]>`
		select id from data_requests where ${waiting(db)} and (
			(answer_late_at is null and due_at <= ${now})
			or (acknowledge_late_at is null and acknowledged_at is null and acknowledge_by <= ${now}))
		order by id`;
	return rows.map(({ id }) => id);
}

/** Name and contact, sealed with the member's key; asked as the system. */
export async function findAsker(
	db: Queryable,
	accountId: string
): Promise<{ name: string; phone: string | null; email: string | null } | null> {
	const [row] = await db<{ name: string; phone: string | null; email: string | null }[]>`
		select name_sealed as name, phone_sealed as phone, email_sealed as email
		from account_profiles where account_id = ${accountId}`;
	return row ?? null;
}

/** The words of requests that ended before; the line of what was asked and when stays. Returns how many. */
export async function forgetRequestWords(tx: Tx, before: string, now: string): Promise<number> {
	const rows = await tx`
		update data_requests set text_sealed = null, answer_sealed = null, extension_sealed = null, forgotten_at = ${now}
		where ended_at < ${before} and forgotten_at is null returning id`;
	return rows.length;
}

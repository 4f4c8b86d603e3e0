import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export type RemedyRow = {
	caseId: string;
	measureId: string;
	code: string;
	state: 'open' | 'approved' | 'returned' | 'refused' | 'cancelled';
	textSealed: string;
	sentAt: string;
	dueAt: string;
	lastDay: string;
	note: string;
};

/** The requests for these measures, the latest of each first. */
export const listRemedies = (db: Queryable, measureIds: readonly string[]): Promise<RemedyRow[]> =>
	db<RemedyRow[]>`
		select r.case_id as "caseId", r.measure_id as "measureId", c.code, c.state, r.text_sealed as "textSealed",
			r.sent_at as "sentAt", c.due_at as "dueAt", c.last_day as "lastDay", c.note
		from remedies r join cases c on c.id = r.case_id
		where r.measure_id = any(${[...measureIds]}::uuid[]) order by r.sent_at desc, r.case_id`;

export async function insertRemedy(
	tx: Tx,
	row: { caseId: string; measureId: string; accountId: string; textSealed: string; now: string }
): Promise<void> {
	await tx`
		insert into remedies (case_id, measure_id, account_id, text_sealed, sent_at)
		values (${row.caseId}, ${row.measureId}, ${row.accountId}, ${row.textSealed}, ${row.now})`;
}

/** What a case asks for. */
export async function findRemedy(
	db: Queryable,
	caseId: string
): Promise<{ measureId: string; accountId: string; textSealed: string } | null> {
	const [row] = await db<{ measureId: string; accountId: string; textSealed: string }[]>`
		select measure_id as "measureId", account_id as "accountId", text_sealed as "textSealed"
		from remedies where case_id = ${caseId}`;
	return row ?? null;
}

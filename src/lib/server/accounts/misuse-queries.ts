import type { Tx } from '$lib/server/db/pool.ts';

export async function insertMisuseReport(
	tx: Tx,
	row: {
		id: string;
		accountId: string;
		noteSealed: string | null;
		sessionsSealed: string;
		sessionsEnded: number;
		now: string;
	}
): Promise<string> {
	const [made] = await tx<{ number: string }[]>`
		insert into misuse_reports (id, account_id, note_sealed, sessions_sealed, sessions_ended, at)
		values (${row.id}, ${row.accountId}, ${row.noteSealed}, ${row.sessionsSealed}, ${row.sessionsEnded}, ${row.now})
		returning readable_number(number) as number`;
	if (!made) throw new Error('the report was not written');
	return made.number;
}

/** A report as it is stored: every text sealed with the key of its member. */
export type MisuseRow = {
	readonly id: string;
	readonly number: string;
	readonly accountId: string;
	readonly nameSealed: string | null;
	readonly noteSealed: string | null;
	readonly sessionsSealed: string | null;
	readonly sessionsEnded: number;
	readonly at: string;
	readonly answerSealed: string | null;
	readonly answeredAt: string | null;
	readonly answeredBy: string | null;
};

const report = (tx: Tx) => tx`
	select r.id, readable_number(r.number) as number, r.account_id as "accountId", p.name_sealed as "nameSealed",
		r.note_sealed as "noteSealed", r.sessions_sealed as "sessionsSealed", r.sessions_ended as "sessionsEnded", r.at,
		r.answer_sealed as "answerSealed", r.handled_at as "answeredAt", r.handled_by_name as "answeredBy"
	from misuse_reports r left join account_profiles p on p.account_id = r.account_id`;

/** Those that wait, the oldest first; or those that were answered, the newest first. Asked as the system. */
export const listMisuseReports = (tx: Tx, answered: boolean): Promise<MisuseRow[]> =>
	answered
		? tx<MisuseRow[]>`${report(tx)} where r.handled_at is not null order by r.handled_at desc, r.id limit 200`
		: tx<MisuseRow[]>`${report(tx)} where r.handled_at is null order by r.at, r.id limit 200`;

export const listOwnMisuseReports = (tx: Tx, accountId: string): Promise<MisuseRow[]> =>
	tx<MisuseRow[]>`${report(tx)} where r.account_id = ${accountId} order by r.at desc limit 20`;

export async function findMisuseReport(tx: Tx, id: string): Promise<MisuseRow | null> {
	const [row] = await tx<MisuseRow[]>`${report(tx)} where r.id = ${id}`;
	return row ?? null;
}

/** False when somebody else has answered meanwhile. */
export async function updateMisuseAnswer(
	tx: Tx,
	row: { id: string; answerSealed: string; by: string; byName: string; now: string }
): Promise<boolean> {
	const rows = await tx`
		update misuse_reports set answer_sealed = ${row.answerSealed}, handled_at = ${row.now}, handled_by = ${row.by},
			handled_by_name = ${row.byName}
		where id = ${row.id} and handled_at is null returning id`;
	return rows.length === 1;
}

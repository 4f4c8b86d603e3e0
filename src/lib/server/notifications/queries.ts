import type { NotificationDoc } from '$lib/domain/notifications/schema.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export async function insertNotification(
	tx: Tx,
	row: Omit<NotificationDoc, 'readAt'> & { accountId: string }
): Promise<void> {
	await tx`
		insert into notifications (id, account_id, kind, subject_id, facts, at)
		values (${row.id}, ${row.accountId}, ${row.kind}, ${row.subjectId},
			${JSON.stringify(row.facts)}::text::jsonb, ${row.at})`;
}

export async function findNotification(
	tx: Tx,
	id: string
): Promise<(NotificationDoc & { accountId: string }) | null> {
	const [row] = await tx<(NotificationDoc & { accountId: string })[]>`
		select id, account_id as "accountId", kind, subject_id as "subjectId", facts, at, read_at as "readAt"
		from notifications where id = ${id}`;
	return row ?? null;
}

/** Marks the account's own unread ones; returns the ids that changed. */
export async function updateRead(
	tx: Tx,
	accountId: string,
	ids: readonly string[],
	now: string
): Promise<string[]> {
	const rows = await tx<{ id: string }[]>`
		update notifications set read_at = ${now}
		where account_id = ${accountId} and id = any(${[...ids]}::uuid[]) and read_at is null
		returning id`;
	return rows.map((row) => row.id).sort();
}

export async function listNotificationsBefore(
	db: Queryable,
	before: string,
	limit: number
): Promise<string[]> {
	const rows = await db<{ id: string }[]>`
		select id from notifications where at < ${before} order by at, id limit ${limit}`;
	return rows.map(({ id }) => id);
}

export async function deleteNotification(tx: Tx, id: string): Promise<void> {
	await tx`delete from notifications where id = ${id}`;
}

import type { NotificationDoc } from '$lib/domain/notifications/schema.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

/** A line that was read before it came: not yet one, and not shown. */
const awaited = '';

/** One that was read before it came back is read already (sync 13). */
export async function insertNotification(
	tx: Tx,
	row: Omit<NotificationDoc, 'readAt'> & { accountId: string }
): Promise<void> {
	const written = await tx`
		insert into notifications (id, account_id, kind, subject_id, facts, at)
		values (${row.id}, ${row.accountId}, ${row.kind}, ${row.subjectId},
			${JSON.stringify(row.facts)}::text::jsonb, ${row.at})
		on conflict (id) do update set account_id = excluded.account_id, kind = excluded.kind,
			subject_id = excluded.subject_id, facts = excluded.facts, at = excluded.at,
			read_at = case when notifications.account_id = excluded.account_id then notifications.read_at end
			where notifications.kind = ${awaited}`;
	if (written.count === 0) throw new Error(`there is a notification ${row.id} already`);
}

/**
 * For a day after a restore what made a line may still be on somebody's device: those of these that are not here are
 * noted as read, for when they come back (sync 13).
 */
export async function insertReadAhead(
	tx: Tx,
	accountId: string,
	ids: readonly string[],
	now: string
): Promise<void> {
	await tx`
		insert into notifications (id, account_id, kind, subject_id, at, read_at)
		select id, ${accountId}, ${awaited}, id, ${now}, ${now} from unnest(${[...ids]}::uuid[]) id, exchange
		where exchange.restored_at > now() - interval '1 day'
		on conflict (id) do nothing`;
}

export async function findNotification(
	tx: Tx,
	id: string
): Promise<(NotificationDoc & { accountId: string }) | null> {
	const [row] = await tx<(NotificationDoc & { accountId: string })[]>`
		select id, account_id as "accountId", kind, subject_id as "subjectId", facts, at, read_at as "readAt"
		from notifications where id = ${id} and kind <> ${awaited}`;
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

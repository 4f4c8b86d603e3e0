import type { RecordedReferenceChange, ReferenceChange } from '$lib/domain/reference/changes.ts';
import { publicStates } from '$lib/domain/listings/states.ts';
import type { ListName } from '$lib/domain/reference/lists.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export async function insertReferenceChange(
	tx: Tx,
	row: {
		readonly id: string;
		readonly packId: string;
		readonly subject: string;
		readonly change: ReferenceChange;
		readonly effectiveOn: string;
		readonly reason: string;
		readonly decision: string;
		readonly madeAt: string;
		readonly madeBy: string;
		readonly madeByName: string;
	}
): Promise<void> {
	await tx`
		insert into reference_changes (id, pack_id, subject, kind, effective_on, change, reason, decision, made_at,
			made_by, made_by_name)
		values (${row.id}, ${row.packId}, ${row.subject}, ${row.change.kind}, ${row.effectiveOn},
			${JSON.stringify(row.change)}::text::jsonb, ${row.reason}, ${row.decision}, ${row.madeAt}, ${row.madeBy},
			${row.madeByName})`;
}

/** Every change of the pack in force, oldest first. */
export async function listReferenceChanges(db: Queryable): Promise<RecordedReferenceChange[]> {
	return db<RecordedReferenceChange[]>`
		select c.id, c.change, c.effective_on as "effectiveOn", c.reason, c.decision, c.made_at as "madeAt",
			c.made_by_name as "madeByName", c.withdrawn_at as "withdrawnAt"
		from reference_changes c join exchange e on e.pack_id = c.pack_id order by c.seq`;
}

export async function updateReferenceWithdrawn(tx: Tx, id: string, by: string, at: string): Promise<void> {
	await tx`update reference_changes set withdrawn_at = ${at}, withdrawn_by = ${by} where id = ${id}`;
}

/** Whether days of the calendar were changed that an open case may know nothing of. */
export async function hasUnsettledDays(db: Queryable): Promise<boolean> {
	const [row] = await db<{ there: boolean }[]>`
		select exists (select from reference_changes where kind = 'calendar' and settled_at is null) as there`;
	return row?.there ?? false;
}

export async function updateDaysSettled(db: Queryable, madeBefore: string, now: string): Promise<void> {
	await db`
		update reference_changes set settled_at = ${now}
		where kind = 'calendar' and settled_at is null and made_at < ${madeBefore}`;
}

/** How many goods on sale name this entry, counted no further than `most`. */
export async function countUses(
	db: Queryable,
	list: ListName,
	itemId: string,
	most: number
): Promise<number> {
	const names = {
		categories: db`category_id = ${itemId}`,
		units: db`published_content ->> 'unit' = ${itemId}`,
		paymentMethods: db`published_content -> 'payment' ? ${itemId}`,
		shippingMethods: db`published_content -> 'shipping' ? ${itemId}`,
		certificateTypes: db`published_content -> 'certificates' @> ${JSON.stringify([{ type: itemId }])}::text::jsonb`,
		// Reasons stand in decisions, not in goods.
		returnReasons: db`false`
	}[list];
	const [row] = await db<{ n: number }[]>`
		select count(*)::int as n from (
			select from listings where state = any(${[...publicStates]}) and ${names} limit ${most}) as found`;
	return row?.n ?? 0;
}

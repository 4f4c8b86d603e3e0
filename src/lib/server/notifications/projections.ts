import type { Tx } from '$lib/server/db/pool.ts';
import type { Projection } from '$lib/server/sync/publish.ts';
import { findNotification } from './queries.ts';

/** A notification is its receiver's alone. */
export async function projectNotification(tx: Tx, id: string): Promise<Projection<'notifications'>[]> {
	const found = await findNotification(tx, id);
	if (!found) return [];
	const { accountId, ...doc } = found;
	return [{ audience: `user:${accountId}`, doc }];
}

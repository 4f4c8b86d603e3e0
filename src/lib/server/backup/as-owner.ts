import { openDb, type Sql } from '$lib/server/db/pool.ts';
import { roles } from '$lib/server/db/roles.ts';

/** One piece of work as the owner of the database, on a connection of its own that ends with it. */
export async function asOwner<T>(ownerUrl: string, work: (owner: Sql) => Promise<T>): Promise<T> {
	const owner = openDb({ url: ownerUrl, role: roles.owner, max: 1, name: 'san-backup' });
	try {
		return await work(owner);
	} finally {
		await owner.end();
	}
}

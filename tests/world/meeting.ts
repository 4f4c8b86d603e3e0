import { expect } from 'vitest';
import type { Exchange } from './exchange.ts';

/**
 * Lets several write into a table at the same moment: nobody gets to write before all of them wait, each as far as it came by
 * reading.
 */
export async function meetingIn<T>(
	exchange: Pick<Exchange, 'owner'>,
	table: string,
	start: () => readonly Promise<T>[]
): Promise<T[]> {
	const waiters = () => exchange.owner`select from pg_locks where not granted and database =
		(select oid from pg_database where datname = current_database())`;
	const deeds = await exchange.owner.begin(async (tx) => {
		await tx`lock table ${tx(table)} in share row exclusive mode`;
		const started = start();
		await expect.poll(async () => (await waiters()).length).toBe(started.length);
		return { started };
	});
	return Promise.all(deeds.started);
}

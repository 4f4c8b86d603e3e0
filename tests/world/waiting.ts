import { expect } from 'vitest';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import type { Exchange } from './exchange.ts';

/** A transaction that has done its work and waits with its commit. */
export function holding<T>(
	exchange: Pick<Exchange, 'db'>,
	actorId: string,
	work: (ctx: WriteContext) => Promise<T>
) {
	let release = (): void => undefined;
	let worked = (): void => undefined;
	const released = new Promise<void>((resolve) => (release = resolve));
	const hasWorked = new Promise<void>((resolve) => (worked = resolve));
	const done = write(exchange.db, { actorId, now: new Date().toISOString() }, async (ctx) => {
		const value = await work(ctx);
		worked();
		await released;
		return value;
	});
	return { hasWorked, release: () => release(), done };
}

/** Until some connection to this database waits for a lock that another one holds. */
export async function somebodyWaits(exchange: Pick<Exchange, 'owner'>): Promise<void> {
	const waiters = () => exchange.owner`
		select from pg_locks l join pg_stat_activity a using (pid)
		where not l.granted and a.datname = current_database()`;
	await expect.poll(async () => (await waiters()).length, { interval: 10 }).toBeGreaterThan(0);
}

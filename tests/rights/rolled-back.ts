import type { Sql, Tx } from '$lib/server/db/pool.ts';

class Done extends Error {}

/**
 * Runs `work` on a pool whose every transaction is a savepoint of one that is rolled back in the end: what was asked
 * really happens, and the next who asks finds everything as it was.
 */
export async function rolledBack<T>(pool: Sql, work: (pool: Sql) => Promise<T>): Promise<T> {
	let answer: { value: T } | undefined;
	await pool
		.begin(async (tx) => {
			await tx`set local lock_timeout = '3s'`;
			answer = { value: await work(asPool(pool, tx)) };
			throw new Done();
		})
		.catch((error: unknown) => {
			if (!(error instanceof Done)) throw error;
		});
	if (!answer) throw new Error('the transaction never ran');
	return answer.value;
}

/** The pool, in which every statement goes to this one transaction. */
const asPool = (pool: Sql, tx: Tx): Sql =>
	new Proxy(pool, {
		apply: (_, self, args) => Reflect.apply(tx, self, args),
		get: (_, key) =>
			key === 'begin' ? (fn: (inner: Tx) => Promise<unknown>) => tx.savepoint(fn) : Reflect.get(tx, key)
	});

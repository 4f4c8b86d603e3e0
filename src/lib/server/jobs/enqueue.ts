import PgBoss from 'pg-boss';
import type { Tx } from '$lib/server/db/pool.ts';
import { queueSchema, type QueueName } from '$lib/server/db/queues.ts';

/** Knows the statements alone; every one of them runs in the transaction it is given. */
const statements = new PgBoss({
	schema: queueSchema,
	db: { executeSql: () => Promise.reject(new Error('a job is queued inside a transaction')) }
});

/**
 * Queues a job in this transaction: it is there exactly when what it is about is there. `startAfter` is ISO in UTC;
 * missing = at once. Nothing of a person belongs into `data`.
 */
export async function enqueue(
	tx: Tx,
	queue: QueueName,
	data: Readonly<Record<string, string>> = {},
	startAfter?: string
): Promise<void> {
	const parameter = (value: unknown) => {
		if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
		// The one object among them; this driver writes JSON itself.
		return value === null || value === undefined ? null : tx.json(data);
	};
	const executeSql = async (text: string, values: unknown[]) => ({
		rows: await tx.unsafe(text, values.map(parameter))
	});
	await statements.send(queue, data, { db: { executeSql }, ...(startAfter && { startAfter }) });
}

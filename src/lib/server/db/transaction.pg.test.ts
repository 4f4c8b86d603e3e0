import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { ConnectionLost } from './connection-loss.ts';
import { openDb, type Queryable, type Sql } from './pool.ts';
import { transaction } from './transaction.ts';

let database: FreshDatabase;
let app: Sql;
let owner: Sql;
const actor = 'system:test';

beforeAll(async () => {
	database = await freshDatabase();
	app = openDb({ url: database.appUrl, role: 'san_app', max: 2, transactionTimeoutMs: 300 });
	owner = openDb({ url: database.ownerUrl, role: 'san_owner', max: 2 });
	await owner`create table note (text text primary key)`;
	await owner`grant select, insert on note to san_app`;
});
afterAll(async () => {
	await Promise.all([app.end(), owner.end()]);
	await database.drop();
});

const add = (tx: Queryable, text: string) => tx`insert into note ${tx({ text })}`;
const notes = async () => (await owner<{ text: string }[]>`select text from note`).map((row) => row.text);

/** After a loss the pool must still be whole: both connections do a transaction. */
async function poolStillWorks(): Promise<void> {
	const twice = [1, 2].map(() => transaction(app, actor, (tx) => tx`select 1 as one`));
	expect((await Promise.all(twice)).map((rows) => rows[0]?.one)).toEqual([1, 1]);
}

test('a transaction names its actor, and only for its own time', async () => {
	const seen = await transaction(app, actor, async (tx) => {
		const [row] = await tx<{ actor: string }[]>`select current_setting('san.actor') as actor`;
		return row?.actor;
	});
	expect(seen).toBe(actor);
	const [after] = await app`select coalesce(current_setting('san.actor', true), '') as actor`;
	expect(after?.actor).toBe('');
});

test('an error rolls everything back and reaches the caller unchanged', async () => {
	const refusal = new Error('no');
	const run = transaction(app, actor, async (tx) => {
		await add(tx, 'rolled back');
		throw refusal;
	});
	await expect(run).rejects.toBe(refusal);
	expect(await notes()).not.toContain('rolled back');
});

test('a savepoint takes back its own part alone, and gives back a value', async () => {
	const value = await transaction(app, actor, async (tx) => {
		await add(tx, 'kept');
		await expect(
			tx.savepoint(async (inner) => {
				await add(inner, 'taken back');
				throw new Error('only this part');
			})
		).rejects.toThrow('only this part');
		return tx.savepoint(async (inner) => {
			await add(inner, 'kept too');
			return 42;
		});
	});
	expect(value).toBe(42);
	expect((await notes()).sort()).toEqual(['kept', 'kept too']);
});

test('sync 7: a write that runs too long is ended by the server and rejects cleanly', async () => {
	const slow = transaction(app, actor, (tx) => tx`select pg_sleep(20)`);
	await expect(slow).rejects.toThrow(ConnectionLost);
	await poolStillWorks();
});

test('sync 7: one that idles too long is ended, and what it tries afterwards is not sent', async () => {
	let later: unknown;
	let finish: () => void = () => undefined;
	const finished = new Promise<void>((resolve) => (finish = resolve));
	const idle = transaction(app, actor, async (tx) => {
		await add(tx, 'idle');
		await sleep(600);
		try {
			await add(tx, 'after the end');
		} catch (error) {
			later = error;
		}
		finish();
	});
	await expect(idle).rejects.toThrow(ConnectionLost);
	await finished;
	expect(later).toBeInstanceOf(ConnectionLost);
	expect(await notes()).not.toContain('idle');
	await poolStillWorks();
});

test('a connection killed inside a savepoint, its error swallowed, still fails the transaction', async () => {
	let innerError: unknown;
	const run = transaction(app, actor, async (tx) => {
		await add(tx, 'killed');
		const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
		try {
			await tx.savepoint(async (inner) => {
				setTimeout(
					() => void owner`select pg_terminate_backend(${row?.pid ?? 0})`.catch(() => undefined),
					20
				);
				await inner`select pg_sleep(20)`;
			});
		} catch (error) {
			innerError = error;
		}
		await add(tx, 'after the kill');
	});
	await expect(run).rejects.toThrow(ConnectionLost);
	expect(innerError).toBeInstanceOf(Error);
	expect((await notes()).filter((text) => text.includes('kill'))).toEqual([]);
	await poolStillWorks();
});

test('a statement the database refuses is its own error, not a lost connection', async () => {
	const twice = transaction(app, actor, async (tx) => {
		await add(tx, 'twice');
		await add(tx, 'twice');
	});
	await expect(twice).rejects.toMatchObject({ code: '23505' });
	await poolStillWorks();
});

test('a connection that ends in the middle of a statement fails that one, and none that comes later', async () => {
	const tooLong = await Promise.allSettled([1, 2].map(() => app`select pg_sleep(20)`));
	expect(tooLong.map((end) => end.status)).toEqual(['rejected', 'rejected']);
	// As many beside each other as the pool has connections: each of them is opened again.
	const later = [app`select 1 as one`, app.unsafe('select 1 as one')];
	expect((await Promise.all(later)).map((rows) => rows[0]?.one)).toEqual([1, 1]);
});

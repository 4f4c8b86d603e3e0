import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { openDb, urlWithRole, type Sql } from './pool.ts';
import { idleInTransactionTimeoutMs, transactionTimeoutMs, type DatabaseRole } from './roles.ts';

let database: FreshDatabase;
beforeAll(async () => {
	database = await freshDatabase();
});
afterAll(() => database.drop());

/** What holds in a session: as milliseconds, 0 = without end. */
async function boundsOf(sql: Sql | postgres.Sql) {
	const rows = await sql<{ role: string; name: string; setting: string }[]>`
		select current_user as role, name, setting from pg_settings
		where name in ('transaction_timeout', 'idle_in_transaction_session_timeout')`;
	const setting = (name: string) => Number(rows.find((row) => row.name === name)?.setting);
	return {
		role: rows[0]?.role,
		transaction: setting('transaction_timeout'),
		idle: setting('idle_in_transaction_session_timeout')
	};
}

async function asked<S extends Sql | postgres.Sql>(sql: S): Promise<Awaited<ReturnType<typeof boundsOf>>> {
	try {
		return await boundsOf(sql);
	} finally {
		await sql.end();
	}
}

const bounded = { transaction: transactionTimeoutMs, idle: idleInTransactionTimeoutMs };

test.each<DatabaseRole>(['san_app', 'san_auth'])(
	'sync 7: a transaction of %s ends by itself, in a pool and by the address given to the job queues',
	async (role) => {
		expect(bounded).toEqual({ transaction: 15_000, idle: 10_000 });
		// The owner's login has no bounds of its own, as none may have at a Postgres that was there before.
		for (const url of [database.appUrl, database.ownerUrl]) {
			expect(await asked(openDb({ url, role, max: 1 }))).toEqual({ role, ...bounded });
			expect(await asked(postgres(urlWithRole(url, role), { max: 1 }))).toEqual({ role, ...bounded });
		}
	}
);

test('sync 7: the login of the built-in Postgres is bounded before it takes on a role', async () => {
	expect(await asked(postgres(database.appUrl, { max: 1 }))).toMatchObject(bounded);
});

test('migrations take as long as they take', async () => {
	const role = 'san_owner';
	const free = { role, transaction: 0, idle: 0 };
	expect(await asked(openDb({ url: database.ownerUrl, role, max: 1 }))).toEqual(free);
	expect(await asked(postgres(urlWithRole(database.ownerUrl, role), { max: 1 }))).toEqual(free);
});

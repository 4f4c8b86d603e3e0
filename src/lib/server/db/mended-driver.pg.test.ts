import { once } from 'node:events';
import net from 'node:net';
import postgres from 'postgres';
import { expect, inject, test } from 'vitest';

/** A pool of one, with the socket of its connection in hand. */
function poolInHand() {
	const url = new URL(inject('cluster').adminUrl);
	const sockets: net.Socket[] = [];
	const options = {
		max: 1,
		fetch_types: false,
		connect_timeout: 2,
		// Known to the driver, though not to its types.
		socket: async () => {
			const socket = net.connect(Number(url.port), url.hostname);
			sockets.push(socket);
			await once(socket, 'connect');
			return socket;
		}
	};
	return { sql: postgres(url.href, options), last: () => sockets.at(-1) };
}

test('a connection that ends while a statement waits to be written serves again when it is opened anew', async () => {
	const { sql, last } = poolInHand();
	try {
		for (let n = 1; n <= 3; n += 1) {
			expect(await sql`select ${n}::int as n`).toEqual([{ n }]);
			// Between an immediate and the next one: the statement waits for the next, the end is heard before it.
			await new Promise((resolve) => setImmediate(resolve));
			const unwritten = sql`select 'never sent'`.execute();
			unwritten.catch(() => undefined);
			for (let turn = 0; turn < 5; turn += 1) await null;
			last()?.destroy();
			await expect(unwritten).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
		}
		expect(await sql`select 'here' as text`).toEqual([{ text: 'here' }]);
	} finally {
		await sql.end({ timeout: 1 });
	}
});

test('a statement that fails among its rows leaves no holes in the answer to the next one', async () => {
	const sql = postgres(inject('cluster').adminUrl, { max: 1 });
	try {
		const failing = sql`select 1 / (3 - n) as boom from generate_series(1, 9) n`;
		const next = sql`select n from generate_series(1, 2) n`;
		await expect(failing).rejects.toMatchObject({ code: '22012' });
		expect([...(await next)]).toEqual([{ n: 1 }, { n: 2 }]);
	} finally {
		await sql.end({ timeout: 1 });
	}
});

test('a transaction whose begin is the last statement a connection takes has that connection to itself', async () => {
	// Known to the driver, though not to its types.
	const options = { max: 2, max_pipeline: 2 };
	const sql = postgres(inject('cluster').adminUrl, options);
	try {
		await Promise.all([1, 2].map(() => sql`select pg_sleep(0.02)`));
		const before = Array.from({ length: 4 }, () => sql`select pg_sleep(0.02)`.execute());
		await sql.begin(async (tx) => {
			const [begun] = await tx`select pg_current_xact_id()::text as id`;
			await Promise.all(Array.from({ length: 4 }, () => sql`select pg_sleep(0.01)`));
			expect([...(await tx`select pg_current_xact_id()::text as id`)]).toEqual([begun]);
		});
		await Promise.all(before);
		const open = await sql`
			select pid from pg_stat_activity
			where state like 'idle in transaction%' and datname = current_database() and pid <> pg_backend_pid()`;
		expect([...open]).toEqual([]);
	} finally {
		await sql.end({ timeout: 1 });
	}
});

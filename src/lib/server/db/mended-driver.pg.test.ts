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

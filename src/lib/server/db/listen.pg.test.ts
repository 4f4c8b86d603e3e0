import { once } from 'node:events';
import net from 'node:net';
import { expect, inject, test } from 'vitest';
import { listen } from './listen.ts';
import { openDb } from './pool.ts';

test('listening ends at once while its line is opened anew to a database that says nothing', async () => {
	const real = new URL(inject('cluster').adminUrl);
	const lines = new Set<net.Socket>();
	let silent = false;
	const proxy = net.createServer((line) => {
		lines.add(line.on('error', () => undefined));
		if (silent) return;
		const database = net.connect(Number(real.port), real.hostname).on('error', () => undefined);
		line.pipe(database).pipe(line);
	});
	await once(proxy.listen(0, '127.0.0.1'), 'listening');
	const address = proxy.address();
	if (address === null || typeof address === 'string') throw new Error('a port was asked for');
	const url = Object.assign(new URL(real), { port: String(address.port), hostname: '127.0.0.1' }).href;
	const db = openDb({ url, role: 'san_owner', max: 1, connectTimeoutMs: 600_000 });
	try {
		const heard: string[] = [];
		const listening = await listen(db, 'heard', {
			message: (payload) => heard.push(payload),
			connected: () => heard.push('connected')
		});
		await db`select pg_notify('heard', 'a word')`;
		await expect.poll(() => heard).toEqual(['connected', 'a word']);
		silent = true;
		const before = lines.size;
		for (const line of lines) line.destroy();
		await expect.poll(() => lines.size).toBeGreaterThan(before);
		// Far sooner than the ten minutes it would wait for an answer.
		await listening.stop();
	} finally {
		proxy.close();
		for (const line of lines) line.destroy();
		await db.end({ timeout: 0 });
	}
});

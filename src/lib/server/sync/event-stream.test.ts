import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventStream } from './event-stream.ts';
import { createHub } from './hub.ts';

const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
beforeEach(() => void process.on('unhandledRejection', note));
afterEach(() => void process.off('unhandledRejection', note));

/** A stream whose question about its session is answered when the test says so. */
function openStream() {
	const hub = createHub(() => 0);
	const asked: ((may: boolean) => void)[] = [];
	const stream = eventStream({
		hub,
		audiences: ['public', 'user:tu'],
		heartbeatMs: 5,
		mayStillHear: () => new Promise((resolve) => asked.push(resolve))
	});
	return { hub, asked, reader: stream.getReader() };
}
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

async function textUntilEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
	let text = '';
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return text;
		text += new TextDecoder().decode(value);
	}
}

test('sync 11: a device that leaves while its session is looked up disturbs nobody', async () => {
	const { hub, asked, reader } = openStream();
	await expect.poll(() => asked.length).toBeGreaterThan(0);
	await reader.cancel();
	for (const answer of asked) answer(false);
	await soon();
	expect(unhandled).toEqual([]);
	expect(hub.connected).toBe(0);
});

test('sync 11: two late answers about one dead session close its stream once', async () => {
	const { hub, asked, reader } = openStream();
	await expect.poll(() => asked.length).toBeGreaterThan(1);
	hub.deliver([{ audience: 'user:tu', collections: ['orders'] }]);
	hub.deliver([{ audience: 'user:lan', collections: ['orders'] }]);
	for (const answer of asked) answer(false);
	const text = await textUntilEnd(reader);
	await soon();
	expect(text).toContain('data: {"audience":"user:tu","collections":["orders"]}');
	expect(text).not.toContain('user:lan');
	expect(unhandled).toEqual([]);
	expect(hub.connected).toBe(0);
});

test('sync 11: a closing server ends the streams, those whose device has just gone included', async () => {
	const { hub, reader } = openStream();
	const other = openStream();
	await other.reader.cancel();
	hub.close();
	other.hub.close();
	expect(await textUntilEnd(reader)).toContain('retry: ');
	expect(unhandled).toEqual([]);
});

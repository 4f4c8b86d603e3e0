import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventStream } from './event-stream.ts';
import { createHub, mostStreams, mostVisitorStreams, type StreamEnd } from './hub.ts';

const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
beforeEach(() => void process.on('unhandledRejection', note));
afterEach(() => void process.off('unhandledRejection', note));

/** A stream whose question about its session is answered when the test says so. */
function openStream(hub = createHub(() => 0), memberId = 'tu') {
	const asked: ((may: boolean) => void)[] = [];
	const stream = eventStream({
		hub,
		audiences: ['public', 'user:tu'],
		memberId,
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

test('sync 11: of one member the newest streams stay; the oldest is told to stay away, and others are not touched', async () => {
	const hub = createHub(() => 0);
	const first = openStream(hub);
	const others = [openStream(hub, 'lan'), openStream(hub, 'lan')];
	const rest = Array.from({ length: mostStreams - 1 }, () => openStream(hub));
	expect(hub.connected).toBe(mostStreams + others.length);
	const newest = openStream(hub);
	const text = await textUntilEnd(first.reader);
	// The last `retry` a browser reads is when it comes back; until then its device asks by itself.
	expect(text.match(/^retry: \d+$/gm)?.at(-1)).toBe('retry: 600000');
	expect(text).toContain('too many newer streams');
	expect(hub.connected).toBe(mostStreams + others.length);
	// One that leaves makes room for one, and is not counted twice.
	await newest.reader.cancel();
	openStream(hub);
	expect(hub.connected).toBe(mostStreams + others.length);
	hub.close();
	for (const { reader } of [...others, ...rest]) expect(await textUntilEnd(reader)).not.toContain('too many');
	expect(hub.connected).toBe(0);
});

test('sync 11: visitors share what one process holds open for them, and never take the place of a member', () => {
	const hub = createHub(() => 0);
	const ended: [string, StreamEnd][] = [];
	const listen = (name: string, memberId: string | null) =>
		hub.subscribe(['public'], memberId, {
			send: () => undefined,
			end: (why) => ended.push([name, why])
		});
	listen('tu', 'tu');
	const leave = listen('first', null);
	for (let n = 1; n < mostVisitorStreams; n += 1) listen(`visitor ${n}`, null);
	expect(ended).toEqual([]);
	listen('one more', null);
	expect(ended).toEqual([['first', 'crowded']]);
	leave();
	listen('and another', null);
	expect(ended.at(-1)).toEqual(['visitor 1', 'crowded']);
	expect(hub.connected).toBe(mostVisitorStreams + 1);
});

// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NotificationDoc } from '$lib/domain/notifications/schema.ts';
import type { Audience } from '../protocol/collections.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { FeedRow, PullPage } from '../protocol/wire.ts';
import { openStore, type Store } from '../store/store.ts';
import { applyPage } from './apply-page.ts';

const userId = '00000000-0000-4000-8000-00000000000a';
const own: Audience = `user:${userId}`;
const other: Audience = 'agency:so-nnmt';
let store: Store;
beforeEach(async () => {
	store = await openStore({ userId, multiInstance: false, prefix: `t${randomUUID().slice(0, 8)}` });
});
afterEach(() => store.wipe());

const note = (id: string, title: string): NotificationDoc => ({
	id,
	kind: 'order_new',
	subjectId: id,
	facts: { title },
	at: '2026-11-22T01:00:00.000Z',
	readAt: null
});
const row = (id: string, version: number, title: string | null, audience: Audience = own): FeedRow => ({
	audience,
	id,
	version,
	doc: title === null ? null : note(id, title)
});
function page(rows: readonly FeedRow[], over: Partial<PullPage> = {}): PullPage {
	const positions: Record<string, { version: number; id: string }> = {};
	for (const { audience, version, id } of rows) positions[audience] = { version, id };
	return {
		outcome: 'page',
		rows,
		positions,
		more: false,
		horizon: 100,
		epoch: 'e1',
		serverTime: '2026-11-22T01:00:00.000Z',
		...over
	};
}
const apply = (of: PullPage) => applyPage(store, 'notifications', of);
const titles = async () =>
	(await store.docs.notifications.find().exec()).map((doc) => doc.data.facts.title).sort();
const onDisk = async (): Promise<string> => {
	const { dexieTable } = await store.docs.notifications.storageInstance.internals;
	return JSON.stringify(await dexieTable.toArray());
};
const pulled = () => store.local.pulls.get('notifications');

describe('sync 7: a page', () => {
	test('sync 7: applied twice changes nothing', async () => {
		const first = page([row('a', 5, 'một'), row('b', 6, 'hai')]);
		await apply(first);
		await apply(first);
		expect(await titles()).toEqual(['hai', 'một']);
	});

	test('sync 7: an older row than the one that is here is ignored', async () => {
		await apply(page([row('a', 9, 'mới')]));
		await apply(page([row('a', 5, 'cũ')]));
		expect(await titles()).toEqual(['mới']);
	});

	test('sync 7: the horizon counts only when the pull is complete', async () => {
		await apply(page([row('a', 5, 'một')], { more: true, horizon: 50 }));
		expect(await pulled()).toMatchObject({ horizon: 0, pulledAt: null });
		await apply(page([row('b', 6, 'hai')], { horizon: 51 }));
		expect(await pulled()).toMatchObject({ horizon: 51, positions: { [own]: { version: 6, id: 'b' } } });
	});

	test('sync 7: a page that could not be written leaves the position where it was', async () => {
		await apply(page([row('a', 5, 'một')]));
		const broken = page([row('b', 6, 'hai'), { ...row('c', 7, null), doc: 'no document' }]);
		await expect(apply(broken)).rejects.toThrow('is not a document');
		expect(await pulled()).toMatchObject({ positions: { [own]: { version: 5, id: 'a' } } });
		await apply(page([row('b', 6, 'hai'), row('c', 7, 'ba')]));
		expect(await titles()).toEqual(['ba', 'hai', 'một']);
	});
});

describe('sync 8: what is gone is gone', () => {
	test('sync 8: a document that left takes its words off the disk', async () => {
		await apply(page([row('a', 5, 'riêng tư')]));
		await apply(page([row('a', 8, null)]));
		expect(await titles()).toEqual([]);
		expect(await onDisk()).not.toContain('riêng tư');
	});

	test('sync 8: a lost audience leaves the disk and its position, another one stays', async () => {
		await apply(page([row('a', 5, 'của tôi'), row('b', 6, 'của sở', other)]));
		await apply(page([], { positions: { [own]: { version: 5, id: 'a' } } }));
		expect(await titles()).toEqual(['của tôi']);
		expect(await onDisk()).not.toContain('của sở');
		expect((await pulled())?.positions).toEqual({ [own]: { version: 5, id: 'a' } });
	});

	test('sync 8: an audience that comes back is read from the start', async () => {
		await apply(page([row('b', 6, 'của sở', other)]));
		await apply(page([], { positions: { [own]: { version: 0, id: '' } } }));
		await apply(page([row('b', 6, 'của sở', other)]));
		expect(await titles()).toEqual(['của sở']);
	});

	test('sync 8: the same thing under two audiences is two documents', async () => {
		await apply(page([row('a', 5, 'tôi thấy'), row('a', 6, 'sở thấy', other)]));
		expect(await titles()).toEqual(['sở thấy', 'tôi thấy']);
		await apply(page([], { positions: { [own]: { version: 5, id: 'a' } } }));
		expect(await titles()).toEqual(['tôi thấy']);
	});

	test('sync 8: a clock that jumps back before the purge does not save the words', async () => {
		await apply(page([row('a', 5, 'riêng tư')]));
		const now = Date.now;
		Date.now = () => now() - 10 * 365 * 86_400_000;
		try {
			await apply(page([row('a', 8, null)]));
		} finally {
			Date.now = now;
		}
		expect(await onDisk()).not.toContain('riêng tư');
	});
});

describe('sync 9: an audience that comes again from the beginning', () => {
	test('sync 9: what was not seen again goes when the reading is complete, other audiences stay', async () => {
		await apply(page([row('a', 5, 'một'), row('b', 6, 'hai'), row('c', 7, 'của sở', other)]));
		const positions = { [own]: { version: 5, id: 'a' }, [other]: { version: 7, id: 'c' } };
		await apply(page([row('a', 5, 'một')], { again: [own], more: true, positions }));
		expect(await titles()).toEqual(['của sở', 'hai', 'một']);
		await apply(page([row('d', 9, 'bốn')], { positions: { ...positions, [own]: { version: 9, id: 'd' } } }));
		expect(await titles()).toEqual(['bốn', 'của sở', 'một']);
		expect(await onDisk()).not.toContain('hai');
		expect(await pulled()).toMatchObject({ sweeping: [] });
	});

	test('sync 9: a page cut short before its position was stored is applied again without harm', async () => {
		await apply(page([row('a', 5, 'một'), row('b', 6, 'hai')]));
		const before = await pulled();
		const first = page([row('a', 5, 'một')], { again: [own], more: true });
		await apply(first);
		// Killed between the rows and the position.
		if (before) await store.local.pulls.put(before);
		await apply(first);
		await apply(page([row('c', 8, 'ba')]));
		expect(await titles()).toEqual(['ba', 'một']);
	});
});

describe('sync 7: another tab, or a wipe, at the same time', () => {
	test('sync 7: a page another tab has overtaken brings nothing back', async () => {
		await apply(page([row('a', 9, null), row('b', 10, 'hai')]));
		expect(await applyPage(store, 'notifications', page([row('a', 5, 'một')]), {})).toBe(false);
		expect(await titles()).toEqual(['hai']);
		expect((await pulled())?.positions[own]).toEqual({ version: 10, id: 'b' });
	});

	test('sync 7: a page asked for before the documents were taken away does not stand for them', async () => {
		await apply(page([row('a', 5, 'một'), row('b', 6, 'hai')]));
		const asked = (await pulled())?.positions ?? {};
		await store.wipeServerData();
		expect(await applyPage(store, 'notifications', page([row('c', 8, 'ba')]), asked)).toBe(false);
		expect((await pulled())?.positions).toEqual({});
		expect(await titles()).toEqual([]);
	});
});

test('sync 8: two tabs that take the same documents away at once do not stumble over each other', async () => {
	await apply(page([row('a', 5, 'một'), row('b', 6, 'hai')]));
	await Promise.all([store.wipeServerData(), store.wipeServerData()]);
	expect(await titles()).toEqual([]);
	expect(await onDisk()).toBe('[]');
});

describe('sync 13: a new epoch', () => {
	test('sync 13: old documents stay on screen until the reading is complete, then the unseen are swept', async () => {
		await apply(page([row('a', 500, 'một'), row('b', 600, 'hai')]));
		// The restored feed counts from small numbers again.
		const restored = page([row('a', 3, 'một, phục hồi')], { epoch: 'e2', more: true });
		expect(await apply(restored)).toBe(false);
		expect((await pulled())?.positions).toEqual({});
		expect(await titles()).toEqual(['hai', 'một']);
		await apply(restored);
		expect(await titles()).toEqual(['hai', 'một, phục hồi']);
		await apply(page([row('c', 4, 'ba')], { epoch: 'e2' }));
		expect(await titles()).toEqual(['ba', 'một, phục hồi']);
	});

	test('sync 3, 13: what was changed behind the reading stays until it has come', async () => {
		await apply(page([row('a', 500, 'một'), row('b', 600, 'hai'), row('c', 700, 'ba')]));
		// A long transaction holds the horizon at 10 while b is changed in version 15; c is gone for good.
		const restored = page([row('a', 3, 'một')], { epoch: 'e2', horizon: 10, late: true });
		expect(await apply(restored)).toBe(false);
		await apply(restored);
		expect(await titles()).toEqual(['ba', 'hai', 'một']);
		// Not read yet: what builds on it waits.
		expect(await pulled()).toMatchObject({ horizon: 0 });
		await apply(page([], { epoch: 'e2', horizon: 12, late: true, positions: restored.positions }));
		expect(await titles()).toEqual(['ba', 'hai', 'một']);
		await apply(page([row('b', 15, 'hai, đã duyệt')], { epoch: 'e2', horizon: 20, late: false }));
		expect(await titles()).toEqual(['hai, đã duyệt', 'một']);
		expect(await pulled()).toMatchObject({ horizon: 20, sweeping: [] });
	});

	test('sync 16: what an older build was not sent is read once it is a newer one, and only once', async () => {
		await apply(page([row('a', 5, 'một')]));
		const read = await pulled();
		if (!read) throw new Error('nothing was pulled');
		const { protocol: _, ...older } = read;
		await store.local.pulls.put(older);
		// Whatever comes first: a page with rows, or one that brings nothing.
		expect(await apply(page([], { positions: { [own]: { version: 5, id: 'a' } } }))).toBe(false);
		expect(await pulled()).toMatchObject({ positions: {}, protocol: protocolVersion });
		expect(await titles()).toEqual(['một']);
		const whole = page([row('a', 5, 'một'), row('b', 4, 'bỏ qua lúc ấy')]);
		expect(await apply(whole)).toBe(true);
		expect(await titles()).toEqual(['bỏ qua lúc ấy', 'một']);
		expect(await apply(page([], { positions: whole.positions }))).toBe(true);
	});

	test('sync 8, 13: an audience that was lost meanwhile goes with its documents', async () => {
		await apply(page([row('a', 500, 'một'), row('b', 600, 'của sở', other)]));
		const restored = page([row('a', 3, 'một')], { epoch: 'e2' });
		expect(await apply(restored)).toBe(false);
		await apply(restored);
		expect(await titles()).toEqual(['một']);
		expect(await onDisk()).not.toContain('của sở');
	});
});

import { beforeAll, expect, test, vi } from 'vitest';
import { device } from '$lib/sync/app.svelte.ts';
import { keepWords, keptWords } from '$lib/sync/store/kept-words.ts';
import { databasesOf } from '$lib/sync/store/store.ts';
import { WhoIsHere } from '$lib/sync/store/who.ts';
import { baTu, openPhone, wanted } from './device-world.ts';

const hers = databasesOf(baTu.id).all;
const left = async () =>
	(await indexedDB.databases()).flatMap(({ name }) => (name && hers.includes(name) ? [name] : []));

beforeAll(() => openPhone());

test('sync 6: needs and offers that are being written are shown before a sign-out, and nothing is wiped', async () => {
	const typed = { id: crypto.randomUUID(), base: 0, typed: { title: 'Cần mua 200 kg xoài' } };
	keepWords(baTu.id, 'need:new', typed);
	keepWords(baTu.id, `offer:${wanted.id}`, { offerId: crypto.randomUUID(), listingId: '', quantity: 5 });
	expect((await device.signOut()).unsent).toMatchObject([
		{ name: 'need.submit', title: 'Cần mua 200 kg xoài' },
		{ name: 'offer.send', title: wanted.title }
	]);
	expect(device.actor?.id).toBe(baTu.id);
	expect(keptWords(baTu.id, 'need:new')).toEqual(typed);
});

test('sync 6: a full phone that cannot write a sign-out down wipes all the same, and remembers nobody', async () => {
	const { put } = IDBObjectStore.prototype;
	const told = vi.spyOn(globalThis, 'reportError').mockImplementation(() => undefined);
	const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
		this: IDBObjectStore,
		...args
	) {
		if (this.name === 'who') throw new DOMException('no room left', 'QuotaExceededError');
		return put.apply(this, args);
	});
	const asked = vi.spyOn(globalThis, 'fetch');
	await device.signOut({ force: true });
	full.mockRestore();
	told.mockRestore();
	expect(asked.mock.calls.some(([, init]) => init?.method === 'DELETE')).toBe(true);
	expect(await left()).toEqual([]);
	expect(keptWords(baTu.id, 'need:new')).toBeNull();
	expect(device.actor).toBeNull();
	const who = new WhoIsHere();
	expect(await who.actor()).toBeNull();
	who.close();
});

import { beforeAll, expect, test } from 'vitest';
import { emptyBusiness, emptyPerson } from '$lib/domain/businesses/empty.ts';
import { device } from '$lib/sync/app.svelte.ts';
import { deleteDatabase } from '$lib/sync/recovery/raw-store.ts';
import { databasesOf, openStore } from '$lib/sync/store/store.ts';
import { WhoIsHere } from '$lib/sync/store/who.ts';
import { baTu, openPhone } from './device-world.ts';

const hers = databasesOf(baTu.id).all;
const left = async () =>
	(await indexedDB.databases()).flatMap(({ name }) => (name && hers.includes(name) ? [name] : []));
const typed = { base: 0, content: { ...emptyBusiness, name: 'Vườn bà Tư' }, person: emptyPerson };

beforeAll(() => openPhone());

test('sync 6: a registration that is being written is shown before a sign-out, and nothing is wiped', async () => {
	await device.business.keep(typed);
	expect((await device.signOut()).unsent).toMatchObject([{ name: 'business.submit', title: 'Vườn bà Tư' }]);
	expect(device.actor?.id).toBe(baTu.id);
	expect(await device.business.typed()).toEqual(typed);
});

test('sync 6, 14: another window signs out: this one follows, and what its screens still hold is written nowhere', async () => {
	const other = new WhoIsHere();
	sessionStorage.setItem('order', '12 Lê Lợi');
	await other.remember(null, baTu.id);
	await Promise.all(hers.map((name) => deleteDatabase(name)));
	await expect.poll(() => device.actor).toBeNull();
	await expect
		.poll(() => device.business.typed().catch(() => 'not open yet'), { timeout: 10_000 })
		.toBeNull();
	await expect(device.business.keep(typed)).rejects.toThrow('nobody is signed in');
	await expect(
		device.voice.keepPiece(crypto.randomUUID(), { nth: 0, type: 'audio/webm', bytes: new ArrayBuffer(8) })
	).rejects.toThrow('nobody is signed in');
	await expect(device.command('notification.read', { ids: [crypto.randomUUID()] })).rejects.toThrow();
	expect(await left()).toEqual([]);
	expect(sessionStorage.getItem('order')).toBeNull();
	const nobody = await openStore({ userId: null, multiInstance: false });
	expect(await nobody.readState()).not.toHaveProperty('typedBusiness');
	expect(await nobody.local.recordings.count()).toBe(0);
	await nobody.close();
	other.close();
});

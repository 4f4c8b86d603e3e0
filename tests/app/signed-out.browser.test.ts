import { beforeAll, expect, test } from 'vitest';
import { device } from '$lib/sync/app.svelte.ts';
import { databasesOf } from '$lib/sync/store/store.ts';
import { baTu, openPhone } from './device-world.ts';

const hers = databasesOf(baTu.id).all;

beforeAll(() => openPhone());

test('sync 6: who signs out leaves nothing, however long the browser takes to forget where to wake', async () => {
	const registration = navigator.serviceWorker.getRegistration.bind(navigator.serviceWorker);
	navigator.serviceWorker.getRegistration = async (address) => {
		await new Promise((resolve) => setTimeout(resolve, 1_000));
		return registration(address);
	};
	expect(await device.signOut()).toEqual({ unsent: [] });
	expect(device.actor).toBeNull();
	const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
	expect(names.filter((name) => hers.includes(name))).toEqual([]);
});

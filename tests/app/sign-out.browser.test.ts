import { beforeAll, expect, test } from 'vitest';
import { startDevice } from '$lib/sync/app.svelte.ts';
import { databasesOf, openStore } from '$lib/sync/store/store.ts';
import { WhoIsHere } from '$lib/sync/store/who.ts';

const names = async () => (await indexedDB.databases()).map(({ name }) => name ?? '');
const cutShort = '00000000-0000-4000-8000-000000000077';

/** Somebody signed out here, and the phone died before everything was wiped. */
beforeAll(async () => {
	const left = await openStore({ userId: cutShort, multiInstance: false });
	await left.close();
});

test('sync 6: a sign-out that was cut short is finished at the next start', async () => {
	expect(await names()).toContain(databasesOf(cutShort).work);
	const who = new WhoIsHere();
	await who.leave(cutShort);
	who.close();
	await startDevice();
	await expect
		.poll(async () => (await names()).filter((name) => databasesOf(cutShort).all.includes(name)), {
			timeout: 10_000
		})
		.toEqual([]);
});

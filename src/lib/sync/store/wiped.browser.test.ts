import { afterEach, expect, test } from 'vitest';
import type { StoreOrder, StoreSaid } from '../testing/store-worker.ts';
import { openStore } from './store.ts';

const prefix = 'wiped';
const names = async (userId: string) =>
	(await indexedDB.databases()).flatMap(({ name }) => (name?.includes(userId) ? [name] : []));

let tab: Worker | undefined;
afterEach(() => tab?.terminate());

function openTab() {
	const worker = new Worker(new URL('../testing/store-worker.ts', import.meta.url), { type: 'module' });
	tab = worker;
	return (order: StoreOrder): Promise<StoreSaid> =>
		new Promise((resolve, reject) => {
			worker.onmessage = ({ data }: MessageEvent<StoreSaid>) => resolve(data);
			worker.onerror = (event) => reject(new Error(event.message));
			worker.postMessage(order);
		});
}

test('sync 6, 14: what another tab still writes after a sign-out brings nothing back to the disk', async () => {
	const userId = crypto.randomUUID();
	const tell = openTab();
	expect(await tell({ open: userId, prefix })).toBe('open');
	const store = await openStore({ userId, prefix });
	// In the middle of the wipe and after it.
	const during = tell('write');
	await store.wipe();
	await during;
	expect(await tell('write')).toEqual({ refused: 4, of: 4 });
	expect(await names(userId)).toEqual([]);
});

import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { keepWords, keptWords } from '../store/kept-words.ts';
import { storeName, workName } from '../store/names.ts';
import { deleteAll } from './all-here.ts';

const person = (): Actor => ({
	id: crypto.randomUUID(),
	name: 'Lan',
	roles: ['buyer'],
	posts: [],
	businessId: null
});
const makeStore = (userId: string): Promise<IDBDatabase> =>
	new Promise((resolve, reject) => {
		const request = indexedDB.open(workName(storeName({ userId })), 10);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('no store'));
	});
beforeEach(() => localStorage.clear());

test('sync 15: a store that is made anew leaves the forms that are being filled in', async () => {
	const lan = person();
	(await makeStore(lan.id)).close();
	keepWords(lan.id, 'need:new', { title: 'Cần mua xoài' });
	expect(await deleteAll(lan)).toBe(true);
	expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(
		workName(storeName({ userId: lan.id }))
	);
	expect(keptWords(lan.id, 'need:new')).toEqual({ title: 'Cần mua xoài' });
});

test('sync 15: where nobody knows who was signed in, it is what everybody with a store here was typing', async () => {
	const people = [person(), person()];
	for (const { id } of people) {
		(await makeStore(id)).close();
		keepWords(id, 'need:new', { title: 'Cần mua xoài' });
	}
	expect(await deleteAll(null)).toBe(true);
	for (const { id } of people) expect(keptWords(id, 'need:new')).toBeNull();
});

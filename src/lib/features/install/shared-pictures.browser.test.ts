import { beforeEach, expect, test } from 'vitest';
import { forgetPerson } from '$lib/sync/recovery/all-here.ts';
import { sharedPictures } from '$lib/sync/store/names.ts';
import { forgetShared, mostShared, readShared, sharedField, takeShared } from './shared-pictures.ts';

beforeEach(
	() =>
		new Promise<void>((resolve, reject) => {
			const gone = indexedDB.deleteDatabase(sharedPictures);
			gone.onsuccess = () => resolve();
			gone.onerror = () => reject(gone.error);
		})
);

const [tu, lan] = [crypto.randomUUID(), crypto.randomUUID()];
const share = (by: string | null, ...names: string[]) => {
	const form = new FormData();
	for (const name of names) form.append(sharedField, new File([name], name, { type: 'image/jpeg' }));
	return takeShared(form, by);
};
const shown = async (userId: string | null) =>
	Promise.all((await readShared(userId)).mine.map(({ file }) => file.text()));

test('sync 5: pictures that are shared later come behind those that wait', async () => {
	expect(await share(tu, 'mít', 'xoài')).toBe('kept');
	expect(await share(tu, 'bưởi')).toBe('kept');
	expect(await shown(tu)).toEqual(['mít', 'xoài', 'bưởi']);
	const [first] = (await readShared(tu)).mine;
	await forgetShared([first?.id ?? -1]);
	expect(await shown(tu)).toEqual(['xoài', 'bưởi']);
});

test('sync 5: what there is no room for is said, and nothing that waits makes way for it', async () => {
	const names = Array.from({ length: mostShared - 1 }, (_, n) => `hình ${n}`);
	expect(await share(tu, ...names)).toBe('kept');
	expect(await share(tu, 'vừa đủ', 'thừa')).toBe('too_many');
	expect(await share(tu, 'thừa nữa')).toBe('too_many');
	expect(await shown(tu)).toEqual([...names, 'vừa đủ']);
	// Another person has room of their own.
	expect(await share(lan, 'của Lan')).toBe('kept');
});

test('sync 6: what one person shared is not shown to another who signs in on the same browser', async () => {
	await share(tu, 'của bà Tư');
	await share(null, 'chưa ai đăng nhập');
	expect(await readShared(lan)).toMatchObject({ others: 1 });
	expect(await shown(lan)).toEqual(['chưa ai đăng nhập']);
	expect(await shown(null)).toEqual(['chưa ai đăng nhập']);
	expect(await shown(tu)).toEqual(['của bà Tư', 'chưa ai đăng nhập']);
});

test('sync 6: a sign-out takes the pictures of its person, and leaves those that wait for somebody else', async () => {
	await share(tu, 'của bà Tư');
	await share(lan, 'của Lan');
	await share(null, 'chưa ai đăng nhập');
	await forgetPerson(tu);
	expect(await shown(tu)).toEqual([]);
	expect(await shown(lan)).toEqual(['của Lan']);
});

test('sync 16: pictures an earlier build has kept are still there', async () => {
	await share(null, 'mở máy');
	await new Promise<void>((resolve) => {
		indexedDB.open(sharedPictures).onsuccess = (event) => {
			if (!(event.target instanceof IDBOpenDBRequest)) return;
			const database = event.target.result;
			const writing = database.transaction('pictures', 'readwrite');
			writing.objectStore('pictures').add(new File(['cũ'], 'cu.jpg', { type: 'image/jpeg' }));
			writing.oncomplete = () => {
				database.close();
				resolve();
			};
		};
	});
	expect(await shown(lan)).toEqual(['mở máy', 'cũ']);
});

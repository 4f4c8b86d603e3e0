import axe from 'axe-core';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { deviceLocale } from '$lib/i18n/device-locale.svelte.ts';
import { device, startDevice } from '$lib/sync/app.svelte.ts';
import { createDraft, typeIntoDraft } from '$lib/sync/outbox/drafts.ts';
import { importWork } from '$lib/sync/recovery/import-work.ts';
import { openStore } from '$lib/sync/store/store.ts';
import { WhoIsHere } from '$lib/sync/store/who.ts';
import { violationsOf } from '../world/axe.ts';
import { baTu } from './device-world.ts';
import Screen from './Screen.svelte';

const here = { now: () => new Date().toISOString(), newId: () => crypto.randomUUID() };
const saved: Blob[] = [];
let listingId = '';

/** The store as a browser leaves it that was stopped midway: one half cannot be written any more. */
const spoil = (name: string) =>
	new Promise<void>((resolve, reject) => {
		const request = indexedDB.open(name, 9_999);
		request.onupgradeneeded = () => {
			request.result.deleteObjectStore('state');
			request.result.createObjectStore('state', { keyPath: 'another' });
		};
		request.onsuccess = () => {
			request.result.close();
			resolve();
		};
		request.onerror = () => reject(request.error ?? new Error('not spoiled'));
	});

beforeAll(async () => {
	// Told to the page's error reporting, as it should be; here it is what the test is about.
	addEventListener('error', (event) => event.stopImmediatePropagation(), { capture: true });
	// What the browser would put among the downloads.
	const createUrl = URL.createObjectURL.bind(URL);
	URL.createObjectURL = (file: Blob) => {
		saved.push(file);
		return createUrl(file);
	};
	addEventListener('click', (event) => {
		if (event.target instanceof HTMLAnchorElement && event.target.download !== '') event.preventDefault();
	});

	await (await openStore({ userId: baTu.id })).wipe();
	const store = await openStore({ userId: baTu.id });
	listingId = (await createDraft(store, here)).listingId;
	await typeIntoDraft(store, here, listingId, { title: 'Xoài cát Hòa Lộc', price: 85_000 });
	const name = store.local.name;
	await store.close();
	await spoil(name);
	const who = new WhoIsHere();
	await who.remember(baTu);
	who.close();
	await startDevice();
});
beforeEach(() => page.viewport(360, 740));

test.each([
	['vi', 'Kho dữ liệu trên máy không mở được'],
	['en', 'The data on this device cannot be opened']
] as const)('sync 15: a damaged store is no white page (%s)', async (locale, title) => {
	deviceLocale.set(locale);
	expect(device.status.phase).toBe('damaged');
	await render(Screen, { pathname: '/app/sell' });
	await expect.element(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
	const results = await axe.run(document.body, { resultTypes: ['violations'] });
	expect(violationsOf(results)).toEqual([]);
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
});

test('sync 15: the work is saved first, the store is made anew, and the file brings the work back', async () => {
	deviceLocale.set('vi');
	const went: string[] = [];
	await render(Screen, { pathname: '/app/sell', went: (to: string) => went.push(to) });
	// Without the file, only a second and plainer yes.
	await page.getByRole('button', { name: 'Làm lại kho trên máy' }).click();
	await expect.element(page.getByText(/sẽ mất mọi việc chưa gửi/)).toBeVisible();
	await page.getByRole('button', { name: 'Giữ lại' }).click();
	expect(went).toEqual([]);

	await page.getByRole('button', { name: 'Lưu việc chưa gửi ra tệp' }).click();
	await expect.element(page.getByText('Đã ghi ra tệp: 0 việc, 1 bản nháp, 0 hình và ghi âm.')).toBeVisible();
	await page.getByRole('button', { name: 'Làm lại kho trên máy' }).click();
	await expect.poll(() => went, { timeout: 20_000 }).toEqual(['/app/device']);

	const store = await openStore({ userId: baTu.id });
	expect(await store.docs.drafts.find().exec()).toEqual([]);
	const file = saved[0];
	if (!file) throw new Error('nothing was saved');
	expect(await importWork(store, here, file)).toMatchObject({ ok: true, value: { drafts: 1 } });
	const [draft] = await store.docs.drafts.find().exec();
	expect(draft?.data).toMatchObject({ listingId, content: { title: 'Xoài cát Hòa Lộc', price: 85_000 } });
	await store.wipe();
}, 60_000);

import type { Browser, BrowserContext, Page } from '@playwright/test';
import { manifestPath, packManifest } from '../../src/lib/sync/protocol/packs.ts';
import { expect, test } from '../world/journey.ts';
import { signInOn } from '../world/sign-in.ts';

/**
 * The very first start on a phone whose store takes long to open: another page of this address holds one of its
 * databases in an older form, which is what keeps a browser from opening it.
 */
async function holdUp(context: BrowserContext, user: string) {
	const holder = await context.newPage();
	await holder.goto('/about');
	await holder.evaluate(
		(name) =>
			new Promise<void>((resolve, reject) => {
				const asked = indexedDB.open(name, 1);
				asked.onsuccess = () => {
					Object.assign(window, { held: asked.result });
					resolve();
				};
				asked.onerror = () => reject(asked.error ?? new Error('not held'));
			}),
		`rxdb-dexie-san-${user}--0--drafts`
	);
	return { letOpen: () => holder.close() };
}

/** One of the store's databases as no build can use it. */
const spoil = (page: Page, name: string) =>
	page.evaluate(
		(name) =>
			new Promise<void>((resolve, reject) => {
				const asked = indexedDB.open(name, 9_999);
				asked.onupgradeneeded = () => asked.result.createObjectStore('docs', { keyPath: 'another' });
				asked.onsuccess = () => {
					asked.result.close();
					resolve();
				};
				asked.onerror = () => reject(asked.error ?? new Error('not spoiled'));
			}),
		name
	);

const databases = (page: Page): Promise<string[]> =>
	page.evaluate(async () => (await indexedDB.databases()).flatMap(({ name }) => name ?? []));

/** An exchange that has just been started packs its catalogue first. */
test.beforeEach(async ({ request }) => {
	const first = async () => {
		const answer = await request.get(manifestPath);
		return answer.ok() ? packManifest.parse(await answer.json()).first : null;
	};
	await expect.poll(first, { timeout: 60_000 }).not.toBeNull();
});

const goodsOf = (page: Page) => page.locator('main a[href^="/app/buy/"]');
const addresses = (page: Page) =>
	goodsOf(page).evaluateAll((cards) => cards.map((card) => card.getAttribute('href')));

/** The store is open: what is told of the catalogue comes from it. */
const opened = (page: Page, user: string) =>
	page.waitForFunction((name) => localStorage.getItem(name) === '1', `san-${user}-catalogue`);

test('sync 10: the market shows its first goods while the store of a new phone still opens', async ({
	context,
	page
}) => {
	const { letOpen } = await holdUp(context, 'nobody');
	await page.goto('/app/buy');
	await expect(goodsOf(page).first()).toBeVisible();
	const [before, first] = [await addresses(page), await goodsOf(page).first().elementHandle()];

	// One of them can be looked at; what belongs to a person waits for the store.
	await goodsOf(page).first().click();
	await expect(page.getByRole('heading', { level: 2, name: 'Người bán' })).toBeVisible();
	await page.goBack();
	await expect(goodsOf(page).first()).toBeVisible();
	expect(await addresses(page)).toEqual(before);
	const again = await goodsOf(page).first().elementHandle();
	expect(await first?.evaluate((card) => card.isConnected)).toBe(false);

	await letOpen();
	await opened(page, 'nobody');
	const after = await addresses(page);
	// The card under the finger is the same one, in its place, and none is there twice.
	expect(await again?.evaluate((card) => card.isConnected)).toBe(true);
	expect(after.slice(0, before.length)).toEqual(before);
	expect(new Set(after).size).toBe(after.length);
});

test('sync 15: goods that are shown do not hide a store that does not open', async ({ context, page }) => {
	const { letOpen } = await holdUp(context, 'nobody');
	await page.goto('/about');
	await spoil(page, 'rxdb-dexie-san-nobody--0--_rxdb_internal');
	await page.goto('/app/buy');
	await expect(goodsOf(page).first()).toBeVisible();
	await letOpen();
	await expect(
		page.getByRole('heading', { level: 1, name: 'Kho dữ liệu trên máy không mở được' })
	).toBeVisible();
	await expect(goodsOf(page)).toHaveCount(0);
});

test('sync 10: a person on a new phone sees the market as soon, and orders once the store is open', async ({
	browser,
	baseURL
}) => {
	const { user, cookies } = await signedInElsewhere(browser, baseURL);
	const context = await browser.newContext({ baseURL });
	await context.addCookies(cookies);
	const { letOpen } = await holdUp(context, user);
	const page = await context.newPage();
	await page.goto('/app/buy');
	await expect(page.getByRole('link', { name: 'Cá nhân' }).first()).toBeVisible();
	await expect(goodsOf(page).first()).toBeVisible();
	const before = await addresses(page);
	await letOpen();
	await opened(page, user);
	expect((await addresses(page)).slice(0, before.length)).toEqual(before);
	await goodsOf(page).first().click();
	await page.getByRole('button', { name: 'Đặt hàng' }).click();
	await expect(page.getByLabel('Người nhận')).toBeVisible();
	await context.close();
});

/** Whose store it will be, known from another phone of the same person. */
async function signedInElsewhere(browser: Browser, baseURL: string) {
	const context = await browser.newContext({ baseURL });
	const page = await context.newPage();
	await signInOn(page, 'chilan');
	const theirs = /^san-([0-9a-f-]{36})-work$/;
	await expect.poll(async () => (await databases(page)).some((name) => theirs.test(name))).toBe(true);
	const user = (await databases(page)).flatMap((name) => theirs.exec(name)?.[1] ?? [])[0] ?? '';
	const { cookies } = await context.storageState();
	await context.close();
	return { user, cookies };
}

import type { Page } from '@playwright/test';
import fs from 'node:fs';
import sharp from 'sharp';
import { openGate, type Gate } from '../world/gate.ts';
import { expect, test as journey } from '../world/journey.ts';
import { signInOn } from '../world/sign-in.ts';

/** The program as it is installed on a device: what opens without a server, and how a new version comes. */
const test = journey.extend<{ gate: Gate }>({
	gate: async ({ program }, use) => {
		const gate = await openGate(program);
		await use(gate);
		await gate.close();
	},
	baseURL: async ({ gate }, use) => use(gate.origin)
});

/** The worker has everything and answers for this page. */
const installed = (page: Page) =>
	page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', undefined, {
		timeout: 90_000
	});

/** The worker of the next version has everything too. */
const offered = (page: Page): Promise<void> =>
	expect(page.getByText('Có bản mới của sàn.')).toBeVisible({ timeout: 90_000 });

const keptAddresses = (page: Page): Promise<string[]> =>
	page.evaluate(async () => {
		const found: string[] = [];
		for (const name of await caches.keys())
			for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
		return found;
	});

test('with the server gone the app opens at every address, a public page shows the way to it', async ({
	page,
	gate
}) => {
	await page.goto('/app/buy');
	await installed(page);
	const goods = page.locator('main a[href^="/app/buy/"]');
	await expect(goods.first()).toBeVisible();
	const address = (await goods.first().getAttribute('href')) ?? '';
	const title = await page.locator('main').innerText();

	gate.shut();
	await page.reload();
	await expect(goods.first()).toBeVisible();
	expect((await page.locator('main').innerText()).length).toBeGreaterThan(title.length / 2);
	// An address nobody prerendered, with a query nobody knows.
	await page.goto(`${address}?quantity=2&from=zalo`);
	await expect(page.locator('h1')).toBeVisible();
	await page.goto('/app/orders');
	await expect(page.getByText('Chưa đăng nhập trên máy này').first()).toBeVisible();

	await page.goto('/catalogue?q=xoai');
	await expect(page.getByRole('heading', { name: 'Chưa có mạng' })).toBeVisible();
	await page.getByRole('link', { name: 'Mở sàn trên máy' }).click();
	await expect(page).toHaveURL(/\/app/);

	gate.open();
	await page.goto('/catalogue?q=xoai');
	await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Chưa có mạng');
});

test('sync 5: pictures of approved goods stay on the device, pages and private pictures never do', async ({
	page,
	gate
}) => {
	await signInOn(page, 'anhminh');
	const privatePicture = page.waitForResponse(/\/api\/files\/private\//);
	await page.goto('/app/office');
	expect((await privatePicture).headers()['cache-control']).toContain('no-store');
	await installed(page);
	await page.goto('/');
	await page.goto('/catalogue');
	await page.goto('/app/buy');
	const picture = page.locator('main img').first();
	await expect(picture).toBeVisible();
	await expect
		.poll(async () => (await keptAddresses(page)).some((path) => path.startsWith('/media/')))
		.toBe(true);

	const kept = await keptAddresses(page);
	const program = /^\/(app|offline|manifest\.webmanifest|icons\/icon\.svg|_app\/immutable\/.+)$/;
	const pictures = /^\/media\/[\w-]{22}\/(thumb|detail)\.webp$/;
	expect(kept.filter((path) => !program.test(path) && !pictures.test(path))).toEqual([]);

	gate.shut();
	await page.reload();
	await expect
		.poll(() => picture.evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth))
		.toBeGreaterThan(0);
});

test('a new version waits for every tab to put away its text, and then all of them change', async ({
	page,
	context,
	gate
}) => {
	await signInOn(page, 'batu');
	await page.goto('/app/sell/new');
	await installed(page);
	await expect(page).toHaveURL(/\/app\/sell\/[0-9a-f-]{36}/);
	const name = () => page.getByLabel('Tên sản phẩm');
	await name().fill('Bánh bò');

	const other = await context.newPage();
	await other.goto('/app/sell');
	for (const tab of [page, other]) await tab.evaluate(() => Object.assign(window, { before: true }));

	gate.bringNextVersion();
	await other.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
	for (const tab of [page, other]) await offered(tab);
	expect(await page.evaluate(() => 'before' in window)).toBe(true);

	// Still typing in one tab at the moment the other one says yes.
	await name().pressSequentially(' nước cốt dừa');
	await other.getByRole('button', { name: 'Dùng bản mới' }).click();
	for (const tab of [page, other]) await tab.waitForFunction(() => !('before' in window));
	await expect(name()).toHaveValue('Bánh bò nước cốt dừa');
	await expect(page.getByText('Có bản mới của sàn.')).toHaveCount(0);
	await expect(other.getByText('Bánh bò nước cốt dừa')).toBeVisible();
});

test('sync 4: without a worker a screen that went with the old version leads to the new one, and what was typed is there', async ({
	browser,
	gate
}) => {
	// As on a first visit, before the worker has everything: nothing but the exchange has the files.
	const context = await browser.newContext({ serviceWorkers: 'block', baseURL: gate.origin });
	const page = await context.newPage();
	await signInOn(page, 'batu');
	await page.goto('/app/sell/new');
	await expect(page).toHaveURL(/\/app\/sell\/[0-9a-f-]{36}/);
	const address = new URL(page.url()).pathname;
	const name = () => page.getByLabel('Tên sản phẩm');
	await name().fill('Bánh bò');
	await page.evaluate(() => Object.assign(window, { before: true }));

	gate.bringNextVersion();
	await name().pressSequentially(' nước cốt dừa');
	await page.getByRole('link', { name: 'Đơn hàng' }).first().click();
	await expect(page.getByRole('heading', { level: 1, name: 'Đơn hàng' })).toBeVisible();
	expect(gate.answered).toContainEqual(expect.stringMatching(/^GET \/_app\/immutable\/.* 404$/));
	expect(await page.evaluate(() => 'before' in window)).toBe(false);
	await page.goto(address);
	await expect(name()).toHaveValue('Bánh bò nước cốt dừa');
	await context.close();
});

test('a new version takes over also from a worker that is only being started at that moment', async ({
	page,
	gate
}) => {
	// Chromium asks a running worker to make room, and asks once; one that starts was never asked, and stayed.
	gate.bringNextVersion(1_500);
	await page.goto('/app/buy');
	await installed(page);
	await page.evaluate(() => Object.assign(window, { before: true }));
	gate.bringNextVersion(1_500);
	await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
	await offered(page);
	const yes = page.getByRole('button', { name: 'Dùng bản mới' });

	await stopActiveWorker(page);
	await page.evaluate(() => void fetch('/media/aaaaaaaaaaaaaaaaaaaaaa/thumb.webp').catch(() => undefined));
	await yes.click();
	await page.waitForFunction(() => !('before' in window));
	await expect(page.getByText('Có bản mới của sàn.')).toHaveCount(0);
});

/** As the browser does by itself after half a minute without work. */
async function stopActiveWorker(page: Page): Promise<void> {
	const cdp = await page.context().newCDPSession(page);
	const stopped = new Promise<void>((resolve) =>
		cdp.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
			for (const { versionId, status, runningStatus } of versions) {
				if (status !== 'activated') continue;
				if (runningStatus === 'running') void cdp.send('ServiceWorker.stopWorker', { versionId });
				if (runningStatus === 'stopped') resolve();
			}
		})
	);
	await cdp.send('ServiceWorker.enable');
	await stopped;
	await cdp.detach();
}

const manifest: {
	share_target: { action: string; method: string; enctype: string; params: { files: { name: string }[] } };
} = JSON.parse(fs.readFileSync('static/manifest.webmanifest', 'utf8'));

/** What the system does when somebody shares from the gallery: a form as the manifest describes it. */
const shares = (page: Page, files: readonly { name: string; type: string; base64: string }[]) =>
	page.evaluate(sendForm, { files, target: manifest.share_target });
function sendForm({
	files,
	target
}: {
	files: readonly { name: string; type: string; base64: string }[];
	target: (typeof manifest)['share_target'];
}) {
	const chosen = new DataTransfer();
	for (const { name, type, base64 } of files) {
		const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
		chosen.items.add(new File([bytes], name, { type }));
	}
	const form = Object.assign(document.createElement('form'), {
		action: target.action,
		method: target.method,
		enctype: target.enctype
	});
	const input = Object.assign(document.createElement('input'), {
		type: 'file',
		name: target.params.files[0]?.name,
		multiple: true,
		files: chosen.files
	});
	form.append(input);
	document.body.append(form);
	form.submit();
}

test('sync 5: photos shared from the gallery become a listing without a network, and a voice note goes with them', async ({
	page,
	gate
}) => {
	await signInOn(page, 'batu');
	await installed(page);
	await expect(page.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
	gate.shut();
	const photo = async (background: string) => {
		const made = await sharp({ create: { width: 640, height: 480, channels: 3, background } })
			.jpeg()
			.toBuffer();
		return { name: `${background}.jpg`, type: 'image/jpeg', base64: made.toString('base64') };
	};
	await shares(page, [{ name: 'thu.txt', type: 'text/plain', base64: btoa('no picture') }]);
	await expect(page.getByText('Không nhận được hình nào')).toBeVisible();

	await shares(page, [await photo('olive'), await photo('gold')]);
	await expect(page).toHaveURL(/\/app\/sell\/shared#kept$/);
	await expect(page.getByRole('img', { name: 'Hình 2' })).toBeVisible();
	// The phone goes dark, somebody looks again: they are still there.
	await page.reload();
	await page.getByRole('button', { name: 'Tạo tin mới với các hình này' }).click();
	await expect(page.getByRole('button', { name: 'Bỏ hình 2' })).toBeVisible();

	// In its own words: recorded here, received once there is a network.
	await page.getByRole('button', { name: 'Ghi âm', exact: true }).click();
	await expect(page.getByText(/^0:0[2-9] \/ 1:00$/)).toBeVisible();
	await page.getByRole('button', { name: 'Dừng ghi' }).click();
	await expect(page.locator('#field-voice').getByText('trên máy này, chưa gửi')).toBeVisible();
	gate.open();
	await expect(page.locator('#field-voice').getByText('sàn đã nhận')).toBeVisible({ timeout: 90_000 });
	await page.goto('/app/sell/shared');
	await expect(page.getByText('Không có hình nào đang chờ')).toBeVisible();
});

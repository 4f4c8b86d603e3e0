/// <reference types="@vitest/browser-playwright/context" />
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { marketPictureCaches } from '$lib/sync/blobs/market-pictures.ts';
import { device } from '$lib/sync/app.svelte.ts';
import { isFull } from '$lib/sync/status.svelte.ts';
import { openPhone } from './device-world.ts';
import Screen from './Screen.svelte';

const told: unknown[] = [];
const listen = (event: ErrorEvent) => {
	const fault: unknown = event.error;
	if (!(fault instanceof Error) || !isFull(fault.cause)) return;
	told.push(fault);
	event.stopImmediatePropagation();
};
const stay = (event: MouseEvent) => {
	if (event.target instanceof Element && event.target.closest('a') !== null) event.preventDefault();
};
beforeAll(async () => {
	addEventListener('error', listen, { capture: true });
	document.addEventListener('click', stay);
	await openPhone();
});
beforeEach(() => page.viewport(360, 740));
afterEach(async () => {
	vi.restoreAllMocks();
	await room();
	await device.storage.freeMarketPictures();
});

const room = (bytes?: number) =>
	cdp().send('Storage.overrideQuotaForOrigin', { origin: location.origin, quotaSize: bytes });

async function keepMarketPicture(bytes: number): Promise<void> {
	const cache = await caches.open(marketPictureCaches.thumb);
	const headers = { 'content-length': String(bytes) };
	await cache.put(
		'/media/aaaaaaaaaaaaaaaaaaaaaa/thumb.webp',
		new Response(new Uint8Array(bytes), { headers })
	);
}

async function aPhoto(seed: number): Promise<File> {
	const canvas = new OffscreenCanvas(600, 400);
	const context = canvas.getContext('2d');
	const pixels = crypto.getRandomValues(new Uint8ClampedArray(600 * 4 * 20));
	for (let row = 0; row < 400; row += 20) context?.putImageData(new ImageData(pixels, 600, 20), seed, row);
	return new File([await canvas.convertToBlob({ type: 'image/jpeg' })], 'vuon.jpg', { type: 'image/jpeg' });
}

test('sync 15: the device page says what takes the room and clears pictures of the market', async () => {
	const id = await device.drafts.create();
	expect((await device.drafts.addPhoto(id, await aPhoto(0))).ok).toBe(true);
	await keepMarketPicture(3_000_000);
	await render(Screen, { pathname: '/app/device' });
	await expect.element(page.getByText('Hình, lời ghi âm chưa gửi')).toBeVisible();
	await expect.element(page.getByRole('definition').filter({ hasText: '3 MB' })).toBeVisible();
	const free = page.getByRole('button', { name: 'Dọn hình của chợ' });
	await userEvent.click(free);
	await expect.element(page.getByText(/^Đã dọn\./)).toBeVisible();
	await expect.element(free).not.toBeInTheDocument();
	expect(await caches.has(marketPictureCaches.thumb)).toBe(false);
	await expect.element(page.getByText('Hình, lời ghi âm chưa gửi')).toBeVisible();
});

test('sync 15: from four fifths on every screen warns, and the device page says what helps', async () => {
	vi.spyOn(navigator.storage, 'estimate').mockResolvedValue({ usage: 81, quota: 100 });
	await device.storage.persist();
	const screen = await render(Screen, { pathname: '/app/sell' });
	await expect.element(page.getByText('Máy sắp hết chỗ lưu.')).toBeVisible();
	await expect
		.element(page.getByRole('link', { name: 'Xem' }).first())
		.toHaveAttribute('href', '/app/device');
	await screen.unmount();
	await render(Screen, { pathname: '/app/device' });
	await expect.element(page.getByText(/^Gửi hình đang chờ: bấm Gửi ngay/)).toBeVisible();
	await expect.element(page.getByText(/^Xuất việc chưa gửi ra tệp/)).toBeVisible();
	vi.restoreAllMocks();
	await device.storage.persist();
	await expect.element(page.getByText('Máy sắp hết chỗ lưu.')).not.toBeInTheDocument();
});

test('sync 15: a photo a full phone cannot keep is refused in words, and the strip takes the next', async () => {
	const id = await device.drafts.create();
	await render(Screen, { pathname: `/app/sell/${id}` });
	const choose = page.getByLabelText('Chọn hình có sẵn');
	await userEvent.upload(choose, await aPhoto(1));
	await expect.element(page.getByRole('button', { name: 'Bỏ hình 1' })).toBeVisible();
	await keepMarketPicture(1000);
	await room(1);
	let price = 1000;
	const typeOn = async () => {
		await userEvent.fill(page.getByRole('textbox', { name: 'Giá bán' }), String((price += 1)));
		return device.status.storage.failed;
	};
	await expect.poll(typeOn, { timeout: 60_000, interval: 1_000 }).toBe('full');
	await userEvent.upload(choose, await aPhoto(2));
	await expect.element(page.getByText('Máy hết chỗ, chưa giữ được hình này')).toBeVisible();
	expect(told).not.toEqual([]);
	// What can be had again was given up first.
	expect(await caches.has(marketPictureCaches.thumb)).toBe(false);
	await expect.element(page.getByRole('button', { name: 'Bỏ hình 1' })).toBeVisible();

	await room();
	await userEvent.upload(choose, await aPhoto(50));
	await expect.poll(async () => (await device.drafts.get(id))?.content.photos.length).toBe(2);
	expect(page.getByText('Máy hết chỗ, chưa giữ được hình này').elements()).toEqual([]);
}, 120_000);

/// <reference types="@vitest/browser-playwright/context" />
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { marketPictureCaches } from '$lib/sync/blobs/market-pictures.ts';
import { device } from '$lib/sync/app.svelte.ts';
import { isFull } from '$lib/sync/blobs/room.ts';
import { openPhone } from './device-world.ts';
import Screen from './Screen.svelte';

/** A full disk, as the browser itself reports it: no write of this origin is taken until there is room again. */
const room = (bytes?: number) =>
	cdp().send('Storage.overrideQuotaForOrigin', { origin: location.origin, quotaSize: bytes });

/** Told to the page's error reporting, as it should be; here it is what the test is about. */
const told: unknown[] = [];
const listen = (event: ErrorEvent) => {
	const fault: unknown = event.error;
	if (!(fault instanceof Error) || !isFull(fault.cause)) return;
	told.push(fault);
	event.stopImmediatePropagation();
};

beforeAll(async () => {
	addEventListener('error', listen, { capture: true });
	await openPhone();
});
beforeEach(() => page.viewport(360, 740));
afterEach(() => room());

const box = (name: string) => page.getByRole('textbox', { name });

async function aPhoto(colour: string): Promise<File> {
	const canvas = new OffscreenCanvas(1600, 1200);
	const context = canvas.getContext('2d');
	if (context) context.fillStyle = colour;
	context?.fillRect(0, 0, 1600, 1200);
	return new File([await canvas.convertToBlob({ type: 'image/jpeg' })], 'vuon.jpg', { type: 'image/jpeg' });
}

test('sync 15: on a full phone the editor says so, keeps the text, and saves it once there is room', async () => {
	const id = await device.drafts.create();
	await render(Screen, { pathname: `/app/sell/${id}` });
	await userEvent.fill(box('Tên sản phẩm'), 'Xoài cát');
	await expect.element(page.getByText(/Đã lưu trên máy này lúc/)).toBeVisible();

	await (await caches.open(marketPictureCaches.thumb)).put('/media/x/thumb.webp', new Response('picture'));
	await room(1);
	// The browser lets some writes through on what it last knew of the disk.
	let price = 1000;
	const typeOn = async () => {
		await userEvent.fill(box('Giá bán'), String((price += 1)));
		return device.status.storage.failed;
	};
	await expect.poll(typeOn, { timeout: 60_000, interval: 1_000 }).toBe('full');
	await userEvent.fill(box('Tên sản phẩm'), 'Xoài cát Hòa Lộc');
	await expect.element(page.getByText(/^Chưa lưu được vì máy hết chỗ/)).toBeVisible();
	expect(page.getByText(/Đã lưu trên máy này lúc/).elements()).toEqual([]);
	expect(told).not.toEqual([]);
	// What can be had again was given up first; a photo that finds no room is refused in words.
	await expect.poll(() => caches.has(marketPictureCaches.thumb)).toBe(false);
	const choose = page.getByLabelText('Chọn hình có sẵn');
	await userEvent.upload(choose, await aPhoto('olive'));
	await expect.element(page.getByText('Máy hết chỗ, chưa giữ được hình này')).toBeVisible();
	await expect.element(box('Tên sản phẩm')).toHaveValue('Xoài cát Hòa Lộc');

	await room();
	await expect.element(page.getByText(/Đã lưu trên máy này lúc/), { timeout: 15_000 }).toBeVisible();
	expect((await device.drafts.get(id))?.content).toMatchObject({ title: 'Xoài cát Hòa Lộc', price });
	await expect.element(box('Tên sản phẩm')).toHaveValue('Xoài cát Hòa Lộc');
	await userEvent.upload(choose, await aPhoto('gold'));
	await expect.element(page.getByRole('button', { name: 'Bỏ hình 1' })).toBeVisible();
	expect((await device.drafts.get(id))?.content.photos).toHaveLength(1);
	expect(page.getByText('Máy hết chỗ, chưa giữ được hình này').elements()).toEqual([]);
}, 120_000);

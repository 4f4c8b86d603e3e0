import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { marketPictureCaches } from '$lib/sync/blobs/market-pictures.ts';
import { device } from '$lib/sync/app.svelte.ts';
import { openPhone } from './device-world.ts';
import Screen from './Screen.svelte';

const stay = (event: MouseEvent) => {
	if (event.target instanceof Element && event.target.closest('a') !== null) event.preventDefault();
};
beforeAll(async () => {
	document.addEventListener('click', stay);
	await openPhone();
});
beforeEach(() => page.viewport(360, 740));
afterEach(async () => {
	vi.restoreAllMocks();
	await device.storage.freeMarketPictures();
});

async function keepMarketPicture(bytes: number): Promise<void> {
	const cache = await caches.open(marketPictureCaches.thumb);
	const headers = { 'content-length': String(bytes) };
	await cache.put(
		'/media/aaaaaaaaaaaaaaaaaaaaaa/thumb.webp',
		new Response(new Uint8Array(bytes), { headers })
	);
}

async function aPhoto(): Promise<File> {
	const canvas = new OffscreenCanvas(64, 48);
	canvas.getContext('2d')?.fillRect(0, 0, 64, 48);
	return new File([await canvas.convertToBlob({ type: 'image/jpeg' })], 'vuon.jpg', { type: 'image/jpeg' });
}

test('sync 15: the device page says whether the browser has promised to keep the data, and asks again when told to', async () => {
	vi.spyOn(navigator.storage, 'persisted').mockResolvedValue(false);
	const persist = vi.spyOn(navigator.storage, 'persist').mockResolvedValue(false);
	await render(Screen, { pathname: '/app/device' });
	const ask = page.getByRole('button', { name: 'Xin giữ dữ liệu' });
	await expect.element(page.getByText(/^Khi có bản nháp hay đơn đầu tiên, máy sẽ xin/)).toBeVisible();
	await expect.element(ask).not.toBeInTheDocument();

	await device.drafts.create();
	await expect.element(page.getByText(/^Trình duyệt chưa hứa giữ dữ liệu/)).toBeVisible();
	await userEvent.click(ask);
	await expect.element(page.getByText(/^Trình duyệt chưa đồng ý\./)).toBeVisible();

	persist.mockResolvedValue(true);
	await userEvent.click(ask);
	await expect.element(page.getByText('Trình duyệt đã hứa không tự xóa.')).toBeVisible();
	await expect.element(page.getByText(/^Trình duyệt chưa/)).not.toBeInTheDocument();
	await expect.element(ask).not.toBeInTheDocument();
});

test('sync 15: the device page says what takes the room and clears pictures of the market', async () => {
	const id = await device.drafts.create();
	expect((await device.drafts.addPhoto(id, await aPhoto())).ok).toBe(true);
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
	await expect.element(page.getByText(/^Lưu việc chưa gửi ra tệp để/)).toBeVisible();
	vi.restoreAllMocks();
	await device.storage.persist();
	await expect.element(page.getByText('Máy sắp hết chỗ lưu.')).not.toBeInTheDocument();
});

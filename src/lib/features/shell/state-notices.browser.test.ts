import { beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../app.css';
import { calmStatus } from '$lib/sync/testing/calm-status.ts';
import type { DeviceStatus } from '$lib/sync/app.svelte.ts';
import StateNotices from './StateNotices.svelte';

const fiveDaysAgo = new Date(Date.now() - 5.5 * 86_400_000).toISOString();
const stale: DeviceStatus = {
	...calmStatus,
	online: false,
	lastPullAt: fiveDaysAgo,
	lastComplete: { at: fiveDaysAgo, uptimeMs: null }
};
const device = (status: Partial<DeviceStatus>, flush = async () => true) => ({
	actor: null,
	status: { ...stale, ...status },
	flush
});
// Offline, no pull of this start has to be waited for.
beforeEach(() => void vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false));

test('sync 12: what the exchange refused is not promised to be sent with a network', async () => {
	await render(StateNotices, { device: device({ refused: 2 }), here: '/app/device' });
	await expect.element(page.getByText('Chưa đồng bộ từ 5 ngày nay.')).toBeVisible();
	await expect.element(page.getByText(/^Giá, hàng và đơn trên máy có thể đã cũ/)).toBeVisible();
	await expect.element(page.getByText(/nằm chờ đủ trên máy/)).not.toBeInTheDocument();
});

test('sync 12: only what waits is counted as waiting', async () => {
	await render(StateNotices, { device: device({ unsent: 3, refused: 2 }), here: '/app/device' });
	await expect.element(page.getByText(/^3 việc vẫn nằm chờ đủ trên máy/)).toBeVisible();
});

test('sync 10: a market that does not come is said to be that, and own work not to be held up', async () => {
	const online = { ...calmStatus, market: 'unanswered' } as const;
	const screen = await render(StateNotices, { device: device(online), here: '/app/buy' });
	await expect.element(page.getByText('Chưa lấy được hàng mới của chợ.')).toBeVisible();
	await expect.element(page.getByText(/^Việc của bạn vẫn gửi và nhận như thường/)).toBeVisible();
	// Without a network that is what is said, elsewhere.
	await screen.rerender({ device: device({ ...online, online: false }), here: '/app/buy' });
	await expect.element(page.getByText('Chưa lấy được hàng mới của chợ.')).not.toBeInTheDocument();
});

test('sync 15: a device without room for the market says so, and where to make some', async () => {
	const full = { ...calmStatus, market: 'full' } as const;
	await render(StateNotices, { device: device(full), here: '/app/buy' });
	await expect.element(page.getByText('Máy hết chỗ, chưa giữ được hết hàng của chợ.')).toBeVisible();
	await expect.element(page.getByRole('link', { name: 'Xem' })).toHaveAttribute('href', '/app/device');
});

test('sync 15, 16: a page with text no disk has taken is loaded anew only when the person says so twice', async () => {
	const reloads: string[] = [];
	const onreload = () => void reloads.push('reload');
	let stored = false;
	const outdated = device({ ...calmStatus, outdated: true }, async () => stored);
	const again = page.getByRole('button', { name: 'Tải lại', exact: true });
	await render(StateNotices, { device: outdated, here: '/app/sell', onreload });
	await again.click();
	await expect.element(page.getByText('Chưa tải lại: trang này còn phần chưa lưu.')).toBeVisible();
	expect(reloads).toEqual([]);
	await page.getByRole('button', { name: 'Vẫn tải lại, bỏ phần đó' }).click();
	expect(reloads).toEqual(['reload']);
	stored = true;
	await again.click();
	await expect.poll(() => reloads).toEqual(['reload', 'reload']);
});

import axe from 'axe-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { deviceLocale } from '$lib/i18n/device-locale.svelte.ts';
import { device } from '$lib/sync/app.svelte.ts';
import { violationsOf } from '../world/axe.ts';
import {
	inReview,
	onSale,
	openPhone,
	ownNeed,
	pomelo,
	returned,
	returnedNeed,
	sold,
	wanted
} from './device-world.ts';
import Screen from './Screen.svelte';

const stay = (event: MouseEvent) => {
	if (event.target instanceof Element && event.target.closest('a') !== null) event.preventDefault();
};
beforeAll(async () => {
	document.addEventListener('click', stay);
	await openPhone();
});
beforeEach(async () => {
	deviceLocale.set('vi');
	await page.viewport(320, 700);
});

const screens = [
	['/app/sell', 'Hôm nay', 'Today'],
	['/app/sell/listings', 'Tin bán', 'Listings'],
	[`/app/sell/${returned.id}`, 'Sửa tin', 'Edit listing'],
	[`/app/sell/${inReview.id}`, 'Tin bán', 'Listing'],
	[`/app/sell/${onSale.id}`, 'Tin bán', 'Listing'],
	['/app/buy', 'Chợ', 'Market'],
	[`/app/buy/${pomelo.id}`, pomelo.title, pomelo.title],
	['/app/needs', 'Nhu cầu mua', 'Purchase needs'],
	[`/app/needs/${wanted.id}`, wanted.title, wanted.title],
	[`/app/needs/${ownNeed.id}`, ownNeed.content.title, ownNeed.content.title],
	[`/app/needs/${returnedNeed.id}/edit`, 'Sửa nhu cầu mua', 'Correct purchase need'],
	['/app/needs/new', 'Đăng nhu cầu mua', 'Post a purchase need'],
	['/app/orders', 'Đơn hàng', 'Orders'],
	[`/app/orders/${sold.id}`, `Đơn ${sold.code}`, `Order ${sold.code}`],
	['/app/notifications', 'Thông báo', 'Notices'],
	['/app/device', 'Máy này', 'This device'],
	['/app/me', 'Cá nhân', 'Me'],
	['/app/me/proposals', 'Góp ý, kiến nghị', 'Proposals and feedback']
] as const;

describe.each(['vi', 'en'] as const)('at 320 px in %s', (locale) => {
	test.each(screens)('%s has no accessibility fault and nothing is cut off', async (pathname, vi, en) => {
		deviceLocale.set(locale);
		await render(Screen, { pathname });
		await expect
			.element(page.getByRole('heading', { level: 1, name: locale === 'vi' ? vi : en }))
			.toBeVisible();
		const results = await axe.run(document.body, { resultTypes: ['violations'] });
		expect(violationsOf(results)).toEqual([]);
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
	});
});

test('the first screen says what to do first and where each listing is', async () => {
	await render(Screen, { pathname: '/app/sell' });
	await expect.element(page.getByText('Tin cần sửa')).toBeVisible();
	await expect.element(page.getByText('Đơn chờ xác nhận')).toBeVisible();
	await expect.element(page.getByText('Đã nhận, mã TG-44-73')).toBeVisible();
	await expect.element(page.getByText('Đã duyệt, đang bán')).toBeVisible();
});

test('without a network the app says so and goes on', async () => {
	await render(Screen, { pathname: '/app/sell' });
	await expect.element(page.getByText('Không có mạng.'), { timeout: 15_000 }).toBeVisible();
	await expect.element(page.getByRole('link', { name: 'Đăng tin' }).first()).toBeVisible();
});

test('TG-11.3 LAW-tmdt-review an order is checked, reviewed, placed once, and waits on the phone', async () => {
	let placed = '';
	const shown = await render(Screen, {
		pathname: `/app/buy/${pomelo.id}`,
		went: (to: string) => (placed = to)
	});
	await page.getByRole('button', { name: 'Thêm' }).click();
	await page.getByRole('button', { name: 'Đặt hàng' }).click();
	const phone = page.getByLabelText('Số điện thoại');
	await userEvent.fill(phone, '12');
	await page.getByText('Tiền mặt khi nhận hàng', { exact: true }).click();
	await page.getByRole('button', { name: 'Xem lại đơn' }).click();
	await expect.element(page.getByText(/Số điện thoại bắt đầu bằng 0/)).toBeVisible();
	await userEvent.fill(phone, '+84 900 000 001');
	await page.getByRole('button', { name: 'Xem lại đơn' }).click();

	await expect.element(page.getByRole('heading', { name: 'Xem lại trước khi đặt' })).toBeVisible();
	await expect.element(page.getByText(/0900000001/)).toBeVisible();
	await expect.element(page.getByText('135.000\u00a0đ')).toBeVisible();
	await page.getByRole('button', { name: 'Đặt hàng' }).dblClick();
	await expect.poll(() => placed).not.toBe('');

	await shown.unmount();
	await render(Screen, { pathname: `/app/orders/${placed}` });
	await expect.element(page.getByText('Đơn chưa gửi, máy sẽ gửi khi có mạng.')).toBeVisible();
	expect(device.orders().current.filter(({ placing }) => placing !== null)).toHaveLength(1);
});

test('TG-13.1 declining an order needs a reason, which goes with it', async () => {
	await render(Screen, { pathname: `/app/orders/${sold.id}` });
	await page.getByRole('button', { name: 'Từ chối đơn' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Từ chối đơn' }).click();
	await expect.element(dialog.getByText('Chọn hoặc ghi lý do để bên kia hiểu.')).toBeVisible();
	await dialog.getByText('Hết hàng', { exact: true }).click();
	await dialog.getByRole('button', { name: 'Từ chối đơn' }).click();
	await expect.element(page.getByText(/Từ chối đơn: /)).toBeVisible();
	const step = device.orders().current.find((order) => order.id === sold.id)?.step;
	expect(step).toMatchObject({ event: 'decline', reason: 'Hết hàng' });
});

test('sync 6: signing out shows unsent work first', async () => {
	await device.command('notification.read', { ids: [sold.id] });
	await render(Screen, { pathname: '/app/me' });
	await page.getByRole('button', { name: 'Đăng xuất' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Đăng xuất' }).click();
	await expect.element(page.getByText(/việc chưa gửi. Đăng xuất bây giờ sẽ mất/)).toBeVisible();
	await page.getByRole('button', { name: 'Giữ lại' }).click();
	expect(device.actor?.name).toBe('Nguyễn Thị Tư');
});

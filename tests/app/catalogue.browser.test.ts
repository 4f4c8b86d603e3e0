import axe from 'axe-core';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import type { PublicListing } from '$lib/domain/listings/schema.ts';
import { deviceLocale } from '$lib/i18n/device-locale.svelte.ts';
import { device } from '$lib/sync/app.svelte.ts';
import { sha256 } from '$lib/sync/protocol/sha256.ts';
import type { Store } from '$lib/sync/store/store.ts';
import { violationsOf } from '../world/axe.ts';
import { openPhone, pomelo } from './device-world.ts';
import Screen from './Screen.svelte';

const kinds = ['Bưởi', 'Sầu riêng', 'Thanh long', 'Mãng cầu', 'Chôm chôm'];

/** The nth newest of 2,000 goods: half from Ngũ Hiệp, half from Mỹ Tho; every tenth a craft. */
const nth = (n: number): PublicListing => ({
	...pomelo,
	id: `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`,
	title: `${kinds[n % kinds.length]} số ${n}`,
	sectorId: n % 10 === 9 ? 'thu-cong' : 'nong-san',
	wardCode: n % 2 === 0 ? '28477' : '28261',
	approvedAt: new Date(Date.parse('2026-11-17T00:00:00.000Z') - n * 60_000).toISOString()
});
const all = Array.from({ length: 2_000 }, (_, n) => nth(n));

async function keepPacks(store: Store): Promise<void> {
	const entry = async (goods: readonly PublicListing[]) => {
		const text = goods.map((d) => JSON.stringify({ v: 1, d })).join('\n');
		const bytes = new TextEncoder().encode(text);
		const hash = await sha256(bytes);
		await store.local.packs.put({ hash, text });
		const wards = [...new Set(goods.map((one) => one.wardCode))];
		return { hash, sectorId: goods[0]?.sectorId ?? '', wards, rows: goods.length, bytes: bytes.byteLength };
	};
	const packs = [];
	for (const sectorId of ['nong-san', 'thu-cong'])
		for (const wardCode of ['28261', '28477']) {
			const of = all.filter((one) => one.sectorId === sectorId && one.wardCode === wardCode);
			for (let at = 0; at < of.length; at += 150) packs.push(await entry(of.slice(at, at + 150)));
		}
	const pull = await store.local.pulls.get('listings');
	await store.local.manifest.put({
		id: 'this',
		epoch: pull?.epoch ?? '',
		position: { version: 0, id: '', since: 1 },
		first: await entry(all.slice(0, 24)),
		packs,
		hidden: [nth(3).id],
		round: pull?.round ?? 1,
		complete: true,
		tidying: false,
		enough: 10_000
	});
	await store.local.gone.put({ id: nth(5).id, version: 1, epoch: pull?.epoch ?? '' });
}

beforeAll(() => openPhone(keepPacks));
beforeEach(async () => {
	deviceLocale.set('vi');
	await page.viewport(320, 700);
});

const titles = () => device.catalogue.search({ limit: 6 }).items.map((one) => one.title);
const visible = all.length - 2 + 2;

test('sync 10: 2,000 goods in packs are listed newest first with what changed since, and found without accents', async () => {
	const shown = await render(Screen, { pathname: '/app/buy' });
	await expect.element(page.getByText('2.000 mặt hàng')).toBeVisible();
	// The two of the overlay are newer; the hidden one and the one that is gone are not among the others.
	expect(titles().slice(2)).toEqual([0, 1, 2, 4].map((n) => nth(n).title));
	expect(device.catalogue.search({}).total).toBe(visible);
	await userEvent.fill(page.getByLabelText('Tìm hàng'), 'mang cau 1003');
	await expect.element(page.getByText('Mãng cầu số 1003')).toBeVisible();
	await expect.element(page.getByText(/^1 mặt hàng/)).toBeVisible();
	await userEvent.fill(page.getByLabelText('Tìm hàng'), '');
	await shown.unmount();
});

test('sync 10: goods that lie in a pack alone can be opened and ordered', async () => {
	const goods = nth(1_500);
	const shown = await render(Screen, { pathname: `/app/buy/${goods.id}` });
	await expect.element(page.getByRole('heading', { level: 1, name: goods.title })).toBeVisible();
	const orderId = crypto.randomUUID();
	const done = await device.command('order.place', {
		orderId,
		listingId: goods.id,
		listingRev: goods.rev,
		quantity: 2,
		unitPrice: goods.price,
		contact: { name: 'Trần Ngọc Lan', phone: '0900000003', address: '12 Lê Lợi', wardCode: '' },
		payment: 'tien-mat',
		shipping: 'chanh-xe',
		note: ''
	});
	expect(done.ok).toBe(true);
	await shown.unmount();
	const order = await render(Screen, { pathname: `/app/orders/${orderId}` });
	await expect.element(page.getByText(goods.title)).toBeVisible();
	await order.unmount();
});

test.each(['vi', 'en'] as const)(
	'the panel of the catalogue has no accessibility fault (%s)',
	async (locale) => {
		deviceLocale.set(locale);
		const shown = await render(Screen, { pathname: '/app/device' });
		await expect
			.element(
				page.getByRole('heading', {
					name: locale === 'vi' ? 'Hàng của chợ trên máy' : 'Market goods on this device'
				})
			)
			.toBeVisible();
		expect(violationsOf(await axe.run(document.body, { resultTypes: ['violations'] }))).toEqual([]);
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
		await shown.unmount();
	}
);

test('sync 10: keeping one sector of one area empties the rest from the phone, and says what it will weigh', async () => {
	const shown = await render(Screen, { pathname: '/app/device' });
	await page.getByText(/^Nông sản, thực phẩm/).click();
	await page.getByRole('button', { name: 'Vùng' }).click();
	await page.getByRole('button', { name: /^Phường Mỹ Tho/ }).click();
	await expect.element(page.getByText(/^Sau khi đổi máy giữ khoảng 800 mặt hàng/)).toBeVisible();
	await page.getByRole('button', { name: 'Giữ phần này' }).click();
	await expect.element(page.getByText('Phần không giữ đã xóa khỏi máy', { exact: false })).toBeVisible();
	expect(device.status.packs).toEqual({ here: 6, of: 6 });
	await shown.unmount();
	await render(Screen, { pathname: '/app/buy' });
	await expect.element(page.getByText('Máy này chỉ giữ một phần danh mục.', { exact: false })).toBeVisible();
	const kept = () => device.catalogue.search({}).items.map((one) => `${one.sectorId} ${one.wardCode}`);
	await expect.poll(() => [...new Set(kept())]).toEqual(['nong-san 28261']);
});

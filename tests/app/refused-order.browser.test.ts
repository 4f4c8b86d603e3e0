import { beforeAll, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import { deviceLocale } from '$lib/i18n/device-locale.svelte.ts';
import { device } from '$lib/sync/app.svelte.ts';
import { enqueue, settle } from '$lib/sync/outbox/outbox.ts';
import type { Store } from '$lib/sync/store/store.ts';
import { openPhone, pomelo } from './device-world.ts';
import Screen from './Screen.svelte';

const at = '2026-11-18T02:30:00.000Z';
const [dearer, byBox, soldOut] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];

/** An order of 3 kg at 45.000 đ that the exchange has refused. */
async function refusedOrder(store: Store, orderId: string, refusal: Refusal): Promise<void> {
	const { id } = await enqueue(
		store.local,
		{
			name: 'order.place',
			input: {
				orderId,
				listingId: pomelo.id,
				listingRev: 1,
				quantity: 3,
				unitPrice: 45_000,
				contact: { name: 'Nguyễn Thị Tư', phone: '0900000001', address: 'Ấp Tân Sơn', wardCode: '28477' },
				payment: 'tien-mat',
				shipping: 'chanh-xe',
				note: 'Gọi trước khi giao'
			}
		},
		{
			id: crypto.randomUUID(),
			deviceTime: at,
			goods: {
				listingId: pomelo.id,
				title: pomelo.title,
				unit: 'kg',
				thumb: null,
				sellerName: pomelo.seller.name,
				sellerPhone: pomelo.seller.phone
			}
		}
	);
	await settle(store.local, { id, outcome: 'refused', refusal, receivedAt: at });
}

beforeAll(() =>
	openPhone(async (store) => {
		await refusedOrder(store, dearer, {
			code: 'price_changed',
			facts: { unitPrice: 52_000, unit: 'kg', rev: 4 }
		});
		await refusedOrder(store, byBox, {
			code: 'price_changed',
			facts: { unitPrice: 400_000, unit: 'thung', rev: 5 }
		});
		await refusedOrder(store, soldOut, { code: 'out_of_stock', facts: { stock: 0, unit: 'kg' } });
	})
);
beforeEach(async () => {
	deviceLocale.set('vi');
	await page.viewport(360, 740);
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const goodsLink = page.getByRole('link', { name: 'Xem hàng và đặt lại' });

test('TG-15.2: goods sold by another unit now are looked at again, and the old order is not sent again', async () => {
	await render(Screen, { pathname: `/app/orders/${byBox}` });
	await expect.element(goodsLink).toHaveAttribute('href', expect.stringContaining(pomelo.id));
	await expect.element(button('Bỏ')).toBeVisible();
	await expect.element(button('Gửi lại')).not.toBeInTheDocument();
	await expect.element(button(/^Đặt theo giá mới/)).not.toBeInTheDocument();
});

test('an order refused for what may pass can be sent again as it is', async () => {
	await render(Screen, { pathname: `/app/orders/${soldOut}` });
	await expect.element(button('Gửi lại')).toBeVisible();
	await expect.element(button(/^Đặt theo giá mới/)).not.toBeInTheDocument();
});

test('TG-15.2: a changed price stands beside the old one, and the order goes at it only when its buyer says so', async () => {
	await render(Screen, { pathname: `/app/orders/${dearer}` });
	await expect.element(page.getByText('Giá đã đổi, đơn chưa được đặt')).toBeVisible();
	const lines = [...document.querySelectorAll('main dl')].map((list) =>
		[...list.children].map((row) => [...row.children].map((cell) => cell.textContent).join(': '))
	);
	expect(lines[0]).toEqual([
		'Giá bà con đã xem: 45.000\u00a0đ / kg',
		'Giá bây giờ: 52.000\u00a0đ / kg',
		'Thành tiền lúc đó: 135.000\u00a0đ',
		'Thành tiền bây giờ, 3\u00a0kg: 156.000\u00a0đ'
	]);
	await expect.element(goodsLink).toBeVisible();
	await expect.element(button('Gửi lại')).not.toBeInTheDocument();

	await userEvent.dblClick(button(/^Đặt theo giá mới 52\.000/));
	await expect.element(page.getByText('Đơn chưa gửi, máy sẽ gửi khi có mạng.')).toBeVisible();
	const views = device.orders().current.filter(({ id }) => id === dearer);
	expect(views).toHaveLength(1);
	expect(views[0]?.placed?.input).toMatchObject({
		quantity: 3,
		unitPrice: 52_000,
		listingRev: 4,
		note: 'Gọi trước khi giao'
	});
});

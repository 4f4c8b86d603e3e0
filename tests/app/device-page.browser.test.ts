import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { device } from '$lib/sync/app.svelte.ts';
import { rebaseListing } from '$lib/sync/engine/rebase.ts';
import { typeIntoDraft } from '$lib/sync/outbox/drafts.ts';
import { enqueue, settle } from '$lib/sync/outbox/outbox.ts';
import type { Store } from '$lib/sync/store/store.ts';
import { baTu, onSale, openPhone, ownNeed, pomelo, pulled, returned, sold, wanted } from './device-world.ts';
import Screen from './Screen.svelte';

const here = { now: () => '2026-11-18T02:30:00.000Z', newId: () => crypto.randomUUID() };
const twoHours = 2 * 3_600_000;
const boxes = { ...ownNeed.content, title: 'Cần 20 thùng xốp' };
const contact = { name: 'Trần Ngọc Lan', phone: '0900000003', address: '12 Lê Lợi', wardCode: '28261' };

const goods = {
	listingId: pomelo.id,
	title: pomelo.title,
	unit: 'kg',
	thumb: null,
	sellerName: pomelo.seller.name,
	sellerPhone: pomelo.seller.phone
};

const order = (store: Store, title: string) =>
	enqueue(
		store.local,
		{
			name: 'order.place',
			input: {
				orderId: here.newId(),
				listingId: pomelo.id,
				listingRev: 1,
				quantity: 20,
				unitPrice: 45_000,
				contact,
				payment: 'tien-mat',
				shipping: 'chanh-xe',
				note: 'Gọi trước khi giao'
			}
		},
		{ id: here.newId(), deviceTime: here.now(), goods: { ...goods, title } }
	);

/** Seven things the exchange has taken, a minute after each other. */
async function receive(store: Store): Promise<void> {
	for (let nth = 1; nth <= 7; nth += 1) {
		const { id } = await order(store, `Bưởi lứa ${nth}`);
		const receivedAt = `2026-11-18T01:0${nth}:00.000Z`;
		await settle(store.local, { id, outcome: 'applied', version: nth, receipt: `K7M-2Q${nth}`, receivedAt });
	}
	await store.local.outbox.where('state').equals('acknowledged').delete();
}

/** Bà Tư's phone on a bad day: something of everything that the page is there for. */
beforeAll(async () => {
	vi.spyOn(navigator.storage, 'estimate').mockResolvedValue({ usage: 48_000_000, quota: 2_000_000_000 });
	await openPhone(async (store) => {
		await receive(store);
		await enqueue(
			store.local,
			{ name: 'need.submit', input: { needId: here.newId(), base: 0, content: boxes } },
			{ id: here.newId(), deviceTime: here.now() }
		);
		await settle(store.local, {
			id: (await order(store, pomelo.title)).id,
			outcome: 'refused',
			refusal: { code: 'price_changed', facts: { unitPrice: 52_000 } },
			receivedAt: here.now()
		});
		await typeIntoDraft(store, here, returned.id, { title: 'Sầu riêng Ri6 vườn nhà' });
		const theirs = { ...returned.content, title: 'Sầu riêng Ri6 loại 2' };
		await pulled(store, 'mine', `user:${baTu.id}`, [{ ...returned, rev: 2, content: theirs }], 10);
		await rebaseListing(store, here, returned.id);
		await store.local.pulls.update('orders', { pulledAt: '2026-11-17T10:05:00.000Z' });
		await store.local.pulls.update('notifications', { pulledAt: null });
		await store.changeState({ clockSkewMs: twoHours });
	});
});
beforeEach(async () => {
	await page.viewport(360, 740);
	await render(Screen, { pathname: '/app/device' });
	await expect.element(page.getByRole('heading', { level: 1, name: 'Máy này' })).toBeVisible();
	await expect.element(page.getByRole('heading', { level: 2, name: 'Chưa gửi', exact: true })).toBeVisible();
});

/** One part of the page, by its title. */
function part(title: string) {
	const found = [...document.querySelectorAll('section')].find(
		(section) => section.querySelector('h2')?.textContent === title
	);
	if (!found) throw new Error(`no part of the page is called “${title}”`);
	// What it says changes; its name here does not.
	found.dataset.testid = title;
	return page.getByTestId(title);
}
/** What a list of facts says: `name: fact`. */
const facts = (title: string): string[] =>
	[...part(title).element().querySelectorAll('dl > div')].map((row) =>
		[...row.children].map((cell) => cell.textContent).join(': ')
	);

test('sync 2: what waits stands there with the time it was made, and can be taken back', async () => {
	const unsent = part('Chưa gửi');
	await expect.element(unsent.getByText(`Đăng nhu cầu mua: ${boxes.title}`)).toBeVisible();
	await expect.element(unsent.getByText('chờ gửi', { exact: true })).toBeVisible();
	await expect.element(unsent.getByText('làm lúc 18/11/2026 09:30 theo giờ máy')).toBeVisible();
	await expect
		.element(unsent.getByRole('link', { name: 'Mở' }))
		.toHaveAttribute('href', expect.stringMatching(/^\/app\/needs\//));
	await userEvent.click(unsent.getByRole('button', { name: 'Bỏ' }));
	const ask = page.getByRole('dialog', { name: 'Bỏ việc này?' });
	await expect.element(ask.getByText('Sàn sẽ không nhận việc này nữa.')).toBeVisible();
	await userEvent.click(ask.getByRole('button', { name: 'Giữ lại' }));
	await expect.element(unsent.getByText(`Đăng nhu cầu mua: ${boxes.title}`)).toBeVisible();
	// What was refused is said apart, and not as if it would still go by itself.
	await expect.element(unsent.getByText('Đặt hàng: Bưởi da xanh')).not.toBeInTheDocument();
});

test('sync 2: what was refused says why, what can be done, and what was written', async () => {
	const refused = part('Không được nhận');
	await expect.element(refused.getByText('Đặt hàng: Bưởi da xanh')).toBeVisible();
	await expect
		.element(
			refused.getByText(
				/^Giá đã đổi, nay là 52\.000\sđ\. Chưa đặt gì cả\. Xem giá mới, đồng ý thì đặt lại\.$/
			)
		)
		.toBeVisible();
	await userEvent.click(refused.getByText('Những gì đã ghi'));
	await expect.element(refused.getByText(/Gọi trước khi giao/)).toBeVisible();
	await expect
		.element(refused.getByRole('link', { name: 'Mở' }))
		.toHaveAttribute('href', expect.stringMatching(/^\/app\/orders\//));
	await expect.element(refused.getByRole('button', { name: 'Bỏ' })).toBeVisible();
	// At the old price it would be refused again: the order's own screen offers the new one.
	await expect.element(refused.getByRole('button', { name: 'Gửi lại' })).not.toBeInTheDocument();
});

test('sync 4: what was changed in two places leads to the choice', async () => {
	const both = part('Cần chọn giữa hai bản');
	await expect.element(both.getByText(/Mở ra, xem cả hai rồi chọn/)).toBeVisible();
	await expect
		.element(both.getByRole('link', { name: 'Sầu riêng Ri6 vườn nhà' }))
		.toHaveAttribute('href', `/app/sell/${returned.id}`);
});

test('sync 7: each kind of thing says when it was last fetched, and one that never was says so', () => {
	expect(facts('Lần cuối lấy dữ liệu từ sàn')).toEqual([
		'Danh mục của sàn: 18/11/2026 08:12',
		'Thông báo: chưa lần nào',
		'Tin và góp ý của tôi: 18/11/2026 08:12',
		'Đơn hàng: 17/11/2026 17:05',
		'Nhu cầu mua: 18/11/2026 08:12',
		'Hàng trên chợ: 18/11/2026 08:12'
	]);
});

test('sync 15: how much room is taken of how much, and of what', async () => {
	await expect
		.element(part('Chỗ lưu trên máy').getByText(/^Đã dùng 48\sMB trong 2\sGB trình duyệt cho phép\.$/))
		.toBeVisible();
	await expect.poll(() => facts('Chỗ lưu trên máy').length).toBeGreaterThan(1);
	expect(facts('Chỗ lưu trên máy').at(-1)).toMatch(/^Hàng trên chợ và ứng dụng: 4\d(,\d)?\sMB$/);
});

test('sync 12: a clock two hours off is told in hours, with what to do, and stops nobody', async () => {
	const clock = part('Giờ của máy');
	await expect.element(clock.getByText(/^Nhanh hơn giờ của sàn 2 giờ\./)).toBeVisible();
	await expect.element(clock.getByText(/bật đặt giờ tự động/)).toBeVisible();
	expect((await device.command('need.close', { needId: ownNeed.id, base: 1 })).ok).toBe(true);
	await expect
		.element(part('Chưa gửi').getByText(`Đóng nhu cầu mua: ${ownNeed.content.title}`))
		.toBeVisible();
});

test('sync 2: the last five codes of what was received, newest first, and all of them when asked for', async () => {
	const received = part('Sàn đã nhận');
	const codes = () =>
		[...received.element().querySelectorAll('li')].map((row) =>
			[...row.querySelectorAll('p')].map((line) => line.textContent)
		);
	const row = (nth: number) => [
		`Đặt hàng: Bưởi lứa ${nth}`,
		`nhận lúc 18/11/2026 08:0${nth}`,
		`K7M-2Q${nth}`
	];
	await expect.poll(codes).toEqual([7, 6, 5, 4, 3].map(row));
	await userEvent.click(received.getByRole('button', { name: 'Xem cả 7 việc' }));
	await expect.poll(codes).toEqual([7, 6, 5, 4, 3, 2, 1].map(row));
	await expect.element(received.getByRole('button')).not.toBeInTheDocument();
});

test('sync 2: “send now” says what has become of it', async () => {
	await userEvent.click(part('Chưa gửi').getByRole('button', { name: 'Gửi ngay' }));
	await expect.element(part('Chưa gửi').getByText(/^Chưa gửi được vì không có mạng/)).toBeVisible();
});

test('the status file is saved under a name, tells how the device stands, and names nobody and nothing', async () => {
	// What the browser would put among the downloads.
	const saved: { name: string; text: Promise<string> }[] = [];
	const link = vi.spyOn(HTMLAnchorElement.prototype, 'click');
	link.mockImplementation(function (this: HTMLAnchorElement) {
		saved.push({ name: this.download, text: fetch(this.href).then((file) => file.text()) });
	});
	await userEvent.click(part('Khi cần được giúp').getByRole('button', { name: 'Lưu tệp tình trạng' }));
	await expect.poll(() => saved.map(({ name }) => name)).toEqual(['san-tinh-tinh-trang.json']);
	link.mockRestore();

	const text = (await saved[0]?.text) ?? '';
	expect(JSON.parse(text)).toMatchObject({
		what: 'san-tinh-diagnostics',
		state: { clockSkewMs: twoHours },
		outbox: {
			byNameAndState: { 'order.place refused': 1, 'need.submit waiting': 1 },
			refusals: { price_changed: 1 }
		},
		drafts: { count: 1, withConflicts: 1 },
		documents: { orders: 2, listings: 2 }
	});
	const listings = [returned, onSale].map(({ content }) => content);
	const personal = [
		...[baTu.name, contact.name, 'Vườn chú Ba', 'Vườn bà Tư'],
		...[contact.phone, '0900000001', '0900000002', contact.address, 'Ấp Tân Sơn'],
		...listings.map(({ title }) => title),
		...['Sầu riêng Ri6', 'Mít Thái', pomelo.title, wanted.title, ownNeed.content.title, boxes.title],
		...['Gọi trước khi giao', 'Giao sau 17 giờ', sold.code, 'K7M', baTu.id, returned.id, pomelo.id, sold.id]
	];
	expect(personal.filter((words) => text.includes(words))).toEqual([]);
});

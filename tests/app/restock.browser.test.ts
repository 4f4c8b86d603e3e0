import { beforeAll, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { device } from '$lib/sync/app.svelte.ts';
import { isUnfinished } from '$lib/ui/unfinished.svelte.ts';
import { onSale, openPhone } from './device-world.ts';
import Screen from './Screen.svelte';

beforeAll(() => openPhone());
beforeEach(() => page.viewport(360, 740));

const pathname = `/app/sell/${onSale.id}`;
const stock = () => page.getByRole('textbox', { name: 'Số lượng đang có' });
const save = () => page.getByRole('button', { name: 'Lưu' });
const listing = () => device.myListings().current.find(({ id }) => id === onSale.id);

test('TG-17.1 new stock of goods on sale is said without a network and without a review', async () => {
	const screen = await render(Screen, { pathname });
	// What the market counts down, not what the seller once wrote.
	await expect.element(stock()).toHaveValue('12');
	await expect.element(page.getByText('Trên chợ đang ghi: 12 kg.')).toBeVisible();
	await expect.element(save()).toBeDisabled();
	await userEvent.fill(stock(), '80,5');
	await expect.element(page.getByText('Chưa lưu.')).toBeVisible();
	expect(isUnfinished()).toBe(true);
	await save().click();
	await expect
		.element(page.getByText('Đã ghi trên máy này, máy tự gửi khi có mạng.'), { timeout: 15_000 })
		.toBeVisible();
	await expect.element(page.getByText('Trên chợ đang ghi: 12 kg.')).toBeVisible();
	expect(isUnfinished()).toBe(false);
	await screen.unmount();

	await render(Screen, { pathname });
	await expect.element(stock()).toHaveValue('80,5');
	await expect.element(page.getByText('Đã duyệt, đang bán')).toBeVisible();
	await userEvent.fill(stock(), '');
	await save().click();
	await expect.poll(() => listing()?.restock?.stock).toBeNull();
	// One that has tried to leave is frozen and stays beside its follower (sync 1).
	expect(new Set(listing()?.pending.map(({ name }) => name))).toEqual(new Set(['listing.restock']));
});

test('TG-17.1 while the text of goods on sale is edited, their stock is stated once, apart from it', async () => {
	await render(Screen, { pathname });
	await page.getByRole('button', { name: 'Sửa tin' }).click();
	await expect.element(page.getByRole('textbox', { name: 'Tên sản phẩm' })).toHaveValue('Chuối xiêm');
	expect(stock().elements()).toHaveLength(1);
	await page.getByRole('button', { name: 'Bỏ bản sửa' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Xóa' }).click();
	await expect.element(page.getByRole('button', { name: 'Sửa tin' })).toBeVisible();
	// Throwing the text away takes no stock back.
	expect(listing()?.restock).toMatchObject({ stock: null, command: { name: 'listing.restock' } });
});

import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { device } from '$lib/sync/app.svelte.ts';
import { openPhone, returned } from './device-world.ts';
import Screen from './Screen.svelte';

const stay = (event: MouseEvent) => {
	if (event.target instanceof Element && event.target.closest('a') !== null) event.preventDefault();
};
beforeAll(async () => {
	document.addEventListener('click', stay);
	await openPhone();
});
beforeEach(() => page.viewport(360, 740));
afterEach(() => vi.restoreAllMocks());

const newListing = async () => {
	const id = await device.drafts.create();
	const screen = await render(Screen, { pathname: `/app/sell/${id}` });
	await expect.element(page.getByRole('heading', { name: 'Đăng tin' })).toBeVisible();
	return { id, screen };
};
const box = (name: string) => page.getByRole('textbox', { name });

async function aPhoto(nth = 1): Promise<File> {
	const canvas = new OffscreenCanvas(64, 48 * nth);
	canvas.getContext('2d')?.fillRect(0, 0, 64, 48 * nth);
	return new File([await canvas.convertToBlob({ type: 'image/jpeg' })], 'vuon.jpg', { type: 'image/jpeg' });
}

test('sync 4: typed text is saved by itself and stands there when the screen opens again', async () => {
	const { id, screen } = await newListing();
	await userEvent.fill(box('Tên sản phẩm'), 'Xoài cát Hòa Lộc');
	await userEvent.fill(box('Giá bán'), '85.000');
	await expect.element(page.getByText(/Đã lưu trên máy này lúc \d\d:\d\d/)).toBeVisible();
	await screen.unmount();

	await render(Screen, { pathname: `/app/sell/${id}` });
	await expect.element(box('Tên sản phẩm')).toHaveValue('Xoài cát Hòa Lộc');
	await expect.element(box('Giá bán')).toHaveValue('85.000');
	expect((await device.drafts.get(id))?.content.price).toBe(85_000);
});

test('TG-10.2a what is missing is listed, marked, and one tap away', async () => {
	const { id } = await newListing();
	await userEvent.fill(box('Tên sản phẩm'), 'Xoài cát Hòa Lộc');
	await page.getByRole('button', { name: 'Gửi duyệt' }).click();
	await expect.element(page.getByText('Còn thiếu trước khi gửi duyệt')).toBeVisible();
	await page.getByRole('button', { name: 'Ghi giá bán' }).click();
	await expect.element(box('Giá bán')).toHaveFocus();
	await expect.element(box('Giá bán')).toHaveAccessibleDescription('Ghi giá bán');
	expect(device.myListings().current.find((listing) => listing.id === id)?.pending ?? []).toEqual([]);
});

test('TG-10.2a a whole listing is made and sent without a network, and is then read only', async () => {
	const { id } = await newListing();
	await userEvent.upload(page.getByLabelText('Chọn hình có sẵn'), await aPhoto());
	await expect.element(page.getByRole('button', { name: 'Bỏ hình 1' })).toBeVisible();
	await userEvent.fill(box('Tên sản phẩm'), 'Xoài cát Hòa Lộc');
	await page.getByRole('button', { name: /^Loại hàng/ }).click();
	await userEvent.fill(page.getByRole('searchbox'), 'trai cay');
	await page.getByRole('button', { name: 'Trái cây tươi' }).click();
	await userEvent.fill(box('Giá bán'), '85000');
	await userEvent.fill(
		page.getByRole('textbox', { name: 'Mô tả' }),
		'Xoài chín cây, cắt sáng, giao trong ngày.'
	);
	await page.getByRole('button', { name: /^Xã, phường/ }).click();
	await userEvent.fill(page.getByRole('searchbox'), 'tam binh');
	await page.getByRole('button', { name: 'Xã Ngũ Hiệp' }).click();
	await page.getByText('Tiền mặt khi nhận hàng').click();
	await page.getByText('Gửi chành xe, xe khách').click();
	const send = page.getByRole('button', { name: 'Gửi duyệt' });
	await send.dblClick();

	await expect.element(page.getByText(/Đang (chờ mạng để )?gửi/).first()).toBeVisible();
	await expect.element(send).not.toBeInTheDocument();
	const sent = device.myListings().current.find((listing) => listing.id === id);
	expect(sent?.pending.filter(({ name }) => name === 'listing.submit')).toHaveLength(1);
});

test('a file that is no picture is refused in words, and nothing typed is lost', async () => {
	await newListing();
	await userEvent.fill(box('Tên sản phẩm'), 'Ổi lê');
	const fake = new File(['<html>'], 'hinh.jpg', { type: 'image/jpeg' });
	await userEvent.upload(page.getByLabelText('Chọn hình có sẵn'), fake);
	await expect.element(page.getByText('Chọn hình JPG, PNG hoặc WebP.')).toBeVisible();
	await expect.element(box('Tên sản phẩm')).toHaveValue('Ổi lê');
});

test('TG-10.2b a returned listing shows the reasons first and can be mended at once', async () => {
	await render(Screen, { pathname: `/app/sell/${returned.id}` });
	await expect.element(page.getByText('Giấy chứng nhận đã hết hạn.')).toBeVisible();
	await expect.element(page.getByText('Bà chụp lại giấy còn hạn giúp.')).toBeVisible();
	await expect.element(box('Tên sản phẩm')).toHaveValue('Sầu riêng trái nhỏ');
});

test('sync 5: a photo taken out while another is being added takes that one not along', async () => {
	const { id } = await newListing();
	const photosOf = async () => (await device.drafts.get(id))?.content.photos ?? [];
	for (const n of [1, 2]) {
		await userEvent.upload(page.getByLabelText('Chọn hình có sẵn'), await aPhoto(n));
		await expect.element(page.getByRole('button', { name: `Bỏ hình ${n}` })).toBeVisible();
	}
	const [first, second] = await photosOf();
	const bin = page.getByRole('button', { name: 'Bỏ hình 1' }).element();
	if (!(bin instanceof HTMLElement)) throw new Error('no bin');
	// The draft is being given the third photo, and the screen does not know: this is when the bin is tapped.
	let tapped = false;
	const put = IDBObjectStore.prototype.put;
	vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, row, key) {
		const names = JSON.stringify(row).match(/"[0-9a-f]{64}"/g) ?? [];
		if (names.length === 3 && !tapped) {
			tapped = true;
			bin.click();
		}
		return put.call(this, row, key);
	});
	await userEvent.upload(page.getByLabelText('Chọn hình có sẵn'), await aPhoto(3));
	await expect.poll(() => tapped).toBe(true);
	await expect.poll(photosOf).not.toContain(first);
	await expect.element(page.getByText('Đang thu nhỏ hình')).not.toBeInTheDocument();
	await device.flush();
	expect(await photosOf()).toHaveLength(2);
	expect((await photosOf())[0]).toBe(second);

	await userEvent.click(page.getByRole('button', { name: 'Đưa hình 2 lên trước' }));
	await expect.poll(async () => (await photosOf())[1]).toBe(second);
});

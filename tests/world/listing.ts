import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import sharp from 'sharp';

/** Everything a listing needs before it may be sent; the terms come along from the last one. */
export async function fillListing(page: Page, title: string): Promise<void> {
	await page.goto('/app/sell/new');
	await page.getByLabel('Tên sản phẩm').fill(title);
	const buffer = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: 'olivedrab' } })
		.jpeg()
		.toBuffer();
	await page
		.getByLabel('Chọn hình có sẵn')
		.setInputFiles({ name: 'vuon.jpg', mimeType: 'image/jpeg', buffer });
	await expect(page.getByRole('button', { name: 'Bỏ hình 1' })).toBeVisible();
	for (const [field, search, found] of [
		[/Loại hàng/, 'trai cay', /^Trái cây tươi/],
		[/Xã, phường/, 'ngu hiep', /Xã Ngũ Hiệp/]
	] as const) {
		await page.getByRole('button', { name: field }).click();
		await page.getByRole('dialog').getByRole('searchbox').fill(search);
		await page.getByRole('dialog').getByRole('button', { name: found }).first().click();
	}
	await page.getByLabel('Giá bán').fill('85000');
	await page.getByLabel('Số lượng đang có').fill('50');
	await page.getByLabel('Mô tả', { exact: false }).first().fill('Cây mười hai năm, cơm vàng hạt lép.');
	await page.getByText('Người bán tự giao').click();
}

import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Orders the first goods a search finds, as anybody would, without a network. Returns what the goods are called. */
export async function orderOffline(page: Page, search: string, shut: () => void): Promise<string> {
	await page.goto('/app/buy');
	await page.getByRole('searchbox').fill(search);
	await page.locator('main a[href^="/app/buy/"]').first().click();
	const title = await page.locator('h1').filter({ hasNotText: 'Chợ' }).innerText();
	shut();
	await page.getByRole('button', { name: 'Đặt hàng' }).first().click();
	await page.getByLabel('Số điện thoại').fill('0900000003');
	await page.getByLabel('Địa chỉ nhận hàng').fill('12 Lê Lợi, phường Mỹ Tho');
	for (const way of ['Tiền mặt khi nhận hàng', 'Người bán tự giao'])
		await page.getByText(way, { exact: true }).click();
	await page.getByRole('button', { name: 'Xem lại đơn' }).click();
	await page.getByRole('button', { name: 'Đặt hàng' }).last().click();
	await expect(page.getByText('Đơn chưa gửi, máy sẽ gửi khi có mạng.')).toBeVisible();
	return title;
}

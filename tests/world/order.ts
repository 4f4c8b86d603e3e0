import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Orders the first goods a search finds, as anybody would, without a network. Returns what the goods are called. */
export async function orderOffline(page: Page, search: string, shut: () => void): Promise<string> {
	const title = await order(page, search, shut);
	await expect(page.getByText('Đơn chưa gửi, máy sẽ gửi khi có mạng.')).toBeVisible();
	return title;
}

/** The same wherever there is a network; `opened` is called when the goods are on screen. */
export async function order(
	page: Page,
	search: string,
	opened: () => void = () => undefined
): Promise<string> {
	await page.goto('/app/buy');
	await page.getByRole('searchbox').fill(search);
	await page.locator('main a[href^="/app/buy/"]').first().click();
	const title = await page.locator('h1').filter({ hasNotText: 'Chợ' }).innerText();
	opened();
	await page.getByRole('button', { name: 'Đặt hàng' }).first().click();
	await page.getByLabel('Số điện thoại').fill('0900000003');
	await page.getByLabel('Địa chỉ nhận hàng').fill('12 Lê Lợi, phường Mỹ Tho');
	for (const way of ['Tiền mặt khi nhận hàng', 'Người bán tự giao'])
		await page.getByText(way, { exact: true }).click();
	await page.getByRole('button', { name: 'Xem lại đơn' }).click();
	await page.getByRole('button', { name: 'Đặt hàng' }).last().click();
	return title;
}

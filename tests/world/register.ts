import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

export type Newcomer = { readonly name: string; readonly contact: string; readonly password: string };

/** As anybody becomes a member, to the page that asks for the code. */
export async function register(page: Page, { name, contact, password }: Newcomer): Promise<void> {
	await page.goto('/register');
	await page.getByLabel('Họ và tên').fill(name);
	await page.getByRole('textbox', { name: 'Số điện thoại hoặc e-mail' }).fill(contact);
	await page.getByLabel('Mật khẩu').fill(password);
	for (const consent of await page.getByRole('checkbox').all())
		if (await consent.evaluate((box) => box instanceof HTMLInputElement && box.required))
			await consent.check();
	await page.getByRole('button', { name: 'Gửi mã kích hoạt' }).click();
	await expect(page.getByRole('heading', { name: 'Nhập mã kích hoạt' })).toBeVisible();
}

export async function activate(page: Page, code: string): Promise<void> {
	await page.getByLabel('Mã 6 chữ số').fill(code);
	await page.getByRole('button', { name: 'Kích hoạt tài khoản' }).click();
}

/** Only asks; whoever is refused stays on the page. */
export async function enter(page: Page, name: string, password: string, next: string): Promise<void> {
	await page.goto(`/sign-in?next=${next}`);
	await page.getByLabel('Số điện thoại, e-mail hoặc tên đăng nhập').fill(name);
	await page.getByLabel('Mật khẩu').fill(password);
	await page.locator('main').getByRole('button', { name: 'Đăng nhập' }).click();
}

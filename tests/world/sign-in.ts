import type { BrowserContext, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { demoPassword } from '../../src/lib/server/seed/people.ts';

/** Signs a demo person in as anybody would; staff type the code that the demo shows. Ends inside the app. */
export async function signInOn(page: Page, userName: string, origin = ''): Promise<void> {
	await page.goto(`${origin}/sign-in?next=/app`);
	await page.getByLabel('Số điện thoại, e-mail hoặc tên đăng nhập').fill(userName);
	await page.getByLabel('Mật khẩu').fill(demoPassword);
	await page.locator('main').getByRole('button', { name: 'Đăng nhập' }).click();
	await page.waitForURL(/\/(app|sign-in\/second)/);
	if (page.url().includes('/sign-in/second')) await showCode(page);
	// The app has learnt who is signed in when the mark is gone from the address.
	await expect(page).toHaveURL(/\/app[^#]*$/);
}

/** A code is good once: who signs in again at once waits for the next one. */
async function showCode(page: Page): Promise<void> {
	for (;;) {
		const shown = await page.getByText(/mã lúc này là \d{6}/).innerText();
		await page.getByLabel('Mã xác thực').fill(/\d{6}/.exec(shown)?.[0] ?? '');
		await page.getByRole('button', { name: 'Tiếp tục' }).click();
		await page.waitForLoadState();
		if (!page.url().includes('/sign-in/second')) return;
		await page.waitForTimeout(5_000);
		await page.goto(page.url());
	}
}

/** The same on a page of its own. */
export async function signInAt(context: BrowserContext, userName: string): Promise<Page> {
	const page = await context.newPage();
	await signInOn(page, userName);
	return page;
}

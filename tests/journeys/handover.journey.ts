import type { Browser, Page } from '@playwright/test';
import { expect, test } from '../world/journey.ts';
import { fillListing } from '../world/listing.ts';
import { signInAt } from '../world/sign-in.ts';

/** A device of its own, with the person signed in and the app installed. */
async function deviceOf(browser: Browser, baseURL: string, userName: string, width: number): Promise<Page> {
	const context = await browser.newContext({ baseURL, viewport: { width, height: 800 } });
	const page = await signInAt(context, userName);
	await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
	return page;
}

test('sync 15: what a phone without a network holds goes to an officer as a file and is done once, after its owner’s yes', async ({
	browser,
	baseURL
}) => {
	const title = 'Sầu riêng nhờ nộp giúp';
	const phone = await deviceOf(browser, baseURL, 'batu', 360);
	await phone.goto('/app/sell');
	await expect(phone.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
	await phone.context().setOffline(true);
	await fillListing(phone, title);
	await phone.getByRole('button', { name: 'Gửi duyệt' }).click();
	await expect(phone.getByText('Đang chờ mạng để gửi').first()).toBeVisible();
	await phone.goto('/app/device');
	const saving = phone.waitForEvent('download');
	await phone.getByRole('button', { name: 'Lưu việc chưa gửi ra tệp' }).click();
	const saved = await saving;
	expect(saved.suggestedFilename()).toMatch(/\.santinh$/);

	const desk = await deviceOf(browser, baseURL, 'anhminh', 1280);
	await desk.goto('/app/office/handover');
	await desk.locator('input[type=file]').setInputFiles(await saved.path());
	await expect(desk.getByText(title)).toHaveCount(0);
	await desk.getByRole('button', { name: 'Nộp lên sàn' }).click();
	await expect(desk.getByText(/Đã nộp\. .+ sẽ thấy trong Thông báo/)).toBeVisible();
	await expect(desk.getByText(/không nộp được/)).toHaveCount(0);

	const another = await deviceOf(browser, baseURL, 'batu', 360);
	await another.goto('/app/handovers');
	const brought = another.getByRole('listitem').filter({ hasText: `Gửi duyệt tin: ${title}` });
	await expect(brought).toBeVisible();
	await another.getByRole('button', { name: 'Đồng ý, gửi đi' }).click();
	await expect(brought.getByText('Sàn đã nhận')).toBeVisible();
	await another.goto('/app/sell');
	const row = another.getByRole('listitem').filter({ hasText: title });
	await expect(row.getByText(/Đã nhận, mã TG-/)).toBeVisible({ timeout: 60_000 });

	// The phone finds its network again and sends the same once more: it is the same work, done once.
	await phone.context().setOffline(false);
	await phone.goto('/app/sell');
	const own = phone.getByRole('listitem').filter({ hasText: title });
	await expect(own.getByText(/Đã nhận, mã TG-/)).toBeVisible({ timeout: 60_000 });
	await expect(own).toHaveCount(1);
	await expect(row).toHaveCount(1);
	for (const page of [phone, desk, another]) await page.context().close();
});

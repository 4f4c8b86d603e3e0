import type { Page } from '@playwright/test';
import { demoPassword, people } from '../../src/lib/server/seed/people.ts';
import { behind } from '../world/behind.ts';
import { expect, test } from '../world/journey.ts';
import { fillListing } from '../world/listing.ts';
import { orderOffline } from '../world/order.ts';
import { signInAt } from '../world/sign-in.ts';

const unsent = (page: Page) => page.getByRole('listitem').filter({ hasText: /làm lúc/ });

test('sync 2, sync 6: what is queued when the session runs out waits on the device, and goes out once after signing in again', async ({
	browser,
	program
}) => {
	const { utmuoi } = people;
	const phone = await browser.newContext({ viewport: { width: 360, height: 800 } });
	const page = await signInAt(phone, 'utmuoi');
	await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
	const ordered = await orderOffline(page, 'buoi da xanh', () => void phone.setOffline(true));
	const titles = ['Sầu riêng chờ đêm', 'Sầu riêng chờ sáng'];
	for (const title of titles) {
		await fillListing(page, title);
		await page.getByRole('button', { name: 'Gửi duyệt' }).click();
		await expect(page.getByText('Đang chờ mạng để gửi').first()).toBeVisible();
	}
	await page.goto('/app/device');
	await expect(page.getByRole('heading', { name: 'Chưa gửi', exact: true })).toBeVisible();
	await expect(unsent(page).first()).toBeVisible();
	const waiting = await unsent(page).allInnerTexts();
	for (const what of [ordered, ...titles]) expect(waiting.join()).toContain(what);

	// Thirty days pass on the exchange before the network comes back.
	const sessions = await behind(
		program,
		(sql) => sql`update sessions set expires_at = now() - interval '1 minute' where user_id = ${utmuoi.id}`
	);
	expect(sessions.count).toBeGreaterThan(0);
	await phone.setOffline(false);
	await page.reload();
	const told = page.getByText('Phiên đăng nhập đã hết.');
	await expect(told).toBeVisible();
	await expect(page.getByText('Bài viết vẫn nằm trên máy. Đăng nhập lại thì máy gửi tiếp.')).toBeVisible();
	await page.getByRole('button', { name: 'Gửi ngay' }).click();
	await expect(page.getByText(/Chưa gửi được vì cần đăng nhập lại/)).toBeVisible();
	expect(await unsent(page).allInnerTexts()).toHaveLength(waiting.length);

	await page.getByRole('link', { name: 'Đăng nhập lại' }).click();
	await page.getByLabel('Số điện thoại, e-mail hoặc tên đăng nhập').fill('utmuoi');
	await page.getByLabel('Mật khẩu').fill(demoPassword);
	await page.locator('main').getByRole('button', { name: 'Đăng nhập' }).click();
	await expect(page).toHaveURL(/\/app\/device$/);
	await expect(told).toHaveCount(0);
	await expect(page.getByText('Mọi việc trên máy này đã gửi lên sàn.')).toBeVisible({ timeout: 90_000 });

	await page.goto('/app/sell/listings');
	for (const title of titles) {
		const row = page.getByRole('listitem').filter({ hasText: title });
		await expect(row.getByText(/Đã nhận, mã TG-/)).toBeVisible({ timeout: 60_000 });
		await expect(row).toHaveCount(1);
	}
	await page.goto('/app/orders');
	await expect(page.getByRole('link', { name: new RegExp(ordered) })).toHaveCount(1);
	const [kept] = await behind(
		program,
		(sql) => sql<{ listings: number; orders: number }[]>`
			select (select count(*)::int from listings where account_id = ${utmuoi.id}
				and content ->> 'title' = any(${titles})) as listings,
			(select count(*)::int from orders where buyer_id = ${utmuoi.id} and title = ${ordered}) as orders`
	);
	expect(kept).toEqual({ listings: 2, orders: 1 });
	await phone.close();
});

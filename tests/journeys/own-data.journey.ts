import type { Page } from '@playwright/test';
import fs from 'node:fs';
import { z } from 'zod';
import { demoPassword, people } from '../../src/lib/server/seed/people.ts';
import { behind } from '../world/behind.ts';
import { expect, test } from '../world/journey.ts';
import { order } from '../world/order.ts';
import { activate, enter, register } from '../world/register.ts';
import { signInAt } from '../world/sign-in.ts';

test('TG-16.5, LAW-data-subject a member takes the own data, asks, is answered, sees who looked, and reads what holds the account open', async ({
	browser
}) => {
	const lan = await signInAt(await browser.newContext(), 'chilan');
	await lan.goto('/app/me/data');
	const download = lan.waitForEvent('download');
	await lan.getByRole('button', { name: 'Tải tệp dữ liệu (JSON)' }).click();
	const file = await (await download).path();
	expect(fs.readFileSync(file, 'utf8')).toContain('Trần Ngọc Lan');

	await lan.getByRole('link', { name: 'Gửi yêu cầu, khiếu nại về dữ liệu' }).click();
	await lan.getByRole('button', { name: 'Gửi yêu cầu' }).click();
	await expect(lan.getByText('Mời ghi rõ yêu cầu.').first()).toBeVisible();
	await lan.getByLabel('Bạn muốn sàn làm gì').selectOption('leak');
	await lan.getByLabel('Nói rõ hơn').fill('Có người lạ gọi đúng tên và địa chỉ tôi đặt hàng.');
	await lan.getByRole('button', { name: 'Gửi yêu cầu' }).click();
	const sent = await lan.getByText(/^Đã gửi, mã TG-D/).innerText();
	const code = /TG-D[\d-]+\d/.exec(sent)?.[0] ?? '';
	await expect(lan.getByText(/Trả lời chậm nhất/)).toBeVisible();

	const admin = await signInAt(await browser.newContext(), 'quantri');
	await admin.goto('/app/admin/data-requests');
	await admin.getByRole('button', { name: new RegExp(code) }).click();
	const dialog = admin.getByRole('dialog');
	await expect(dialog.getByText('Có người lạ gọi đúng tên và địa chỉ tôi đặt hàng.')).toBeVisible();
	await dialog.getByText('Thực hiện một phần').click();
	await dialog.getByLabel('Trả lời, kèm lý do').fill('Không phải từ sàn. Mời đổi mật khẩu.');
	await dialog.getByRole('button', { name: 'Gửi trả lời' }).click();
	await expect(admin.getByText('Đã ghi và đã báo cho người gửi.')).toBeVisible();

	await lan.reload();
	await expect(lan.getByText('Không phải từ sàn. Mời đổi mật khẩu.')).toBeVisible();
	await lan.goto('/app/me/data/looks');
	await expect(lan.getByText(`Để trả lời thành viên (${code})`, { exact: false })).toBeVisible();

	await lan.goto('/app/me/data');
	await expect(lan.getByText('Chưa đóng được vì còn:')).toBeVisible();
	await expect(lan.getByText('đơn hàng đang giao dịch')).toBeVisible();
});

const sau = { name: 'Lê Thị Sáu', contact: 'chisau@san.example', password: 'sáu hàng dừa bên bờ kinh' };

/** The names of databases that a person left on this device, the catalogue and such apart. */
const lefts = (page: Page, accountId: string): Promise<string[]> =>
	page.evaluate(
		async (id) => (await indexedDB.databases()).flatMap(({ name = '' }) => (name.includes(id) ? [name] : [])),
		accountId
	);

test('TG-16.5, LAW-data-subject a member settles what stands in the way, takes the data along and closes the account for good', async ({
	browser,
	mailbox,
	program
}) => {
	const phone = await browser.newContext({ viewport: { width: 360, height: 740 } });
	const page = await phone.newPage();
	await register(page, sau);
	await activate(page, await mailbox.codeTo(sau.contact));
	await expect(page.getByRole('heading', { name: 'Tài khoản đã mở' })).toBeVisible();
	await enter(page, sau.contact, sau.password, '/app/buy');
	await expect(page).toHaveURL(/\/app\/buy$/);
	const session = z
		.object({ actor: z.object({ id: z.string() }) })
		.parse(await (await phone.request.get('/api/session')).json());
	const title = await order(page, 'buoi da xanh');
	await expect(page.getByText('Chờ xác nhận').first()).toBeVisible({ timeout: 60_000 });

	// Somebody waits for her order: that is said, and leads there.
	await page.goto('/app/me/data');
	await expect(page.getByText('Chưa đóng được vì còn:')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Đóng tài khoản của tôi' })).toHaveCount(0);
	await page.getByRole('link', { name: 'đơn hàng đang giao dịch' }).click();
	await page
		.getByRole('link', { name: new RegExp(title) })
		.first()
		.click();
	await page.getByRole('button', { name: 'Hủy đơn' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByText('Đổi ý, chưa cần nữa').click();
	await dialog.getByRole('button', { name: 'Hủy đơn' }).click();
	await expect(page.getByRole('list', { name: 'Đơn đang ở đâu' }).getByText('Đã hủy')).toBeVisible({
		timeout: 60_000
	});

	await page.goto('/app/me/data');
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Tải bản dễ đọc' }).click();
	expect(fs.readFileSync(await (await download).path(), 'utf8')).toContain(sau.name);

	// What the law keeps is said before; who proved long ago to be there is asked again.
	await behind(
		program,
		(sql) => sql`update sessions set proven_at = now() - interval '1 day' where user_id = ${session.actor.id}`
	);
	await page.getByRole('button', { name: 'Đóng tài khoản của tôi' }).click();
	await expect(dialog.getByText(/Đơn hàng được giữ kín 3 năm theo luật rồi xóa hẳn/)).toBeVisible();
	await dialog.getByRole('button', { name: 'Đóng hẳn' }).click();
	await dialog.getByLabel('Mật khẩu hoặc mã của ứng dụng xác thực').fill(sau.password);
	await dialog.getByRole('button', { name: 'Xác nhận' }).click();
	await expect(page.getByText('Tài khoản đã đóng')).toBeVisible();
	expect(await (await phone.request.get('/api/session')).json()).not.toMatchObject({ outcome: 'actor' });
	expect(await lefts(page, session.actor.id)).toEqual([]);

	await enter(page, sau.contact, sau.password, '/app');
	await expect(page.getByText('Tên đăng nhập hoặc mật khẩu chưa đúng.')).toBeVisible();
	await expect(page.getByLabel('Số điện thoại, e-mail hoặc tên đăng nhập')).toHaveValue(sau.contact);
});

test('TG-16.5, TG-15.1 a seller takes the last goods off sale and closes the account: the market has neither page nor goods, and nobody signs in with it', async ({
	browser,
	program
}) => {
	const { saunghia } = people;
	// The other goods were taken off sale before.
	const [last] = await behind(
		program,
		(sql) => sql<{ id: string; title: string; shop: string }[]>`
			with rest as (
				select id, business_id, content ->> 'title' as title, row_number() over (order by id) as nth
				from listings where account_id = ${saunghia.id} and state = 'approved'),
			gone as (update listings l set state = 'withdrawn' from rest where rest.id = l.id and nth > 1)
			select id, title, business_id as shop from rest where nth = 1`
	);
	if (!last) throw new Error('nothing is on sale');
	const visitor = await (await browser.newContext()).newPage();
	await visitor.goto(`/sellers/${last.shop}`);
	await expect(visitor.getByRole('link', { name: last.title })).toBeVisible();

	const phone = await browser.newContext({ viewport: { width: 360, height: 740 } });
	const page = await signInAt(phone, 'saunghia');
	await page.goto('/app/me/data');
	await expect(page.getByText('Chưa đóng được vì còn:')).toBeVisible();
	await page.goto(`/app/sell/${last.id}`);
	const dialog = page.getByRole('dialog');
	await page.getByRole('button', { name: 'Rút tin' }).click({ timeout: 60_000 });
	await dialog.getByRole('button', { name: 'Rút tin' }).click();
	await expect
		.poll(async () => (await visitor.request.get(`/listings/${last.id}`)).status(), { timeout: 60_000 })
		.toBe(404);

	await page.goto('/app/me/data');
	await page.getByRole('button', { name: 'Đóng tài khoản của tôi' }).click();
	await expect(dialog.getByText(/Đơn hàng được giữ kín 3 năm theo luật rồi xóa hẳn/)).toBeVisible();
	await dialog.getByRole('button', { name: 'Đóng hẳn' }).click();
	await expect(page.getByText('Tài khoản đã đóng')).toBeVisible();
	expect(await lefts(page, saunghia.id)).toEqual([]);

	expect((await visitor.request.get(`/sellers/${last.shop}`)).status()).toBe(404);
	await visitor.goto(`/catalogue?q=${encodeURIComponent(last.title)}`);
	await expect(visitor.getByRole('link', { name: last.title })).toHaveCount(0);
	await enter(page, saunghia.userName, demoPassword, '/app');
	await expect(page.getByText('Tên đăng nhập hoặc mật khẩu chưa đúng.')).toBeVisible();
	await expect(page.getByLabel('Số điện thoại, e-mail hoặc tên đăng nhập')).toHaveValue(saunghia.userName);
});

import type { Browser, Page } from '@playwright/test';
import { demoPassword, people, type Person } from '../../src/lib/server/seed/people.ts';
import { behind } from '../world/behind.ts';
import { expect, test } from '../world/journey.ts';
import { order } from '../world/order.ts';
import { enter } from '../world/register.ts';
import { signInAt } from '../world/sign-in.ts';

const phone = { width: 360, height: 740 };

/** Bác Sáu signs in once for all of them: a code is good once, and the next one comes half a minute later. */
let kept: Awaited<ReturnType<typeof cookiesOf>> | undefined;
const cookiesOf = (page: Page) => page.context().storageState();

async function bacSau(browser: Browser): Promise<Page> {
	if (kept !== undefined) return (await browser.newContext({ storageState: kept })).newPage();
	const page = await signInAt(await browser.newContext(), 'bacsau');
	kept = await cookiesOf(page);
	return page;
}

/** Bác Sáu looks a person up and locks the account; `will` is what the dialog says of it before `press`. */
async function lock(
	sau: Page,
	person: Person,
	reason: string,
	{ ground, will, press } = { ground: 'hang-cam', will: /tin đang bán rời trang công khai/, press: 'Khóa' }
): Promise<void> {
	await sau.goto('/app/office/enforcement');
	await sau.getByLabel('Tìm để xử lý').fill(person.phone);
	await sau.getByRole('button', { name: 'Tìm', exact: true }).click();
	await sau.getByRole('button', { name: `${person.name} Tài khoản` }).click();
	const dialog = sau.getByRole('dialog');
	await dialog.getByText('Khóa', { exact: true }).first().click();
	await dialog.getByLabel('Căn cứ').selectOption(ground);
	await dialog.getByText('Người mua phản ánh').click();
	await dialog.getByLabel('Lý do gửi cho người bị xử lý').fill(reason);
	await dialog.getByLabel('Chứng cứ, ghi chép nội bộ').fill('Hai người mua gửi ảnh ngày 20/11.');
	await expect(dialog.getByText(will)).toBeVisible();
	await dialog.getByRole('button', { name: press, exact: true }).last().click();
	await expect(sau.getByText(/^Đã ghi, mã TG-K/)).toBeVisible();
}

async function signInLocked(page: Page, userName: string): Promise<void> {
	await enter(page, userName, demoPassword, '/app');
	await expect(page.getByRole('heading', { name: 'Tài khoản đang bị khóa' })).toBeVisible();
}

test('TG-9.2, TG-9.3a bác Sáu locks bà Tư, she reads why and says what she put right, and is confirmed again', async ({
	browser
}) => {
	const phone = await browser.newContext();
	const tu = await signInAt(phone, 'batu');
	await expect(tu.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();

	const sau = await bacSau(browser);
	await lock(sau, people.batu, 'Bán rượu tự nấu không có giấy phép.');

	// Her phone is told, keeps what is hers, and the password opens one page.
	await tu.reload();
	await expect(tu.getByText('Tài khoản đang bị khóa. Đăng nhập lại để xem lý do.').first()).toBeVisible();
	await signInLocked(tu, 'batu');
	await expect(tu.getByText('Bán rượu tự nấu không có giấy phép.')).toBeVisible();
	expect(await (await phone.request.get('/api/session')).json()).not.toMatchObject({ outcome: 'actor' });
	await tu.getByLabel('Đã khắc phục những gì').fill('Đã gỡ rượu, có cam kết kèm theo.');
	await tu.getByRole('button', { name: 'Gửi yêu cầu' }).click();
	await expect(tu.getByText(/^Đã nhận yêu cầu, mã TG-/)).toBeVisible();

	await sau.goto('/app/office');
	await sau.getByRole('button', { name: /Cả sở/ }).click();
	await sau.getByPlaceholder(/Tìm tên hàng/).fill('TG-K');
	await sau.getByRole('link', { name: /TG-K/ }).first().click();
	await expect(sau.getByText('Đã gỡ rượu, có cam kết kèm theo.')).toBeVisible();
	await sau.getByRole('button', { name: /^Chấp thuận/ }).click();
	await sau.getByRole('button', { name: 'Chấp thuận và mở lại' }).click();

	await expect
		.poll(async () => {
			await tu.goto('/measures');
			return tu.getByText('Tài khoản đã được mở lại').count();
		})
		.toBe(1);
	const again = await signInAt(phone, 'batu');
	await expect(again.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
	await sau.goto('/app/office/enforcement');
	await sau.getByRole('button', { name: 'Tất cả' }).click();
	await sau
		.getByRole('button', { name: /Khóa · Nguyễn Thị Tư/ })
		.first()
		.click();
	await expect(sau.getByText('Hai người mua gửi ảnh ngày 20/11.')).toBeVisible();
});

test('TG-9.2, TG-13.1, TG-19.6 a seller is locked while an order runs: goods gone at once, the buyer told in the box and by letter, the order called off by rule', async ({
	browser,
	mailbox
}) => {
	const { chinhoang, chilan } = people;
	const lan = await signInAt(await browser.newContext({ viewport: phone }), 'chilan');
	const title = await order(lan, 'trung vit chay dong');
	const timeline = lan.getByRole('list', { name: 'Đơn đang ở đâu' });
	await expect(timeline.getByText('Chờ xác nhận')).toBeVisible({ timeout: 60_000 });
	const code = /TG-\S*\d/.exec(await lan.locator('main').innerText())?.[0] ?? '';
	const visitor = await (await browser.newContext()).newPage();
	await visitor.goto('/catalogue?q=trung+vit+chay+dong');
	await visitor.getByRole('link', { name: title }).click();
	await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(title);
	const goods = visitor.url();

	const sau = await bacSau(browser);
	await lock(sau, chinhoang, 'Bán trứng không có dấu kiểm dịch.');

	// Nobody finds the goods any more, and both people have a letter.
	expect((await visitor.request.get(goods)).status()).toBe(404);
	await visitor.goto('/catalogue?q=trung+vit+chay+dong');
	await expect(visitor.getByRole('link', { name: title })).toHaveCount(0);
	await expect
		.poll(() => mailbox.subjectsTo(chilan.email))
		.toContain(`Người bán của đơn ${code} đang bị khóa`);
	await expect.poll(() => mailbox.subjectsTo(chinhoang.email).join()).toMatch(/Đã khóa tài khoản của bạn/);
	await lan.goto('/app/notifications');
	await expect(lan.getByText(`Người bán của đơn ${code} đang bị khóa, đơn vẫn được giải quyết`)).toBeVisible({
		timeout: 60_000
	});

	// The seller reads why, until when and what to do; an order is not called off without a word to the buyer.
	const hoang = await (await browser.newContext({ viewport: phone })).newPage();
	await signInLocked(hoang, 'chinhoang');
	await expect(hoang.getByText('Bán trứng không có dấu kiểm dịch.')).toBeVisible();
	await expect(hoang.getByText('Đến khi khắc phục xong và được chấp thuận')).toBeVisible();
	await expect(hoang.getByText('Cần làm gì')).toBeVisible();
	const running = hoang.getByRole('listitem').filter({ hasText: code });
	await expect(running.getByRole('button', { name: 'Xác nhận đơn' })).toHaveCount(0);
	await running.getByText('Giải quyết đơn này').click();
	await running.getByRole('button', { name: 'Hủy đơn' }).click();
	await expect(running.getByText('Ghi lý do để người mua biết.')).toBeVisible();
	await running.getByLabel('Lý do, hoặc bên vận chuyển').fill('Trại đang làm lại giấy kiểm dịch.');
	await running.getByRole('button', { name: 'Hủy đơn' }).click();
	await expect(hoang.getByText('Đã ghi nhận và báo cho người mua.')).toBeVisible();
	await expect(running).toHaveCount(0);

	await lan.goto('/app/orders');
	await lan
		.getByRole('link', { name: new RegExp(title) })
		.first()
		.click();
	await expect(timeline.getByText('Đã hủy')).toBeVisible({ timeout: 60_000 });
	await expect(lan.getByText('Trại đang làm lại giấy kiểm dịch.').first()).toBeVisible();
});

test('LAW-tmdt-notice, TG-9.2, TG-13.1 a seller with a running order is given five days: told until when and what to do, still at work, locked when they have run, the buyer told then, the order finished by rule', async ({
	browser,
	mailbox,
	program
}) => {
	const { sauraumuong, comai } = people;
	const mai = await signInAt(await browser.newContext({ viewport: phone }), 'comai');
	await order(mai, 'bau sao');
	const timeline = mai.getByRole('list', { name: 'Đơn đang ở đâu' });
	await expect(timeline.getByText('Chờ xác nhận')).toBeVisible({ timeout: 60_000 });
	const code = /TG-\S*\d/.exec(await mai.locator('main').innerText())?.[0] ?? '';
	const [placed] = await behind(
		program,
		(sql) => sql<{ id: string; listingId: string }[]>`
			select id, listing_id as "listingId" from orders where code = ${code}`
	);
	const goods = `/listings/${placed?.listingId}`;

	const sau = await bacSau(browser);
	await lock(sau, sauraumuong, 'Ghi VietGAP mà giấy đã bị thu hồi.', {
		ground: 'thong-tin-sai',
		will: /^Báo trước\. Chỉ khóa từ/,
		press: 'Gửi báo trước'
	});
	await expect
		.poll(() => mailbox.subjectsTo(sauraumuong.email).join())
		.toMatch(/^Báo trước: sẽ khóa tài khoản của bạn từ/);

	// She reads it in the app, where she works on as before.
	const garden = await browser.newContext({ viewport: phone });
	const rau = await signInAt(garden, 'sauraumuong');
	await rau.goto('/app/notifications');
	await rau.getByRole('link', { name: /Báo trước về việc khóa/ }).click({ timeout: 60_000 });
	await expect(rau.getByText(/^Chưa bị khóa\. Khắc phục trước \d{2}\/\d{2}\/\d{4}/)).toBeVisible();
	await expect(rau.getByText('Ghi VietGAP mà giấy đã bị thu hồi.')).toBeVisible();
	await expect(rau.getByText('Đến khi khắc phục xong và được chấp thuận')).toHaveCount(0);
	await expect(rau.getByText('Cần làm gì')).toBeVisible();
	await expect(rau.getByLabel('Đã khắc phục những gì')).toBeVisible();
	await expect(rau.getByText('Người mua đã được báo', { exact: false })).toHaveCount(0);
	await rau.goto(`/app/orders/${placed?.id}`);
	await rau.getByRole('button', { name: 'Xác nhận đơn' }).click({ timeout: 60_000 });
	const confirmed = () =>
		behind(
			program,
			(sql) => sql`select from orders where id = ${placed?.id ?? ''} and state = 'awaiting_pickup'`
		);
	await expect.poll(async () => (await confirmed()).count).toBe(1);
	const told = `Người bán của đơn ${code} đang bị khóa`;
	expect(mailbox.subjectsTo(comai.email)).not.toContain(told);
	expect((await mai.request.get(goods)).status()).toBe(200);

	// The five days run out.
	const due = await behind(program, async (sql) => {
		await sql`insert into pgboss.job (name) values ('enforcement-watch')`;
		return sql`
			update measures set effect_at = now() where account_id = ${sauraumuong.id} and state = 'noticed'`;
	});
	expect(due.count).toBe(1);
	await expect.poll(() => mailbox.subjectsTo(comai.email)).toContain(told);
	await expect.poll(() => mailbox.subjectsTo(sauraumuong.email).join()).toMatch(/Đã khóa tài khoản của bạn/);
	expect((await mai.request.get(goods)).status()).toBe(404);

	// What was promised is brought to its end, through the one page that is left.
	await signInLocked(rau, 'sauraumuong');
	const running = rau.getByRole('listitem').filter({ hasText: code });
	for (const step of ['Đã giao cho bên vận chuyển', 'Đã giao tới nơi']) {
		await running.getByText('Giải quyết đơn này').click();
		await expect(running.getByRole('button', { name: 'Xác nhận đơn' })).toHaveCount(0);
		await running.getByLabel('Lý do, hoặc bên vận chuyển').fill('Tự giao');
		await running.getByRole('button', { name: step }).click();
		await expect(rau.getByText('Đã ghi nhận và báo cho người mua.')).toBeVisible();
	}
	await expect(running).toHaveCount(0);
	await expect(timeline.getByText('Đã giao hàng')).toBeVisible({ timeout: 60_000 });
	await mai.goto('/app/notifications');
	await expect(mai.getByText(`${told}, đơn vẫn được giải quyết`)).toBeVisible({ timeout: 60_000 });
});

import type { BrowserContext, Page } from '@playwright/test';
import sharp from 'sharp';
import { people } from '../../src/lib/server/seed/people.ts';
import { expect, test } from '../world/journey.ts';
import { activate, enter, register } from '../world/register.ts';
import { choose } from '../world/choose.ts';
import { signInAt } from '../world/sign-in.ts';

const phone = { width: 360, height: 740 };
const bay = { name: 'Phan Văn Bảy', contact: 'bay@san.example', password: 'ba cây ổi trước ngõ nhà bảy' };

/** The same JPEG, whose head says that it is a square of so many pixels a side. */
function pretending(jpeg: Buffer, side: number): Buffer {
	const changed = Buffer.from(jpeg);
	// Segments follow each other; that of the frame has the size.
	for (let at = 2; at < changed.length; at += 2 + changed.readUInt16BE(at + 2))
		if (changed[at + 1] === 0xc0) {
			changed.writeUInt16BE(side, at + 5);
			changed.writeUInt16BE(side, at + 7);
			return changed;
		}
	throw new Error('no frame in this picture');
}

/** The registration of the officer's queue, opened. */
async function openCase(minh: Page, name: string): Promise<void> {
	await minh.goto('/app/office');
	await minh.getByRole('button', { name: /Cả sở/ }).click();
	await minh
		.getByRole('link', { name: new RegExp(name) })
		.first()
		.click();
	await expect(minh.getByRole('heading', { name: 'Hồ sơ đăng ký' })).toBeVisible();
}

test('TG-8 TG-12 TG-7.2b anh Bảy registers, writes his business down without a network, is asked for more, is confirmed and sends his first goods', async ({
	browser,
	mailbox,
	provider
}) => {
	provider.knows('082190000456', bay.name);
	const context: BrowserContext = await browser.newContext({ viewport: phone });
	const page = await context.newPage();

	// A code that is wrong, one that is right, and the same one again.
	await register(page, bay);
	const code = await mailbox.codeTo(bay.contact);
	await activate(page, code === '111111' ? '222222' : '111111');
	await expect(page.getByText(/Mã chưa đúng. Còn \d lần thử/)).toBeVisible();
	const address = page.url();
	await activate(page, code);
	await expect(page.getByRole('heading', { name: 'Tài khoản đã mở' })).toBeVisible();
	const { pathname, search, origin } = new URL(address);
	const form = { form: { code }, headers: { origin, accept: 'text/html' } };
	const again = await context.request.post(`${pathname}?/confirm&${search.slice(1)}`, form);
	expect(again.status()).toBe(400);

	// The phone of bà Tư: the same page, and nothing that says she is a member; she is told herself.
	const other = await (await browser.newContext({ viewport: phone })).newPage();
	await register(other, { ...bay, contact: people.batu.phone });
	await expect(other.getByText(/một mã gồm 6 chữ số đang trên đường tới đó/)).toBeVisible();
	await activate(other, '123456');
	await expect(other.getByText(/Mã chưa đúng. Còn \d lần thử/)).toBeVisible();
	await other.context().close();

	await enter(page, bay.contact, bay.password, '/app/me/business');
	await expect(page.getByRole('heading', { name: 'Đăng ký doanh nghiệp của bạn' })).toBeVisible();
	await expect(page.getByLabel('Tên cơ sở')).toBeVisible();

	// In the orchard there is no signal; what he writes is on his phone.
	await context.setOffline(true);
	await page.getByText('Cá nhân sản xuất').click();
	await page.getByLabel('Tên cơ sở').fill('Vườn ổi anh Bảy');
	await page.getByLabel('Số định danh cá nhân').fill('082190000456');
	await page.getByLabel('Người đại diện').fill('Phan Văn Bẩy');
	await page.getByLabel('Số điện thoại liên hệ').fill('0911222333');
	await page.getByText('Nông sản, thủy sản và thực phẩm', { exact: true }).click();
	await choose(page, /Xã, phường hiện nay/, 'ngu hiep', /Xã Ngũ Hiệp/);
	const buffer = await sharp({ create: { width: 1200, height: 900, channels: 3, background: 'ivory' } })
		.jpeg()
		.toBuffer();
	const papers = page.getByRole('region', { name: 'Giấy tờ' });
	await papers
		.getByLabel('Thêm hình hoặc PDF')
		.first()
		.setInputFiles({ name: 'cam-ket.jpg', mimeType: 'image/jpeg', buffer });
	await expect(papers.getByRole('button', { name: 'Bỏ hình này' })).toBeVisible();
	await papers.getByLabel('Ngày hết hạn').first().fill('2026-11-01');
	await expect(page.getByText('Đã lưu trên máy này')).toBeVisible();
	await page.getByLabel('Tôi đã đọc và đồng ý').check();

	// An expired paper is told here already; nothing he typed is lost.
	await page.getByRole('button', { name: 'Lưu thông tin' }).click();
	await expect(page.getByText('Giấy này đã hết hạn.')).toBeVisible();
	await expect(page.getByLabel('Tên cơ sở')).toHaveValue('Vườn ổi anh Bảy');
	await papers.getByLabel('Ngày hết hạn').first().fill('');
	await page.getByRole('button', { name: 'Lưu thông tin' }).click();
	await expect(page.getByText('Đang chờ gửi lên sàn')).toBeVisible();
	await context.setOffline(false);
	await expect(page.getByText('Đang xem', { exact: true })).toBeVisible({ timeout: 90_000 });

	// LAW-tmdt-identity: the provider was asked and knows the number under another name; both of them read it.
	await expect(async () => {
		await page.reload();
		await expect(page.getByText(/số định danh và tên người đại diện không khớp/)).toBeVisible({
			timeout: 5_000
		});
	}).toPass();
	const minh = await signInAt(await browser.newContext(), 'anhminh');
	await openCase(minh, 'Vườn ổi anh Bảy');
	await expect(minh.getByText('Danh tính điện tử: số này mang tên khác')).toBeVisible();

	// Anh Minh misses a page as well, and says so.
	await minh.getByRole('button', { name: /^Yêu cầu bổ sung/ }).click();
	await minh
		.getByRole('dialog')
		.getByText(/Hình giấy tờ chưa rõ/)
		.click();
	await minh.getByRole('button', { name: 'Gửi yêu cầu bổ sung' }).click();
	await page.reload();
	await expect(page.getByText('Cần bổ sung', { exact: true })).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText(/Hình giấy tờ chưa rõ/)).toBeVisible();

	// The whole paper as the PDF the commune gave him.
	const printer = await context.newPage();
	await printer.setContent('<h1>Bản cam kết</h1>');
	const pdf = await printer.pdf();
	await printer.close();
	await papers.getByRole('button', { name: 'Bỏ hình này' }).click();
	await papers
		.getByLabel('Thêm hình hoặc PDF')
		.first()
		.setInputFiles({ name: 'cam-ket.pdf', mimeType: 'application/pdf', buffer: pdf });
	await expect(papers.getByText('PDF', { exact: true })).toBeVisible();
	await page.getByLabel('Người đại diện').fill(bay.name);
	await page.getByLabel('Tôi đã đọc và đồng ý').check();
	await page.getByRole('button', { name: 'Lưu thông tin' }).click();
	await expect(page.getByText(/lần 2/)).toBeVisible({ timeout: 60_000 });

	// Anh Minh opens it, compares, and confirms.
	await expect(async () => {
		await page.reload();
		await expect(page.getByText('Danh tính điện tử: đã xác minh')).toBeVisible({ timeout: 5_000 });
	}).toPass();
	expect(provider.asked.map(({ name }) => name)).toEqual(['Phan Văn Bẩy', bay.name]);
	await openCase(minh, 'Vườn ổi anh Bảy');
	await expect(minh.getByText(/^bên định danh xác nhận/)).toBeVisible();
	const opened = minh.getByRole('link', { name: /^Mở hình 1 của Cam kết/ });
	await expect(opened).toBeVisible({ timeout: 60_000 });
	const file = await minh.context().request.get((await opened.getAttribute('href')) ?? '');
	expect(file.headers()['content-disposition']).toMatch(/^attachment/);
	expect((await file.body()).equals(pdf)).toBe(true);
	await minh.getByRole('button', { name: /^Xác nhận/ }).click();
	for (const line of await minh.getByRole('dialog').getByRole('checkbox').all()) await line.check();
	await minh.getByRole('button', { name: 'Xác nhận cơ sở' }).click();
	await page.reload();
	await expect(page.getByText('Đã xác nhận', { exact: true })).toBeVisible({ timeout: 60_000 });

	// From now on he sells.
	await page.goto('/app/sell/new');
	await page.getByLabel('Tên sản phẩm').fill('Ổi nữ hoàng hái sớm');
	// A picture that says it has 576 megapixels is more than this browser opens; one of 50 is made small.
	const photo = (name: string, bytes: Buffer) =>
		page.getByLabel('Chọn hình có sẵn').setInputFiles({ name, mimeType: 'image/jpeg', buffer: bytes });
	await photo('khong-lo.jpg', pretending(buffer, 24_000));
	await expect(page.getByText('Không mở được tệp này như một tấm hình.')).toBeVisible();
	await expect(page.getByText(/Hình quá lớn thì chụp lại ở cỡ nhỏ hơn/)).toBeVisible();
	await expect(page.getByLabel('Tên sản phẩm')).toHaveValue('Ổi nữ hoàng hái sớm');
	await photo(
		'oi-50mp.jpg',
		await sharp({ create: { width: 8_000, height: 6_250, channels: 3, background: 'yellowgreen' } })
			.jpeg()
			.toBuffer()
	);
	await expect(page.getByRole('button', { name: 'Bỏ hình 1' })).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText('Không mở được tệp này như một tấm hình.')).toHaveCount(0);
	await choose(page, /Loại hàng/, 'trai cay', /^Trái cây tươi/);
	await page.getByLabel('Giá bán').fill('25000');
	await page.getByLabel('Số lượng đang có').fill('40');
	await page
		.getByLabel('Mô tả', { exact: false })
		.first()
		.fill('Ổi giòn, ngọt, hái trong ngày, không thuốc.');
	await choose(page, /Xã, phường/, 'ngu hiep', /Xã Ngũ Hiệp/);
	await page.getByText('Tiền mặt khi nhận hàng').click();
	await page.getByText('Người bán tự giao').click();
	await page.getByRole('button', { name: 'Gửi duyệt' }).click();
	await expect(page.getByText(/Đã nhận, mã TG-|Đang gửi|Đang chờ/).first()).toBeVisible();
	await page.goto('/app/sell');
	await expect(
		page
			.getByRole('listitem')
			.filter({ hasText: 'Ổi nữ hoàng' })
			.getByText(/Đã nhận, mã TG-/)
	).toBeVisible({ timeout: 90_000 });
});

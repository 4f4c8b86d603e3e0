import type { Browser, BrowserContext } from '@playwright/test';
import sharp from 'sharp';
import { choose } from '../world/choose.ts';
import { installed } from '../world/installed.ts';
import { expect, test as journey } from '../world/journey.ts';
import { removeData, startProgram, type Program } from '../world/program.ts';
import { seededDataDir } from '../world/seed-once.ts';
import { signInAt } from '../world/sign-in.ts';

/** A server this journey may kill and start again on the same data and port. */
type Server = { start(): Promise<Program>; readonly running: Program };

const test = journey.extend<{ server: Server }>({
	// Playwright reads the first parameter's pattern, also when it is empty.
	server: async ({}, use) => {
		const dataDir = seededDataDir();
		const started: Program[] = [];
		await use({
			async start() {
				const port = started.at(-1)?.port;
				const program = await startProgram({ dataDir, ...(port !== undefined && { port }) });
				started.push(program);
				return program;
			},
			get running() {
				const last = started.at(-1);
				if (last === undefined) throw new Error('not started');
				return last;
			}
		});
		for (const program of started) await program.stop();
		await removeData(dataDir);
	}
});

const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 800 };

async function photo(colour: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
	const buffer = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: colour } })
		.jpeg()
		.toBuffer();
	return { name: `${colour}.jpg`, mimeType: 'image/jpeg', buffer };
}

/** A device of its own: own cookies, own IndexedDB, own service worker. */
async function device(browser: Browser, origin: string, viewport: typeof phone): Promise<BrowserContext> {
	return browser.newContext({ baseURL: origin, viewport, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' });
}

test('TG-3.1 TG-10.2a TG-10.2b TG-11.3 TG-11.4 TG-15.1 one listing from a draft without a network to "đã giao"', async ({
	browser,
	server
}) => {
	test.setTimeout(600_000);
	const { origin } = await server.start();
	const title = 'Sầu riêng Ri6 hái sớm mai';

	// 1. Everybody signs in once, where there is a network.
	const tuPhone = await device(browser, origin, phone);
	const minhDesk = await device(browser, origin, desk);
	const lanPhone = await device(browser, origin, phone);
	const tu = await signInAt(tuPhone, 'batu');
	const minh = await signInAt(minhDesk, 'anhminh');
	const lan = await signInAt(lanPhone, 'chilan');
	for (const page of [tu, minh, lan]) await installed(page);
	await lan.goto('/app/buy');
	await expect(lan.getByText(/^\d+ mặt hàng$/)).toBeVisible();
	await expect(minh.getByRole('heading', { name: 'Cần duyệt' })).toBeVisible();
	await expect(tu.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();

	// 2. In the orchard there is no signal. The app opens, the text is saved while typing, the tab is killed.
	await tuPhone.setOffline(true);
	await tu.goto('/app/sell/new');
	await tu.getByLabel('Tên sản phẩm').fill(title);
	await expect(tu.getByText(/Đã lưu trên máy này lúc/)).toBeVisible();
	const draft = tu.url();
	await tu.close();
	const garden = await tuPhone.newPage();
	await garden.goto(draft);
	await expect(garden.getByLabel('Tên sản phẩm')).toHaveValue(title);

	await garden
		.getByLabel('Chọn hình có sẵn')
		.setInputFiles([await photo('olivedrab'), await photo('goldenrod')]);
	await expect(garden.getByRole('button', { name: 'Bỏ hình 2' })).toBeVisible();
	await garden.getByRole('button', { name: 'Gửi duyệt' }).click();
	await expect(garden.getByText('Còn thiếu trước khi gửi duyệt')).toBeVisible();
	await choose(garden, /Loại hàng/, 'trai cay', /^Trái cây tươi/);
	await garden.getByLabel('Giá bán').fill('85000');
	await garden.getByLabel('Số lượng đang có').fill('50');
	await garden
		.getByLabel('Mô tả', { exact: false })
		.first()
		.fill('Cây mười hai năm, trái chín tự nhiên, cơm vàng hạt lép.');
	await garden.getByRole('button', { name: /Xã, phường/ }).click();
	await garden.getByRole('dialog').getByRole('searchbox').fill('ngu hiep');
	await garden
		.getByRole('dialog')
		.getByRole('button', { name: /Xã Ngũ Hiệp/ })
		.first()
		.click();
	// Terms come along from the last listing, so that nobody types them twice.
	await expect(garden.getByRole('checkbox', { name: 'Tiền mặt khi nhận hàng' })).toBeChecked();
	await garden.getByText('Người bán tự giao').click();
	await garden.getByRole('button', { name: 'Gửi duyệt' }).click();
	await expect(garden.getByText('Đang chờ mạng để gửi').first()).toBeVisible();

	// The server dies meanwhile, and comes back on the same data.
	await server.running.kill();
	await server.start();

	// 3. Signal again: photos first, then the text. The phone shows the case and its term.
	await tuPhone.setOffline(false);
	await garden.goto('/app/sell');
	const row = garden.getByRole('listitem').filter({ hasText: title });
	await expect(row.getByText(/Đã nhận, mã TG-/)).toBeVisible({ timeout: 90_000 });
	const code = /TG-[\d-]+\d/.exec(await row.innerText())?.[0] ?? '';

	// TG-15.1: nothing of it is public yet.
	const visitor = await (await device(browser, origin, desk)).newPage();
	await visitor.goto(`/catalogue?q=${encodeURIComponent('hai som mai')}`);
	await expect(visitor.getByRole('status')).toContainText('0 mặt hàng');
	await expect(visitor.getByRole('link', { name: title })).toHaveCount(0);

	// 4. The officer has the open cases on the device and decides on a bus, without a network.
	await minh.goto('/app/office');
	await minh.getByRole('button', { name: /Cả sở/ }).click();
	await minh.getByRole('searchbox').fill(code);
	await expect(minh.getByText(title).first()).toBeVisible({ timeout: 30_000 });
	await minhDesk.setOffline(true);
	await minh
		.getByRole('link', { name: new RegExp(title) })
		.first()
		.click();
	await minh.getByRole('button', { name: /^Duyệt/ }).click();
	const decision = minh.getByRole('dialog');
	await expect(decision).toContainText('tính theo giờ máy chủ nhận');
	await decision.getByRole('button', { name: 'Duyệt và công khai' }).click();
	await expect(minh.getByText(`Đã ghi: duyệt “${title}”.`)).toBeVisible();
	await minhDesk.setOffline(false);

	// The seller's phone learns it by itself.
	await expect(row.getByText('Đã duyệt, đang bán')).toBeVisible({ timeout: 60_000 });

	// 5. Public: found without accents, with who approved it.
	await visitor.goto(`/catalogue?q=${encodeURIComponent('hai som mai')}`);
	await visitor.getByRole('link', { name: title }).click();
	await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(title);
	await expect(visitor.getByText(/Sở Nông nghiệp và Môi trường duyệt/).first()).toBeVisible();
	const goods = new URL(visitor.url()).pathname.split('/').at(-1) ?? '';

	// 6. The buyer has it on the phone and orders without a network.
	await lan.goto('/app/buy');
	await lan.getByRole('searchbox').fill('hai som mai');
	await expect(lan.getByText(title).first()).toBeVisible({ timeout: 60_000 });
	await lanPhone.setOffline(true);
	await lan.goto(`/app/buy/${goods}`);
	await lan.getByRole('button', { name: 'Đặt hàng' }).first().click();
	await lan.getByLabel('Số điện thoại').fill('0900000003');
	await lan.getByLabel('Địa chỉ nhận hàng').fill('12 Lê Lợi, phường Mỹ Tho');
	await lan.getByText('Tiền mặt khi nhận hàng', { exact: true }).click();
	await lan.getByText('Người bán tự giao', { exact: true }).click();
	await lan.getByRole('button', { name: 'Xem lại đơn' }).click();
	await expect(lan.getByRole('heading', { name: 'Xem lại trước khi đặt' })).toBeVisible();
	await lan.getByRole('button', { name: 'Đặt hàng' }).last().click();
	await expect(lan.getByText('Đơn chưa gửi, máy sẽ gửi khi có mạng.')).toBeVisible();
	await lanPhone.setOffline(false);

	// Both follow it to the end.
	await garden.goto('/app/orders');
	await garden
		.getByRole('link', { name: new RegExp(title) })
		.first()
		.click({ timeout: 60_000 });
	await garden.getByRole('button', { name: 'Xác nhận đơn' }).click();
	await garden.getByRole('button', { name: 'Giao cho bên vận chuyển' }).click({ timeout: 30_000 });
	await garden.getByRole('dialog').getByText('Tự giao', { exact: true }).click();
	await garden.getByRole('dialog').getByRole('button', { name: 'Giao cho bên vận chuyển' }).click();
	await expect(lan.getByText('Đang giao hàng').first()).toBeVisible({ timeout: 60_000 });
	await garden.getByRole('button', { name: 'Đã giao tới nơi' }).click({ timeout: 30_000 });
	for (const page of [garden, lan]) {
		const timeline = page.getByRole('list', { name: 'Đơn đang ở đâu' });
		await expect(timeline.getByText('Đã giao hàng')).toBeVisible({ timeout: 60_000 });
		for (const state of ['Đã đặt', 'Chờ xác nhận', 'Chờ lấy hàng', 'Đang giao hàng'])
			await expect(timeline.getByText(state)).toBeVisible();
	}

	// 7. The server stops. Installed pages still open, with everything on them.
	await server.running.stop();
	await garden.goto('/app/sell');
	await expect(garden.getByText(title).first()).toBeVisible();
	await lan.goto('/app/orders');
	await expect(lan.getByText(title).first()).toBeVisible();
	for (const context of [tuPhone, minhDesk, lanPhone]) await context.close();
});

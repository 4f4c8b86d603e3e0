import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { violationsOf } from '../world/axe.ts';
import { expect, test } from '../world/journey.ts';
import { databaseOf } from '../world/program.ts';
import { people } from '../../src/lib/server/seed/people.ts';
import { loadPack } from '../../src/lib/server/rulepacks/load.ts';

/** The public site on the built program with its demo goods. */
const languages = [
	{ lang: 'vi', prefix: '' },
	{ lang: 'en', prefix: '/en' }
] as const;

async function firstGoods(page: Page, prefix: string): Promise<string> {
	await page.goto(`${prefix}/catalogue`);
	return (await page.locator('article a').first().getAttribute('href')) ?? '';
}

/** Runs axe inside the page; `evaluate` reaches it although the policy allows no foreign script. */
async function check(page: Page, lang: string): Promise<void> {
	await page.evaluate(axe.source);
	const results = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
	expect.soft(violationsOf(results), page.url()).toEqual([]);
	expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBe(320);
	expect.soft(await page.locator('html').getAttribute('lang'), page.url()).toBe(lang);
}

test.describe('every public page is accessible and fits 320 px', () => {
	test.use({ viewport: { width: 320, height: 720 } });

	for (const { lang, prefix } of languages)
		test(`in ${lang}`, async ({ page }) => {
			const goods = await firstGoods(page, prefix);
			await check(page, lang);
			await page.goto(goods);
			await check(page, lang);
			await page.getByRole('link', { name: lang === 'vi' ? 'Xem gian hàng' : 'View shop' }).click();
			await expect(page).toHaveURL(/\/sellers\//);
			await check(page, lang);
			const others = [
				'',
				'/catalogue?q=khong-co-hang-nay',
				'/needs',
				'/about',
				'/about/privacy',
				'/style',
				'/sign-in',
				'/setup',
				'/nowhere'
			];
			for (const path of others) {
				await page.goto(prefix + path === '' ? '/' : prefix + path);
				await check(page, lang);
			}
		});
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('TG-11.2 a visitor searches without accents, narrows down, reads and goes on to order', async ({
		page
	}) => {
		await page.goto('/');
		const search = page.getByRole('search');
		await search.getByRole('searchbox').fill('xoai cat hoa loc');
		await search.getByRole('searchbox').press('Enter');
		await expect(page.getByRole('status')).toContainText('mặt hàng cho “xoai cat hoa loc”');
		await page.getByLabel('Loại hàng').selectOption({ label: 'Trái cây tươi' });
		await page.getByRole('button', { name: 'Lọc' }).click();
		await expect(page).toHaveURL(/q=xoai\+cat\+hoa\+loc&category=trai-cay/);

		await page
			.getByRole('link', { name: /Xoài cát Hòa Lộc/ })
			.first()
			.click();
		await expect(page.getByRole('heading', { level: 1 })).toContainText('Xoài cát Hòa Lộc');
		await expect(page.getByText('trước 1/7/2025:')).toBeVisible();
		await expect(page.getByText(/Sở Nông nghiệp và Môi trường duyệt \d\d\/\d\d\/\d{4}/)).toBeVisible();
		await expect(page.getByText('Sàn không thu tiền.').first()).toBeVisible();

		const written = await page.locator('script[type="application/ld+json"]').textContent();
		expect(JSON.parse(written ?? '')).toMatchObject({ '@type': 'Product', offers: { priceCurrency: 'VND' } });

		const order = page.locator('form').filter({ has: page.getByRole('button', { name: 'Đặt hàng' }) });
		expect(await order.getAttribute('action')).toMatch(/^\/app\/buy\/[0-9a-f-]{36}$/);
		await expect(order.getByLabel('Số lượng')).toHaveAttribute('name', 'quantity');
	});

	test('TG-3.1 TG-6.6 a visitor reads what buyers look for, and nobody’s name, and goes on to answer', async ({
		page
	}) => {
		await page.goto('/');
		await expect(page.getByRole('heading', { name: 'Đang cần mua' })).toBeVisible();
		await page.getByRole('contentinfo').getByRole('link', { name: 'Nhu cầu mua' }).click();
		await expect(page).toHaveURL(/\/needs$/);
		const need = page.getByRole('article').filter({ hasText: 'Gạo thơm cho bếp ăn 300 suất' });
		await expect(need).toContainText('Giá thỏa thuận');
		await expect(need).toContainText('Phường Mỹ Tho');
		expect(await need.getByRole('link').getAttribute('href')).toMatch(/^\/app\/needs\/[0-9a-f-]{36}$/);
		await expect(page.getByText(people.anhtuan.name)).toHaveCount(0);

		await page.getByLabel('Tìm trên bảng').fill('gao thom');
		await page.getByLabel('Xã, phường').selectOption({ label: 'Phường Mỹ Tho' });
		await page.getByRole('button', { name: 'Lọc' }).click();
		await expect(page).toHaveURL(/\/needs\?q=gao\+thom&category=&ward=28261/);
		// The search of the head looks for goods.
		await expect(page.getByRole('search').getByRole('searchbox')).toHaveValue('');
		await expect(page.getByRole('status')).toHaveText('1 nhu cầu');
		await expect(page.getByRole('article')).toHaveCount(1);
		await page.getByLabel('Loại hàng').selectOption({ label: 'Trái cây tươi' });
		await page.getByRole('button', { name: 'Lọc' }).click();
		await expect(page.getByText('Không có nhu cầu nào như vậy')).toBeVisible();
		await page.getByRole('link', { name: 'Xem cả bảng' }).click();
		await expect(page).toHaveURL(/\/needs$/);
	});

	test('TG-11.1 a wrong password and an unknown name are told apart by nothing', async ({ page }) => {
		const answers: string[] = [];
		for (const name of ['batu', 'khong-ai-ca']) {
			await page.goto('/sign-in?next=/app/orders');
			await page.getByLabel('Số điện thoại, e-mail hoặc tên đăng nhập').fill(name);
			await page.getByLabel('Mật khẩu').fill('sai-mat-khau');
			await page.locator('main').getByRole('button', { name: 'Đăng nhập' }).click();
			answers.push(await page.getByRole('alert').innerText());
			await expect(page.getByLabel('Số điện thoại, e-mail hoặc tên đăng nhập')).toHaveValue(name);
			await expect(page.getByLabel('Mật khẩu')).toHaveValue('');
		}
		expect(answers[0]).toBe(answers[1]);
	});
});

test('TG-16.4 whoever reads the public pages finds who holds personal data and how to reach them, as configured', async ({
	page,
	program
}) => {
	const { texts } = loadPack('tien-giang');
	for (const { prefix, words } of [
		{ prefix: '', words: { link: 'Dữ liệu cá nhân', heading: 'Ai quản lý dữ liệu' } },
		{ prefix: '/en', words: { link: 'Personal data', heading: 'Who holds it' } }
	]) {
		await page.goto(prefix === '' ? '/' : prefix);
		await page.getByRole('contentinfo').getByRole('link', { name: words.link }).click();
		const holder = page
			.locator('section')
			.filter({ has: page.getByRole('heading', { name: words.heading }) });
		await expect(holder.getByText(texts.operator)).toBeVisible();
		await expect(holder.getByText(texts.contact)).toBeVisible();
	}

	const sql = databaseOf(program);
	const configure = (to: typeof texts) =>
		sql`update rule_packs set pack = jsonb_set(pack, '{texts}', ${sql.json(to)})`;
	const moved = 'Ban quản lý sàn · 0273 3000 000 · dulieu@tiengiang.gov.vn';
	try {
		await configure({ ...texts, contact: moved });
		await page.goto('/about/privacy');
		await expect(page.getByRole('main').getByText(moved)).toBeVisible();
		await expect(page.getByText(texts.contact)).toHaveCount(0);
	} finally {
		await configure(texts);
		await sql.end();
	}
});

test('TG-11.1 a member signs in and comes to the page asked for, never to another site', async ({
	request,
	page
}) => {
	const { origin } = new URL((await page.goto('/sign-in'))?.url() ?? '');
	const post = (next: string, password: string) =>
		request.post('/sign-in', {
			form: { name: 'chilan', password, next },
			headers: { origin, accept: 'text/html' },
			maxRedirects: 0
		});
	const inside = await post('/app/orders', 'san-tinh-2026');
	expect([inside.status(), inside.headers().location]).toEqual([303, '/app/orders#signed-in']);
	expect(inside.headers()['set-cookie']).toMatch(/HttpOnly/i);
	const outside = await post('//evil.example', 'san-tinh-2026');
	expect([outside.status(), outside.headers().location]).toEqual([303, '/app#signed-in']);
	expect((await post('/app', 'sai')).headers()['set-cookie']).toBeUndefined();
});

test('public pages carry no cookie and may be kept by a cache, failures and forms may not', async ({
	request
}) => {
	for (const path of ['/', '/catalogue', '/needs', '/about', '/en']) {
		const { cookie, cache } = await headers(path);
		expect.soft([path, cookie, cache]).toEqual([path, undefined, expect.stringContaining('s-maxage')]);
	}
	for (const path of ['/sign-in', '/setup', '/listings/khong-co', '/khong-co'])
		expect.soft((await headers(path)).cache ?? 'no-store', path).not.toContain('s-maxage');

	async function headers(path: string) {
		const { 'set-cookie': cookie, 'cache-control': cache } = (await request.get(path)).headers();
		return { cookie, cache };
	}
});

for (const width of [360, 1280])
	test(`the first public page is light and does not jump, ${width} px wide`, async ({ page, context }) => {
		await page.setViewportSize({ width, height: 800 });
		const network = await context.newCDPSession(page);
		const kinds = new Map<string, string>();
		const weights = { script: 0, all: 0 };
		network.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
		network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
			weights.all += encodedDataLength;
			if (kinds.get(requestId) === 'Script') weights.script += encodedDataLength;
		});
		await network.send('Network.enable');
		await page.addInitScript(() => {
			new PerformanceObserver((list) => {
				for (const shift of list.getEntries())
					if ('value' in shift)
						document.documentElement.dataset.shift = `${Number(document.documentElement.dataset.shift ?? 0) + Number(shift.value)}`;
			}).observe({ type: 'layout-shift', buffered: true });
		});
		await page.goto('/', { waitUntil: 'networkidle' });
		await page.evaluate(() => document.fonts.ready);

		test.info().annotations.push({
			type: 'weight',
			description: `first public page at ${width} px: ${weights.script} B of script, ${weights.all} B in all`
		});
		expect(weights.all).toBeGreaterThan(20_000);
		expect(weights.script).toBeLessThanOrEqual(100 * 1024);
		expect(weights.all).toBeLessThanOrEqual(300 * 1024);
		const shift = await page.evaluate(() => Number(document.documentElement.dataset.shift ?? 0));
		expect(shift).toBeLessThanOrEqual(0.02);
	});

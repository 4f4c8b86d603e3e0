import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import sharp from 'sharp';
import { chromiumFlags, findChromium } from '../tests/world/chromium.ts';
import { signInOn } from '../tests/world/sign-in.ts';

/**
 * Takes the pictures an installing browser shows, from a running program with its demo people:
 * `npx tsx scripts/screenshots.ts http://localhost:3000`.
 */
const origin = process.argv[2] ?? 'http://localhost:3000';
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'static', 'screenshots');

const phone = { width: 400, height: 800 };
const desk = { width: 1280, height: 800 };
const screens = [
	{ name: 'seller', who: 'batu', address: '/app/sell', viewport: phone },
	{ name: 'market', who: 'chilan', address: '/app/buy', viewport: phone },
	{ name: 'desk', who: 'anhminh', address: '/app/office', viewport: desk }
] as const;

const browser = await chromium.launch({
	executablePath: findChromium() ?? '/usr/bin/chromium',
	args: chromiumFlags
});
for (const { name, who, address, viewport } of screens) {
	const page = await browser.newPage({
		viewport,
		deviceScaleFactor: viewport === phone ? 2 : 1,
		locale: 'vi-VN',
		timezoneId: 'Asia/Ho_Chi_Minh'
	});
	await signInOn(page, who, origin);
	await page.goto(origin + address);
	await page.locator('main img').first().waitFor();
	await page.waitForLoadState('load');
	await page.waitForFunction(() =>
		[...document.images].every((image) => image.complete || image.getBoundingClientRect().top > innerHeight)
	);
	await sharp(await page.screenshot())
		.webp({ quality: 82 })
		.toFile(path.join(folder, `${name}.webp`));
	await page.close();
}
await browser.close();

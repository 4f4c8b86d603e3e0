import { chromium, type BrowserContext, type Page } from '@playwright/test';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { chromiumFlags, findChromium } from '../world/chromium.ts';
import { openGate, type Gate } from '../world/gate.ts';
import { expect, test as journey } from '../world/journey.ts';
import { rounds, tell } from '../world/rounds.ts';
import { signInOn } from '../world/sign-in.ts';

/** What may never be lost in a real browser: a few rounds here, all of them with `npm run drills`. */
const test = journey.extend<{ gate: Gate }>({
	gate: async ({ program }, use) => {
		const gate = await openGate(program);
		await use(gate);
		await gate.close();
	},
	baseURL: async ({ gate }, use) => use(gate.origin)
});

async function signIn(page: Page, name: string): Promise<void> {
	await signInOn(page, name);
	await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', undefined, {
		timeout: 90_000
	});
}

async function newListing(page: Page): Promise<string> {
	await page.goto('/app/sell/new');
	await expect(page).toHaveURL(/\/app\/sell\/[0-9a-f-]{36}/);
	return new URL(page.url()).pathname;
}

/** Every process of the browser that works on this profile, as a phone that runs out of battery. */
function killBrowser(profile: string): void {
	for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
		try {
			const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
			if (command.includes(profile) && !command.includes('--type=')) process.kill(Number(pid), 'SIGKILL');
		} catch {
			// It ended by itself meanwhile.
		}
}

const kills = rounds(2, 200);
test(`sync 4: a browser killed ${kills} times while typing loses no draft and at most a second of typing`, async ({
	gate
}) => {
	test.setTimeout(120_000 + kills * 30_000);
	const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'san-profile-'));
	const open = (): Promise<BrowserContext> =>
		chromium.launchPersistentContext(profile, {
			executablePath: findChromium() ?? '/usr/bin/chromium',
			args: chromiumFlags,
			baseURL: gate.origin,
			locale: 'vi-VN'
		});
	let longestLost = 0;
	try {
		let context = await open();
		let page = await context.newPage();
		await signIn(page, 'batu');
		const address = await newListing(page);
		const box = () => page.getByLabel('Tên sản phẩm');
		let kept = '';
		for (let round = 0; round < kills; round += 1) {
			// Short enough for the field, different in every round.
			await box().fill(`V${round} `);
			await expect(page.getByText(/Đã lưu trên máy này lúc/)).toBeVisible();
			const typed: { text: string; at: number }[] = [{ text: `V${round} `, at: performance.now() }];
			const until = performance.now() + 300 + Math.random() * 2_000;
			while (performance.now() < until) {
				const letter = 'aeiou'[typed.length % 5] ?? 'a';
				await box().press(letter);
				typed.push({ text: `${typed.at(-1)?.text ?? ''}${letter}`, at: performance.now() });
			}
			const killedAt = performance.now();
			killBrowser(profile);
			await context.close().catch(() => undefined);

			context = await open();
			page = await context.newPage();
			await page.goto(address);
			await expect(box()).not.toHaveValue(kept === '' ? '' : kept);
			kept = await box().inputValue();
			const last = typed.findIndex(({ text }) => text === kept);
			expect(last, `“${kept}” is what was typed at some moment`).toBeGreaterThanOrEqual(0);
			const lostFrom = typed[last + 1]?.at;
			if (lostFrom !== undefined) longestLost = Math.max(longestLost, killedAt - lostFrom);
		}
		await context.close();
		tell(`typing lost at most: ${longestLost.toFixed(0)} ms in ${kills} kills`);
	} finally {
		killBrowser(profile);
		fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	}
});

const deploys = rounds(2, 20);
test(`sync 14: ${deploys} new builds under open tabs, with and without a network, leave every screen alive and no text lost`, async ({
	page,
	context,
	gate
}) => {
	test.setTimeout(120_000 + deploys * 120_000);
	await signIn(page, 'batu');
	const address = await newListing(page);
	const box = (on: Page) => on.getByLabel('Tên sản phẩm');
	const place = (on: Page, name: string) =>
		on.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name }).first();
	const other = await context.newPage();
	await other.goto('/app/sell');
	for (let round = 0; round < deploys; round += 1) {
		const offline = round % 2 === 1;
		for (const tab of [page, other]) await tab.evaluate(() => Object.assign(window, { before: true }));
		gate.bringNextVersion();
		const deployed = gate.answered.length;
		await other.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
		for (const tab of [page, other]) await offered(tab);
		if (offline) gate.shut();
		await box(page).fill(`Bánh bò ${round}`);
		await box(page).pressSequentially(' nước cốt dừa');
		// A screen this page has not opened yet: its files are gone from the exchange, and from what the browser keeps by
		// itself. The worker still has them.
		await (await context.newCDPSession(page)).send('Network.clearBrowserCache');
		const before = await programFiles(page);
		await place(page, 'Đơn hàng').click();
		await expect(page.getByRole('heading', { level: 1, name: 'Đơn hàng' })).toBeVisible();
		const fresh = (await programFiles(page)).filter((file) => !before.includes(file));
		expect(fresh.filter((file) => file.endsWith('.js'))).not.toEqual([]);
		const asked = gate.answered.slice(deployed);
		expect(asked.filter((line) => fresh.some((file) => line.includes(file)))).toEqual([]);
		await page.goBack();
		await expect(box(page)).toHaveValue(`Bánh bò ${round} nước cốt dừa`);
		expect(await page.evaluate(() => 'before' in window)).toBe(true);

		await other.getByRole('button', { name: 'Dùng bản mới' }).click();
		for (const tab of [page, other]) await tab.waitForFunction(() => !('before' in window));
		await expect(box(page)).toHaveValue(`Bánh bò ${round} nước cốt dừa`);
		await expect(other.getByText(`Bánh bò ${round} nước cốt dừa`)).toBeVisible();
		expect(new URL(page.url()).pathname).toBe(address);
		if (offline) gate.open();
	}
});

/** The new build's worker has everything: on a busy machine its two hundred files take their time. */
const offered = (page: Page): Promise<void> =>
	expect(page.getByText('Có bản mới của sàn.')).toBeVisible({ timeout: 90_000 });

/** Which of the program's own files a page has loaded since it was opened. */
const programFiles = (page: Page): Promise<string[]> =>
	page.evaluate(() =>
		performance
			.getEntriesByType('resource')
			.map(({ name }) => new URL(name).pathname)
			.filter((path) => path.startsWith('/_app/'))
	);

/** The page's clock ticks into a list, which shows afterwards how long it stood still. */
const tick = (page: Page) =>
	page.evaluate(() => {
		const beats = [performance.now()];
		Object.assign(window, { beats });
		setInterval(() => beats.push(performance.now()), 50);
	});
const longestGap = (page: Page): Promise<number> =>
	page.evaluate(() => {
		const beats: unknown = Reflect.get(window, 'beats');
		if (!Array.isArray(beats)) return 0;
		return Math.max(...beats.slice(1).map((beat, at) => Number(beat) - Number(beats[at])));
	});

/** Nothing was asked of the exchange for a second: no page is in the middle of a round. */
async function quiet(gate: Gate): Promise<void> {
	let [asked, since] = [-1, 0];
	await expect
		.poll(() => {
			if (gate.answered.length !== asked) [asked, since] = [gate.answered.length, Date.now()];
			return Date.now() - since;
		})
		.toBeGreaterThan(1_000);
}

/** Where it is told how long something took. */
const often = { intervals: [50] };
const taken = (gate: Gate): number =>
	gate.answered.filter((line) => line === 'POST /api/trpc/sync.push 200').length;
const commandIds = (body: string): string[] => {
	const { commands }: { commands: { id: string }[] } = JSON.parse(body);
	return commands.map(({ id }) => id);
};

const freezes = rounds(1, 20);
test(`sync 14: a page frozen ${freezes} times while it leads is replaced, its work goes out once, and thawed it steps back`, async ({
	page,
	context,
	gate
}) => {
	test.setTimeout(120_000 + freezes * 40_000);
	await signIn(page, 'batu');
	const address = await newListing(page);
	await page.goto('/app/device');
	await expect(page.getByText('Trang này đang gửi và nhận.')).toBeVisible();
	const cdp = await context.newCDPSession(page);
	await cdp.send('Debugger.enable');
	const other = await context.newPage();
	let longest = 0;
	for (let round = 0; round < freezes; round += 1) {
		// Loaded anew it gives the lead back.
		await other.goto(address);
		await expect(other.getByLabel('Tên sản phẩm')).toBeVisible();
		await expect(page.getByText('Trang này đang gửi và nhận.')).toBeVisible();
		await tick(page);
		// A page that stops in the middle of a write keeps the store for itself: the browser ends that after a minute.
		await quiet(gate);
		// Its thread stands still; `Page.setWebLifecycleState` lets timers run on in a browser without a window.
		const standsStill = new Promise((resolve) => cdp.once('Debugger.paused', resolve));
		await cdp.send('Debugger.pause');
		await standsStill;
		const since = performance.now();
		const text = `Bánh bò đông lạnh ${round}.`;
		await other.getByLabel('Tên sản phẩm').fill(text);
		const sent = () => gate.pushed.filter((body) => body.includes(text)).length;
		await expect.poll(sent, often).toBe(1);
		longest = Math.max(longest, performance.now() - since);
		await cdp.send('Debugger.resume');
		await expect(page.getByText('Một trang khác của ứng dụng đang gửi và nhận.')).toBeVisible();
		// It stood still for as long as a leader may be silent, and sent nothing again when it went on.
		expect(await longestGap(page)).toBeGreaterThan(2_000);
		await expect(page.getByText('Mọi việc trên máy này đã gửi lên sàn.')).toBeVisible();
		expect(sent()).toBe(1);
	}
	tell(
		`frozen: at most ${(longest / 1000).toFixed(1)} s until another page had sent what was typed meanwhile`
	);
});

const deaths = rounds(1, 20);
test(`sync 1, sync 14: a page that dies ${deaths} times between the commit and its answer is replaced, and its work is sent as the same`, async ({
	page,
	context,
	gate
}) => {
	test.setTimeout(120_000 + deaths * 40_000);
	await signIn(page, 'batu');
	const address = await newListing(page);
	const other = await context.newPage();
	let leader = page;
	let longest = 0;
	for (let round = 0; round < deaths; round += 1) {
		await leader.goto('/app/device');
		await other.goto(address);
		await expect(other.getByLabel('Tên sản phẩm')).toBeVisible();
		await expect(leader.getByText('Trang này đang gửi và nhận.')).toBeVisible();
		await quiet(gate);
		gate.keepPushAnswers(true);
		const before = taken(gate);
		const text = `Bánh bò mất hồi âm ${round}.`;
		await other.getByLabel('Tên sản phẩm').fill(text);
		await expect.poll(() => taken(gate), often).toBeGreaterThan(before);
		gate.keepPushAnswers(false);
		const died = leader.waitForEvent('crash');
		await leader.goto('chrome://crash').catch(() => undefined);
		await died;
		const since = performance.now();
		const sent = () => gate.pushed.filter((body) => body.includes(text));
		await expect.poll(() => sent().length, often).toBeGreaterThan(1);
		longest = Math.max(longest, performance.now() - since);
		const [first, ...again] = sent().map(commandIds);
		for (const ids of again) expect(ids).toEqual(first);
		await leader.close();
		leader = await context.newPage();
		await leader.goto('/app/device');
		await expect(leader.getByText('Mọi việc trên máy này đã gửi lên sàn.')).toBeVisible();
		await expect(other.getByLabel('Tên sản phẩm')).toHaveValue(text);
	}
	tell(`dead: at most ${(longest / 1000).toFixed(1)} s until another page had sent its work again`);
});

/** A photo as a phone makes it: noise does not compress. */
async function photo(nth: number) {
	const [width, height] = [2_600, 1_950];
	const noise = Buffer.alloc(width * height * 3);
	for (let i = 0; i < noise.length; i += 1) noise[i] = (i * 2_654_435_761 + nth * 97 + (i >> 7)) % 251;
	const buffer = await sharp(noise, { raw: { width, height, channels: 3 } })
		.jpeg({ quality: 92 })
		.toBuffer();
	return { name: `vuon-${nth}.jpg`, mimeType: 'image/jpeg', buffer };
}

const [photos, cuts] = [rounds(1, 5), rounds(2, 20)];
test(`sync 5: ${photos} photos over a line of 256 kbit/s that is cut ${cuts} times arrive whole, little is sent twice`, async ({
	page,
	gate
}) => {
	test.setTimeout(120_000 + cuts * 30_000);
	await signIn(page, 'batu');
	await newListing(page);
	const cdp = await page.context().newCDPSession(page);
	gate.shut();
	for (let nth = 0; nth < photos; nth += 1) {
		await page
			.locator('input[type=file]')
			.first()
			.setInputFiles(await photo(nth));
		await expect.poll(async () => (await page.evaluate(photoBytes)).waiting).toBe(nth + 1);
	}
	const whole = await page.evaluate(photoBytes);
	expect(whole.total).toBeGreaterThan(photos * 50_000);
	await cdp.send('Network.enable');
	await cdp.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 100,
		downloadThroughput: 32_000,
		uploadThroughput: 32_000
	});
	gate.cutUploads(cuts, Math.ceil(whole.total / (cuts + 1)));
	gate.open();
	await expect
		.poll(async () => (await page.evaluate(photoBytes)).waiting, { timeout: 60_000 + cuts * 20_000 })
		.toBe(0);
	const { cutsMade, uploaded } = gate.uploads;
	tell(
		`${(whole.total / 1000).toFixed(0)} kB in ${photos} photos, ${cutsMade} cuts, ` +
			`${(((uploaded - whole.total) / whole.total) * 100).toFixed(1)} % sent twice`
	);
	expect(cutsMade).toBe(cuts);
	expect(uploaded).toBeLessThanOrEqual(whole.total * 1.1);
	expect((await page.evaluate(photoBytes)).refused).toBe(0);
});

/** What the device's own store says of its photos, read past the program. */
async function photoBytes(): Promise<{ total: number; waiting: number; refused: number }> {
	const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
	const name = names.find((one) => /^san-[0-9a-f-]{36}-work$/.test(one)) ?? '';
	const rows = await new Promise<{ bytes: number; state: string }[]>((resolve, reject) => {
		const opening = indexedDB.open(name);
		opening.onerror = () => reject(opening.error);
		opening.onsuccess = () => {
			const db = opening.result;
			const all = db.transaction('photos').objectStore('photos').getAll();
			all.onsuccess = () => {
				db.close();
				resolve(all.result);
			};
			all.onerror = () => reject(all.error);
		};
	});
	return {
		total: rows.reduce((sum, row) => sum + row.bytes, 0),
		waiting: rows.filter((row) => row.state === 'on_device').length,
		refused: rows.filter((row) => row.state === 'refused').length
	};
}

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { chromiumFlags, findChromium } from '../tests/world/chromium.ts';

/** A Chromium profile of its own; `close` may be followed by another `open` on the same profile. */
export class Profile {
	readonly #dir = fs.mkdtempSync(path.join(os.tmpdir(), 'san-bench-profile-'));

	/** Opens a fresh browser on this profile with one of our pages at this origin, loaded and at rest. */
	async open(options: {
		origin: string;
		page: string;
		code: ReadonlyMap<string, string>;
		/** Plain scripts that come before the page's own. */
		scripts?: readonly string[];
		cpuSlowdown?: number;
		cookies?: readonly { name: string; value: string }[];
	}): Promise<{ page: Page; close(): Promise<void> }> {
		const executablePath = findChromium();
		if (executablePath === null) throw new Error('no Chromium on this machine: set SAN_CHROMIUM');
		const context = await chromium.launchPersistentContext(this.#dir, {
			executablePath,
			args: chromiumFlags,
			headless: true,
			serviceWorkers: 'block'
		});
		try {
			const { origin } = options;
			if (options.cookies)
				await context.addCookies(options.cookies.map((cookie) => ({ ...cookie, url: origin })));
			const page = context.pages()[0] ?? (await context.newPage());
			await servePage(context, options);
			await page.goto(`${origin}/bench-page/index.html`);
			await page.waitForFunction(() => 'bench' in window || 'live' in window);
			// From here on nothing stands between the page and its server.
			await context.unrouteAll();
			if (options.cpuSlowdown && options.cpuSlowdown > 1) {
				const devtools = await context.newCDPSession(page);
				await devtools.send('Emulation.setCPUThrottlingRate', { rate: options.cpuSlowdown });
			}
			return { page, close: () => context.close() };
		} catch (error) {
			await context.close();
			throw error;
		}
	}

	remove(): void {
		fs.rmSync(this.#dir, { recursive: true, force: true });
	}
}

/** The page and its code come from this process at the server's own origin, so that the server is the real one. */
async function servePage(
	context: BrowserContext,
	options: { page: string; code: ReadonlyMap<string, string>; scripts?: readonly string[] }
): Promise<void> {
	await context.route('**/bench-page/**', (route) => {
		const file = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
		if (file === 'index.html')
			return route.fulfill({ contentType: 'text/html; charset=utf-8', body: pageHtml(options) });
		const body = options.code.get(file);
		if (body === undefined) return route.fulfill({ status: 404, body: '' });
		return route.fulfill({ contentType: 'text/javascript; charset=utf-8', body });
	});
}

const pageHtml = ({ page, scripts = [] }: { page: string; scripts?: readonly string[] }): string =>
	`<!doctype html><html lang="vi"><meta charset="utf-8"><title>${page}</title><body>` +
	scripts.map((script) => `<script src="/bench-page/${script}"></script>`).join('') +
	`<script type="module" src="/bench-page/${page}.js"></script></body></html>`;

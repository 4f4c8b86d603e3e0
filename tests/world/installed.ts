import { expect, type Page } from '@playwright/test';

/** Waits until the worker holds the shell, so that the app opens without a network. */
export async function installed(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await expect
		.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), { timeout: 60_000 })
		.toBe(true);
}

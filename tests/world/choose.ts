import type { Page } from '@playwright/test';

/** Chooses from a long list as people do: opens it, writes a few letters, takes the first of this name. */
export async function choose(page: Page, field: RegExp, letters: string, name: RegExp): Promise<void> {
	await page.getByRole('button', { name: field }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('searchbox').fill(letters);
	await dialog.getByRole('button', { name }).first().click();
}

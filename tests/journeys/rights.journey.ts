import type { Page } from '@playwright/test';
import { expect, test } from '../world/journey.ts';
import { signInAt } from '../world/sign-in.ts';

/** What this device keeps of cases, whatever store it lies in. */
const keptCases = (page: Page): Promise<string> =>
	page.evaluate(async () => {
		const rows: unknown[] = [];
		for (const { name } of await indexedDB.databases()) {
			if (name === undefined || !name.includes('cases')) continue;
			const db = await new Promise<IDBDatabase>((resolve, reject) => {
				const opening = indexedDB.open(name);
				opening.onsuccess = () => resolve(opening.result);
				opening.onerror = () => reject(opening.error ?? new Error(name));
			});
			for (const store of db.objectStoreNames)
				rows.push(
					...(await new Promise<unknown[]>((resolve, reject) => {
						const asked = db.transaction(store).objectStore(store).getAll();
						asked.onsuccess = () => resolve(asked.result);
						asked.onerror = () => reject(asked.error ?? new Error(store));
					}))
				);
			db.close();
		}
		return JSON.stringify(rows);
	});

test('TG-20.1, sync 8: a post is ended and given again: the place in the app and the cases on the device go and come', async ({
	browser
}) => {
	const phone = await browser.newContext();
	const hanh = await signInAt(phone, 'chihanh');
	await hanh.goto('/app/office');
	await hanh.getByRole('button', { name: /Cả sở/ }).click();
	await expect(hanh.getByRole('link', { name: /TG-/ }).first()).toBeVisible();
	await expect.poll(() => keptCases(hanh)).toContain('agency:so-nnmt');

	// The administrator ends the post on the screen of the unit, with a reason.
	const tri = await signInAt(await browser.newContext(), 'quantri');
	await tri.goto('/app/admin/agencies/so-nnmt');
	await tri.getByRole('button', { name: 'Kết thúc vị trí của Phạm Mỹ Hạnh' }).click();
	const dialog = tri.getByRole('dialog');
	await dialog.getByLabel('Lý do').fill('Chuyển công tác từ hôm nay');
	await dialog.getByRole('button', { name: 'Kết thúc' }).click();
	await expect(tri.getByText('Đã ghi.')).toBeVisible();
	await expect(tri.getByRole('button', { name: 'Kết thúc vị trí của Phạm Mỹ Hạnh' })).toHaveCount(0);

	// At the next contact the place is gone, and the cases are off the device: also without a network.
	await hanh.goto('/app/me');
	await expect(hanh.getByRole('link', { name: 'Duyệt tin' })).toHaveCount(0);
	await expect.poll(() => keptCases(hanh)).not.toContain('agency:so-nnmt');
	await phone.setOffline(true);
	await hanh.goto('/app/office');
	await expect(hanh.getByRole('link', { name: /TG-/ })).toHaveCount(0);
	await phone.setOffline(false);

	// Given again to the person named as a whole, she is back at her desk, and the file says all of it.
	await tri.getByLabel('Giao vị trí cho').fill('chihanh');
	await tri.getByRole('button', { name: 'Tìm', exact: true }).click();
	await tri.getByRole('button', { name: 'Giao vị trí', exact: true }).click();
	await dialog.getByText('Cán bộ duyệt').click();
	await dialog.getByLabel('Lý do').fill('Trở lại theo quyết định số 15');
	await dialog.getByRole('button', { name: 'Giao vị trí' }).click();
	await expect(tri.getByRole('button', { name: 'Kết thúc vị trí của Phạm Mỹ Hạnh' })).toBeVisible();
	await expect(async () => {
		await hanh.goto('/app/office');
		await expect(hanh.getByRole('button', { name: /Cả sở/ })).toBeVisible({ timeout: 10_000 });
	}).toPass();
	await hanh.getByRole('button', { name: /Cả sở/ }).click();
	await expect(hanh.getByRole('link', { name: /TG-/ }).first()).toBeVisible();
	await tri.goto('/app/admin/people');
	await tri.getByLabel('Tìm một người').fill('chihanh');
	await tri.getByRole('button', { name: 'Tìm', exact: true }).click();
	await tri.getByRole('link', { name: /Phạm Mỹ Hạnh/ }).click();
	await expect(tri.getByText('Chuyển công tác từ hôm nay').first()).toBeVisible();
	await expect(tri.getByText('Trở lại theo quyết định số 15').first()).toBeVisible();
});

import { choose } from '../world/choose.ts';
import { expect, test } from '../world/journey.ts';
import { signInAt } from '../world/sign-in.ts';

test('TG-3.4a: an administrator adds a kind of goods and ends a unit: bà Tư’s open form and the public page have it at once', async ({
	browser
}) => {
	const phone = await browser.newContext();
	const tu = await signInAt(phone, 'batu');
	await tu.goto('/app/sell/new');
	const unit = tu.getByLabel('Tính theo');
	await expect(unit).toBeVisible();
	await unit.selectOption({ label: 'nải' });

	const tri = await signInAt(await browser.newContext(), 'quantri');
	await tri.goto('/app/admin');
	await tri.getByRole('link', { name: 'Danh mục và cấu hình' }).click();
	await tri.getByRole('link', { name: /Loại hàng/ }).click();
	await tri.getByRole('button', { name: 'Thêm mục' }).click();
	const dialog = tri.getByRole('dialog');
	await dialog.getByLabel('Tên').fill('Trái cây sấy dẻo');
	await dialog.getByLabel('Ngành hàng').selectOption({ label: 'Nông sản, thủy sản và thực phẩm' });
	await dialog.getByLabel('Lý do').fill('Hợp tác xã đề nghị');
	await dialog.getByRole('button', { name: 'Ghi lại' }).click();
	await expect(tri.getByText('Đã ghi.')).toBeVisible();
	await tri.getByRole('link', { name: 'Danh mục và cấu hình' }).click();
	await tri.getByRole('link', { name: /Đơn vị tính/ }).click();
	await tri.getByRole('button', { name: /^nải/ }).click();
	await tri.getByRole('button', { name: 'Ngừng dùng' }).click();
	await dialog.getByLabel('Lý do').fill('Bà con bán theo kg');
	await dialog.getByRole('button', { name: 'Ghi lại' }).click();
	await expect(tri.getByText('Đã ghi.')).toBeVisible();

	// What she chose stays on her form and says that it is over; the new kind is there without a reload.
	await expect(unit.locator('option:checked')).toHaveText(/nải \(đã ngừng/);
	await choose(tu, /Loại hàng/, 'say deo', /^Trái cây sấy dẻo/);
	await expect(tu.getByText('Trái cây sấy dẻo')).toBeVisible();

	const visitor = await (await browser.newContext()).newPage();
	await visitor.goto('/');
	await expect(visitor.getByRole('link', { name: 'Trái cây sấy dẻo' })).toBeVisible();
});

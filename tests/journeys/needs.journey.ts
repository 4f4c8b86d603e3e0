import { choose } from '../world/choose.ts';
import { installed } from '../world/installed.ts';
import { expect, test } from '../world/journey.ts';
import { signInAt } from '../world/sign-in.ts';

test('TG-3.1 TG-3.4c TG-6.6 TG-10.3a: chị Lan looks for durian without a network, bà Tư offers hers, and chị Lan orders it', async ({
	browser
}) => {
	const viewport = { width: 360, height: 740 };
	const title = 'Sầu riêng cho tiệm chè sáng mai';
	const [lanPhone, tuPhone, minhDesk] = [
		await browser.newContext({ viewport }),
		await browser.newContext({ viewport }),
		await browser.newContext()
	];
	const [lan, tu, minh] = await Promise.all([
		signInAt(lanPhone, 'chilan'),
		signInAt(tuPhone, 'batu'),
		signInAt(minhDesk, 'anhminh')
	]);
	await installed(lan);
	await lan.goto('/app/buy');
	await expect(lan.getByText(/^\d+ mặt hàng/)).toBeVisible({ timeout: 60_000 });

	// Chị Lan posts it on the ferry; the form is closed in between.
	await lanPhone.setOffline(true);
	await lan.getByRole('link', { name: 'Nhu cầu mua' }).first().click();
	await lan.getByRole('link', { name: 'Đăng nhu cầu mua' }).click();
	await lan.getByLabel('Cần mua gì').fill(title);
	await choose(lan, /Loại hàng/, 'trai cay', /^Trái cây tươi/);
	await lan.goto('/app/needs/new');
	await expect(lan.getByLabel('Cần mua gì')).toHaveValue(title);
	await lan.getByLabel('Số lượng').fill('20');
	await lan.getByText('mỗi tuần').click();
	await choose(lan, /Nơi giao/, 'my tho', /Phường Mỹ Tho/);
	await lan.getByLabel('Nói rõ thêm').fill('Cơm vàng, giao trước 7 giờ.');
	await lan.getByRole('button', { name: 'Gửi duyệt' }).click();
	await expect(lan.getByText('Trên máy này, chưa gửi')).toBeVisible();
	await lanPhone.setOffline(false);
	const received = lan.getByText(/^Đã nhận, mã TG-/);
	await expect(received).toBeVisible({ timeout: 60_000 });
	const code = /TG-[\d-]+\d/.exec(await received.innerText())?.[0] ?? '';

	// Nobody else reads it before the department has: then it stands on the board of everybody.
	await tu.goto('/app/needs');
	await expect(tu.getByRole('heading', { name: 'Đang cần mua' })).toBeVisible({ timeout: 30_000 });
	await expect(tu.getByText(title)).toHaveCount(0);
	await minh.goto('/app/office');
	await minh.getByRole('button', { name: /Cả sở/ }).click();
	await minh.getByRole('searchbox').fill(code);
	await minh
		.getByRole('link', { name: new RegExp(title) })
		.first()
		.click({ timeout: 30_000 });
	await expect(minh.getByRole('table', { name: 'Nội dung nhu cầu' })).toContainText('20\u00a0kg mỗi tuần');
	await minh.getByRole('button', { name: /^Duyệt/ }).click();
	await minh.getByRole('dialog').getByRole('button', { name: 'Duyệt và đưa lên bảng' }).click();

	// Bà Tư has durian, and offers it.
	await tu.getByRole('link', { name: title }).click({ timeout: 60_000 });
	await tu.getByRole('button', { name: 'Chào hàng', exact: true }).click();
	await tu.getByLabel('Hàng chào').selectOption({ index: 1 });
	const goods = await tu.getByLabel('Hàng chào').locator('option:checked').innerText();
	await tu.getByLabel('Số lượng có thể giao').fill('15');
	await tu.getByRole('button', { name: 'Gửi chào hàng' }).click();
	await expect(tu.getByText('Đã tới người mua')).toBeVisible({ timeout: 60_000 });

	// Chị Lan is told, opens the goods from the offer, and orders what the listing says.
	await expect(lan.getByText(/Đang trên bảng · 1 chào hàng/)).toBeVisible({ timeout: 60_000 });
	await lan.goto('/app/notifications');
	await lan.getByRole('link', { name: /Vườn bà Tư chào hàng cho nhu cầu mua/ }).click();
	const offered = goods.split(' · ')[0] ?? '';
	const offers = lan.getByRole('region', { name: 'Chào hàng đã nhận' });
	await offers.getByRole('link', { name: offered }).click({ timeout: 30_000 });
	await lan.getByRole('button', { name: 'Đặt hàng' }).first().click();
	await lan.getByLabel('Số điện thoại').fill('0900000003');
	await lan.getByLabel('Địa chỉ nhận hàng').fill('12 Lê Lợi, phường Mỹ Tho');
	for (const part of ['Cách thanh toán', 'Cách giao hàng'])
		await lan.getByRole('group', { name: part }).locator('label').first().click();
	await lan.getByRole('button', { name: 'Xem lại đơn' }).click();
	await lan.getByRole('button', { name: 'Đặt hàng' }).last().click();
	await expect(lan.getByText('Chờ xác nhận').first()).toBeVisible({ timeout: 60_000 });
	for (const context of [lanPhone, tuPhone, minhDesk]) await context.close();
});

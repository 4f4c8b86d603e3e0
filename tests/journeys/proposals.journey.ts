import { installed } from '../world/installed.ts';
import { expect, test } from '../world/journey.ts';
import { signInAt } from '../world/sign-in.ts';

test('TG-3.4a bà Tư proposes something without a network, the Board accepts it and does it, and she reads both', async ({
	browser
}) => {
	const phone = await browser.newContext({ viewport: { width: 360, height: 740 } });
	const tu = await signInAt(phone, 'batu');
	await installed(tu);
	await tu.goto('/app/me');
	await tu.getByRole('link', { name: /Góp ý, kiến nghị/ }).click();
	await expect(tu.getByText('Chưa gửi góp ý nào')).toBeVisible();
	await phone.setOffline(true);
	await tu.getByText('Chức năng mới').click();
	await tu.getByLabel('Nội dung').fill('Xin thêm nút in mã vạch cho từng lô.');
	await tu.getByRole('button', { name: 'Gửi góp ý' }).click();
	await expect(tu.getByText('Trên máy này, chưa gửi')).toBeVisible();
	await phone.setOffline(false);
	const received = tu.getByText(/^Đã nhận, mã TG-G/);
	await expect(received).toBeVisible({ timeout: 60_000 });
	const code = /TG-G[\d-]+\d/.exec(await received.innerText())?.[0] ?? '';

	const admin = await signInAt(await browser.newContext(), 'quantri');
	await admin.goto('/app/admin');
	await admin.getByRole('link', { name: /Góp ý, kiến nghị/ }).click();
	await admin.getByRole('link', { name: new RegExp(code) }).click();
	await expect(admin.getByText('Xin thêm nút in mã vạch cho từng lô.')).toBeVisible();
	await expect(admin.getByText('N. T. Tư')).toBeVisible();
	await admin.getByText('Tiếp thu, sẽ làm').click();
	await admin.getByLabel('Trả lời người gửi').fill('Sẽ có trong bản sau Tết.');
	await admin.getByRole('button', { name: 'Gửi trả lời' }).click();
	await expect(admin.getByText('Đã trả lời. Người gửi thấy trong thông báo.')).toBeVisible();

	await expect(tu.getByText('Sẽ có trong bản sau Tết.')).toBeVisible({ timeout: 60_000 });
	await admin.getByRole('link', { name: 'Góp ý, kiến nghị' }).first().click();
	await admin.getByRole('button', { name: 'Sẽ làm' }).click();
	await admin.getByRole('link', { name: new RegExp(code) }).click();
	await admin.getByLabel('Đã làm được gì').fill('Đã có ở trang in tem.');
	await admin.getByRole('button', { name: 'Báo đã thực hiện' }).click();
	await expect(admin.getByText('Đã báo thực hiện xong. Người gửi thấy trong thông báo.')).toBeVisible();
	await expect(tu.getByText('Đã có ở trang in tem.')).toBeVisible({ timeout: 60_000 });
	await phone.setOffline(true);
	await tu.getByRole('link', { name: 'Cá nhân' }).first().click();
	await tu
		.getByRole('link', { name: /^Thông báo/ })
		.first()
		.click();
	await tu.getByRole('link', { name: new RegExp(`Góp ý ${code} đã có trả lời: đã thực hiện`) }).click();
	await expect(tu.getByText('Sẽ có trong bản sau Tết.')).toBeVisible();
	await expect(tu.getByText('Đã có ở trang in tem.')).toBeVisible();
});

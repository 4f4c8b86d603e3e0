import fs from 'node:fs';
import { expect, test } from '../world/journey.ts';
import { signInAt } from '../world/sign-in.ts';

test('TG-16.5, LAW-data-subject a member takes the own data, asks, is answered, sees who looked, and reads what holds the account open', async ({
	browser
}) => {
	const lan = await signInAt(await browser.newContext(), 'chilan');
	await lan.goto('/app/me/data');
	const download = lan.waitForEvent('download');
	await lan.getByRole('button', { name: 'Tải tệp dữ liệu (JSON)' }).click();
	const file = await (await download).path();
	expect(fs.readFileSync(file, 'utf8')).toContain('Trần Ngọc Lan');

	await lan.getByRole('link', { name: 'Gửi yêu cầu, khiếu nại về dữ liệu' }).click();
	await lan.getByRole('button', { name: 'Gửi yêu cầu' }).click();
	await expect(lan.getByText('Mời ghi rõ yêu cầu.').first()).toBeVisible();
	await lan.getByLabel('Bạn muốn sàn làm gì').selectOption('leak');
	await lan.getByLabel('Nói rõ hơn').fill('Có người lạ gọi đúng tên và địa chỉ tôi đặt hàng.');
	await lan.getByRole('button', { name: 'Gửi yêu cầu' }).click();
	const sent = await lan.getByText(/^Đã gửi, mã TG-D/).innerText();
	const code = /TG-D[\d-]+\d/.exec(sent)?.[0] ?? '';
	await expect(lan.getByText(/Trả lời chậm nhất/)).toBeVisible();

	const admin = await signInAt(await browser.newContext(), 'quantri');
	await admin.goto('/app/admin/data-requests');
	await admin.getByRole('button', { name: new RegExp(code) }).click();
	const dialog = admin.getByRole('dialog');
	await expect(dialog.getByText('Có người lạ gọi đúng tên và địa chỉ tôi đặt hàng.')).toBeVisible();
	await dialog.getByText('Thực hiện một phần').click();
	await dialog.getByLabel('Trả lời, kèm lý do').fill('Không phải từ sàn. Mời đổi mật khẩu.');
	await dialog.getByRole('button', { name: 'Gửi trả lời' }).click();
	await expect(admin.getByText('Đã ghi và đã báo cho người gửi.')).toBeVisible();

	await lan.reload();
	await expect(lan.getByText('Không phải từ sàn. Mời đổi mật khẩu.')).toBeVisible();
	await lan.goto('/app/me/data/looks');
	await expect(lan.getByText(`Để trả lời bạn (${code})`, { exact: false })).toBeVisible();

	await lan.goto('/app/me/data');
	await expect(lan.getByText('Chưa đóng được vì còn:')).toBeVisible();
	await expect(lan.getByText('đơn hàng đang giao dịch')).toBeVisible();
});

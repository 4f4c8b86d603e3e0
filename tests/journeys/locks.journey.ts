import { demoPassword, people } from '../../src/lib/server/seed/people.ts';
import { expect, test } from '../world/journey.ts';
import { signInAt } from '../world/sign-in.ts';

test('TG-9.2, TG-9.3a bác Sáu locks bà Tư, she reads why and says what she put right, and is confirmed again', async ({
	browser
}) => {
	const phone = await browser.newContext();
	const tu = await signInAt(phone, 'batu');
	await expect(tu.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();

	const sau = await signInAt(await browser.newContext(), 'bacsau');
	await sau.goto('/app/office/enforcement');
	await sau.getByLabel('Tìm để xử lý').fill(people.batu.phone);
	await sau.getByRole('button', { name: 'Tìm', exact: true }).click();
	await sau.getByRole('button', { name: /Nguyễn Thị Tư Tài khoản/ }).click();
	const dialog = sau.getByRole('dialog');
	await dialog.getByText('Khóa', { exact: true }).first().click();
	await dialog.getByLabel('Căn cứ').selectOption('hang-cam');
	await dialog.getByText('Người mua phản ánh').click();
	await dialog.getByLabel('Lý do gửi cho người bị xử lý').fill('Bán rượu tự nấu không có giấy phép.');
	await dialog.getByLabel('Chứng cứ, ghi chép nội bộ').fill('Hai người mua gửi ảnh ngày 20/11.');
	await expect(dialog.getByText(/tin đang bán rời trang công khai/)).toBeVisible();
	await dialog.getByRole('button', { name: 'Khóa', exact: true }).last().click();
	await expect(sau.getByText(/^Đã ghi, mã TG-K/)).toBeVisible();

	// Her phone is told, keeps what is hers, and the password opens one page.
	await tu.reload();
	await expect(tu.getByText('Tài khoản đang bị khóa. Đăng nhập lại để xem lý do.').first()).toBeVisible();
	await tu.goto('/sign-in?next=/app');
	await tu.getByLabel('Số điện thoại, e-mail hoặc tên đăng nhập').fill('batu');
	await tu.getByLabel('Mật khẩu').fill(demoPassword);
	await tu.locator('main').getByRole('button', { name: 'Đăng nhập' }).click();
	await expect(tu.getByRole('heading', { name: 'Tài khoản đang bị khóa' })).toBeVisible();
	await expect(tu.getByText('Bán rượu tự nấu không có giấy phép.')).toBeVisible();
	expect(await (await phone.request.get('/api/session')).json()).not.toMatchObject({ outcome: 'actor' });
	await tu.getByLabel('Đã khắc phục những gì').fill('Đã gỡ rượu, có cam kết kèm theo.');
	await tu.getByRole('button', { name: 'Gửi yêu cầu' }).click();
	await expect(tu.getByText(/^Đã nhận yêu cầu, mã TG-/)).toBeVisible();

	await sau.goto('/app/office');
	await sau.getByRole('button', { name: /Cả sở/ }).click();
	await sau.getByPlaceholder(/Tìm tên hàng/).fill('TG-K');
	await sau.getByRole('link', { name: /TG-K/ }).first().click();
	await expect(sau.getByText('Đã gỡ rượu, có cam kết kèm theo.')).toBeVisible();
	await sau.getByRole('button', { name: /^Chấp thuận/ }).click();
	await sau.getByRole('button', { name: 'Chấp thuận và mở lại' }).click();

	await expect
		.poll(async () => {
			await tu.goto('/measures');
			return tu.getByText('Tài khoản đã được mở lại').count();
		})
		.toBe(1);
	const again = await signInAt(phone, 'batu');
	await expect(again.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
	await sau.goto('/app/office/enforcement');
	await sau.getByRole('button', { name: 'Tất cả' }).click();
	await sau
		.getByRole('button', { name: /Khóa · Nguyễn Thị Tư/ })
		.first()
		.click();
	await expect(sau.getByText('Hai người mua gửi ảnh ngày 20/11.')).toBeVisible();
});

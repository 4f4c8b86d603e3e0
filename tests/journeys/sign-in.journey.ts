import { expect, test } from '../world/journey.ts';
import { demoPassword } from '../../src/lib/server/seed/people.ts';
import { signInAt } from '../world/sign-in.ts';

/** Chromium's own authenticator, whose owner always says yes. */
const authenticator = {
	protocol: 'ctap2',
	transport: 'internal',
	hasResidentKey: true,
	hasUserVerification: true,
	isUserVerified: true,
	automaticPresenceSimulation: true
} as const;

test('TG-5 anh Minh shows a code after his password, makes a passkey, and signs in with it alone', async ({
	browser,
	baseURL
}) => {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto('/sign-in?next=/app');
	await page.getByLabel('Số điện thoại, e-mail hoặc tên đăng nhập').fill('anhminh');
	await page.getByLabel('Mật khẩu').fill(demoPassword);
	await page.locator('main').getByRole('button', { name: 'Đăng nhập' }).click();
	await expect(page.getByRole('heading', { name: 'Xác thực bước hai' })).toBeVisible();

	// Half a session opens nothing.
	const session = await context.request.get('/api/session');
	expect(await session.json()).toMatchObject({ outcome: 'session', session: 'expired' });
	await page.getByLabel('Mã xác thực').fill('000000');
	await page.getByRole('button', { name: 'Tiếp tục' }).click();
	await expect(page.getByText('Mã chưa đúng hoặc đã dùng rồi.')).toBeVisible();
	await context.close();

	const desk = await browser.newContext();
	const minh = await signInAt(desk, 'anhminh');
	const cdp = await desk.newCDPSession(minh);
	await cdp.send('WebAuthn.enable');
	await cdp.send('WebAuthn.addVirtualAuthenticator', { options: authenticator });
	await minh.goto('/app/me/security');
	await minh.getByLabel('Tên để nhận ra').fill('Máy bàn ở sở');
	await minh.getByRole('button', { name: 'Thêm khóa trên máy này' }).click();
	await expect(minh.getByText('Máy bàn ở sở', { exact: true })).toBeVisible();
	await expect(minh.getByText('Chưa dùng lần nào')).toBeVisible();

	await desk.clearCookies();
	await minh.goto('/sign-in?next=/app/me/security');
	await minh.getByRole('link', { name: /khóa truy cập/ }).click();
	await minh.getByRole('button', { name: 'Dùng khóa truy cập' }).click();
	await expect(minh).toHaveURL(/\/app\/me\/security$/);
	await expect(minh.getByText(/Dùng lần cuối/)).toBeVisible();
	const who = await desk.request.get('/api/session');
	expect(await who.json()).toMatchObject({ outcome: 'actor', actor: { name: 'Lê Quang Minh' } });

	// Nothing a page loads may be scripted from elsewhere or inline.
	for (const address of ['/', '/sign-in', '/sign-in/passkey', '/app', '/app/me/security']) {
		const answer = await desk.request.get(`${baseURL}${address}`);
		const header = answer.headers()['content-security-policy'];
		const inPage = /http-equiv="content-security-policy" content="([^"]+)"/.exec(await answer.text())?.[1];
		const scripts = /script-src ([^;]+)/.exec(header ?? inPage ?? '')?.[1] ?? '';
		expect(scripts, address).toMatch(/'self'/);
		expect(scripts, address).not.toMatch(/unsafe|\*|http:/);
	}
	await desk.close();
});

test('sync 6: a sign-out the exchange hears of late leaves the new session alone', async ({
	browser,
	baseURL
}) => {
	const phone = await browser.newContext();
	const page = await signInAt(phone, 'chilan');
	await page.goto('/app/me');
	await expect(page.getByRole('banner').getByText('Trần Ngọc Lan')).toBeVisible();
	let away = true;
	await phone.route('**/api/**', (route) => (away ? route.abort() : route.continue()));
	await page.getByRole('button', { name: 'Đăng xuất' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Đăng xuất', exact: true }).click();
	await expect(page.getByRole('banner').getByText('Trần Ngọc Lan')).not.toBeVisible();

	// She signs in again before the exchange has heard of it: the cookie is another session's now.
	const again = await phone.request.post('/sign-in', {
		form: { name: 'chilan', password: demoPassword, next: '/app' },
		headers: { origin: baseURL ?? '', accept: 'text/html' },
		maxRedirects: 0
	});
	expect(again.status()).toBe(303);
	const who = async () => (await phone.request.get('/api/session')).json();
	expect(await who()).toMatchObject({ outcome: 'actor', actor: { name: 'Trần Ngọc Lan' } });
	const told = page.waitForRequest((request) => request.method() === 'DELETE');
	away = false;
	await page.evaluate(() => window.dispatchEvent(new Event('online')));
	await (await told).response();
	expect(await who()).toMatchObject({ outcome: 'actor', actor: { name: 'Trần Ngọc Lan' } });
	await page.reload();
	await expect(page.getByRole('banner').getByText('Trần Ngọc Lan')).toBeVisible();
	await phone.close();
});

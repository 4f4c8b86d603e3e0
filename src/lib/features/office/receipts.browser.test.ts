import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { FoundReceipt, FoundReceipts } from '$lib/domain/receipts/schema.ts';
import { formatDateTime } from '$lib/i18n/format.ts';
import '../../../app.css';
import type { ReceiptsOnline } from './online.ts';
import ReceiptLookup from './ReceiptLookup.svelte';
import { TestDevice } from './test-device.svelte.ts';
import { minh, sau } from './test-world.ts';

const submitted: FoundReceipt = {
	commandId: '00000000-0000-4000-8000-000000000001',
	name: 'listing.submit',
	person: 'Nguyễn Thị Tư',
	business: 'Vườn bà Tư',
	broughtBy: sau.name,
	receivedAt: '2026-11-23T02:05:00.000Z',
	refusal: null,
	orderCode: null,
	links: [
		{ kind: 'case', id: '00000000-0000-4000-8000-000000000101', code: 'TG-42-17', open: true },
		{ kind: 'listing', id: '00000000-0000-4000-8000-000000000501' }
	]
};
const refused: FoundReceipt = {
	commandId: '00000000-0000-4000-8000-000000000002',
	name: 'order.place',
	person: '',
	business: null,
	broughtBy: null,
	receivedAt: '2026-11-22T02:05:00.000Z',
	refusal: { code: 'not_for_sale' },
	orderCode: null,
	links: []
};

/** The exchange as it answers codes, which can be cut off. */
class TestExchange implements ReceiptsOnline {
	readonly asked: string[] = [];
	reachable = true;
	constructor(private readonly found: readonly FoundReceipt[]) {}
	/** Seconds to wait, where it was asked too often. */
	tooOften: number | null = null;
	async lookUp(code: string): Promise<Result<FoundReceipts>> {
		this.asked.push(code);
		if (!this.reachable) throw new Error('no network');
		if (this.tooOften !== null)
			return no('too_many_attempts', { retry: true, facts: { seconds: this.tooOften } });
		return ok({ code, found: this.found });
	}
}

async function clean(): Promise<void> {
	const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
	expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth);
}

const field = () => page.getByLabelText('Mã người gọi đọc');
async function looksUp(typed: string): Promise<void> {
	await field().fill(typed);
	await userEvent.keyboard('{Enter}');
}

beforeEach(() => page.viewport(360, 740));

test('TG-19.5: a code typed as it was heard is looked up, and says what it was, whose, when and what became of it', async () => {
	const exchange = new TestExchange([submitted]);
	await render(ReceiptLookup, { device: new TestDevice(minh, []), online: exchange });
	await clean();
	await looksUp(' k7m 2qx');
	expect(exchange.asked).toEqual(['K7M-2QX']);
	await expect.element(page.getByRole('heading', { name: 'Mã K7M-2QX' })).toBeVisible();
	for (const words of [
		'Gửi duyệt tin',
		'Sàn đã nhận',
		'Nguyễn Thị Tư · Vườn bà Tư',
		'Võ Văn Sáu',
		formatDateTime(submitted.receivedAt, 'vi')
	])
		await expect.element(page.getByText(words, { exact: true })).toBeVisible();
	const links = [...document.querySelectorAll('main a, ul a')].map((link) => link.getAttribute('href'));
	expect(links).toEqual([
		'/app/office/00000000-0000-4000-8000-000000000101',
		'/listings/00000000-0000-4000-8000-000000000501'
	]);
	await clean();
});

test('what cannot be a code is told at the field and not asked for', async () => {
	const exchange = new TestExchange([submitted]);
	await render(ReceiptLookup, { device: new TestDevice(minh, []), online: exchange });
	await looksUp('K7M-2Q0');
	await expect.element(page.getByText(/Mã không bao giờ có “0”/)).toBeVisible();
	await expect.element(field()).toHaveAccessibleDescription(/Mã không bao giờ có “0”/);
	await expect.element(field()).toHaveFocus();
	await looksUp('K7M-2Q');
	await expect.element(field()).toHaveAccessibleDescription(/đúng 6 chữ và số/);
	await looksUp('');
	await expect.element(field()).toHaveAccessibleDescription(/đúng 6 chữ và số/);
	expect(exchange.asked).toEqual([]);
	await looksUp('K7M-2QX');
	await expect.element(page.getByText('Sàn đã nhận', { exact: true })).toBeVisible();
	await expect.element(field()).not.toHaveAccessibleDescription(/đúng 6 chữ và số/);
	await clean();
});

test('codes that met by chance are told apart; a refusal says why, and a closed account has no name', async () => {
	const exchange = new TestExchange([submitted, refused]);
	await render(ReceiptLookup, { device: new TestDevice(minh, []), online: exchange });
	await looksUp('K7M-2QX');
	await expect.element(page.getByText(/2 việc trùng mã này/)).toBeVisible();
	await expect.element(page.getByText('Sàn không nhận', { exact: true })).toBeVisible();
	await expect.element(page.getByText(/Mặt hàng này hiện không bán nữa/)).toBeVisible();
	await expect.element(page.getByText('tài khoản đã đóng, tên đã xóa')).toBeVisible();
	await clean();
});

test('nothing found says so and what to do', async () => {
	await render(ReceiptLookup, { device: new TestDevice(minh, []), online: new TestExchange([]) });
	await looksUp('K7M-2QX');
	await expect.element(page.getByText('Sàn chưa nhận việc nào có mã K7M-2QX')).toBeVisible();
	await expect.element(page.getByText(/mục Chưa gửi/)).toBeVisible();
	await clean();
});

test('who has looked up too many codes is told how long to wait, and what was typed stays', async () => {
	const exchange = new TestExchange([submitted]);
	exchange.tooOften = 130;
	await render(ReceiptLookup, { device: new TestDevice(minh, []), online: exchange });
	await looksUp('k7m2qx');
	await expect.element(page.getByText('Tra nhiều mã quá trong mười phút')).toBeVisible();
	await expect.element(page.getByText(/Chờ 3 phút rồi bấm Tra mã/)).toBeVisible();
	await expect.element(field()).toHaveValue('k7m2qx');
	await clean();
	exchange.tooOften = null;
	await page.getByRole('button', { name: 'Tra mã' }).click();
	await expect.element(page.getByText('Sàn đã nhận', { exact: true })).toBeVisible();
	await expect.element(page.getByText('Tra nhiều mã quá trong mười phút')).not.toBeInTheDocument();
});

test('without a network it says so, what was typed stays, and it is asked again when the network is back', async () => {
	const exchange = new TestExchange([submitted]);
	const device = new TestDevice(minh, []);
	await render(ReceiptLookup, { device, online: exchange });
	exchange.reachable = false;
	device.setOnline(false);
	await expect.element(page.getByText('Cần mạng để tra mã')).toBeVisible();
	await looksUp('k7m2qx');
	await expect.element(page.getByText('Máy chủ chưa trả lời được')).not.toBeInTheDocument();
	device.setOnline(true);
	await expect.element(page.getByText('Cần mạng để tra mã')).not.toBeInTheDocument();
	await expect.element(page.getByText('Máy chủ chưa trả lời được')).toBeVisible();
	await expect.element(field()).toHaveValue('k7m2qx');
	await clean();
	exchange.reachable = true;
	await page.getByRole('button', { name: 'Tra mã' }).click();
	await expect.element(page.getByText('Sàn đã nhận', { exact: true })).toBeVisible();
});

test('TG-3.4: somebody without an office is not asked for a code', async () => {
	const member = { ...minh, roles: ['buyer' as const], posts: [] };
	await render(ReceiptLookup, { device: new TestDevice(member, []), online: new TestExchange([submitted]) });
	await expect.element(page.getByText(/Mục này dành cho cán bộ/)).toBeVisible();
	await expect.element(field()).not.toBeInTheDocument();
	await clean();
});

import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../app.css';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { addDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { ReferenceChangeInput } from '$lib/domain/reference/changes.ts';
import type { ReferenceOnline, Setup } from './online.ts';
import ReferenceView from './ReferenceView.svelte';

const administrator: Actor = {
	id: '00000000-0000-4000-8000-000000000001',
	name: 'Huỳnh Quốc Trị',
	roles: ['administrator'],
	posts: [],
	businessId: null
};
const today = vietnamDay(Date.now());
const later = addDays(today, 30);
const setup: Setup = {
	lists: {
		categories: [
			{ id: 'trai-cay', name: 'Trái cây tươi', sectorId: 'nong-san', ocop: 'I.1' },
			{ id: 'mat-ong', name: 'Mật ong', sectorId: 'nong-san', ocop: 'I.2', effectiveTo: addDays(later, -1) },
			{ id: 'rau-mam', name: 'Rau mầm', sectorId: 'nong-san', ocop: null, effectiveTo: addDays(today, -9) },
			{ id: 'banh', name: 'Bánh in', sectorId: 'banh-keo', ocop: null, effectiveFrom: later }
		],
		units: [{ id: 'kg', name: 'kg', decimals: 1 }],
		paymentMethods: [{ id: 'tien-mat', name: 'Tiền mặt khi nhận hàng' }],
		shippingMethods: [{ id: 'tu-den-lay', name: 'Tự đến lấy tại nơi bán' }],
		certificateTypes: [{ id: 'ocop', name: 'OCOP' }],
		returnReasons: [{ id: 'mo', text: 'Hình chưa rõ. Mời bà con chụp lại.', clause: 'TG-6.0' }]
	},
	sectors: [
		{ id: 'nong-san', name: 'Nông sản, thủy sản và thực phẩm' },
		{ id: 'banh-keo', name: 'Bánh, kẹo, đồ uống' }
	],
	deadlines: [
		{
			kind: 'listing',
			workingDays: 3,
			soonHours: 24,
			clause: 'TG-10.2b',
			effectiveFrom: '2023-05-01',
			effectiveTo: null
		}
	],
	calendar: { off: [{ day: later, reason: 'Nghỉ bù Quốc khánh' }], workingSaturdays: [] },
	assignment: 'least_open',
	texts: { operator: 'Sở Công Thương vận hành.', contact: '0273 3873 269', notice: 'Sàn không thu tiền.' },
	changes: [
		{
			id: '00000000-0000-4000-8000-000000000009',
			change: { kind: 'ended', list: 'categories', itemId: 'mat-ong', on: later },
			effectiveOn: later,
			reason: 'Gộp với sản phẩm từ ong',
			decision: '',
			madeAt: '2026-11-20T02:00:00.000Z',
			madeByName: 'Huỳnh Quốc Trị',
			withdrawnAt: null
		}
	]
};

/** The server's answers, and what was asked of it. */
class TestServer implements ReferenceOnline {
	readonly asked: unknown[] = [];
	answer: Result<{ id: string }> | 'away' = ok({ id: 'x' });
	away = false;
	async view() {
		if (this.away) throw new Error('away');
		return setup;
	}
	async uses() {
		return 12;
	}
	async change(input: ReferenceChangeInput) {
		this.asked.push(input);
		if (this.answer === 'away') throw new Error('away');
		return this.answer;
	}
	taken: Awaited<ReturnType<ReferenceOnline['withdraw']>> = { ok: true };
	readonly holds: Promise<void>[] = [];
	async withdraw(changeId: string) {
		this.asked.push(changeId);
		await Promise.all(this.holds);
		return this.taken;
	}
}

const open = (address: string | undefined, online: ReferenceOnline, actor: Actor | null = administrator) =>
	render(ReferenceView, { address, actor, online });
const faults = async () => {
	const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
	return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
};

beforeEach(async () => {
	localStorage.clear();
	await page.viewport(360, 780);
});

describe('TG-3.4a: lists and settings', () => {
	test('what there is, how much of it, and what is planned; nothing wider than the screen', async () => {
		open(undefined, new TestServer());
		await expect
			.element(page.getByRole('link', { name: /Loại hàng 2 mục đang dùng · 1 thay đổi/ }))
			.toBeVisible();
		await expect.element(page.getByRole('link', { name: /Hạn trả lời.*3 ngày làm việc/ })).toBeVisible();
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
		expect(await faults()).toEqual([]);
	});

	test('a list: in use, planned and ended; a planned end is taken back', async () => {
		const server = new TestServer();
		open('categories', server);
		for (const title of ['Đang dùng', 'Sắp dùng', 'Đã ngừng'])
			await expect.element(page.getByRole('heading', { name: title })).toBeVisible();
		await page.getByRole('button', { name: 'Rút lại: Mật ong' }).click();
		expect(server.asked).toEqual([setup.changes[0]?.id]);
		await expect.element(page.getByText('Đã ghi. Các máy nhận được trong giây lát.')).toBeVisible();
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
		expect(await faults()).toEqual([]);
	});

	test('tapped twice it is taken back once; what stays says why', async () => {
		const server = new TestServer();
		const { promise, resolve } = Promise.withResolvers<void>();
		server.holds.push(promise);
		server.taken = no('invalid_input', { fields: { itemId: 'last_one' } });
		open('categories', server);
		await page.getByRole('button', { name: 'Rút lại' }).dblClick();
		resolve();
		const why = page.getByRole('listitem').filter({ hasText: 'Sắp có hiệu lực' }).getByRole('alert');
		await expect.element(why.getByText('Chưa rút lại được')).toBeVisible();
		await expect.element(page.getByText(/không còn mục nào để chọn/)).toBeVisible();
		expect(server.asked).toHaveLength(1);
		server.taken = no('not_found');
		await page.getByRole('button', { name: 'Rút lại' }).click();
		await expect.element(page.getByText('Lần này đã được rút lại rồi.')).toBeVisible();
		expect(await faults()).toEqual([]);
	});

	test('an entry whose name another has now says so, though there is no field for it', async () => {
		const server = new TestServer();
		server.answer = no('invalid_input', { fields: { name: 'taken' } });
		open('categories', server);
		await page.getByRole('button', { name: /Rau mầm/ }).click();
		await page.getByRole('button', { name: 'Dùng lại' }).click();
		await page.getByLabelText('Lý do').fill('Vào mùa');
		await page.getByRole('button', { name: 'Ghi lại' }).click();
		await expect.element(page.getByText('Đã có mục cùng tên.')).toBeVisible();
	});

	test('what cannot be is said at its field, and not taken for a fault of the network', async () => {
		const server = new TestServer();
		open('terms', server);
		await page.getByRole('button', { name: 'Đổi: Duyệt tin' }).click();
		await page.getByLabelText('Số ngày làm việc').fill('61');
		await page.getByLabelText('Lý do').fill('   ');
		await page.getByLabelText('Số quyết định').fill('QĐ 1');
		await page.getByRole('button', { name: 'Ghi lại' }).click();
		await expect.element(page.getByText('Xem lại chỗ này.').first()).toBeVisible();
		await expect.element(page.getByLabelText('Số ngày làm việc')).toHaveAttribute('aria-invalid', 'true');
		await expect.element(page.getByLabelText('Lý do')).toHaveAttribute('aria-invalid', 'true');
		expect(server.asked).toEqual([]);
	});

	test('an entry is added with its sector, under an id made of its name', async () => {
		const server = new TestServer();
		open('categories', server);
		await page.getByRole('button', { name: 'Thêm mục' }).click();
		await page.getByLabelText('Tên').fill('Mật ong');
		await page.getByLabelText('Ngành hàng').selectOptions('nong-san');
		await page.getByLabelText('Lý do').fill('Theo đề nghị của sở');
		expect(await faults()).toEqual([]);
		await page.getByRole('button', { name: 'Ghi lại' }).click();
		expect(server.asked).toEqual([
			{
				change: {
					kind: 'added',
					itemId: 'mat-ong-2',
					on: today,
					entry: { list: 'categories', name: 'Mật ong', sectorId: 'nong-san' }
				},
				reason: 'Theo đề nghị của sở',
				decision: ''
			}
		]);
	});

	test('what is refused or does not arrive stays as it was typed, and says why', async () => {
		const server = new TestServer();
		server.answer = no('invalid_input', { fields: { on: 'planned' } });
		open('categories', server);
		await page.getByRole('button', { name: /Trái cây tươi/ }).click();
		expect(await faults()).toEqual([]);
		await page.getByRole('button', { name: 'Ngừng dùng' }).click();
		await expect.element(page.getByText('12 tin đang đăng dùng mục này.')).toBeVisible();
		await page.getByLabelText('Lý do').fill('Không còn ai bán');
		await page.getByRole('button', { name: 'Ghi lại' }).click();
		await expect.element(page.getByText(/Rút lại lần ấy trước/)).toBeVisible();
		server.answer = 'away';
		await page.getByRole('button', { name: 'Ghi lại' }).click();
		await expect.element(page.getByText('Chưa ghi được. Xem lại mạng rồi thử lần nữa.')).toBeVisible();
		await expect.element(page.getByLabelText('Lý do')).toHaveValue('Không còn ai bán');
	});

	test('a day off asks for its words and the decision it rests on', async () => {
		const server = new TestServer();
		open('calendar', server);
		await page.getByRole('button', { name: 'Ghi thêm ngày' }).click();
		await page.getByRole('textbox', { name: 'Ngày' }).fill(later);
		await page.getByLabelText('Lời giải thích cho mọi người').fill('Nghỉ tránh bão');
		await page.getByLabelText('Lý do').fill('Bão số 9');
		await page.getByRole('button', { name: 'Ghi lại' }).click();
		expect(server.asked, 'no decision yet').toEqual([]);
		await page.getByLabelText('Số quyết định').fill('CĐ 10/CĐ-UBND');
		await page.getByRole('button', { name: 'Ghi lại' }).click();
		expect(server.asked).toMatchObject([
			{
				change: { kind: 'calendar', day: later, as: 'off', words: 'Nghỉ tránh bão' },
				decision: 'CĐ 10/CĐ-UBND'
			}
		]);
	});

	test('without a network it says so and asks again; for others it is shut', async () => {
		const server = new TestServer();
		server.away = true;
		const { unmount } = open('terms', server);
		await expect.element(page.getByText('Cần có mạng để xem và thay đổi.')).toBeVisible();
		server.away = false;
		await page.getByRole('button', { name: 'Thử lại' }).click();
		await expect.element(page.getByText('Duyệt tin', { exact: true })).toBeVisible();
		unmount();
		open('terms', server, { ...administrator, roles: ['officer'] });
		await expect.element(page.getByText(/dành cho Ban quản lý sàn/)).toBeVisible();
	});
});

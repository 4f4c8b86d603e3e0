import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../../app.css';
import type { MisuseLine, MisuseReport } from '$lib/domain/accounts/misuse.ts';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { no, type Refusal } from '$lib/domain/kernel/refusal.ts';
import { violationsOf } from '../../../../../tests/world/axe.ts';
import type { MisuseApi } from './misuse-api.ts';
import MisuseList from './MisuseList.svelte';
import MisuseReportView from './MisuseReportView.svelte';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const board: Actor = { id: uuid(1), name: 'Nguyễn Ban', roles: ['board'], posts: [], businessId: null };
const device = { actor: board };
const line: MisuseLine = {
	id: uuid(2),
	code: 'TG-B42-17',
	person: 'T. N. Lan',
	sessionsEnded: 2,
	at: new Date(Date.now() - 5 * 86_400_000).toISOString(),
	answeredAt: null
};

/** The Board's side of the exchange; what was asked is kept. */
function exchange(refusal: Refusal | null = null) {
	const asked: unknown[] = [];
	let report: MisuseReport = {
		...line,
		note: 'Có đơn hàng tôi không đặt',
		sessions: [{ deviceName: 'Chrome · Windows', createdAt: line.at, seenAt: line.at }],
		answer: '',
		answeredBy: ''
	};
	const online: MisuseApi = {
		list: async (answered) => {
			asked.push(['list', answered]);
			return { ok: true, value: answered ? [] : [line] };
		},
		open: async () => ({ ok: true, value: report }),
		answer: async (id, answer) => {
			asked.push(['answer', id, answer]);
			if (refusal !== null) return { ok: false, refusal };
			report = { ...report, answer, answeredBy: board.name, answeredAt: line.at };
			return { ok: true };
		}
	};
	return { asked, online };
}
async function clean(): Promise<void> {
	const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
	expect(violationsOf(found)).toEqual([]);
	expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth);
}

test.each([360, 1280])(
	'TG-16.1 at %i px the oldest report is there with its age, and nobody’s whole name',
	async (width) => {
		await page.viewport(width, 800);
		const { online } = exchange();
		await render(MisuseList, { device, online });
		await expect
			.element(page.getByRole('link', { name: /TG-B42-17/ }))
			.toHaveAttribute('href', `/app/admin/misuse/${line.id}`);
		await expect.element(page.getByText('Đã chờ 5 ngày')).toBeVisible();
		await clean();
		await page.getByRole('button', { name: 'Đã trả lời' }).click();
		await expect.element(page.getByText('Chưa trả lời báo cáo nào')).toBeVisible();
		await clean();
	}
);

test('TG-16.1 a report is answered with words, and a refusal keeps them', async () => {
	await page.viewport(360, 800);
	const { asked, online } = exchange();
	await render(MisuseReportView, { device, online, id: line.id });
	await expect.element(page.getByText('Chrome · Windows')).toBeVisible();
	await clean();
	await page.getByRole('button', { name: 'Gửi trả lời' }).click();
	await expect.element(page.getByText('Viết rõ hơn')).toBeVisible();
	await clean();
	await page.getByRole('textbox', { name: 'Trả lời thành viên' }).fill('Máy lạ đã bị đăng xuất.');
	await page.getByRole('button', { name: 'Gửi trả lời' }).click();
	await expect.element(page.getByText('Đã trả lời. Thành viên được báo')).toBeVisible();
	await expect.element(page.getByText('Máy lạ đã bị đăng xuất.')).toBeVisible();
	expect(asked).toContainEqual(['answer', line.id, 'Máy lạ đã bị đăng xuất.']);
	await clean();
});

test('TG-16.1 of two who answer the second reads who was first, and loses no word', async () => {
	const facts = { by: 'Lý Thu Hoa', at: '2026-11-22T02:00:00.000Z' };
	const { online } = exchange(no('already_decided', { facts }).refusal);
	await render(MisuseReportView, { device, online, id: line.id });
	await page.getByRole('textbox', { name: 'Trả lời thành viên' }).fill('Đã xem các máy.');
	await page.getByRole('button', { name: 'Gửi trả lời' }).click();
	await expect.element(page.getByText('Lý Thu Hoa đã trả lời lúc', { exact: false })).toBeVisible();
	await expect.element(page.getByRole('textbox')).toHaveValue('Đã xem các máy.');
});

test('it is for the Board and administrators alone', async () => {
	const buyer = { actor: { ...board, roles: ['buyer' as const] } };
	const { asked, online } = exchange();
	await render(MisuseList, { device: buyer, online });
	await expect.element(page.getByText('Mục này dành cho Ban quản lý sàn')).toBeVisible();
	expect(asked).toEqual([]);
});

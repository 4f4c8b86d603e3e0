import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../../app.css';
import type { RequestDetail } from '$lib/domain/personal-data/requests.ts';
import AnswerDialog from './AnswerDialog.svelte';

const request: RequestDetail = {
	id: '00000000-0000-4000-8000-000000000001',
	code: 'TG-D2',
	kind: 'restrict',
	about: 'all',
	state: 'acknowledged',
	outcome: null,
	law: 'Nghị định 356/2025/NĐ-CP, Điều 5',
	receivedAt: '2026-11-30T02:00:00.000Z',
	acknowledgeBy: '2026-12-02T17:00:00.000Z',
	acknowledgedAt: '2026-11-30T03:00:00.000Z',
	dueAt: '2026-12-15T17:00:00.000Z',
	lastDay: '2026-12-15',
	countedDays: [],
	skippedDays: [],
	extendedAt: null,
	endedAt: null,
	overdue: false,
	late: false,
	text: 'Đừng dùng số điện thoại của tôi để báo đơn.',
	extensionReason: '',
	answer: '',
	name: 'Trần Ngọc Lan',
	contact: '0900000003',
	answeredByName: '',
	mayAnswer: true,
	extendsTo: '2026-12-30'
};

test('LAW-data-subject whoever puts an answer off reads until when, may turn back with what was typed, and says why', async () => {
	await page.viewport(360, 640);
	const extend = vi.fn(() => Promise.resolve({ ok: true as const }));
	const never = () => Promise.reject(new Error('not asked for'));
	const api = { list: never, open: never, acknowledge: never, answer: never, extend };
	await render(AnswerDialog, {
		api,
		request,
		now: Date.parse('2026-12-01T02:00:00.000Z'),
		ondone: () => undefined,
		onclose: () => undefined
	});
	const putOff = page.getByRole('button', { name: 'Gia hạn' });
	await userEvent.type(page.getByRole('textbox', { name: 'Trả lời, kèm lý do' }), 'Đang xem');
	await userEvent.click(putOff);
	await expect.element(page.getByText('Hạn trả lời mới: hết Thứ Tư 30/12')).toBeVisible();
	await userEvent.click(page.getByRole('button', { name: 'Thôi' }));
	await expect.element(page.getByRole('textbox', { name: 'Trả lời, kèm lý do' })).toHaveValue('Đang xem');

	await userEvent.click(putOff);
	await userEvent.click(putOff);
	const why = page.getByRole('textbox', { name: 'Lý do gia hạn' });
	await expect.element(why).toHaveFocus();
	expect(extend).not.toHaveBeenCalled();
	await userEvent.type(why, 'Phải hỏi đơn vị vận chuyển');
	await userEvent.click(putOff);
	await expect.poll(() => extend.mock.calls).toEqual([[request.id, 'Phải hỏi đơn vị vận chuyển']]);
});

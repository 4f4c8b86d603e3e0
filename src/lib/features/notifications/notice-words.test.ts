import { expect, test } from 'vitest';
import { notificationKinds } from '$lib/domain/notifications/schema.ts';
import { noticeHref, noticeWords } from './notice-words.ts';
import { texts } from './texts.ts';

test('TG-13.2 a new order is told with its code and goods, and opens the order', () => {
	const notice = {
		kind: 'order_new',
		facts: { code: 'TG-D-7', title: 'Sầu riêng Ri6', state: 'awaiting_confirmation' }
	} as const;
	expect(noticeWords(notice, texts.vi, 'vi')).toEqual({
		title: 'Đơn mới TG-D-7, chờ xác nhận',
		detail: '“Sầu riêng Ri6”'
	});
	expect(noticeHref({ kind: 'order_new', subjectId: 'o1' })).toBe('/app/orders/o1');
});

test('TG-11.4 a changed order says its new status', () => {
	const notice = {
		kind: 'order_changed',
		facts: { code: 'TG-D-7', title: '', state: 'in_delivery' }
	} as const;
	expect(noticeWords(notice, texts.vi, 'vi')).toEqual({ title: 'Đơn TG-D-7: đang giao hàng', detail: '' });
});

test('every kind of notice has words and a screen', () => {
	for (const kind of notificationKinds) {
		const title = noticeWords({ kind, facts: { code: 'TG-1' } }, texts.en, 'en').title;
		if (kind.startsWith('rights_')) expect(title).toMatch(/rights/);
		else if (kind === 'need_ended') expect(title).toMatch(/ended/);
		else expect(title).toContain('TG-1');
		expect(noticeHref({ kind, subjectId: 'x' })).toMatch(
			/^\/(measures|app\/((sell|orders|office|needs)\/x|handovers|agencies|admin\/people|me(\/(business|sessions|data\/requests|proposals))?))$/
		);
	}
});

test('TG-16.5 an answer to a data request is told with its code, and opens the requests', () => {
	const notice = (step: string) =>
		({ kind: 'data_request', facts: { code: 'TG-D2', step, day: '30/11/2026' } }) as const;
	expect(noticeWords(notice('answered'), texts.vi, 'vi').title).toBe(
		'Yêu cầu về dữ liệu TG-D2: đã có trả lời'
	);
	expect(noticeWords(notice('extended'), texts.vi, 'vi').title).toContain('30/11/2026');
	expect(noticeHref({ kind: 'data_request', subjectId: 'd' })).toBe('/app/me/data/requests');
});

test('TG-6.6 an offer is told with who made it and for what, and opens the need', () => {
	const notice = { kind: 'need_offered', facts: { seller: 'Vườn bà Tư', title: 'Cần mua xoài' } } as const;
	expect(noticeWords(notice, texts.vi, 'vi')).toEqual({
		title: 'Vườn bà Tư chào hàng cho nhu cầu mua của bà con',
		detail: '“Cần mua xoài”'
	});
	expect(noticeHref({ kind: 'need_offered', subjectId: 'n1' })).toBe('/app/needs/n1');
});

test('TG-12 the last day of a paper is written as in the rest of the language', () => {
	const notice = { kind: 'paper_expiring', facts: { code: '05/12/2026', title: 'HACCP' } } as const;
	expect(noticeWords(notice, texts.vi, 'vi').title).toContain('05/12/2026');
	expect(noticeWords(notice, texts.en, 'en').title).toContain('5 Dec 2026');
});

test('TG-20.1 a change of rights is told with what, where and by whom', () => {
	const facts = { change: 'post_ended', role: 'lead', agency: 'Sở Công Thương', by: 'Quản trị Sàn' };
	expect(noticeWords({ kind: 'rights_changed', facts }, texts.vi, 'vi')).toEqual({
		title: 'Quyền của bạn đã thay đổi: kết thúc vị trí Lãnh đạo đơn vị',
		detail: 'Sở Công Thương · Người thực hiện: Quản trị Sàn'
	});
	const given = { change: 'granted', role: 'board', agency: '', by: 'Quản trị Sàn' };
	expect(noticeWords({ kind: 'rights_changed', facts: given }, texts.en, 'en')).toEqual({
		title: 'Your rights have changed: role given, Management board',
		detail: 'By Quản trị Sàn'
	});
});

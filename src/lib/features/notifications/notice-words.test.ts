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
		expect(noticeWords({ kind, facts: { code: 'TG-1' } }, texts.en, 'en').title).toContain('TG-1');
		expect(noticeHref({ kind, subjectId: 'x' })).toMatch(
			/^\/(measures|app\/((sell|orders|office)\/x|handovers|agencies|me\/business))$/
		);
	}
});

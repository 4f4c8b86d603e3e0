import { expect, test } from 'vitest';
import type { UnsentItem } from '$lib/sync/app.svelte.ts';
import { texts } from './texts.ts';
import { whatWasTyped } from '$lib/i18n/typed-words.ts';
import { isRefused, itemHref, whereWords } from './unsent-words.ts';

const item: UnsentItem = {
	id: 'c',
	name: 'order.place',
	deviceTime: '2026-11-18T01:12:00Z',
	state: { at: 'waiting' },
	subject: 'order:o1',
	subjectId: 'o1',
	title: 'Sầu riêng Ri6',
	input: {}
};

test('sync 2: a refused command shows why and what was written', () => {
	const refused: UnsentItem = {
		...item,
		state: { at: 'refused', refusal: { code: 'not_for_sale' }, receivedAt: '2026-11-18T01:13:00Z' }
	};
	expect(isRefused(refused)).toBe(true);
	expect(whereWords(refused, texts.vi, 'vi')).toContain('không bán nữa');
	expect(
		whatWasTyped({
			orderId: '00000000-0000-4000-8000-000000000001',
			photos: ['a'.repeat(64)],
			contact: { name: 'Trần Ngọc Lan', phone: '0912345678' },
			topic: 'feature',
			quantity: 2,
			note: ''
		})
	).toEqual(['Trần Ngọc Lan', '0912345678']);
});

test('each unsent thing says where it is and where to mend it', () => {
	expect(whereWords(item, texts.vi, 'vi')).toBe('chờ gửi');
	expect(
		whereWords({ ...item, state: { at: 'waiting_for_photos', sent: 2, total: 5 } }, texts.vi, 'vi')
	).toBe('chờ gửi hình, xong 2 trong 5');
	expect(itemHref(item)).toBe('/app/orders/o1');
	expect(itemHref({ ...item, name: 'notification.read' })).toBe(null);
});

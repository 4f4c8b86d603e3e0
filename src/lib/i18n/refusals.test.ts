import { expect, test } from 'vitest';
import { refusalCodes } from '$lib/domain/kernel/refusal.ts';
import { refusalWords } from './refusals.ts';
import { locales } from './texts.ts';

test('every refusal says what happened and what to do, in both languages', () => {
	for (const code of refusalCodes)
		for (const locale of locales) {
			const { what, todo } = refusalWords({ code }, locale);
			expect(what, `${code} ${locale}`).toMatch(/\.$/);
			expect(todo, `${code} ${locale}`).toMatch(/\.$/);
		}
});

test('facts of a refusal are told', () => {
	expect(refusalWords({ code: 'price_changed', facts: { unitPrice: 85_000 } }, 'vi').what).toContain(
		'85.000\u00a0đ'
	);
	expect(refusalWords({ code: 'out_of_stock', facts: { stock: 2.5 } }, 'vi').what).toContain('2,5');
	expect(
		refusalWords(
			{
				code: 'already_decided',
				facts: { by: 'Lê Quang Minh', at: '2026-11-18T01:12:00Z', outcome: 'approved' }
			},
			'vi'
		).what
	).toBe('Lê Quang Minh đã giải quyết xong việc này lúc 18/11/2026 08:12.');
	expect(refusalWords({ code: 'too_many_attempts', facts: { seconds: 61 } }, 'en').todo).toBe(
		'Try again in 2 min.'
	);
});

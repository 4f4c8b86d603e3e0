import { describe, expect, test } from 'vitest';
import { needContentSchema, type PublicNeed } from '$lib/domain/needs/schema.ts';
import { blankNeed, checkTyped, typedFrom, type TypedNeed } from './need-form.ts';
import { foundNeeds } from './looking.svelte.ts';

const today = '2026-11-23';
const typed: TypedNeed = {
	title: 'Xoài cát Hòa Lộc',
	categoryId: 'trai-cay',
	quantity: 30,
	unit: 'kg',
	rhythm: 'week',
	price: null,
	wardCode: '28249',
	until: '2026-12-23',
	description: ''
};
const wrongOf = (change: Partial<TypedNeed>) => {
	const checked = checkTyped({ ...typed, ...change }, null, today);
	return 'wrong' in checked ? checked.wrong : {};
};

describe('TG-6.6: a need as it is typed', () => {
	test('is sent as it is when everything is there', () => {
		expect(checkTyped(typed, null, today)).toEqual({ content: needContentSchema.parse(typed) });
	});

	test.each([
		[{ title: 'Xo' }, { title: 'wrong' }],
		[{ quantity: 0 }, { quantity: 'wrong' }],
		[
			{ quantity: null, wardCode: '' },
			{ quantity: 'wrong', wardCode: 'wrong' }
		],
		[{ price: 0 }, { price: 'wrong' }],
		[{ until: '' }, { until: 'wrong' }],
		[{ until: '2026-11-22' }, { until: 'past_day' }],
		[
			{ until: '2028-01-01', title: '' },
			{ until: 'too_far', title: 'wrong' }
		]
	] as const)('says at once what is wrong: %j', (change, wrong) => {
		expect(wrongOf(change)).toEqual(wrong);
	});

	test('stands thirty days, also when one that is over is posted again', () => {
		expect(blankNeed(null, today).until).toBe('2026-12-23');
		const content = needContentSchema.parse(typed);
		expect(typedFrom({ ...content, until: '2026-10-01' }, today).until).toBe('2026-12-23');
		expect(typedFrom(content, today).until).toBe(content.until);
	});
});

test('TG-3.1: every word is looked for in title, description and ward, without accents; kind and place narrow it', () => {
	const need: PublicNeed = {
		kind: 'need',
		id: '00000000-0000-4000-8000-000000000001',
		rev: 1,
		...needContentSchema.parse({ ...typed, description: 'Trái chín tới.' }),
		sectorId: 'nong-san',
		wardName: 'Phường Mỹ Tho',
		agency: { id: 'so-nnmt', name: 'Sở' },
		approvedAt: '2026-11-20T00:00:00.000Z'
	};
	const ids = (q: string, categoryId = '', wardCode = '') =>
		foundNeeds([need], { q, categoryId, wardCode }).length;
	expect(ids('xoai my tho chin')).toBe(1);
	expect(ids('xoai can tho')).toBe(0);
	expect(ids('', 'thuy-san')).toBe(0);
	expect(ids('XOÀI', 'trai-cay')).toBe(1);
	expect(ids('', '', need.wardCode)).toBe(1);
	expect(ids('', 'trai-cay', '28477')).toBe(0);
});

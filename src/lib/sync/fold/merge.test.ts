import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyListing, type ListingContent } from '$lib/domain/listings/schema.ts';
import type { Draft } from '../store/types.ts';
import {
	changedFields,
	listingFields,
	mergeDraft,
	newDraft,
	ownWords,
	sameContent,
	sameValue,
	settleConflict
} from './merge.ts';

const at = '2026-11-22T01:00:00.000Z';
const content = (over: Partial<ListingContent>): ListingContent => ({ ...emptyListing, ...over });
const draft = (ancestor: ListingContent, mine: ListingContent): Draft => ({
	...newDraft('l', at, { rev: 3, content: ancestor }),
	content: mine
});

describe('sync 4: the merge', () => {
	test('sync 4: what only they changed is taken, what only I changed stays', () => {
		const merged = mergeDraft(draft(content({ title: 'Cam' }), content({ title: 'Cam', price: 20_000 })), {
			rev: 5,
			content: content({ title: 'Cam sành' })
		});
		expect(merged).toMatchObject({
			base: 5,
			content: { title: 'Cam sành', price: 20_000 },
			conflicts: {}
		});
		expect(changedFields(merged)).toEqual({ price: 20_000 });
	});

	test('sync 4: what both changed stays mine, theirs is shown and not overwritten by a save', () => {
		const merged = mergeDraft(draft(content({ price: 1_000 }), content({ price: 2_000 })), {
			rev: 4,
			content: content({ price: 3_000 })
		});
		expect(merged.content.price).toBe(2_000);
		expect(merged.conflicts).toEqual({ price: 3_000 });
		expect(changedFields(merged)).toEqual({});
	});

	test('sync 4: both wrote the same: no question', () => {
		const merged = mergeDraft(draft(content({}), content({ title: 'Cam  sành ' })), {
			rev: 4,
			content: content({ title: 'Cam sành' })
		});
		expect(merged.conflicts).toEqual({});
	});

	test('sync 4: an open question is not settled by a later change of something else', () => {
		const asked = { ...draft(content({}), content({ title: 'Mine' })), conflicts: { title: 'Theirs' } };
		const merged = mergeDraft(
			{ ...asked, ancestor: content({ title: 'Theirs' }) },
			{ rev: 9, content: content({ title: 'Theirs', place: 'Ngũ Hiệp' }) }
		);
		expect(merged.conflicts).toEqual({ title: 'Theirs' });
		expect(merged.content).toMatchObject({ title: 'Mine', place: 'Ngũ Hiệp' });
	});

	test('sync 4, 15: words of a file stay a question while the exchange says others, and are none when it says the same', () => {
		const asked = {
			...draft(content({ title: 'Cam' }), content({ title: 'Cam' })),
			conflicts: { title: 'Quýt' }
		};
		const same = mergeDraft(asked, { rev: 4, content: content({ title: 'Cam', place: 'Ngũ Hiệp' }) });
		expect(same).toMatchObject({ content: { title: 'Cam' }, conflicts: { title: 'Quýt' } });
		const newer = mergeDraft(asked, { rev: 4, content: content({ title: 'Cam sành' }) });
		expect(newer).toMatchObject({ content: { title: 'Cam sành' }, conflicts: { title: 'Quýt' } });
		const taken = mergeDraft(asked, { rev: 4, content: content({ title: 'Quýt' }) });
		expect(taken).toMatchObject({ content: { title: 'Quýt' }, conflicts: {} });
	});

	test('sync 4: spaces typed at the end are no change, a value that is not valid yet is not sent', () => {
		const typed = draft(content({ title: 'Cam' }), content({ title: 'Cam ', price: -5, minimum: 2 }));
		expect(changedFields(typed)).toEqual({ minimum: 2 });
	});

	const some: fc.Arbitrary<Partial<ListingContent>> = fc.record({
		title: fc.constantFrom('', 'Cam', 'Cam sành', 'Quýt'),
		price: fc.constantFrom(null, 1_000, 2_000),
		payment: fc.constantFrom<string[]>([], ['tien-mat'], ['tien-mat', 'chuyen-khoan']),
		stock: fc.constantFrom(null, 0, 5)
	});

	test('sync 4: no word of either side is ever dropped in silence', () => {
		fc.assert(
			fc.property(some, some, some, (base, mine, theirs) => {
				const merged = mergeDraft(draft(content(base), content(mine)), { rev: 4, content: content(theirs) });
				for (const field of listingFields) {
					const changedByMe = !sameValue(content(mine)[field], content(base)[field]);
					const changedByThem = !sameValue(content(theirs)[field], content(base)[field]);
					if (changedByMe) expect(merged.content[field]).toEqual(content(mine)[field]);
					if (changedByThem) {
						const shown = [merged.content[field], merged.conflicts[field]];
						expect(shown).toContainEqual(content(theirs)[field]);
					}
				}
			})
		);
	});

	test('sync 4, 15: words a file brought and newer ones of the exchange are both asked about, one after the other', () => {
		const asked = {
			...draft(content({ title: 'Cam' }), content({ title: 'Cam sành' })),
			conflicts: { title: 'Quýt' }
		};
		const merged = mergeDraft(asked, { rev: 4, content: content({ title: 'Cam xoàn' }) });
		expect(merged).toMatchObject({ conflicts: { title: 'Quýt' }, next: { title: 'Cam xoàn' } });
		const newer = mergeDraft(merged, { rev: 5, content: content({ title: 'Cam Mật', place: 'Ngũ Hiệp' }) });
		expect(newer).toMatchObject({ conflicts: { title: 'Quýt' }, next: { title: 'Cam Mật' } });
		for (const [keep, title] of [
			['mine', 'Cam sành'],
			['theirs', 'Quýt']
		] as const) {
			const settled = settleConflict(newer, 'title', keep);
			expect(settled).toMatchObject({ content: { title }, conflicts: { title: 'Cam Mật' }, next: undefined });
			expect(changedFields(settled)).toEqual({});
			expect(changedFields(settleConflict(settled, 'title', 'mine'))).toEqual({ title });
			expect(changedFields(settleConflict(settled, 'title', 'theirs'))).toEqual({});
		}
	});

	test('sync 4, 15: of words that a file brought none is ever dropped in silence', () => {
		fc.assert(
			fc.property(some, some, some, some, some, (base, mine, brought, theirs, later) => {
				const asked = { ...draft(content(base), content(mine)), conflicts: brought };
				const before = ownWords(asked);
				const first = mergeDraft(asked, { rev: 4, content: content(theirs) });
				const second = mergeDraft(first, { rev: 5, content: content(later) });
				for (const [merged, was, is] of [
					[first, base, theirs],
					[second, theirs, later]
				] as const)
					for (const field of listingFields) {
						const places = [merged.content, merged.conflicts, merged.next ?? {}].map((place) => place[field]);
						const known = [content(theirs)[field], content(later)[field]];
						if (field in before) expect([...places, ...known]).toContainEqual(before[field]);
						const changed = !sameValue(content(was)[field], content(is)[field]);
						if (changed) expect(places).toContainEqual(content(is)[field]);
					}
			})
		);
	});

	test('sync 4: merging the same version again changes nothing', () => {
		fc.assert(
			fc.property(some, some, some, (base, mine, theirs) => {
				const server = { rev: 4, content: content(theirs) };
				const once = mergeDraft(draft(content(base), content(mine)), server);
				expect(mergeDraft(once, server)).toEqual(once);
			})
		);
	});

	test('the order of keys is no difference, the order of photos is', () => {
		expect(sameValue({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
		expect(sameContent(content({ photos: ['a', 'b'] }), content({ photos: ['b', 'a'] }))).toBe(false);
	});
});

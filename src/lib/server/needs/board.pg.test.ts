import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, startOfDay, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { listBoard } from './board.ts';

const { chilan, chuba } = people;
const now = new Date().toISOString();
const today = vietnamDay(now);
let exchange: Exchange;

beforeAll(async () => {
	exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
});
afterAll(() => exchange.close());

test('TG-3.1 TG-15.1: a visitor reads what was approved, newest first, page by page, and nothing of its buyer', async () => {
	await exchange.posts(chilan, { title: 'Chưa được duyệt' });
	const first = await exchange.looksFor(chilan, { title: 'Cần mua bưởi', until: today });
	const second = await exchange.looksFor(chuba, { title: 'Cần mua xoài', until: addDays(today, 5) });
	const board = await listBoard(exchange.db, { now, perPage: 1 });
	expect([board.total, board.items.map(({ id }) => id)]).toEqual([2, [second]]);
	const next = await listBoard(exchange.db, { now, page: 2, perPage: 1 });
	expect(next.items.map(({ id }) => id)).toEqual([first]);
	for (const person of [chilan, chuba])
		for (const secret of [person.id, person.name])
			expect(JSON.stringify([board, next])).not.toContain(secret);
	expect(board.items[0]).toEqual(await exchange.feed('public', 'needs', `need:${second}`));

	// Narrowed by words without accents, kind and place.
	const found = async (asked: { q?: string; categoryId?: string; wardCode?: string }) =>
		(await listBoard(exchange.db, { now, perPage: 5, ...asked })).items.map(({ id }) => id);
	const { categoryId, wardCode } = exchange.need();
	const wardName = board.items[0]?.wardName ?? '';
	expect(await found({ q: 'XOAI can' })).toEqual([second]);
	expect(await found({ q: wardName })).toEqual([second, first]);
	expect(await found({ q: 'xoài chôm' })).toEqual([]);
	expect(await found({ categoryId, wardCode })).toEqual([second, first]);
	expect(await found({ categoryId: 'mat-ong' })).toEqual([]);
	expect(await found({ wardCode: '00000' })).toEqual([]);
	expect(await found({ q: '%', categoryId: "'" })).toEqual([]);
	expect((await listBoard(exchange.db, { now, q: 'xoài', perPage: 1 })).total).toBe(1);

	// The first moment of the day after the last one, before anybody has ended it.
	const tomorrow = await listBoard(exchange.db, { now: startOfDay(addDays(today, 1)), perPage: 5 });
	expect(tomorrow.items.map(({ id }) => id)).toEqual([second]);
});

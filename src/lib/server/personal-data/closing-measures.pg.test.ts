import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { holding, somebodyWaits } from '../../../../tests/world/waiting.ts';
import { dispatch } from '$lib/server/commands.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { carryOutDue } from '$lib/server/enforcement/jobs.ts';
import { enforcing, ofBusiness, ofGoods } from '$lib/server/enforcement/test-world.ts';
import { accountStateForShare } from '$lib/server/sync/queries.ts';
import { closeAccount, closingTies, eraseClosed } from './closing.ts';

const { batu, chuba, chilan, anhminh, bacsau } = people;
let exchange: Exchange;
let world: ReturnType<typeof enforcing>;
beforeAll(async () => {
	exchange = await openExchange();
	world = enforcing(exchange);
});
afterAll(() => exchange.close());

const files = { delete: async () => undefined };
const now = () => new Date().toISOString();
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

test('TG-16.5 an order that closing waits for is seen by it', async () => {
	const goods = await exchange.sells(batu);
	const at = now();
	const actor = await exchange.actorNow(chilan, at);
	const ordering = holding(exchange, chilan.id, async (ctx) => {
		await accountStateForShare(ctx.tx, chilan.id);
		return dispatch({ ...ctx, actor }, { name: 'order.place', input: exchange.order(goods, 1) });
	});
	await ordering.hasWorked;
	const closing = closeAccount(exchange.db, chilan.id, at);
	await somebodyWaits(exchange);
	ordering.release();
	expect(await ordering.done).toEqual({ ok: true, value: undefined });
	expect(await closing).toMatchObject({ refusal: { fields: { orders: 'still_needed' } } });
});

test('TG-16.5 TG-9.3a a measure that still runs keeps the account; when it is over, it closes', async () => {
	const goods = await exchange.sells(chuba);
	const hidden = await world.locks(anhminh, ofGoods(goods));
	expect(await closingTies(exchange.db, chuba.id)).toEqual(['measures']);
	expect(await closeAccount(exchange.db, chuba.id, now())).toMatchObject({
		refusal: { code: 'still_needed', fields: { measures: 'still_needed' } }
	});
	expect((await world.lifts(bacsau, hidden)).ok).toBe(true);
	expect(await closingTies(exchange.db, chuba.id)).toEqual(['onSale']);
});

test('TG-16.3 TG-9.3a a measure about somebody whose key is destroyed ends without a letter, and brings nothing back', async () => {
	const goods = await exchange.sells(chuba);
	const announced = await world.locks(anhminh, ofBusiness(chuba), { groundId: 'thong-tin-sai' });
	const hides = await world.locks(anhminh, ofGoods(goods));
	// Closed by the program as it was, which saw no tie in a measure.
	await transaction(
		exchange.db,
		'system:test',
		(tx) => tx`update accounts set state = 'closed' where id = ${chuba.id}`
	);
	expect(await eraseClosed(exchange.db, files, now())).toBe(1);
	expect((await world.lifts(bacsau, hides)).ok).toBe(true);
	expect(await carryOutDue(exchange.db, inDays(60))).toBe(1);
	expect(await world.stateOf(announced)).toBe('in_force');
	expect((await world.lifts(bacsau, announced)).ok).toBe(true);
	await world.expectPublic(goods, false);
});

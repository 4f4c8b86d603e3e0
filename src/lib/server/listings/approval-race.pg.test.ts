import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { businessOf, openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { holding, somebodyWaits } from '../../../../tests/world/waiting.ts';
import { lockBusiness } from '$lib/server/accounts/service.ts';
import { dispatch } from '$lib/server/commands.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import { findPublicListing } from './service.ts';

const { batu, chilan, anhminh } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const lock = (ctx: WriteContext) =>
	lockBusiness(ctx, { businessId: businessOf(batu), by: { id: people.quantri.id, name: 'Ban quản lý sàn' } });

async function approval(listingId: string) {
	const open = await exchange.caseOf(listingId);
	const actor = await exchange.actorNow(anhminh, new Date().toISOString());
	return (ctx: WriteContext) =>
		dispatch(
			{ ...ctx, actor },
			{
				name: 'case.decide',
				input: { caseId: open.id, listingRev: open.rev, decision: 'approve', note: '' }
			}
		);
}

async function expectNothingPublic(listingId: string) {
	expect(await exchange.feed('public', 'listings', listingId)).not.toMatchObject({ id: listingId });
	expect(await findPublicListing(exchange.db, listingId)).toBeNull();
	expect(
		await exchange.db`select id from public_files where listing_id = ${listingId} and live`
	).toHaveLength(0);
}

describe('TG-15.1 approving a listing beside a lock of its seller', () => {
	test('TG-15.1 the approval first: the lock waits for it and takes the listing down', async () => {
		const sent = await exchange.submits(batu);
		const approving = holding(exchange, anhminh.id, await approval(sent.id));
		await approving.hasWorked;
		const locking = write(exchange.db, { actorId: 'system:test', now: new Date().toISOString() }, lock);
		await somebodyWaits(exchange);
		approving.release();
		expect(await approving.done).toEqual({ ok: true, value: undefined });
		expect((await locking).ok).toBe(true);
		await expectNothingPublic(sent.id);
		expect(await exchange.feed(`user:${batu.id}`, 'mine', sent.id)).toMatchObject({ state: 'locked' });
		await exchange.db`update businesses set state = 'confirmed' where id = ${businessOf(batu)}`;
	});

	test('TG-15.1 the lock first: the approval waits for it and is refused', async () => {
		const sent = await exchange.submits(batu);
		const approve = await approval(sent.id);
		const locking = holding(exchange, 'system:test', lock);
		await locking.hasWorked;
		const approving = write(exchange.db, { actorId: anhminh.id, now: new Date().toISOString() }, approve);
		await somebodyWaits(exchange);
		locking.release();
		await locking.done;
		expect((await approving).ok).toBe(false);
		await expectNothingPublic(sent.id);
		expect(await exchange.caseOf(sent.id)).toMatchObject({ state: 'cancelled' });
		await exchange.db`update businesses set state = 'confirmed' where id = ${businessOf(batu)}`;
	});

	test.each([
		['the business', `update businesses set state = 'locked' where id = '${businessOf(batu)}'`],
		['the account', `update accounts set state = 'locked' where id = '${batu.id}'`],
		['the sector', `update sectors set effective_to = '2020-01-01' where id = 'nong-san'`]
	])('TG-15.1 until an approval is done, nobody changes %s it was judged by', async (_what, change) => {
		const sent = await exchange.submits(batu);
		const approving = holding(exchange, anhminh.id, await approval(sent.id));
		await approving.hasWorked;
		const changing = transaction(exchange.owner, 'system:test', async (tx) => {
			await tx`set local lock_timeout = '200ms'`;
			await tx.unsafe(change);
		});
		await expect(changing).rejects.toMatchObject({ code: '55P03' });
		approving.release();
		expect(await approving.done).toMatchObject({ ok: true });
		expect(await findPublicListing(exchange.db, sent.id)).toMatchObject({ id: sent.id });
	});

	test('TG-15.1 a lock takes every listing of the business down; orders and new submissions are refused', async () => {
		const sold = await exchange.sells(batu);
		const open = await exchange.submits(batu);
		await write(exchange.db, { actorId: 'system:test', now: new Date().toISOString() }, lock);
		await expectNothingPublic(sold.id);
		expect(await exchange.caseOf(open.id)).toMatchObject({ state: 'cancelled' });
		expect(
			await exchange.does(chilan, { name: 'order.place', input: exchange.order(sold, 1) })
		).toMatchObject({ refusal: { code: 'not_for_sale' } });
		await expect(exchange.submits(batu)).rejects.toThrow(/seller_locked/);
	});
});

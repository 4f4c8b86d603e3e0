import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockBusiness } from '$lib/server/accounts/service.ts';
import { mostOffers } from '$lib/domain/needs/rules.ts';
import type { OfferSend } from '$lib/domain/needs/schema.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { settleShelves } from '$lib/server/listings/shelves.ts';
import { write } from '$lib/server/sync/write.ts';
import {
	businessOf,
	openExchange,
	people,
	type Exchange,
	type Goods,
	type Person
} from '../../../../tests/world/exchange.ts';

const { batu, chuba, chilan, anhminh } = people;
let exchange: Exchange;
let goods: Goods;
let otherGoods: Goods;
beforeAll(async () => {
	exchange = await openExchange();
	goods = await exchange.sells(batu);
	otherGoods = await exchange.sells(chuba);
});
afterAll(() => exchange.close());

const send = (person: Person, input: OfferSend) => exchange.does(person, { name: 'offer.send', input });
const withdraw = (person: Person, offerId: string) =>
	exchange.does(person, { name: 'offer.withdraw', input: { offerId } });
const own = (id: string) => exchange.feed(`user:${chilan.id}`, 'needs', `own:${id}`);
const sent = (id: string, person: Person = batu) =>
	exchange.feed(`user:${person.id}`, 'needs', `offer:${id}`);

/** An approved need with an offer of bà Tư's. */
async function offered(listing: Goods = goods) {
	const needId = await exchange.looksFor(chilan);
	const offer = exchange.offer(needId, listing);
	await exchange.must(batu, { name: 'offer.send', input: offer });
	return { needId, offer };
}

/** A kind of goods the other department answers for. */
function otherSector(): string {
	const sectors = exchange.pack.sectors
		.filter(({ agencyId }) => agencyId === people.coyen.post?.agencyId)
		.map(({ id }) => id);
	const category = exchange.pack.categories.find(({ sectorId }) => sectors.includes(sectorId));
	if (!category) throw new Error('cô Yến answers for nothing');
	return category.id;
}

describe('TG-6.6 sending an offer', () => {
	test('TG-6.6: the buyer reads in the own need what is offered by whom, and is told', async () => {
		const { needId, offer } = await offered();
		expect(await own(needId)).toMatchObject({
			offers: [
				{
					id: offer.offerId,
					listing: { id: goods.id, title: goods.content.title, unit: 'kg' },
					seller: { id: businessOf(batu), name: `Vườn của ${batu.name}` },
					quantity: 50
				}
			]
		});
		expect((await exchange.told(chilan)).at(-1)).toEqual({
			kind: 'need_offered',
			facts: { title: 'Cần mua sầu riêng Ri6 loại 1', seller: `Vườn của ${batu.name}` }
		});
	});

	test('TG-6.6: the seller has it among the own offers, and reads nothing of the buyer in it', async () => {
		const { needId, offer } = await offered();
		expect(await sent(offer.offerId)).toMatchObject({
			kind: 'offer',
			state: 'sent',
			need: { id: needId, title: 'Cần mua sầu riêng Ri6 loại 1' },
			quantity: 50
		});
		const text = JSON.stringify(await sent(offer.offerId));
		for (const word of [chilan.id, chilan.name, chilan.phone]) expect(text).not.toContain(word);
		// Nobody else is told what is offered: the board stays as it was.
		expect(await exchange.feed('public', 'needs', `need:${needId}`)).not.toHaveProperty('offers');
	});

	test('TG-3.4b: only sellers offer', async () => {
		const needId = await exchange.looksFor(batu);
		for (const person of [chilan, anhminh])
			expect(await send(person, exchange.offer(needId, goods))).toMatchObject({
				refusal: { code: 'not_allowed' }
			});
	});

	test('TG-6.6: nobody offers to oneself, nor what is somebody else’s', async () => {
		const needId = await exchange.looksFor(batu);
		expect(await send(batu, exchange.offer(needId, goods))).toMatchObject({ refusal: { code: 'own_need' } });
		expect(await send(chuba, exchange.offer(needId, goods))).toMatchObject({
			refusal: { code: 'not_allowed' }
		});
		expect(await send(chuba, exchange.offer(needId, otherGoods))).toMatchObject({ ok: true });
	});

	test('TG-15.1: what is not public is not offered', async () => {
		const needId = await exchange.looksFor(chilan);
		const waiting = await exchange.submits(batu);
		for (const listing of [waiting, { ...waiting, id: randomUUID() }])
			expect(await send(batu, exchange.offer(needId, listing))).toMatchObject({
				refusal: { code: 'not_for_sale' }
			});
	});

	test('TG-15.1: a need nobody has approved is answered as if it were not there', async () => {
		const waiting = await exchange.posts(chilan);
		const closed = await exchange.posts(chilan);
		await exchange.must(chilan, { name: 'need.close', input: { needId: closed, base: 1 } });
		for (const needId of [waiting, closed, randomUUID()])
			expect(await send(batu, exchange.offer(needId, goods))).toEqual({
				ok: false,
				refusal: { code: 'not_found' }
			});
	});

	test('TG-6.6: an older text and a closed need are refused', async () => {
		const needId = await exchange.looksFor(chilan);
		expect(await send(batu, exchange.offer(needId, goods, { needRev: 2 }))).toMatchObject({
			refusal: { code: 'stale_version' }
		});
		await exchange.must(chilan, { name: 'need.close', input: { needId, base: 1 } });
		expect(await send(batu, exchange.offer(needId, goods))).toMatchObject({ refusal: { code: 'need_over' } });
	});

	test('TG-6.6: goods of another sector do not answer it', async () => {
		const needId = await exchange.looksFor(chilan, { categoryId: otherSector() }, people.coyen);
		expect(await send(batu, exchange.offer(needId, goods))).toMatchObject({
			refusal: { code: 'other_sector' }
		});
	});

	test('TG-6.6: the same goods are offered once, and again when the offer was taken back', async () => {
		const { needId, offer } = await offered();
		expect(await send(batu, exchange.offer(needId, goods))).toMatchObject({
			refusal: { code: 'already_offered' }
		});
		expect(await withdraw(batu, offer.offerId)).toMatchObject({ ok: true });
		expect(await send(batu, exchange.offer(needId, goods, { quantity: 80 }))).toMatchObject({ ok: true });
		expect(await own(needId)).toMatchObject({ offers: [{ quantity: 80 }] });
	});

	test('TG-6.6: two offers of the same goods at once are one', async () => {
		const needId = await exchange.looksFor(chilan);
		const done = await Promise.all([1, 2, 3].map(() => send(batu, exchange.offer(needId, goods))));
		expect(done.filter(({ ok }) => ok)).toHaveLength(1);
		for (const one of done.filter(({ ok }) => !ok))
			expect(one).toMatchObject({ refusal: { code: 'already_offered' } });
	});

	test('TG-6.6: two sellers at once both reach the buyer', async () => {
		const needId = await exchange.looksFor(chilan);
		const done = await Promise.all([
			send(batu, exchange.offer(needId, goods)),
			send(chuba, exchange.offer(needId, otherGoods))
		]);
		expect(done.map(({ ok }) => ok)).toEqual([true, true]);
		expect(await own(needId)).toMatchObject({ offers: [{ quantity: 50 }, { quantity: 50 }] });
	});

	test('sync 1: the same offer twice is one; its id with other words, or taken by another, reveals nothing', async () => {
		const { needId, offer } = await offered();
		expect(await send(batu, offer)).toMatchObject({ ok: true });
		const reused = { ok: false, refusal: { code: 'id_reused' } };
		expect(await send(batu, { ...offer, quantity: 1 })).toEqual(reused);
		expect(await send(chuba, { ...offer, listingId: otherGoods.id })).toEqual(reused);
		expect(await own(needId)).toMatchObject({ offers: [{ id: offer.offerId, quantity: 50 }] });
	});

	test('TG-6.6: a need takes so many offers and no more', async () => {
		const needId = await exchange.looksFor(chilan);
		await transaction(
			exchange.owner,
			'system:test',
			(tx) => tx`
				insert into listings (id, business_id, account_id, state, rev, content, created_at, updated_at)
				select gen_random_uuid(), ${businessOf(chuba)}, ${chuba.id}, 'draft', 1,
					${JSON.stringify(goods.content)}::text::jsonb, now(), now()
				from generate_series(1, ${mostOffers})`
		);
		await transaction(
			exchange.owner,
			chuba.id,
			(tx) => tx`
				insert into need_offers (id, need_id, buyer_id, listing_id, business_id, seller_account_id, seller_name,
					title, unit, quantity, device_time, sent_at, updated_at)
				select gen_random_uuid(), ${needId}, ${chilan.id}, id, business_id, account_id, 'Chú Ba', 'Sầu riêng', 'kg',
					1, now(), now(), now()
				from listings where account_id = ${chuba.id} and state = 'draft'`
		);
		expect(await send(batu, exchange.offer(needId, goods))).toMatchObject({
			refusal: { code: 'offers_full', facts: { most: mostOffers } }
		});
	});
});

describe('TG-6.6 an offer that stands no more', () => {
	test('TG-6.6: taken back it leaves the need; nobody takes back somebody else’s', async () => {
		const { needId, offer } = await offered();
		for (const person of [chilan, chuba, anhminh])
			expect(await withdraw(person, offer.offerId)).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await withdraw(batu, offer.offerId)).toMatchObject({ ok: true });
		expect(await own(needId)).toMatchObject({ offers: [] });
		expect(await sent(offer.offerId)).toMatchObject({ state: 'withdrawn' });
		expect(await withdraw(batu, offer.offerId)).toMatchObject({ refusal: { code: 'illegal_transition' } });
	});

	test('TG-10.3a: when the buyer closes the need, the seller reads that it is over', async () => {
		const { needId, offer } = await offered();
		await exchange.must(chilan, { name: 'need.close', input: { needId, base: 1 } });
		expect(await sent(offer.offerId)).toMatchObject({ state: 'over' });
		expect(await own(needId)).toMatchObject({ state: 'closed', offers: [] });
		expect(await withdraw(batu, offer.offerId)).toMatchObject({ refusal: { code: 'illegal_transition' } });
	});

	test('TG-15.1: goods their seller withdraws are offered no more, and both sides read why until they are offered again', async () => {
		const listing = await exchange.sells(batu);
		const { needId, offer } = await offered(listing);
		await exchange.must(batu, { name: 'offer.send', input: exchange.offer(needId, goods) });
		await exchange.must(batu, { name: 'listing.withdraw', input: { listingId: listing.id, base: 2 } });
		const why = { droppedFor: 'off_sale' };
		expect(await own(needId)).toMatchObject({
			offers: [
				{ listing: { id: goods.id }, droppedFor: null },
				{ listing: { id: listing.id }, ...why }
			]
		});
		expect(await sent(offer.offerId)).toMatchObject({ state: 'withdrawn', ...why });
		await exchange.submits(batu, {}, { id: listing.id, base: 3 });
		await exchange.decides(anhminh, listing.id, 'approve');
		await exchange.must(batu, { name: 'offer.send', input: exchange.offer(needId, listing) });
		expect(await own(needId)).toMatchObject({
			offers: [{ droppedFor: null }, { listing: { id: listing.id }, droppedFor: null }]
		});
		// What its seller takes back is gone without a word, whatever was before.
		const again = await exchange.feed(`user:${chilan.id}`, 'needs', `own:${needId}`);
		const second = (again as { offers: { id: string }[] }).offers[1]?.id ?? '';
		expect(await withdraw(batu, second)).toMatchObject({ ok: true });
		expect(await own(needId)).toMatchObject({ offers: [{ listing: { id: goods.id } }] });
		expect(await own(needId)).not.toMatchObject({ offers: [{}, {}] });
	});

	test('TG-6.6: goods approved as a kind of another sector answer the need no more; another kind of its sector does', async () => {
		const listing = await exchange.sells(batu);
		const { needId, offer } = await offered(listing);
		const same = exchange.pack.categories.filter(({ sectorId }) => sectorId === 'nong-san')[1];
		await exchange.submits(batu, { categoryId: same?.id ?? '' }, { id: listing.id, base: 2 });
		await exchange.decides(anhminh, listing.id, 'approve');
		expect(await sent(offer.offerId)).toMatchObject({ state: 'sent', droppedFor: null });

		await exchange.submits(batu, { categoryId: otherSector() }, { id: listing.id, base: 3 });
		expect(await sent(offer.offerId)).toMatchObject({ state: 'sent' });
		expect(await exchange.decides(people.coyen, listing.id, 'approve')).toMatchObject({ ok: true });
		const why = { droppedFor: 'other_sector' };
		expect(await sent(offer.offerId)).toMatchObject({ state: 'withdrawn', ...why });
		expect(await own(needId)).toMatchObject({ offers: [why] });
		expect(await send(batu, exchange.offer(needId, listing))).toMatchObject({
			refusal: { code: 'other_sector' }
		});
	});

	test('TG-9.2: with a business that is locked all its offers are gone, and it makes no new one', async () => {
		const now = new Date().toISOString();
		const first = await exchange.looksFor(chilan);
		const second = await exchange.looksFor(chilan);
		const offers = [exchange.offer(first, otherGoods), exchange.offer(second, otherGoods)];
		for (const input of offers) await exchange.must(chuba, { name: 'offer.send', input });
		await write(exchange.db, { actorId: 'system:test', now }, (ctx) =>
			lockBusiness(ctx, { businessId: businessOf(chuba), by: { id: null, name: '' } })
		);
		for (const { offerId } of offers)
			expect(await sent(offerId, chuba)).toMatchObject({ state: 'withdrawn', droppedFor: 'off_sale' });
		for (const id of [first, second]) expect(await own(id)).toMatchObject({ state: 'approved', offers: [] });
		expect(await send(chuba, exchange.offer(first, otherGoods))).toMatchObject({
			refusal: { code: 'seller_locked' }
		});
		await exchange.owner`update businesses set state = 'confirmed' where id = ${businessOf(chuba)}`;
	});

	test('TG-12: goods hidden for a paper of their sector are offered no more', async () => {
		const { needId, offer } = await offered();
		const suspend = (paper: string | null) =>
			write(exchange.db, { actorId: 'system:test', now: new Date().toISOString() }, async (ctx) => {
				await ctx.tx`
					update business_sectors set suspended_for = ${paper}, suspended_at = ${paper && ctx.now}
					where business_id = ${businessOf(batu)} and sector_id = 'nong-san'`;
				await settleShelves(ctx, businessOf(batu), ['nong-san']);
			});
		await suspend('attp');
		expect(await own(needId)).toMatchObject({ offers: [{ droppedFor: 'off_sale' }] });
		expect(await sent(offer.offerId)).toMatchObject({ state: 'withdrawn' });
		expect(await send(batu, exchange.offer(needId, goods))).toMatchObject({
			refusal: { code: 'not_for_sale' }
		});
		await suspend(null);
		expect(await send(batu, exchange.offer(needId, goods))).toMatchObject({ ok: true });
	});
});

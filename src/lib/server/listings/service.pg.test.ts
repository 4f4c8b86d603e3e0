import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { businessOf, openExchange, people, photo, type Exchange } from '../../../../tests/world/exchange.ts';
import { emptyListing } from '$lib/domain/listings/schema.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { projectMyListing } from './projections.ts';

const { batu, chuba, chilan, anhminh, chihanh } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const mine = (person: { id: string }, id: string) => exchange.feed(`user:${person.id}`, 'mine', id);

describe('drafts', () => {
	test('sync 4: a draft is made with base 0 and saved field by field, each save raising its version', async () => {
		const listingId = randomUUID();
		await exchange.must(batu, {
			name: 'draft.save',
			input: { listingId, base: 0, fields: { title: 'Sầu riêng' } }
		});
		await exchange.must(batu, {
			name: 'draft.save',
			input: { listingId, base: 1, fields: { price: 80_000 } }
		});
		expect(await mine(batu, listingId)).toMatchObject({
			state: 'draft',
			rev: 2,
			content: { ...emptyListing, title: 'Sầu riêng', price: 80_000 },
			review: null,
			publishedRev: null
		});
	});

	test('sync 7: a new draft is shown as its tables say, with files and without', async () => {
		const hash = photo('mít');
		await exchange.stores(batu, hash);
		const texts = { title: '  Mít Thái  ', price: 25_000, bulk: { from: 10.5, price: 22_000 } };
		for (const fields of [{}, texts, { ...texts, photos: [hash] }, { photos: [photo('chưa gửi')] }]) {
			const listingId = randomUUID();
			await exchange.must(batu, { name: 'draft.save', input: { listingId, base: 0, fields } });
			const [read] = await transaction(exchange.db, 'system:test', (tx) => projectMyListing(tx, listingId));
			expect(await mine(batu, listingId)).toEqual(read?.doc);
		}
	});

	test('goods can never lie with a business and with somebody else’s account', async () => {
		const insert = (accountId: string) =>
			exchange.owner`
				insert into listings (id, business_id, account_id, state, rev, content, created_at, updated_at)
				values (${randomUUID()}, ${businessOf(batu)}, ${accountId}, 'draft', 1, '{}', now(), now())`;
		await expect(insert(chuba.id)).rejects.toThrow('listings_of_business');
		await expect(insert(batu.id)).resolves.toBeDefined();
	});

	test('sync 4: a save on an older version is refused with the version there is, and changes nothing', async () => {
		const listingId = randomUUID();
		const save = (base: number, title: string) =>
			exchange.does(batu, { name: 'draft.save', input: { listingId, base, fields: { title } } });
		await save(0, 'Một');
		await save(1, 'Hai');
		expect(await save(1, 'Ba')).toEqual({
			ok: false,
			refusal: { code: 'stale_version', facts: { rev: 2 } }
		});
		expect(await save(0, 'Bốn')).toMatchObject({ refusal: { code: 'stale_version' } });
		expect(await mine(batu, listingId)).toMatchObject({ rev: 2, content: { title: 'Hai' } });
	});

	test('sync 4: of two devices that save on one version at the same moment one is told to look again', async () => {
		const listingId = randomUUID();
		await exchange.must(batu, { name: 'draft.save', input: { listingId, base: 0, fields: {} } });
		const both = await Promise.all(
			['Ri6', 'Dona'].map((title) =>
				exchange.does(batu, { name: 'draft.save', input: { listingId, base: 1, fields: { title } } })
			)
		);
		expect(both.map((done) => done.ok).sort()).toEqual([false, true]);
	});

	test('TG-3.4b another seller’s id is answered as if it did not exist, a buyer sells nothing', async () => {
		const listingId = randomUUID();
		await exchange.must(batu, { name: 'draft.save', input: { listingId, base: 0, fields: {} } });
		for (const base of [0, 1])
			expect(
				await exchange.does(chuba, {
					name: 'draft.save',
					input: { listingId, base, fields: { title: 'của tôi' } }
				})
			).toEqual({ ok: false, refusal: { code: 'not_found' } });
		expect(
			await exchange.does(chilan, {
				name: 'draft.save',
				input: { listingId: randomUUID(), base: 0, fields: {} }
			})
		).toMatchObject({ refusal: { code: 'not_allowed', clause: 'TG-3.4b' } });
	});

	test('a discarded draft leaves the devices and is not found any more', async () => {
		const listingId = randomUUID();
		await exchange.must(batu, { name: 'draft.save', input: { listingId, base: 0, fields: {} } });
		await exchange.must(batu, { name: 'draft.discard', input: { listingId, base: 1 } });
		expect(await mine(batu, listingId)).toBeNull();
		expect(
			await exchange.does(batu, { name: 'draft.save', input: { listingId, base: 2, fields: {} } })
		).toMatchObject({ refusal: { code: 'not_found' } });
	});

	test('what is public or under review cannot be thrown away', async () => {
		const sent = await exchange.submits(batu);
		expect(
			await exchange.does(batu, { name: 'draft.discard', input: { listingId: sent.id, base: 2 } })
		).toMatchObject({ refusal: { code: 'illegal_transition' } });
	});
});

describe('sending for approval', () => {
	const submit = (changes: Parameters<Exchange['goods']>[0], person = batu) => {
		const content = exchange.goods(changes);
		return exchange.does(person, {
			name: 'listing.submit',
			input: { listingId: randomUUID(), base: 0, content: { ...content, price: content.price ?? 0 } }
		});
	};

	test('TG-10.2a a listing is frozen, a case opened, seller and officer told', async () => {
		const sent = await exchange.submits(batu, { title: 'Sầu riêng Ri6 loại 1' });
		const opened = await exchange.caseOf(sent.id);
		expect(opened).toMatchObject({ state: 'open', round: 1, rev: 2, agencyId: 'so-nnmt' });
		expect(opened.code).toMatch(/^TG-\d+-\d\d$/);
		expect(await mine(batu, sent.id)).toMatchObject({
			state: 'submitted',
			rev: 2,
			storedPhotos: sent.content.photos,
			review: { code: opened.code, agencyName: 'Sở Nông nghiệp và Môi trường', decision: null }
		});
		expect(await exchange.feed('agency:so-nnmt', 'cases', opened.id)).toMatchObject({
			state: 'open',
			listingRev: 2,
			previous: null,
			photos: [{ hash: sent.content.photos[0] }],
			seller: { accountId: batu.id }
		});
		expect(await exchange.feed('public', 'listings', sent.id)).toBeUndefined();
		expect((await exchange.told(batu)).at(-1)).toMatchObject({
			kind: 'listing_received',
			facts: { code: opened.code }
		});
	});

	test('sync 5: another member’s copy of the same photo does not count', async () => {
		const secret = photo('ảnh của chú Ba');
		await exchange.stores(chuba, secret);
		expect(await submit({ photos: [secret] })).toEqual({
			ok: false,
			refusal: { code: 'photo_missing', fields: { [secret]: 'photo_missing' } }
		});
		await exchange.stores(batu, secret);
		expect((await submit({ photos: [secret] })).ok).toBe(true);
	});

	test('TG-3.2 a kind of goods nobody answers for, an unknown ward, an unknown unit', async () => {
		await exchange.stores(batu, photo('sầu riêng'));
		expect(await submit({ categoryId: 'kim-cuong' })).toMatchObject({ refusal: { code: 'unknown_sector' } });
		expect(await submit({ wardCode: '00001' })).toMatchObject({ refusal: { code: 'unknown_ward' } });
		expect(await submit({ unit: 'thúng' })).toMatchObject({ refusal: { code: 'unknown_unit' } });
	});

	test('TG-3.2 each kind of goods reaches the department of its sector', async () => {
		const craft = exchange.pack.categories.find((c) => c.sectorId === 'thu-cong');
		const sent = await exchange.submits(batu, { categoryId: craft?.id, title: 'Chiếu Long Định' });
		expect(await exchange.caseOf(sent.id)).toMatchObject({
			agencyId: 'so-cong-thuong',
			assigneeId: people.coyen.id
		});
	});

	test('TG-3.4b a seller whose papers were not checked yet sends nothing', async () => {
		await exchange.stores(chuba, photo('sầu riêng'));
		await exchange.db`update businesses set state = 'pending' where account_id = ${chuba.id}`;
		expect(await submit({}, chuba)).toMatchObject({ refusal: { code: 'seller_not_confirmed' } });
		await exchange.db`update businesses set state = 'confirmed' where account_id = ${chuba.id}`;
		expect((await submit({}, chuba)).ok).toBe(true);
	});

	test('a listing that was sent cannot be sent again or edited while an officer looks at it', async () => {
		const sent = await exchange.submits(batu);
		const content = { ...sent.content, price: 1 };
		expect(
			await exchange.does(batu, { name: 'listing.submit', input: { listingId: sent.id, base: 2, content } })
		).toMatchObject({ refusal: { code: 'illegal_transition' } });
		expect(
			await exchange.does(batu, {
				name: 'draft.save',
				input: { listingId: sent.id, base: 2, fields: { title: 'Khác' } }
			})
		).toMatchObject({ refusal: { code: 'illegal_transition' } });
	});

	test('least open: two officers share what comes in', async () => {
		const holders = [];
		for (let i = 0; i < 4; i++) {
			const sent = await exchange.submits(batu, { title: `Xoài số ${i}` });
			holders.push((await exchange.caseOf(sent.id)).assigneeId);
		}
		expect(holders.filter((id) => id === anhminh.id)).toHaveLength(2);
		expect(holders.filter((id) => id === chihanh.id)).toHaveLength(2);
	});
});

describe('TG-17.1 a new version of public goods', () => {
	test('TG-17.1 the approved version stays while the next one is written, judged and returned', async () => {
		const sold = await exchange.sells(batu, { title: 'Bưởi da xanh', price: 60_000 });
		const shown = await exchange.feed('public', 'listings', sold.id);
		expect(shown).toMatchObject({ title: 'Bưởi da xanh', price: 60_000, rev: 2 });

		await exchange.must(batu, {
			name: 'draft.save',
			input: { listingId: sold.id, base: 2, fields: { price: 90_000 } }
		});
		await exchange.submits(batu, { title: 'Bưởi da xanh', price: 95_000 }, { id: sold.id, base: 3 });
		expect(await exchange.feed('public', 'listings', sold.id)).toEqual(shown);
		const again = await exchange.caseOf(sold.id);
		expect(again).toMatchObject({ round: 2, state: 'open' });
		expect(await exchange.feed('agency:so-nnmt', 'cases', again.id)).toMatchObject({
			previous: { price: 60_000 },
			content: { price: 95_000 }
		});

		expect((await exchange.decides(anhminh, sold.id, 'return')).ok).toBe(true);
		expect(await exchange.feed('public', 'listings', sold.id)).toEqual(shown);
		expect(await mine(batu, sold.id)).toMatchObject({ state: 'revision_returned', publishedRev: 2 });

		await exchange.submits(batu, { title: 'Bưởi da xanh', price: 70_000 }, { id: sold.id, base: 4 });
		expect((await exchange.decides(chihanh, sold.id, 'approve')).ok).toBe(true);
		expect(await exchange.feed('public', 'listings', sold.id)).toMatchObject({ price: 70_000, rev: 5 });
	});

	test('sync 5: a photo kept by the next version keeps its address, one taken out stops answering', async () => {
		const sold = await exchange.sells(batu, { photos: [photo('trước'), photo('sau')] });
		const files = () =>
			exchange.db<{ id: string; live: boolean }[]>`
				select id, live from public_files where listing_id = ${sold.id} order by created_at, id`;
		const first = await files();
		expect(first).toHaveLength(2);
		for (const { id } of first) expect(id).toMatch(/^[\w-]{22}$/);

		await exchange.submits(batu, { photos: [photo('trước'), photo('mới')] }, { id: sold.id, base: 2 });
		await exchange.decides(anhminh, sold.id, 'approve');
		const now = await files();
		expect(now).toHaveLength(3);
		expect(now.filter((file) => first.some((f) => f.id === file.id) && file.live)).toHaveLength(1);
		expect(now.filter((file) => !file.live)).toHaveLength(1);
	});
});

describe('TG-17.1 stock of goods on sale', () => {
	const restock = (listingId: string, base: number, stock: number | null, person = batu) =>
		exchange.does(person, { name: 'listing.restock', input: { listingId, base, stock } });
	const shown = (id: string) => exchange.feed('public', 'listings', id);

	test('TG-17.1 the seller states it anew without a review, and orders count down from there', async () => {
		const sold = await exchange.sells(batu, { stock: 12 });
		const before = await shown(sold.id);
		const { code } = await exchange.caseOf(sold.id);

		expect(await restock(sold.id, 2, 80)).toEqual({ ok: true, value: undefined });
		expect(await shown(sold.id)).toEqual({ ...Object(before), stock: 80 });
		expect(await mine(batu, sold.id)).toMatchObject({
			state: 'approved',
			rev: 3,
			publishedRev: 2,
			content: { ...sold.content, stock: 80 }
		});
		expect((await exchange.caseOf(sold.id)).code).toBe(code);
		const [line] = await exchange.db`
			select clause, data from audit_log
			where subject = ${`listing:${sold.id}`} and action = 'listing.restocked'`;
		expect(line).toEqual({ clause: 'TG-17.1', data: { from: 12, to: 80 } });

		await exchange.must(chilan, { name: 'order.place', input: exchange.order(sold, 30) });
		expect(await shown(sold.id)).toMatchObject({ stock: 50 });
		expect((await restock(sold.id, 3, null)).ok).toBe(true);
		expect(await shown(sold.id)).toMatchObject({ stock: null });
	});

	test('TG-17.1 stated during a review it holds at once and after the approval, which stays possible', async () => {
		const sold = await exchange.sells(batu, { stock: 50, price: 60_000 });
		await exchange.submits(batu, { stock: 50, price: 70_000 }, { id: sold.id, base: 2 });
		expect((await restock(sold.id, 3, 80)).ok).toBe(true);
		expect(await shown(sold.id)).toMatchObject({ stock: 80, price: 60_000 });
		await exchange.must(chilan, { name: 'order.place', input: exchange.order(sold, 5) });

		expect((await exchange.decides(anhminh, sold.id, 'approve')).ok).toBe(true);
		expect(await shown(sold.id)).toMatchObject({ stock: 75, price: 70_000, rev: 3 });
		expect((await restock(sold.id, 4, 20)).ok).toBe(true);
		expect(await shown(sold.id)).toMatchObject({ stock: 20, rev: 3 });
	});

	test('TG-15.1 only of the seller’s own goods on sale, and on the version the device saw', async () => {
		const sold = await exchange.sells(batu, { stock: 12 });
		const before = await shown(sold.id);
		expect(await restock(sold.id, 2, 80, chuba)).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await restock(sold.id, 0, 80)).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await restock(sold.id, 1, 80)).toMatchObject({
			refusal: { code: 'stale_version', facts: { rev: 2 } }
		});
		expect(await shown(sold.id)).toEqual(before);

		await exchange.must(batu, { name: 'listing.withdraw', input: { listingId: sold.id, base: 2 } });
		const sent = await exchange.submits(batu);
		for (const [id, base] of [
			[sold.id, 3],
			[sent.id, 2]
		] as const)
			expect(await restock(id, base, 80)).toMatchObject({ refusal: { code: 'illegal_transition' } });
		expect(await shown(sent.id)).toBeUndefined();
	});
});

describe('taking a listing back', () => {
	test('from review: a draft again, its case cancelled', async () => {
		const sent = await exchange.submits(batu);
		const opened = await exchange.caseOf(sent.id);
		await exchange.must(batu, { name: 'listing.withdraw', input: { listingId: sent.id, base: 2 } });
		expect(await mine(batu, sent.id)).toMatchObject({ state: 'draft', review: { decision: 'cancelled' } });
		expect(await exchange.feed('agency:so-nnmt', 'cases', opened.id)).toMatchObject({
			state: 'cancelled',
			decision: { by: { id: batu.id }, outcome: 'cancelled' }
		});
	});

	test('TG-15.1 from the catalogue: gone for everyone, with its pictures', async () => {
		const sold = await exchange.sells(batu);
		await exchange.must(batu, { name: 'listing.withdraw', input: { listingId: sold.id, base: 2 } });
		expect(await exchange.feed('public', 'listings', sold.id)).toBeNull();
		expect(
			await exchange.db`select id from public_files where listing_id = ${sold.id} and live`
		).toHaveLength(0);
	});
});

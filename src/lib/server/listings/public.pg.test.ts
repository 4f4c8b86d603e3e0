import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { businessOf, openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { foldVietnamese } from '$lib/domain/kernel/text.ts';
import { listingStates } from '$lib/domain/listings/schema.ts';
import { isPublic } from '$lib/domain/listings/states.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { projectPublicListing } from './projections.ts';
import {
	findPublicListing,
	findPublicSeller,
	listPublicListings,
	publicPack,
	publicWards
} from './service.ts';

const { batu, chuba } = people;
let exchange: Exchange;
let ids: Record<'sauRieng' | 'xoai' | 'chieu', string>;
beforeAll(async () => {
	exchange = await openExchange();
	const craft = exchange.pack.categories.find((c) => c.sectorId === 'thu-cong')?.id ?? '';
	const other = (await publicWards(exchange.db)).at(-1)?.code ?? '';
	ids = {
		sauRieng: (await exchange.sells(batu, { title: 'Sầu riêng Ri6', place: 'ấp Tân Đông' })).id,
		xoai: (await exchange.sells(chuba, { title: 'Xoài cát Hòa Lộc', wardCode: other })).id,
		chieu: (await exchange.sells(chuba, { title: 'Chiếu lác Long Định', categoryId: craft }, people.coyen)).id
	};
});
afterAll(() => exchange.close());

const found = async (query: Parameters<typeof listPublicListings>[1]) => {
	const { items, total } = await listPublicListings(exchange.db, query);
	return { ids: items.map((item) => item.id), total };
};

describe('TG-11.2 finding goods', () => {
	test('TG-11.2 newest first, in pages, with the number of all', async () => {
		expect(await found({})).toEqual({ ids: [ids.chieu, ids.xoai, ids.sauRieng], total: 3 });
		expect(await found({ perPage: 2, page: 2 })).toEqual({ ids: [ids.sauRieng], total: 3 });
		expect(await found({ page: 99 })).toEqual({ ids: [], total: 3 });
	});

	test('TG-11.2 with and without accents, in any order of words, by place and seller', async () => {
		for (const q of ['sầu riêng', 'sau rieng', 'RIENG sau', 'ri6', 'tan dong', 'nguyen thi tu'])
			expect(await found({ q }), q).toEqual({ ids: [ids.sauRieng], total: 1 });
		expect((await found({ q: 'sầu riêng gò công' })).total).toBe(0);
		expect((await found({ q: '!!!' })).total).toBe(3);
		expect((await found({ q: '%_\\' })).total).toBe(3);
	});

	test('TG-11.2 goods named with the very words looked for come before newer ones that merely contain them', async () => {
		const fish = await exchange.sells(batu, { title: 'Khô cá lóc một nắng' });
		const mango = await exchange.sells(chuba, { title: 'Cơm xoài cát Hòa Lộc' });
		const { ids: order } = await found({ q: 'ca loc' });
		expect(order[0]).toBe(fish.id);
		expect(order).toContain(mango.id);
		for (const { id } of [fish, mango])
			await exchange.db`update listings set state = 'withdrawn' where id = ${id}`;
	});

	test('TG-11.2 by kind, area and seller, alone and together', async () => {
		const craft = exchange.pack.categories.find((c) => c.sectorId === 'thu-cong')?.id;
		expect((await found({ categoryId: craft })).ids).toEqual([ids.chieu]);
		expect((await found({ sellerId: businessOf(batu) })).ids).toEqual([ids.sauRieng]);
		expect((await found({ wardCode: exchange.ward.code, sellerId: businessOf(chuba) })).ids).toEqual([
			ids.chieu
		]);
		expect((await found({ sellerId: "' or 1=1" })).total).toBe(0);
	});

	test('the database folds Vietnamese exactly as the devices do', async () => {
		const words = ['Đồng Tháp', 'sầu riêng', 'Vú sữa Lò Rèn', 'ẮẰẴẲẶ', 'ương Ưng', 'Hạ Long', 'ß Ñ'];
		const rows = await exchange.db<{ folded: string }[]>`
			select fold_vi(w) as folded from unnest(${words}::text[]) with ordinality as t (w, n) order by n`;
		expect(rows.map((row) => row.folded)).toEqual(words.map(foldVietnamese));
	});
});

describe('TG-15.1 nothing unapproved is ever reachable', () => {
	test.each(listingStates)('TG-15.1 a listing that is %s', async (state) => {
		const sold = await exchange.sells(batu, { title: `Thử trạng thái ${state}` });
		await exchange.db`update listings set state = ${state} where id = ${sold.id}`;
		const shown = isPublic(state);
		expect((await findPublicListing(exchange.db, sold.id)) !== null).toBe(shown);
		expect((await found({ q: `thu trang thai ${state.replace('_', ' ')}` })).ids.includes(sold.id)).toBe(
			shown
		);
		const projected = await transaction(exchange.db, 'system:test', (tx) =>
			projectPublicListing(tx, sold.id)
		);
		expect(projected.length > 0).toBe(shown);
		await exchange.db`update listings set state = 'withdrawn' where id = ${sold.id}`;
	});

	test('TG-15.1 a listing nobody approved yet, while it waits and after it came back', async () => {
		const sent = await exchange.submits(batu, { title: 'Chưa ai duyệt' });
		expect(await findPublicListing(exchange.db, sent.id)).toBeNull();
		expect((await found({ q: 'chua ai duyet' })).total).toBe(0);
		await exchange.decides(people.anhminh, sent.id, 'return');
		expect(await findPublicListing(exchange.db, sent.id)).toBeNull();
	});

	test('TG-15.1 the public page shows the approved words, never the ones being written', async () => {
		await exchange.must(batu, {
			name: 'draft.save',
			input: { listingId: ids.sauRieng, base: 2, fields: { title: 'Chữ chưa duyệt', price: 1 } }
		});
		expect(await findPublicListing(exchange.db, ids.sauRieng)).toMatchObject({
			title: 'Sầu riêng Ri6',
			price: 85_000,
			rev: 2
		});
		expect((await found({ q: 'chua duyet' })).ids).not.toContain(ids.sauRieng);
	});

	test('an address somebody made up is no fault', async () => {
		for (const id of ['', 'abc', "1'; drop table listings", '00000000-0000-0000-0000-000000000000']) {
			expect(await findPublicListing(exchange.db, id)).toBeNull();
			expect(await findPublicSeller(exchange.db, id)).toBeNull();
		}
		const nothing = { items: [], total: 0 };
		expect(await listPublicListings(exchange.db, { categoryId: 'trai-cay\u0000' })).toEqual(nothing);
		expect(await listPublicListings(exchange.db, { wardCode: '\u0000' })).toEqual(nothing);
	});
});

test('a seller’s page shows the business, and nothing once it is locked', async () => {
	expect(await findPublicSeller(exchange.db, businessOf(batu))).toMatchObject({
		name: 'Vườn của Nguyễn Thị Tư',
		wardName: exchange.ward.name
	});
	await exchange.db`update businesses set state = 'locked' where id = ${businessOf(chuba)}`;
	expect(await findPublicSeller(exchange.db, businessOf(chuba))).toBeNull();
	expect((await found({ sellerId: businessOf(chuba) })).total).toBe(0);
	await exchange.db`update businesses set state = 'confirmed' where id = ${businessOf(chuba)}`;
	await exchange.db`update accounts set state = 'locked' where id = ${chuba.id}`;
	expect(await findPublicSeller(exchange.db, businessOf(chuba))).toBeNull();
	expect((await found({})).ids).not.toContain(ids.xoai);
});

test('pages read the pack in force, also right after another one was loaded', async () => {
	expect((await publicPack(exchange.db)).id).toBe('tien-giang');
	await exchange.owner`update rule_packs set pack = jsonb_set(pack, '{siteName}', '"Sàn thử"')`;
	expect((await publicPack(exchange.db)).siteName).toBe('Sàn thử');
});

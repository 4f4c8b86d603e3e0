import { counted, goods, shown, useMarket, type PackWire } from '../../../../tests/world/market.ts';
import { describe, expect, test } from 'vitest';
import type { PublicListing } from '$lib/domain/listings/schema.ts';
import { Unreachable } from '../transport/session.ts';
import type { Transport } from '../transport/transport.ts';
import { pullCollection } from './pull.ts';
import { followCatalogue } from './tidy-catalogue.ts';

const { exchange, packs, device, restarted, putAway, publish, withdraw, compact, truth, stocked } =
	useMarket();

describe('sync 9, 13: packs after a long absence and after a restore', () => {
	test('sync 10: a device whose tombstones are gone takes new packs and sweeps the rest', async () => {
		const { fruit } = await stocked();
		const fresh = goods();
		const lan = await device();
		await lan.sync();
		await publish(fresh);
		await lan.sync();
		await withdraw(fruit[0].id);
		await withdraw(fresh.id);
		await compact();
		expect(await exchange().feed('public', 'listings', fresh.id)).toBeUndefined();
		await packs.make();
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
		expect(await lan.store.docs.listings.count().exec()).toBe(0);
	});

	test('TG-9.2 sync 9, 10: whoever missed tombstones shows no old pack where there are no packs any more', async () => {
		const { fruit, crafts, trips } = await stocked();
		const lan = await device();
		await lan.sync();
		await withdraw(fruit[0].id);
		await compact();
		lan.wire.packs = null;
		await lan.sync();
		expect(Object.keys(await shown(lan))).not.toContain(fruit[0].id);
		expect(await shown(lan)).toEqual(await truth());
		await putAway(lan);
		// The last goods leave, and a pack of nothing is none.
		const an = await device();
		await an.sync();
		for (const { id } of [fruit[1], ...crafts, ...trips]) await withdraw(id);
		await compact();
		await packs.make();
		await an.sync();
		expect(await shown(an)).toEqual({});
		await publish(goods());
		await an.sync();
		expect(await shown(an)).toEqual(await truth());
	});

	test('sync 9, 10: a device that missed tombstones and was cut while it read again without packs goes on with it', async () => {
		const { fruit } = await stocked();
		const lan = await device();
		await lan.sync();
		await withdraw(fruit[0].id);
		await compact();
		lan.wire.packs = null;
		let pages = 0;
		const cut: Pick<Transport, 'pull'> = {
			pull: (asked) => ((pages += 1) > 1 ? Promise.reject(new Unreachable('cut')) : lan.transport.pull(asked))
		};
		await expect(pullCollection(lan.store, cut, 'listings', { limit: 2 })).rejects.toThrow('cut');
		const after = await restarted(lan);
		after.wire.packs = null;
		await after.sync();
		expect(await shown(after)).toEqual(await truth());
	});

	test('sync 13: in a new epoch the packs of the new one count, whatever the versions of before were', async () => {
		const { fruit, crafts } = await stocked();
		const lan = await device();
		await lan.sync();
		await publish({ ...fruit[0], title: 'Mất trong bản sao lưu' }, goods());
		await withdraw(crafts[0].id);
		await lan.sync();
		// The backup knows neither; every version of it begins at 0.
		await exchange().owner`delete from sync_feed where collection = 'listings'`;
		await publish(...fruit, ...crafts);
		await exchange().owner`update sync_feed set version = 0 where collection = 'listings'`;
		await exchange().owner`update exchange set epoch = gen_random_uuid()`;
		await packs.make();
		const line = counted(packs);
		const cut = { ...line, pack: () => Promise.reject(new Unreachable('cut')) };
		lan.wire.packs = cut;
		await lan.sync();
		expect(Object.keys(await shown(lan)).length).toBeGreaterThan(4);
		lan.wire.packs = line;
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
		await withdraw(fruit[1].id);
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
	});

	test('TG-9.2 sync 13: while everything is read again and a pack is made anew, what left the market is not shown', async () => {
		const { fruit, crafts } = await stocked();
		const lan = await device();
		await lan.sync();
		const beside = goods();
		await publish(beside);
		await lan.sync();
		await exchange().owner`update exchange set epoch = gen_random_uuid()`;
		await packs.make();
		// One lies here in a pack, the other beside it; nobody hands their new packs out until they are made once more.
		await withdraw(fruit[0].id);
		await withdraw(beside.id);
		await lan.sync();
		const here = Object.keys(await shown(lan));
		expect(here).toContain(crafts[0].id);
		expect(here).not.toContain(fruit[0].id);
		expect(here).not.toContain(beside.id);
		await packs.make();
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
	});
});

test.each([1, 2, 3, 4])(
	'sync 10: whatever happens in whatever order, the device is the feed (seed %i)',
	async (seed) => {
		let state = seed * 7919;
		const below = (n: number) => (state = (state * 48_271) % 2_147_483_647) % n;
		const sectors = ['nong-san', 'thu-cong', 'du-lich'];
		const flaky: PackWire = {
			manifest: () => (below(8) === 0 ? Promise.reject(new Unreachable('cut')) : packs.manifest()),
			pack: (hash) => {
				const luck = below(12);
				if (luck === 0) return Promise.reject(new Unreachable('cut'));
				return luck === 1 ? Promise.resolve(new ArrayBuffer(1)) : packs.pack(hash);
			}
		};
		let lan = await device(flaky);
		const all: PublicListing[] = [];
		for (let step = 0; step < 60; step += 1) {
			const some = all[below(Math.max(1, all.length))];
			const what = below(13);
			if (what < 3 || !some) {
				const made = goods({ sectorId: sectors[below(3)] });
				all.push(made);
				await publish(made);
			} else if (what < 4) await publish({ ...some, title: `Bước ${step}` });
			else if (what < 5) await withdraw(some.id);
			else if (what < 6) await packs.make();
			else if (what < 7) lan = await restarted(lan);
			else if (what < 8)
				await followCatalogue(lan.store, {
					sectors: below(2) === 0 ? [] : [sectors[below(3)] ?? ''],
					wards: []
				});
			else if (what < 9) await lan.store.local.manifest.update('this', { enough: 0 });
			else if (what < 10) await compact();
			else if (what < 11) lan.wire.packs = lan.wire.packs === null ? flaky : null;
			else await lan.sync();
		}
		lan.wire.packs = packs;
		await followCatalogue(lan.store, { sectors: [], wards: [] });
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
	}
);

import { counted, goods, shown, useMarket } from '../../../../tests/world/market.ts';
import { describe, expect, test } from 'vitest';
import { readListing } from '../read-catalogue.ts';
import { packsHere } from '../store/packs.ts';
import type { Store } from '../store/store.ts';
import type { Follows } from '../store/types.ts';
import { Unreachable } from '../transport/session.ts';
import { followCatalogue, rowsBeside } from './tidy-catalogue.ts';

const { exchange, packs, device, restarted, putAway, publish, withdraw, truth, stocked } = useMarket();

describe('sync 10: packs, then deltas', () => {
	test('sync 10: a new device takes packs, and by the pull what changed since', async () => {
		const { fruit, crafts } = await stocked();
		await publish({ ...fruit[0], title: 'Sầu riêng Monthong' }, goods());
		const lan = await device();
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
		expect(await lan.store.docs.listings.count().exec()).toBe(2);
		await withdraw(crafts[0].id);
		expect((await packsHere(lan.store.local)).size).toBe(4);
		const again = counted(packs);
		lan.wire.packs = again;
		await publish(goods());
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
		expect([again.manifests(), again.fetched]).toEqual([0, []]);
	});

	test('sync 10: an exchange without packs works by the pull alone, and one that lost them as well', async () => {
		await stocked();
		const lan = await device(null);
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
		await lan.close();
		const an = await device();
		await an.sync();
		an.wire.packs = null;
		await exchange().owner`update exchange set epoch = gen_random_uuid()`;
		await publish(goods());
		await an.sync();
		expect(await shown(an)).toEqual(await truth());
		expect(await packsHere(an.store.local)).toEqual(new Set());
	});

	test('sync 10: the first goods are shown while the others are on their way', async () => {
		await stocked();
		let first: Record<string, string> | undefined;
		const manifest = await packs.manifest();
		const lan = await device({
			manifest: packs.manifest,
			pack: async (hash) => {
				if (hash === manifest.first?.hash) return packs.pack(hash);
				await expect.poll(async () => (first = await shown(lan))).toEqual(await truth());
				throw new Unreachable('cut');
			}
		});
		await lan.sync();
		expect(first).toEqual(await truth());
		expect(await lan.store.local.packs.count()).toBe(1);
		const after = await restarted(lan);
		after.wire.up = false;
		expect(await shown(after)).toEqual(first);
	});

	test('sync 10: what was locked while its pack was on the way is not shown from it', async () => {
		const { fruit } = await stocked();
		let asked = 0;
		const lan = await device({
			manifest: packs.manifest,
			pack: (hash) => ((asked += 1) > 3 ? Promise.reject(new Unreachable('cut')) : packs.pack(hash))
		});
		await lan.sync();
		expect(Object.keys(await shown(lan))).toContain(fruit[0].id);
		await withdraw(fruit[0].id);
		lan.wire.packs = { ...packs, pack: () => Promise.reject(new Unreachable('cut')) };
		await lan.sync();
		expect(Object.keys(await shown(lan))).not.toContain(fruit[0].id);
	});

	test('sync 10: a withdrawn listing vanishes at once and stays away, though its pack lies here', async () => {
		const { fruit, crafts } = await stocked();
		const lan = await device();
		await lan.sync();
		await withdraw(fruit[0].id);
		await lan.sync();
		expect(Object.keys(await shown(lan))).not.toContain(fruit[0].id);
		expect(await readListing(lan.store, fruit[0].id)).toBeNull();
		const after = await restarted(lan);
		expect(Object.keys(await shown(after))).not.toContain(fruit[0].id);
		expect((await readListing(after.store, crafts[0].id))?.data.title).toBe(crafts[0].title);
		await publish({ ...fruit[0], title: 'Trở lại' });
		await after.sync();
		expect((await readListing(after.store, fruit[0].id))?.data.title).toBe('Trở lại');
	});

	test('sync 10: without a manifest nothing is shown from a pack', async () => {
		await stocked();
		const lan = await device();
		await lan.sync();
		await lan.store.local.manifest.clear();
		expect(await shown(lan)).toEqual({});
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
	});

	test('sync 10: what must be wiped takes the packs with it', async () => {
		await stocked();
		const lan = await device();
		await lan.sync();
		await lan.store.wipeServerData();
		expect(await shown(lan)).toEqual({});
		expect(await lan.store.local.packs.count()).toBe(0);
	});

	test('sync 10: an overlay grown large is exchanged for newer packs; only what changed is fetched', async () => {
		const { fruit } = await stocked();
		const lan = await device();
		await lan.sync();
		await withdraw(fruit[0].id);
		await publish(...Array.from({ length: 501 }, () => goods()));
		await packs.make();
		const line = counted(packs);
		lan.wire.packs = line;
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
		expect(line.fetched).toHaveLength(3);
		expect(await rowsBeside(lan.store)).toBe(0);
		expect(await lan.store.local.packs.count()).toBe(5);
		await withdraw(Object.keys(await truth())[0] ?? '');
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
	});
});

describe('sync 10: a bad line', () => {
	test('sync 10: a pack that is not what its name says is thrown away and asked for anew', async () => {
		await stocked();
		const asked: [string, boolean][] = [];
		const lan = await device({
			manifest: () => packs.manifest(),
			pack: async (hash, anew) => {
				asked.push([hash, anew]);
				const text = await packs.pack(hash);
				return anew ? text : (text?.slice(1) ?? null);
			}
		});
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
		expect(asked.filter(([, anew]) => anew)).toHaveLength(4);
	});

	test('sync 10: a pack superseded on the way makes the device ask for the manifest, and keeps what came', async () => {
		const { trips } = await stocked();
		let asked = 0;
		const line = counted({
			manifest: () => packs.manifest(),
			pack: async (hash) => {
				if ((asked += 1) === 2) {
					await publish({ ...trips[0], title: 'Chợ nổi Cái Bè' });
					await packs.make();
				}
				return packs.pack(hash);
			}
		});
		const lan = await device(line);
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
		expect(line.manifests()).toBe(2);
		expect(await lan.store.local.packs.count()).toBe(4);
	});

	test('sync 10: a pack nobody answers is waited for, and given up for the pull in the end', async () => {
		const { fruit } = await stocked();
		const named = (await packs.manifest())?.packs.find((pack) => pack.sectorId === 'nong-san');
		const lan = await device({
			manifest: () => packs.manifest(),
			pack: (hash) => (hash === named?.hash ? Promise.resolve(null) : packs.pack(hash))
		});
		await lan.sync();
		expect(await lan.store.local.manifest.get('this')).toMatchObject({ complete: false });
		for (let round = 0; round < 8; round += 1) await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
		expect(await shown(lan)).toHaveProperty(fruit[0].id);
	});

	test('sync 10: a cut at any request is resumed, and no pack is fetched twice', async () => {
		const { fruit } = await stocked();
		await publish({ ...fruit[0], title: 'Sầu riêng Monthong' });
		for (let reaches = 0; reaches < 7; reaches += 1) {
			const line = counted(packs);
			let left = reaches;
			const cut = <T>(ask: () => Promise<T>): Promise<T> => {
				if ((left -= 1) < 0) throw new Unreachable('cut');
				return ask();
			};
			const before = await device({
				manifest: () => cut(() => line.manifest()),
				pack: (hash, anew) => cut(() => line.pack(hash, anew))
			});
			await before.sync();
			expect(await truth()).toMatchObject(pastOf(await shown(before), fruit[0].id));
			const after = await restarted(before);
			after.wire.packs = line;
			await after.sync();
			expect(await shown(after)).toEqual(await truth());
			await putAway(after);
			expect(new Set(line.fetched).size).toBe(line.fetched.length);
		}
	});

	test('sync 10: a device killed at any write is right again after the next sync', async () => {
		const { fruit, crafts } = await stocked();
		const follows: Follows = { sectors: [], wards: [] };
		for (let writes = 0, cut = true; cut && writes < 60; writes += 1) {
			const lan = await device();
			await lan.sync();
			const [at] = Object.keys(await truth());
			await publish({ ...fruit[0], title: `Lần ${writes}` }, goods());
			await withdraw(at ?? '');
			await publish({ ...crafts[0], title: `Lần ${writes}` });
			await packs.make();
			await lan.store.local.manifest.update('this', { enough: 0 });
			const killed = await killAtWrite(lan.store, writes);
			await followCatalogue(lan.store, follows).catch(() => undefined);
			await lan.sync().catch(() => undefined);
			cut = killed();
			const after = await restarted(lan);
			const seen = await shown(after);
			await after.sync();
			expect(await shown(after)).toEqual(await truth());
			expect(Object.keys(seen).length).toBeGreaterThan(4);
			const named = (await after.store.local.manifest.get('this'))?.packs.length ?? 0;
			expect(await after.store.local.packs.count()).toBe(named + 1);
			await putAway(after);
		}
	});
});

/** What is shown, but for one listing whose older text is right as well until the deltas are here. */
function pastOf(seen: Record<string, string>, id: string): Record<string, string> {
	const { [id]: _, ...rest } = seen;
	return rest;
}

/** Lets so many writes through to the disk, then none: as if the process had ended there. */
async function killAtWrite(store: Store, writes: number): Promise<() => boolean> {
	let left = writes;
	let killed = false;
	const { dexieDb: listings } = await store.docs.listings.storageInstance.internals;
	for (const db of [store.local, listings])
		for (const table of db.tables)
			for (const name of ['creating', 'updating', 'deleting'] as const)
				table.hook(name, () => {
					if ((left -= 1) >= 0) return;
					killed = true;
					throw new Error('killed');
				});
	return () => killed;
}

describe('sync 10: a device follows what its person chose', () => {
	test('sync 10: narrowing frees the disk, widening brings the packs back and loses no change made meanwhile', async () => {
		const { fruit, crafts } = await stocked();
		const lan = await device();
		await lan.sync();
		await followCatalogue(lan.store, { sectors: ['nong-san'], wards: [] });
		expect(Object.keys(await shown(lan)).sort()).toEqual(fruit.map(({ id }) => id).sort());
		expect(await lan.store.local.packs.count()).toBe(2);
		await publish({ ...crafts[0], title: 'Chiếu Long Định' }, goods({ sectorId: 'thu-cong' }));
		await lan.sync();
		expect(await lan.store.local.packs.count()).toBe(2);
		await followCatalogue(lan.store, { sectors: [], wards: ['28261'] });
		await lan.sync();
		expect(Object.keys(await shown(lan))).toEqual([fruit[1].id]);
		await followCatalogue(lan.store, { sectors: [], wards: [] });
		const line = counted(packs);
		lan.wire.packs = line;
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
		expect([line.manifests(), line.fetched.length]).toEqual([0, 2]);
	});

	test('sync 10: widening after the packs were made anew takes the new ones', async () => {
		const { crafts } = await stocked();
		const lan = await device();
		await lan.sync();
		await followCatalogue(lan.store, { sectors: ['du-lich'], wards: [] });
		await publish({ ...crafts[0], title: 'Chiếu Long Định' }, goods());
		await packs.make();
		await lan.sync();
		await followCatalogue(lan.store, { sectors: [], wards: [] });
		await lan.sync();
		expect(await shown(lan)).toEqual(await truth());
	});

	test('sync 10: a device that follows a part takes the packs of that part only', async () => {
		await stocked();
		const line = counted(packs);
		const lan = await device(line);
		await followCatalogue(lan.store, { sectors: ['thu-cong'], wards: [] });
		await lan.sync();
		expect(line.fetched).toHaveLength(2);
		expect(Object.keys(await shown(lan))).toHaveLength(2);
	});
});

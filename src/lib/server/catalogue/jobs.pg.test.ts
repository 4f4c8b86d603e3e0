import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { transaction } from '$lib/server/db/pool.ts';
import { compactFeed } from '$lib/server/sync/queries.ts';
import type { PackManifest } from '$lib/sync/protocol/packs.ts';
import { packCatalogue } from './jobs.ts';
import { lockPacking } from './queries.ts';
import { forgetPacks, manifestBody, openPack } from './service.ts';
import { firstPackSize, slotSize } from './slots.ts';
import { goods, now, openCatalogue, type Catalogue, type Goods } from './test-world.ts';

let world: Catalogue;
beforeAll(async () => {
	world = await openCatalogue();
});
afterAll(() => world.close());
beforeEach(() => world.clear());

const hashes = (manifest: PackManifest): string[] => manifest.packs.map((pack) => pack.hash);
const tiny = { changes: 7, places: 5, packs: 2 };

describe('sync 10: what is packed', () => {
	test('without packs the list is empty and the pull begins at the beginning', async () => {
		const nothing = { position: { version: 0, id: '' }, first: null, packs: [], hidden: [] };
		expect(await world.manifest()).toMatchObject(nothing);
		await world.pack();
		expect(await world.manifest()).toMatchObject({ first: null, packs: [], hidden: [] });
		await world.publish([goods()]);
		expect((await world.firstSync()).size).toBe(1);
	});

	test('1,700 listings: full packs of one sector and neighbouring wards, and the newest once more', async () => {
		await world.fill(1_700, 3, 20);
		await world.pack();
		const manifest = await world.manifest();
		expect(manifest.packs.map((pack) => pack.sectorId)).toEqual(
			['sector-0', 'sector-1', 'sector-2'].flatMap((sector) => [sector, sector])
		);
		expect(manifest.packs.map((pack) => pack.rows).sort((a, b) => b - a)).toEqual([
			...Array.from({ length: 3 }, () => slotSize),
			67,
			67,
			66
		]);
		// 20 wards in two packs: each holds neighbours, and shares one with the other.
		const small = manifest.packs.filter((pack) => pack.rows < slotSize);
		for (const { wards } of small) expect(wards.length).toBeLessThanOrEqual(4);
		expect(manifest.position.version).toBeGreaterThan(50);
		const held = await world.readAll(manifest);
		expect(held).toEqual(await world.truth());

		const first = await world.read(manifest.first?.hash ?? '');
		expect(first?.map((row) => row.d.title)).toEqual(
			Array.from({ length: firstPackSize }, (_, n) => `Hàng ${1_700 - n}`)
		);
	});

	test('one changed listing re-makes one pack, and no change none', async () => {
		const ids = await world.fill(1_000);
		await world.pack();
		const before = await world.manifest();
		await world.pack();
		expect(hashes(await world.manifest())).toEqual(hashes(before));

		const [id = ''] = ids;
		await world.change(id, { title: 'Giá mới' });
		expect(await world.pack()).toEqual({ changes: 1, packs: 1 });
		const after = await world.manifest();
		expect(after.packs).toHaveLength(before.packs.length);
		expect(hashes(after).filter((hash) => !hashes(before).includes(hash))).toHaveLength(1);
		expect(await world.readAll(after)).toEqual(await world.truth());
	});

	test('a new listing goes to the pack of its ward; in a full sector it begins a new one', async () => {
		await world.fill(slotSize - 10, 1, 1);
		await world.pack();
		const full = Array.from({ length: 10 }, () => goods({ sectorId: 'sector-0', wardCode: '28000' }));
		await world.publish(full);
		expect(await world.pack()).toEqual({ changes: 10, packs: 1 });
		expect((await world.manifest()).packs.map((pack) => pack.rows)).toEqual([slotSize]);
		await world.publish([goods({ sectorId: 'sector-0', wardCode: '28001' })]);
		await world.pack();
		expect((await world.manifest()).packs.map(({ rows, wards }) => ({ rows, wards }))).toEqual([
			{ rows: slotSize, wards: ['28000'] },
			{ rows: 1, wards: ['28001'] }
		]);
	});

	test('packs that lost most of their goods are put together, empty ones go', async () => {
		const ids = await world.fill(2 * slotSize, 1, 2);
		await world.pack();
		await world.withdraw(ids.slice(0, 2 * slotSize - 60));
		await world.pack();
		const manifest = await world.manifest();
		expect(manifest.packs.map((pack) => pack.rows)).toEqual([60]);
		await world.withdraw(ids);
		await world.pack();
		expect(await world.manifest()).toMatchObject({ first: null, packs: [], hidden: [] });
		expect((await world.firstSync()).size).toBe(0);
	});

	test('a listing that goes to another sector leaves its pack for one of that sector', async () => {
		const [id = ''] = await world.fill(60, 2, 4);
		await world.pack();
		await world.change(id, { sectorId: 'sector-9', wardCode: '28003' });
		await world.pack();
		const manifest = await world.manifest();
		expect(manifest.packs.find((pack) => pack.sectorId === 'sector-9')).toMatchObject({
			rows: 1,
			wards: ['28003']
		});
		expect(await world.readAll(manifest)).toEqual(await world.truth());
	});
});

describe('sync 10: what may not be shown', () => {
	test('TG-9.2 what is withdrawn or locked is hidden at once, and its pack is 410 before it is made anew', async () => {
		const [id = ''] = await world.fill(400);
		await world.pack();
		const before = await world.manifest();
		await world.withdraw([id]);
		const after = await world.manifest();
		expect(after).toMatchObject({ packs: before.packs, hidden: [id] });
		const open = await Promise.all(hashes(before).map((hash) => openPack(world.db, hash)));
		expect(open.filter((body) => body === null)).toHaveLength(1);
		// Handed out before, so that this process still has it: what left since closes it all the same.
		const [closed = ''] = hashes(before).filter((_, at) => open[at] !== null);
		expect((await world.read(closed))?.length).toBeGreaterThan(1);
		await world.withdraw((await world.read(closed))?.slice(0, 1).map(({ d }) => d.id) ?? []);
		expect(await openPack(world.db, closed)).toBeNull();
		await world.pack();
		expect((await world.manifest()).hidden).toEqual([]);
		expect(await world.firstSync()).toEqual(await world.truth());
	});

	test('TG-9.2 the list is made once and kept, and the next one still says what was withdrawn or came back since', async () => {
		const ids = await world.fill(400);
		await world.pack();
		const made = await manifestBody(world.db, now);
		expect(await manifestBody(world.db, now)).toBe(made);
		const before = await world.manifest();
		const gone = ids.slice(0, 3).sort();
		for (const [at, id] of gone.entries()) {
			await world.withdraw([id]);
			const next = await world.manifest();
			expect(next.hidden).toEqual(gone.slice(0, at + 1));
			expect(next).toEqual({ ...before, hidden: next.hidden });
		}
		await world.publish(gone.map((id) => goods({ id })));
		expect((await world.manifest()).hidden).toEqual([]);
		// By another process, whose packs this one has not seen.
		await world.pack();
		expect(hashes(await world.manifest())).not.toEqual(hashes(before));
		expect(await world.firstSync()).toEqual(await world.truth());
	});

	test('TG-9.2 also while the horizon has not passed the withdrawal', async () => {
		const [id = ''] = await world.fill(10);
		await world.pack();
		const slow = world.holdTransaction();
		await slow.begun;
		await world.withdraw([id]);
		expect((await world.manifest()).hidden).toEqual([id]);
		expect((await world.closedPacks(await world.manifest())).closed).toHaveLength(2);
		slow.end();
		await slow.done;
	});

	test('a superseded pack, an unknown one and nonsense are 410', async () => {
		const [id = ''] = await world.fill(10, 1);
		await world.pack();
		const [old = ''] = hashes(await world.manifest());
		expect(await openPack(world.db, old)).not.toBeNull();
		await world.change(id, { title: 'Giá mới' });
		expect(await openPack(world.db, old)).not.toBeNull();
		await world.pack();
		expect(await openPack(world.db, old)).toBeNull();
		expect(await openPack(world.db, 'f'.repeat(64))).toBeNull();
		expect(await openPack(world.db, "'; --\u0000")).toBeNull();
	});
});

describe('sync 10: nothing is skipped', () => {
	test('a transaction held open across a packing comes by the pull, and by the next packing', async () => {
		const [id = '', other = ''] = await world.fill(10, 1);
		await world.pack();
		await world.change(other, { title: 'Sửa trước khi có người giữ' });
		const slow = world.holdTransaction([goods({ title: 'Về muộn' })]);
		await slow.begun;
		await world.publish([goods({ title: 'Về sớm' })]);
		await world.change(id, { title: 'Sửa khi có người giữ' });
		await world.pack();
		const during = await world.manifest();
		const held = (await world.readAll(during)) ?? new Map();
		// Only what lies below the horizon is packed: neither of the two, nor the listing that was changed above it.
		expect([held.size, held.has(other), held.has(id)]).toEqual([9, true, false]);
		expect(await world.pullOver(new Map(held), during)).toEqual(held);
		slow.end();
		await slow.done;
		expect(await world.pullOver(held, during)).toEqual(await world.truth());
		await world.pack();
		expect(await world.readAll(await world.manifest())).toEqual(await world.truth());
	});

	test('a packing killed at any step shows what was there before, and the next one goes on', async () => {
		const ids = await world.fill(60, 2, 5);
		await world.pack();
		for (let steps = 0; ; steps++) {
			const before = hashes(await world.manifest());
			await world.change(ids[steps % ids.length] ?? '', { title: `Lần ${steps}` });
			await world.change(ids[(steps * 7) % ids.length] ?? '', { sectorId: `sector-${steps % 3}` });
			await world.publish([goods()]);
			const killed = await packCatalogue(world.dying(steps), now, tiny).then(
				() => false,
				() => true
			);
			if (!killed) break;
			expect(hashes(await world.manifest()), `killed after ${steps} steps`).toEqual(before);
			expect(await world.firstSync(), `killed after ${steps} steps`).toEqual(await world.truth());
		}
		expect(await world.readAll(await world.manifest())).toEqual(await world.truth());
	});

	test.each([
		['changed', (id: string) => world.change(id, { title: 'Giữa chừng' })],
		['new', () => world.publish([goods()])]
	])(
		'what is %s, and taken by another process that dies, is packed before anything is shown',
		async (_, act) => {
			const ids = await world.fill(40, 2, 5);
			await world.pack();
			for (let step = 0, met = true; met; step++) {
				met = false;
				await world.change(ids[step % ids.length] ?? '', { title: `Lần ${step}` });
				const db = world.meeting(step, async () => {
					met = true;
					await act(ids[(step + 9) % ids.length] ?? '');
					// What comes later is not what the pull begins with.
					await world.publish([goods({ id: ids[0] ?? '', sectorId: 'sector-0' })]);
					await packCatalogue(world.dying(1), now).catch(() => 0);
				});
				await packCatalogue(db, now, tiny);
				expect(await world.firstSync(), `before step ${step}`).toEqual(await world.truth());
			}
		}
	);

	test('one process works at a time, the others wait', async () => {
		await world.fill(10);
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const holder = transaction(world.db, 'system:test', async (tx) => {
			await lockPacking(tx);
			await held;
		});
		let done = false;
		const waiting = world.pack().then(() => (done = true));
		const waiters = () => world.owner`select from pg_locks where locktype = 'advisory' and not granted`;
		await expect.poll(async () => (await waiters()).length).toBe(1);
		expect(done).toBe(false);
		release();
		await Promise.all([holder, waiting]);
		expect(await world.readAll(await world.manifest())).toEqual(await world.truth());
	});

	test('packs, less what is hidden, and the pull from their position are the public feed, whatever happened', async () => {
		for (let seed = 1; seed <= 5; seed++) {
			await world.clear();
			const random = world.random(seed);
			const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
			const some = (): Goods =>
				goods({ sectorId: `s${Math.floor(random() * 3)}`, wardCode: `w${Math.floor(random() * 6)}` });
			for (let act = 0; act < 30; act++) {
				const there = [...(await world.truth()).keys()];
				const dice = random();
				if (dice < 0.3) await world.publish(Array.from({ length: Math.ceil(random() * 60) }, some));
				else if (dice < 0.45) await world.change(pick(there) ?? '', { title: `Sửa ${act}` });
				else if (dice < 0.55) await world.change(pick(there) ?? '', { sectorId: 's1', wardCode: 'w9' });
				else if (dice < 0.75) await world.withdraw(there.filter(() => random() < 0.4));
				else if (dice < 0.85)
					await packCatalogue(world.dying(Math.floor(random() * 12)), now, tiny).catch(() => 0);
				else await world.pack(random() < 0.5 ? tiny : undefined);
				expect(await world.firstSync(), `seed ${seed}, act ${act}`).toEqual(await world.truth());
				const { closed, tainted } = await world.closedPacks(await world.manifest());
				expect(closed, `seed ${seed}, act ${act}`).toEqual(tainted);
			}
			await world.pack();
			const manifest = await world.manifest();
			expect(manifest.hidden).toEqual([]);
			expect(await world.readAll(manifest), `seed ${seed}`).toEqual(await world.truth());
			expect(Math.max(0, ...manifest.packs.map((pack) => pack.rows))).toBeLessThanOrEqual(slotSize);
		}
	});

	test('four processes pack while six write and others begin to sync: all of them end equal', async () => {
		await world.fill(200);
		let writing = true;
		const writer = async (n: number) => {
			const random = world.random(n);
			const own: string[] = [];
			for (let i = 0; i < 25; i++) {
				const one = goods({ sectorId: `sector-${i % 4}`, wardCode: `2800${n}` });
				const pause = random() < 0.1 ? 40 : random() * 3;
				await world.publish([one], () => new Promise((resolve) => setTimeout(resolve, pause)));
				own.push(one.id);
				if (random() < 0.3) await world.withdraw([own.pop() ?? '']);
				if (random() < 0.3 && own[0]) await world.change(own[0], { title: `Sửa ${i}` });
			}
		};
		const packer = async () => {
			while (writing) await world.pack(tiny);
		};
		const device = async () => {
			const synced = [];
			while (writing) {
				const from = await world.manifest();
				const held = await world.readAll(from);
				if (held) synced.push({ held, from });
			}
			return synced.slice(-5);
		};
		const work = [packer(), packer(), packer(), packer()];
		const devices = [device(), device()];
		await Promise.all([1, 2, 3, 4, 5, 6].map(writer));
		writing = false;
		await Promise.all(work);
		const truth = await world.truth();
		const begun = (await Promise.all(devices)).flat();
		expect(begun.length).toBeGreaterThan(0);
		for (const { held, from } of begun) expect(await world.pullOver(held, from)).toEqual(truth);
		await world.pack();
		expect(await world.readAll(await world.manifest())).toEqual(truth);
	});
});

describe('sync 10: packs of another feed', () => {
	test('sync 13: a new epoch has no packs until they are made anew', async () => {
		await world.fill(200);
		await world.pack();
		const [old = ''] = hashes(await world.manifest());
		await world.owner`update exchange set epoch = gen_random_uuid()`;
		await world.owner`update sync_feed set version = 0`;
		expect(await world.manifest()).toMatchObject({ position: { version: 0 }, packs: [], first: null });
		expect(await openPack(world.db, old)).toBeNull();
		expect((await world.firstSync()).size).toBe(200);
		await world.pack();
		expect(await world.readAll(await world.manifest())).toEqual(await world.truth());
	});

	test('sync 13: a restore forgets them in its own transaction', async () => {
		await world.fill(200);
		await world.pack();
		await transaction(world.owner, 'system:restore', forgetPacks);
		expect(await world.manifest()).toMatchObject({
			position: { version: 0, id: '' },
			packs: [],
			first: null
		});
		await world.pack();
		expect(await world.readAll(await world.manifest())).toEqual(await world.truth());
	});

	test('a position above the horizon is of another life of the database: it starts over', async () => {
		await world.fill(50);
		await world.pack();
		await world.owner`update catalogue_progress set version = 9e15::bigint, taken_version = 9e15::bigint`;
		expect(await world.manifest()).toMatchObject({ position: { version: 0 }, packs: [] });
		await world.pack();
		expect(await world.readAll(await world.manifest())).toEqual(await world.truth());
	});

	test('sync 9: packs that stood still for longer than tombstones are kept are made anew', async () => {
		const ids = await world.fill(50);
		await world.pack();
		await world.withdraw(ids.slice(0, 3));
		const clean = (at: string) =>
			transaction(world.db, 'system:retention', (tx) => compactFeed(tx, at, '60 days'));
		await clean('2031-01-01T00:00:00Z');
		expect(await clean('2031-03-15T00:00:00Z')).toBe(3);
		expect(await world.manifest()).toMatchObject({ position: { version: 0 }, packs: [] });
		expect((await world.firstSync()).size).toBe(47);
		await world.pack(tiny);
		const manifest = await world.manifest();
		expect(await world.readAll(manifest)).toEqual(await world.truth());
		expect(await world.pullOver(new Map(), manifest)).toEqual(new Map());
	});
});

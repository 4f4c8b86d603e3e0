import { afterEach, describe, expect, test } from 'vitest';
import { people } from '../../../../tests/world/exchange.ts';
import { counted, goods, shown, useMarket, type PackWire } from '../../../../tests/world/market.ts';
import { createDraft, queueDraftSave, typeIntoDraft } from '../outbox/drafts.ts';
import { openTestDevice, type TestDevice } from '../test-world.ts';
import { Unreachable } from '../transport/session.ts';

const { exchange, packs, withdraw, publish, truth, stocked } = useMarket();
const open: TestDevice[] = [];
afterEach(async () => {
	for (const opened of open.splice(0)) await opened.close();
});

async function seller(line: PackWire): Promise<TestDevice> {
	const opened = await openTestDevice(exchange(), people.batu);
	opened.wire.packs = line;
	open.push(opened);
	return opened;
}

/** What the exchange has of a draft. */
async function savedTitle(listingId: string): Promise<unknown> {
	const [row] = await exchange().owner<{ title: string }[]>`
		select content ->> 'title' as title from listings where id = ${listingId}`;
	return row?.title;
}

/** One save goes out, a second one is made, and that one reaches the exchange: nothing waits for the market. */
async function worksOn(tu: TestDevice, round: () => Promise<unknown>): Promise<void> {
	const { listingId } = await createDraft(tu.store, tu.here);
	for (const title of ['Xoài cát', 'Xoài cát Hòa Lộc']) {
		await typeIntoDraft(tu.store, tu.here, listingId, { title });
		await queueDraftSave(tu.store, tu.here, listingId);
		await round();
		expect(await savedTitle(listingId)).toBe(title);
	}
	await round();
	expect(await tu.store.local.outbox.where('state').equals('waiting').count()).toBe(0);
	expect((await tu.store.docs.mine.findOne(`user:${tu.actor.id}|${listingId}`).exec())?.data).toMatchObject({
		content: { title: 'Xoài cát Hòa Lộc' }
	});
}

/** A round as the engine's own clock begins one. */
const byItself = (tu: TestDevice) => () => {
	tu.engine.want(['reference', 'notifications', 'mine', 'orders', 'cases', 'needs', 'listings']);
	return tu.engine.round();
};

const down = () => Promise.reject(new Unreachable('the server answered 500'));

describe('sync 10: a catalogue that fails holds up nothing else', () => {
	test('sync 10: without an answer for the manifest own work goes out and comes back, and the exchange counts as reached', async () => {
		const tu = await seller({ manifest: down, pack: down });
		await worksOn(tu, tu.sync);
		expect(await tu.store.readState()).toMatchObject({ reachable: true, market: 'unanswered' });
		tu.wire.packs = packs;
		await tu.sync();
		expect(await shown(tu)).toEqual(await truth());
		expect((await tu.store.readState()).market).toBeUndefined();
	});

	test('sync 10: a pack that answers with a fault for ever is asked for ever less often, beside a good rest', async () => {
		await stocked();
		const named = (await packs.manifest()).packs.find(({ sectorId }) => sectorId === 'nong-san');
		const line = counted({
			manifest: packs.manifest,
			pack: (hash) => (hash === named?.hash ? down() : packs.pack(hash))
		});
		const tu = await seller(line);
		await worksOn(tu, byItself(tu));
		const asked = () => line.fetched.filter((hash) => hash === named?.hash).length;
		const before = asked();
		for (let second = 0; second < 60; second += 1) {
			tu.clock.waitedMs += 1_000;
			await byItself(tu)();
		}
		expect(asked() - before).toBeGreaterThan(2);
		expect(asked() - before).toBeLessThan(12);
		expect(new Set(line.fetched.filter((hash) => hash !== named?.hash)).size).toBe(
			line.fetched.length - asked()
		);
	});

	test('sync 10: with nobody answering at all there is no network, and the market is not blamed', async () => {
		const tu = await seller({ manifest: down, pack: down });
		tu.wire.up = false;
		expect(await tu.sync()).toBe('unreachable');
		tu.wire.up = true;
		tu.wire.packs = {
			manifest: () => {
				tu.wire.up = false;
				return down();
			},
			pack: down
		};
		expect(await tu.sync()).toBe('unreachable');
		expect(await tu.store.readState()).toMatchObject({ reachable: false });
		expect((await tu.store.readState()).market).toBeUndefined();
	});

	test('sync 10: a pack that finds no room is said to be that, is not fetched again and again, and what is hidden still goes', async () => {
		const { crafts } = await stocked();
		const line = counted(packs);
		const tu = await seller(line);
		await tu.sync();
		await publish(...Array.from({ length: 4 }, () => goods({ sectorId: 'thu-cong' })));
		await packs.make();
		await tu.store.local.manifest.update('this', { enough: 0 });
		const fetchedBefore = line.fetched.length;
		const full = () => {
			throw new DOMException('no room', 'QuotaExceededError');
		};
		tu.store.local.packs.hook('creating', full);
		await worksOn(tu, byItself(tu));
		expect(await tu.store.readState()).toMatchObject({ reachable: true, market: 'full' });
		const once = line.fetched.length;
		expect(once).toBeGreaterThan(fetchedBefore);
		await withdraw(crafts[0].id);
		for (let minute = 0; minute < 10; minute += 1) {
			tu.clock.waitedMs += 60_000;
			await byItself(tu)();
		}
		expect(line.fetched.length).toBe(once);
		expect(Object.keys(await shown(tu))).not.toContain(crafts[0].id);
		// There is room again; after the long pause the packs come.
		tu.store.local.packs.hook('creating').unsubscribe(full);
		tu.clock.waitedMs += 30 * 60_000;
		await byItself(tu)();
		expect(line.fetched.length).toBeGreaterThan(once);
		expect((await tu.store.readState()).market).toBeUndefined();
		expect(await shown(tu)).toEqual(await truth());
	});

	test('sync 10: a fault of our own in the catalogue is told, and the rest of the round goes on', async () => {
		await stocked();
		const tu = await seller({ manifest: () => Promise.reject(new TypeError('ours')), pack: packs.pack });
		await worksOn(tu, tu.sync);
		expect(await tu.store.readState()).toMatchObject({ reachable: true, market: 'fault' });
		expect(tu.faults).toContainEqual(expect.objectContaining({ message: 'ours' }));
	});
});

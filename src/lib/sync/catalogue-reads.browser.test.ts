import { afterEach, expect, test } from 'vitest';
import type { PublicListing } from '$lib/domain/listings/schema.ts';
import { pomelo } from '../../../tests/app/device-world.ts';
import { CatalogueReads, type CameEarly } from './catalogue-reads.svelte.ts';
import { manifestRow } from './fold/packed.ts';
import type { PackManifest } from './protocol/packs.ts';
import { openStore, type Store } from './store/store.ts';
import { effectRoot } from './testing/effect-root.svelte.ts';

const goods = (title: string, n: number): PublicListing => ({
	...pomelo,
	id: `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`,
	title,
	approvedAt: new Date(Date.parse('2026-11-17T00:00:00.000Z') - n * 60_000).toISOString()
});
const shown = goods('Sầu riêng Ri6', 1);
const locked = goods('Xoài cát Hòa Lộc', 2);

/** A first sync whose manifest and first pack came while the store opened. */
function early(): CameEarly {
	const text = [shown, locked].map((d) => JSON.stringify({ v: 1, d })).join('\n');
	const manifest: PackManifest = {
		epoch: 'e',
		serverTime: '2026-11-22T01:00:00.000Z',
		position: { version: 5, id: '' },
		first: { hash: 'first', sectorId: pomelo.sectorId, wards: [pomelo.wardCode], rows: 2, bytes: 1 },
		packs: [{ hash: 'whole', sectorId: pomelo.sectorId, wards: [pomelo.wardCode], rows: 2, bytes: 1 }],
		hidden: [locked.id]
	};
	return { manifest, first: { hash: 'first', bytes: new TextEncoder().encode(text) } };
}

let ends: (() => unknown)[] = [];
afterEach(async () => {
	for (const end of ends.reverse()) await end();
	ends = [];
});

async function openHere(): Promise<Store> {
	const store = await openStore({ userId: null, prefix: crypto.randomUUID() });
	ends.push(() => store.wipe());
	return store;
}

/** What a screen that lists the catalogue has shown so far, the latest last. */
function lists(store: Store, came: Promise<CameEarly | null>): string[][] {
	const reads = new CatalogueReads(
		store,
		(error) => {
			throw error;
		},
		came
	);
	const seen: string[][] = [];
	ends.push(effectRoot(() => void seen.push(reads.search({}).items.map((item) => item.title))));
	return seen;
}

test('sync 10: the first goods are shown before anything is stored, without what is hidden', async () => {
	const store = await openHere();
	const seen = lists(store, Promise.resolve(early()));
	await expect.poll(() => seen.at(-1)).toEqual([shown.title]);
	expect(await store.local.manifest.count()).toBe(0);
	expect(await store.local.packs.count()).toBe(0);
});

test('sync 10: they come also when they were slower than the store', async () => {
	const store = await openHere();
	let come: (came: CameEarly) => void = () => undefined;
	const seen = lists(store, new Promise((resolve) => (come = resolve)));
	await expect.poll(() => seen.length).toBeGreaterThan(1);
	expect(seen.flat()).toEqual([]);
	come(early());
	await expect.poll(() => seen.at(-1)).toEqual([shown.title]);
});

test('sync 10: where a catalogue is here already, what came early does not stand in for it', async () => {
	const store = await openHere();
	const { manifest } = early();
	// The whole of an exchange that has nothing to sell any more.
	await store.local.manifest.put(manifestRow({ ...manifest, first: null, packs: [] }, 1, true));
	const came = Promise.resolve(early());
	const seen = lists(store, came);
	await came;
	await expect.poll(() => seen.length).toBeGreaterThan(1);
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect(seen.flat()).toEqual([]);
});

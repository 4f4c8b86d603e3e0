import { afterEach, expect, test } from 'vitest';
import type { PublicListing } from '$lib/domain/listings/schema.ts';
import { pomelo } from '../../../tests/app/device-world.ts';
import { CatalogueReads, type CameEarly } from './catalogue-reads.svelte.ts';
import { freshPull } from './engine/apply-page.ts';
import { manifestRow } from './fold/packed.ts';
import type { PackManifest } from './protocol/packs.ts';
import { neverStored, storeName } from './store/names.ts';
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
function watch(sources: { store: Promise<Store>; early: Promise<CameEarly | null>; isNew?: boolean }) {
	const reads = new CatalogueReads({
		...sources,
		isNew: Promise.resolve(sources.isNew ?? false),
		failed: (error) => {
			throw error;
		}
	});
	const seen: (readonly PublicListing[])[] = [];
	ends.push(effectRoot(() => void seen.push(reads.search({}).items)));
	return { reads, seen, titles: () => seen.map((items) => items.map((item) => item.title)) };
}

const lists = (store: Store, early: Promise<CameEarly | null>) =>
	watch({ store: Promise.resolve(store), early }).titles;

/** A store whose opening is held up until it is let open. */
function heldUp() {
	let letOpen: (store: Store) => void = () => undefined;
	const store = new Promise<Store>((resolve) => (letOpen = resolve));
	return { store, letOpen };
}

/** As a first sync goes on: manifest and packs come to the disk, whoever reads in this tab is told of each. */
async function bring(store: Store, names: readonly string[], complete: boolean): Promise<void> {
	const { manifest, first } = early();
	for (const tell of store.local.packReaders) for (const hash of names) tell({ hash, bytes: first.bytes });
	await store.local.transaction('rw', store.local.manifest, store.local.packs, async () => {
		await store.local.manifest.put(manifestRow(manifest, 1, complete));
		await store.local.packs.bulkPut(names.map((hash) => ({ hash, text: first.bytes.slice().buffer })));
	});
}

test('sync 10: on a new device the first goods are shown while the store still opens', async () => {
	const { store } = heldUp();
	const { reads, titles } = watch({ store, early: Promise.resolve(early()), isNew: true });
	await expect.poll(() => titles().at(-1)).toEqual([shown.title]);
	expect(reads.coming).toEqual({ here: 0, of: 1 });
	expect(reads.search({}).ready).toBe(true);
	expect(reads.listing(shown.id).ready).toBe(true);
	// Hidden, or in a pack that is still to come: nobody can say yet that it is gone.
	expect(reads.listing(locked.id).current).toBeNull();
	expect(reads.listing(locked.id).ready).toBe(false);
	expect(reads.listing(locked.id).coming).toBe(true);
});

test('sync 10: goods that are not found are on their way until all packs and what changed since have come', async () => {
	const open = await openHere();
	const late = goods('Bưởi vừa được duyệt', 3);
	const { reads, titles } = watch({ store: Promise.resolve(open), early: Promise.resolve(early()) });
	const told: boolean[] = [];
	ends.push(effectRoot(() => void told.push(reads.listing(late.id).coming)));
	await expect.poll(() => reads.listing(late.id)).toMatchObject({ ready: true, coming: true });
	await bring(open, ['first'], false);
	await expect.poll(() => titles().at(-1)).toEqual([shown.title]);
	expect(reads.listing(late.id).coming).toBe(true);
	expect(reads.listing(shown.id)).toMatchObject({ ready: true, coming: false });
	await open.local.pulls.put({
		...freshPull('listings', 'e'),
		positions: { public: { version: 5, id: '' } }
	});
	await bring(open, ['first', 'whole'], true);
	await expect.poll(() => localStorage.getItem(`${open.name}-catalogue`)).toBe('1');
	expect(told.slice(told.indexOf(true))).not.toContain(false);
	// A page that brings nothing is the end of it as well.
	await open.local.pulls.update('listings', { pulledAt: '2026-11-22T01:00:01.000Z' });
	await expect.poll(() => reads.listing(late.id)).toMatchObject({ ready: true, coming: false });
	expect(reads.listing(late.id).current).toBeNull();
});

test('sync 10: the store takes over without a card that goes, comes back or is there twice', async () => {
	const open = await openHere();
	const { store, letOpen } = heldUp();
	const { reads, seen, titles } = watch({ store, early: Promise.resolve(early()), isNew: true });
	await expect.poll(() => titles().at(-1)).toEqual([shown.title]);
	const before = seen.length - 1;
	letOpen(open);
	await expect.poll(() => reads.listing(locked.id).ready).toBe(true);
	// The very same goods: a card that is there is not drawn anew.
	expect(seen.at(-1)?.[0]).toBe(seen[before]?.[0]);
	await bring(open, ['first'], false);
	await bring(open, ['first', 'whole'], true);
	await expect.poll(() => localStorage.getItem(`${open.name}-catalogue`)).toBe('1');
	for (const list of titles().slice(before)) expect(list).toEqual([shown.title]);
});

test('sync 10: where something was stored before, nothing is shown until the store says what', async () => {
	const open = await openHere();
	const { store, letOpen } = heldUp();
	const came = Promise.resolve(early());
	const { reads, seen, titles } = watch({ store, early: came });
	await came;
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect(titles().flat()).toEqual([]);
	expect(reads.coming).toBeNull();
	expect(reads.search({}).ready).toBe(false);
	await bring(open, ['whole'], true);
	letOpen(open);
	await expect.poll(() => titles().at(-1)).toEqual([shown.title]);
	expect(reads.coming).toBeNull();
	expect(seen.flat().filter((item) => item.id === locked.id)).toEqual([]);
});

test('sync 10: what is shown of a first sync writes nothing into a store that was killed while it opened', async () => {
	const prefix = crypto.randomUUID();
	expect(await neverStored(storeName({ userId: null, prefix }))).toBe(true);
	const { titles } = watch({ store: heldUp().store, early: Promise.resolve(early()), isNew: true });
	await expect.poll(() => titles().at(-1)).toEqual([shown.title]);
	// The next start, whose store opens: what was begun is no catalogue, and it is known to be there.
	const after = await openStore({ userId: null, prefix });
	ends.push(() => after.wipe());
	expect(await neverStored(storeName({ userId: null, prefix }))).toBe(false);
	expect(await after.local.manifest.count()).toBe(0);
	expect(await after.local.packs.count()).toBe(0);
});

test('sync 10: the first goods are shown before anything is stored, without what is hidden', async () => {
	const store = await openHere();
	const seen = lists(store, Promise.resolve(early()));
	await expect.poll(() => seen().at(-1)).toEqual([shown.title]);
	expect(await store.local.manifest.count()).toBe(0);
	expect(await store.local.packs.count()).toBe(0);
});

test('sync 10: they come also when they were slower than the store', async () => {
	const store = await openHere();
	let come: (came: CameEarly) => void = () => undefined;
	const seen = lists(store, new Promise((resolve) => (come = resolve)));
	await expect.poll(() => seen().length).toBeGreaterThan(1);
	expect(seen().flat()).toEqual([]);
	come(early());
	await expect.poll(() => seen().at(-1)).toEqual([shown.title]);
});

test('sync 10: where a catalogue is here already, what came early does not stand in for it', async () => {
	const store = await openHere();
	const { manifest } = early();
	// The whole of an exchange that has nothing to sell any more.
	await store.local.manifest.put(manifestRow({ ...manifest, first: null, packs: [] }, 1, true));
	const came = Promise.resolve(early());
	const seen = lists(store, came);
	await came;
	await expect.poll(() => seen().length).toBeGreaterThan(1);
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect(seen().flat()).toEqual([]);
});

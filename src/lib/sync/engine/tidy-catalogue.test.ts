// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { everything } from '../fold/follows.ts';
import type { PackManifest } from '../protocol/packs.ts';
import type { FeedRow } from '../protocol/wire.ts';
import { packsHere } from '../store/packs.ts';
import { openStore, type Store } from '../store/store.ts';
import { applyPage } from './apply-page.ts';
import { settlePacks } from './settle-packs.ts';
import { tidyCatalogue } from './tidy-catalogue.ts';

const userId = randomUUID();
let store: Store;
beforeEach(async () => {
	store = await openStore({ userId, multiInstance: false, prefix: `t${randomUUID().slice(0, 8)}` });
});
afterEach(() => store.wipe());

const hash = (letter: string) => letter.repeat(64);
const manifestOf = (version: number, ...letters: string[]): PackManifest => ({
	epoch: 'e1',
	serverTime: '2026-11-22T01:00:00.000Z',
	position: { version, id: '', since: version },
	first: null,
	packs: letters.map((letter) => ({ hash: hash(letter), sectorId: 's', wards: [], rows: 1, bytes: 1 })),
	hidden: []
});
/** The packs of a manifest come and take over, as in a tab that pulls. */
async function takesOver(manifest: PackManifest): Promise<void> {
	await store.local.packs.bulkPut(manifest.packs.map((pack) => ({ hash: pack.hash, text: '' })));
	expect(await settlePacks(store, manifest, everything, false)).toBe(true);
}
const here = async () => [...(await packsHere(store.local))].sort();
async function pulls(version: number, title: string): Promise<void> {
	const position = { public: { version, id: 'a' } };
	const doc = { id: 'a', title, approvedAt: '2026-11-22T01:00:00.000Z' };
	const rows: FeedRow[] = [{ audience: 'public', id: 'a', version, doc }];
	await applyPage(store, 'listings', {
		outcome: 'page',
		rows,
		positions: position,
		more: false,
		horizon: 1_000,
		epoch: 'e1',
		serverTime: '2026-11-22T01:00:00.000Z'
	});
}

test('sync 10, 14: packs that take over while another tab tidies stay, and what they replace goes with the next', async () => {
	await takesOver(manifestOf(10, 'a', 'b'));
	const newer = manifestOf(20, 'b', 'c');
	let asked = false;
	const slow: Store = {
		...store,
		readState: async () => {
			if (!asked) await takesOver(newer);
			asked = true;
			return store.readState();
		}
	};
	await tidyCatalogue(slow);
	expect(asked).toBe(true);
	expect(await here()).toEqual(expect.arrayContaining([hash('b'), hash('c')]));
	await tidyCatalogue(store);
	expect(await here()).toEqual([hash('b'), hash('c')]);
});

test('sync 10, 14: a change that comes while another tab tidies is not taken away with what it replaces', async () => {
	await takesOver(manifestOf(1, 'a'));
	await pulls(5, 'Sầu riêng');
	await takesOver(manifestOf(10, 'a'));
	const { listings } = store.docs;
	const remove = listings.bulkRemove.bind(listings);
	listings.bulkRemove = async (...given) => {
		await pulls(15, 'Sầu riêng Ri6');
		return remove(...given);
	};
	await tidyCatalogue(store);
	expect((await listings.find().exec()).map((doc) => doc.data.title)).toEqual(['Sầu riêng Ri6']);
	expect((await store.local.manifest.get('this'))?.tidying).toBe(false);
});

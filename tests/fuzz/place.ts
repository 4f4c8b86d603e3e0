// First of all imports: Dexie looks for IndexedDB when it is loaded.
import './disks.ts';
import { Dexie } from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import type { NeedContent } from '$lib/domain/needs/schema.ts';
import { startTestCluster } from '../world/cluster.ts';
import { openExchange, people, type Exchange, type Goods } from '../world/exchange.ts';
import { stableId } from '$lib/server/seed/people.ts';
import { createHub, type Hub } from '$lib/server/sync/hub.ts';
import { startPoker } from '$lib/server/sync/poker.ts';
import { PhotoDesk } from './photos.ts';
import { Shelf } from './shelf.ts';

/** Who lives in the stories. */
const members = [people.batu, people.chuba, people.chilan, people.anhminh, people.chihanh];

/**
 * Where stories happen, one after the other: a Postgres of its own, since the horizon is one for a whole cluster, with
 * an exchange in which something is on sale, and room for disks of devices.
 */
export class Place {
	private constructor(
		readonly world: Exchange,
		readonly shelf: Shelf,
		/** What is on sale before each story. */
		readonly onSale: Goods,
		/** What somebody looks for before each story. */
		readonly wanted: { readonly id: string; readonly content: NeedContent },
		/** Hears the pokes of the exchange, as a process of it does. */
		readonly hub: Hub,
		readonly photos: PhotoDesk,
		/** Nothing that anybody did here is older. */
		readonly openedAt: string,
		private readonly horizon: string,
		readonly close: () => Promise<void>
	) {}

	static async open(): Promise<Place> {
		const openedAt = new Date().toISOString();
		const { cluster, stop } = await startTestCluster();
		// On a busy machine this process may stand still, or be stopped, for longer than a program may hold a transaction.
		const world = await openExchange({ members, cluster, patienceMs: 1_800_000 });
		const onSale = await world.submits(people.batu, {}, { id: stableId('fuzz: goods on sale') });
		const approved = await world.decides(people.anhminh, onSale.id, 'approve');
		if (!approved.ok) throw new Error(`nothing is on sale: ${approved.refusal.code}`);
		const wanted = { id: stableId('fuzz: a need on the board'), content: world.need() };
		await world.posts(people.chilan, {}, { id: wanted.id });
		const board = await world.decides(people.anhminh, wanted.id, 'approve');
		if (!board.ok) throw new Error(`nothing is on the board: ${board.refusal.code}`);
		const shelf = new Shelf(world.adminUrl);
		// A statement is planned once and not at each of ten thousand pulls.
		await shelf.run(`alter system set plan_cache_mode = 'force_generic_plan'`);
		await shelf.run('select pg_reload_conf()');
		await shelf.keep('start');
		const [horizon] = await world.owner<{ text: string }[]>`
			select pg_get_functiondef('feed_horizon'::regproc) as text`;
		const hub = createHub(() => 0);
		const poker = await startPoker(world.db, hub);
		const photos = await PhotoDesk.open(world);
		return new Place(world, shelf, onSale, wanted, hub, photos, openedAt, horizon?.text ?? '', async () => {
			await photos.close();
			await poker.stop();
			await shelf.close();
			await world.close();
			await stop();
		});
	}

	/** Takes a false horizon away again. */
	restoreHorizon(): Promise<void> {
		return this.shelf.run(this.horizon);
	}

	/** Nothing has happened yet, and every disk is empty. */
	async clear(): Promise<void> {
		await this.shelf.bring('start');
		const disks = new IDBFactory();
		Dexie.dependencies.indexedDB = disks;
		globalThis.indexedDB = disks;
	}
}

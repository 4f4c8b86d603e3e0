import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { readChanges, selectNewest, selectRowsOfSlots } from './feed-queries.ts';
import { makePack } from './pack.ts';
import {
	deleteEverything,
	insertProgress,
	isReadyToPublish,
	lockPacking,
	publishPacks,
	readPlace,
	stagePack,
	updatePlace
} from './queries.ts';
import { firstSlot } from './service.ts';
import {
	deleteEmptySlots,
	fillSlots,
	findReceiver,
	findSmallSlot,
	listDirtySlots,
	listHomeless,
	listSlotsWithRoom,
	mergeSlot,
	takeChanges,
	updateMadeSlots
} from './slot-queries.ts';
import { findPlaces, firstPackSize } from './slots.ts';

/** What one transaction does at most: each is short, since it holds back every device's pull while it writes (sync 7). */
export type Portions = { readonly changes: number; readonly places: number; readonly packs: number };
const usualPortions: Portions = { changes: 1_000, places: 1_000, packs: 3 };

/** What a run has done. */
export type Packed = { readonly changes: number; readonly packs: number };

/**
 * Brings the packs of the catalogue up to the horizon (sync 10): takes what changed since the last time, finds a slot
 * for what is new, makes the packs of the slots that changed, and lets them take over all at once. Any number of
 * processes may run it together, and it may be killed anywhere: every step is a transaction of its own under one lock,
 * and the next run goes on from there. Work grows with the changes, never with the catalogue.
 */
export async function packCatalogue(db: Sql, now: string, portions = usualPortions): Promise<Packed> {
	const step = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
		transaction(db, 'system:catalogue', async (tx) => {
			await lockPacking(tx);
			return work(tx);
		});
	/** Repeats a step until it did less than a full portion; returns how much it did in all. */
	const all = async (
		portion: number,
		work: (tx: Tx, portion: number) => Promise<number>
	): Promise<number> => {
		let total = 0;
		for (;;) {
			const done = await step((tx) => work(tx, portion));
			total += done;
			if (done < portion) return total;
		}
	};
	const packed = { changes: 0, packs: 0 };
	do {
		packed.changes += await all(portions.changes, takePortion);
		await step(deleteEmptySlots);
		for (let at: string | null = ''; at !== null;) at = await step((tx) => mergeNext(tx, at ?? ''));
		await all(portions.places, placePortion);
		packed.packs += await all(portions.packs, makePortion);
		// Another process may have taken something new meanwhile: its packs are made too before anything is shown.
	} while (!(await step((tx) => publish(tx, now))));
	return packed;
}

async function takePortion(tx: Tx, portion: number): Promise<number> {
	const before = await readPlace(tx);
	if (!before) {
		await deleteEverything(tx);
		await insertProgress(tx);
	}
	const from = before ?? { version: 0, id: '' };
	const { changes, horizon } = await readChanges(tx, from, portion);
	if (changes.length > 0) await takeChanges(tx, changes);
	const last = changes.at(-1);
	const complete = changes.length < portion || !last;
	await updatePlace(tx, complete ? { version: horizon, id: '' } : { version: last.version, id: last.docId });
	return changes.length;
}

/** Puts one slot that lost most of its goods together with another. Returns it, or null behind the last one. */
async function mergeNext(tx: Tx, after: string): Promise<string | null> {
	const small = await findSmallSlot(tx, after);
	if (!small) return null;
	const receiver = await findReceiver(tx, small);
	if (receiver) await mergeSlot(tx, small, receiver);
	return small.id;
}

async function placePortion(tx: Tx, portion: number): Promise<number> {
	const homeless = await listHomeless(tx, portion);
	if (homeless.length === 0) return 0;
	const sectors = [...new Set(homeless.map((row) => row.sectorId))];
	await fillSlots(tx, findPlaces(homeless, await listSlotsWithRoom(tx, sectors)));
	return homeless.length;
}

async function makePortion(tx: Tx, portion: number): Promise<number> {
	const slots = await listDirtySlots(tx, portion);
	const rows = await selectRowsOfSlots(
		tx,
		slots.map((slot) => slot.id)
	);
	// Everything is read and compressed before the first write, which is when the transaction begins to hold others up.
	const made = await Promise.all(
		slots.map(async (slot) => ({ slot, pack: await makePack(rows.filter((row) => row.slotId === slot.id)) }))
	);
	for (const { slot, pack } of made) await stagePack(tx, slot, pack);
	await updateMadeSlots(
		tx,
		made.map(({ slot, pack }) => ({ id: slot.id, wards: pack.wards }))
	);
	return slots.length;
}

/** False when there is something to do before. */
async function publish(tx: Tx, now: string): Promise<boolean> {
	if (!(await isReadyToPublish(tx))) return false;
	await stagePack(tx, { id: firstSlot, sectorId: '' }, await makePack(await selectNewest(tx, firstPackSize)));
	await publishPacks(tx, firstSlot, now);
	return true;
}

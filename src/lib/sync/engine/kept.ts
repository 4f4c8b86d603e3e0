import { changeDraft } from '../outbox/drafts.ts';
import { commandBlobs } from '../protocol/commands.ts';
import type { OutboxRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';

/**
 * What a device keeps of commands the exchange has taken, until a backup holds them too: they are offered again should
 * the exchange have to be restored (sync 13). Bounded for an exchange whose watermark stands still.
 */
export const keptAtMost = 500;
export const keptPhotoBytes = 100 * 1024 * 1024;
const keptForMs = 30 * 24 * 3_600_000;

/**
 * Takes a command whose effect is on screen out of the outbox: kept aside while no backup holds it, else gone. Nothing
 * shows, counts or folds what is aside.
 */
export async function setAside(store: Store, seq: number): Promise<void> {
	const { local } = store;
	const { watermark = null } = await store.readState();
	await local.transaction('rw', local.outbox, local.kept, async () => {
		const row = await local.outbox.get(seq);
		if (row?.state !== 'acknowledged' || !row.released) return;
		if (isAwaitingBackup(row, watermark)) await local.kept.put(row);
		await local.outbox.delete(seq);
	});
}

const isAwaitingBackup = (row: OutboxRow, watermark: number | null): boolean =>
	watermark !== null && (row.version ?? 0) >= watermark;

/** Forgets what a backup holds by now, or everything when the exchange keeps none; then the oldest beyond the bounds. */
export async function forgetKept(store: Store): Promise<void> {
	const { local } = store;
	const { watermark = null } = await store.readState();
	const rows = await local.kept.orderBy('seq').reverse().toArray();
	const photos = new Map((await local.photos.toArray()).map((photo) => [photo.hash, photo.bytes]));
	const pulled = (await local.pulls.toArray()).map((pull) => Date.parse(pull.pulledAt ?? '') || 0);
	const serverTime = Math.max(0, ...pulled);
	const counted = new Set<string>();
	let bytes = 0;
	const gone = rows.filter((row, place) => {
		for (const hash of commandBlobs(row)) {
			if (!counted.has(hash)) bytes += photos.get(hash) ?? 0;
			counted.add(hash);
		}
		const old = serverTime - Date.parse(row.receivedAt ?? row.deviceTime) > keptForMs;
		return !isAwaitingBackup(row, watermark) || place >= keptAtMost || bytes > keptPhotoBytes || old;
	});
	await local.kept.bulkDelete(gone.map((row) => row.seq));
}

/**
 * Notices that the exchange is another one than before. A restored one may have lost what it took: everything it has
 * acknowledged and no backup was known to hold goes out again in its order, under the same ids, and it is asked again
 * about photos (sync 13). True when it was.
 */
export async function meetEpoch(store: Store, epoch: string): Promise<boolean> {
	const { local } = store;
	const state = await store.readState();
	const known = state.epoch ?? (await local.pulls.toCollection().first())?.epoch ?? epoch;
	if (state.epoch === epoch) return false;
	if (known !== epoch) {
		await doubtDrafts(store, epoch);
		await offerAgain(store);
	}
	// Only now: a cut in between offers once more, which does no harm.
	await store.changeState({ epoch, ...(known !== epoch && { watermark: null }) });
	return known !== epoch;
}

/** The exchange may have lost what it took of working copies: their next merge takes no older words (sync 13). */
async function doubtDrafts(store: Store, epoch: string): Promise<void> {
	for (const { id } of await store.docs.drafts.find().exec())
		await changeDraft(store, id, (draft) => ({ ...draft, restored: epoch }));
}

async function offerAgain(store: Store): Promise<void> {
	const { local } = store;
	const copies = new Set((await store.docs.drafts.find().exec()).map((draft) => draft.id));
	await local.transaction('rw', local.outbox, local.kept, local.photos, local.photoBytes, async () => {
		for (const photo of await local.photos.where('state').equals('stored').toArray()) {
			const bytes = await local.photoBytes.get(photo.hash);
			if (bytes?.original)
				await local.photos.update(photo.hash, { state: 'on_device', bytesSent: 0, uploadUrl: null });
		}
		const here = new Set(await local.photos.where('state').notEqual('refused').primaryKeys());
		const acknowledged = await local.outbox.where('state').equals('acknowledged').toArray();
		for (const row of [...(await local.kept.toArray()), ...acknowledged]) {
			// A file may have brought it in once more (sync 15): under one id there is one, at its first place.
			const twin = await local.outbox.where('id').equals(row.id).first();
			if (twin && twin.seq < row.seq) continue;
			if (twin && twin.seq > row.seq) await local.outbox.delete(twin.seq);
			await local.outbox.put({
				...row,
				state: 'waiting',
				tries: 0,
				again: true,
				alone: row.name === 'draft.save' && !copies.has(row.input.listingId),
				version: null,
				released: false,
				blobs: [...new Set(commandBlobs(row))].filter((hash) => here.has(hash))
			});
		}
		await local.kept.clear();
	});
}

import { filesOfBusiness } from '$lib/domain/businesses/files.ts';
import { filesOf } from '$lib/domain/listings/rules.ts';
import { commandBlobs } from '../protocol/commands.ts';
import { sha256 } from '../protocol/sha256.ts';
import type { LocalDb, OutboxRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';
import type { Draft } from '../store/types.ts';

/** A photo ready to be kept: small enough to send, with a small picture of itself for lists. */
export type ShrunkPhoto = {
	readonly bytes: ArrayBuffer;
	readonly type: string;
	readonly thumb: ArrayBuffer | null;
};

/** The name of a photo everywhere: the SHA-256 of its bytes as they lie on the device (sync 5). */
export async function photoHash(bytes: ArrayBuffer): Promise<string> {
	return sha256(bytes);
}

const anew = { state: 'on_device', refusal: null, bytesSent: 0, uploadUrl: null } as const;

/** Keeps a photo under its name; the same photo twice is one. Rejects when the store is full. */
export async function keepPhoto(store: Store, photo: ShrunkPhoto, addedAt: string): Promise<string> {
	const hash = await photoHash(photo.bytes);
	const { local } = store;
	await local.transaction('rw', local.photos, local.photoBytes, async () => {
		const known = await local.photos.get(hash);
		await local.photoBytes.put({ hash, original: photo.bytes, thumb: photo.thumb });
		if (known) {
			// Given anew: as new for `freePhotos`. The exchange is asked once more, it may have let go of it meanwhile.
			await local.photos.update(hash, { addedAt, ...(known.state !== 'on_device' && anew) });
			return;
		}
		await local.photos.add({
			hash,
			type: photo.type,
			bytes: photo.bytes.byteLength,
			bytesSent: 0,
			state: 'on_device',
			uploadUrl: null,
			refusal: null,
			addedAt
		});
	});
	return hash;
}

/** What a file brought and waits for a choice lies here alone (sync 15): whichever is chosen must still be here. */
const filesOfDraft = ({ content, conflicts }: Draft): string[] => [
	...filesOf(content),
	...filesOf({ photos: conflicts.photos ?? [], voice: conflicts.voice })
];

/**
 * The exchange says it has no such files, though it said once that they are stored: those whose bytes are still here
 * are brought again, and the command waits for them when it is sent once more. Called before its refusal is written down.
 */
export async function bringAgain(local: LocalDb, row: OutboxRow): Promise<void> {
	await local.transaction('rw', local.photos, local.photoBytes, local.outbox, async () => {
		const here: string[] = [];
		for (const hash of new Set(commandBlobs(row))) {
			const [photo, bytes] = await Promise.all([local.photos.get(hash), local.photoBytes.get(hash)]);
			if (!photo || photo.state === 'refused' || !bytes?.original) continue;
			if (photo.state === 'stored') await local.photos.update(hash, anew);
			here.push(hash);
		}
		await local.outbox.update(row.seq, { blobs: [...new Set([...row.blobs, ...here])] });
	});
}

const namedInDrafts = async (store: Store): Promise<string[]> =>
	(await store.docs.drafts.find().exec()).flatMap((draft) => filesOfDraft(draft.data));

/** Called inside a transaction: what moves from one of these tables to the other is in one of them. */
async function namedElsewhere(local: LocalDb): Promise<string[]> {
	const typed = (await local.state.get('this'))?.typedBusiness;
	const rows = [...(await local.outbox.toArray()), ...(await local.kept.toArray())];
	return [
		...rows.flatMap((row) => commandBlobs(row)),
		...(typed ? filesOfBusiness(typed.content, typed.person) : [])
	];
}

/**
 * Photos and voice notes that a working copy or any command still here speaks of, those kept for a restored exchange
 * included (sync 13).
 */
export async function photosInUse(store: Store): Promise<Set<string>> {
	const { local } = store;
	const drafts = await namedInDrafts(store);
	const others = await local.transaction('r', local.outbox, local.kept, local.state, () =>
		namedElsewhere(local)
	);
	return new Set([...drafts, ...others]);
}

const unwantedKeptMs = 24 * 3_600_000;

/**
 * Frees the bytes of photos the server has confirmed and nothing here speaks of any more; the small picture
 * stays. A photo taken out before it was ever sent goes after a day: a new one is kept before its draft
 * names it.
 */
export async function freePhotos(store: Store, now: string): Promise<void> {
	const { local } = store;
	const photos = await local.photos.toArray();
	if (photos.length === 0) return;
	const used = await photosInUse(store);
	// Again: a command that was given up may have become a working copy between the two looks.
	const named = new Set([...used, ...(await namedInDrafts(store))]);
	const unused = photos.filter(({ hash }) => !named.has(hash));
	if (unused.length === 0) return;
	const { photos: rows, photoBytes, outbox, kept, state } = local;
	await local.transaction('rw', [rows, photoBytes, outbox, kept, state], async () => {
		const used = new Set(await namedElsewhere(local));
		for (const seen of unused) {
			const { hash } = seen;
			const photo = await rows.get(hash);
			// Given anew since: its draft names it in a moment, or does already.
			if (photo?.addedAt !== seen.addedAt || photo.state !== seen.state || used.has(hash)) continue;
			if (photo.state === 'stored') await photoBytes.update(hash, { original: null });
			else if (Math.abs(Date.parse(now) - Date.parse(photo.addedAt)) > unwantedKeptMs) {
				await rows.delete(hash);
				await photoBytes.delete(hash);
			}
		}
	});
}

import type { PhotoRow, OutboxRow } from '../store/local.ts';
import { carriesBase, isUnsettled } from '../fold/dependencies.ts';

export const batchSize = 50;

export type Waiting = {
	readonly rows: readonly OutboxRow[];
	readonly photos: ReadonlyMap<string, PhotoRow>;
	/** Subjects the server asked to leave alone for a while. */
	readonly paused?: ReadonlySet<string>;
};

/**
 * What may leave now: in the order it was made, one command of a subject at a time, photos first.
 * A subject that must wait holds back no other (sync 2).
 */
export function nextBatch({ rows, photos, paused }: Waiting): OutboxRow[] {
	const batch: OutboxRow[] = [];
	const busy = new Set(paused);
	const pending = new Set(rows.filter(isUnsettled).map((row) => row.id));
	for (const row of [...rows].sort((a, b) => a.seq - b.seq)) {
		if (batch.length === batchSize) break;
		if (holdsSubject(row)) {
			busy.add(row.subject);
			continue;
		}
		if (row.state !== 'waiting' || busy.has(row.subject)) continue;
		busy.add(row.subject);
		const needsOther = row.after.some((id) => pending.has(id));
		if (!needsOther && photosAreThere(row, photos)) batch.push(row);
	}
	return batch;
}

/**
 * A command that is under way or set apart holds its subject; so does an acknowledged one of a listing until the pull has brought the
 * `rev` it made, since the next one must build on that.
 */
const holdsSubject = (row: OutboxRow): boolean =>
	row.state === 'sending' ||
	row.state === 'quarantined' ||
	(row.state === 'acknowledged' && !row.released && carriesBase(row));

/**
 * What has left once, here or on the device a file came from, cannot be refused here: for a photo that will never be
 * sent from here it does not wait, the exchange decides.
 */
const photosAreThere = (row: OutboxRow, photos: ReadonlyMap<string, PhotoRow>): boolean =>
	row.blobs.every((hash) => {
		const state = photos.get(hash)?.state;
		return state === 'stored' || (row.sent && state !== 'on_device');
	});

/** A waiting command one of whose photos the server will never take, with that photo. */
export function brokenByPhoto(
	row: OutboxRow,
	photos: ReadonlyMap<string, PhotoRow>
): PhotoRow | 'missing' | null {
	if (row.state !== 'waiting' || row.sent) return null;
	for (const hash of row.blobs) {
		const photo = photos.get(hash);
		if (!photo) return 'missing';
		if (photo.state === 'refused') return photo;
	}
	return null;
}

import type { OutboxRow, PhotoRow } from '../store/local.ts';
import type { CommandState, PendingCommand, PhotoView } from './views.ts';

/** What the folds read of the device's own work, as one snapshot taken before the documents (sync 3). */
export type Work = {
	readonly rows: readonly OutboxRow[];
	readonly photos: ReadonlyMap<string, PhotoRow>;
};

/** How far a command has come, as a screen says it. */
export function commandState(row: OutboxRow, photos: ReadonlyMap<string, PhotoRow>): CommandState {
	switch (row.state) {
		case 'sending':
			return { at: 'sending' };
		case 'quarantined':
			return { at: 'quarantined', tries: row.tries ?? 0 };
		case 'acknowledged':
			return { at: 'acknowledged', receipt: row.receipt ?? '', receivedAt: row.receivedAt ?? row.deviceTime };
		case 'refused':
			return {
				at: 'refused',
				refusal: row.refusal ?? { code: 'not_allowed' },
				receivedAt: row.receivedAt ?? row.deviceTime
			};
		case 'waiting': {
			const sent = row.blobs.filter((hash) => photos.get(hash)?.state === 'stored').length;
			return sent < row.blobs.length
				? { at: 'waiting_for_photos', sent, total: row.blobs.length }
				: { at: 'waiting' };
		}
	}
}

export const pendingOf = (row: OutboxRow, work: Work): PendingCommand => ({
	id: row.id,
	name: row.name,
	deviceTime: row.deviceTime,
	state: commandState(row, work.photos)
});

/**
 * Whether the effect of an acknowledged command is not yet in a document of this version (undefined = no
 * document). The released ones are kept a while for tabs that read late; a document shows when they are done.
 */
export const notYetIn = (row: OutboxRow, docVersion: number | undefined): boolean =>
	row.state !== 'acknowledged' ||
	(docVersion === undefined ? !row.released : docVersion < (row.version ?? 0));

/** One photo of a listing; `stored` = the server says it has it. */
export function photoView(
	hash: string,
	photos: ReadonlyMap<string, PhotoRow>,
	stored: readonly string[]
): PhotoView {
	const row = photos.get(hash);
	const there = stored.includes(hash) || row?.state === 'stored';
	if (there)
		return {
			hash,
			state: 'stored',
			bytesSent: row?.bytes ?? 0,
			bytes: row?.bytes ?? 0,
			refusal: null
		};
	if (!row) return { hash, state: 'missing', bytesSent: 0, bytes: 0, refusal: null };
	const { bytes, bytesSent, refusal } = row;
	if (row.state === 'refused') return { hash, state: 'refused', bytesSent, bytes, refusal };
	return { hash, state: bytesSent > 0 ? 'sending' : 'on_device', bytesSent, bytes, refusal: null };
}

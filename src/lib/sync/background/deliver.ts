import { nextBatch } from '../outbox/next-batch.ts';
import { markSending, markWaiting } from '../outbox/outbox.ts';
import { wireOf } from '../outbox/wire-command.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { PushRequest } from '../protocol/wire.ts';
import type { LocalDb } from '../store/local.ts';

/**
 * Hands in what may leave, with no screen of the app open, and leaves every command waiting: what the exchange answers
 * is asked for again, under the same ids, by the next round of a screen, which knows what an answer means for the
 * documents (sync 1). So a browser that never calls this, or kills it half way, costs nothing but time. Returns how
 * many went out; rejects when no answer came.
 */
export async function deliverWaiting(
	local: LocalDb,
	userId: string,
	push: (request: PushRequest) => Promise<unknown>
): Promise<number> {
	const state = await local.state.get('this');
	if (!state || state.session !== 'signed_in' || state.mustUpgrade) return 0;
	// A screen that was closed in the middle of sending left them so; whoever calls holds its lock.
	await markWaiting(local);
	const rows = await local.outbox.orderBy('seq').toArray();
	const photos = new Map((await local.photos.toArray()).map((photo) => [photo.hash, photo]));
	const batch = await markSending(local, nextBatch({ rows, photos }));
	if (batch.length === 0) return 0;
	const here = new Set(rows.map((row) => row.id));
	try {
		await push({
			protocol: protocolVersion,
			actorId: userId,
			deviceId: state.deviceId,
			commands: batch.map((row) => wireOf(row, here))
		});
	} finally {
		await markWaiting(
			local,
			batch.map((row) => row.seq)
		);
	}
	return batch.length;
}

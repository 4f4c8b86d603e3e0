import { commandTouches } from '../protocol/commands.ts';
import type { CollectionName } from '../protocol/collections.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { CommandAnswer, PushAnswer, WireCommand } from '../protocol/wire.ts';
import { brokenByPhoto, nextBatch } from '../outbox/next-batch.ts';
import { markSending, markWaiting, refuseHere, settle } from '../outbox/outbox.ts';
import type { OutboxRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';
import type { Transport } from '../transport/transport.ts';
import { adoptAncestor } from './rebase.ts';

export type Pushed = {
	/** Where the effects will show. */
	readonly touched: ReadonlySet<CollectionName>;
	/** Subjects the server wants left alone, with how long. */
	readonly paused: ReadonlyMap<string, number>;
	readonly sent: number;
	readonly answer: PushAnswer | null;
};

/** Sends the next batch, if any, and writes the answers down. Rejects when no answer came (sync 1, 2). */
export async function pushBatch(
	store: Store,
	transport: Pick<Transport, 'push'>,
	paused: ReadonlySet<string>,
	now: () => string
): Promise<Pushed> {
	const nothing: Pushed = { touched: new Set(), paused: new Map(), sent: 0, answer: null };
	if (store.userId === null) return nothing;
	const rows = await store.local.outbox.orderBy('seq').toArray();
	const photos = new Map((await store.local.photos.toArray()).map((photo) => [photo.hash, photo]));
	const refused = new Set(rows.filter((row) => row.state === 'refused').map((row) => row.id));
	for (const row of rows) {
		if (row.after.some((id) => refused.has(id)))
			await refuseHere(store.local, row.seq, { code: 'depends_on_refused' }, now());
		const broken = brokenByPhoto(row, photos);
		if (broken === 'missing') await refuseHere(store.local, row.seq, { code: 'photo_missing' }, now());
		else if (broken)
			await refuseHere(
				store.local,
				row.seq,
				{ code: 'photo_refused', fields: { photos: broken.refusal?.code ?? 'photo_refused' } },
				now()
			);
	}
	const batch = await markSending(store.local, nextBatch({ rows, photos, paused }));
	if (batch.length === 0) return nothing;

	const { deviceId } = await store.readState();
	const here = new Set(rows.map((row) => row.id));
	const seqs = batch.map((row) => row.seq);
	let answer: PushAnswer;
	try {
		answer = await transport.push({
			protocol: protocolVersion,
			actorId: store.userId,
			deviceId,
			commands: batch.map((row) => wireOf(row, here))
		});
	} catch (error) {
		await markWaiting(store.local, seqs);
		throw error;
	}
	if (answer.outcome !== 'answers') {
		await markWaiting(store.local, seqs);
		return { ...nothing, sent: batch.length, answer };
	}
	const pauses = new Map<string, number>();
	for (const row of batch) {
		const own = answer.answers.find((a) => a.id === row.id);
		if (own) await takeAnswer(store, row, own);
		if (own?.outcome === 'retry') pauses.set(row.subject, own.afterMs);
	}
	// A command the server did not mention goes out again.
	await markWaiting(store.local, seqs);
	return {
		touched: new Set(batch.flatMap((row) => commandTouches[row.name])),
		paused: pauses,
		sent: batch.length,
		answer
	};
}

/**
 * What it builds on and is no longer here was accepted long ago, or thrown away before it left: the exchange would
 * wait for that one for ever.
 */
const wireOf = (row: OutboxRow, here: ReadonlySet<string>): WireCommand => ({
	id: row.id,
	seq: row.seq,
	name: row.name,
	input: row.input,
	deviceTime: row.deviceTime,
	after: row.after.filter((id) => here.has(id))
});

async function takeAnswer(store: Store, row: OutboxRow, answer: CommandAnswer): Promise<void> {
	if (answer.outcome === 'applied' || answer.outcome === 'duplicate') await adoptAncestor(store, row);
	if (row.name === 'draft.save' && answer.outcome === 'refused' && answer.refusal.code === 'stale_version') {
		// Somebody else was faster: the text is still in the working copy, the next pull merges and saves it again.
		await store.local.outbox.delete(row.seq);
		return;
	}
	await settle(store.local, answer);
}

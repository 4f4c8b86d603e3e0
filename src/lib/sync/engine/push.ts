import { commandTouches } from '../protocol/commands.ts';
import { collectionNames, type CollectionName } from '../protocol/collections.ts';
import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import type { PhotoRow } from '../store/local.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { CommandAnswer, PushAnswer, PushRequest, WireCommand } from '../protocol/wire.ts';
import { brokenByPhoto, nextBatch } from '../outbox/next-batch.ts';
import { wireOf } from '../outbox/wire-command.ts';
import { markSending, markWaiting, refuseHere } from '../outbox/outbox.ts';
import { pauseAfter, triesBeforeQuarantine } from '../outbox/quarantine.ts';
import { isInTerm } from '../outbox/term.ts';
import type { OutboxRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';
import { Unacceptable, type Transport } from '../transport/transport.ts';
import { meetEpoch } from './kept.ts';
import { takeAnswer } from './take-answer.ts';

export type Pushed = {
	/** Where the effects will show. */
	readonly touched: ReadonlySet<CollectionName>;
	/** Subjects whose command was not taken now, with how long they are left alone, in milliseconds. */
	readonly paused: ReadonlyMap<string, number>;
	readonly sent: number;
	readonly answer: PushAnswer | null;
};

/** Sends the next batch, if any, and writes the answers down. Rejects when no answer came (sync 1, 2). */
export async function pushBatch(
	store: Store,
	transport: Pick<Transport, 'push'>,
	paused: ReadonlySet<string>,
	now: () => string,
	{ random = Math.random, term = null }: { random?: () => number; term?: number | null } = {}
): Promise<Pushed> {
	const nothing: Pushed = { touched: new Set(), paused: new Map(), sent: 0, answer: null };
	if (store.userId === null) return nothing;
	const rows = await store.local.outbox.orderBy('seq').toArray();
	if (!rows.some((row) => row.state === 'waiting')) return nothing;
	const photos = new Map((await store.local.photos.toArray()).map((photo) => [photo.hash, photo]));
	const refused = new Set(rows.filter((row) => row.state === 'refused').map((row) => row.id));
	for (const row of rows) {
		if (row.after.some((id) => refused.has(id)))
			await refuseHere(store.local, row.seq, { code: 'depends_on_refused' }, now());
		const broken = brokenByPhoto(row, photos);
		if (broken === 'missing') await refuseHere(store.local, row.seq, { code: 'photo_missing' }, now());
		else if (broken) await refuseHere(store.local, row.seq, brokenBy(broken), now());
	}
	const batch = await markSending(store.local, nextBatch({ rows, photos, paused }), term);
	if (batch.length === 0) return nothing;

	const { deviceId } = await store.readState();
	const here = new Set(rows.map((row) => row.id));
	const seqs = batch.map((row) => row.seq);
	const request = { protocol: protocolVersion, actorId: store.userId, deviceId };
	const commands = batch.map((row) => wireOf(row, here));
	let sent: Sent;
	try {
		sent = await send(transport, request, commands, now);
	} catch (error) {
		await markWaiting(store.local, seqs, term);
		throw error;
	}
	// Before the answers are written down: what it takes now belongs to the exchange it is now (sync 13).
	const another = sent.last?.outcome === 'answers' && (await meetEpoch(store, sent.last.epoch));
	const pauses = new Map<string, number>();
	const inTerm = await isInTerm(store.local, term);
	for (const row of batch) {
		const own = sent.answers.find((a) => a.id === row.id) ?? unmentioned(row, sent.last);
		// What the exchange has decided is true whoever hears it; when to try again is the leader's affair.
		if (!own || (own.outcome === 'retry' && !inTerm)) continue;
		await takeAnswer(store, row, own);
		const tries = (row.tries ?? 0) + 1;
		if (own.outcome === 'retry' && tries < triesBeforeQuarantine)
			pauses.set(row.subject, pauseAfter(tries, own.afterMs, random()));
	}
	// The server spoke of the session instead: they go out again as they are.
	await markWaiting(store.local, seqs, term);
	return {
		touched: new Set(another ? collectionNames : batch.flatMap((row) => commandTouches[row.name])),
		paused: pauses,
		sent: batch.length,
		answer: sent.last
	};
}

/** An answer that leaves a command out must not be asked for again at once, and for ever. */
const unmentioned = (row: OutboxRow, last: PushAnswer | null): CommandAnswer | null =>
	last?.outcome === 'answers' ? { id: row.id, outcome: 'retry', afterMs: 0 } : null;

type Sent = {
	readonly answers: readonly CommandAnswer[];
	/** What the server said last; null when it would not take any of them. */
	readonly last: PushAnswer | null;
};

/**
 * Sends commands. When the server will not take them together they go in halves, until the one it will not take
 * stands alone and is refused: it must not hold back the others (sync 2).
 */
async function send(
	transport: Pick<Transport, 'push'>,
	request: Omit<PushRequest, 'commands'>,
	commands: readonly WireCommand[],
	now: () => string
): Promise<Sent> {
	try {
		const answer = await transport.push({ ...request, commands: [...commands] });
		return { answers: answer.outcome === 'answers' ? answer.answers : [], last: answer };
	} catch (error) {
		if (!(error instanceof Unacceptable)) throw error;
		const [only] = commands;
		if (only && commands.length === 1) {
			const refusal = { code: 'invalid_input' } as const;
			return {
				answers: [{ id: only.id, outcome: 'refused', refusal, receivedAt: now() }],
				last: null
			};
		}
		const half = Math.ceil(commands.length / 2);
		const first = await send(transport, request, commands.slice(0, half), now);
		if (first.last && first.last.outcome !== 'answers') return first;
		const second = await send(transport, request, commands.slice(half), now);
		return { answers: [...first.answers, ...second.answers], last: second.last ?? first.last };
	}
}

const brokenBy = ({ type, refusal }: PhotoRow): Refusal =>
	type.startsWith('audio/')
		? { code: refusal?.code ?? 'voice_unusable', fields: { voice: 'voice_unusable' } }
		: { code: 'photo_refused', fields: { photos: refusal?.code ?? 'photo_refused' } };

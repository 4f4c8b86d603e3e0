import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import type { ListingContent } from '$lib/domain/listings/schema.ts';
import type { OrderPlace } from '$lib/domain/orders/schema.ts';
import { commandBlobs, commandSubject, type AnyCommand } from '../protocol/commands.ts';
import type { CommandAnswer } from '../protocol/wire.ts';
import type { LocalDb, OutboxRow } from '../store/local.ts';
import type { OrderGoods } from '../store/types.ts';
import {
	answersRefusal,
	buildsOn,
	carriesBase,
	isOnlyHere,
	isUnsettled,
	supersedes
} from '../fold/dependencies.ts';
import { triesBeforeQuarantine } from './quarantine.ts';
import { keepReceipt } from './receipts.ts';
import { isInTerm } from './term.ts';

export type EnqueueMore = {
	readonly id: string;
	/** The device's clock, ISO. */
	readonly deviceTime: string;
	readonly after?: readonly string[];
	readonly goods?: OrderGoods | null;
	/** The content a decision is about. */
	readonly seen?: ListingContent | null;
	/** Hashes the server is known to hold: they need not be sent again. */
	readonly stored?: ReadonlySet<string>;
};

/**
 * Puts a command at the end of the outbox, in one transaction with the counter that gives it its place
 * (sync 1). An unsent text it replaces goes; a refusal it answers goes. Words that are nowhere else here, or of a listing in
 * a file, go only when the listing is thrown away.
 */
export async function enqueue(local: LocalDb, command: AnyCommand, more: EnqueueMore): Promise<OutboxRow> {
	return local.transaction('rw', local.outbox, local.state, async () => {
		const subject = commandSubject(command);
		const earlier = await local.outbox.where('subject').equals(subject).sortBy('seq');
		const gone = earlier.filter(
			(row) =>
				(command.name === 'draft.discard' || !(row.alone || isInFile(row))) &&
				((isOnlyHere(row) && supersedes(command, row)) ||
					(row.state === 'refused' && answersRefusal(command, row)))
		);
		// What was refused only because it built on one of these goes with it, as when that is discarded.
		for (const row of earlier)
			if (row.refusal?.code === 'depends_on_refused' && !gone.includes(row))
				if (gone.some(({ state, id }) => state === 'refused' && row.after.includes(id))) gone.push(row);
		await local.outbox.bulkDelete(gone.map((row) => row.seq));
		const needed = earlier.filter((row) => !gone.includes(row) && isUnsettled(row) && buildsOn(command, row));
		const row: OutboxRow = {
			...command,
			seq: await nextSeq(local),
			id: more.id,
			subject,
			deviceTime: more.deviceTime,
			after: [...new Set([...(more.after ?? []), ...needed.map((n) => n.id)])],
			blobs: [...new Set(commandBlobs(command))].filter((hash) => !more.stored?.has(hash)),
			state: 'waiting',
			sent: false,
			version: null,
			receipt: null,
			receivedAt: null,
			refusal: null,
			released: false,
			goods: more.goods ?? null,
			seen: more.seen ?? null
		};
		await local.outbox.add(row);
		return row;
	});
}

/** Whoever hands the file in may do it first: sent from here as well, it tells whose words the exchange has then. */
const isInFile = (row: OutboxRow): boolean =>
	row.exported === true && row.state === 'waiting' && carriesBase(row);

/** A command that comes from another device of the same person, as a file brought it. */
export type AdoptedCommand = AnyCommand &
	Pick<
		OutboxRow,
		'id' | 'deviceTime' | 'after' | 'blobs' | 'refusal' | 'receivedAt' | 'goods' | 'alone' | 'broughtFrom'
	>;

/**
 * Puts commands of another device at the end of the outbox under their own ids, frozen: the exchange may have them
 * already, and the other device may still send them (sync 1). Those that are here, or kept because the exchange has
 * them (sync 13), stay as they are. Returns how many came in.
 */
export async function adopt(local: LocalDb, commands: readonly AdoptedCommand[]): Promise<number> {
	return local.transaction('rw', local.outbox, local.kept, local.state, async () => {
		let added = 0;
		const kept = new Set((await local.kept.toArray()).map((row) => row.id));
		for (const command of commands) {
			if (kept.has(command.id) || (await local.outbox.where('id').equals(command.id).count()) > 0) continue;
			await local.outbox.add({
				...command,
				seq: await nextSeq(local),
				subject: commandSubject(command),
				state: command.refusal ? 'refused' : 'waiting',
				sent: true,
				version: null,
				receipt: null,
				released: false
			});
			added += 1;
		}
		return added;
	});
}

/** Called inside a transaction on `state`: two tabs never take the same number. */
async function nextSeq(local: LocalDb): Promise<number> {
	const state = await local.state.get('this');
	if (!state) throw new Error('the store has no state row');
	await local.state.update('this', { seq: state.seq + 1 });
	return state.seq + 1;
}

/**
 * Freezes the batch: from here on id and input never change, whatever becomes of the answer (sync 1). Two tabs never
 * get the same command, and one whose term is over gets none (sync 14).
 */
export async function markSending(
	local: LocalDb,
	rows: readonly OutboxRow[],
	term: number | null = null
): Promise<OutboxRow[]> {
	return local.transaction('rw', local.outbox, local.state, async () => {
		if (!(await isInTerm(local, term))) return [];
		const frozen: OutboxRow[] = [];
		for (const { seq } of rows) {
			// Read again: it may have been discarded or replaced since it was chosen.
			const row = await local.outbox.get(seq);
			if (row?.state !== 'waiting') continue;
			await local.outbox.update(seq, { state: 'sending', sent: true });
			frozen.push({ ...row, state: 'sending', sent: true });
		}
		return frozen;
	});
}

/**
 * No answer came: they go out again as they are, the server knows a repeat by its id. A tab whose term is over leaves
 * them alone: they are the new leader's.
 */
export async function markWaiting(
	local: LocalDb,
	seqs?: readonly number[],
	term: number | null = null
): Promise<void> {
	await local.transaction('rw', local.outbox, local.state, async () => {
		if (!(await isInTerm(local, term))) return;
		const sending = await local.outbox.where('state').equals('sending').toArray();
		for (const row of sending)
			if (!seqs || seqs.includes(row.seq)) await local.outbox.update(row.seq, { state: 'waiting' });
	});
}

/** Writes one answer down; a refusal takes along what builds on it (sync 2). */
export async function settle(local: LocalDb, answer: CommandAnswer): Promise<void> {
	await local.transaction('rw', local.outbox, local.receipts, async () => {
		const row = await local.outbox.where('id').equals(answer.id).first();
		if (!row || row.state === 'acknowledged' || row.state === 'refused') return;
		if (answer.outcome === 'retry') {
			const tries = (row.tries ?? 0) + 1;
			await local.outbox.update(row.seq, {
				state: tries < triesBeforeQuarantine ? 'waiting' : 'quarantined',
				tries
			});
		} else if (answer.outcome === 'refused') {
			await refuse(local, row, answer.refusal, answer.receivedAt);
		} else {
			await local.outbox.update(row.seq, {
				state: 'acknowledged',
				version: answer.version,
				receipt: answer.receipt,
				receivedAt: answer.receivedAt
			});
			await keepReceipt(local, row, answer);
		}
	});
}

/** Refuses a command here, without the server: a photo of it was refused, or what it builds on. */
export async function refuseHere(local: LocalDb, seq: number, refusal: Refusal, at: string): Promise<void> {
	await local.transaction('rw', local.outbox, async () => {
		const row = await local.outbox.get(seq);
		if (row?.state === 'waiting' && !row.sent) await refuse(local, row, refusal, at);
	});
}

async function refuse(local: LocalDb, row: OutboxRow, refusal: Refusal, receivedAt: string): Promise<void> {
	await local.outbox.update(row.seq, { state: 'refused', refusal, receivedAt });
	const dependents = await local.outbox
		.filter((other) => other.state === 'waiting' && !other.sent && other.after.includes(row.id))
		.toArray();
	for (const dependent of dependents)
		await refuse(local, dependent, { code: 'depends_on_refused' }, receivedAt);
}

/**
 * Sends a refused command once more under a new id, and with it those that were refused only because they
 * build on it. The old id stays refused on the server for ever. `order` takes the place of an order's words.
 */
export async function retryRefused(
	local: LocalDb,
	id: string,
	fresh: { newId: () => string; deviceTime: string },
	order: OrderPlace | null = null
): Promise<void> {
	await local.transaction('rw', local.outbox, local.state, async () => {
		const renamed = new Map<string, string>();
		// Dependents come later in the order than what they build on, so one pass finds them all.
		for (const row of await local.outbox.where('state').equals('refused').sortBy('seq')) {
			const builds = row.refusal?.code === 'depends_on_refused' && row.after.some((n) => renamed.has(n));
			if (row.id !== id && !builds) continue;
			const newId = fresh.newId();
			renamed.set(row.id, newId);
			await local.outbox.delete(row.seq);
			const words =
				row.id === id && row.name === 'order.place' && order !== null ? { ...row, input: order } : row;
			await local.outbox.add({
				...words,
				seq: await nextSeq(local),
				id: newId,
				deviceTime: fresh.deviceTime,
				after: row.after.map((needed) => renamed.get(needed) ?? needed),
				state: 'waiting',
				sent: false,
				exported: false,
				again: false,
				tries: 0,
				refusal: null,
				receivedAt: null
			});
		}
	});
}

/**
 * Takes a command away that has not left the device, was set apart or was refused; with it go those that build on it.
 * False when the server may already have it.
 */
export async function discard(local: LocalDb, id: string): Promise<boolean> {
	return local.transaction('rw', local.outbox, async () => {
		const row = await local.outbox.where('id').equals(id).first();
		if (!row) return true;
		if (row.state !== 'refused' && !isOnlyHere(row)) return false;
		await local.outbox.delete(row.seq);
		const dependents = await local.outbox
			.filter((other) => other.after.includes(id) && other.state !== 'acknowledged' && !other.sent)
			.toArray();
		for (const dependent of dependents) await discard(local, dependent.id);
		return true;
	});
}

import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import { bringAgain } from '../blobs/photos.ts';
import { carriesBase, isUnsettled } from '../fold/dependencies.ts';
import { changeDraft, readDraft, takeIntoDraft } from '../outbox/drafts.ts';
import { settle } from '../outbox/outbox.ts';
import type { CommandAnswer } from '../protocol/wire.ts';
import type { OutboxRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';
import { adoptAncestor } from './rebase.ts';

const lacksFiles: ReadonlySet<string> = new Set(['photo_missing', 'voice_missing']);

/** What an answer of the exchange means for the command as it was sent, and for its working copy. */
export async function takeAnswer(store: Store, sent: OutboxRow, answer: CommandAnswer): Promise<void> {
	// Another tab may have written the same answer down long since, and gone on from there (sync 14).
	const row = await store.local.outbox.get(sent.seq);
	if (!row || row.id !== sent.id || !isUnsettled(row)) return;
	if (answer.outcome === 'applied' || answer.outcome === 'duplicate') await adoptAncestor(store, row);
	if (answer.outcome === 'refused' && lacksFiles.has(answer.refusal.code)) await bringAgain(store.local, row);
	if (answer.outcome === 'refused') await doubtIfBehind(store, row, answer.refusal);
	// Somebody else was faster: the text is still in the working copy, the next pull merges and saves it again.
	if (
		answer.outcome === 'refused' &&
		answer.refusal.code === 'stale_version' &&
		row.name === 'draft.save' &&
		(await isSpokenFor(store, row))
	)
		await store.local.outbox.delete(row.seq);
	else await settle(store.local, answer);
}

/**
 * An exchange that is behind what a command builds on was restored since the working copy was made, in a file or in a moment
 * nobody marked it: its next merge takes no older words (sync 13).
 */
async function doubtIfBehind(store: Store, row: OutboxRow, refusal: Refusal): Promise<void> {
	const rev = refusal.code === 'stale_version' ? refusal.facts?.rev : undefined;
	const { epoch } = await store.readState();
	if (typeof rev !== 'number' || !epoch || !carriesBase(row)) return;
	if (!('listingId' in row.input) || !('base' in row.input) || row.input.base <= rev) return;
	await changeDraft(store, row.input.listingId, (draft) =>
		draft.base > rev ? { ...draft, restored: epoch } : draft
	);
}

/**
 * Whether the words of a save are in the working copy, or were thrown away with it. Where they are in none, given back
 * after a restore or brought by a file, the save is the only place (sync 13, 15).
 */
async function isSpokenFor(store: Store, row: OutboxRow & { name: 'draft.save' }): Promise<boolean> {
	if (row.alone) return takeIntoDraft(store, row);
	if (await readDraft(store, row.input.listingId)) return true;
	const later = await store.local.outbox.where('subject').equals(row.subject).toArray();
	return later.some((other) => other.name === 'draft.discard' && other.seq > row.seq && isUnsettled(other));
}

import { nextListingState } from '$lib/domain/listings/rules.ts';
import { emptyListing } from '$lib/domain/listings/schema.ts';
import { carriesBase, isUnsettled, saidIn } from '../fold/dependencies.ts';
import {
	changeDraft,
	isMineRead,
	queueDraftSave,
	readDraft,
	readMine,
	removeDraftIf,
	type Here
} from '../outbox/drafts.ts';
import { changedFields, mergeDraft, sameContent, sameValue } from '../fold/merge.ts';
import type { LocalDb, OutboxRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';
import type { Draft } from '../store/types.ts';

/**
 * The server took this text as it was sent, so it is now the common ancestor of later merges (sync 4). Done
 * before the answer is written down: a cut in between is answered `duplicate` and comes here again. What was taken on
 * another base than the working copy's, long ago, says nothing of what the server has now; what is given back does. Nor does
 * what a file brought for a copy that never held it.
 */
export async function adoptAncestor(store: Store, row: OutboxRow): Promise<void> {
	if (row.name !== 'listing.restock' && row.name !== 'draft.save' && row.name !== 'listing.submit') return;
	await changeDraft(store, row.input.listingId, (draft) => {
		if ((draft.base !== row.input.base || row.alone) && !row.again) return draft;
		if (row.name !== 'listing.restock')
			return { ...draft, ancestor: { ...draft.ancestor, ...saidIn(row)?.words } };
		// Said apart from the text: a working copy that left the stock alone goes along.
		const { stock } = row.input;
		return {
			...draft,
			content: draft.content.stock === draft.ancestor.stock ? { ...draft.content, stock } : draft.content,
			ancestor: { ...draft.ancestor, stock }
		};
	});
}

/**
 * Brings the working copy and the unsent commands of one listing onto the version last pulled. Does nothing
 * while the outcome of an own command is unknown, or known but not yet pulled: what looks like somebody else's
 * change could be one's own. What stands in a file may have been done by whoever handed that in, unless the version is one
 * that was made from here: then the exchange can never do it on its base, and it goes on under another id.
 */
export async function rebaseListing(store: Store, here: Here, listingId: string): Promise<void> {
	const rows = (await store.local.outbox.where('subject').equals(`listing:${listingId}`).toArray()).filter(
		carriesBase
	);
	if (rows.some((row) => isUnsettled(row) && row.sent)) return;
	const draft = await readDraft(store, listingId);
	if (draft?.restored !== undefined && !(await isMineRead(store, draft.restored))) return;
	const mine = await readMine(store, listingId);
	if (!mine) {
		if (draft?.restored !== undefined && !rows.some(isUnsettled)) await saveAsNew(store, here, listingId);
		return;
	}
	const ownVersions = rows.map((row) => (row.released ? -1 : (row.version ?? -1)));
	if (ownVersions.some((version) => version > mine.version)) return;
	const makers = rows.filter((row) => !row.released && row.version === mine.version);
	// What one device said builds on what it said before, and not on what another one did.
	const isOwn = (row: OutboxRow): boolean => makers.some((own) => own.broughtFrom === row.broughtFrom);
	if (rows.some((row) => row.state === 'waiting' && row.exported && !isOwn(row))) return;

	// A command that was made on an older base than the working copy's was left behind when others' words came.
	const untouchedByOthers = (row: OutboxRow, base: number): boolean =>
		isOwnWork(
			rows.filter((own) => own.broughtFrom === row.broughtFrom),
			mine.version,
			base
		) ||
		(draft?.base === base && sameValue(mine.data.content, draft.ancestor));
	// A tab that stood still hears late of what another pulled: it knows an older version than the working copy is on.
	if (draft && draft.restored === undefined && draft.base > mine.data.rev) return;
	const isBehind = (copy: Draft): boolean => copy.base < mine.data.rev || copy.restored !== undefined;
	const moved = draft !== null && isBehind(draft);
	const merged = moved
		? await changeDraft(store, listingId, (now) => (isBehind(now) ? mergeDraft(now, mine.data) : now))
		: draft;

	for (const row of rows) {
		if (row.state !== 'waiting' || row.sent) continue;
		await rewriteUnsent(store, here, row.seq, (unsent) => {
			if (unsent.name === 'draft.save') {
				// It has not grown out of this working copy, or out of none that is here: its words are its own.
				if (unsent.alone || !merged) return unsent;
				const fields = changedFields(merged);
				if (Object.keys(fields).length === 0) return null;
				if (unsent.input.base === mine.data.rev && sameValue(unsent.input.fields, fields)) return unsent;
				return { ...unsent, input: { ...unsent.input, base: mine.data.rev, fields } };
			}
			switch (unsent.name) {
				case 'listing.submit':
					return untouchedByOthers(unsent, unsent.input.base)
						? { ...unsent, input: { ...unsent.input, base: mine.data.rev } }
						: unsent;
				case 'listing.restock':
					return untouchedByOthers(unsent, unsent.input.base)
						? { ...unsent, input: { ...unsent.input, base: mine.data.rev } }
						: unsent;
				case 'listing.withdraw':
				case 'draft.discard':
					return untouchedByOthers(unsent, unsent.input.base)
						? { ...unsent, input: { ...unsent.input, base: mine.data.rev } }
						: unsent;
				default:
					return unsent;
			}
		});
	}
	if (!merged) return;
	const idle = !rows.some((row) => row.state === 'refused' || isUnsettled(row));
	const editable = nextListingState(mine.data.state, 'edit').ok;
	const isDone = (copy: Draft): boolean =>
		Object.keys(copy.conflicts).length === 0 && sameContent(copy.content, mine.data.content);
	if (idle && isDone(merged) && !editable) await removeDraftIf(store, listingId, isDone);
	else if (moved && editable) await queueDraftSave(store, here, listingId);
}

const baseOf = (row: OutboxRow): number => ('base' in row.input ? row.input.base : -1);

/** The `rev` a command made that was taken: each moves it on by one, and a first submission makes the listing as well. */
const madeRev = (row: OutboxRow): number =>
	baseOf(row) + (row.name === 'listing.submit' && baseOf(row) === 0 ? 2 : 1);

/** Whether these commands, one upon the other, made all there is from `base` to this version: nobody else spoke in between. */
function isOwnWork(rows: readonly OutboxRow[], version: number, base: number): boolean {
	const taken = rows.filter((row) => row.state === 'acknowledged');
	let step = taken.findLast((row) => !row.released && row.version === version);
	while (step && baseOf(step) > base) {
		const from = baseOf(step);
		step = taken.find((row) => madeRev(row) === from);
	}
	return step !== undefined && baseOf(step) === base;
}

/** The restored exchange has nothing of this listing, and nobody has given it back: all of it is unsaved. */
async function saveAsNew(store: Store, here: Here, listingId: string): Promise<void> {
	await changeDraft(store, listingId, ({ restored: _, ...draft }) => ({
		...draft,
		base: 0,
		ancestor: emptyListing
	}));
	await queueDraftSave(store, here, listingId);
}

/** Changes a command that has never left the device, under another id when a file holds it; null takes it away. */
async function rewriteUnsent(
	{ local }: Store,
	here: Here,
	seq: number,
	change: (row: OutboxRow) => OutboxRow | null
): Promise<void> {
	await local.transaction('rw', local.outbox, async () => {
		const row = await local.outbox.get(seq);
		if (row?.state !== 'waiting' || row.sent) return;
		const changed = change(row);
		if (changed === null) await local.outbox.delete(seq);
		else if (!row.exported) await local.outbox.put(changed);
		else if (!sameValue(changed.input, row.input)) await goOnAs(local, changed, here.newId());
	});
}

/** In its place, and with what builds on it. */
async function goOnAs(local: LocalDb, row: OutboxRow, id: string): Promise<void> {
	await local.outbox.delete(row.seq);
	await local.outbox.add({ ...row, id, exported: false });
	await local.outbox
		.filter((other) => other.after.includes(row.id))
		.modify((other) => {
			other.after = other.after.map((needed) => (needed === row.id ? id : needed));
		});
}

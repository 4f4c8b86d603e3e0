import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { canDiscardListing, nextListingState } from '$lib/domain/listings/rules.ts';
import { submittableSchema, type ListingContent, type ListingField } from '$lib/domain/listings/schema.ts';
import { deviceAudience, documentKey, newestById } from '../store/documents.ts';
import type { OutboxRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';
import type { Draft, DraftConflicts } from '../store/types.ts';
import { isOnlyHere, isUnsettled, saidIn } from '../fold/dependencies.ts';
import { changedFields, newDraft, sameValue, settleConflict, takeWords, withWords } from '../fold/merge.ts';
import { listingsOf } from '../fold/mine.ts';
import { discard, enqueue } from './outbox.ts';

/** Clock and ids, given so that the rules stay testable. `now` is the device's clock, ISO. */
export type Here = { readonly now: () => string; readonly newId: () => string };

const draftKey = (listingId: string): string => documentKey(deviceAudience, listingId);

/** The working copy of a listing on this device, or null. */
export async function readDraft(store: Store, listingId: string): Promise<Draft | null> {
	const found = await store.docs.drafts.findOne(draftKey(listingId)).exec();
	return found ? found.toMutableJSON().data : null;
}

/** The server's version of an own listing as this device last pulled it. */
export async function readMine(store: Store, listingId: string) {
	const found = await store.docs.mine.find({ selector: { id: listingId } }).exec();
	return listingsOf(newestById(found.map((doc) => doc.toMutableJSON()))).get(listingId) ?? null;
}

/** Whether all own listings were read since that epoch began; before, they are those of the lost exchange. */
export async function isMineRead(store: Store, epoch: string): Promise<boolean> {
	const pulled = await store.local.pulls.get('mine');
	return pulled?.epoch === epoch && pulled.horizon > 0;
}

const draftDoc = (draft: Draft) => ({
	key: draftKey(draft.listingId),
	audience: deviceAudience,
	id: draft.listingId,
	version: 0,
	round: 0,
	order: 0,
	data: draft
});

export async function writeDraft(store: Store, draft: Draft): Promise<void> {
	await store.docs.drafts.incrementalUpsert(draftDoc(draft));
}

/**
 * Changes the working copy as it is at that moment: what was typed since somebody looked stays. null = there is
 * none.
 */
export async function changeDraft(
	store: Store,
	listingId: string,
	change: (draft: Draft) => Draft
): Promise<Draft | null> {
	const found = await store.docs.drafts.findOne(draftKey(listingId)).exec();
	if (!found) return null;
	const written = await found.incrementalModify((doc) => ({ ...doc, data: change(doc.data) }));
	return written.toMutableJSON().data;
}

export async function removeDraft(store: Store, listingId: string): Promise<void> {
	await store.docs.drafts.bulkRemove([draftKey(listingId)]);
	await store.docs.drafts.storageInstance.cleanup(-1e15);
}

/** Removes the working copy if that is still right for what it is at that moment: what was typed since stays. */
export async function removeDraftIf(
	store: Store,
	listingId: string,
	isDone: (draft: Draft) => boolean
): Promise<void> {
	const found = await store.docs.drafts.findOne(draftKey(listingId)).exec();
	if (!found) return;
	const left = await found.incrementalModify((doc) => (isDone(doc.data) ? { ...doc, _deleted: true } : doc));
	if (left.deleted) await store.docs.drafts.storageInstance.cleanup(-1e15);
}

/** A new empty working copy; nothing of it leaves the device before something is typed. */
export async function createDraft(store: Store, here: Here): Promise<Draft> {
	const draft = newDraft(here.newId(), here.now());
	await writeDraft(store, draft);
	return draft;
}

const rowsOf = (store: Store, listingId: string): Promise<OutboxRow[]> =>
	store.local.outbox.where('subject').equals(`listing:${listingId}`).sortBy('seq');

/**
 * The working copy, made from the server's version when there is none yet, and from what commands say of it that the
 * server has not taken: the next save takes their place (sync 2, 13).
 */
export async function openDraft(store: Store, here: Here, listingId: string): Promise<Result<Draft>> {
	const draft = await readDraft(store, listingId);
	if (draft) return ok(draft);
	const mine = await readMine(store, listingId);
	if (!mine) return no('not_found');
	const editable = nextListingState(mine.data.state, 'edit');
	if (!editable.ok) return editable;
	const told = (await rowsOf(store, listingId)).filter((row) => isUnsettled(row) || row.state === 'refused');
	// What was thrown away is not taken up again.
	const rows = told.slice(told.findLastIndex((row) => row.name === 'draft.discard') + 1);
	const said = rows.flatMap((row) => saidIn(row) ?? []);
	const made = withWords(newDraft(listingId, here.now(), mine.data), said);
	const { epoch } = await store.readState();
	// It may be made of words that were lost with the exchange: then it is merged as those made before (sync 13).
	const opened = epoch && !(await isMineRead(store, epoch)) ? { ...made, restored: epoch } : made;
	// Another tab may have opened it meanwhile, and typed: then that one is it.
	await store.docs.drafts.insertIfNotExists(draftDoc(opened));
	for (const row of rows.filter((row) => row.alone)) await takeIntoDraft(store, row);
	return ok((await readDraft(store, listingId)) ?? opened);
}

/** Puts the words of a save that stands alone into the working copy. False = there is none, or no place in it for all. */
export async function takeIntoDraft(store: Store, row: OutboxRow): Promise<boolean> {
	const said = saidIn(row);
	if (!said) return false;
	let whole = false;
	await changeDraft(store, row.subject.slice('listing:'.length), (draft) => {
		const taken = takeWords(draft, said);
		whole = taken !== null;
		return taken ?? draft;
	});
	if (whole) await store.local.outbox.update(row.seq, { alone: false });
	return whole;
}

/** Stores typed fields over whatever the working copy is now, another tab's typing included. */
export async function typeIntoDraft(
	store: Store,
	here: Here,
	listingId: string,
	fields: Partial<ListingContent>
): Promise<Result<Draft>> {
	const opened = await openDraft(store, here, listingId);
	if (!opened.ok) return opened;
	const written = await changeDraft(store, listingId, (draft) => ({
		...draft,
		content: { ...draft.content, ...fields },
		updatedAt: here.now()
	}));
	return written ? ok(written) : no('not_found');
}

/**
 * Settles one conflict: theirs replaces mine, or mine stays; either way the question is answered. `seen` is what was asked:
 * words that came in since are another question, which nobody has answered.
 */
export async function resolveConflict(
	store: Store,
	here: Here,
	listingId: string,
	field: ListingField,
	keep: 'mine' | 'theirs',
	seen: DraftConflicts
): Promise<void> {
	await changeDraft(store, listingId, (draft) =>
		sameValue(draft.conflicts[field], seen[field])
			? { ...settleConflict(draft, field, keep), updatedAt: here.now() }
			: draft
	);
}

/** Brings the working copy to the server some time; an unsent earlier save is replaced (sync 4). */
export async function queueDraftSave(store: Store, here: Here, listingId: string): Promise<void> {
	for (;;) {
		const queued = await queueSave(store, here, listingId);
		if (queued === null) return;
		// A pull beside it may have moved the working copy on since it was read here; another tab may have thrown it away.
		const draft = await readDraft(store, listingId);
		if (draft === null) await discard(store.local, queued.id);
		if (draft === null || draft.base === queued.base) return;
	}
}

/** Null = there was nothing to queue. */
async function queueSave(
	store: Store,
	here: Here,
	listingId: string
): Promise<{ id: string; base: number } | null> {
	const draft = await readDraft(store, listingId);
	// After a restore the merge comes first: it saves what the exchange does not have (sync 13).
	if (!draft || draft.restored !== undefined) return null;
	const rows = await store.local.outbox.where('subject').equals(`listing:${listingId}`).toArray();
	// What waits to be submitted, or taken away, carries its own last word; new stock says nothing of the text.
	const lastWord = (row: OutboxRow): boolean => row.name !== 'draft.save' && row.name !== 'listing.restock';
	if (rows.some((row) => isUnsettled(row) && lastWord(row))) return null;
	const mine = await readMine(store, listingId);
	if (mine && !nextListingState(mine.data.state, 'edit').ok) return null;
	const alone = rows.filter((row) => row.alone && (isOnlyHere(row) || row.state === 'refused'));
	for (const row of alone) await takeIntoDraft(store, row);
	const fields = changedFields((alone.length > 0 && (await readDraft(store, listingId))) || draft);
	const input = { listingId, base: draft.base, fields };
	const waiting = rows.filter((row) => row.name === 'draft.save' && row.state === 'waiting' && !row.sent);
	const unsent = waiting.find((row) => !row.exported);
	const isSaid = sameValue(waiting.findLast((row) => row.exported)?.input, input);
	if (isSaid || Object.keys(fields).length === 0) {
		if (unsent) await discard(store.local, unsent.id);
		return null;
	}
	const { id } = await enqueue(
		store.local,
		{ name: 'draft.save', input },
		{ id: here.newId(), deviceTime: here.now() }
	);
	return { id, base: draft.base };
}

/** Stock that waits to be said apart from the text goes along with it: the older number would take it back (TG-17.1). */
async function withNewStock(store: Store, draft: Draft): Promise<Draft> {
	const rows = await rowsOf(store, draft.listingId);
	const row = rows.findLast(({ name, state }) => name === 'listing.restock' && state !== 'refused');
	if (row?.name !== 'listing.restock' || row.released) return draft;
	const { stock } = row.input;
	const along = (now: Draft): Draft =>
		sameValue(now.content.stock, now.ancestor.stock) ? { ...now, content: { ...now.content, stock } } : now;
	return (await changeDraft(store, draft.listingId, along)) ?? draft;
}

/**
 * Freezes the working copy into a `listing.submit`, behind its photos (TG-10.2a). What is missing comes back as
 * `invalid_input` with the fields named, fields still in conflict as `stale_version`, a photo that is neither
 * here nor with the server as `photo_missing`.
 */
export async function submitDraft(
	store: Store,
	here: Here,
	listingId: string
): Promise<Result<{ commandId: string }>> {
	const opened = await openDraft(store, here, listingId);
	if (!opened.ok) return opened;
	const draft = await withNewStock(store, opened.value);
	const undecided = Object.keys(draft.conflicts).map((field) => [field, 'stale_version']);
	if (undecided.length > 0) return no('stale_version', { fields: Object.fromEntries(undecided) });
	const parsed = submittableSchema.safeParse(draft.content);
	if (!parsed.success) {
		const fields: Record<string, string> = {};
		for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.code;
		return no('invalid_input', { clause: 'TG-10.2a', fields });
	}
	const mine = await readMine(store, listingId);
	const sendable = mine ? nextListingState(mine.data.state, 'submit') : ok('submitted');
	if (!sendable.ok) return sendable;
	const stored = new Set(mine?.data.storedPhotos ?? []);
	const voice = parsed.data.voice ?? null;
	if (mine?.data.voice) stored.add(mine.data.voice.hash);
	for (const hash of parsed.data.photos) {
		const photo = await store.local.photos.get(hash);
		if (photo?.state === 'refused') return no('photo_refused', { fields: { photos: hash } });
		if (!photo && !stored.has(hash)) return no('photo_missing', { fields: { photos: hash } });
	}
	if (voice !== null) {
		const spoken = await store.local.photos.get(voice);
		if (spoken?.state === 'refused') return no('voice_unusable', { fields: { voice } });
		if (!spoken && !stored.has(voice)) return no('voice_missing', { fields: { voice } });
	}
	const { local } = store;
	// A second tap means the first one, also while that is still being written down.
	const row = await local.transaction('rw', local.outbox, local.state, async () => {
		const rows = await local.outbox.where('subject').equals(`listing:${listingId}`).toArray();
		const already = rows.find((row) => row.name === 'listing.submit' && isUnsettled(row));
		return (
			already ??
			enqueue(
				local,
				{ name: 'listing.submit', input: { listingId, base: draft.base, content: parsed.data } },
				{ id: here.newId(), deviceTime: here.now(), stored }
			)
		);
	});
	return ok({ commandId: row.id });
}

/**
 * Takes the working copy away, here and, if the server has the draft, there. What is under way stays: nobody knows yet
 * whether the server has it.
 */
export async function discardDraft(store: Store, here: Here, listingId: string): Promise<void> {
	const { local } = store;
	const draft = await readDraft(store, listingId);
	const mine = await readMine(store, listingId);
	// In one: a round beside it may be sending what is looked at here, and what has left is not forgotten (sync 1).
	await local.transaction('rw', local.outbox, local.state, async () => {
		const rows = await local.outbox.where('subject').equals(`listing:${listingId}`).toArray();
		const reachedServer = mine !== null || rows.some((row) => row.sent && row.state !== 'refused');
		// New stock and a withdrawal are about the goods on sale, not about the text that is thrown away.
		const goesToo = (row: OutboxRow): boolean =>
			!reachedServer || (row.name !== 'listing.restock' && row.name !== 'listing.withdraw');
		if (reachedServer && (mine === null || canDiscardListing(mine.data.state)))
			await enqueue(
				local,
				{ name: 'draft.discard', input: { listingId, base: mine?.data.rev ?? draft?.base ?? 0 } },
				{ id: here.newId(), deviceTime: here.now() }
			);
		else
			await local.outbox.bulkDelete(
				rows
					.filter(
						(row) => goesToo(row) && (row.state === 'refused' || (row.state === 'waiting' && !row.sent))
					)
					.map((row) => row.seq)
			);
	});
	await local.recordings.where({ listingId }).delete();
	if (draft) await removeDraft(store, listingId);
}

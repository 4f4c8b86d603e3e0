import { compareCodes } from '$lib/domain/kernel/order.ts';
import { filesOf, nextListingState } from '$lib/domain/listings/rules.ts';
import type { ListingContent, MyListing } from '$lib/domain/listings/schema.ts';
import { isInReview } from '$lib/domain/listings/states.ts';
import { carriesBase, isUnsettled } from './dependencies.ts';
import { changedFields } from './merge.ts';
import type { StoredDoc } from '../store/documents.ts';
import type { OutboxRow } from '../store/local.ts';
import type { Draft } from '../store/types.ts';
import { notYetIn, pendingOf, photoView, type Work } from './pending.ts';
import type { ListingPlace, MyListingView } from './views.ts';

/**
 * The seller's listings: the server's word, the working copies and the unsent commands as one list, newest
 * first. Nothing is shown as received that the server has not acknowledged (sync 3, 4).
 */
export function foldMyListings(
	docs: ReadonlyMap<string, StoredDoc<MyListing>>,
	drafts: readonly Draft[],
	work: Work
): MyListingView[] {
	const byListing = new Map<string, OutboxRow[]>();
	for (const row of work.rows) {
		if (!carriesBase(row) || !('listingId' in row.input)) continue;
		const rows = byListing.get(row.input.listingId);
		if (rows) rows.push(row);
		else byListing.set(row.input.listingId, [row]);
	}
	const draftOf = new Map(drafts.map((draft) => [draft.listingId, draft]));
	const views: MyListingView[] = [];
	for (const id of new Set([...docs.keys(), ...draftOf.keys(), ...byListing.keys()])) {
		const doc = docs.get(id);
		const own = byListing.get(id) ?? [];
		const rows = own.filter((row) => notYetIn(row, doc?.version));
		const view = foldListing(id, doc?.data ?? null, draftOf.get(id) ?? null, rows, work);
		if (view) views.push({ ...view, restock: restockOf(own, work) });
	}
	return views.sort((a, b) => compareCodes(b.changedAt, a.changedAt) || compareCodes(a.id, b.id));
}

function foldListing(
	id: string,
	server: MyListing | null,
	draft: Draft | null,
	rows: readonly OutboxRow[],
	work: Work
): Omit<MyListingView, 'restock'> | null {
	// Thrown away here, whatever the server still holds.
	if (rows.some((row) => row.name === 'draft.discard' && row.state !== 'refused')) return null;
	const submit = rows.findLast((row) => row.name === 'listing.submit');
	const onItsWay = submit !== undefined && submit.state !== 'refused';
	const state = server?.state ?? 'draft';
	const editable = !onItsWay && (server === null || nextListingState(state, 'edit').ok);
	const content = contentOf(server, draft, submit, editable);
	if (!content) return null;
	const unsaved = draft !== null && Object.keys(changedFields(draft)).length > 0;
	const stored = server?.voice ? [...server.storedPhotos, server.voice.hash] : (server?.storedPhotos ?? []);
	return {
		id,
		content,
		server,
		draft,
		state,
		place: submit
			? placeOfSubmit(submit, work, stored)
			: placeOnServer(
					server,
					unsaved || rows.some((row) => isUnsettled(row) && row.name !== 'listing.restock')
				),
		editable,
		unsaved,
		photos: content.photos.map((hash) => photoView(hash, work.photos, stored)),
		pending: rows.map((row) => pendingOf(row, work)),
		changedAt: draft?.updatedAt ?? submit?.deviceTime ?? server?.updatedAt ?? ''
	};
}

/** The public number comes back with another collection than the listing: shown here until both have come (sync 3). */
function restockOf(rows: readonly OutboxRow[], work: Work): MyListingView['restock'] {
	const row = rows.findLast(({ name, released }) => name === 'listing.restock' && !released);
	return row?.name === 'listing.restock' ? { stock: row.input.stock, command: pendingOf(row, work) } : null;
}

/** The working copy while one may type; on its way, exactly what was sent; else what the server holds. */
function contentOf(
	server: MyListing | null,
	draft: Draft | null,
	submit: OutboxRow | undefined,
	editable: boolean
): ListingContent | null {
	if (editable && draft) return draft.content;
	if (submit?.name === 'listing.submit') return submit.input.content;
	return server?.content ?? draft?.content ?? null;
}

function placeOfSubmit(submit: OutboxRow, work: Work, stored: readonly string[]): ListingPlace {
	if (submit.name !== 'listing.submit') throw new Error('not a submission');
	if (submit.state === 'refused')
		return {
			at: 'refused',
			commandId: submit.id,
			refusal: submit.refusal ?? { code: 'not_allowed' }
		};
	if (submit.state === 'quarantined')
		return { at: 'quarantined', commandId: submit.id, tries: submit.tries ?? 0 };
	if (submit.state === 'acknowledged')
		return {
			at: 'acknowledged',
			receipt: submit.receipt ?? '',
			receivedAt: submit.receivedAt ?? submit.deviceTime
		};
	const photos = filesOf(submit.input.content).map((hash) => photoView(hash, work.photos, stored));
	return {
		at: 'sending',
		sentPhotos: photos.filter((photo) => photo.state === 'stored').length,
		totalPhotos: photos.length,
		photoRefusal: photos.find((photo) => photo.refusal !== null)?.refusal ?? null
	};
}

function placeOnServer(server: MyListing | null, unsaved: boolean): ListingPlace {
	if (!server) return { at: 'on_device' };
	const { state, review } = server;
	if (isInReview(state) && review)
		return {
			at: 'received',
			code: review.code,
			receivedAt: review.receivedAt,
			dueAt: review.dueAt,
			lastDay: review.lastDay,
			agencyName: review.agencyName
		};
	switch (state) {
		case 'returned':
		case 'revision_returned':
			return {
				at: 'returned',
				code: review?.code ?? '',
				decidedAt: review?.decidedAt ?? null,
				reasonCodes: review?.reasonCodes ?? [],
				note: review?.note ?? ''
			};
		case 'approved':
			return unsaved ? { at: 'on_device' } : { at: 'approved', decidedAt: review?.decidedAt ?? null };
		case 'withdrawn':
			return unsaved ? { at: 'on_device' } : { at: 'withdrawn' };
		case 'locked':
			return { at: 'locked' };
		default:
			return unsaved ? { at: 'on_device' } : { at: 'saved' };
	}
}

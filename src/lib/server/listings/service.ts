import type { RulePack, Ward } from '$lib/domain/agencies/schema.ts';
import { routeOf } from '$lib/domain/agencies/rules.ts';
import { canEditListing, hasRole } from '$lib/domain/accounts/permissions.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import {
	canDiscardListing,
	checkAgainstPack,
	nextListingState,
	searchWords
} from '$lib/domain/listings/rules.ts';
import { emptyListing, type ListingContent, type PublicListing } from '$lib/domain/listings/schema.ts';
import { isPublic } from '$lib/domain/listings/states.ts';
import { findSeller, holdSeller, type PublicSeller } from '$lib/server/accounts/sellers.ts';
import { currentPack, holdSector, wardOf, wardsOf } from '$lib/server/agencies/service.ts';
import { audit, auditWithCommand } from '$lib/server/audit/audit.ts';
import { mayBeShown } from '$lib/server/businesses/certificates.ts';
import { mayBeginSelling } from '$lib/server/businesses/identity/service.ts';
import { holdSellingSector } from '$lib/server/businesses/selling.ts';
import type { Queryable } from '$lib/server/db/pool.ts';
import { storedUploads, storedVoice } from '$lib/server/files/service.ts';
import { cancelCases } from '$lib/server/moderation/cases.ts';
import { dropOffersOf } from '$lib/server/needs/offers.ts';
import { publish } from '$lib/server/sync/publish.ts';
import { sentTogether } from '$lib/server/sync/together.ts';
import type { CommandContext } from '$lib/server/sync/write.ts';
import type { CommandInput } from '$lib/sync/protocol/commands.ts';
import { projectAsMade, projectMyListing, publicListingOf } from './projections.ts';
import { publishListing, takeDown } from './publication.ts';
import { countPublicRows, findPublicRow, listPublicRows } from './public-queries.ts';
import {
	hasPublished,
	insertListings,
	insertVersion,
	lockListing,
	updateDiscarded,
	updateListing,
	updateStock,
	type ListingRow
} from './queries.ts';
import { openReview } from './review.ts';

/** Brings the working copy in: only the fields that changed since `base`, or `stale_version` (sync 4). */
export async function saveDraft(
	ctx: CommandContext,
	input: CommandInput<'draft.save'>
): Promise<Result<void>> {
	const own = await lockOwn(ctx, input.listingId, input.base, { ...emptyListing, ...input.fields });
	if (!own.ok) return own;
	const listing = own.value;
	if (input.base > 0) {
		const state = nextListingState(listing.state, 'edit');
		if (!state.ok) return state;
		await updateListing(ctx.tx, {
			id: listing.id,
			state: state.value,
			rev: listing.rev + 1,
			content: { ...listing.content, ...input.fields },
			now: ctx.now
		});
	}
	await auditWithCommand(ctx, {
		action: 'draft.saved',
		subject: `listing:${listing.id}`,
		data: { fields: Object.keys(input.fields) }
	});
	await publish(ctx, 'mine', listing.id, input.base === 0 ? projectAsMade(listing) : projectMyListing);
	return ok(undefined);
}

/** Throws a listing away of which nothing is public or under review; its past cases stay on record. */
export async function discardDraft(
	ctx: CommandContext,
	input: CommandInput<'draft.discard'>
): Promise<Result<void>> {
	if (input.base === 0) return no('not_found');
	const own = await lockOwn(ctx, input.listingId, input.base, null);
	if (!own.ok) return own;
	const listing = own.value;
	if (!canDiscardListing(listing.state))
		return no('illegal_transition', { facts: { state: listing.state, event: 'discard' } });
	await updateDiscarded(ctx.tx, listing.id, listing.rev + 1, ctx.now);
	await auditWithCommand(ctx, { action: 'draft.discarded', subject: `listing:${listing.id}` });
	await publish(ctx, 'mine', listing.id, projectMyListing);
	return ok(undefined);
}

/**
 * TG-10.2a: freezes the content and opens a case in the department of its sector (TG-3.2). What is public stays
 * public meanwhile (TG-17.1).
 */
export async function submitListing(
	ctx: CommandContext,
	input: CommandInput<'listing.submit'>
): Promise<Result<void>> {
	if (!hasRole(ctx.actor, 'seller') || ctx.actor.businessId === null)
		return no('not_allowed', { clause: 'TG-3.4b' });
	const seller = await holdSeller(ctx.tx, ctx.actor.businessId);
	if (!seller.ok) return seller;
	const pack = await currentPack(ctx.tx);
	const route = routeOf(pack, input.content.categoryId, vietnamDay(ctx.now));
	if (!route || !(await holdSector(ctx.tx, route.sector.id)))
		return no('unknown_sector', { clause: 'TG-3.2', fields: { categoryId: 'unknown_sector' } });
	const open = await holdSellingSector(ctx.tx, ctx.actor.businessId, route.sector.id);
	if (!open.ok) return open;
	const { businessId } = ctx.actor;
	const begins = await mayBeginSelling(ctx, businessId, pack, await hasPublished(ctx.tx, businessId));
	if (!begins.ok) return begins;
	const known = checkAgainstPack(input.content, pack, vietnamDay(ctx.now));
	if (!known.ok) return known;
	// An officer could only return it, and the seller would have waited for that.
	const { certificates } = input.content;
	const shown = await mayBeShown(ctx, { businessId, sectorId: route.sector.id, certificates }, pack);
	if (!shown.ok)
		return no('certificate_expired', { clause: 'TG-6.3', fields: { certificates: 'certificate_expired' } });
	if (!(await wardOf(ctx.tx, input.content.wardCode)))
		return no('unknown_ward', { fields: { wardCode: 'unknown_ward' } });

	const own = await lockOwn(ctx, input.listingId, input.base, input.content);
	if (!own.ok) return own;
	const listing = own.value;
	const state = nextListingState(listing.state, 'submit');
	if (!state.ok) return state;
	const missing = await missingPhotos(ctx, input.content.photos);
	if (missing.length > 0)
		return no('photo_missing', {
			fields: Object.fromEntries(missing.map((hash) => [hash, 'photo_missing']))
		});
	// A build that knew no voice notes takes none away (sync 16).
	const voice = input.content.voice === undefined ? (listing.content.voice ?? null) : input.content.voice;
	if (voice !== null && !(await storedVoice(ctx.tx, ctx.actor.id, voice)))
		return no('voice_missing', { fields: { voice: 'voice_missing' } });
	const content = { ...input.content, voice };

	const rev = listing.rev + 1;
	await updateListing(ctx.tx, {
		id: listing.id,
		state: state.value,
		rev,
		content,
		now: ctx.now
	});
	await insertVersion(ctx.tx, {
		listingId: listing.id,
		rev,
		content,
		submittedAt: ctx.now,
		deviceTime: ctx.deviceTime
	});
	await audit(ctx, {
		action: 'listing.submitted',
		subject: `listing:${listing.id}`,
		clause: 'TG-10.2a',
		data: { rev }
	});
	const { title } = input.content;
	const { agency, sector } = route;
	await openReview(ctx, listing, { rev, title, agencyId: agency.id, sectorId: sector.id, pack });
	await publish(ctx, 'mine', listing.id, projectMyListing);
	return ok(undefined);
}

/** The seller takes a listing back: out of review, out of the catalogue, or both. */
export async function withdrawListing(
	ctx: CommandContext,
	input: CommandInput<'listing.withdraw'>
): Promise<Result<void>> {
	if (input.base === 0) return no('not_found');
	const own = await lockOwn(ctx, input.listingId, input.base, null);
	if (!own.ok) return own;
	const listing = own.value;
	const state = nextListingState(listing.state, 'withdraw');
	if (!state.ok) return state;
	await takeDown(ctx, [{ id: listing.id, state: state.value, rev: listing.rev + 1 }]);
	await dropOffersOf(ctx, [listing.id]);
	await audit(ctx, {
		action: 'listing.withdrawn',
		subject: `listing:${listing.id}`,
		data: { from: listing.state }
	});
	await cancelCases(ctx, [listing.id], { id: ctx.actor.id, name: ctx.actor.name });
	await publishListing(ctx, listing.id);
	return ok(undefined);
}

/**
 * TG-17.1: states what is in stock now. What was approved about the goods stays as it is, so nobody reviews it
 * again, also while a next version lies with an officer.
 */
export async function restockListing(
	ctx: CommandContext,
	input: CommandInput<'listing.restock'>
): Promise<Result<void>> {
	if (input.base === 0) return no('not_found');
	const own = await lockOwn(ctx, input.listingId, input.base, null);
	if (!own.ok) return own;
	const listing = own.value;
	const { stock } = input;
	if (!isPublic(listing.state) || listing.publishedContent === null)
		return no('illegal_transition', { facts: { state: listing.state, event: 'restock' } });
	await updateStock(ctx.tx, {
		id: listing.id,
		rev: listing.rev + 1,
		stock,
		content: { ...listing.content, stock },
		publishedContent: { ...listing.publishedContent, stock },
		now: ctx.now
	});
	await audit(ctx, {
		action: 'listing.restocked',
		subject: `listing:${listing.id}`,
		clause: 'TG-17.1',
		data: { from: listing.stock, to: stock }
	});
	await publishListing(ctx, listing.id);
	return ok(undefined);
}

/** A device comes back with many new drafts at once. */
const insertTogether = sentTogether(insertListings);

/**
 * Locks the actor's own listing at the version the device saw. With `base` 0 and a first content the listing is
 * made; an id somebody else uses is answered as if it did not exist.
 */
async function lockOwn(
	ctx: CommandContext,
	id: string,
	base: number,
	first: ListingContent | null
): Promise<Result<ListingRow>> {
	const { actor } = ctx;
	if (!hasRole(actor, 'seller') || actor.businessId === null) return no('not_allowed', { clause: 'TG-3.4b' });
	if (base === 0 && first !== null) {
		const { businessId } = actor;
		const made = await insertTogether(ctx, {
			id,
			businessId,
			accountId: actor.id,
			content: first,
			now: ctx.now
		});
		if (made) return ok(made);
	}
	const listing = await lockListing(ctx.tx, id);
	if (!listing || !canEditListing(actor, listing) || listing.discardedAt !== null) return no('not_found');
	if (listing.rev !== base) return no('stale_version', { facts: { rev: listing.rev } });
	return ok(listing);
}

/** Photos that are not this actor's own completed uploads; another member's copy does not count (sync 5). */
async function missingPhotos(ctx: CommandContext, hashes: readonly string[]): Promise<string[]> {
	const stored = await storedUploads(ctx.tx, ctx.actor.id, hashes);
	return hashes.filter((hash) => !stored.has(hash));
}

export type PublicQuery = {
	readonly q?: string;
	readonly categoryId?: string | null;
	readonly wardCode?: string | null;
	readonly sellerId?: string | null;
	readonly page?: number;
	readonly perPage?: number;
};

const mostPerPage = 60;

/** TG-11.2: the public catalogue, newest first. Every word of `q` must occur, with or without its accents. */
export async function listPublicListings(
	db: Queryable,
	query: PublicQuery
): Promise<{ items: PublicListing[]; total: number }> {
	const sellerId = query.sellerId ?? null;
	if (sellerId !== null && !isUuid(sellerId)) return { items: [], total: 0 };
	// An address may hold what no text of the database can.
	if ([query.categoryId, query.wardCode].some((code) => code?.includes('\u0000')))
		return { items: [], total: 0 };
	const filter = {
		words: searchWords(query.q ?? ''),
		categoryId: query.categoryId || null,
		wardCode: query.wardCode || null,
		sellerId
	};
	const perPage = Math.min(mostPerPage, Math.max(1, Math.trunc(query.perPage ?? 24)));
	const page = Math.min(10_000, Math.max(1, Math.trunc(query.page ?? 1)));
	const [rows, total] = await Promise.all([
		listPublicRows(db, filter, perPage, (page - 1) * perPage),
		countPublicRows(db, filter)
	]);
	return { items: rows.map(publicListingOf), total };
}

/** TG-15.1: one approved listing, or null for everything else. */
export async function findPublicListing(db: Queryable, id: string): Promise<PublicListing | null> {
	const row = isUuid(id) ? await findPublicRow(db, id) : null;
	return row && publicListingOf(row);
}

export const findPublicSeller = (db: Queryable, id: string): Promise<PublicSeller | null> =>
	isUuid(id) ? findSeller(db, id) : Promise.resolve(null);

/** Names of kinds, units and terms, for pages. */
export const publicPack = (db: Queryable): Promise<RulePack> => currentPack(db);
export const publicWards = (db: Queryable): Promise<Ward[]> => wardsOf(db);

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

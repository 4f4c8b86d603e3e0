import { routeOf } from '$lib/domain/agencies/rules.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { nextListingState } from '$lib/domain/listings/rules.ts';
import type { ListingState } from '$lib/domain/listings/schema.ts';
import { isInReview, isPublic } from '$lib/domain/listings/states.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { cancelCases } from '$lib/server/moderation/cases.ts';
import { hideOffersOf } from '$lib/server/needs/offers.ts';
import type { WriteContext } from '$lib/server/sync/write.ts';
import { publishListings, takeDown, versionOf } from './publication.ts';
import {
	insertHolds,
	lockListing,
	lockListingsOf,
	reviveFiles,
	takeHold,
	updateListingStates,
	type ListingRow
} from './queries.ts';
import { openReview } from './review.ts';

type By = { readonly id: string | null; readonly name: string };

/** Takes every listing of a business down, within the transaction that locks the business. Returns how many. */
export const lockListingsOfBusiness = async (
	ctx: WriteContext,
	businessId: string,
	by: By
): Promise<number> => lockThem(ctx, await lockListingsOf(ctx.tx, businessId), by);

/** Takes one listing down. The caller holds its seller. False when there is nothing to lock. */
export async function lockListingById(ctx: WriteContext, id: string, by: By): Promise<boolean> {
	const listing = await lockListing(ctx.tx, id);
	return listing !== null && (await lockThem(ctx, [listing], by)) > 0;
}

/** In as many statements for hundreds as for one: the transaction has little time, and the whole feed waits for it. */
async function lockThem(ctx: WriteContext, listings: readonly ListingRow[], by: By): Promise<number> {
	const locked = listings.flatMap((listing) => {
		const state = nextListingState(listing.state, 'lock');
		return state.ok && listing.discardedAt === null ? [{ listing, state: state.value }] : [];
	});
	// What was thrown away or locked before may still be spoken of where it had been offered.
	const offered = listings.map(({ id }) => id);
	if (locked.length === 0) {
		await hideOffersOf(ctx, offered);
		return 0;
	}
	const ids = locked.map(({ listing }) => listing.id);
	const inReview = locked.filter(({ listing }) => isInReview(listing.state)).map(({ listing }) => listing.id);
	await insertHolds(ctx.tx, ids, inReview, ctx.now);
	await takeDown(
		ctx,
		locked.map(({ listing, state }) => ({ id: listing.id, state, rev: listing.rev + 1 }))
	);
	await hideOffersOf(ctx, offered);
	for (const { listing } of locked)
		await audit(ctx, {
			action: 'listing.locked',
			subject: `listing:${listing.id}`,
			data: { from: listing.state }
		});
	await cancelCases(ctx, ids, by);
	await publishListings(ctx, ids);
	return locked.length;
}

/**
 * TG-9.3: brings listings back as they were when they were locked: what was public is public again at its old addresses,
 * what lay with an officer lies with one again, with a new term. The caller holds the seller and knows that no lock covers
 * them any more.
 */
export async function releaseListings(ctx: WriteContext, ids: readonly string[]): Promise<void> {
	const back: string[] = [];
	for (const id of ids) if (await release(ctx, id)) back.push(id);
	if (back.length > 0) await publishListings(ctx, back);
}

async function release(ctx: WriteContext, id: string): Promise<boolean> {
	const listing = await lockListing(ctx.tx, id);
	if (!listing) return false;
	const hold = await takeHold(ctx.tx, id);
	const fallback = nextListingState(listing.state, 'unlock');
	if (!fallback.ok) return false;
	const review =
		hold && isInReview(hold.fromState) ? await againInReview(ctx, listing, hold.reviewRev) : null;
	const state =
		hold === null
			? fallback.value
			: isInReview(hold.fromState) && !review
				? setAside(hold.fromState)
				: hold.fromState;
	await updateListingStates(ctx.tx, [{ id, state, rev: listing.rev + 1 }], ctx.now);
	if (isPublic(state)) await reviveFiles(ctx.tx, [id]);
	await audit(ctx, { action: 'listing.unlocked', subject: `listing:${id}`, data: { to: state } });
	if (review) await openReview(ctx, listing, review);
	return true;
}

/** Nobody can review it any more, so its seller sends it again. */
const setAside = (from: ListingState): ListingState => (from === 'resubmitted' ? 'revising' : 'draft');

async function againInReview(ctx: WriteContext, listing: ListingRow, rev: number | null) {
	if (rev === null) return null;
	const pack = await currentPack(ctx.tx);
	const content = await versionOf(ctx.tx, listing.id, rev);
	const route = routeOf(pack, content.categoryId, vietnamDay(ctx.now));
	return (
		route && {
			rev,
			title: content.title,
			agencyId: route.agency.id,
			sectorId: route.sector.id,
			pack
		}
	);
}

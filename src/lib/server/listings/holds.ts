import { routeOf } from '$lib/domain/agencies/rules.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { nextListingState } from '$lib/domain/listings/rules.ts';
import type { ListingState } from '$lib/domain/listings/schema.ts';
import { isInReview, isPublic } from '$lib/domain/listings/states.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { cancelCases } from '$lib/server/moderation/cases.ts';
import type { WriteContext } from '$lib/server/sync/write.ts';
import { publishListing, takeDown, versionOf } from './publication.ts';
import {
	findLatestRev,
	insertHold,
	lockListing,
	lockListingsOf,
	reviveFiles,
	takeHold,
	updateListingState,
	type ListingRow
} from './queries.ts';
import { openReview } from './review.ts';

type By = { readonly id: string | null; readonly name: string };

/** Takes every listing of a business down, within the transaction that locks the business. Returns how many. */
export async function lockListingsOfBusiness(ctx: WriteContext, businessId: string, by: By): Promise<number> {
	let locked = 0;
	for (const listing of await lockListingsOf(ctx.tx, businessId))
		if (await lockOne(ctx, listing, by)) locked += 1;
	return locked;
}

/** Takes one listing down. The caller holds its seller. False when there is nothing to lock. */
export async function lockListingById(ctx: WriteContext, id: string, by: By): Promise<boolean> {
	const listing = await lockListing(ctx.tx, id);
	return listing !== null && lockOne(ctx, listing, by);
}

async function lockOne(ctx: WriteContext, listing: ListingRow, by: By): Promise<boolean> {
	const state = nextListingState(listing.state, 'lock');
	if (!state.ok || listing.discardedAt !== null) return false;
	await insertHold(ctx.tx, {
		listingId: listing.id,
		fromState: listing.state,
		reviewRev: isInReview(listing.state) ? await findLatestRev(ctx.tx, listing.id) : null,
		now: ctx.now
	});
	await takeDown(ctx, listing, { state: state.value, rev: listing.rev + 1 });
	await audit(ctx, {
		action: 'listing.locked',
		subject: `listing:${listing.id}`,
		data: { from: listing.state }
	});
	await cancelCases(ctx, listing.id, by);
	await publishListing(ctx, listing.id);
	return true;
}

/**
 * TG-9.3: brings a listing back as it was when it was locked: what was public is public again at its old addresses, what lay
 * with an officer lies with one again, with a new term. The caller holds the seller and knows that no lock covers it any more.
 */
export async function releaseListing(ctx: WriteContext, id: string): Promise<boolean> {
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
	await updateListingState(ctx.tx, { id, state, rev: listing.rev + 1, now: ctx.now });
	if (isPublic(state)) await reviveFiles(ctx.tx, id);
	await audit(ctx, { action: 'listing.unlocked', subject: `listing:${id}`, data: { to: state } });
	if (review) await openReview(ctx, listing, review);
	await publishListing(ctx, id);
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

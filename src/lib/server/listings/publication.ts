import { routeOf } from '$lib/domain/agencies/rules.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { ListingContent, ListingState, Rendition, VoiceNote } from '$lib/domain/listings/schema.ts';
import { searchTextOf, stockAtApproval } from '$lib/domain/listings/rules.ts';
import { wardOf } from '$lib/server/agencies/service.ts';
import { newPublicFileId, publicDetail, publicThumb, publicVoice } from '$lib/server/files/paths.ts';
import { storedUploads, storedVoice } from '$lib/server/files/service.ts';
import { orderedSince } from '$lib/server/orders/sold.ts';
import { publishEach, type Due } from '$lib/server/sync/publish.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { asSystem, type WriteContext } from '$lib/server/sync/write.ts';
import { projectMyListing, projectPublicListing } from './projections.ts';
import { lockOnSale, type OnSaleRow } from './public-queries.ts';
import {
	findListing,
	findVersion,
	insertPublicFile,
	listLiveFiles,
	lockListing,
	retireFiles,
	updateListingStates,
	updatePublished,
	type ListingRow,
	type PublicFileRow,
	type StateRow
} from './queries.ts';

/**
 * TG-15.1: makes the version under decision the public one. The caller holds the seller (shared) and the listing.
 */
export async function publishVersion(
	ctx: WriteContext,
	listing: ListingRow,
	version: {
		rev: number;
		content: ListingContent;
		state: ListingState;
		sellerName: string;
		agencyId: string;
		receivedAt: string;
	},
	pack: RulePack
): Promise<void> {
	// Stock is the one thing the seller may state anew while a version lies with an officer (TG-17.1).
	const content = { ...version.content, stock: listing.content.stock };
	const route = routeOf(pack, content.categoryId, vietnamDay(version.receivedAt));
	const ward = await wardOf(ctx.tx, content.wardCode);
	const category = pack.categories.find((c) => c.id === content.categoryId);
	if (!route || !ward || !category) throw new Error(`listing ${listing.id} was accepted without a route`);
	const sold = await orderedSince(ctx, listing.id, version.receivedAt);
	await updatePublished(ctx.tx, {
		id: listing.id,
		state: version.state,
		rev: version.rev,
		content,
		...(await publishFiles(ctx, listing, content)),
		agencyId: version.agencyId,
		sectorId: route.sector.id,
		stock: stockAtApproval(content, listing.publishedContent, listing.stock, sold),
		searchText: searchTextOf({
			title: content.title,
			category: category.name,
			seller: version.sellerName,
			ward: ward.name,
			formerly: ward.formerly,
			place: content.place,
			description: content.description
		}),
		now: ctx.now
	});
}

/**
 * Public addresses are random and made at approval, so that none can be known before (sync 5). A file that is
 * public already keeps its address; those no longer shown stop answering.
 */
async function publishFiles(
	ctx: WriteContext,
	listing: ListingRow,
	content: ListingContent
): Promise<{ photos: Rendition[]; voice: VoiceNote | null }> {
	const live = await listLiveFiles(ctx.tx, listing.id);
	const addressOf = async (file: Omit<PublicFileRow, 'id'>): Promise<string> => {
		const before = live.find((one) => one.detailKey === file.detailKey && one.soundKey === file.soundKey);
		const id = before?.id ?? newPublicFileId();
		if (!before) await insertPublicFile(ctx.tx, { ...file, id, listingId: listing.id, now: ctx.now });
		shown.push(id);
		return id;
	};
	const shown: string[] = [];
	const photos: Rendition[] = [];
	const hashes = content.photos;
	const uploads = await asSystem(ctx, 'publish-photos', (tx) => storedUploads(tx, listing.accountId, hashes));
	for (const hash of hashes) {
		const upload = uploads.get(hash);
		if (!upload) throw new Error(`photo ${hash} of listing ${listing.id} is not stored any more`);
		const { thumbKey, detailKey, width, height } = upload;
		const id = await addressOf({ thumbKey, detailKey, soundKey: null });
		photos.push({ thumb: publicThumb(id), detail: publicDetail(id), width, height });
	}
	const voice = content.voice ? await publishVoice(ctx, listing, content.voice, addressOf) : null;
	await retireFiles(ctx.tx, [listing.id], shown);
	return { photos, voice };
}

/** Files of a version that its owner has not stored, so that it cannot be published now. */
export const missingFilesOf = (
	ctx: WriteContext,
	accountId: string,
	{ photos, voice }: ListingContent
): Promise<string[]> =>
	asSystem(ctx, 'publish-files', async (tx) => {
		const stored = await storedUploads(tx, accountId, photos);
		const missing = photos.filter((hash) => !stored.has(hash));
		return voice && !(await storedVoice(tx, accountId, voice)) ? [...missing, voice] : missing;
	});

async function publishVoice(
	ctx: WriteContext,
	listing: ListingRow,
	hash: string,
	addressOf: (file: Omit<PublicFileRow, 'id'>) => Promise<string>
): Promise<VoiceNote> {
	const upload = await asSystem(ctx, 'publish-voice', (tx) => storedVoice(tx, listing.accountId, hash));
	if (!upload) throw new Error(`voice note ${hash} of listing ${listing.id} is not stored any more`);
	const id = await addressOf({ thumbKey: null, detailKey: null, soundKey: upload.soundKey });
	return { src: publicVoice(id, upload.soundKey), seconds: upload.seconds };
}

/**
 * Puts listings into states in which nothing of them is public, their pictures included. What was offered of them is the
 * caller's to take back: buyers read of goods that were withdrawn, and not of what was locked.
 */
export async function takeDown(ctx: WriteContext, to: readonly StateRow[]): Promise<void> {
	await updateListingStates(ctx.tx, to, ctx.now);
	await retireFiles(
		ctx.tx,
		to.map(({ id }) => id),
		[]
	);
}

/** TG-15.1: goods that are for sale now, held against being taken down; null for everything else. */
export const holdOnSale = (tx: Tx, id: string): Promise<OnSaleRow | null> => lockOnSale(tx, id);

/** Holds a listing for a decision. */
export const holdListing = (tx: Tx, id: string): Promise<ListingRow | null> => lockListing(tx, id);

/** What of the listing everybody sees now. Throws when there is none: a case always has one. */
export async function whatIsPublic(
	tx: Tx,
	id: string
): Promise<{ state: ListingState; publishedContent: ListingContent | null }> {
	const listing = await findListing(tx, id);
	if (!listing) throw new Error(`there is no listing ${id}`);
	return listing;
}

/** The frozen content of a submission. Throws when there is none: a case always has one. */
export async function versionOf(tx: Tx, id: string, rev: number): Promise<ListingContent> {
	const content = await findVersion(tx, id, rev);
	if (!content) throw new Error(`listing ${id} has no version ${rev}`);
	return content;
}

/** A returned version: what was public before stays public (TG-17.1). */
export async function returnVersion(
	ctx: WriteContext,
	listing: ListingRow,
	state: ListingState
): Promise<void> {
	await updateListingStates(ctx.tx, [{ id: listing.id, state, rev: listing.rev }], ctx.now);
}

/** Brings both views of a listing up to date: the seller's and everybody's. */
export const publishListing = (ctx: WriteContext, id: string): Promise<void> => publishListings(ctx, [id]);

/** The same for many, in as many statements. */
export const publishListings = (ctx: WriteContext, ids: readonly string[]): Promise<void> =>
	publishEach(
		ctx,
		ids.flatMap((id): Due[] => [
			{ collection: 'mine', id, project: projectMyListing },
			{ collection: 'listings', id, project: projectPublicListing }
		])
	);

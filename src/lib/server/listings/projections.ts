import { filesOf } from '$lib/domain/listings/rules.ts';
import { publicListingSchema, type MyListing, type PublicListing } from '$lib/domain/listings/schema.ts';
import { privateDetail, privateThumb, privateVoice } from '$lib/server/files/paths.ts';
import {
	storedUploads,
	storedVoice,
	type StoredUpload,
	type StoredVoice
} from '$lib/server/files/service.ts';
import { ownReviewOf } from '$lib/server/moderation/own-review.ts';
import { inOneGo, type Projection, type Projector } from '$lib/server/sync/publish.ts';
import { listPublicOnes, type PublicRow } from './public-queries.ts';
import { listLatestReviews, listOwn, type ListingRow, type OwnRow, type ReviewRow } from './queries.ts';

/** A published row as everybody sees it. The strict schema throws rather than let another field through. */
export function publicListingOf(row: PublicRow): PublicListing {
	const { content } = row;
	return publicListingSchema.parse({
		id: row.id,
		rev: row.rev,
		title: content.title,
		categoryId: content.categoryId,
		sectorId: row.sectorId,
		price: content.price,
		unit: content.unit,
		bulk: content.bulk,
		stock: row.stock,
		minimum: content.minimum,
		description: content.description,
		ingredients: content.ingredients,
		packing: content.packing,
		wardCode: row.wardCode,
		wardName: row.wardName,
		formerly: row.formerly.join(', '),
		place: content.place,
		growingAreaCode: content.growingAreaCode,
		certificates: content.certificates,
		payment: content.payment,
		shipping: content.shipping,
		shippingTerms: content.shippingTerms,
		deliveryDays: content.deliveryDays,
		photos: row.photos,
		voice: row.voice,
		seller: { id: row.sellerId, name: row.sellerName, phone: row.sellerPhone },
		agency: { id: row.agencyId, name: row.agencyName },
		approvedAt: row.approvedAt
	});
}

/** TG-15.1: the approved version for everyone, or nothing. Many at once, since a seller is locked with all goods. */
export const projectPublicListing: Projector<'listings'> = inOneGo(async (tx, ids) => {
	const rows = new Map((await listPublicOnes(tx, ids)).map((row) => [row.id, row]));
	return ids.map((id) => {
		const row = rows.get(id);
		return row ? [{ audience: 'public', doc: publicListingOf(row) }] : [];
	});
});

/** The seller's own view, with where the review stands. Many at once, since a device comes back with many drafts. */
export const projectMyListing: Projector<'mine'> = inOneGo(async (tx, ids) => {
	const [rows, reviews] = await Promise.all([listOwn(tx, ids), listLatestReviews(tx, ids)]);
	const shown = rows.filter((row) => row.discardedAt === null);
	const uploads = new Map<string, ReadonlyMap<string, StoredUpload>>();
	for (const accountId of new Set(shown.map((row) => row.accountId))) {
		const own = shown.filter((row) => row.accountId === accountId);
		uploads.set(
			accountId,
			await storedUploads(tx, accountId, [...new Set(own.flatMap((row) => row.content.photos))])
		);
	}
	const projected = new Map<string, Projection<'mine'>>();
	for (const row of shown) {
		const { voice: hash } = row.content;
		projected.set(row.id, {
			audience: `user:${row.accountId}`,
			doc: myListingOf(row, {
				review: reviews.find((review) => review.listingId === row.id) ?? null,
				uploads: uploads.get(row.accountId) ?? new Map(),
				voice: hash ? await storedVoice(tx, row.accountId, hash) : null
			})
		});
	}
	return ids.map((id) => {
		const one = projected.get(id);
		return one ? [one] : [];
	});
});

/**
 * The same for a listing this very transaction has made: nobody has reviewed or hidden it, so that without files what was
 * written is all there is to read.
 */
export const projectAsMade = (made: ListingRow): Projector<'mine'> =>
	filesOf(made.content).length > 0
		? projectMyListing
		: async () => [
				{
					audience: `user:${made.accountId}`,
					doc: myListingOf({ ...made, hiddenFor: null }, { review: null, uploads: new Map(), voice: null })
				}
			];

type Beside = {
	readonly review: ReviewRow | null;
	readonly uploads: ReadonlyMap<string, StoredUpload>;
	readonly voice: StoredVoice | null;
};

function myListingOf(row: OwnRow, { review, uploads, voice }: Beside): MyListing {
	const pictures = row.content.photos.flatMap((hash) => {
		const upload = uploads.get(hash);
		return upload ? [{ hash, thumb: privateThumb(upload.id), detail: privateDetail(upload.id) }] : [];
	});
	return {
		id: row.id,
		state: row.state,
		rev: row.rev,
		content: row.content,
		storedPhotos: pictures.map((picture) => picture.hash),
		pictures,
		voice: voice && { hash: voice.sha256, src: privateVoice(voice.id), seconds: voice.seconds },
		hiddenFor: row.hiddenFor,
		review: review && ownReviewOf(review),
		publishedRev: row.publishedRev,
		updatedAt: row.updatedAt
	};
}

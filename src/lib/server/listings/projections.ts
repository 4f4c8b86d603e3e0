import { publicListingSchema, type PublicListing } from '$lib/domain/listings/schema.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { privateDetail, privateThumb, privateVoice } from '$lib/server/files/paths.ts';
import { storedUploads, storedVoice } from '$lib/server/files/service.ts';
import type { Projection } from '$lib/server/sync/publish.ts';
import { findPublicRow, type PublicRow } from './public-queries.ts';
import { findLatestReview, findListing } from './queries.ts';

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

/** TG-15.1: the approved version for everyone, or nothing. */
export async function projectPublicListing(tx: Tx, id: string): Promise<Projection<'listings'>[]> {
	const row = await findPublicRow(tx, id);
	return row ? [{ audience: 'public', doc: publicListingOf(row) }] : [];
}

/** The seller's own view, with where the review stands. */
export async function projectMyListing(tx: Tx, id: string): Promise<Projection<'mine'>[]> {
	const row = await findListing(tx, id);
	if (!row || row.discardedAt !== null) return [];
	const review = await findLatestReview(tx, id);
	const uploads = await storedUploads(tx, row.accountId, row.content.photos);
	const pictures = row.content.photos.flatMap((hash) => {
		const upload = uploads.get(hash);
		return upload ? [{ hash, thumb: privateThumb(upload.id), detail: privateDetail(upload.id) }] : [];
	});
	const voice = row.content.voice ? await storedVoice(tx, row.accountId, row.content.voice) : null;
	return [
		{
			audience: `user:${row.accountId}`,
			doc: {
				id: row.id,
				state: row.state,
				rev: row.rev,
				content: row.content,
				storedPhotos: pictures.map((picture) => picture.hash),
				pictures,
				voice: voice && { hash: voice.sha256, src: privateVoice(voice.id), seconds: voice.seconds },
				review: review && {
					code: review.code,
					agencyName: review.agencyName,
					receivedAt: review.receivedAt,
					dueAt: review.dueAt,
					lastDay: review.lastDay,
					decidedAt: review.decidedAt,
					decision: review.state === 'open' ? null : review.state,
					reasonCodes: review.reasonCodes,
					note: review.note
				},
				publishedRev: row.publishedRev,
				updatedAt: row.updatedAt
			}
		}
	];
}

import type { MyListing } from '$lib/domain/listings/schema.ts';
import { documentKey } from '../store/documents.ts';
import type { Store } from '../store/store.ts';

/** What a pull has brought: the server's version of an own listing, a draft unless it says otherwise. */
export async function pulledListing(
	store: Store,
	version: number,
	listing: Pick<MyListing, 'id' | 'rev' | 'content'> & Partial<MyListing>
): Promise<void> {
	const audience = `user:${store.userId}`;
	await store.docs.mine.upsert({
		key: documentKey(audience, listing.id),
		audience,
		id: listing.id,
		version,
		round: 1,
		order: 0,
		data: {
			state: 'draft',
			storedPhotos: [],
			review: null,
			publishedRev: null,
			updatedAt: '2026-11-22T01:00:00.000Z',
			...listing
		}
	});
}

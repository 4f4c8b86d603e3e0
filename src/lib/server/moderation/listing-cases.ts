import { no, ok } from '$lib/domain/kernel/refusal.ts';
import { nextListingState } from '$lib/domain/listings/rules.ts';
import { isPublic } from '$lib/domain/listings/states.ts';
import { holdSeller } from '$lib/server/accounts/sellers.ts';
import { holdSectorOf } from '$lib/server/agencies/service.ts';
import { mayBeShown } from '$lib/server/businesses/certificates.ts';
import { holdSellingSector } from '$lib/server/businesses/selling.ts';
import { privateDetail, privateThumb, privateVoice } from '$lib/server/files/paths.ts';
import { storedUploads, storedVoice } from '$lib/server/files/service.ts';
import {
	holdListing,
	missingFilesOf,
	publishListing,
	publishVersion,
	returnVersion,
	versionOf,
	whatIsPublic
} from '$lib/server/listings/publication.ts';
import { holdMisplacedOffers } from '$lib/server/needs/offers.ts';
import { notify } from '$lib/server/notifications/service.ts';
import type { HoldSubject, SubjectDoc } from './subjects.ts';

/** Whatever decides who may see the listing is held before the listing itself (TG-15.1). */
export const holdListingCase: HoldSubject = async (ctx, seen, pack) => {
	if (seen.businessId === null) return null;
	const seller = await holdSeller(ctx.tx, seen.businessId);
	const content = await versionOf(ctx.tx, seen.subjectId, seen.subjectRev);
	await holdSectorOf(ctx.tx, pack, content.categoryId);
	const sectorId = pack.categories.find(({ id }) => id === content.categoryId)?.sectorId ?? '';
	const sector = await holdSellingSector(ctx.tx, seen.businessId, sectorId);
	const shown = await mayBeShown(
		ctx,
		{ businessId: seen.businessId, sectorId, certificates: content.certificates },
		pack
	);
	const listing = await holdListing(ctx.tx, seen.subjectId);
	const missing = listing ? await missingFilesOf(ctx, listing.accountId, content) : [];
	const dropMisplaced = listing && (await holdMisplacedOffers(ctx, listing.id, sectorId));
	return (
		listing && {
			decide: (open, { decision }) => {
				// Goods can always be corrected and sent again.
				if (decision === 'refuse')
					return no('illegal_transition', { facts: { state: 'open', event: decision } });
				if (!seller.ok && decision === 'approve') return seller;
				if (!sector.ok && decision === 'approve') return sector;
				if (!shown.ok && decision === 'approve') return shown;
				// After a restore the store may lack a file that its owner's phone has still to send again.
				if (missing.length > 0 && decision === 'approve') return no('files_awaited');
				const state = nextListingState(listing.state, decision);
				if (!state.ok) return state;
				return ok(async () => {
					if (decision === 'approve') {
						await publishVersion(
							ctx,
							listing,
							{
								rev: open.subjectRev,
								content,
								state: state.value,
								sellerName: seller.ok ? seller.value.name : '',
								agencyId: open.agencyId,
								receivedAt: open.receivedAt
							},
							pack
						);
						await dropMisplaced?.();
					} else await returnVersion(ctx, listing, state.value);
					await publishListing(ctx, listing.id);
					const told = decision === 'approve' ? 'listing_approved' : 'listing_returned';
					await notify(ctx, listing.accountId, told, listing.id, { code: open.code, title: open.title });
				});
			}
		}
	);
};

export const listingCaseDoc: SubjectDoc = async (tx, view, common) => {
	const content = await versionOf(tx, view.subjectId, view.subjectRev);
	const { state, publishedContent } = await whatIsPublic(tx, view.subjectId);
	const uploads = await storedUploads(tx, view.sellerAccountId, content.photos);
	const photos = content.photos.flatMap((hash) => {
		const upload = uploads.get(hash);
		return upload ? [{ hash, thumb: privateThumb(upload.id), detail: privateDetail(upload.id) }] : [];
	});
	const voice = content.voice ? await storedVoice(tx, view.sellerAccountId, content.voice) : null;
	return {
		...common,
		kind: 'listing',
		listingId: view.subjectId,
		listingRev: view.subjectRev,
		content,
		previous: view.state === 'open' && isPublic(state) ? publishedContent : null,
		photos,
		voice: voice && { hash: voice.sha256, src: privateVoice(voice.id), seconds: voice.seconds }
	};
};

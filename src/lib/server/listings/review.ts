import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { openCase } from '$lib/server/moderation/cases.ts';
import { notify } from '$lib/server/notifications/service.ts';
import type { WriteContext } from '$lib/server/sync/write.ts';
import type { ListingRow } from './queries.ts';

/** TG-10.2b: gives a version to the department of its sector and tells the seller. The caller holds the listing. */
export async function openReview(
	ctx: WriteContext,
	listing: Pick<ListingRow, 'id' | 'accountId' | 'businessId'>,
	version: { rev: number; title: string; agencyId: string; sectorId: string; pack: RulePack }
): Promise<void> {
	const { rev, title, agencyId, sectorId, pack } = version;
	const { code, lastDay } = await openCase(ctx, {
		kind: 'listing',
		subject: {
			id: listing.id,
			rev,
			title,
			applicantId: listing.accountId,
			businessId: listing.businessId
		},
		agencyId,
		sectors: [sectorId],
		pack
	});
	await notify(ctx, listing.accountId, 'listing_received', listing.id, { code, title, lastDay });
}

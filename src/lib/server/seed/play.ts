import { submittableSchema, type ListingContent } from '$lib/domain/listings/schema.ts';
import type { KeptPicture } from '$lib/server/files/service.ts';
import { writeBreaches } from '$lib/server/moderation/breaches.ts';
import { later } from './clock.ts';
import type { DemoListing } from './listing-content.ts';
import type { OrderStep } from './order-plan.ts';
import { people, type Person } from './people.ts';
import type { ListingStep } from './plan.ts';
import { findListingRev, findOpenCaseOf, findPublishedRev } from './queries.ts';
import type { Stage } from './stage.ts';

export type Pictures = ReadonlyMap<string, KeptPicture>;

/** Plays one step of the demo through the services everybody else uses. */
export async function play(stage: Stage, pictures: Pictures, step: ListingStep | OrderStep): Promise<void> {
	switch (step.do) {
		case 'submit': {
			const content = submittableSchema.parse({
				...withPhotos(step.listing, pictures),
				...step.changes
			});
			return stage.act(step.listing.business.owner, {
				when: step.at,
				deviceTime: later(step.at, -step.offlineMinutes),
				name: 'listing.submit',
				input: { listingId: step.listing.id, base: await findListingRev(stage.db, step.listing.id), content }
			});
		}
		case 'decide': {
			const open = await openCase(stage, step.listing);
			const { id: caseId, listingRev } = open;
			return stage.act(officerOf(open), {
				when: step.at,
				name: 'case.decide',
				input: { caseId, listingRev, ...step.answer }
			});
		}
		case 'breach':
			await writeBreaches(stage.db, step.at);
			return;
		case 'order': {
			const { orderId, listing, quantity, unitPrice, contact, payment, shipping, note } = step;
			const listingRev = await findPublishedRev(stage.db, listing.id);
			return stage.act(step.buyer, {
				when: step.at,
				name: 'order.place',
				input: {
					orderId,
					listingId: listing.id,
					listingRev,
					quantity,
					unitPrice,
					contact,
					payment,
					shipping,
					note
				}
			});
		}
		case 'advance': {
			const { orderId, rev, event, reason, carrier, trackingCode, shippingFee } = step;
			return stage.act(step.by, {
				when: step.at,
				name: 'order.advance',
				input: { orderId, rev, event, reason, carrier, trackingCode, shippingFee }
			});
		}
	}
}

export function withPhotos(listing: DemoListing, pictures: Pictures): ListingContent {
	const photos = listing.pictures.map((name) => {
		const picture = pictures.get(name);
		if (!picture) throw new Error(`picture "${name}" was not stored`);
		return picture.sha256;
	});
	return { ...listing.content, photos };
}

async function openCase(stage: Stage, listing: DemoListing) {
	const open = await findOpenCaseOf(stage.db, listing.id);
	if (!open) throw new Error(`"${listing.content.title}" has no open case`);
	return open;
}

/** The officer who holds the case, or one of the department. */
export function officerOf(open: { agencyId: string; assigneeId: string | null }): Person {
	const officers = Object.values<Person>(people).filter((p) => p.post?.agencyId === open.agencyId);
	const officer = officers.find((p) => p.id === open.assigneeId) ?? officers[0];
	if (!officer) throw new Error(`nobody works in ${open.agencyId}`);
	return officer;
}

import { canSendAsItIs } from '$lib/domain/orders/new-price.ts';
import { formatTime } from '$lib/i18n/format.ts';
import { receivedTexts } from '$lib/i18n/received.ts';
import { refusalWords } from '$lib/i18n/refusals.ts';
import type { Locale, SameShape } from '$lib/i18n/texts.ts';
import { paths } from '$lib/paths.ts';
import type { UnsentItem } from '$lib/sync/app.svelte.ts';
import type { texts } from './texts.ts';

type Words = SameShape<(typeof texts)['vi']>;

export const isRefused = (item: UnsentItem): boolean => item.state.at === 'refused';

/** Where the command is, in words. */
export function whereWords(item: UnsentItem, t: Words, locale: Locale): string {
	const { state } = item;
	switch (state.at) {
		case 'waiting':
			return t.at.waiting;
		case 'waiting_for_photos':
			return t.at.waiting_for_photos(state.sent, state.total);
		case 'sending':
			return t.at.sending;
		case 'quarantined': {
			const { notTaken, tried } = receivedTexts[locale];
			return `${notTaken}, ${tried(state.tries)}`;
		}
		case 'acknowledged':
			return t.at.acknowledged(formatTime(state.receivedAt));
		case 'refused': {
			const { what, todo } = refusalWords(state.refusal, locale);
			return `${what} ${todo}`;
		}
	}
}

/** The exchange did not take it so often that it waits for the person (sync 2). */
export const isQuarantined = (item: UnsentItem): boolean => item.state.at === 'quarantined';

/** Whether sending it once more as it is may lead somewhere; else its screen says what can be done. */
export const canSendAgain = (item: UnsentItem): boolean =>
	isQuarantined(item) || (item.state.at === 'refused' && canSendAsItIs(item.state.refusal));

/** The screen where the thing can be looked at and mended. */
export function itemHref(item: UnsentItem): string | null {
	switch (item.name) {
		case 'draft.save':
		case 'draft.discard':
		case 'listing.submit':
		case 'listing.withdraw':
		case 'listing.restock':
			return paths.sellListing(item.subjectId);
		case 'order.place':
		case 'order.advance':
			return paths.order(item.subjectId);
		case 'case.decide':
		case 'case.reassign':
			return paths.officeCase(item.subjectId);
		case 'business.submit':
			return paths.myBusiness();
		case 'proposal.send':
			return paths.proposals();
		case 'need.submit':
		case 'need.close':
			return paths.need(item.subjectId);
		case 'offer.send':
		case 'offer.withdraw':
			return paths.needs();
		case 'notification.read':
			return null;
	}
}

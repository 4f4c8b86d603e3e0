import type { NotificationDoc } from '$lib/domain/notifications/schema.ts';
import { orderStates } from '$lib/domain/orders/states.ts';
import { orderStateWords } from '$lib/i18n/order-states.ts';
import type { Locale, SameShape } from '$lib/i18n/texts.ts';
import { paths } from '$lib/paths.ts';
import type { IconName } from '$lib/ui/icons.ts';
import type { Tone } from '$lib/ui/tone.ts';
import type { texts } from './texts.ts';

type Kind = NotificationDoc['kind'];

export const noticeLooks: Readonly<Record<Kind, { readonly icon: IconName; readonly tone: Tone }>> = {
	listing_received: { icon: 'clock', tone: 'mango' },
	listing_approved: { icon: 'check-circle', tone: 'leaf' },
	listing_returned: { icon: 'undo', tone: 'brick' },
	order_new: { icon: 'bag', tone: 'mango' },
	order_changed: { icon: 'truck', tone: 'river' },
	business_received: { icon: 'clock', tone: 'mango' },
	business_confirmed: { icon: 'check-circle', tone: 'leaf' },
	business_returned: { icon: 'undo', tone: 'brick' },
	business_refused: { icon: 'alert', tone: 'brick' },
	paper_expiring: { icon: 'clock', tone: 'mango' },
	paper_expired: { icon: 'alert', tone: 'brick' },
	case_assigned: { icon: 'clipboard', tone: 'mango' },
	case_overdue: { icon: 'alert', tone: 'brick' },
	handover_brought: { icon: 'clipboard', tone: 'mango' },
	agency_changed: { icon: 'store', tone: 'river' },
	measure_taken: { icon: 'lock', tone: 'brick' },
	measure_noticed: { icon: 'alert', tone: 'mango' },
	measure_ended: { icon: 'check-circle', tone: 'leaf' },
	remedy_refused: { icon: 'undo', tone: 'brick' },
	order_seller_locked: { icon: 'alert', tone: 'mango' }
};

/** The screen of what a notice is about. */
export function noticeHref(
	{ kind, subjectId }: Pick<NotificationDoc, 'kind' | 'subjectId'>,
	locale: Locale = 'vi'
): string {
	switch (kind) {
		case 'listing_received':
		case 'listing_approved':
		case 'listing_returned':
			return paths.sellListing(subjectId);
		case 'order_new':
		case 'order_changed':
		case 'order_seller_locked':
			return paths.order(subjectId);
		case 'business_received':
		case 'business_confirmed':
		case 'business_returned':
		case 'business_refused':
		case 'paper_expiring':
		case 'paper_expired':
			return paths.myBusiness();
		case 'case_assigned':
		case 'case_overdue':
			return paths.officeCase(subjectId);
		case 'handover_brought':
			return paths.handovers();
		case 'measure_taken':
		case 'measure_noticed':
		case 'measure_ended':
		case 'remedy_refused':
			return paths.measures(locale);
		case 'agency_changed':
			return paths.agencies();
	}
}

/** What happened, and to which goods. */
export function noticeWords(
	{ kind, facts }: Pick<NotificationDoc, 'kind' | 'facts'>,
	t: SameShape<(typeof texts)['vi']>,
	locale: Locale
): { readonly title: string; readonly detail: string } {
	const state = orderStates.find((known) => known === facts.state);
	const news =
		kind === 'order_changed' && state !== undefined
			? `: ${orderStateWords[locale][state].toLowerCase()}`
			: '';
	return {
		title: t.kinds[kind](facts.code ?? facts.by ?? facts.agencies ?? '') + news,
		detail: facts.title === undefined || facts.title === '' ? '' : t.goods(facts.title)
	};
}

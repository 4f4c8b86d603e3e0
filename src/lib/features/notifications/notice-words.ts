import { roles } from '$lib/domain/accounts/permissions.ts';
import { toldChanges } from '$lib/domain/grants/schema.ts';
import type { NotificationDoc } from '$lib/domain/notifications/schema.ts';
import { orderStates } from '$lib/domain/orders/states.ts';
import { proposalOutcomes } from '$lib/domain/proposals/states.ts';
import { toldSteps } from '$lib/domain/personal-data/requests.ts';
import { formatDate } from '$lib/i18n/format.ts';
import { proposalStateWords } from '$lib/i18n/proposal-states.ts';
import { orderStateWords } from '$lib/i18n/order-states.ts';
import { roleWords } from '$lib/i18n/roles.ts';
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
	order_seller_locked: { icon: 'alert', tone: 'mango' },
	data_request: { icon: 'document', tone: 'river' },
	misuse_answered: { icon: 'shield', tone: 'river' },
	rights_changed: { icon: 'users', tone: 'river' },
	rights_proposed: { icon: 'users', tone: 'mango' },
	rights_answered: { icon: 'users', tone: 'river' },
	certificate_expiring: { icon: 'clock', tone: 'mango' },
	certificate_expired: { icon: 'alert', tone: 'brick' },
	proposal_answered: { icon: 'chat', tone: 'river' },
	need_received: { icon: 'clock', tone: 'mango' },
	need_approved: { icon: 'check-circle', tone: 'leaf' },
	need_returned: { icon: 'undo', tone: 'brick' },
	need_ended: { icon: 'calendar', tone: 'quiet' },
	need_offered: { icon: 'bag', tone: 'mango' }
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
		case 'certificate_expiring':
		case 'certificate_expired':
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
		case 'data_request':
			return paths.myDataRequests();
		case 'misuse_answered':
			return paths.sessions();
		case 'rights_changed':
			return paths.me();
		case 'rights_proposed':
		case 'rights_answered':
			return paths.adminPeople();
		case 'proposal_answered':
			return paths.proposals();
		case 'need_received':
		case 'need_approved':
		case 'need_returned':
		case 'need_ended':
		case 'need_offered':
			return paths.need(subjectId);
	}
}

/** Whoever answered is named. */
const saysBy: readonly Kind[] = ['misuse_answered', 'rights_answered', 'proposal_answered'];

/** What happened, and to which goods, or by whom. */
export function noticeWords(
	{ kind, facts }: Pick<NotificationDoc, 'kind' | 'facts'>,
	t: SameShape<(typeof texts)['vi']>,
	locale: Locale
): { readonly title: string; readonly detail: string } {
	if (kind === 'rights_changed') return rightsWords(facts, t, locale);
	const by = saysBy.includes(kind) ? facts.by : undefined;
	return {
		title:
			t.kinds[kind](dayOr(facts.code ?? facts.by ?? facts.seller ?? facts.agencies ?? '', locale)) +
			newsOf({ kind, facts }, t, locale),
		detail: by === undefined ? (facts.title ? t.goods(facts.title) : '') : t.by(by)
	};
}

/** A notice keeps a day as it is written in Vietnamese; other words stay as they are. */
function dayOr(words: string, locale: Locale): string {
	const day = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(words);
	return day === null ? words : formatDate(`${day[3]}-${day[2]}-${day[1]}`, locale);
}

/** What became of it, behind the title. */
function newsOf(
	{ kind, facts }: Pick<NotificationDoc, 'kind' | 'facts'>,
	t: SameShape<(typeof texts)['vi']>,
	locale: Locale
): string {
	const state = orderStates.find((known) => known === facts.state);
	if (kind === 'order_changed' && state !== undefined)
		return `: ${orderStateWords[locale][state].toLowerCase()}`;
	const step = toldSteps.find((known) => known === facts.step);
	if (kind === 'data_request' && step !== undefined)
		return `: ${t.steps[step](dayOr(facts.day ?? '', locale))}`;
	const outcome = proposalOutcomes.find((known) => known === facts.outcome);
	if (kind === 'proposal_answered' && outcome !== undefined)
		return `: ${proposalStateWords[locale][outcome].toLowerCase()}`;
	if (kind === 'rights_answered') return `: ${facts.agreed === 'yes' ? t.agreed : t.declined}`;
	return '';
}

function rightsWords(
	facts: NotificationDoc['facts'],
	t: SameShape<(typeof texts)['vi']>,
	locale: Locale
): { readonly title: string; readonly detail: string } {
	const change = toldChanges.find((known) => known === facts.change);
	const role = roles.find((known) => known === facts.role);
	return {
		title: t.kinds.rights_changed(
			change === undefined || role === undefined ? '' : `: ${t.changes[change](roleWords[locale][role])}`
		),
		detail: [facts.agency ?? '', facts.by === undefined ? '' : t.by(facts.by)].filter(Boolean).join(' · ')
	};
}

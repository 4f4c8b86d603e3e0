import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import type { ProposalState } from '$lib/domain/proposals/states.ts';
import { formatDateTime, formatTime } from '$lib/i18n/format.ts';
import { receivedTexts } from '$lib/i18n/received.ts';
import { refusalWords } from '$lib/i18n/refusals.ts';
import { proposalStateWords } from '$lib/i18n/proposal-states.ts';
import type { Locale, SameShape } from '$lib/i18n/texts.ts';
import type { PendingCommand, ProposalView } from '$lib/sync/app.svelte.ts';
import type { IconName } from '$lib/ui/icons.ts';
import type { Tone } from '$lib/ui/tone.ts';
import { topicTexts, type boardTexts, type ownTexts } from './texts.ts';

export const stateLooks: Readonly<Record<ProposalState, { readonly tone: Tone; readonly icon: IconName }>> = {
	sent: { tone: 'river', icon: 'clock' },
	considering: { tone: 'mango', icon: 'eye' },
	accepted: { tone: 'leaf', icon: 'check-circle' },
	declined: { tone: 'quiet', icon: 'info' },
	done: { tone: 'leaf', icon: 'check-circle' },
	withdrawn: { tone: 'quiet', icon: 'undo' }
};

type Words = {
	readonly tone: Tone;
	readonly icon: IconName;
	readonly label: string;
	readonly detail: string;
};
type Setting = { readonly t: SameShape<(typeof ownTexts)['vi']>; readonly locale: Locale };

/** Where an own proposal is: on this device → received (code) → considered → answered. Never further than the server says. */
export function proposalWords({ proposal, sending }: ProposalView, { t, locale }: Setting): Words {
	if (proposal === null) return onItsWay(sending?.command.state ?? { at: 'waiting' }, { t, locale });
	const { state, code, sentAt } = proposal;
	const detail = topicTexts[locale].sentAt(formatDateTime(sentAt, locale));
	return state === 'sent'
		? { tone: 'river', icon: 'check', label: t.received(code), detail }
		: { ...stateLooks[state], label: proposalStateWords[locale][state], detail };
}

function onItsWay(state: PendingCommand['state'], { t, locale }: Setting): Words {
	const { notTaken, tried, code } = receivedTexts[locale];
	switch (state.at) {
		case 'waiting':
		case 'waiting_for_photos':
			return { tone: 'quiet', icon: 'phone', label: t.unsent, detail: t.unsentWords };
		case 'sending':
			return { tone: 'river', icon: 'upload', label: t.sending, detail: '' };
		case 'quarantined':
			return { tone: 'mango', icon: 'alert', label: notTaken, detail: tried(state.tries) };
		case 'acknowledged':
			return {
				tone: 'river',
				icon: 'check',
				label: t.acknowledged(formatTime(state.receivedAt)),
				detail: code(state.receipt)
			};
		case 'refused': {
			const { what, todo } = refusalWords(state.refusal, locale);
			return { tone: 'brick', icon: 'alert', label: t.notTaken, detail: `${what} ${todo}` };
		}
	}
}

/** Why the exchange did not take an answer; `others` says who was faster, and when. */
export function refusedWords(
	refusal: Refusal | null,
	{
		t,
		others,
		locale
	}: {
		readonly t: SameShape<(typeof boardTexts)['vi']>;
		readonly others: (name: string, time: string) => string;
		readonly locale: Locale;
	}
): { readonly what: string; readonly todo: string } | null {
	if (refusal === null) return null;
	if (refusal.code === 'already_decided' && refusal.facts?.at) {
		const { by, at } = refusal.facts;
		return { what: others(String(by ?? ''), formatDateTime(String(at), locale)), todo: t.othersWords };
	}
	if (refusal.code === 'not_allowed') return { what: t.own, todo: '' };
	return refusalWords(refusal, locale);
}

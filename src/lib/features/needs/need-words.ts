import type { PackNames } from '$lib/domain/agencies/names.ts';
import { hasEnded } from '$lib/domain/needs/rules.ts';
import type { NeedContent, OwnNeed } from '$lib/domain/needs/schema.ts';
import { isOnBoard, isOver, needMachine, type NeedEvent } from '$lib/domain/needs/states.ts';
import { legalEvents } from '$lib/domain/kernel/machine.ts';
import { formatDate, formatDateTime, formatNumber, formatTime, formatWeekday } from '$lib/i18n/format.ts';
import { receivedTexts } from '$lib/i18n/received.ts';
import { refusalWords } from '$lib/i18n/refusals.ts';
import type { Locale, SameShape } from '$lib/i18n/texts.ts';
import type { OwnNeedView, PendingCommand } from '$lib/sync/app.svelte.ts';
import type { IconName } from '$lib/ui/icons.ts';
import type { Tone } from '$lib/ui/tone.ts';
import type { texts } from './texts.ts';

export type StateWords = {
	readonly tone: Tone;
	readonly icon: IconName;
	readonly label: string;
	readonly detail: string;
};
export type WordSetting = {
	readonly t: SameShape<(typeof texts)['vi']>;
	readonly locale: Locale;
	readonly names: PackNames;
	readonly today: string;
};

/** What it says: the text on its way when there is one, else what the exchange has. */
export const contentOf = (view: OwnNeedView): NeedContent | null =>
	view.sending?.input.content ?? view.need?.content ?? null;

/** A command of this device the person has to do something about. */
export const isStuck = (command: PendingCommand | null): boolean =>
	command?.state.at === 'refused' || command?.state.at === 'quarantined';

/** Nothing is on its way that could still change it. */
const settled = (view: OwnNeedView): boolean =>
	view.sending === null && (view.closing === null || view.closing.state.at === 'refused');

const allows = (view: OwnNeedView, event: NeedEvent, today: string): boolean =>
	view.need !== null &&
	settled(view) &&
	!hasEnded(view.need.content, today) &&
	legalEvents(needMachine, view.need.state).includes(event);

/** Its text may be written anew: returned, or never taken by the exchange. */
export const mayEdit = (view: OwnNeedView, today: string): boolean =>
	view.sending?.command.state.at === 'refused' ||
	(view.need !== null &&
		settled(view) &&
		legalEvents(needMachine, view.need.state).includes('submit') &&
		!isPast(view, today));

export const mayClose = (view: OwnNeedView, today: string): boolean => allows(view, 'close', today);

const isPast = (view: OwnNeedView, today: string): boolean =>
	view.need !== null && isOnBoard(view.need.state) && hasEnded(view.need.content, today);

/** Nothing more happens to it, so that it may be posted again. */
export const isDone = (view: OwnNeedView, today: string): boolean =>
	view.sending === null && view.need !== null && (isOver(view.need.state) || isPast(view, today));

/** On this phone → sending → received (code, term) → on the board with so many offers, or returned → closed or ended. */
export function needWords(view: OwnNeedView, setting: WordSetting): StateWords {
	const { need, sending, closing } = view;
	const { t, locale, today } = setting;
	if (closing !== null) return closingWords(closing, setting);
	const words = { ...t.state, then: t.state.acknowledgedWords };
	if (sending !== null) return onItsWay(sending.command.state, words, locale);
	if (need === null) return onItsWay({ at: 'waiting' }, words, locale);
	const ended = {
		tone: 'quiet',
		icon: 'calendar',
		label: t.state.ended,
		detail: t.state.endedOn(formatDate(need.content.until, locale))
	} as const;
	if (isPast(view, today)) return ended;
	switch (need.state) {
		case 'submitted': {
			const { review } = need;
			return {
				tone: 'mango',
				icon: 'clock',
				label:
					review === null ? t.state.acknowledged(formatTime(need.updatedAt)) : t.state.received(review.code),
				detail:
					review === null
						? t.state.acknowledgedWords
						: t.state.dueBy(formatDateTime(review.receivedAt, locale), formatWeekday(review.lastDay, locale))
			};
		}
		case 'approved':
			return {
				tone: 'leaf',
				icon: 'check-circle',
				label: t.state.approved(t.state.offers(formatNumber(liveOffers(need).length, locale, 0))),
				detail: t.state.untilShort(formatDate(need.content.until, locale))
			};
		case 'returned':
			return {
				tone: 'brick',
				icon: 'undo',
				label: t.state.returned,
				detail: reasonsOf(view, setting)[0] ?? ''
			};
		case 'closed':
			return { tone: 'quiet', icon: 'check', label: t.state.closed, detail: '' };
		case 'ended':
			return ended;
	}
}

/** What the buyer can order from. */
const liveOffers = (need: OwnNeed): OwnNeed['offers'] =>
	need.offers.filter(({ droppedFor }) => droppedFor === null);

/** Why the department returned it, in the words of the officer. */
export const reasonsOf = ({ need }: OwnNeedView, { names }: Pick<WordSetting, 'names'>): string[] =>
	[...(need?.review?.reasonCodes ?? []).map(names.returnReason), need?.review?.note ?? ''].filter(Boolean);

function closingWords(closing: PendingCommand, { t, locale }: WordSetting): StateWords {
	const { state } = closing;
	if (state.at === 'refused') {
		const { what, todo } = refusalWords(state.refusal, locale);
		return { tone: 'brick', icon: 'alert', label: t.state.notClosed, detail: `${what} ${todo}` };
	}
	if (state.at === 'quarantined') return quarantined(state.tries, locale);
	const waits = state.at === 'waiting' || state.at === 'waiting_for_photos';
	return { tone: 'river', icon: 'upload', label: t.state.closing, detail: waits ? t.state.unsentWords : '' };
}

/** The exchange did not take it so often that it waits for the person. */
export const quarantined = (tries: number, locale: Locale): StateWords => {
	const { notTaken, tried } = receivedTexts[locale];
	return { tone: 'mango', icon: 'alert', label: notTaken, detail: tried(tries) };
};

/** How a thing is called while it is on its way to the exchange; `then` = what follows its receipt, '' = nothing. */
type OnItsWay = Pick<
	WordSetting['t']['state'],
	'unsent' | 'unsentWords' | 'sending' | 'acknowledged' | 'refused'
> & {
	readonly then: string;
};

/** On this phone → sending → received, or not taken, with the reason. */
export function onItsWay(state: PendingCommand['state'], w: OnItsWay, locale: Locale): StateWords {
	switch (state.at) {
		case 'waiting':
		case 'waiting_for_photos':
			return { tone: 'quiet', icon: 'phone', label: w.unsent, detail: w.unsentWords };
		case 'sending':
			return { tone: 'river', icon: 'upload', label: w.sending, detail: '' };
		case 'quarantined':
			return quarantined(state.tries, locale);
		case 'acknowledged':
			return {
				tone: 'river',
				icon: 'check',
				label: w.acknowledged(formatTime(state.receivedAt)),
				detail: [receivedTexts[locale].code(state.receipt), w.then].filter(Boolean).join(' · ')
			};
		case 'refused': {
			const { what, todo } = refusalWords(state.refusal, locale);
			return { tone: 'brick', icon: 'alert', label: w.refused, detail: `${what} ${todo}` };
		}
	}
}

import { formatDateTime } from '$lib/i18n/format.ts';
import { refusalWords } from '$lib/i18n/refusals.ts';
import type { OwnOfferView } from '$lib/sync/app.svelte.ts';
import { isStuck, onItsWay, quarantined, type StateWords, type WordSetting } from './need-words.ts';

type Setting = Pick<WordSetting, 't' | 'locale'>;

/** It stands or is on its way to the buyer: the same goods are not offered twice. */
export const stands = (view: OwnOfferView): boolean =>
	view.withdrawing?.state.at !== 'acknowledged' &&
	(view.offer === null ? view.sending?.command.state.at !== 'refused' : view.offer.state === 'sent');

/** It stands, or the person has to do something about it. */
export const isOpenOffer = (view: OwnOfferView): boolean =>
	stands(view) || isStuck(view.sending?.command ?? null) || isStuck(view.withdrawing);

/** The buyer has it, so that it has to be taken back; before that it is only discarded on this device. */
export const mayWithdraw = (view: OwnOfferView): boolean =>
	view.offer?.state === 'sent' && (view.withdrawing === null || view.withdrawing.state.at === 'refused');

/** Where an own offer is: on this phone → with the buyer → taken back, or over with the need. */
export function offerWords(view: OwnOfferView, { t, locale }: Setting): StateWords {
	const { offer, sending, withdrawing } = view;
	const w = t.offerState;
	if (withdrawing !== null) {
		const { state } = withdrawing;
		if (state.at === 'refused') {
			const { what, todo } = refusalWords(state.refusal, locale);
			return { tone: 'brick', icon: 'alert', label: w.notWithdrawn, detail: `${what} ${todo}` };
		}
		if (state.at === 'quarantined') return quarantined(state.tries, locale);
		return { tone: 'river', icon: 'upload', label: w.withdrawing, detail: '' };
	}
	if (offer === null) {
		const words = { ...w, unsentWords: t.state.unsentWords, then: '' };
		return onItsWay(sending?.command.state ?? { at: 'waiting' }, words, locale);
	}
	switch (offer.state) {
		case 'sent':
			return {
				tone: 'leaf',
				icon: 'check-circle',
				label: w.sent,
				detail: w.sentAt(formatDateTime(offer.sentAt, locale))
			};
		case 'withdrawn':
			if (offer.droppedFor !== null) {
				const [label, detail] =
					offer.droppedFor === 'off_sale' ? [w.offSale, w.offSaleWords] : [w.otherSector, w.otherSectorWords];
				return { tone: 'mango', icon: 'alert', label, detail };
			}
			return { tone: 'quiet', icon: 'undo', label: w.withdrawn, detail: '' };
		case 'over':
			return { tone: 'quiet', icon: 'calendar', label: w.over, detail: '' };
	}
}

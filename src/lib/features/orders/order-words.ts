import { formatTime } from '$lib/i18n/format.ts';
import { orderStateLooks, orderStateWords } from '$lib/i18n/order-states.ts';
import { receivedTexts } from '$lib/i18n/received.ts';
import { refusalWords } from '$lib/i18n/refusals.ts';
import type { Locale, SameShape } from '$lib/i18n/texts.ts';
import type { OrderView } from '$lib/sync/app.svelte.ts';
import type { IconName } from '$lib/ui/icons.ts';
import type { Tone } from '$lib/ui/tone.ts';
import { stateOf } from './steps.ts';
import type { texts } from './texts.ts';

export type Words = {
	readonly tone: Tone;
	readonly icon: IconName;
	readonly label: string;
	readonly detail: string;
};
type Setting = { readonly t: SameShape<(typeof texts)['vi']>; readonly locale: Locale };

/** Where the order is. Never further than the server has said: what is only asked for is called asked for. */
export function orderWords(view: OrderView, { t, locale }: Setting): Words {
	const { notTaken, tried, code } = receivedTexts[locale];
	if (view.placing !== null && view.order === null) {
		const { state } = view.placing;
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
			case 'refused':
				return {
					tone: 'brick',
					icon: 'alert',
					label: t.refusedOrder,
					detail: refusalWords(state.refusal, locale).what
				};
		}
	}
	const state = stateOf(view);
	return {
		...orderStateLooks[state],
		label: orderStateWords[locale][state],
		detail: stepWords(view, { t, locale })
	};
}

/** The step this device asked for and the server has not confirmed yet; empty when there is none. */
export function stepWords(view: OrderView, { t, locale }: Setting): string {
	if (view.step === null) return '';
	const name = t.events[view.step.event];
	const { state } = view.step.command;
	switch (state.at) {
		case 'waiting':
		case 'waiting_for_photos':
			return t.stepWaiting(name);
		case 'sending':
			return t.stepSending(name);
		case 'acknowledged':
			return `${t.stepAcknowledged(name)}, ${receivedTexts[locale].code(state.receipt)}`;
		case 'quarantined':
			return `${name}: ${receivedTexts[locale].notTaken}, ${receivedTexts[locale].tried(state.tries)}`;
		case 'refused':
			return `${t.stepRefused(name)}. ${refusalWords(state.refusal, locale).what}`;
	}
}

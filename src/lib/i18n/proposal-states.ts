import type { ProposalState } from '$lib/domain/proposals/states.ts';
import type { Locale } from './texts.ts';

/** TG-3.4a: where a proposal is, in the same words for its sender, for whoever answers and in the notice. */
export const proposalStateWords: Readonly<Record<Locale, Readonly<Record<ProposalState, string>>>> = {
	vi: {
		sent: 'Chờ xem xét',
		considering: 'Đang xem xét',
		accepted: 'Tiếp thu',
		declined: 'Chưa tiếp thu',
		done: 'Đã thực hiện',
		withdrawn: 'Đã rút'
	},
	en: {
		sent: 'Waiting',
		considering: 'Being considered',
		accepted: 'Accepted',
		declined: 'Not accepted',
		done: 'Done',
		withdrawn: 'Withdrawn'
	}
};

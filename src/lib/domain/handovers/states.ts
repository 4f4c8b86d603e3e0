import type { Machine } from '../kernel/machine.ts';

export const handoverStates = ['handed_in', 'confirmed', 'declined', 'expired'] as const;
export type HandoverState = (typeof handoverStates)[number];
export type HandoverEvent = 'confirm' | 'decline' | 'expire';

const settled = { confirm: null, decline: null, expire: null };

/** Work a clerk brought for somebody: nothing of it is done before that person says yes, and then once. */
export const handoverMachine: Machine<HandoverState, HandoverEvent> = {
	name: 'hand-over',
	initial: 'handed_in',
	table: {
		handed_in: { confirm: 'confirmed', decline: 'declined', expire: 'expired' },
		confirmed: settled,
		declined: settled,
		expired: settled
	}
};

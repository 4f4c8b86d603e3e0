import type { Machine } from '../kernel/machine.ts';

/** TG-17.3: what can be done about a violation, from the mildest. `refer` hands it to another body (TG-19.8). */
export const measureSteps = ['warn', 'hide_product', 'suspend', 'end', 'refer'] as const;
export type MeasureStep = (typeof measureSteps)[number];

export const standings = ['clear', 'warned', 'restricted', 'suspended', 'ended'] as const;
/** How a person stands with the exchange, made from the measures in force. */
export type Standing = (typeof standings)[number];

/**
 * TG-17.3: which step may follow where a person stands. An account is ended only from a suspension, so that nobody
 * loses it without having been heard; everything may be referred at any time.
 */
export const ladderMachine: Machine<Standing, MeasureStep> = {
	name: 'sanction ladder',
	initial: 'clear',
	table: {
		clear: { warn: 'warned', hide_product: 'restricted', suspend: 'suspended', end: null, refer: 'clear' },
		warned: { warn: 'warned', hide_product: 'restricted', suspend: 'suspended', end: null, refer: 'warned' },
		restricted: {
			warn: 'restricted',
			hide_product: 'restricted',
			suspend: 'suspended',
			end: null,
			refer: 'restricted'
		},
		suspended: {
			warn: null,
			hide_product: 'suspended',
			suspend: 'suspended',
			end: 'ended',
			refer: 'suspended'
		},
		ended: { warn: null, hide_product: null, suspend: null, end: null, refer: 'ended' }
	}
};

export const measureStates = ['noticed', 'in_force', 'withdrawn', 'lifted', 'run_out'] as const;
export type MeasureState = (typeof measureStates)[number];
export type MeasureEvent = 'carry_out' | 'withdraw' | 'lift' | 'run_out';

/** One measure: announced or in force at once, and how it ends (TG-9.3a, LAW-tmdt-notice). */
export const measureMachine: Machine<MeasureState, MeasureEvent> = {
	name: 'measure',
	initial: 'noticed',
	table: {
		noticed: { carry_out: 'in_force', withdraw: 'withdrawn', lift: null, run_out: null },
		in_force: { carry_out: null, withdraw: null, lift: 'lifted', run_out: 'run_out' },
		withdrawn: { carry_out: null, withdraw: null, lift: null, run_out: null },
		lifted: { carry_out: null, withdraw: null, lift: null, run_out: null },
		run_out: { carry_out: null, withdraw: null, lift: null, run_out: null }
	}
};

/** Whether it still counts: announced, or in force. */
export const isLive = (state: MeasureState): boolean => state === 'noticed' || state === 'in_force';

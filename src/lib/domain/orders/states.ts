import type { Machine } from '../kernel/machine.ts';
import { no, ok, type Result } from '../kernel/refusal.ts';
import { nextState } from '../kernel/machine.ts';

/** TG-11.4: the five statuses a buyer follows, and two ways an order can end without delivery. */
export const orderStates = [
	'placed',
	'awaiting_confirmation',
	'awaiting_pickup',
	'in_delivery',
	'delivered',
	'cancelled',
	'failed'
] as const;
export type OrderState = (typeof orderStates)[number];

export const orderEvents = [
	'forward',
	'confirm',
	'decline',
	'cancel',
	'hand_over',
	'deliver',
	'fail',
	'resend'
] as const;
export type OrderEvent = (typeof orderEvents)[number];

/**
 * `forward` is the exchange's own step: the order reached the seller's notification box (TG-13.2).
 * `decline` is the seller's way out, `cancel` the buyer's (TG-13.1).
 */
export const orderMachine: Machine<OrderState, OrderEvent> = {
	name: 'order',
	initial: 'placed',
	table: {
		placed: {
			forward: 'awaiting_confirmation',
			confirm: null,
			decline: null,
			cancel: 'cancelled',
			hand_over: null,
			deliver: null,
			fail: null,
			resend: null
		},
		awaiting_confirmation: {
			forward: null,
			confirm: 'awaiting_pickup',
			decline: 'cancelled',
			cancel: 'cancelled',
			hand_over: null,
			deliver: null,
			fail: null,
			resend: null
		},
		awaiting_pickup: {
			forward: null,
			confirm: null,
			decline: 'cancelled',
			cancel: 'cancelled',
			hand_over: 'in_delivery',
			deliver: null,
			fail: null,
			resend: null
		},
		in_delivery: {
			forward: null,
			confirm: null,
			decline: null,
			cancel: null,
			hand_over: null,
			deliver: 'delivered',
			fail: 'failed',
			resend: null
		},
		delivered: {
			forward: null,
			confirm: null,
			decline: null,
			cancel: null,
			hand_over: null,
			deliver: null,
			fail: null,
			resend: null
		},
		cancelled: {
			forward: null,
			confirm: null,
			decline: null,
			cancel: null,
			hand_over: null,
			deliver: null,
			fail: null,
			resend: null
		},
		failed: {
			forward: null,
			confirm: null,
			decline: 'cancelled',
			cancel: null,
			hand_over: null,
			deliver: null,
			fail: null,
			resend: 'awaiting_pickup'
		}
	}
};

/** Which party may cause an event; `exchange` is the program itself. */
export const eventParty: Readonly<Record<OrderEvent, 'buyer' | 'seller' | 'exchange'>> = {
	forward: 'exchange',
	confirm: 'seller',
	decline: 'seller',
	cancel: 'buyer',
	hand_over: 'seller',
	deliver: 'seller',
	fail: 'seller',
	resend: 'seller'
};

export const needsReason = (event: OrderEvent): boolean =>
	event === 'decline' || event === 'cancel' || event === 'fail';

/** The next state when `party` causes `event`; refusals `not_allowed`, `illegal_transition`, `reason_required`. */
export function nextOrderState(
	state: OrderState,
	event: OrderEvent,
	by: { party: 'buyer' | 'seller' | 'exchange'; reason: string }
): Result<OrderState> {
	if (eventParty[event] !== by.party) return no('not_allowed', { clause: 'TG-13.1' });
	const to = nextState(orderMachine, state, event);
	if (!to.ok) return to;
	if (needsReason(event) && by.reason === '') return no('reason_required', { clause: 'TG-13.1' });
	return ok(to.value);
}

import { legalEvents } from '$lib/domain/kernel/machine.ts';
import type { OrderDoc } from '$lib/domain/orders/schema.ts';
import {
	eventParty,
	needsReason,
	orderMachine,
	orderStates,
	type OrderEvent,
	type OrderState
} from '$lib/domain/orders/states.ts';
import type { OrderView } from '$lib/sync/app.svelte.ts';

/** A step one of the two parties can take; the exchange's own step is no button. */
export type PartyEvent = Exclude<OrderEvent, 'forward'>;

/** What this party may do with the order now, the step that leads on first. */
export function partyEvents(state: OrderState, party: 'buyer' | 'seller'): PartyEvent[] {
	const events = legalEvents(orderMachine, state).filter(
		(event): event is PartyEvent => event !== 'forward' && eventParty[event] === party
	);
	return [...events.filter((event) => !needsReason(event)), ...events.filter(needsReason)];
}

export const hasEnded = (state: OrderState): boolean => legalEvents(orderMachine, state).length === 0;

/** TG-11.4: the way of an order that goes well, in the order a buyer follows it. */
const wayOfAnOrder: readonly OrderState[] = orderStates.filter(
	(state) => state !== 'cancelled' && state !== 'failed'
);

export type OrderStep = {
	readonly state: OrderState;
	/** null = has not come yet. */
	readonly at: string | null;
	readonly by: 'buyer' | 'seller' | 'exchange' | null;
	readonly reason: string;
	readonly current: boolean;
};

/** The same timeline for both sides: what happened, then what still lies ahead when all goes well. */
export function orderSteps(order: Pick<OrderDoc, 'state' | 'timeline'>): OrderStep[] {
	const past = order.timeline.map((step, index) => ({
		...step,
		current: index === order.timeline.length - 1
	}));
	const here = wayOfAnOrder.indexOf(order.state);
	const ahead = here < 0 ? [] : wayOfAnOrder.slice(here + 1);
	return [...past, ...ahead.map((state) => ({ state, at: null, by: null, reason: '', current: false }))];
}

/** The server's state, or the one before any while the order is only on this device. */
export const stateOf = (view: Pick<OrderView, 'order'>): OrderState =>
	view.order?.state ?? orderMachine.initial;

export const orderGroups = ['all', 'todo', 'open', 'done'] as const;
export type OrderGroup = (typeof orderGroups)[number];

/** Something waits for this person: a step that leads on, or a refusal to look at. */
export function needsMe(view: OrderView): boolean {
	if (view.placing?.state.at === 'refused' || view.step?.command.state.at === 'refused') return true;
	return (
		view.step === null &&
		view.order !== null &&
		partyEvents(view.order.state, view.party).some((event) => !needsReason(event))
	);
}

export function inGroup(view: OrderView, group: OrderGroup): boolean {
	switch (group) {
		case 'all':
			return true;
		case 'todo':
			return needsMe(view);
		case 'open':
			return !hasEnded(stateOf(view));
		case 'done':
			return hasEnded(stateOf(view));
	}
}

/** Orders that wait for this person first, then the newest. */
export function sortedOrders(orders: readonly OrderView[]): OrderView[] {
	return [...orders].sort((a, b) => {
		const first = Number(needsMe(b)) - Number(needsMe(a));
		return first !== 0 ? first : a.changedAt < b.changedAt ? 1 : -1;
	});
}

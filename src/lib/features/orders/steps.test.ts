import { expect, test } from 'vitest';
import { orderStates } from '$lib/domain/orders/states.ts';
import type { OrderView } from '$lib/sync/app.svelte.ts';
import { hasEnded, inGroup, needsMe, orderSteps, partyEvents, sortedOrders } from './steps.ts';

const at = '2026-11-18T01:12:00Z';
const placed = { state: 'placed', at, by: 'buyer', reason: '' } as const;
const waiting = { state: 'awaiting_confirmation', at, by: 'exchange', reason: '' } as const;

test('TG-13.1 each party is offered its own steps, the one that leads on first', () => {
	expect(partyEvents('awaiting_confirmation', 'seller')).toEqual(['confirm', 'decline']);
	expect(partyEvents('awaiting_confirmation', 'buyer')).toEqual(['cancel']);
	expect(partyEvents('in_delivery', 'seller')).toEqual(['deliver', 'fail']);
	expect(partyEvents('failed', 'seller')).toEqual(['resend', 'decline']);
	expect(partyEvents('in_delivery', 'buyer')).toEqual([]);
});

test('TG-11.4 the timeline shows what happened and the statuses still ahead', () => {
	const steps = orderSteps({ state: 'awaiting_confirmation', timeline: [placed, waiting] });
	expect(steps.map(({ state }) => state)).toEqual([
		'placed',
		'awaiting_confirmation',
		'awaiting_pickup',
		'in_delivery',
		'delivered'
	]);
	expect(steps.map(({ current }) => current)).toEqual([false, true, false, false, false]);
	expect(steps.filter((step) => step.at === null)).toHaveLength(3);
});

test('TG-11.4 an order that ended promises nothing more', () => {
	const cancelled = { state: 'cancelled', at, by: 'seller', reason: 'Hết hàng' } as const;
	expect(orderSteps({ state: 'cancelled', timeline: [placed, waiting, cancelled] })).toHaveLength(3);
	expect(orderStates.filter(hasEnded)).toEqual(['delivered', 'cancelled']);
});

const unsent: OrderView = {
	id: 'a',
	party: 'buyer',
	order: null,
	placed: null,
	step: null,
	placing: { id: 'c', name: 'order.place', deviceTime: at, state: { at: 'waiting' } },
	changedAt: at
};

test('sync 2: a refused order waits for its buyer and stands first', () => {
	const refused: OrderView = {
		...unsent,
		id: 'b',
		placing: {
			id: 'd',
			name: 'order.place',
			deviceTime: at,
			state: { at: 'refused', refusal: { code: 'out_of_stock' }, receivedAt: at }
		},
		changedAt: '2026-11-17T01:12:00Z'
	};
	expect(needsMe(unsent)).toBe(false);
	expect(needsMe(refused)).toBe(true);
	expect(sortedOrders([unsent, refused]).map(({ id }) => id)).toEqual(['b', 'a']);
	expect(inGroup(unsent, 'open')).toBe(true);
	expect(inGroup(unsent, 'done')).toBe(false);
});

import { expect, test } from 'vitest';
import { countWorkingDays } from '$lib/domain/calendar/working-days.ts';
import { loadPack } from '$lib/server/rulepacks/load.ts';
import { businesses } from './businesses.ts';
import { stalls } from './goods/stalls.ts';
import { listingsOf } from './listing-content.ts';
import { planOrders } from './order-plan.ts';
import { planListings } from './plan.ts';

const pack = loadPack('tien-giang');
const listings = stalls.flatMap((stall) => {
	const business = businesses.find((b) => b.key === stall.seller);
	if (!business) throw new Error(`no business for the stall ${stall.seller}`);
	return listingsOf(stall, business);
});

/** Days on which a demo is likely to be started, and the awkward ones around holidays. */
const days = [
	['a Sunday before a holiday in mid-week', '2026-11-22T12:00:00.000Z'],
	['a Monday morning', '2026-11-23T01:30:00.000Z'],
	['the holiday itself', '2026-11-24T03:00:00.000Z'],
	['just after midnight in Vietnam', '2026-11-25T17:00:30.000Z'],
	['the last day before Tết', '2026-02-13T09:00:00.000Z'],
	['in the middle of Tết', '2026-02-19T05:00:00.000Z'],
	['the first day after Tết', '2026-02-23T01:05:00.000Z'],
	['the year after', '2027-06-15T08:00:00.000Z']
] as const;

test.each(days)('%s: nothing happens after now, and everything in its order', (_, now) => {
	const { steps, approvedAt } = planListings(listings, pack, now);
	const orders = planOrders(listings, approvedAt, now);
	const late = [...steps, ...orders].filter((step) => step.at > now);
	expect(late).toEqual([]);
	for (const listing of listings) {
		const own = steps.filter((s) => s.listing.id === listing.id);
		const inTime = [...own].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
		expect(
			inTime.map((s) => s.do),
			listing.content.title
		).toEqual(own.map((s) => s.do));
		expect(own[0]?.do).toBe('submit');
	}
	for (const order of orders)
		if (order.do === 'order') expect((approvedAt.get(order.listing.id) ?? order.at) < order.at).toBe(true);
});

test.each(days)('TG-10.2b %s: the queue has cases overdue, next to fall due and with time left', (_, now) => {
	const { steps } = planListings(listings, pack, now);
	const due = new Map<string, string>();
	for (const step of [...steps].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)))
		if (step.do === 'submit')
			due.set(
				step.listing.id,
				countWorkingDays({ from: step.at, workingDays: 3, calendar: pack.calendar }).overdueFrom
			);
		else if (step.do === 'decide') due.delete(step.listing.id);
	const ends = [...due.values()].sort();
	const running = ends.filter((end) => end > now);
	expect(ends.length).toBeGreaterThanOrEqual(25);
	expect(ends.length - running.length).toBe(3);
	expect(running.filter((end) => end === running[0]).length).toBeGreaterThanOrEqual(6);
});

test('the same now gives the same demo', () => {
	const now = days[0][1];
	const one = planListings(listings, pack, now);
	const two = planListings(listings, pack, now);
	expect(two.steps).toEqual(one.steps);
	expect(planOrders(listings, two.approvedAt, now)).toEqual(planOrders(listings, one.approvedAt, now));
});

test('TG-11.4 orders end in every state there is, and bà Tư has one of each waiting state', () => {
	const now = days[1][1];
	const { approvedAt } = planListings(listings, pack, now);
	const last = new Map<string, { event: string; seller: string }>();
	for (const step of planOrders(listings, approvedAt, now))
		last.set(step.orderId, {
			event: step.do === 'order' ? 'placed' : step.event,
			seller: step.listing.business.key
		});
	const of = (seller?: string) =>
		new Set([...last.values()].filter((o) => !seller || o.seller === seller).map((o) => o.event));
	expect(of()).toEqual(new Set(['placed', 'confirm', 'hand_over', 'deliver', 'cancel', 'decline', 'fail']));
	expect([...of('batu')]).toEqual(expect.arrayContaining(['placed', 'confirm', 'hand_over', 'deliver']));
});

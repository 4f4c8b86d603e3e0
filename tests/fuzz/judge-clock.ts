import type { Story } from './story.ts';
import type { Truth } from './truth.ts';

/** Clocks of devices are wrong by years, those of the exchange and of this process by less. */
const tolerance = 3_600_000;

/** sync 12: whatever devices call now, nothing is dated before or after the story, and a timeline goes forward. */
export function judgeClock({ exchange }: Story, truth: Truth): string[] {
	const first = Date.parse(exchange.place.openedAt) - tolerance;
	const last = Date.parse(exchange.now()) + tolerance;
	const found: string[] = [];
	const look = (what: string, id: string, instants: readonly (string | null)[]) => {
		for (const at of instants)
			if (at !== null && (Date.parse(at) < first || Date.parse(at) > last))
				found.push(`sync 12: ${what} ${id.slice(0, 8)} is of ${at}`);
	};
	for (const { id, receivedAt } of truth.commands) look('command', id, [receivedAt]);
	for (const { id, updatedAt } of truth.listings.values()) look('listing', id, [updatedAt]);
	for (const { id, placedAt, updatedAt } of truth.orders.values()) look('order', id, [placedAt, updatedAt]);
	for (const { id, receivedAt, decidedAt } of truth.cases.values()) look('case', id, [receivedAt, decidedAt]);
	for (const { id, updatedAt } of truth.needs.values()) look('need', id, [updatedAt]);
	for (const { id, updatedAt } of truth.offers.values()) look('offer', id, [updatedAt]);
	for (const { id, at, readAt } of truth.notices.values()) look('notice', id, [at, readAt]);
	const reached = new Map<string, string>();
	for (const { orderId, at } of truth.steps) {
		if (at < (reached.get(orderId) ?? ''))
			found.push(`sync 12: a step of order ${orderId.slice(0, 8)} goes back to ${at}`);
		reached.set(orderId, at);
	}
	return found;
}

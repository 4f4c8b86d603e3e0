import type { Sql } from '$lib/server/db/pool.ts';
import { countOpenCases, feedDelay, oldestOpenCaseAge } from './queries.ts';
import { connectedDevices, feedHeld, feedLag, oldestOpenCase, openCases, registry } from './registry.ts';

/** All figures as Prometheus reads them; those of the database are asked for now. */
export async function collectMetrics(server: {
	readonly db: Sql;
	readonly hub: { readonly connected: number };
}): Promise<string> {
	connectedDevices.set(server.hub.connected);
	const [cases, oldest, delay] = await Promise.all([
		countOpenCases(server.db),
		oldestOpenCaseAge(server.db),
		feedDelay(server.db)
	]);
	// An agency whose last case was decided must fall to nothing instead of keeping its old figure.
	openCases.reset();
	for (const { agencyId, due, cases: n } of cases) openCases.set({ agency: agencyId, due }, n);
	oldestOpenCase.set(oldest);
	feedHeld.set(delay.held);
	feedLag.set(delay.seconds);
	return registry.metrics();
}

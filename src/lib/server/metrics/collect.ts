import type { Sql } from '$lib/server/db/pool.ts';
import {
	backupDelay,
	countBreaches,
	countOpenCases,
	countPacks,
	feedDelay,
	oldestOpenCaseAge
} from './queries.ts';
import {
	backupAge,
	breaches,
	catalogueAge,
	catalogueBytes,
	cataloguePacks,
	catalogueRows,
	connectedDevices,
	feedHeld,
	feedLag,
	officerOpenCases,
	oldestOpenCase,
	openCases,
	registry
} from './registry.ts';

/** All figures as Prometheus reads them; those of the database are asked for now. */
export async function collectMetrics(server: {
	readonly db: Sql;
	readonly hub: { readonly connected: number };
	/** How long the horizon has been held, whoever holds it. */
	readonly lag: { readonly ms: number };
}): Promise<string> {
	connectedDevices.set(server.hub.connected);
	const [cases, late, oldest, delay, catalogue, backup] = await Promise.all([
		countOpenCases(server.db),
		countBreaches(server.db),
		oldestOpenCaseAge(server.db),
		feedDelay(server.db),
		countPacks(server.db),
		backupDelay(server.db)
	]);
	// Whoever decided the last case must fall to nothing instead of keeping the old figure.
	for (const gauge of [openCases, officerOpenCases, breaches]) gauge.reset();
	for (const { agencyId: agency, officer, due, cases: n } of cases) {
		openCases.inc({ agency, due }, n);
		officerOpenCases.set({ agency, officer, due }, n);
	}
	for (const { agencyId: agency, officer, breaches: n } of late) breaches.set({ agency, officer }, n);
	oldestOpenCase.set(oldest);
	feedHeld.set(delay.held);
	feedLag.set(Math.max(delay.seconds, server.lag.ms / 1000));
	backupAge.set(backup);
	cataloguePacks.set(catalogue.packs);
	catalogueRows.set(catalogue.rows);
	catalogueBytes.set(catalogue.bytes);
	catalogueAge.set(catalogue.age);
	return registry.metrics();
}

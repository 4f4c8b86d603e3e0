import { requests, requestSeconds } from './registry.ts';

/** Counts one answered request. The route's pattern is the label, never the address: addresses carry ids. */
export function observeRequest(method: string, route: string | null, status: number, ms: number): void {
	const label = route ?? 'none';
	requests.inc({ method, route: label, status });
	requestSeconds.observe({ route: label }, ms / 1000);
}

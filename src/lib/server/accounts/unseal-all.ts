import type { Tx } from '$lib/server/db/pool.ts';
import { unseal } from './sealing.ts';

/** Opens each text where there is one; null = none, or its key was destroyed. In the order given. */
export async function unsealAll(tx: Tx, sealed: readonly (string | null)[]): Promise<(string | null)[]> {
	const opened = await unseal(
		tx,
		sealed.filter((one) => one !== null)
	);
	return sealed.map((one) => (one === null ? null : (opened.shift() ?? null)));
}

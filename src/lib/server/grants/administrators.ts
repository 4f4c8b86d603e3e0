import { leavesOne, refuseGrant, type Administrators } from '$lib/domain/grants/rules.ts';
import { ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { lockAdministrators } from './queries.ts';

/** Every administrator of this moment, held until the transaction ends. Taken before any account on its own. */
export const holdAdministrators = (tx: Tx): Promise<Administrators> => lockAdministrators(tx);

/**
 * TG-20.1: whether this account may be locked or ended: whoever is no administrator always, an administrator only while
 * another one can act. `by` null = a job; a person who is an administrator must still be one, so that of two who lock each
 * other the second has lost the right. Refusals `last_administrator`, `not_administrator`.
 */
export function mayBeLocked(
	administrators: Administrators,
	accountId: string,
	by: { readonly id: string; readonly asAdministrator: boolean } | null
): Result<void> {
	const acts =
		by === null || !by.asAdministrator || administrators.some((one) => one.id === by.id && one.active);
	if (!acts) return refuseGrant('not_administrator');
	return administrators.some(({ id }) => id === accountId)
		? leavesOne(administrators, accountId)
		: ok(undefined);
}

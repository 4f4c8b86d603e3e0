import { may, worksIn, type Actor } from '$lib/domain/accounts/permissions.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { write } from '$lib/server/sync/write.ts';

/**
 * TG-20.4: whether somebody may read the cases of an agency. Whoever does so without a desk there supervises it, and each
 * look is in the audit before anything is shown.
 */
export async function mayReadCasesOf(db: Sql, actor: Actor, agencyId: string, now: string): Promise<boolean> {
	if (!may(actor, 'case.see', { agencyId })) return false;
	if (!worksIn(actor, agencyId))
		await write(db, { actorId: actor.id, now }, (ctx) =>
			audit(ctx, { action: 'cases.looked-at', subject: `agency:${agencyId}`, clause: 'TG-20.4' })
		);
	return true;
}

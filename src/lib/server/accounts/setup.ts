import { no, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { write } from '$lib/server/sync/write.ts';
import { registerMember } from './members.ts';
import { isSetupTokenGood, useSetupToken } from './setup-link.ts';
import { asSignInRole } from './sign-in-queries.ts';

/**
 * TG-3.4: makes the first administrator with a one-time link. What was typed wrong leaves the link good; of two
 * who use it at once one is made, the other is rolled back and answered as if the link did not exist.
 */
export async function setUpAdministrator(
	db: Sql,
	now: string,
	input: { token: string; name: string; userName: string; password: string }
): Promise<Result<{ accountId: string }>> {
	try {
		return await write(db, { actorId: 'system:setup', now }, async (ctx) => {
			const good = await asSignInRole(ctx.tx, () => isSetupTokenGood(ctx.tx, input.token));
			if (!good) return no('not_found', { clause: 'TG-3.4' });
			const { name, userName, password } = input;
			const made = await registerMember(ctx, { name, userName, password, roles: ['administrator'] });
			if (!made.ok) return made;
			if (!(await asSignInRole(ctx.tx, () => useSetupToken(ctx.tx, input.token)))) throw new LinkTaken();
			return made;
		});
	} catch (error) {
		if (error instanceof LinkTaken) return no('not_found', { clause: 'TG-3.4' });
		throw error;
	}
}

/** Somebody else used the link while this transaction ran: thrown so that everything is rolled back. */
class LinkTaken extends Error {}

import { may, worksIn, type Actor } from '$lib/domain/accounts/permissions.ts';
import type { Queryable } from '$lib/server/db/pool.ts';
import { listCasesAbout } from './decision-queries.ts';

export type CaseToOpen = {
	readonly id: string;
	readonly code: string;
	readonly open: boolean;
	readonly receivedAt: string;
};

/**
 * The cases about a thing, or the one with this id, that this person has a screen for, the newest first: open ones lie on the
 * desk of their agency, of decided ones the decision is shown to whoever may see cases (TG-3.4).
 */
export async function casesToOpen(db: Queryable, actor: Actor, id: string): Promise<CaseToOpen[]> {
	const held = actor.posts.map((post) => post.agencyId);
	const rows = await listCasesAbout(db, id, held);
	return rows
		.filter(({ agencyId, actingAgencies, open }) =>
			[agencyId, ...actingAgencies].some((one) =>
				open ? worksIn(actor, one) : may(actor, 'case.see', { agencyId: one })
			)
		)
		.map(({ id, code, open, receivedAt }) => ({ id, code, open, receivedAt }));
}

import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { canSeeAllUnits, type Actor } from '$lib/domain/accounts/permissions.ts';
import { id, instant } from '$lib/domain/kernel/fields.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { guarded, router } from '$lib/server/trpc/init.ts';
import { decisionOf } from './decision.ts';
import { caseHistory, dueOverview, officersToHold } from './overview.ts';
import { mayReadCasesOf } from './supervision.ts';

const agencyId = z.string().max(60);

async function mustSee(ctx: { db: Sql; actor: Actor; now: () => string }, agencyId: string): Promise<void> {
	if (!(await mayReadCasesOf(ctx.db, ctx.actor, agencyId, ctx.now())))
		throw new TRPCError({ code: 'FORBIDDEN' });
}

/** What an officer asks online; open cases are on the device already. */
export const moderationRouter = router({
	/** Decided cases of a unit, newest first; `after` is the `next` of the page before. */
	history: guarded('case.see')
		.input(
			z.strictObject({
				agencyId,
				after: z.strictObject({ decidedAt: instant, id }).nullable(),
				limit: z.int().min(1).max(100)
			})
		)
		.query(async ({ ctx, input }) => {
			await mustSee(ctx, input.agencyId);
			return caseHistory(ctx.db, input.agencyId, input.after, input.limit);
		}),
	/** The caller's units; all of them for whoever may see all (TG-3.4, TG-20.3). */
	overview: guarded('figures.see').query(({ ctx }) => {
		const { actor } = ctx;
		const own = [...new Set(actor.posts.map((post) => post.agencyId))];
		return dueOverview(ctx.db, canSeeAllUnits(actor) ? null : own, ctx.now());
	}),
	/** One decision with all that was known then, and whether it is sealed (TG-19.5). */
	decision: guarded('case.see')
		.input(z.strictObject({ caseId: id }))
		.query(({ ctx, input }) => decisionOf(ctx.db, ctx.actor, input.caseId)),
	/** Who a case of the unit can be handed to. */
	officers: guarded('case.see')
		.input(z.strictObject({ agencyId }))
		.query(async ({ ctx, input }) => {
			await mustSee(ctx, input.agencyId);
			return officersToHold(ctx.db, input.agencyId, ctx.now());
		})
});

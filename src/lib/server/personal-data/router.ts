import { memberProcedure, router } from '$lib/server/trpc/init.ts';
import { closingTies } from './closing.ts';
import { looksAt } from './looks.ts';
import { closeOwn, takeData } from './service.ts';

/** TG-16.5: a member's own data. What takes it out of the exchange asks again who is there. */
export const personalDataRouter = router({
	ties: memberProcedure.query(({ ctx }) => closingTies(ctx.db, ctx.actor.id)),
	/** TG-16.2: who looked at the caller's data, when and what for. */
	looks: memberProcedure.query(({ ctx }) => looksAt(ctx.db, ctx.actor.id)),
	take: memberProcedure.mutation(({ ctx }) => takeData(ctx)),
	close: memberProcedure.mutation(({ ctx }) => closeOwn(ctx))
});

import { memberProcedure, router } from '$lib/server/trpc/init.ts';
import { closingTies } from './closing.ts';
import { closeOwn, takeData } from './service.ts';

/** TG-16.5: a member's own data. What takes it out of the exchange asks again who is there. */
export const personalDataRouter = router({
	ties: memberProcedure.query(({ ctx }) => closingTies(ctx.db, ctx.actor.id)),
	take: memberProcedure.mutation(({ ctx }) => takeData(ctx)),
	close: memberProcedure.mutation(({ ctx }) => closeOwn(ctx))
});

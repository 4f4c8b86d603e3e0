import {
	affectedAdd,
	affectedNames,
	authorityTold,
	breachClosing,
	breachNamed,
	breachRecord,
	breachRevision,
	membersNotice
} from '$lib/domain/personal-data/breaches.ts';
import { guarded, router } from '$lib/server/trpc/init.ts';
import { breachDetail, breachRegister, matchingMembers } from './breach-views.ts';
import {
	addAffected,
	addNamed,
	closeBreach,
	dropAffected,
	markAuthorityTold,
	recordBreach,
	reviseBreach,
	tellMembers
} from './breaches.ts';

const asKeeper = guarded('breach.keep');

/** LAW-data-breach, TG-16.6: the register of breaches. Asked online only. */
export const breachesRouter = router({
	list: asKeeper.query(({ ctx }) => breachRegister(ctx.db, ctx.now())),
	/** A mutation: opening is written into the record. */
	open: asKeeper
		.input(breachNamed)
		.mutation(({ ctx, input }) => breachDetail(ctx.db, ctx.actor, input.id, ctx.now())),
	record: asKeeper
		.input(breachRecord)
		.mutation(({ ctx, input }) => recordBreach(ctx.db, ctx.actor, input, ctx.now())),
	revise: asKeeper
		.input(breachRevision)
		.mutation(({ ctx, input }) => reviseBreach(ctx.db, ctx.actor, input, ctx.now())),
	matching: asKeeper
		.input(affectedAdd)
		.query(({ ctx, input }) => matchingMembers(ctx.db, input.id, input.criteria)),
	addAffected: asKeeper
		.input(affectedAdd)
		.mutation(({ ctx, input }) => addAffected(ctx.db, ctx.actor, input, ctx.now())),
	addNamed: asKeeper
		.input(affectedNames)
		.mutation(({ ctx, input }) => addNamed(ctx.db, ctx.actor, input, ctx.now())),
	dropAffected: asKeeper
		.input(breachNamed)
		.mutation(({ ctx, input }) => dropAffected(ctx.db, ctx.actor, input.id, ctx.now())),
	authorityTold: asKeeper
		.input(authorityTold)
		.mutation(({ ctx, input }) => markAuthorityTold(ctx.db, ctx.actor, input, ctx.now())),
	tellMembers: asKeeper
		.input(membersNotice)
		.mutation(({ ctx, input }) => tellMembers(ctx.db, ctx.actor, input, ctx.now())),
	close: asKeeper
		.input(breachClosing)
		.mutation(({ ctx, input }) => closeBreach(ctx.db, ctx.actor, input, ctx.now()))
});

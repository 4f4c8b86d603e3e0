import { proposalAnswer, proposalDone, proposalList, proposalNamed } from '$lib/domain/proposals/schema.ts';
import { guarded, router } from '$lib/server/trpc/init.ts';
import { answerProposal, carryOutProposal, considerProposal } from './service.ts';
import { openProposal, proposalsToAnswer } from './views.ts';

const asAnswerer = guarded('proposal.answer');

/** TG-3.4a: proposals as the Board and administrators answer them. They are sent as commands and read by the pull. */
export const proposalsRouter = router({
	list: asAnswerer.input(proposalList).query(({ ctx, input }) => proposalsToAnswer(ctx.db, input)),
	/** A mutation: opening is written into the record. */
	open: asAnswerer
		.input(proposalNamed)
		.mutation(({ ctx, input }) => openProposal(ctx.db, ctx.actor, input.id, ctx.now())),
	consider: asAnswerer
		.input(proposalNamed)
		.mutation(({ ctx, input }) => considerProposal(ctx.db, ctx.actor, input.id, ctx.now())),
	answer: asAnswerer
		.input(proposalAnswer)
		.mutation(({ ctx, input }) => answerProposal(ctx.db, ctx.actor, input, ctx.now())),
	carryOut: asAnswerer
		.input(proposalDone)
		.mutation(({ ctx, input }) => carryOutProposal(ctx.db, ctx.actor, input, ctx.now()))
});

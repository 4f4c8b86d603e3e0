import { z } from 'zod';
import {
	administratorChange,
	findPeople,
	postChange,
	proposalAnswer,
	roleChange
} from '$lib/domain/grants/schema.ts';
import { id } from '$lib/domain/kernel/fields.ts';
import { guarded, router } from '$lib/server/trpc/init.ts';
import { findPeopleOfRights, openProposals, rightsOf } from './people.ts';
import { answerProposal, changeRole, endOffice, giveOffice, proposeAdministrator } from './service.ts';

const asAdministrator = guarded('role.grant');

/** TG-20.1: who may do what. Asked online only. */
export const grantsRouter = router({
	people: asAdministrator
		.input(findPeople)
		.query(({ ctx, input }) => findPeopleOfRights(ctx.db, ctx.actor, input, ctx.now())),
	person: asAdministrator
		.input(z.strictObject({ accountId: id }))
		.query(({ ctx, input }) => rightsOf(ctx.db, ctx.actor, input.accountId, ctx.now())),
	proposals: asAdministrator.query(({ ctx }) => openProposals(ctx.db, ctx.actor, ctx.now())),
	giveRole: asAdministrator
		.input(roleChange)
		.mutation(({ ctx, input }) => changeRole(ctx.db, ctx.actor, true, input, ctx.now())),
	takeRole: asAdministrator
		.input(roleChange)
		.mutation(({ ctx, input }) => changeRole(ctx.db, ctx.actor, false, input, ctx.now())),
	givePost: asAdministrator
		.input(postChange)
		.mutation(({ ctx, input }) => giveOffice(ctx.db, ctx.actor, input, ctx.now())),
	endPost: asAdministrator
		.input(postChange)
		.mutation(({ ctx, input }) => endOffice(ctx.db, ctx.actor, input, ctx.now())),
	propose: asAdministrator
		.input(administratorChange)
		.mutation(({ ctx, input }) => proposeAdministrator(ctx.db, ctx.actor, input, ctx.now())),
	answer: asAdministrator
		.input(proposalAnswer)
		.mutation(({ ctx, input }) => answerProposal(ctx.db, ctx.actor, input, ctx.now()))
});

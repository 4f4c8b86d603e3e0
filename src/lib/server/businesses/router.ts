import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { id } from '$lib/domain/kernel/fields.ts';
import { numberPurpose } from '$lib/domain/personal-data/looks.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { guarded, router } from '$lib/server/trpc/init.ts';
import { endingPapers, identityForCase } from './desk.ts';
import { viewOfOwner } from './projections.ts';
import { revealPerson } from './reveal.ts';

export const businessesRouter = router({
	/** The caller's own business, with what each department answered; null = none. */
	mine: guarded('business.register').query(({ ctx }) =>
		transaction(ctx.db, ctx.actor.id, (tx) => viewOfOwner(tx, ctx.actor.id, ctx.now()))
	),
	/** TG-12: papers of the caller's sectors that end soon. */
	ending: guarded('case.decide').query(({ ctx }) => endingPapers(ctx.db, ctx.actor, ctx.now())),
	/** LAW-tmdt-identity: what a department is told while it decides. */
	identity: guarded('case.decide')
		.input(z.strictObject({ caseId: id }))
		.query(async ({ ctx, input }) => {
			const identity = await identityForCase(ctx.db, ctx.actor, input.caseId);
			if (!identity) throw new TRPCError({ code: 'NOT_FOUND' });
			return identity;
		}),
	/** The whole number and the representative of a registration under decision; each look is logged (TG-16.2). */
	reveal: guarded('case.decide')
		.input(z.strictObject({ caseId: id, said: numberPurpose }))
		.mutation(async ({ ctx, input }) => {
			const person = await revealPerson(ctx.db, ctx.actor, input.caseId, input.said, ctx.now());
			if (!person.ok) throw new TRPCError({ code: 'NOT_FOUND' });
			return person.value;
		})
});

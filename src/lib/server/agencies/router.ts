import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { canSetAbsence } from '$lib/domain/accounts/permissions.ts';
import { agencyChangeInput } from '$lib/domain/agencies/changes.ts';
import { absenceInput } from '$lib/domain/agencies/duty.ts';
import { id } from '$lib/domain/kernel/fields.ts';
import { guarded, router } from '$lib/server/trpc/init.ts';
import { endAbsence, setAbsence } from './absences.ts';
import { recordAgencyChange, withdrawAgencyChange } from './changes.ts';
import { agencyDetail, agencyList } from './directory.ts';
import { settleAgencies } from './settle.ts';

/** Agencies, their focal points and who stands in for whom. Asked online only; the directory itself is on every device. */
export const agenciesRouter = router({
	list: guarded('agency.edit').query(({ ctx }) => agencyList(ctx.db, ctx.now())),
	/** For the administrator, and for the lead of the unit. */
	detail: guarded('post.absence')
		.input(z.strictObject({ agencyId: z.string().max(60) }))
		.query(({ ctx, input }) => {
			if (!canSetAbsence(ctx.actor, input.agencyId)) throw new TRPCError({ code: 'FORBIDDEN' });
			return agencyDetail(ctx.db, input.agencyId, ctx.now());
		}),
	change: guarded('agency.edit')
		.input(agencyChangeInput)
		.mutation(async ({ ctx, input }) => {
			const done = await recordAgencyChange(ctx.db, ctx.actor, input, ctx.now());
			// What holds from today is done at once; the job would come within the minute.
			if (done.ok) await settleAgencies(ctx.db, ctx.now());
			return done;
		}),
	withdraw: guarded('agency.edit')
		.input(z.strictObject({ changeId: id }))
		.mutation(({ ctx, input }) => withdrawAgencyChange(ctx.db, ctx.actor, input.changeId, ctx.now())),
	setAbsence: guarded('post.absence')
		.input(absenceInput)
		.mutation(({ ctx, input }) => setAbsence(ctx.db, ctx.actor, input, ctx.now())),
	endAbsence: guarded('post.absence')
		.input(z.strictObject({ id }))
		.mutation(({ ctx, input }) => endAbsence(ctx.db, ctx.actor, input.id, ctx.now()))
});

import { z } from 'zod';
import {
	liftMeasure as liftSchema,
	measureList,
	measureTarget,
	takeMeasure as takeSchema
} from '$lib/domain/enforcement/schema.ts';
import { id, requiredText } from '$lib/domain/kernel/fields.ts';
import { guarded, router } from '$lib/server/trpc/init.ts';
import { findTargets } from './find.ts';
import { liftMeasure, provenRecently, takeMeasure } from './service.ts';
import { measureDetail, measuresOfAgency, previewMeasure } from './views.ts';

/** Locks and what leads to them (TG-9, TG-17.3). Asked online only: nobody is locked by a device that was away. */
export const enforcementRouter = router({
	find: guarded('lock.product')
		.input(z.strictObject({ text: requiredText(80) }))
		.query(({ ctx, input }) => findTargets(ctx.db, ctx.auth, ctx.actor, input.text, ctx.now())),
	preview: guarded('lock.product')
		.input(measureTarget)
		.query(({ ctx, input }) => previewMeasure(ctx.db, ctx.auth, ctx.actor, input, ctx.now())),
	take: guarded('lock.product')
		.input(takeSchema)
		.mutation(async ({ ctx, input }): ReturnType<typeof takeMeasure> => {
			// Taking something away from somebody is a sensitive act (TG-5).
			const proof = provenRecently(ctx.caller, ctx.now());
			return proof.ok ? takeMeasure(ctx.db, ctx.actor, input, ctx.now()) : proof;
		}),
	lift: guarded('lock.lift')
		.input(liftSchema)
		.mutation(async ({ ctx, input }): ReturnType<typeof liftMeasure> => {
			const proof = provenRecently(ctx.caller, ctx.now());
			return proof.ok ? liftMeasure(ctx.db, ctx.actor, input, ctx.now()) : proof;
		}),
	list: guarded('lock.see')
		.input(measureList)
		.query(({ ctx, input }) => measuresOfAgency(ctx.db, ctx.actor, input)),
	detail: guarded('lock.see')
		.input(z.strictObject({ id }))
		.query(({ ctx, input }) => measureDetail(ctx.db, ctx.actor, input.id, ctx.now()))
});

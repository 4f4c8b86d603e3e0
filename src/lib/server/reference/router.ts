import { z } from 'zod';
import { id } from '$lib/domain/kernel/fields.ts';
import { referenceChangeInput } from '$lib/domain/reference/changes.ts';
import { listNames } from '$lib/domain/reference/lists.ts';
import { guarded, router } from '$lib/server/trpc/init.ts';
import { recordReferenceChange, referenceView, usesOf, withdrawReferenceChange } from './service.ts';
import { settleDays } from './settle.ts';

/** TG-3.4a: lists and settings. Asked online only; what they lead to is on every device. */
export const referenceRouter = router({
	view: guarded('reference.edit').query(({ ctx }) => referenceView(ctx.db, ctx.now())),
	uses: guarded('reference.edit')
		.input(z.strictObject({ list: z.enum(listNames), itemId: z.string().max(60) }))
		.query(({ ctx, input }) => usesOf(ctx.db, input.list, input.itemId)),
	change: guarded('reference.edit')
		.input(referenceChangeInput)
		.mutation(async ({ ctx, input }) => {
			const done = await recordReferenceChange(ctx.db, ctx.actor, input, ctx.now());
			// The job comes within the minute as well: what is recorded is not told as failed for it.
			if (done.ok) await settleDays(ctx.db, ctx.now()).catch(() => undefined);
			return done;
		}),
	withdraw: guarded('reference.edit')
		.input(z.strictObject({ changeId: id }))
		.mutation(({ ctx, input }) => withdrawReferenceChange(ctx.db, ctx.actor, input.changeId, ctx.now()))
});

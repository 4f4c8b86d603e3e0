import type { Result } from '$lib/domain/kernel/refusal.ts';
import { handIn as handInSchema, handoverAnswer, type HandoverView } from '$lib/domain/handovers/schema.ts';
import { dispatch } from '$lib/server/commands.ts';
import { observeCommand } from '$lib/server/metrics/sync.ts';
import { guarded, router } from '$lib/server/trpc/init.ts';
import { answerHandover, handIn, handoversOf } from './service.ts';

/** Unsent work that a clerk brings and its owner answers (sync 15). Asked online only. */
export const handoversRouter = router({
	handIn: guarded('handover.bring')
		.input(handInSchema)
		.mutation(({ ctx, input }): Promise<Result<{ id: string }>> =>
			handIn(ctx.db, ctx.actor, input, ctx.now())
		),
	mine: guarded('handover.answer').query(({ ctx }): Promise<HandoverView[]> =>
		handoversOf(ctx.db, ctx.actor)
	),
	answer: guarded('handover.answer')
		.input(handoverAnswer)
		.mutation(({ ctx, input }): Promise<Result<HandoverView>> =>
			answerHandover({ db: ctx.db, dispatch, now: ctx.now, observe: observeCommand }, ctx.actor, input)
		)
});

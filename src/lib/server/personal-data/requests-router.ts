import {
	requestAnswer,
	requestAsk,
	requestExtend,
	requestList,
	requestNamed
} from '$lib/domain/personal-data/requests.ts';
import { guarded, memberProcedure, router } from '$lib/server/trpc/init.ts';
import { openRequest, ownRequests, requestsToAnswer } from './request-views.ts';
import {
	acknowledgeRequest,
	answerRequest,
	askAboutData,
	extendRequest,
	withdrawRequest
} from './requests.ts';

const asAnswerer = guarded('data.answer');

/** LAW-data-subject, TG-16.5: what members ask about their data. Asked online only. */
export const dataRequestsRouter = router({
	mine: memberProcedure.query(({ ctx }) => ownRequests(ctx.db, ctx.actor.id, ctx.now())),
	ask: memberProcedure
		.input(requestAsk)
		.mutation(({ ctx, input }) => askAboutData(ctx.db, ctx.actor.id, input, ctx.now())),
	withdraw: memberProcedure
		.input(requestNamed)
		.mutation(({ ctx, input }) => withdrawRequest(ctx.db, ctx.actor.id, input.id, ctx.now())),
	list: asAnswerer
		.input(requestList)
		.query(({ ctx, input }) => requestsToAnswer(ctx.db, input.which, ctx.now())),
	/** A mutation: opening is written into the record. */
	open: asAnswerer
		.input(requestNamed)
		.mutation(({ ctx, input }) => openRequest(ctx.db, ctx.actor, input.id, ctx.now())),
	acknowledge: asAnswerer
		.input(requestNamed)
		.mutation(({ ctx, input }) => acknowledgeRequest(ctx.db, ctx.actor, input.id, ctx.now())),
	extend: asAnswerer
		.input(requestExtend)
		.mutation(({ ctx, input }) => extendRequest(ctx.db, ctx.actor, input, ctx.now())),
	answer: asAnswerer
		.input(requestAnswer)
		.mutation(({ ctx, input }) => answerRequest(ctx.db, ctx.actor, input, ctx.now()))
});

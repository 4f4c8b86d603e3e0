import { z } from 'zod';
import { id } from '$lib/domain/kernel/fields.ts';
import { keptDaysBack, messageKey, messageStates } from '$lib/domain/messages/schema.ts';
import { letterPurpose } from '$lib/domain/personal-data/looks.ts';
import { guarded, router } from '$lib/server/trpc/init.ts';
import { listMessages, openForStaff, sendAgain, sendKept } from './outbox.ts';

const staff = guarded('message.see');

/** What the exchange wrote to members, for those who keep it running. */
export const messagesRouter = router({
	/** Newest first; no `states` = all; `after` is the `next` of the page before. */
	list: staff
		.input(
			z.strictObject({
				states: z.array(z.enum(messageStates)).max(messageStates.length),
				after: messageKey.nullable(),
				limit: z.int().min(1).max(100)
			})
		)
		.query(({ ctx, input }) => listMessages(ctx.db, input, ctx.now())),
	/** A mutation: opening is written into the record. */
	open: staff
		.input(z.strictObject({ id, said: letterPurpose }))
		.mutation(({ ctx, input }) => openForStaff(ctx.db, ctx.actor, input.id, input.said, ctx.now())),
	again: staff
		.input(z.strictObject({ id }))
		.mutation(({ ctx, input }) => sendAgain(ctx.db, { actorId: ctx.actor.id, now: ctx.now() }, input.id)),
	sendKept: staff
		.input(z.strictObject({ days: keptDaysBack }))
		.mutation(({ ctx, input }) => sendKept(ctx.db, { actorId: ctx.actor.id, now: ctx.now() }, input.days))
});

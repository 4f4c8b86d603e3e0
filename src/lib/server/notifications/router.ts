import { z } from 'zod';
import { pushSubscription } from '$lib/domain/notifications/push.ts';
import { memberProcedure, router } from '$lib/server/trpc/init.ts';
import { pushKeys } from './push-keys.ts';
import { subscribeToPush, unsubscribeFromPush } from './push-service.ts';

/** Being told of something new while the app is closed. */
export const notificationsRouter = router({
	/** What a browser must know to subscribe here. */
	pushKey: memberProcedure.query(() => pushKeys().publicKey),
	subscribe: memberProcedure
		.input(pushSubscription)
		.mutation(({ ctx, input }) => subscribeToPush(ctx.db, ctx.actor, input, ctx.now())),
	unsubscribe: memberProcedure
		.input(z.strictObject({ endpoint: z.string().max(1_000) }))
		.mutation(({ ctx, input }) => unsubscribeFromPush(ctx.db, ctx.actor, input.endpoint))
});

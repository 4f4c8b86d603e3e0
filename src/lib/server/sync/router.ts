import { publicProcedure, router } from '$lib/server/trpc/init.ts';
import { pullRequest, pushRequest, type PullAnswer, type PushAnswer } from '$lib/sync/protocol/wire.ts';
import { dispatch } from '$lib/server/commands.ts';
import { observeCommand, observePull, observeShed } from '$lib/server/metrics/sync.ts';
import { createGate } from './gate.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import type { Caller } from './session.ts';

const devices = createGate({ shed: observeShed });

const personOf = (caller: Caller): string | null => (caller.kind === 'actor' ? caller.actor.id : null);

/**
 * The two doors of the sync. Both are public procedures because they answer an ended session in words the
 * device understands; each checks who is calling itself. Mutations, since positions are too long for an address.
 */
export const syncRouter = router({
	pull: publicProcedure.input(pullRequest).mutation(async ({ ctx, input }): Promise<PullAnswer> => {
		const answer = await devices.pass(personOf(ctx.caller), () => pull(ctx.db, ctx.caller, input, ctx.now()));
		observePull(input.collection, answer.outcome);
		return answer;
	}),
	push: publicProcedure
		.input(pushRequest)
		.mutation(({ ctx, input }): Promise<PushAnswer> =>
			devices.pass(personOf(ctx.caller), () =>
				push({ db: ctx.db, dispatch, now: ctx.now, observe: observeCommand }, ctx.caller, input)
			)
		)
});

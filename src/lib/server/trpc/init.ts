import { initTRPC, TRPCError } from '@trpc/server';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import type { Caller } from '$lib/server/sync/session.ts';

/** What every procedure gets. `now` is the server's clock, ISO in UTC. */
export type Context = {
	readonly db: Sql;
	readonly auth: Sql;
	readonly caller: Caller;
	readonly now: () => string;
};

const t = initTRPC.context<Context>().create({
	errorFormatter({ shape }) {
		// Nothing of the inside goes over the wire; the log has it under the request's id.
		return { ...shape, data: { code: shape.data.code, httpStatus: shape.data.httpStatus } };
	}
});

export const router = t.router;

/** Anyone, signed in or not. The only procedures without a role guard. */
export const publicProcedure = t.procedure;

function actorOf(caller: Caller): Actor {
	if (caller.kind === 'actor') return caller.actor;
	throw new TRPCError({ code: 'UNAUTHORIZED', message: caller.kind === 'ended' ? caller.why : 'expired' });
}

/** A signed-in member. */
export const memberProcedure = t.procedure.use(({ ctx, next }) =>
	next({ ctx: { ...ctx, actor: actorOf(ctx.caller) } })
);

/** Somebody who holds a post in an agency now; which agency is asked by each procedure with `can…`. */
export const officerProcedure = memberProcedure.use(({ ctx, next }) => {
	if (ctx.actor.posts.length === 0 && !ctx.actor.roles.includes('administrator'))
		throw new TRPCError({ code: 'FORBIDDEN' });
	return next({ ctx });
});

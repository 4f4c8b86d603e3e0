import { initTRPC, TRPCError } from '@trpc/server';
import { mayAtAll, type Actor, type Permission } from '$lib/domain/accounts/permissions.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import type { Caller } from '$lib/server/sync/session.ts';

/** What every procedure gets. `now` is the server's clock, ISO in UTC. */
export type Context = {
	readonly db: Sql;
	readonly auth: Sql;
	readonly caller: Caller;
	readonly now: () => string;
};

/** Which line of the table of rights a procedure stands under; `null` = anyone, for the reason beside it. */
export type Meta = { readonly permission: Permission | null };

const t = initTRPC
	.context<Context>()
	.meta<Meta>()
	.create({
		errorFormatter({ shape }) {
			// Nothing of the inside goes over the wire; the log has it under the request's id.
			return { ...shape, data: { code: shape.data.code, httpStatus: shape.data.httpStatus } };
		}
	});

export const router = t.router;

/** Anyone, signed in or not: the procedure itself asks who is there. Why stands in `server/rights.ts`. */
export const publicProcedure = t.procedure.meta({ permission: null });

function actorOf(caller: Caller): Actor {
	if (caller.kind === 'actor') return caller.actor;
	throw new TRPCError({ code: 'UNAUTHORIZED', message: caller.kind === 'ended' ? caller.why : 'expired' });
}

/**
 * For those who hold this right somewhere (TG-3.4); everybody else is refused before the input is looked at. Whether it
 * reaches the very thing that is asked for, the service asks with `may`.
 */
export const guarded = (permission: Permission) =>
	t.procedure.meta({ permission }).use(({ ctx, next }) => {
		const actor = actorOf(ctx.caller);
		if (!mayAtAll(actor, permission)) throw new TRPCError({ code: 'FORBIDDEN' });
		return next({ ctx: { ...ctx, actor } });
	});

/** For whoever is signed in, about what is their own. */
export const memberProcedure = guarded('account.own');

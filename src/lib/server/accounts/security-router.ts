import { renderSVG } from 'uqr';
import { z } from 'zod';
import { needsSecondFactor } from '$lib/domain/accounts/second-factor.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { memberProcedure, router, type Context } from '$lib/server/trpc/init.ts';
import { removePasskey, renamePasskey } from './passkeys.ts';
import { recentProof } from './proof.ts';
import {
	beginTotp,
	confirmTotp,
	factorsOf,
	removeTotp,
	renewRecoveryCodes,
	type FactorView
} from './second-factor.ts';
import type { Actor } from '$lib/domain/accounts/permissions.ts';

type Ctx = Context & { readonly actor: Actor };

const code = z.string().min(1).max(20);
const passkeyId = z.string().min(1).max(1400);

/** Does a sensitive thing for whoever proved a short while ago to be there. */
async function whenProven<T>(ctx: Ctx, work: () => Promise<Result<T>>): Promise<Result<T>> {
	const proof = recentProof(ctx.caller, ctx.now());
	return proof.ok ? work() : proof;
}

/** Staff never stand without a second factor while they are signed in. */
async function unlessLast(ctx: Ctx, left: (factors: FactorView) => boolean): Promise<Result<void>> {
	if (!needsSecondFactor(ctx.actor.roles)) return ok(undefined);
	return left(await factorsOf(ctx, ctx.actor.id, ctx.now()))
		? ok(undefined)
		: no('last_factor', { clause: 'TG-5' });
}

/** A member's own second factors (TG-5). */
export const securityRouter = router({
	factors: memberProcedure.query(({ ctx }) => factorsOf(ctx, ctx.actor.id, ctx.now())),
	beginTotp: memberProcedure.mutation(({ ctx }) =>
		whenProven(ctx, async () => {
			const begun = await beginTotp(ctx, { accountId: ctx.actor.id, label: ctx.actor.name, now: ctx.now() });
			return begun ? ok({ secret: begun.secret, square: renderSVG(begun.uri) }) : no('illegal_transition');
		})
	),
	confirmTotp: memberProcedure
		.input(z.strictObject({ code }))
		.mutation(({ ctx, input }) =>
			whenProven(ctx, () => confirmTotp(ctx, { accountId: ctx.actor.id, code: input.code, now: ctx.now() }))
		),
	removeTotp: memberProcedure.mutation(({ ctx }) =>
		whenProven(ctx, async () => {
			const may = await unlessLast(ctx, (factors) => factors.passkeys.length > 0);
			if (!may.ok) return may;
			await removeTotp(ctx, { accountId: ctx.actor.id, now: ctx.now() });
			return ok(undefined);
		})
	),
	renewRecoveryCodes: memberProcedure.mutation(({ ctx }) =>
		whenProven(ctx, async () =>
			ok(await renewRecoveryCodes(ctx, { accountId: ctx.actor.id, now: ctx.now() }))
		)
	),
	renamePasskey: memberProcedure
		.input(z.strictObject({ id: passkeyId, name: z.string().max(200) }))
		.mutation(({ ctx, input }) => renamePasskey(ctx, { accountId: ctx.actor.id, ...input, now: ctx.now() })),
	removePasskey: memberProcedure.input(z.strictObject({ id: passkeyId })).mutation(({ ctx, input }) =>
		whenProven(ctx, async () => {
			const may = await unlessLast(ctx, (factors) => factors.totp || factors.passkeys.length > 1);
			if (!may.ok) return may;
			return removePasskey(ctx, { accountId: ctx.actor.id, id: input.id, now: ctx.now() });
		})
	)
});

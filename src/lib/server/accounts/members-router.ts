import {
	consentSaid,
	contactAgain,
	contactAsk,
	contactConfirm,
	passwordChange,
	profileEdit,
	sessionEnd
} from '$lib/domain/accounts/members.ts';
import { misuse, misuseAnswer, misuseFilter, misuseOpened } from '$lib/domain/accounts/misuse.ts';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { serverConfig } from '$lib/server/config.ts';
import { guarded, memberProcedure, router, type Context } from '$lib/server/trpc/init.ts';
import type { Asking } from './codes.ts';
import { ownConsents, setConsent } from './consents.ts';
import { askContact, confirmContact, resendContact } from './contacts.ts';
import { answerMisuse, misuseReport, misuseReports, ownMisuseReports, reportMisuse } from './misuse.ts';
import { endOtherSessions, endOwnSession, ownSessions } from './own-sessions.ts';
import { changePassword, correctProfile, ownProfile } from './profile.ts';

type Ctx = Context & { readonly actor: Actor };

const sessionOf = ({ caller }: Ctx): string => {
	if (caller.kind !== 'actor') throw new Error('a member without a session');
	return caller.sessionId;
};
const who = (ctx: Ctx) => ({ accountId: ctx.actor.id, sessionId: sessionOf(ctx) });
/** A member is known: what counts is the account, wherever it is. */
const asking = (ctx: Ctx): Asking => ({
	now: ctx.now(),
	ip: `account:${ctx.actor.id}`,
	minutes: serverConfig().codeMinutes
});

/** TG-8, TG-16: a member's own account. Asked online only. */
export const membersRouter = router({
	profile: memberProcedure.query(({ ctx }) => ownProfile(ctx.db, ctx.actor.id)),
	correct: memberProcedure
		.input(profileEdit)
		.mutation(({ ctx, input }) => correctProfile(ctx.db, ctx.actor.id, input, ctx.now())),
	changePassword: memberProcedure
		.input(passwordChange)
		.mutation(({ ctx, input }) => changePassword(ctx, who(ctx), input, ctx.now())),

	askContact: memberProcedure
		.input(contactAsk)
		.mutation(({ ctx, input }) => askContact(ctx, ctx.actor.id, input, asking(ctx))),
	askContactAgain: memberProcedure
		.input(contactAgain)
		.mutation(({ ctx, input }) => resendContact(ctx.db, ctx.actor.id, input.requestId, asking(ctx))),
	confirmContact: memberProcedure
		.input(contactConfirm)
		.mutation(({ ctx, input }) => confirmContact(ctx.db, ctx.actor.id, input, ctx.now())),

	sessions: memberProcedure.query(({ ctx }) =>
		ownSessions(ctx.auth, ctx.actor.id, sessionOf(ctx), ctx.now())
	),
	endSession: memberProcedure
		.input(sessionEnd)
		.mutation(({ ctx, input }) => endOwnSession(ctx.db, ctx.actor.id, input.ref, ctx.now())),
	endOtherSessions: memberProcedure.mutation(({ ctx }) =>
		endOtherSessions(ctx.db, ctx.actor.id, sessionOf(ctx), ctx.now())
	),
	reportMisuse: memberProcedure
		.input(misuse)
		.mutation(({ ctx, input }) => reportMisuse(ctx, who(ctx), input, ctx.now())),
	ownMisuseReports: memberProcedure.query(({ ctx }) => ownMisuseReports(ctx.db, ctx.actor.id)),
	misuseReports: guarded('misuse.see')
		.input(misuseFilter)
		.query(({ ctx, input }) => misuseReports(ctx.db, ctx.actor, input)),
	/** A mutation: opening is written into the record. */
	misuseReport: guarded('misuse.see')
		.input(misuseOpened)
		.mutation(({ ctx, input }) => misuseReport(ctx.db, ctx.actor, input.id, ctx.now())),
	answerMisuse: guarded('misuse.see')
		.input(misuseAnswer)
		.mutation(({ ctx, input }) => answerMisuse(ctx.db, ctx.actor, input, ctx.now())),

	consents: memberProcedure.query(({ ctx }) => ownConsents(ctx.db, ctx.actor.id, ctx.now())),
	setConsent: memberProcedure
		.input(consentSaid)
		.mutation(({ ctx, input }) => setConsent(ctx.db, ctx.actor.id, input, ctx.now()))
});

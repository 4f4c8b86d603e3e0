import { z } from 'zod';
import { passwordFault } from '$lib/domain/accounts/passwords.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Language } from '$lib/domain/messages/template.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { queueMessage } from '$lib/server/messages/service.ts';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import { dropOpenRequests } from './code-queries.ts';
import { openRequest, renewRequest, takeCode, type Asking } from './codes.ts';
import { commonPasswords } from './common-passwords.ts';
import { findMemberByName } from './member-queries.ts';
import { nameIndex, readContact } from './names.ts';
import { storePassword } from './own-password.ts';
import { hashPassword } from './passwords.ts';
import { tellPasswordChanged } from './profile.ts';
import { asSignInRole, moveToEnded } from './sign-in-queries.ts';

const waiting = z.object({ target: z.string(), language: z.enum(['vi', 'en']) });

const by = (now: string) => ({ actorId: 'system:recovery', now });

/**
 * Sends a code that sets a new password to the phone or e-mail of a member. The answer is the same for one that nobody is
 * registered with; no code opens that request.
 */
export async function beginRecovery(
	db: Sql,
	input: { readonly contact: string; readonly language: Language },
	asking: Asking
): Promise<Result<{ requestId: string }>> {
	const contact = readContact(input.contact);
	if (!contact) return no('invalid_input', { fields: { contact: 'invalid_input' } });
	return write(db, by(asking.now), async (ctx) => {
		const targetIndex = nameIndex(contact.kind, contact.normal);
		const found = await asSignInRole(ctx.tx, () => findMemberByName(ctx.tx, targetIndex));
		const accountId = found === null || found.state === 'closed' ? null : found.accountId;
		const opened = await openRequest(ctx.tx, asking, {
			purpose: 'reset',
			accountId,
			targetIndex,
			details: { target: contact.normal, language: input.language },
			decoy: accountId === null
		});
		if (!opened.ok) return opened;
		await send(ctx, accountId, { target: contact.normal, language: input.language }, opened.value, asking);
		return ok({ requestId: opened.value.requestId });
	});
}

export const resendRecovery = (db: Sql, requestId: string, asking: Asking): Promise<Result<void>> =>
	write(db, by(asking.now), async (ctx) => {
		const again = await renewRequest(ctx.tx, asking, requestId, 'reset', async (_, owner) => owner === null);
		if (!again.ok) return again;
		await send(ctx, again.value.accountId, waiting.parse(again.value.details), again.value, asking);
		return ok(undefined);
	});

/**
 * The right code sets the new password and ends every session of the account; the member is told. A password that is
 * not taken (`fields.password`) costs no try, and nothing of the code.
 */
export async function finishRecovery(
	db: Sql,
	input: { readonly requestId: string; readonly code: string; readonly password: string },
	now: string
): Promise<Result<{ accountId: string }>> {
	const fault = passwordFault(input.password, commonPasswords, []);
	if (fault) return no('invalid_input', { fields: { password: fault } });
	const hash = await hashPassword(input.password);
	return write(db, by(now), async (ctx) => {
		const taken = await takeCode(ctx.tx, now, input.requestId, 'reset', input.code);
		if (!taken.ok) return taken;
		const { accountId } = taken.value;
		if (accountId === null) throw new Error('a request of nobody was opened');
		await storePassword(ctx.tx, accountId, hash, now);
		await dropOpenRequests(ctx.tx, accountId, now);
		await asSignInRole(ctx.tx, () => moveToEnded(ctx.tx, { accountId }, 'revoked'));
		await audit(ctx, { action: 'account.password_reset', subject: `account:${accountId}` });
		await tellPasswordChanged(ctx, accountId);
		return ok({ accountId });
	});
}

async function send(
	ctx: WriteContext,
	accountId: string | null,
	{ target, language }: z.output<typeof waiting>,
	{ code, expiresAt }: { code: string | null; expiresAt: string },
	{ minutes }: Asking
): Promise<void> {
	const message = {
		template: 'password_reset_code',
		params: { code: code ?? '000000', minutes },
		language,
		notAfter: expiresAt
	} as const;
	if (accountId !== null && code !== null)
		await queueMessage(ctx, { ...message, to: { accountId, address: target } });
	else
		await doAndUndo(ctx, (inner) =>
			queueMessage(inner, { ...message, to: { accountId: null, address: target } })
		);
}

/** The work of a request that somebody is registered with, for one that nobody is: how long it took tells nothing (TG-8). */
async function doAndUndo(ctx: WriteContext, work: (inner: WriteContext) => Promise<unknown>): Promise<void> {
	const undone = new Error('undone on purpose');
	await ctx.tx
		.savepoint(async (tx) => {
			await work({ ...ctx, tx });
			throw undone;
		})
		.catch((error: unknown) => {
			if (error !== undone) throw error;
		});
}

import { z } from 'zod';
import { writtenInstant } from '$lib/domain/calendar/instant.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Language } from '$lib/domain/messages/template.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql, Tx } from '$lib/server/db/pool.ts';
import { queueMessage } from '$lib/server/messages/service.ts';
import { asSystem, write, type WriteContext } from '$lib/server/sync/write.ts';
import { lockTarget } from './code-queries.ts';
import { openRequest, renewRequest, takeCode, badCode, type Asking } from './codes.ts';
import { deleteSignInNames, findMemberByName, findProfile, updateContact } from './member-queries.ts';
import { nameIndex, readContact } from './names.ts';
import { proveOwnPassword } from './own-password.ts';
import { seal, unseal } from './sealing.ts';
import { asSignInRole, insertSignInName } from './sign-in-queries.ts';

const waiting = z.object({ target: z.string(), language: z.enum(['vi', 'en']) });

/**
 * TG-8: sends a code to the new phone or e-mail; nothing changes before it comes back. One that another member has looks
 * the same from here: that member is told, and no code opens the request. Refusals as `proveOwnPassword`, `invalid_input`
 * with `fields.contact` (also `unchanged`), `too_many_attempts`.
 */
export async function askContact(
	server: { readonly db: Sql; readonly auth: Sql },
	accountId: string,
	input: { readonly contact: string; readonly password: string; readonly language: Language },
	asking: Asking
): Promise<Result<{ requestId: string }>> {
	const contact = readContact(input.contact);
	if (!contact) return no('invalid_input', { fields: { contact: 'invalid_input' } });
	const proven = await proveOwnPassword(server.auth, accountId, input.password);
	if (!proven.ok) return proven;
	return write(server.db, { actorId: accountId, now: asking.now }, async (ctx) => {
		const targetIndex = nameIndex(contact.kind, contact.normal);
		const owner = await ownerOf(ctx.tx, targetIndex);
		if (owner === accountId) return no('invalid_input', { fields: { contact: 'unchanged' } });
		const details = { target: contact.normal, language: input.language };
		const opened = await asSystem(ctx, 'contacts', (tx) =>
			openRequest(tx, asking, {
				purpose: 'contact',
				accountId,
				targetIndex,
				details,
				decoy: owner !== null
			})
		);
		if (!opened.ok) return opened;
		await sendCode(ctx, accountId, details, opened.value, asking.minutes);
		if (owner !== null)
			await queueMessage(ctx, {
				to: { accountId: owner, address: contact.normal },
				template: 'already_registered',
				params: {},
				language: input.language
			});
		return ok({ requestId: opened.value.requestId });
	});
}

/** Another code for the same change, after a wait that grows. */
export const resendContact = (
	db: Sql,
	accountId: string,
	requestId: string,
	asking: Asking
): Promise<Result<void>> =>
	write(db, { actorId: accountId, now: asking.now }, async (ctx) => {
		const again = await asSystem(ctx, 'contacts', (tx) =>
			renewRequest(tx, asking, requestId, 'contact', async ({ target }, owner) => {
				const contact = readContact(target);
				return (
					owner !== accountId ||
					contact === null ||
					(await ownerOf(tx, nameIndex(contact.kind, contact.normal))) !== null
				);
			})
		);
		if (!again.ok) return again;
		await sendCode(ctx, accountId, waiting.parse(again.value.details), again.value, asking.minutes);
		return ok(undefined);
	});

/** The right code puts the new phone or e-mail in the place of the old one of its kind, which is told. */
export const confirmContact = (
	db: Sql,
	accountId: string,
	input: { readonly requestId: string; readonly code: string },
	now: string
): Promise<Result<void>> =>
	write(db, { actorId: accountId, now }, async (ctx) => {
		const taken = await asSystem(ctx, 'contacts', async (tx) => {
			const done = await takeCode(tx, now, input.requestId, 'contact', input.code, accountId);
			if (done.ok) await lockTarget(tx, done.value.targetIndex);
			return done;
		});
		if (!taken.ok) return taken;
		const contact = readContact(waiting.parse(taken.value.details).target);
		if (!contact) return badCode('gone');
		const { kind, normal } = contact;
		const index = nameIndex(kind, normal);
		if ((await ownerOf(ctx.tx, index)) !== null)
			return no('invalid_input', { clause: 'TG-8', fields: { contact: 'taken' } });
		const profile = await findProfile(ctx.tx, accountId);
		const before = kind === 'phone' ? profile?.phone : profile?.email;
		const [old] = before ? await unseal(ctx.tx, [before]) : [null];
		await updateContact(ctx.tx, { accountId, kind, sealed: await seal(ctx.tx, accountId, normal), now });
		await asSignInRole(ctx.tx, async () => {
			await deleteSignInNames(ctx.tx, accountId, kind);
			await insertSignInName(ctx.tx, { index, accountId, kind });
		});
		await audit(ctx, {
			action: 'account.contact_changed',
			subject: `account:${accountId}`,
			clause: 'TG-8',
			data: { kind }
		});
		if (old)
			await queueMessage(ctx, {
				to: { accountId, address: old },
				template: 'contact_changed',
				params: { at: writtenInstant(now) }
			});
		return ok(undefined);
	});

const ownerOf = (tx: Tx, index: Buffer): Promise<string | null> =>
	asSignInRole(tx, async () => (await findMemberByName(tx, index))?.accountId ?? null);

async function sendCode(
	ctx: WriteContext,
	accountId: string,
	{ target, language }: z.output<typeof waiting>,
	{ code, expiresAt }: { code: string | null; expiresAt: string },
	minutes: number
): Promise<void> {
	if (code === null) return;
	await queueMessage(ctx, {
		to: { accountId, address: target },
		template: 'contact_code',
		params: { code, minutes },
		language,
		notAfter: expiresAt
	});
}

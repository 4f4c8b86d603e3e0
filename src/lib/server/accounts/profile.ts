import type { Profile, ProfileEdit } from '$lib/domain/accounts/members.ts';
import { passwordFault } from '$lib/domain/accounts/passwords.ts';
import { writtenInstant } from '$lib/domain/calendar/instant.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { queueMessage } from '$lib/server/messages/service.ts';
import { asSystem, write, type WriteContext } from '$lib/server/sync/write.ts';
import { dropOpenRequests } from './code-queries.ts';
import { commonPasswords } from './common-passwords.ts';
import { findProfile, revokeOthers, updateProfile } from './member-queries.ts';
import { holdsPassword, proveOwnPassword, storePassword, wrongPassword } from './own-password.ts';
import { hashPassword } from './passwords.ts';
import { sealerFor } from './sealing.ts';
import { asSignInRole } from './sign-in-queries.ts';
import { unsealAll } from './unseal-all.ts';

/** TG-16.5: what the exchange keeps of a member about the member, opened for that member alone. */
export const ownProfile = (db: Sql, accountId: string): Promise<Profile> =>
	transaction(db, accountId, async (tx) => {
		const row = await findProfile(tx, accountId);
		if (!row) throw new Error(`account ${accountId} has no profile`);
		const [name = '', userName = null, phone = null, email = null, address = null] = await unsealAll(tx, [
			row.name,
			row.userName,
			row.phone,
			row.email,
			row.address
		]);
		return { name: name ?? '', userName, phone, email, address };
	});

/** TG-16.5: corrects name and address. An empty address takes it away. */
export const correctProfile = (
	db: Sql,
	accountId: string,
	edit: ProfileEdit,
	now: string
): Promise<Result<void>> =>
	write(db, { actorId: accountId, now }, async (ctx) => {
		const seal = await sealerFor(ctx.tx, accountId);
		await updateProfile(ctx.tx, {
			accountId,
			name: seal(edit.name),
			address: edit.address === '' ? null : seal(edit.address),
			now
		});
		await audit(ctx, { action: 'profile.corrected', subject: `account:${accountId}`, clause: 'TG-16.5' });
		return ok(undefined);
	});

/**
 * TG-16.1: a new password, the old one asked. All other sessions end, and the member is told. Refusals as
 * `proveOwnPassword`, and `invalid_input` with `fields.next` = a `PasswordFault`.
 */
export async function changePassword(
	server: { readonly db: Sql; readonly auth: Sql },
	who: { readonly accountId: string; readonly sessionId: string },
	input: { readonly password: string; readonly next: string },
	now: string
): Promise<Result<{ sessionsEnded: number }>> {
	const proven = await proveOwnPassword(server.auth, who.accountId, input.password);
	if (!proven.ok) return proven;
	const hashed = await newPassword(server.db, who.accountId, input.next);
	if (!hashed.ok) return hashed;
	return write(server.db, { actorId: who.accountId, now }, async (ctx) => {
		const change = { from: proven.value, to: hashed.value };
		const replaced = await replacePassword(ctx, who.accountId, who.sessionId, change);
		return replaced.ok ? ok({ sessionsEnded: replaced.value }) : replaced;
	});
}

/** The hash of a password that may be taken: not common, not made of what others know of this person. */
export async function newPassword(db: Sql, accountId: string, next: string): Promise<Result<string>> {
	const { name, phone, email, userName } = await ownProfile(db, accountId);
	const about = [name, phone, email, userName].filter((text) => text !== null);
	const fault = passwordFault(next, commonPasswords, about);
	return fault ? no('invalid_input', { fields: { next: fault } }) : ok(await hashPassword(next));
}

/**
 * Stores it, ends the other sessions and tells the member; returns how many sessions ended. Refusal `wrong_credentials` when the
 * old one, `from`, was replaced since it was asked: whoever knew only that one takes nothing back.
 */
export async function replacePassword(
	ctx: WriteContext,
	accountId: string,
	sessionId: string,
	{ from, to }: { readonly from: string; readonly to: string }
): Promise<Result<number>> {
	if (!(await holdsPassword(ctx.tx, accountId, from))) return wrongPassword();
	await storePassword(ctx.tx, accountId, to, ctx.now);
	const ended = await asSignInRole(ctx.tx, () => revokeOthers(ctx.tx, accountId, { except: sessionId }));
	await asSystem(ctx, 'codes', (tx) => dropOpenRequests(tx, accountId, ctx.now));
	await audit(ctx, {
		action: 'account.password_changed',
		subject: `account:${accountId}`,
		data: { sessionsEnded: ended }
	});
	await tellPasswordChanged(ctx, accountId);
	return ok(ended);
}

export async function tellPasswordChanged(ctx: WriteContext, accountId: string): Promise<void> {
	await queueMessage(ctx, {
		to: { accountId },
		template: 'security_notice',
		params: { what: 'password_changed', at: writtenInstant(ctx.now) }
	});
}

import { hasRole, type Actor, type Role } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { cleanText } from '$lib/domain/kernel/text.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Queryable } from '$lib/server/db/pool.ts';
import { asSystem, newId, type WriteContext } from '$lib/server/sync/write.ts';
import { nameIndex, normalEmail, normalPhone, normalUserName, type NameKind } from './names.ts';
import { hashPassword, isGoodPassword } from './passwords.ts';
import { findActor, insertAccount, insertProfile } from './queries.ts';
import { createPersonKey, seal, unsealWith } from './sealing.ts';
import { asSignInRole, insertSignInAccount, insertSignInName, isNameTaken } from './sign-in-queries.ts';

export type NewMember = {
	readonly id?: string;
	readonly name: string;
	/** At least one of these three is needed to sign in. */
	readonly userName?: string;
	readonly phone?: string;
	readonly email?: string;
	readonly roles: readonly Role[];
} & (
	| { readonly password: string }
	/** The seed gives one hash to many demo people. */
	| { readonly passwordHash: string }
);

/**
 * Registers a person: account, own key, sealed profile and the ways to sign in, all or nothing. A name that is
 * taken or cannot be one is `invalid_input` with the field, and nothing is
 * written. Of two that take one name at the same instant the second is rolled back as a fault.
 */
export async function registerMember(
	ctx: WriteContext,
	input: NewMember
): Promise<Result<{ accountId: string }>> {
	const read = readMember(input);
	if (!read.ok) return read;
	const { name, ways } = read.value;
	const accountId = input.id ?? newId();
	const passwordHash = 'passwordHash' in input ? input.passwordHash : await hashPassword(input.password);

	const sealed = async (kind: NameKind): Promise<string | null> => {
		const way = ways.find((w) => w.kind === kind);
		return way ? seal(ctx.tx, accountId, way.normal) : null;
	};
	const taken = await asSignInRole(ctx.tx, async () => {
		for (const { kind, field, normal } of ways)
			if (await isNameTaken(ctx.tx, nameIndex(kind, normal))) return field;
		return null;
	});
	if (taken) return no('invalid_input', { fields: { [taken]: 'taken' } });

	await insertAccount(ctx.tx, { id: accountId, roles: input.roles, now: ctx.now });
	await asSystem(ctx, 'register', async (tx) => {
		await createPersonKey(tx, accountId);
		await insertProfile(tx, {
			accountId,
			name: await seal(tx, accountId, name),
			userName: await sealed('user_name'),
			phone: await sealed('phone'),
			email: await sealed('email'),
			now: ctx.now
		});
	});
	await asSignInRole(ctx.tx, async () => {
		await insertSignInAccount(ctx.tx, accountId, passwordHash);
		for (const { kind, normal } of ways)
			await insertSignInName(ctx.tx, { index: nameIndex(kind, normal), accountId, kind });
	});
	await audit(ctx, {
		action: 'account.registered',
		subject: `account:${accountId}`,
		data: { roles: input.roles }
	});
	return ok({ accountId });
}

type Way = { readonly kind: NameKind; readonly field: string; readonly normal: string };

function readMember(input: NewMember): Result<{ name: string; ways: Way[] }> {
	const fields: Record<string, string> = {};
	const ways: Way[] = [];
	const take = (
		kind: NameKind,
		field: string,
		typed: string | undefined,
		normalise: (text: string) => string | null
	) => {
		if (!typed) return;
		const normal = normalise(typed);
		if (normal === null) fields[field] = 'invalid_input';
		else ways.push({ kind, field, normal });
	};
	take('user_name', 'userName', input.userName, normalUserName);
	take('phone', 'phone', input.phone, normalPhone);
	take('email', 'email', input.email, normalEmail);
	const name = cleanText(input.name);
	if (name === '' || name.length > 80) fields.name = 'invalid_input';
	if (ways.length === 0 && Object.keys(fields).length === 0) fields.userName = 'invalid_input';
	if ('password' in input && !isGoodPassword(input.password)) fields.password = 'too_short';
	return Object.keys(fields).length > 0 ? no('invalid_input', { fields }) : ok({ name, ways });
}

/**
 * The actor of this moment: roles, posts held at `now`, the business sold for. One statement, in a transaction or
 * without. Throws when there is no such account.
 */
export async function actorOf(db: Queryable, accountId: string, now: string): Promise<Actor> {
	const found = await findActor(db, accountId, now);
	if (!found) throw new Error(`no account ${accountId}`);
	const { id, roles, posts, nameSealed, nameKey, businessId } = found;
	const name =
		nameSealed === null || nameKey === null ? '' : unsealWith({ id, wrapped: nameKey }, nameSealed);
	const actor: Actor = { id, name, roles, posts, businessId: null };
	return hasRole(actor, 'seller') ? { ...actor, businessId } : actor;
}

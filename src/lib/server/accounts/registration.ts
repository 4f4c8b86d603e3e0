import { z } from 'zod';
import { consentPurposes, type ConsentPurpose, type ConsentText } from '$lib/domain/accounts/consents.ts';
import { passwordFault } from '$lib/domain/accounts/passwords.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { cleanText } from '$lib/domain/kernel/text.ts';
import type { Language } from '$lib/domain/messages/template.ts';
import type { Sql, Tx } from '$lib/server/db/pool.ts';
import { queueMessage } from '$lib/server/messages/service.ts';
import { consentTexts } from '$lib/server/rulepacks/consents.ts';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import { lockTarget } from './code-queries.ts';
import { openRequest, renewRequest, takeCode, type Asking } from './codes.ts';
import { commonPasswords } from './common-passwords.ts';
import { recordConsents } from './consents.ts';
import { findMemberByName } from './member-queries.ts';
import { registerMember } from './members.ts';
import { nameIndex, readContact } from './names.ts';
import { hashPassword } from './passwords.ts';
import { asSignInRole } from './sign-in-queries.ts';

export type Registration = {
	readonly name: string;
	/** TG-8: a phone number or an e-mail, as typed. */
	readonly contact: string;
	readonly password: string;
	/** Purposes that were ticked. */
	readonly consents: readonly string[];
	readonly language: Language;
};

/** What waits for its code, sealed. */
const waiting = z.object({
	target: z.string(),
	name: z.string(),
	passwordHash: z.string(),
	consents: z.array(z.strictObject({ purpose: z.enum(consentPurposes), version: z.string() })),
	language: z.enum(['vi', 'en'])
});
type Waiting = z.output<typeof waiting>;

const by = (now: string) => ({ actorId: 'system:registration', now });

/**
 * TG-8: takes a registration and sends the code that activates it. The answer is the same whether the phone or e-mail
 * is registered or not: a member who has it is told instead, and no code opens that request. Refusals: `invalid_input`
 * with fields `name`, `contact`, `password` (a `PasswordFault`), `consents`; `too_many_attempts`.
 */
export async function beginRegistration(
	db: Sql,
	input: Registration,
	asking: Asking
): Promise<Result<{ requestId: string }>> {
	const read = readRegistration(input, asking.now);
	if (!read.ok) return read;
	const { contact, name, consents } = read.value;
	const passwordHash = await hashPassword(input.password);
	const details: Waiting = {
		target: contact.normal,
		name,
		passwordHash,
		consents,
		language: input.language
	};
	return write(db, by(asking.now), async (ctx) => {
		const targetIndex = nameIndex(contact.kind, contact.normal);
		const owner = await ownerOf(ctx.tx, targetIndex);
		const opened = await openRequest(ctx.tx, asking, {
			purpose: 'activate',
			accountId: null,
			targetIndex,
			details,
			decoy: owner !== null
		});
		if (!opened.ok) return opened;
		if (owner === null) await sendCode(ctx, details, opened.value, asking.minutes);
		else
			await queueMessage(ctx, {
				to: { accountId: owner, address: contact.normal },
				template: 'already_registered',
				params: {},
				language: input.language
			});
		return ok({ requestId: opened.value.requestId });
	});
}

/** What the form asks consent for today. */
export const registrationConsents = (now: string): ConsentText[] => consentTexts(vietnamDay(now));

/** Another activation code, after a wait that grows. Refusals: `too_many_attempts`, `invalid_input` with `fields.code`. */
export const resendActivation = (db: Sql, requestId: string, asking: Asking): Promise<Result<void>> =>
	write(db, by(asking.now), async (ctx) => {
		const again = await renewRequest(ctx.tx, asking, requestId, 'activate', async ({ target }) => {
			const contact = readContact(target);
			return !contact || (await ownerOf(ctx.tx, nameIndex(contact.kind, contact.normal))) !== null;
		});
		if (!again.ok) return again;
		await sendCode(ctx, waiting.parse(again.value.details), again.value, asking.minutes);
		return ok(undefined);
	});

/**
 * TG-8: the right code opens the account, with the consents that were given. Of two registrations of one phone the first
 * to bring its code has it, the other is told that it is taken: it has just shown that the phone is its own.
 */
export const activate = (
	db: Sql,
	input: { requestId: string; code: string },
	now: string
): Promise<Result<{ accountId: string }>> =>
	write(db, by(now), async (ctx) => {
		const taken = await takeCode(ctx.tx, now, input.requestId, 'activate', input.code);
		if (!taken.ok) return taken;
		const { target, name, passwordHash, consents } = waiting.parse(taken.value.details);
		await lockTarget(ctx.tx, taken.value.targetIndex);
		const made = await registerMember(ctx, {
			name,
			...(target.includes('@') ? { email: target } : { phone: target }),
			passwordHash,
			roles: ['buyer']
		});
		if (!made.ok) return no('invalid_input', { clause: 'TG-8', fields: { contact: 'taken' } });
		await recordConsents(ctx, made.value.accountId, 'registration', consents);
		return made;
	});

async function sendCode(
	ctx: WriteContext,
	{ target, language }: Waiting,
	{ code, expiresAt }: { code: string | null; expiresAt: string },
	minutes: number
): Promise<void> {
	if (code === null) return;
	await queueMessage(ctx, {
		to: { accountId: null, address: target },
		template: 'activation_code',
		params: { code, minutes },
		language,
		notAfter: expiresAt
	});
}

/** Whose phone or e-mail this is. */
const ownerOf = (tx: Tx, index: Buffer): Promise<string | null> =>
	asSignInRole(tx, async () => (await findMemberByName(tx, index))?.accountId ?? null);

type Read = {
	name: string;
	contact: NonNullable<ReturnType<typeof readContact>>;
	consents: { purpose: ConsentPurpose; version: string }[];
};

function readRegistration(input: Registration, now: string): Result<Read> {
	const fields: Record<string, string> = {};
	const name = cleanText(input.name);
	if (name === '' || name.length > 80) fields.name = 'invalid_input';
	const contact = readContact(input.contact);
	if (!contact) fields.contact = 'invalid_input';
	const fault = passwordFault(input.password, commonPasswords, [name, contact?.normal ?? input.contact]);
	if (fault) fields.password = fault;
	const texts = consentTexts(vietnamDay(now));
	const given = texts.filter(({ purpose }) => input.consents.includes(purpose));
	if (texts.some((text) => text.required && !given.includes(text))) fields.consents = 'required';
	if (!contact || Object.keys(fields).length > 0) return no('invalid_input', { fields });
	const consents = given.map(({ purpose, version }) => ({ purpose, version }));
	return ok({ name, contact, consents });
}

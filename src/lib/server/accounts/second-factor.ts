import { createHash, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { isProofRecent, type SecondStep } from '$lib/domain/accounts/second-factor.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import { reserveTry, type Origin } from './attempts.ts';
import {
	countRecoveryCodes,
	deletePasskeys,
	deleteTotp,
	findTotp,
	listPasskeys,
	replaceRecoveryCodes,
	updateTotpUsed,
	upsertTotp,
	useRecoveryCode
} from './factor-queries.ts';
import { demoTotpSecret } from './demo.ts';
import { blindIndex, seal, unseal } from './sealing.ts';
import { openSessionIf, validateSession, type OpenedSession } from './sessions.ts';
import { knownFrom } from './sign-in.ts';
import { asSignInRole, deleteSession, updateSecondFactor } from './sign-in-queries.ts';

const period = 30;
/** One code before and one after: a phone's clock is rarely right to the second. */
const skew = 1;
const recoveryCount = 10;
const recoveryLetters = 'abcdefghjkmnpqrstuvwxyz23456789';
const issuer = 'Sàn Tỉnh';

type Server = { readonly db: Sql; readonly auth: Sql };
type Db = Pick<Server, 'db'>;

const totpOf = (secret: string, label = ''): TOTP =>
	new TOTP({ issuer, label, algorithm: 'SHA1', digits: 6, period, secret: Secret.fromBase32(secret) });

/** The code of this moment, as the person's app shows it. */
export const codeNow = (secret: string, now: string, stepsLater = 0): string =>
	totpOf(secret).generate({ timestamp: Date.parse(now) + stepsLater * period * 1000 });

/** The half minute a code belongs to, or null when it is of none that counts now. */
function stepOf(secret: string, code: string, now: string): number | null {
	const timestamp = Date.parse(now);
	const delta = totpOf(secret).validate({ token: code, timestamp, window: skew });
	return delta === null ? null : Math.floor(timestamp / 1000 / period) + delta;
}

const asOwner = <T>(server: Db, now: string, work: (ctx: WriteContext) => Promise<T>): Promise<T> =>
	write(server.db, { actorId: 'system:sign-in', now }, work);

export type Enrolment = {
	/** Base32, to be typed where no camera is. */
	readonly secret: string;
	/** `otpauth://…`, to be shown as a square. */
	readonly uri: string;
};

/** The secret of an enrolment that is under way: asked twice, it is the same one. Null when a factor is in use already. */
export const beginTotp = (
	server: Db,
	input: { accountId: string; label: string; now: string; secret?: string }
): Promise<Enrolment | null> =>
	asOwner(server, input.now, async (ctx) => {
		const { accountId, label, now } = input;
		const known = await findTotp(ctx.tx, accountId);
		if (known?.confirmed) return null;
		const [before] = known ? await unseal(ctx.tx, [known.secretSealed]) : [];
		const secret = input.secret ?? before ?? new Secret({ size: 20 }).base32;
		if (secret !== before)
			await upsertTotp(ctx.tx, { accountId, secretSealed: await seal(ctx.tx, accountId, secret), now });
		return { secret, uri: totpOf(secret, label).toString() };
	});

/** The first good code confirms the enrolment and brings the recovery codes, which are shown once. */
export const confirmTotp = (
	server: Db,
	input: { accountId: string; code: string; now: string }
): Promise<Result<{ recoveryCodes: string[] }>> =>
	asOwner(server, input.now, async (ctx) => {
		const { accountId, now } = input;
		const known = await findTotp(ctx.tx, accountId);
		const [secret] = known && !known.confirmed ? await unseal(ctx.tx, [known.secretSealed]) : [];
		if (!secret) return no('not_found');
		const step = stepOf(secret, tidy(input.code), now);
		if (step === null) return no('wrong_code');
		await updateTotpUsed(ctx.tx, accountId, { step, now });
		const recoveryCodes = await newRecoveryCodes(ctx, accountId);
		await markSecondFactor(ctx, accountId);
		await audit(ctx, {
			action: 'second_factor.added',
			subject: `account:${accountId}`,
			clause: 'TG-5',
			data: { kind: 'totp' }
		});
		return ok({ recoveryCodes });
	});

/** The code of this moment for somebody of the demo; null for everybody else. */
export const demoCode = (server: Db, accountId: string, now: string): Promise<string | null> =>
	asOwner(server, now, async ({ tx }) => {
		const known = await findTotp(tx, accountId);
		const [secret] = known ? await unseal(tx, [known.secretSealed]) : [];
		if (!known || secret !== demoTotpSecret) return null;
		// One that was used a moment ago opens nothing: the next one is good already.
		const used = known.lastStep - Math.floor(Date.parse(now) / 1000 / period);
		return codeNow(secret, now, Math.min(skew, Math.max(0, used + 1)));
	});

/** Whether the account must show a second factor follows from what it has. */
export async function markSecondFactor(ctx: WriteContext, accountId: string): Promise<void> {
	const totp = await findTotp(ctx.tx, accountId);
	const keys = await listPasskeys(ctx.tx, accountId);
	const has = totp?.confirmed === true || keys.length > 0;
	await asSignInRole(ctx.tx, () => updateSecondFactor(ctx.tx, accountId, has));
}

const tidy = (code: string): string => code.replace(/[\s-]/g, '').toLowerCase();
const recoveryHash = (accountId: string, code: string): Buffer =>
	createHash('sha256').update(`${accountId} ${code}`).digest();

async function newRecoveryCodes(ctx: WriteContext, accountId: string): Promise<string[]> {
	const codes = Array.from({ length: recoveryCount }, () =>
		Array.from({ length: 10 }, () => recoveryLetters[randomInt(recoveryLetters.length)]).join('')
	);
	await replaceRecoveryCodes(
		ctx.tx,
		accountId,
		codes.map((code) => recoveryHash(accountId, code))
	);
	return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

/** New recovery codes; the old ones open nothing any more. */
export const renewRecoveryCodes = (
	server: Db,
	input: { accountId: string; now: string }
): Promise<string[]> =>
	asOwner(server, input.now, async (ctx) => {
		await audit(ctx, {
			action: 'recovery_codes.renewed',
			subject: `account:${input.accountId}`,
			clause: 'TG-5'
		});
		return newRecoveryCodes(ctx, input.accountId);
	});

/** Takes the authenticator app away; what must have a second factor sets one up at the next sign-in. */
export const removeTotp = (server: Db, input: { accountId: string; now: string }): Promise<void> =>
	asOwner(server, input.now, async (ctx) => {
		const { accountId } = input;
		await deleteTotp(ctx.tx, accountId);
		await replaceRecoveryCodes(ctx.tx, accountId, []);
		await markSecondFactor(ctx, accountId);
		await audit(ctx, {
			action: 'second_factor.removed',
			subject: `account:${accountId}`,
			clause: 'TG-5',
			data: { kind: 'totp' }
		});
	});

/** The operator's way out for somebody who lost everything, after the person was identified (docs/operations.md). */
export const resetSecondFactor = (server: Db, input: { accountId: string; now: string }): Promise<void> =>
	asOwner(server, input.now, async (ctx) => {
		const { accountId } = input;
		await deleteTotp(ctx.tx, accountId);
		await deletePasskeys(ctx.tx, accountId);
		await replaceRecoveryCodes(ctx.tx, accountId, []);
		await markSecondFactor(ctx, accountId);
		await audit(ctx, { action: 'second_factor.reset', subject: `account:${accountId}`, clause: 'TG-5' });
	});

/**
 * Checks a code of the app, or a recovery code. Each is good once. Guesses are counted like those of a password.
 * `usedAgain` codes and wrong ones are one refusal.
 */
export async function checkCode(
	server: Server,
	input: Origin & { accountId: string; code: string; now: string }
): Promise<Result<'totp' | 'recovery'>> {
	const { accountId, now } = input;
	const index = blindIndex(`second factor:${accountId}`);
	const tried = await reserveTry(server.auth, { index, accountId }, input);
	if (!tried.ok) return tried;
	const code = tidy(input.code);
	const by = await asOwner(server, now, async (ctx) => {
		if (!/^\d{6}$/.test(code)) {
			const good = await useRecoveryCode(ctx.tx, accountId, recoveryHash(accountId, code), now);
			return good ? ('recovery' as const) : null;
		}
		const known = await findTotp(ctx.tx, accountId);
		const [secret] = known?.confirmed ? await unseal(ctx.tx, [known.secretSealed]) : [];
		const step = secret ? stepOf(secret, code, now) : null;
		if (!known || step === null || step <= known.lastStep) return null;
		await updateTotpUsed(ctx.tx, accountId, { step, now });
		return 'totp' as const;
	});
	if (by === null) {
		await tried.value.bad();
		return no('wrong_code');
	}
	await tried.value.good();
	return ok(by);
}

/** The half open session of a cookie: what it still asks for, while its password is fresh. Null when there is none. */
export async function halfSession(
	auth: Sql,
	sessionId: string | undefined,
	now: string
): Promise<{ sessionId: string; accountId: string; step: SecondStep; deviceId: string } | null> {
	if (sessionId === undefined) return null;
	const check = await validateSession(auth, sessionId);
	if (check.outcome !== 'half' || !isProofRecent(check.provenAt, now)) return null;
	const { accountId, step, deviceId } = check;
	return { sessionId, accountId, step, deviceId };
}

/**
 * The second step is done: a whole session, under a new id, takes the half open one's place. Null when that one has ended
 * meanwhile, as with a new password.
 */
export async function completeSignIn(
	auth: Sql,
	half: { sessionId: string; accountId: string; deviceId: string },
	how: { assurance: 'totp' | 'recovery' | 'passkey'; knownDevice: string | null; now: string }
): Promise<(OpenedSession & { knownDevice: string }) | null> {
	const { accountId, deviceId: device } = half;
	const { assurance, now } = how;
	const session = await openSessionIf(auth, { accountId, device, assurance, now }, (tx) =>
		deleteSession(tx, half.sessionId)
	);
	return session && { ...session, knownDevice: await knownFrom(auth, how, accountId) };
}

export type FactorView = {
	readonly totp: boolean;
	readonly recoveryCodes: number;
	readonly passkeys: readonly { id: string; name: string; createdAt: string; lastUsedAt: string | null }[];
};

/** What the person sees of the own factors. */
export const factorsOf = (server: Db, accountId: string, now: string): Promise<FactorView> =>
	asOwner(server, now, async ({ tx }) => ({
		totp: (await findTotp(tx, accountId))?.confirmed === true,
		recoveryCodes: await countRecoveryCodes(tx, accountId),
		passkeys: (await listPasskeys(tx, accountId)).map(({ id, name, createdAt, lastUsedAt }) => ({
			id,
			name,
			createdAt,
			lastUsedAt
		}))
	}));

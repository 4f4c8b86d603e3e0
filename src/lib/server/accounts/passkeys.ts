import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	verifyAuthenticationResponse,
	verifyRegistrationResponse
} from '@simplewebauthn/server';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { cleanText } from '$lib/domain/kernel/text.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { log } from '$lib/server/log.ts';
import { write } from '$lib/server/sync/write.ts';
import {
	deletePasskey,
	findPasskey,
	insertChallenge,
	insertPasskey,
	listPasskeys,
	takeChallenge,
	updatePasskeyName,
	updatePasskeyUsed,
	type PasskeyRow
} from './factor-queries.ts';
import { markSecondFactor } from './second-factor.ts';
import { openSession } from './sessions.ts';
import { knownFrom, type SignedIn } from './sign-in.ts';
import { findSignIn, updateProven } from './sign-in-queries.ts';

const questionMinutes = 5;

/** The site a passkey belongs to, as the browser sees it. */
export type Site = { readonly id: string; readonly origin: string };
export const siteOf = (url: URL): Site => ({ id: url.hostname, origin: url.origin });

type Server = { readonly db: Sql; readonly auth: Sql };

const transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);
const common = {
	id: z.string().min(1).max(1400),
	rawId: z.string().min(1).max(1400),
	type: z.literal('public-key'),
	clientExtensionResults: z.object({})
};
const bytes = z.string().max(20_000);

/** What the browser answers when a passkey was made. */
export const registrationAnswer = z.object({
	...common,
	response: z.object({
		clientDataJSON: bytes,
		attestationObject: bytes,
		transports: z.array(transport).optional().catch(undefined)
	})
});
/** What the browser answers when a passkey was used. */
export const signInAnswer = z.object({
	...common,
	response: z.object({
		clientDataJSON: bytes,
		authenticatorData: bytes,
		signature: bytes,
		userHandle: bytes.optional()
	})
});

const hashOf = (challenge: string): Buffer => createHash('sha256').update(challenge).digest();

async function keepQuestion(
	auth: Sql,
	challenge: string,
	accountId: string | null,
	now: string
): Promise<void> {
	const expiresAt = new Date(Date.parse(now) + questionMinutes * 60_000).toISOString();
	await insertChallenge(auth, { hash: hashOf(challenge), accountId, expiresAt });
}

/** Each question is answered once, and only by whom it was put to. */
const isOurs = (auth: Sql, accountId: string | null, now: string) => async (challenge: string) => {
	const asked = await takeChallenge(auth, hashOf(challenge), now);
	return asked !== null && asked.accountId === accountId;
};

const keysOf = (server: Server, accountId: string, now: string): Promise<PasskeyRow[]> =>
	write(server.db, { actorId: 'system:sign-in', now }, ({ tx }) => listPasskeys(tx, accountId));

const transportsOf = (row: PasskeyRow) => z.array(transport).catch([]).parse(row.transports);

/** The question that makes a new passkey on this device. */
export async function askToRegister(
	server: Server,
	input: { accountId: string; label: string; site: Site; now: string }
) {
	const { accountId, label, site, now } = input;
	const known = await keysOf(server, accountId, now);
	const options = await generateRegistrationOptions({
		rpName: 'Sàn Tỉnh',
		rpID: site.id,
		userID: Uint8Array.from(Buffer.from(accountId)),
		userName: label,
		userDisplayName: label,
		attestationType: 'none',
		excludeCredentials: known.map((row) => ({ id: row.id, transports: transportsOf(row) })),
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' }
	});
	await keepQuestion(server.auth, options.challenge, accountId, now);
	return options;
}

/** Keeps the passkey that was made. */
export async function register(
	server: Server,
	input: {
		accountId: string;
		answer: z.output<typeof registrationAnswer>;
		name: string;
		site: Site;
		now: string;
	}
): Promise<Result<void>> {
	const { accountId, answer, site, now } = input;
	const name = cleanText(input.name).slice(0, 60);
	if (name === '') return no('invalid_input', { fields: { name: 'required' } });
	const checked = await verifyRegistrationResponse({
		response: answer,
		expectedChallenge: isOurs(server.auth, accountId, now),
		expectedOrigin: site.origin,
		expectedRPID: site.id
	}).catch(refused);
	if (!checked?.verified) return no('passkey_refused');
	const { credential } = checked.registrationInfo;
	return write(server.db, { actorId: 'system:sign-in', now }, async (ctx) => {
		const kept = await insertPasskey(ctx.tx, {
			id: credential.id,
			accountId,
			publicKey: credential.publicKey,
			counter: credential.counter,
			transports: credential.transports ?? [],
			name,
			now
		});
		if (!kept) return no('passkey_refused');
		await markSecondFactor(ctx, accountId);
		await audit(ctx, {
			action: 'second_factor.added',
			subject: `account:${accountId}`,
			clause: 'TG-5',
			data: { kind: 'passkey' }
		});
		return ok(undefined);
	});
}

/** The question any passkey of this site may answer: nobody has said yet who they are. */
export async function askToSignIn(auth: Sql, input: { site: Site; now: string }) {
	const options = await generateAuthenticationOptions({ rpID: input.site.id, userVerification: 'required' });
	await keepQuestion(auth, options.challenge, null, input.now);
	return options;
}

/** Whose passkey answered; it asked for a finger, a face or a PIN, so it is two factors at once. */
async function whoAnswered(
	server: Server,
	input: { answer: z.output<typeof signInAnswer>; site: Site; now: string }
): Promise<Result<{ accountId: string }>> {
	const { answer, site, now } = input;
	return write(server.db, { actorId: 'system:sign-in', now }, async (ctx) => {
		const row = await findPasskey(ctx.tx, answer.id);
		if (!row) return no('passkey_refused');
		const checked = await verifyAuthenticationResponse({
			response: answer,
			expectedChallenge: isOurs(server.auth, null, now),
			expectedOrigin: site.origin,
			expectedRPID: site.id,
			credential: {
				id: row.id,
				publicKey: Uint8Array.from(row.publicKey),
				counter: row.counter,
				transports: transportsOf(row)
			},
			requireUserVerification: true
		}).catch(refused);
		if (!checked?.verified) return no('passkey_refused');
		await updatePasskeyUsed(ctx.tx, row.id, { counter: checked.authenticationInfo.newCounter, now });
		return ok({ accountId: row.accountId });
	});
}

/** The library says no by throwing; what it says is for the log. */
function refused(error: unknown): null {
	log.info({ why: error instanceof Error ? error.message : String(error) }, 'a passkey was refused');
	return null;
}

export async function signInWithPasskey(
	server: Server,
	input: {
		answer: z.output<typeof signInAnswer>;
		site: Site;
		device: string;
		knownDevice: string | null;
		now: string;
	}
): Promise<Result<SignedIn>> {
	const who = await whoAnswered(server, input);
	if (!who.ok) return who;
	const { accountId } = who.value;
	const found = await findSignIn(server.auth, { accountId });
	if (found?.state !== 'active') return no('account_locked');
	const { device, now } = input;
	const session = await openSession(server.auth, { accountId, device, assurance: 'passkey', now });
	return ok({
		...session,
		accountId,
		step: 'done',
		knownDevice: await knownFrom(server.auth, input, accountId)
	});
}

/** Proves with a passkey that the person of a session is still there. */
export async function proveWithPasskey(
	server: Server,
	input: {
		answer: z.output<typeof signInAnswer>;
		site: Site;
		sessionId: string;
		accountId: string;
		now: string;
	}
): Promise<Result<void>> {
	const who = await whoAnswered(server, input);
	if (!who.ok) return who;
	if (who.value.accountId !== input.accountId) return no('passkey_refused');
	await updateProven(server.auth, input.sessionId, input.now);
	return ok(undefined);
}

export const renamePasskey = (
	server: Server,
	input: { accountId: string; id: string; name: string; now: string }
): Promise<Result<void>> =>
	write(server.db, { actorId: 'system:sign-in', now: input.now }, async (ctx) => {
		const name = cleanText(input.name).slice(0, 60);
		if (name === '') return no('invalid_input', { fields: { name: 'required' } });
		return (await updatePasskeyName(ctx.tx, input.accountId, input.id, name))
			? ok(undefined)
			: no('not_found');
	});

export const removePasskey = (
	server: Server,
	input: { accountId: string; id: string; now: string }
): Promise<Result<void>> =>
	write(server.db, { actorId: 'system:sign-in', now: input.now }, async (ctx) => {
		const { accountId, id } = input;
		if (!(await deletePasskey(ctx.tx, accountId, id))) return no('not_found');
		await markSecondFactor(ctx, accountId);
		await audit(ctx, {
			action: 'second_factor.removed',
			subject: `account:${accountId}`,
			clause: 'TG-5',
			data: { kind: 'passkey' }
		});
		return ok(undefined);
	});

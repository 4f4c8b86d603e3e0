import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
	demoPassword,
	openExchange,
	people,
	type Exchange,
	type Person
} from '../../../../tests/world/exchange.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { callerOf } from './caller.ts';
import { proveAgain, recentProof } from './proof.ts';
import {
	beginTotp,
	checkCode,
	codeNow,
	completeSignIn,
	confirmTotp,
	demoCode,
	factorsOf,
	halfSession,
	removeTotp,
	renewRecoveryCodes,
	resetSecondFactor
} from './second-factor.ts';
import { validateSession } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { anywhere } from './testing/origin.ts';

const { anhminh, bacsau, batu, coyen } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());
beforeEach(() => exchange.auth`delete from sign_in_failures`);

/** Begins on a half minute; every test takes its own hour, so that no code is used before its time. */
let hour = Date.parse('2026-11-22T00:00:00.000Z');
beforeEach(() => void (hour += 3_600_000));
const at = (seconds = 0) => new Date(hour + seconds * 1000).toISOString();

const from = { knownDevice: null, ip: '192.0.2.1' };

async function enrolled(person: Person) {
	const accountId = person.id;
	await resetSecondFactor(exchange, { accountId, now: at() });
	const begun = await beginTotp(exchange, { accountId, label: person.name, now: at() });
	if (!begun) throw new Error('begun before');
	const done = await confirmTotp(exchange, { accountId, code: codeNow(begun.secret, at()), now: at() });
	if (!done.ok) throw new Error(done.refusal.code);
	return { accountId, secret: begun.secret, recoveryCodes: done.value.recoveryCodes };
}

const check = (accountId: string, code: string, now: string) =>
	checkCode(exchange, { accountId, code, now, ...from });

async function halfOf(person: Person, now: string) {
	const done = await signIn(exchange.auth, {
		name: person.userName,
		password: demoPassword,
		...anywhere(now)
	});
	if (!done.ok) throw new Error(done.refusal.code);
	return done.value;
}

describe('TG-5: an authenticator app', () => {
	test('TG-5: an officer sets it up, shows a code, and has a whole session under a new id', async () => {
		const { accountId, secret } = await enrolled(anhminh);
		const first = await halfOf(anhminh, at(60));
		expect(first.step).toBe('second_factor');
		expect(await callerOf({ ...exchange, now: () => at(60) }, first.sessionId)).toEqual({
			kind: 'ended',
			why: 'expired'
		});
		const half = await halfSession(exchange.auth, first.sessionId, at(61));
		if (!half) throw new Error('no half session');
		expect(await check(accountId, codeNow(secret, at(61)), at(61))).toEqual({ ok: true, value: 'totp' });
		const done = await completeSignIn(exchange.auth, half, {
			assurance: 'totp',
			knownDevice: null,
			now: at(61)
		});
		if (!done) throw new Error('no whole session');
		expect(done.sessionId).not.toBe(first.sessionId);
		expect(await validateSession(exchange.auth, first.sessionId)).toEqual({
			outcome: 'session',
			session: 'expired'
		});
		expect(await callerOf({ ...exchange, now: () => at(62) }, done.sessionId)).toMatchObject({
			kind: 'actor',
			actor: { id: accountId },
			provenAt: at(61)
		});
	});

	test('TG-5: a code is good once, and one of the past is never good again', async () => {
		const { accountId, secret } = await enrolled(anhminh);
		expect((await check(accountId, codeNow(secret, at(0)), at(20))).ok, 'used to confirm').toBe(false);
		expect((await check(accountId, codeNow(secret, at(60)), at(60))).ok).toBe(true);
		expect((await check(accountId, codeNow(secret, at(60)), at(61))).ok, 'again').toBe(false);
		expect((await check(accountId, codeNow(secret, at(30)), at(62))).ok, 'the one before').toBe(false);
	});

	test('TG-5: of two who use one code at the same instant one gets in', async () => {
		const { accountId, secret } = await enrolled(bacsau);
		const code = codeNow(secret, at(60));
		const done = await Promise.all([check(accountId, code, at(60)), check(accountId, code, at(60))]);
		expect(done.filter((one) => one.ok).length).toBe(1);
	});

	test('a phone’s clock may be half a minute off, and no more', async () => {
		const { accountId, secret } = await enrolled(anhminh);
		for (const [shown, asked, good] of [
			[60, 90, true],
			[150, 120, true],
			[180, 250, false],
			[330, 250, false]
		] as const) {
			await exchange.auth`delete from sign_in_failures`;
			expect((await check(accountId, codeNow(secret, at(shown)), at(asked))).ok, `${shown} at ${asked}`).toBe(
				good
			);
		}
	});

	test('TG-5: guesses of codes are counted like those of passwords', async () => {
		const { accountId } = await enrolled(coyen);
		const answers = await Promise.all(
			Array.from({ length: 50 }, (_, i) => check(accountId, String(i).padStart(6, '0'), at(60)))
		);
		expect(answers.filter((one) => !one.ok && one.refusal.code === 'wrong_code').length).toBeLessThanOrEqual(
			10
		);
	});

	test('what was begun and not confirmed is not asked for, and begins with the same secret', async () => {
		const accountId = batu.id;
		const begun = await beginTotp(exchange, { accountId, label: 'Bà Tư', now: at() });
		expect(await beginTotp(exchange, { accountId, label: 'Bà Tư', now: at(5) })).toEqual(begun);
		expect(begun?.uri).toMatch(/^otpauth:\/\/totp\//);
		expect((await halfOf(batu, at(5))).step).toBe('done');
		expect(await confirmTotp(exchange, { accountId, code: '000000', now: at(6) })).toMatchObject({
			refusal: { code: 'wrong_code' }
		});
	});

	test('a half session is over when its password is no longer fresh', async () => {
		const { sessionId } = await halfOf(anhminh, at());
		expect(await halfSession(exchange.auth, sessionId, at(599))).not.toBeNull();
		expect(await halfSession(exchange.auth, sessionId, at(601))).toBeNull();
	});

	test('the secret lies sealed', async () => {
		const { secret } = await enrolled(anhminh);
		const rows = await transaction(
			exchange.db,
			'system:test',
			(tx) => tx<{ text: string }[]>`select row_to_json(t)::text as text from totp_factors t`
		);
		expect(rows.length).toBeGreaterThan(0);
		for (const { text } of rows) expect(text).not.toContain(secret);
	});
});

describe('TG-5: recovery codes', () => {
	test('TG-5: each opens once, in any spelling; new ones end the old', async () => {
		const { accountId, recoveryCodes } = await enrolled(anhminh);
		const [first = '', second = ''] = recoveryCodes;
		expect(new Set(recoveryCodes).size).toBe(10);
		expect(await check(accountId, ` ${first.toUpperCase()} `, at(60))).toEqual({
			ok: true,
			value: 'recovery'
		});
		expect((await check(accountId, first, at(61))).ok).toBe(false);
		expect((await factorsOf(exchange, accountId, at(61))).recoveryCodes).toBe(9);
		const [renewed = ''] = await renewRecoveryCodes(exchange, { accountId, now: at(62) });
		expect((await check(accountId, second, at(62))).ok).toBe(false);
		expect((await check(accountId, renewed, at(63))).ok).toBe(true);
	});

	test('another person’s code opens nothing', async () => {
		const { recoveryCodes } = await enrolled(anhminh);
		const { accountId } = await enrolled(bacsau);
		expect((await check(accountId, recoveryCodes[0] ?? '', at(60))).ok).toBe(false);
	});
});

describe('TG-5: proving again', () => {
	const caller = (provenAt?: string) => ({
		kind: 'actor' as const,
		actor: { id: batu.id, name: '', roles: ['buyer' as const], posts: [], businessId: null },
		sessionId: 's',
		...(provenAt !== undefined && { provenAt })
	});

	test('TG-5: a proof is recent for ten minutes, and absent is never', () => {
		expect(recentProof(caller(at()), at(599)).ok).toBe(true);
		expect(recentProof(caller(at()), at(600))).toMatchObject({
			refusal: { code: 'reauthentication_needed' }
		});
		expect(recentProof(caller(), at()).ok).toBe(false);
		expect(recentProof({ kind: 'nobody' }, at()).ok).toBe(false);
	});

	test('TG-5: by password, or by a code where there is an app; the session says when', async () => {
		const { sessionId } = await halfOf(batu, at());
		const prove = (person: Person, session: string, typed: string, now: string) =>
			proveAgain(exchange, { sessionId: session, accountId: person.id, typed, now, ...from });
		expect((await prove(batu, sessionId, 'sai', at(700))).ok).toBe(false);
		expect(await prove(batu, sessionId, demoPassword, at(701))).toEqual({ ok: true, value: undefined });
		expect(await validateSession(exchange.auth, sessionId)).toMatchObject({ provenAt: at(701) });
		const { secret } = await enrolled(anhminh);
		const hers = await halfOf(anhminh, at(60));
		expect((await prove(anhminh, hers.sessionId, codeNow(secret, at(90)), at(90))).ok).toBe(true);
	});
});

test('taken away, it is not asked for; staff set one up at the next sign-in', async () => {
	const { accountId } = await enrolled(anhminh);
	await removeTotp(exchange, { accountId, now: at(60) });
	expect((await halfOf(anhminh, at(61))).step).toBe('enrol');
	expect(await factorsOf(exchange, accountId, at(62))).toEqual({
		totp: false,
		recoveryCodes: 0,
		passkeys: []
	});
});

test('only the demo’s published secret shows its code', async () => {
	const { accountId } = await enrolled(anhminh);
	expect(await demoCode(exchange, accountId, at(60))).toBeNull();
});

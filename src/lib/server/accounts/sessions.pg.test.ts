import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPassword, openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import {
	clearSessionCookie,
	endAllSessions,
	endSession,
	setSessionCookie,
	signIn,
	validateSession,
	type CookieJar
} from './sessions.ts';

const { batu, chuba, anhminh } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const enter = (name: string, password: string = demoPassword, device: string = randomUUID()) =>
	signIn(exchange.auth, { name, password, device, ip: '192.0.2.1' });

async function session(name: string) {
	const done = await enter(name);
	if (!done.ok) throw new Error(done.refusal.code);
	return done.value;
}

describe('TG-11.1 signing in', () => {
	test('TG-11.1 by user name, phone in any spelling or e-mail, one and the same person', async () => {
		for (const name of ['batu', 'BaTu', batu.phone, `+84${batu.phone.slice(1)}`, batu.email.toUpperCase()])
			expect(await enter(name), name).toMatchObject({ ok: true, value: { accountId: batu.id } });
	});

	test('TG-11.1 a wrong password and an unknown name look the same', async () => {
		const wrong = await enter('batu', 'sai mật khẩu');
		expect(wrong).toEqual({ ok: false, refusal: { code: 'wrong_credentials' } });
		for (const name of ['không ai', 'nobody', '0999999999', 'nobody@x.example', '', '%'])
			expect(await enter(name), name).toEqual(wrong);
		expect(await enter('batu', '')).toEqual(wrong);
	});

	test('after ten failures under one name from one device it waits, and says how long', async () => {
		const device = randomUUID();
		for (let i = 0; i < 10; i++) await enter('chuba', 'sai', device);
		const refused = await enter('chuba', demoPassword, device);
		expect(refused).toMatchObject({ refusal: { code: 'too_many_attempts', retry: true } });
		const seconds = refused.ok ? 0 : refused.refusal.facts?.seconds;
		expect(seconds).toBeGreaterThan(0);
		expect(seconds).toBeLessThanOrEqual(900);
		expect((await enter('chuba')).ok, 'another device').toBe(true);
		expect((await enter('chilan', demoPassword, device)).ok, 'another name').toBe(true);
		await exchange.auth`update sign_in_failures set at = at - interval '16 minutes'`;
		expect((await enter('chuba', demoPassword, device)).ok, 'later').toBe(true);
	});

	test('a device is only what somebody says it is: one address has thirty failures under one name, then it waits', async () => {
		const ip = '198.51.100.7';
		const guess = (password: string) =>
			signIn(exchange.auth, { name: 'coyen', password, device: randomUUID(), ip });
		for (let i = 0; i < 30; i++)
			expect(await guess('sai')).toMatchObject({ refusal: { code: 'wrong_credentials' } });
		expect(await guess(demoPassword)).toMatchObject({ refusal: { code: 'too_many_attempts', retry: true } });
		expect((await enter('coyen')).ok, 'from another address').toBe(true);
		expect(
			await signIn(exchange.auth, { name: 'chilan', password: demoPassword, device: '', ip }),
			'another name'
		).toMatchObject({ ok: true });
	});

	test('a good sign-in forgets the failures before it', async () => {
		const device = randomUUID();
		for (let round = 0; round < 2; round++) {
			for (let i = 0; i < 9; i++) await enter('chilan', 'sai', device);
			expect((await enter('chilan', demoPassword, device)).ok).toBe(true);
		}
	});

	test('the sign-in tables hold no name, number or address in the open', async () => {
		const rows = await exchange.auth<{ text: string }[]>`
			select row_to_json(n)::text as text from sign_in_names n
			union all select row_to_json(a)::text from sign_in_accounts a`;
		expect(rows.length).toBeGreaterThan(10);
		for (const { text } of rows)
			for (const secret of [batu.phone, batu.email, batu.userName, batu.name])
				expect(text).not.toContain(secret);
	});
});

describe('sync 6: what a device learns about its session', () => {
	test('sync 6: a living session belongs to its account', async () => {
		const { sessionId, expiresAt } = await session('batu');
		expect(await validateSession(exchange.auth, sessionId)).toEqual({
			outcome: 'account',
			accountId: batu.id,
			expiresAt,
			fresh: false
		});
	});

	test('sync 6: signed out is “ended”, taken away is “revoked”, and stays so', async () => {
		const one = await session('batu');
		const two = await session('batu');
		await endSession(exchange.auth, one.sessionId, 'ended');
		await endAllSessions(exchange.auth, batu.id, 'revoked');
		for (let i = 0; i < 2; i++) {
			expect(await validateSession(exchange.auth, one.sessionId)).toMatchObject({ session: 'ended' });
			expect(await validateSession(exchange.auth, two.sessionId)).toMatchObject({ session: 'revoked' });
		}
	});

	test('sync 6: one whose time is over is “expired”, also the second time it is asked', async () => {
		const { sessionId } = await session('batu');
		await exchange.auth`update sessions set expires_at = now() - interval '1 second' where id = ${sessionId}`;
		for (let i = 0; i < 2; i++)
			expect(await validateSession(exchange.auth, sessionId)).toMatchObject({ session: 'expired' });
	});

	test('sync 6: one nobody knows is “expired”, which costs nobody their work', async () => {
		expect(await validateSession(exchange.auth, 'made-up')).toMatchObject({ session: 'expired' });
	});

	test('sync 6: a locked account ends every session with “locked” and opens none', async () => {
		const one = await session('anhminh');
		const two = await session('anhminh');
		await exchange.db`update accounts set state = 'locked' where id = ${anhminh.id}`;
		for (const { sessionId } of [one, two, one])
			expect(await validateSession(exchange.auth, sessionId)).toMatchObject({ session: 'locked' });
		expect(await enter('anhminh')).toMatchObject({ refusal: { code: 'account_locked' } });
		expect(await enter('anhminh', 'sai')).toMatchObject({ refusal: { code: 'wrong_credentials' } });
		await exchange.db`update accounts set state = 'active' where id = ${anhminh.id}`;
	});

	test('a session in use is prolonged in the second half of its life, and says so', async () => {
		const { sessionId } = await session('batu');
		await exchange.auth`update sessions set expires_at = now() + interval '10 days' where id = ${sessionId}`;
		const first = await validateSession(exchange.auth, sessionId);
		expect(first).toMatchObject({ fresh: true });
		expect(await validateSession(exchange.auth, sessionId)).toMatchObject({ fresh: false });
	});

	test('the reason of an ended session is kept under a hash that opens nothing', async () => {
		const { sessionId } = await session('chuba');
		await endAllSessions(exchange.auth, chuba.id, 'ended');
		const rows = await exchange.auth<{ text: string }[]>`
			select row_to_json(e)::text as text from ended_sessions e where user_id = ${chuba.id}`;
		expect(rows.length).toBeGreaterThan(0);
		for (const { text } of rows) expect(text).not.toContain(sessionId);
	});
});

test('the cookie cannot be read by scripts or sent from other sites, and is secure over https', () => {
	const jar: Record<string, unknown>[] = [];
	const cookies: CookieJar = {
		set: (name, value, options) => jar.push({ name, value, ...options }),
		delete: (name, options) => jar.push({ name, ...options })
	};
	const expiresAt = '2026-12-01T00:00:00.000Z';
	setSessionCookie(cookies, 'id', expiresAt, true);
	setSessionCookie(cookies, 'id', expiresAt, false);
	clearSessionCookie(cookies, true);
	const safe = { name: 'san_session', path: '/', httpOnly: true, sameSite: 'lax' };
	expect(jar).toEqual([
		{ ...safe, value: 'id', secure: true, expires: new Date(expiresAt) },
		{ ...safe, value: 'id', secure: false, expires: new Date(expiresAt) },
		{ ...safe, secure: true }
	]);
});

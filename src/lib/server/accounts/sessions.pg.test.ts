import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPassword, openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { ownSessions, sessionRef, signOut } from './own-sessions.ts';
import { endAllSessions, endSession, forgetSessions, openSession, validateSession } from './sessions.ts';
import { signIn } from './sign-in.ts';
import type { Caller } from '$lib/server/sync/session.ts';
import { anywhere } from './testing/origin.ts';

const { batu, chuba, anhminh } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const now = () => new Date().toISOString();
const enter = (name: string, password: string = demoPassword) =>
	signIn(exchange.auth, { name, password, ...anywhere(now()) });

/** A whole session, however it was opened. */
const session = (name: keyof typeof people) =>
	openSession(exchange.auth, { accountId: people[name].id, device: '', assurance: 'totp', now: now() });

describe('sync 6: what a device learns about its session', () => {
	test('sync 6: a living session belongs to its account', async () => {
		const { sessionId, expiresAt } = await session('batu');
		expect(await validateSession(exchange.auth, sessionId)).toEqual({
			outcome: 'account',
			accountId: batu.id,
			expiresAt,
			fresh: false,
			provenAt: expect.any(String)
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

	test('sync 6: why a session ended is forgotten once no cookie is that old; a living one is left alone', async () => {
		const count = async () => {
			const [row] = await exchange.auth<{ n: number }[]>`select count(*)::int as n from ended_sessions`;
			return row?.n ?? 0;
		};
		const [gone, living] = [await session('batu'), await session('batu')];
		await endSession(exchange.auth, gone.sessionId, 'revoked');
		const later = (days: number) => new Date(Date.now() + days * 24 * 3_600_000).toISOString();
		await forgetSessions(exchange.auth, later(0));
		expect(await validateSession(exchange.auth, gone.sessionId)).toMatchObject({ session: 'revoked' });
		await forgetSessions(exchange.auth, later(25));
		expect(await validateSession(exchange.auth, living.sessionId)).toMatchObject({ outcome: 'account' });
		expect(await forgetSessions(exchange.auth, later(61))).toBeGreaterThan(0);
		expect(await count()).toBe(0);
		expect(await exchange.auth`select from sessions`).toEqual([]);
		expect(await validateSession(exchange.auth, gone.sessionId)).toMatchObject({ session: 'expired' });
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

describe('sync 6: a sign-out that the server hears of late', () => {
	const callerOf = async (sessionId: string): Promise<Caller> => ({
		kind: 'actor',
		actor: await exchange.actorNow(chuba, now()),
		sessionId
	});
	const lives = async (sessionId: string) =>
		(await validateSession(exchange.auth, sessionId)).outcome === 'account';

	test('sync 6: it ends the session it was made in, not the one that has the cookie now', async () => {
		const [left, anew] = [await session('chuba'), await session('chuba')];
		const listed = await ownSessions(exchange.auth, chuba.id, anew.sessionId, now());
		expect(listed.map(({ ref }) => ref)).toContain(sessionRef(left.sessionId));
		expect(await signOut(exchange, await callerOf(anew.sessionId), sessionRef(left.sessionId), now())).toBe(
			false
		);
		expect([await lives(left.sessionId), await lives(anew.sessionId)]).toEqual([false, true]);
		// Told once more, and one that nobody has: nothing is left to end.
		for (const ref of [sessionRef(left.sessionId), 'of nobody'])
			expect(await signOut(exchange, await callerOf(anew.sessionId), ref, now())).toBe(false);
		expect(await lives(anew.sessionId)).toBe(true);
	});

	test('sync 6: nobody ends the session of somebody else by its name', async () => {
		const [own, other] = [await session('chuba'), await session('batu')];
		expect(await signOut(exchange, await callerOf(own.sessionId), sessionRef(other.sessionId), now())).toBe(
			false
		);
		expect(await lives(other.sessionId)).toBe(true);
		expect(await signOut(exchange, await callerOf(own.sessionId), sessionRef(own.sessionId), now())).toBe(
			true
		);
		expect(await lives(own.sessionId)).toBe(false);
	});
});

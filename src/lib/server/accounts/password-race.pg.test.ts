import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { demoPassword, openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { holding, somebodyWaits } from '../../../../tests/world/waiting.ts';
import { storePassword } from './own-password.ts';
import { hashPassword } from './passwords.ts';
import { changePassword } from './profile.ts';
import { completeSignIn, halfSession } from './second-factor.ts';
import { signIn } from './sign-in.ts';
import { asSignInRole, countSessions, moveToEnded } from './sign-in-queries.ts';
import { anywhere } from './testing/origin.ts';

const { batu, anhminh } = people;
let exchange: Exchange;
let before: string;
beforeAll(async () => {
	exchange = await openExchange();
	before = await hashPassword(demoPassword);
});
afterAll(() => exchange.close());

const now = () => new Date().toISOString();
const enter = (name: string) => signIn(exchange.auth, { name, password: demoPassword, ...anywhere(now()) });

/** What a code that came by SMS does: a new password, and every session ends. Its commit waits. */
const resetting = async (accountId: string) => {
	const hash = await hashPassword('mật khẩu của chủ');
	const reset = holding(exchange, 'system:recovery', async ({ tx }) => {
		await storePassword(tx, accountId, hash, now());
		await asSignInRole(tx, () => moveToEnded(tx, { accountId }, 'revoked'));
	});
	await reset.hasWorked;
	return reset;
};

beforeEach(() => exchange.auth`delete from sessions`);
afterEach(() => exchange.auth`update sign_in_accounts set password_hash = ${before}`);

test('TG-16.1 a sign-in under way with the old password opens nothing once the new one is set', async () => {
	const reset = await resetting(batu.id);
	const entering = enter('batu');
	await somebodyWaits(exchange);
	reset.release();
	await reset.done;
	expect(await entering).toMatchObject({ refusal: { code: 'wrong_credentials' } });
	expect(await countSessions(exchange.auth, batu.id)).toBe(0);
});

test('TG-16.1 TG-5 half a sign-in does not become a whole one after the new password', async () => {
	const begun = await enter('anhminh');
	if (!begun.ok) throw new Error(begun.refusal.code);
	const half = await halfSession(exchange.auth, begun.value.sessionId, now());
	if (!half) throw new Error('no half session');
	const reset = await resetting(anhminh.id);
	const how = { assurance: 'totp', knownDevice: null, now: now() } as const;
	const completing = completeSignIn(exchange.auth, half, how);
	await somebodyWaits(exchange);
	reset.release();
	await reset.done;
	expect(await completing).toBeNull();
	expect(await countSessions(exchange.auth, anhminh.id)).toBe(0);
});

test('TG-16.1 who knew only the old password does not write over the new one', async () => {
	const begun = await enter('batu');
	if (!begun.ok) throw new Error(begun.refusal.code);
	const { accountId, sessionId } = begun.value;
	const reset = await resetting(batu.id);
	const next = 'mật khẩu của kẻ trộm';
	const who = { accountId, sessionId };
	const changing = changePassword(exchange, who, { password: demoPassword, next }, now());
	await somebodyWaits(exchange);
	reset.release();
	await reset.done;
	expect(await changing).toMatchObject({ refusal: { code: 'wrong_credentials' } });
});

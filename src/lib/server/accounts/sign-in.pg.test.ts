import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoPassword, openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { validateSession } from './sessions.ts';
import { signIn, type SignedIn } from './sign-in.ts';
import { anywhere } from './testing/origin.ts';

const { batu } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());
beforeEach(() => exchange.auth`delete from sign_in_failures`);

const now = () => new Date().toISOString();
const enter = (
	name: string,
	password: string = demoPassword,
	more: { knownDevice?: string; ip?: string } = {}
) => signIn(exchange.auth, { name, password, ...anywhere(now()), ...more });

async function session(name: string, more: { knownDevice?: string } = {}): Promise<SignedIn> {
	const done = await enter(name, demoPassword, more);
	if (!done.ok) throw new Error(done.refusal.code);
	return done.value;
}

/** So much time passes for the failures that are counted. */
const wait = (seconds: number) =>
	exchange.auth`update sign_in_failures set at = at - ${`${seconds} seconds`}::interval`;

/** Tries until nothing is checked any more, waiting as long as it is told to. Answers how many guesses were checked. */
async function guessPatiently(name: string, seconds: number): Promise<number> {
	let checked = 0;
	for (let left = seconds; left > 0;) {
		const done = await enter(name, `sai ${checked}`);
		if (done.ok) throw new Error('guessed');
		if (done.refusal.code === 'wrong_credentials') {
			checked += 1;
			continue;
		}
		const pause = Number(done.refusal.facts?.seconds);
		left -= pause;
		if (left > 0) await wait(pause);
	}
	return checked;
}

describe('TG-11.1 signing in', () => {
	test('TG-11.1 by user name, phone in any spelling or e-mail, one and the same person', async () => {
		for (const name of ['batu', 'BaTu', batu.phone, `+84${batu.phone.slice(1)}`, batu.email.toUpperCase()])
			expect(await enter(name), name).toMatchObject({
				ok: true,
				value: { accountId: batu.id, step: 'done' }
			});
	});

	test('TG-3.3, TG-11.1 a wrong password and an unknown name look the same', async () => {
		const wrong = await enter('batu', 'sai mật khẩu');
		expect(wrong).toEqual({ ok: false, refusal: { code: 'wrong_credentials' } });
		for (const name of ['không ai', 'nobody', '0999999999', 'nobody@x.example', '', '%'])
			expect(await enter(name), name).toEqual(wrong);
		expect(await enter('batu', '')).toEqual(wrong);
	});

	test('TG-5: an unknown name is slowed like a known one', async () => {
		const answers = async (name: string) => {
			const said: unknown[] = [];
			for (let i = 0; i < 6; i++) {
				const done = await enter(name, 'sai');
				said.push(done.ok ? 'ok' : [done.refusal.code, done.refusal.facts]);
			}
			return said;
		};
		expect(await answers('khong-co-ai')).toEqual(await answers('chuba'));
	});

	test('the sign-in tables hold no name, number or address in the open', async () => {
		await enter('batu', 'sai');
		const rows = await exchange.auth<{ text: string }[]>`
			select row_to_json(n)::text as text from sign_in_names n
			union all select row_to_json(a)::text from sign_in_accounts a
			union all select row_to_json(f)::text from sign_in_failures f
			union all select row_to_json(f)::text from address_failures f`;
		expect(rows.length).toBeGreaterThan(10);
		for (const { text } of rows)
			for (const secret of [batu.phone, batu.email, batu.userName, batu.name, '192.0.2.1'])
				expect(text).not.toContain(secret);
	});
});

describe('TG-5: guessing', () => {
	test('TG-5: in fifteen minutes ten guesses are checked, whatever device they claim to come from', async () => {
		expect(await guessPatiently('chuba', 15 * 60 - 1)).toBeLessThanOrEqual(10);
	});

	test('TG-5: a thousand guesses at one instant are not a thousand checks', async () => {
		const guesses = await Promise.all(Array.from({ length: 1000 }, (_, i) => enter('chilan', `sai ${i}`)));
		const checked = guesses.filter((done) => !done.ok && done.refusal.code === 'wrong_credentials');
		expect(checked.length).toBeGreaterThanOrEqual(3);
		expect(checked.length).toBeLessThanOrEqual(10);
	});

	test('TG-5: nobody can lock a victim out of a device that signed in before', async () => {
		const { knownDevice } = await session('batu');
		await guessPatiently('batu', 15 * 60 - 1);
		expect(await enter('batu')).toMatchObject({ refusal: { code: 'too_many_attempts', retry: true } });
		expect(await session('batu', { knownDevice: knownDevice ?? '' })).toMatchObject({ step: 'done' });
		const another = await session('chilan');
		expect(
			await enter('batu', demoPassword, { knownDevice: another.knownDevice ?? '' }),
			'another’s device'
		).toMatchObject({
			refusal: { code: 'too_many_attempts' }
		});
	});

	test('TG-5: a known device has ten failures too', async () => {
		const knownDevice = (await session('batu')).knownDevice ?? '';
		let failures = 0;
		for (let i = 0; i < 40; i++) {
			const done = await enter('batu', 'sai', { knownDevice });
			if (done.ok) throw new Error('guessed');
			if (done.refusal.code === 'wrong_credentials') failures += 1;
			else if (failures < 10) await wait(Number(done.refusal.facts?.seconds));
		}
		expect(failures).toBe(10);
	});

	test('TG-5: what is left to wait is said, and after it the right password opens', async () => {
		await guessPatiently('coyen', 15 * 60 - 1);
		const refused = await enter('coyen');
		const seconds = refused.ok ? 0 : Number(refused.refusal.facts?.seconds);
		expect(seconds).toBeGreaterThan(0);
		await wait(seconds);
		expect(await enter('coyen')).toMatchObject({ ok: true });
	});

	test('a good sign-in forgets the failures before it', async () => {
		const knownDevice = (await session('chilan')).knownDevice ?? '';
		for (let round = 0; round < 5; round++) {
			for (let i = 0; i < 2; i++) await enter('chilan', 'sai', { knownDevice });
			expect((await enter('chilan', demoPassword, { knownDevice })).ok).toBe(true);
		}
	});
});

describe('TG-5: what a password opens', () => {
	test('TG-5: an officer’s password alone opens half a session, which is none', async () => {
		const { step, sessionId, knownDevice } = await session('anhminh');
		expect({ step, knownDevice }).toEqual({ step: 'enrol', knownDevice: null });
		expect(await validateSession(exchange.auth, sessionId)).toMatchObject({ outcome: 'half', step: 'enrol' });
	});

	test('TG-5: whoever becomes an officer while signed in shows a second factor first', async () => {
		const { sessionId } = await session('chuba');
		expect(await validateSession(exchange.auth, sessionId)).toMatchObject({ outcome: 'account' });
		await exchange.db`update accounts set roles = array_append(roles, 'officer') where id = ${people.chuba.id}`;
		expect(await validateSession(exchange.auth, sessionId)).toMatchObject({ outcome: 'half' });
		await exchange.db`update accounts set roles = array_remove(roles, 'officer') where id = ${people.chuba.id}`;
	});

	test('a session’s own id is not what the device is known by', async () => {
		const { sessionId, knownDevice } = await session('batu');
		expect(knownDevice).toMatch(/^[\w-]{32}$/);
		expect(knownDevice).not.toBe(sessionId);
		expect((await session('batu', { knownDevice: randomUUID() })).knownDevice).toBeTruthy();
	});
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { mostTries } from '$lib/domain/accounts/codes.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { viewRequest } from './codes.ts';
import { hasConsent, ownConsents } from './consents.ts';
import { beginRecovery } from './recovery.ts';
import { activate, beginRegistration, resendActivation, type Registration } from './registration.ts';
import { signIn } from './sign-in.ts';
import { anywhere } from './testing/origin.ts';

let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const start = Date.parse('2026-11-22T02:00:00.000Z');
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const asking = (seconds = 0, ip = '203.0.113.5') => ({ now: at(seconds), ip, minutes: 15 });
const password = 'gió chướng thổi tháng mười';
const form = (contact: string, changes: Partial<Registration> = {}): Registration => ({
	name: 'Trần Ngọc Điệp',
	contact,
	password,
	consents: ['service'],
	language: 'vi',
	...changes
});
const begin = (contact: string, seconds = 0) =>
	beginRegistration(exchange.db, form(contact), asking(seconds));

async function begun(contact: string, seconds = 0): Promise<string> {
	const done = await begin(contact, seconds);
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	return done.value.requestId;
}

/** What came to a phone or mailbox that nobody is registered with. */
async function codesAt(address: string): Promise<string[]> {
	const messages = await exchange.messagesTo({ id: null });
	return messages
		.filter((message) => message.address === address && message.template === 'activation_code')
		.map(({ params }) => /"code":"(\d{6})"/.exec(JSON.stringify(params))?.[1] ?? '');
}
const lastCode = async (address: string) => (await codesAt(address)).at(-1) ?? '';
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');
const enter = (requestId: string, code: string, seconds = 1) =>
	activate(exchange.db, { requestId, code }, at(seconds));
const accountsNow = async () => (await exchange.owner`select 1 from accounts`).length;

describe('TG-8: registering by phone or e-mail', () => {
	test('TG-8: the code that was sent opens the account, and there is none before', async () => {
		const before = await accountsNow();
		const requestId = await begun('+84 911 000 001');
		expect(await accountsNow()).toBe(before);
		expect(await viewRequest(exchange.db, requestId, 'activate', at(1))).toEqual({
			to: '09•• ••• 001',
			state: 'open'
		});
		const code = await lastCode('0911000001');
		expect(await enter(requestId, ` ${code.slice(0, 3)} ${code.slice(3)}`)).toMatchObject({ ok: true });
		expect(await accountsNow()).toBe(before + 1);
		const session = await signIn(exchange.auth, { name: '0911000001', password, ...anywhere(at(2)) });
		expect(session).toMatchObject({ ok: true });
	});

	test('TG-8: an e-mail does as well, in any case', async () => {
		const requestId = await begun('Diep.Em@X.example');
		expect(await enter(requestId, await lastCode('diep.em@x.example'))).toMatchObject({ ok: true });
	});

	test('TG-8: what is wrong is said for each field, and nothing is sent', async () => {
		const before = (await exchange.messagesTo({ id: null })).length;
		const done = await beginRegistration(
			exchange.db,
			form('không phải số', { name: ' ', password: 'matkhau12345', consents: [] }),
			asking()
		);
		expect(done).toEqual({
			ok: false,
			refusal: {
				code: 'invalid_input',
				fields: {
					name: 'invalid_input',
					contact: 'invalid_input',
					password: 'common',
					consents: 'required'
				}
			}
		});
		expect(await exchange.messagesTo({ id: null })).toHaveLength(before);
	});

	test('TG-16.2: until it is activated, nothing of a registration stands in the open', async () => {
		await begun('0911000002');
		const rows = await transaction(
			exchange.db,
			'system:test',
			(tx) => tx<{ text: string }[]>`
				select row_to_json(r)::text as text from code_requests r
				union all select row_to_json(s)::text from code_sendings s
				union all select row_to_json(m)::text from messages m`
		);
		const code = await lastCode('0911000002');
		expect(rows.length).toBeGreaterThan(2);
		for (const { text } of rows)
			for (const secret of ['0911000002', 'Điệp', password, code, '203.0.113.5'])
				expect(text).not.toContain(secret);
	});
});

describe('TG-8: nobody learns who is registered', () => {
	test('TG-8: a registered phone or e-mail gets the same answer, and its member is told', async () => {
		for (const contact of [people.chilan.phone, people.chilan.email]) {
			const requestId = await begun(contact);
			const fresh = await begun(contact.includes('@') ? 'moi@x.example' : '0911000003');
			const view = (id: string) => viewRequest(exchange.db, id, 'activate', at(1));
			expect({ ...(await view(requestId)), to: '' }).toEqual({ ...(await view(fresh)), to: '' });
			const told = await exchange.messagesTo(people.chilan);
			expect(told.map(({ template, address }) => [template, address])).toContainEqual([
				'already_registered',
				contact
			]);
			// Guessing, running out and asking again are the same words in the same order.
			const story = async (id: string) => {
				const told = [];
				for (let i = 0; i < mostTries + 1; i++)
					told.push(await enter(id, 'abc123'), await enter(id, '999999'));
				told.push(await resendActivation(exchange.db, id, asking(30)));
				told.push(await resendActivation(exchange.db, id, asking(61)), await enter(id, '999999', 62));
				return told;
			};
			expect(await story(requestId)).toEqual(await story(fresh));
		}
		expect((await exchange.messagesTo(people.chilan)).map(({ template }) => template)).toEqual([
			'already_registered',
			'already_registered'
		]);
	});

	test('TG-8: the wait before the next code is the same too', async () => {
		for (let seconds = 0; seconds < 4; seconds++)
			expect(await begin(people.chuba.phone, seconds)).toEqual(
				seconds === 0
					? { ok: true, value: { requestId: expect.any(String) } }
					: await begin('0911000004', 0).then(() => begin('0911000004', seconds))
			);
	});
});

describe('TG-8: codes', () => {
	test('TG-8: five wrong tries end a code, also for the right one; the tries left are told', async () => {
		const requestId = await begun('0911000010');
		const code = await lastCode('0911000010');
		for (let left = mostTries - 1; left > 0; left--)
			expect(await enter(requestId, wrong(code))).toMatchObject({
				refusal: { code: 'invalid_input', fields: { code: 'wrong' }, facts: { left } }
			});
		expect(await enter(requestId, wrong(code))).toMatchObject({ refusal: { fields: { code: 'spent' } } });
		expect(await enter(requestId, code)).toMatchObject({ refusal: { fields: { code: 'spent' } } });
	});

	test('TG-8: thirty guesses at once are five', async () => {
		const requestId = await begun('0911000011');
		const code = await lastCode('0911000011');
		const told = await Promise.all(Array.from({ length: 30 }, () => enter(requestId, wrong(code))));
		const count = (fault: string) =>
			told.filter((one) => !one.ok && one.refusal.fields?.code === fault).length;
		expect([count('wrong'), count('spent')]).toEqual([mostTries - 1, 30 - mostTries + 1]);
		expect(await enter(requestId, code)).toMatchObject({ refusal: { fields: { code: 'spent' } } });
	});

	test('TG-8: an expired, a used and an unknown one are told apart', async () => {
		const requestId = await begun('0911000012');
		const code = await lastCode('0911000012');
		expect(await enter(requestId, code, 15 * 60)).toMatchObject({ refusal: { fields: { code: 'expired' } } });
		expect(await enter(requestId, code, 15 * 60 - 1)).toMatchObject({ ok: true });
		expect(await enter(requestId, code)).toMatchObject({ refusal: { fields: { code: 'used' } } });
		expect(await enter('00000000-0000-4000-8000-000000000000', code)).toMatchObject({
			refusal: { fields: { code: 'gone' } }
		});
		expect(await viewRequest(exchange.db, 'không phải mã', 'activate', at(0))).toEqual({
			to: '',
			state: 'gone'
		});
	});

	test('TG-8: another code ends the one before, and its wait grows', async () => {
		const requestId = await begun('0911000013');
		const first = await lastCode('0911000013');
		const again = (seconds: number) => resendActivation(exchange.db, requestId, asking(seconds));
		expect(await again(59)).toMatchObject({
			refusal: { code: 'too_many_attempts', retry: true, facts: { seconds: 1 } }
		});
		expect(await again(60)).toMatchObject({ ok: true });
		expect(await again(179)).toMatchObject({ refusal: { facts: { seconds: 1 } } });
		expect(await again(180)).toMatchObject({ ok: true });
		const [, , third] = await codesAt('0911000013');
		if (first !== third)
			expect(await enter(requestId, first, 181)).toMatchObject({ refusal: { fields: { code: 'wrong' } } });
		expect(await enter(requestId, third ?? '', 182)).toMatchObject({ ok: true });
	});

	test('TG-8: a storm of requests for one phone sends one code', async () => {
		const told = await Promise.all(Array.from({ length: 30 }, () => begin('0911000014')));
		expect(told.filter(({ ok }) => ok)).toHaveLength(1);
		expect(await codesAt('0911000014')).toHaveLength(1);
	});

	test('TG-8: an address that floods many phones is held back, others are not', async () => {
		// A new password is asked for at the same door, and costs this test no hashing.
		const ask = (contact: string, ip: string) =>
			beginRecovery(exchange.db, { contact, language: 'vi' }, asking(0, ip));
		const told = [];
		for (let i = 0; i < 61; i++)
			told.push(await ask(`09120000${String(i).padStart(2, '0')}`, '198.51.100.9'));
		expect(told.filter(({ ok }) => ok)).toHaveLength(60);
		expect(told.at(-1)).toMatchObject({ refusal: { code: 'too_many_attempts', facts: { seconds: 600 } } });
		expect(await ask('0912000099', '198.51.100.10')).toMatchObject({ ok: true });
	});

	test('TG-8: a code opens its own request and no other: who registers with a stranger’s phone gains nothing', async () => {
		const attacker = await begun('0911000015');
		const owner = await begun('0911000015', 60);
		const [, theirs] = await codesAt('0911000015');
		expect(await enter(attacker, theirs ?? '', 61)).toMatchObject({ refusal: { fields: { code: 'wrong' } } });
		expect(await enter(owner, theirs ?? '', 61)).toMatchObject({ ok: true });
	});

	test('TG-8: of two registrations of one phone the first code has it, the other is told', async () => {
		const one = await begun('0911000016');
		const two = await begun('0911000016', 60);
		const [first, second] = await codesAt('0911000016');
		const done = await Promise.all([enter(one, first ?? '', 61), enter(two, second ?? '', 61)]);
		expect(done.filter(({ ok }) => ok)).toHaveLength(1);
		expect(done.find(({ ok }) => !ok)).toMatchObject({ refusal: { fields: { contact: 'taken' } } });
	});
});

describe('LAW-data-consent: consents', () => {
	test('LAW-data-consent: what was ticked is kept in the version that was shown, and nothing else counts as given', async () => {
		const done = await beginRegistration(
			exchange.db,
			form('0911000020', { consents: ['promotions', 'service', 'làm gì cũng được'] }),
			asking()
		);
		if (!done.ok) throw new Error('refused');
		const opened = await enter(done.value.requestId, await lastCode('0911000020'));
		if (!opened.ok) throw new Error('refused');
		const { accountId } = opened.value;
		const { history } = await ownConsents(exchange.db, accountId, at(2));
		expect(history.map(({ purpose, given, version }) => [purpose, given, version]).sort()).toEqual([
			['promotions', true, 'promotions-2026-11'],
			['service', true, 'service-2026-11']
		]);
		expect(await hasConsent(exchange.db, accountId, 'promotions')).toBe(true);
		expect(await hasConsent(exchange.db, accountId, 'surveys')).toBe(false);
	});
});

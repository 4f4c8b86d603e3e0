import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPassword, openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { hasConsent, ownConsents, setConsent } from './consents.ts';
import { askContact, confirmContact, resendContact } from './contacts.ts';
import { answerMisuse, misuseReport, misuseReports, ownMisuseReports, reportMisuse } from './misuse.ts';
import { endOtherSessions, endOwnSession, noteSession, ownSessions } from './own-sessions.ts';
import { changePassword, correctProfile, ownProfile } from './profile.ts';
import { beginRecovery, finishRecovery, resendRecovery } from './recovery.ts';
import { endSession, openSession, validateSession } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { anywhere } from './testing/origin.ts';

const { batu, chuba, chilan, anhminh, chihanh, bacsau, coyen, quantri } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const start = Date.now();
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const asking = (seconds = 0) => ({ now: at(seconds), ip: '203.0.113.5', minutes: 15 });
const fresh = 'nước ròng lúc năm giờ';

/** A whole session of whoever knows the password. */
async function enter(name: string, password: string = demoPassword): Promise<string> {
	const done = await signIn(exchange.auth, { name, password, ...anywhere(at(0)) });
	if (!done.ok) throw new Error(`${name}: ${done.refusal.code}`);
	const { accountId, sessionId } = done.value;
	await endSession(exchange.auth, sessionId, 'ended');
	const whole = { accountId, device: '', assurance: 'totp', now: at(0) } as const;
	return (await openSession(exchange.auth, whole)).sessionId;
}
const lives = async (sessionId: string) =>
	(await validateSession(exchange.auth, sessionId)).outcome === 'account';
const told = async (person: { id: string }) =>
	(await exchange.messagesTo(person)).map(({ template, address }) => [template, address]);
async function codeTo(person: { id: string }): Promise<string> {
	const last = (await exchange.messagesTo(person)).at(-1);
	return /"code":"(\d{6})"/.exec(JSON.stringify(last?.params))?.[1] ?? 'none';
}
const must = <T>(done: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T => {
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	return done.value;
};

describe('TG-7.2a: a forgotten password', () => {
	const recover = (contact: string, seconds = 0) =>
		beginRecovery(exchange.db, { contact, language: 'vi' }, asking(seconds));

	test('TG-7.2a: the code sets a new one, every session ends, the member is told', async () => {
		const before = [await enter('chuba'), await enter('chuba')];
		const { requestId } = must(await recover(chuba.phone));
		const code = await codeTo(chuba);
		const bad = await finishRecovery(exchange.db, { requestId, code, password: 'ngắn' }, at(1));
		expect(bad).toMatchObject({ refusal: { fields: { password: 'too_short' } } });
		must(await finishRecovery(exchange.db, { requestId, code, password: fresh }, at(1)));
		expect(await Promise.all(before.map(lives))).toEqual([false, false]);
		expect(await validateSession(exchange.auth, before[0] ?? '')).toMatchObject({ session: 'revoked' });
		await expect(enter('chuba')).rejects.toThrow('wrong_credentials');
		expect(await lives(await enter('chuba', fresh))).toBe(true);
		expect(await told(chuba)).toEqual([
			['password_reset_code', chuba.phone],
			['security_notice', chuba.email]
		]);
		const again = await finishRecovery(
			exchange.db,
			{ requestId, code, password: 'nước lớn lúc sáu giờ' },
			at(2)
		);
		expect(again).toMatchObject({ refusal: { fields: { code: 'used' } } });
	});

	test('TG-8: one that nobody has gets the same answers and no message', async () => {
		const sent = async () =>
			(await transaction(exchange.db, 'system:test', (tx) => tx`select 1 from messages`)).length;
		const story = async (contact: string) => {
			const begun = await recover(contact, 100);
			const requestId = begun.ok ? begun.value.requestId : '';
			return [
				begun.ok,
				await recover(contact, 110),
				await finishRecovery(exchange.db, { requestId, code: '999999', password: fresh }, at(111)),
				await resendRecovery(exchange.db, requestId, asking(120)),
				await resendRecovery(exchange.db, requestId, asking(160))
			];
		};
		const known = await story(batu.email);
		const before = await sent();
		expect(await story('khong-ai@x.example')).toEqual(known);
		expect(await sent()).toBe(before);
	});
});

describe('TG-8: recovery for a name that nobody has', () => {
	/** What a database is asked to write while `work` runs, in order: `insert into messages`. */
	async function written(work: (db: Sql) => Promise<unknown>): Promise<string[]> {
		const seen: string[] = [];
		const watching = <T extends Tx>(tx: T): T =>
			new Proxy(tx, {
				apply(target, self, args: unknown[]) {
					const [words] = args;
					const text = Array.isArray(words) ? words.join(' ? ').trim().replace(/\s+/g, ' ') : '';
					const verb = /^(?:with .*?)?(insert into|update|delete from) (\S+)/.exec(text);
					if (verb) seen.push(`${verb[1]} ${verb[2]}`);
					const done: unknown = Reflect.apply(target, self, args);
					return done;
				},
				get(target, key) {
					const value: unknown = Reflect.get(target, key);
					if (key !== 'savepoint') return value;
					return (inner: (tx: Tx) => Promise<unknown>) => target.savepoint((sp) => inner(watching(sp)));
				}
			});
		const db = new Proxy(exchange.db, {
			get(target, key) {
				if (key === 'begin')
					return (inner: (tx: Tx) => Promise<unknown>) => target.begin((tx) => inner(watching(tx)));
				const value: unknown = Reflect.get(target, key);
				return value;
			}
		});
		await work(db);
		return seen;
	}

	test('TG-8: the database writes the same for it as for one that somebody has, and keeps no message', async () => {
		const story = (contact: string) =>
			written(async (db) => {
				const begun = must(await beginRecovery(db, { contact, language: 'vi' }, asking(2_000)));
				must(await resendRecovery(db, begun.requestId, asking(2_100)));
			});
		const messages = async () =>
			(await transaction(exchange.db, 'system:test', (tx) => tx`select 1 from messages`)).length;
		const known = await story(quantri.email);
		expect(known.filter((one) => one.includes('messages'))).toHaveLength(2);
		const before = await messages();
		expect(await story('chua-tung-co@x.example')).toEqual(known);
		expect(await messages()).toBe(before);
	});
});

describe('TG-16.5: the own profile', () => {
	test('TG-16.5: a member sees and corrects name and address, sealed where they lie', async () => {
		expect(await ownProfile(exchange.db, batu.id)).toEqual({
			name: batu.name,
			userName: batu.userName,
			phone: batu.phone,
			email: batu.email,
			address: null
		});
		const address = '12 ấp Tân Sơn, xã Ngũ Hiệp';
		must(await correctProfile(exchange.db, batu.id, { name: 'Nguyễn Thị Tư Em', address }, at(0)));
		expect(await ownProfile(exchange.db, batu.id)).toMatchObject({ name: 'Nguyễn Thị Tư Em', address });
		const rows = await transaction(
			exchange.db,
			'system:test',
			(tx) => tx<{ text: string }[]>`select row_to_json(p)::text as text from account_profiles p`
		);
		for (const { text } of rows) expect(text).not.toMatch(/Tân Sơn|Tư Em/);
		must(await correctProfile(exchange.db, batu.id, { name: batu.name, address: '' }, at(1)));
		expect(await ownProfile(exchange.db, batu.id)).toMatchObject({ name: batu.name, address: null });
	});

	test('TG-8: a new phone takes the old one’s place when its code comes back, and the old one hears of it', async () => {
		const server = exchange;
		const ask = (contact: string, seconds: number, password: string = demoPassword) =>
			askContact(server, chilan.id, { contact, password, language: 'vi' }, asking(seconds));
		expect(await ask('0988000001', 0, 'sai')).toMatchObject({ refusal: { code: 'wrong_credentials' } });
		expect(await ask(chilan.phone, 0)).toMatchObject({ refusal: { fields: { contact: 'unchanged' } } });
		expect(await ask('mười hai', 0)).toMatchObject({ refusal: { fields: { contact: 'invalid_input' } } });
		const { requestId } = must(await ask('0988 000 001', 1));
		const first = await codeTo(chilan);
		expect(await ownProfile(exchange.db, chilan.id)).toMatchObject({ phone: chilan.phone });
		must(await resendContact(exchange.db, chilan.id, requestId, asking(61)));
		const code = await codeTo(chilan);
		// A code is its owner's: nobody else brings it in.
		expect(await confirmContact(exchange.db, batu.id, { requestId, code }, at(62))).toMatchObject({
			refusal: { fields: { code: 'gone' } }
		});
		if (first !== code)
			expect(await confirmContact(exchange.db, chilan.id, { requestId, code: first }, at(62))).toMatchObject({
				refusal: { fields: { code: 'wrong' } }
			});
		must(await confirmContact(exchange.db, chilan.id, { requestId, code }, at(63)));
		expect(await ownProfile(exchange.db, chilan.id)).toMatchObject({
			phone: '0988000001',
			email: chilan.email
		});
		expect(await told(chilan)).toEqual([
			['contact_code', '0988000001'],
			['contact_code', '0988000001'],
			['contact_changed', chilan.phone]
		]);
		expect(await lives(await enter('0988000001'))).toBe(true);
		await expect(enter(chilan.phone)).rejects.toThrow('wrong_credentials');
	});

	test('TG-8: the phone of another member looks the same, is never given, and its member is told', async () => {
		const asked = await askContact(
			exchange,
			batu.id,
			{ contact: anhminh.phone, password: demoPassword, language: 'vi' },
			asking()
		);
		const { requestId } = must(asked);
		expect(await told(anhminh)).toEqual([['already_registered', anhminh.phone]]);
		for (const code of ['000000', '123456'])
			expect(await confirmContact(exchange.db, batu.id, { requestId, code }, at(1))).toMatchObject({
				refusal: { fields: { code: 'wrong' } }
			});
	});

	test('TG-5: guesses at the own password are counted as those at the sign-in', async () => {
		const who = { accountId: bacsau.id, sessionId: 's' };
		const change = (password: string) => changePassword(exchange, who, { password, next: fresh }, at(0));
		for (let i = 0; i < 3; i++)
			expect(await change('sai')).toMatchObject({ refusal: { code: 'wrong_credentials' } });
		expect(await change(demoPassword)).toMatchObject({
			refusal: { code: 'too_many_attempts', retry: true }
		});
		expect(
			await changePassword(
				exchange,
				{ ...who, accountId: chuba.id },
				{ password: fresh, next: 'gió bấc về tháng chạp' },
				at(0)
			)
		).toMatchObject({ ok: true });
	});

	test('TG-16.1: a new password ends the other sessions, not this one, and may not be made of the own name', async () => {
		const [here, there] = [await enter('chihanh'), await enter('chihanh')];
		const who = { accountId: chihanh.id, sessionId: here };
		const change = (next: string) => changePassword(exchange, who, { password: demoPassword, next }, at(0));
		expect(await change('phammyhanh1')).toMatchObject({ refusal: { fields: { next: 'about_you' } } });
		expect(must(await change(fresh))).toEqual({ sessionsEnded: 1 });
		expect([await lives(here), await lives(there)]).toEqual([true, false]);
		expect(await told(chihanh)).toEqual([['security_notice', chihanh.email]]);
	});
});

describe('TG-16.1: sessions and devices', () => {
	test('TG-16.1: a member sees every own session by device and ends any, and nobody else’s', async () => {
		const [phone, desk, stranger] = [await enter('coyen'), await enter('coyen'), await enter('anhminh')];
		const note = (id: string, userAgent: string) =>
			new Promise<void>((done, failed) => {
				noteSession(exchange.auth, { id, userAgent, now: at(0) }, failed);
				setTimeout(done, 200);
			});
		await note(phone, 'Mozilla/5.0 (Linux; Android 14) Chrome/131 Mobile Safari/537.36');
		const mine = () => ownSessions(exchange.auth, people.coyen.id, phone, at(1));
		const [first, second] = await mine();
		expect(first).toMatchObject({ current: true, deviceName: 'Chrome · Android', seenAt: at(0) });
		expect(second).toMatchObject({ current: false, deviceName: '', seenAt: null });
		for (const { ref } of await mine()) expect([phone, desk]).not.toContain(ref);
		const [other] = await ownSessions(exchange.auth, anhminh.id, stranger, at(1));
		const end = (ref: string) => endOwnSession(exchange.db, people.coyen.id, ref, at(2));
		expect(await end(other?.ref ?? '')).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await lives(stranger)).toBe(true);
		must(await end(second?.ref ?? ''));
		expect([await lives(phone), await lives(desk)]).toEqual([true, false]);
		expect(await validateSession(exchange.auth, desk)).toMatchObject({ session: 'revoked' });
		await enter('coyen');
		await enter('coyen');
		expect(must(await endOtherSessions(exchange.db, people.coyen.id, phone, at(3)))).toEqual({
			sessionsEnded: 2
		});
		expect(await mine()).toHaveLength(1);
	});

	test('TG-16.1: “somebody uses my account” ends the others, changes the password and reports, all or nothing', async () => {
		const [here, thief] = [await enter('quantri'), await enter('quantri')];
		const who = { accountId: quantri.id, sessionId: here };
		const report = (password: string, next: string) =>
			reportMisuse(exchange, who, { password, next, note: 'Có đơn hàng tôi không đặt' }, at(5));
		expect(await report('sai', fresh)).toMatchObject({ refusal: { code: 'wrong_credentials' } });
		expect(await report(demoPassword, 'quantri2026')).toMatchObject({ ok: false });
		expect(await lives(thief)).toBe(true);
		const receipt = must(await report(demoPassword, fresh));
		expect(receipt).toMatchObject({ code: expect.stringMatching(/^TG-B\d+-\d\d$/), sessionsEnded: 1 });
		expect([await lives(here), await lives(thief)]).toEqual([true, false]);

		// The reporter is an administrator here: the own report is looked at, and answered by somebody else.
		const own = await exchange.actorNow(quantri, at(6));
		const [line] = must(await misuseReports(exchange.db, own, { answered: false }));
		expect(line).toMatchObject({
			code: receipt.code,
			person: 'H. Q. Trị',
			sessionsEnded: 1,
			answeredAt: null
		});
		expect(JSON.stringify(line)).not.toContain(quantri.name);
		const id = line?.id ?? '';
		expect(await answerMisuse(exchange.db, own, { id, answer: 'Tự trả lời mình' }, at(7))).toMatchObject({
			refusal: { code: 'not_allowed' }
		});
		const buyer = await exchange.actorNow(batu, at(6));
		for (const refused of [
			await misuseReports(exchange.db, buyer, { answered: false }),
			await misuseReport(exchange.db, buyer, id, at(6)),
			await answerMisuse(exchange.db, buyer, { id, answer: 'Không phải việc của tôi' }, at(7))
		])
			expect(refused).toMatchObject({ refusal: { code: 'not_allowed' } });
		expect(await ownMisuseReports(exchange.db, quantri.id)).toMatchObject([
			{ code: receipt.code, answeredAt: null, answer: '' }
		]);
	});

	test('TG-16.1 the Board looks at a report, which is recorded, answers it once, and the member reads the answer', async () => {
		const board = { ...(await exchange.actorNow(bacsau, at(6))), roles: ['board' as const], posts: [] };
		const [here, thief] = [await enter('coyen'), await enter('coyen')];
		await exchange.auth`
			insert into session_traces (session_id, device_name, seen_at) values (${thief}, 'Edge · Windows', ${at(1)})`;
		const who = { accountId: coyen.id, sessionId: here };
		const input = { password: demoPassword, next: fresh, note: '' };
		const receipt = must(await reportMisuse(exchange, who, input, at(20)));
		const waiting = must(await misuseReports(exchange.db, board, { answered: false }));
		const since = waiting.map((one) => one.at);
		expect(since).toEqual([...since].sort());
		expect(since.at(-1)).toBe(at(20));
		const id = waiting.find(({ code }) => code === receipt.code)?.id ?? '';
		expect(must(await misuseReport(exchange.db, board, id, at(21)))).toMatchObject({
			person: 'Đ. H. Yến',
			note: '',
			sessions: expect.arrayContaining([
				expect.objectContaining({ deviceName: 'Edge · Windows', seenAt: at(1) })
			]),
			answer: ''
		});
		const looked = await exchange.owner`
			select actor from audit_log where action = 'misuse_report.read' and subject = ${`misuse:${id}`}`;
		expect(looked).toEqual([{ actor: bacsau.id }]);

		const before = (await exchange.messagesTo(coyen)).length;
		const answer = 'Máy lạ đã bị đăng xuất, không có đơn nào bị đặt.';
		const both = await Promise.all([
			answerMisuse(exchange.db, board, { id, answer }, at(22)),
			answerMisuse(exchange.db, board, { id, answer }, at(22))
		]);
		expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
		expect(both.find(({ ok }) => !ok)).toMatchObject({
			refusal: { code: 'already_decided', facts: { by: bacsau.name, at: at(22) } }
		});
		expect((await exchange.messagesTo(coyen)).slice(before)).toMatchObject([
			{ template: 'misuse_answered', params: { code: receipt.code, answer, byName: bacsau.name } }
		]);
		expect((await exchange.told(coyen)).filter(({ kind }) => kind === 'misuse_answered')).toEqual([
			{ kind: 'misuse_answered', facts: { code: receipt.code, by: bacsau.name } }
		]);
		expect(await ownMisuseReports(exchange.db, coyen.id)).toMatchObject([
			{ code: receipt.code, answeredAt: at(22), answer, answeredBy: bacsau.name }
		]);
		expect(await ownMisuseReports(exchange.db, batu.id)).toEqual([]);
		expect(must(await misuseReports(exchange.db, board, { answered: true })).map((one) => one.id)).toEqual([
			id
		]);
		// What was told about the person lies sealed.
		const [row] = await transaction(
			exchange.db,
			'system:test',
			(tx) => tx<{ text: string }[]>`select r::text as text from misuse_reports r where id = ${id}`
		);
		expect(row?.text).toContain(id);
		expect(row?.text).not.toContain('đăng xuất');
	});
});

describe('LAW-data-consent: consents of a member', () => {
	const say = (
		given: boolean,
		purpose: 'promotions' | 'service' = 'promotions',
		version = `${purpose}-2026-11`
	) => setConsent(exchange.db, batu.id, { purpose, version, given }, at(0));

	test('LAW-data-consent: nothing is given by itself; given and taken back it is kept in order', async () => {
		expect(await hasConsent(exchange.db, batu.id, 'promotions')).toBe(false);
		must(await say(true));
		expect(await hasConsent(exchange.db, batu.id, 'promotions')).toBe(true);
		must(await say(true));
		must(await say(false));
		expect(await hasConsent(exchange.db, batu.id, 'promotions')).toBe(false);
		expect(await hasConsent(exchange.db, chilan.id, 'promotions')).toBe(false);
		const { history, consents } = await ownConsents(exchange.db, batu.id, at(1));
		expect(history.map(({ given }) => given)).toEqual([false, true]);
		expect(consents.find(({ text }) => text.purpose === 'promotions')?.said).toMatchObject({ given: false });
	});

	test('LAW-data-consent: other words than those shown are not agreed to, and what an account needs is not taken back', async () => {
		expect(await say(true, 'promotions', 'promotions-2025-01')).toMatchObject({
			refusal: { code: 'stale_version' }
		});
		expect(await say(false, 'service')).toMatchObject({
			refusal: { code: 'not_allowed', clause: 'TG-16.5' }
		});
	});

	test('LAW-data-consent: the ledger is only ever added to, by its member alone', async () => {
		must(await say(true));
		const as = (person: { id: string }, sql: string) =>
			transaction(exchange.db, person.id, (tx) => tx.unsafe(sql));
		await expect(as(batu, 'update consents set given = true')).rejects.toThrow();
		await expect(as(batu, 'delete from consents')).rejects.toThrow();
		await expect(
			transaction(exchange.owner, 'system:test', (tx) => tx`update consents set given = true`)
		).rejects.toThrow(/append-only/);
		expect(await as(chilan, 'select 1 from consents')).toHaveLength(0);
		await expect(
			as(
				chilan,
				`insert into consents (account_id, purpose, text_version, given, how, at)
				values ('${batu.id}', 'promotions', 'x', true, 'profile', now())`
			)
		).rejects.toThrow(/row-level security/);
	});
});

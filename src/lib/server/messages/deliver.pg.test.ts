import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import { transaction, type Tx } from '$lib/server/db/pool.ts';
import { destroyPersonKey } from '$lib/server/accounts/sealing.ts';
import { write } from '$lib/server/sync/write.ts';
import { deliverDue, forgetMessages } from './deliver.ts';
import { smtpTransport } from './mail.ts';
import { takeDue } from './queries.ts';
import { queueMessage } from './service.ts';
import { headerOf, serveMail } from './testing/smtp.ts';
import type { Transport } from './transport.ts';

let exchange: Exchange;
let mail: Awaited<ReturnType<typeof serveMail>>;
let now: string;
const logged: string[] = [];
const log = { warn: (facts: object, words: string) => void logged.push(JSON.stringify({ ...facts, words })) };

beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());
beforeEach(async () => {
	now = '2026-11-23T02:00:00.000Z';
	logged.length = 0;
	mail = await serveMail();
});
afterEach(async () => {
	await mail.close();
	await exchange.owner`alter table messages no force row level security`;
	await exchange.owner`delete from messages`;
	await exchange.owner`alter table messages force row level security`;
	await exchange.owner`delete from pgboss.job where name = 'messages'`;
});

const later = (minutes: number) => {
	now = new Date(Date.parse(now) + minutes * 60_000).toISOString();
};
const deliver = (transport: Transport | null = smtpTransport(mail.settings)) =>
	deliverDue({
		db: exchange.db,
		now: () => now,
		log,
		sender: { name: 'Sàn giao dịch điện tử Tiền Giang', origin: 'https://san.example.vn' },
		transports: { ...(transport && { email: transport }) }
	});
const owes = (person: Person = people.chilan, notAfter?: string) =>
	write(exchange.db, { actorId: person.id, now }, (ctx) =>
		queueMessage(ctx, {
			to: { accountId: person.id, address: person.email },
			template: 'activation_code',
			params: { code: '482913', minutes: 10 },
			...(notAfter && { notAfter })
		})
	);
const asSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
	transaction(exchange.db, 'system:test', work);
const stateOf = async () => {
	const [row] = await asSystem(
		(tx) => tx<{ id: string; state: string; attempts: number; last_error: string | null; due_at: string }[]>`
			select id, state, attempts, last_error, due_at from messages`
	);
	if (!row) throw new Error('no message');
	return row;
};

test('a mail reaches a real server: both bodies, one subject line, its own id, and is sent once', async () => {
	await owes();
	expect(await deliver()).toMatchObject({ sent: 1 });
	expect(await deliver()).toMatchObject({ sent: 0 });
	const [got] = mail.received;
	expect(mail.received).toHaveLength(1);
	if (!got) return;
	const { id, state } = await stateOf();
	expect(state).toBe('sent');
	expect(got).toMatchObject({ from: 'khong-tra-loi@san.example.vn', to: [people.chilan.email] });
	expect(headerOf(got, 'Message-ID')).toBe(`<${id}@san.example.vn>`);
	expect(headerOf(got, 'Auto-Submitted')).toBe('auto-generated');
	expect(headerOf(got, 'Subject')).toMatch(/482913|=\?UTF-8/);
	expect(got.source).toContain('text/plain');
	expect(got.source).toContain('text/html');
});

test('a server that is away is tried again later and later, and the mail arrives when it is back', async () => {
	await owes();
	const { port } = mail;
	await mail.close();
	expect(await deliver()).toMatchObject({ later: 1 });
	const first = await stateOf();
	expect(first).toMatchObject({ state: 'queued', attempts: 1, last_error: 'esocket' });
	expect(await deliver()).toMatchObject({ later: 0, sent: 0 });
	later(1);
	expect(await deliver()).toMatchObject({ later: 1 });
	const second = await stateOf();
	expect(Date.parse(second.due_at) - Date.parse(now)).toBeGreaterThan(60_000);
	const waiting = await exchange.owner<{ at: string }[]>`
		select start_after as at from pgboss.job where name = 'messages' order by created_on desc limit 1`;
	expect(Date.parse(waiting[0]?.at ?? '')).toBe(Date.parse(second.due_at));

	mail = await serveMail({ port });
	later(5);
	expect(await deliver()).toMatchObject({ sent: 1 });
	expect(mail.received).toHaveLength(1);
});

test.each([
	[450, 'queued', 'smtp_450'],
	[550, 'failed', 'smtp_550']
])('an answer of %i leaves the mail %s, and nobody repeats the address', async (code, state, error) => {
	mail.behaves({ code, words: `no mailbox for ${people.chilan.email}` });
	await owes();
	await deliver();
	const row = await stateOf();
	expect(row).toMatchObject({ state, last_error: error });
	expect(logged).toHaveLength(1);
	const jobs = await exchange.owner`select * from pgboss.job where name = 'messages'`;
	for (const told of [JSON.stringify(row), logged.join(), JSON.stringify(jobs)])
		expect(told).not.toMatch(/482913|chilan@/);
	mail.behaves('accept');
	later(60 * 24);
	await deliver();
	expect(mail.received).toHaveLength(state === 'queued' ? 1 : 0);
});

test('a server that never takes it is given up after a day and some', async () => {
	mail.behaves({ code: 451, words: 'later' });
	await owes();
	for (let n = 0; n < 12; n += 1) {
		await deliver();
		later(24 * 60);
	}
	expect(await stateOf()).toMatchObject({ state: 'failed', attempts: 10, last_error: 'smtp_451' });
});

test('a line that is cut after the mail was taken brings a second copy that is known by its id', async () => {
	mail.behaves('cut');
	await owes();
	expect(await deliver()).toMatchObject({ later: 1 });
	mail.behaves('accept');
	later(1);
	expect(await deliver()).toMatchObject({ sent: 1 });
	const ids = mail.received.map((got) => headerOf(got, 'Message-ID'));
	expect(ids).toHaveLength(2);
	expect(new Set(ids).size).toBe(1);
});

test('what a program was sending when it ended is left alone for a while, then sent', async () => {
	await owes();
	expect(await asSystem((tx) => takeDue(tx, now, 10))).toHaveLength(1);
	expect(await deliver()).toMatchObject({ sent: 0 });
	later(6);
	expect(await deliver()).toMatchObject({ sent: 1 });
	expect(mail.received).toHaveLength(1);
});

test('two processes send each of thirty once', async () => {
	for (let n = 0; n < 30; n += 1) await owes();
	const done = await Promise.all([deliver(), deliver()]);
	expect(done.reduce((sum, { sent }) => sum + sent, 0)).toBe(30);
	expect(new Set(mail.received.map((got) => headerOf(got, 'Message-ID'))).size).toBe(30);
	expect(mail.received).toHaveLength(30);
});

test('without a mail server a mail is kept', async () => {
	await owes();
	expect(await deliver(null)).toMatchObject({ kept: 1 });
	expect(await stateOf()).toMatchObject({ state: 'kept', last_error: null });
});

test('a code that no longer works is not sent, nor anything to somebody who was erased', async () => {
	await owes(people.chilan, '2026-11-23T02:10:00.000Z');
	later(10);
	expect(await deliver()).toMatchObject({ failed: 1 });
	expect(await stateOf()).toMatchObject({ state: 'failed', last_error: 'expired' });
	await owes(people.chihanh);
	await asSystem((tx) => destroyPersonKey(tx, people.chihanh.id, now));
	expect(await deliver()).toMatchObject({ failed: 1 });
	expect(mail.received).toEqual([]);
});

test('a wrong password of the exchange itself loses no mail', async () => {
	const guarded = await serveMail({ account: { user: 'san', password: 'right' } });
	try {
		await owes();
		const wrong = smtpTransport({ ...guarded.settings, password: 'wrong' });
		expect(await wrong.verify()).toBe('eauth');
		expect(await deliver(wrong)).toMatchObject({ later: 1 });
		expect(await stateOf()).toMatchObject({ state: 'queued', last_error: 'eauth' });
		later(1);
		const right = smtpTransport(guarded.settings);
		expect(await right.verify()).toBeNull();
		expect(await deliver(right)).toMatchObject({ sent: 1 });
	} finally {
		await guarded.close();
	}
});

test('after ninety days a message has forgotten whom and what', async () => {
	await owes();
	await deliver();
	later(60 * 24 * 89);
	expect(await forgetMessages(exchange.db, now)).toBe(0);
	later(60 * 24 * 2);
	expect(await forgetMessages(exchange.db, now)).toBe(1);
	const [row] = await asSystem((tx) => tx`select state, params_sealed, address_sealed from messages`);
	expect(row).toEqual({ state: 'sent', params_sealed: null, address_sealed: null });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { write } from '$lib/server/sync/write.ts';
import { deliverDue } from './deliver.ts';
import { listMessages, openForStaff, sendAgain } from './outbox.ts';
import { queueMessage } from './service.ts';
import { serveMail } from './testing/smtp.ts';
import { smtpTransport } from './mail.ts';
import type { Transport } from './transport.ts';

let exchange: Exchange;
let mail: Awaited<ReturnType<typeof serveMail>>;
beforeAll(async () => {
	exchange = await openExchange();
	mail = await serveMail();
});
afterAll(async () => {
	await mail.close();
	await exchange.close();
});

const now = () => new Date().toISOString();
const by = () => ({ actorId: people.quantri.id, now: now() });
const owes = () =>
	write(exchange.db, { actorId: 'system:test', now: now() }, (ctx) =>
		queueMessage(ctx, {
			to: { accountId: people.chilan.id },
			template: 'activation_code',
			params: { code: '482913', minutes: 10 },
			subject: `account:${people.chilan.id}`
		})
	);
const deliver = (email?: Transport) =>
	deliverDue({
		db: exchange.db,
		now,
		log: { warn: () => undefined },
		sender: { name: 'Sàn', origin: 'https://san.example.vn' },
		transports: email ? { email } : {}
	});
const list = (states: Parameters<typeof listMessages>[1]['states'] = []) =>
	listMessages(exchange.db, { states, after: null, limit: 10 });
const newest = async () => {
	const [row] = (await list()).items;
	if (!row) throw new Error('no message');
	return row;
};

test('TG-8: with no mail server a code is kept and can be read by staff, which is recorded', async () => {
	await owes();
	await deliver();
	const row = await newest();
	expect(row).toMatchObject({ state: 'kept', address: 'c•••@san-tinh.example' });
	expect(JSON.stringify(await list())).not.toMatch(/482913|chilan@/);
	const opened = await openForStaff(exchange.db, by(), row.id);
	expect(opened).toMatchObject({ ok: true, value: { state: 'readable' } });
	expect(JSON.stringify(opened)).toContain('482913');
	const lines = await exchange.db`
		select actor, subject from audit_log where action = 'message.opened'`;
	expect(lines).toEqual([{ actor: people.quantri.id, subject: `message:${row.id}` }]);
});

test('sent again it goes to the server, and from then on nobody of the staff reads its code', async () => {
	const { id } = await newest();
	expect(await sendAgain(exchange.db, by(), id)).toMatchObject({ ok: true });
	expect(await sendAgain(exchange.db, by(), id)).toMatchObject({ refusal: { code: 'illegal_transition' } });
	expect(await openForStaff(exchange.db, by(), id)).toEqual({ ok: true, value: { state: 'hidden' } });
	expect(await deliver(smtpTransport(mail.settings))).toMatchObject({ sent: 1 });
	expect(mail.received).toHaveLength(1);
	expect(await openForStaff(exchange.db, by(), id)).toEqual({ ok: true, value: { state: 'hidden' } });
	const again = await exchange.db`select data from audit_log where action = 'message.resent'`;
	expect(again).toEqual([{ data: { from: 'kept' } }]);
});

test('a list is filtered, counted, and goes on after its last row without losing one', async () => {
	for (let n = 0; n < 5; n += 1) await owes();
	const first = await listMessages(exchange.db, { states: ['queued'], after: null, limit: 3 });
	const rest = await listMessages(exchange.db, { states: ['queued'], after: first.next, limit: 3 });
	expect([...first.items, ...rest.items].map(({ id }) => id)).toHaveLength(5);
	expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(5);
	expect(rest.next).toBeNull();
	expect(first.counts).toEqual({ queued: 5, sending: 0, sent: 1, failed: 0, kept: 0 });
});

test('a message nobody has is not there', async () => {
	expect(await openForStaff(exchange.db, by(), people.batu.id)).toMatchObject({
		refusal: { code: 'not_found' }
	});
});

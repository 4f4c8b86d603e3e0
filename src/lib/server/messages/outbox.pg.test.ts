import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { write } from '$lib/server/sync/write.ts';
import { deliverDue } from './deliver.ts';
import { postOffice, usePostOffice } from './office.ts';
import { listMessages, openForStaff, sendAgain, sendKept } from './outbox.ts';
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
const opens = async (id: string) =>
	openForStaff(
		exchange.db,
		await exchange.actorNow(people.quantri, now()),
		id,
		{ purpose: 'delivery', words: '' },
		now()
	);
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
	listMessages(exchange.db, { states, after: null, limit: 10 }, now());
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
	const opened = await opens(row.id);
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
	expect(await opens(id)).toEqual({ ok: true, value: { state: 'hidden' } });
	expect(await deliver(smtpTransport(mail.settings))).toMatchObject({ sent: 1 });
	expect(mail.received).toHaveLength(1);
	expect(await opens(id)).toEqual({ ok: true, value: { state: 'hidden' } });
	const again = await exchange.db`select data from audit_log where action = 'message.resent'`;
	expect(again).toEqual([{ data: { from: 'kept' } }]);
});

test('a list is filtered, counted, and goes on after its last row without losing one', async () => {
	for (let n = 0; n < 5; n += 1) await owes();
	const first = await listMessages(exchange.db, { states: ['queued'], after: null, limit: 3 }, now());
	const rest = await listMessages(exchange.db, { states: ['queued'], after: first.next, limit: 3 }, now());
	expect([...first.items, ...rest.items].map(({ id }) => id)).toHaveLength(5);
	expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(5);
	expect(rest.next).toBeNull();
	expect(first.counts).toEqual({ queued: 5, sending: 0, sent: 1, failed: 0, kept: 0 });
});

test('a message nobody has is not there', async () => {
	expect(await opens(people.batu.id)).toMatchObject({
		refusal: { code: 'not_found' }
	});
});

test('what was kept goes out together when staff say so: fresh, not run out, and only where there is a server', async () => {
	const before = postOffice();
	await transaction(exchange.db, 'system:messages', (tx) => tx`update messages set state = 'sent'`);
	for (let n = 0; n < 5; n += 1) await owes();
	await deliver();
	const days = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();
	const kept = (await list(['kept'])).items;
	expect(kept).toHaveLength(5);
	await transaction(exchange.db, 'system:messages', async (tx) => {
		await tx`update messages set created_at = ${days(2)} where id = ${kept[1]?.id ?? ''}`;
		await tx`update messages set created_at = ${days(30)} where id = ${kept[2]?.id ?? ''}`;
		await tx`update messages set not_after = ${days(0)} where id = ${kept[3]?.id ?? ''}`;
		await tx`update messages set channel = 'sms' where id = ${kept[4]?.id ?? ''}`;
	});
	// With nowhere to send to there is nothing to offer, and nothing moves.
	usePostOffice({ ...before, transports: {} });
	expect((await list()).keptWaiting).toEqual({ 1: 0, 3: 0, 7: 0 });
	expect(await sendKept(exchange.db, by(), 7)).toEqual({ ok: true, value: { queued: 0 } });

	const email = smtpTransport(mail.settings);
	usePostOffice({ ...before, transports: { email } });
	try {
		expect((await list()).keptWaiting).toEqual({ 1: 1, 3: 2, 7: 2 });
		expect(await sendKept(exchange.db, by(), 3)).toEqual({ ok: true, value: { queued: 2 } });
		expect(await sendKept(exchange.db, by(), 3)).toEqual({ ok: true, value: { queued: 0 } });
		const came = mail.received.length;
		expect(await deliver(email)).toMatchObject({ sent: 2, failed: 0 });
		expect(mail.received.length - came).toBe(2);
		expect((await list()).counts).toMatchObject({ kept: 3, queued: 0 });
		const lines = await exchange.db<{ actor: string; data: object }[]>`
			select actor, data from audit_log where action = 'messages.kept_sent' order by id`;
		expect(lines[1]).toEqual({ actor: people.quantri.id, data: { days: 3, queued: 2 } });
	} finally {
		usePostOffice(before);
	}
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { transaction, type Tx } from '$lib/server/db/pool.ts';
import { write } from '$lib/server/sync/write.ts';
import { queueMessage, type Outgoing } from './service.ts';

let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());
beforeEach(() => exchange.owner`delete from pgboss.job where name = 'messages'`);

const now = () => new Date().toISOString();
const code: Outgoing<'activation_code'> = {
	to: { accountId: people.batu.id, address: '0900000099' },
	template: 'activation_code',
	params: { code: '482913', minutes: 10 }
};

const asSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
	transaction(exchange.db, 'system:test', work);
const rows = () => asSystem((tx) => tx`select * from messages`);
const jobs = () => exchange.owner`select data from pgboss.job where name = 'messages'`;

test('a message and its job are there together, sealed, and the job says nothing', async () => {
	const channel = await write(exchange.db, { actorId: people.chilan.id, now: now() }, (ctx) =>
		queueMessage(ctx, code)
	);
	expect(channel).toBe('sms');
	const [row] = await rows();
	expect(row).toMatchObject({ account_id: people.batu.id, state: 'queued', template: 'activation_code' });
	expect(JSON.stringify(row)).not.toMatch(/482913|0900000099/);
	expect(await jobs()).toEqual([{ data: {} }]);
	expect(await exchange.messagesTo(people.batu)).toMatchObject([
		{ address: '0900000099', template: 'activation_code', params: { code: '482913', minutes: 10 } }
	]);
});

test('a message of a transaction that is rolled back was never there', async () => {
	const before = (await rows()).length;
	const failing = write(exchange.db, { actorId: people.chilan.id, now: now() }, async (ctx) => {
		await queueMessage(ctx, code);
		throw new Error('changed my mind');
	});
	await expect(failing).rejects.toThrow('changed my mind');
	expect(await rows()).toHaveLength(before);
	expect(await jobs()).toEqual([]);
});

test('without an address it goes to the profile’s, and one who has none is written down as not told', async () => {
	const send = (accountId: string) =>
		write(exchange.db, { actorId: 'system:test', now: now() }, (ctx) =>
			queueMessage(ctx, { to: { accountId }, template: 'already_registered', params: {} })
		);
	expect(await send(people.chilan.id)).toBe('email');
	expect(await exchange.messagesTo(people.chilan)).toMatchObject([{ address: people.chilan.email }]);
	await asSystem(
		(tx) => tx`update account_profiles set email_sealed = null where account_id = ${people.chuba.id}`
	);
	expect(await send(people.chuba.id)).toBe('sms');
	expect(await exchange.messagesTo(people.chuba)).toMatchObject([{ address: people.chuba.phone }]);
	await asSystem(
		(tx) => tx`update account_profiles set email_sealed = null, phone_sealed = null
			where account_id = ${people.bacsau.id}`
	);
	expect(await send(people.bacsau.id)).toBeNull();
	expect(await exchange.messagesTo(people.bacsau)).toMatchObject([{ state: 'failed', address: null }]);
});

test('parameters of another shape are a fault before anything is stored', async () => {
	const before = (await rows()).length;
	const failing = write(exchange.db, { actorId: 'system:test', now: now() }, (ctx) =>
		queueMessage(ctx, { ...code, params: { code: '<b>', minutes: 10 } })
	);
	await expect(failing).rejects.toThrow();
	expect(await rows()).toHaveLength(before);
});

test('another member neither reads a message nor writes one past the service', async () => {
	await write(exchange.db, { actorId: people.chilan.id, now: now() }, (ctx) => queueMessage(ctx, code));
	const seen = await transaction(
		exchange.db,
		people.chilan.id,
		(tx) => tx`select from messages where account_id = ${people.batu.id}`
	);
	expect(seen).toHaveLength(0);
	await expect(
		transaction(exchange.db, people.batu.id, (tx) => tx`update messages set state = 'sent' returning id`)
	).resolves.toHaveLength(0);
});

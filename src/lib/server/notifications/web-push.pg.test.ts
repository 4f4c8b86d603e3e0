import { createPublicKey, randomBytes, createECDH, verify } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openExchange, people, type Exchange, type Goods } from '../../../../tests/world/exchange.ts';
import { transaction, type Tx } from '$lib/server/db/pool.ts';
import { createHub } from '$lib/server/sync/hub.ts';
import { startPoker, type Poker } from '$lib/server/sync/poker.ts';
import { maxSubscriptions } from '$lib/domain/notifications/push.ts';
import { pushKeys } from './push-keys.ts';
import { putSubscription } from './push-queries.ts';
import { subscribeToPush, unsubscribeFromPush } from './push-service.ts';
import { servePushes } from './testing/push-service.ts';
import { webPusher } from './web-push.ts';

let exchange: Exchange;
let goods: Goods;
let service: Awaited<ReturnType<typeof servePushes>>;
let poker: Poker;
const failed: unknown[] = [];
let uptime = 0;

beforeAll(async () => {
	exchange = await openExchange();
	goods = await exchange.sells(people.batu);
});
afterAll(() => exchange.close());
beforeEach(async () => {
	service = await servePushes();
	failed.length = 0;
	uptime += 1_000_000;
	const pusher = webPusher({
		db: exchange.db,
		contact: 'mailto:van-hanh@example.vn',
		failed: (error) => failed.push(error),
		uptime: () => uptime,
		agent: service.agent
	});
	poker = await startPoker(exchange.db, createHub(), (ids) => void pusher.wake(ids));
});
afterEach(async () => {
	await poker.stop();
	await service.close();
	await asSystem((tx) => tx`delete from push_subscriptions`);
});

/** What a browser would hand over. */
function subscription(name: string, origin = service.origin) {
	const browser = createECDH('prime256v1');
	browser.generateKeys();
	return {
		endpoint: `${origin}/${name}`,
		keys: { p256dh: browser.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') }
	};
}

const allows = (person: { id: string }, name: string) =>
	transaction(exchange.db, 'system:push', (tx) =>
		putSubscription(tx, person.id, subscription(name), new Date().toISOString())
	);

const order = () => exchange.must(people.chilan, { name: 'order.place', input: exchange.order(goods, 2) });

const asSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
	transaction(exchange.db, 'system:test', work);

const endpoints = async (): Promise<string[]> =>
	(
		await asSystem(
			(tx) => tx<{ endpoint: string }[]>`select endpoint from push_subscriptions order by created_at`
		)
	).map((row) => new URL(row.endpoint).pathname.slice(1));

test('sync 11: a new order wakes the seller’s browsers and nobody else’s, and says nothing of it', async () => {
	await allows(people.batu, 'phone');
	await allows(people.batu, 'tablet');
	await allows(people.chuba, 'neighbour');
	await order();
	await vi.waitFor(() => expect(service.pushed).toHaveLength(2));

	expect(service.pushed.map((push) => push.path).sort()).toEqual(['/phone', '/tablet']);
	for (const { headers, body } of service.pushed) {
		expect(body).toHaveLength(0);
		expect(headers.ttl).toBe(String(24 * 3_600));
		const jwt = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization ?? '');
		const [head = '', claims = '', signature = ''] = jwt?.[1]?.split('.') ?? [];
		expect(jwt?.[2]).toBe(pushKeys().publicKey);
		expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
			aud: service.origin,
			sub: 'mailto:van-hanh@example.vn'
		});
		const point = Buffer.from(pushKeys().publicKey, 'base64url');
		const key = createPublicKey({
			format: 'jwk',
			key: {
				kty: 'EC',
				crv: 'P-256',
				x: point.subarray(1, 33).toString('base64url'),
				y: point.subarray(33).toString('base64url')
			}
		});
		const signed = Buffer.from(signature, 'base64url');
		expect(
			verify('sha256', Buffer.from(`${head}.${claims}`), { key, dsaEncoding: 'ieee-p1363' }, signed)
		).toBe(true);
	}
	expect(failed).toEqual([]);
});

test('sync 11: whoever was woken is left alone for a while', async () => {
	await allows(people.batu, 'phone');
	await order();
	await vi.waitFor(() => expect(service.pushed).toHaveLength(1));
	await order();
	uptime += 60_000;
	await order();
	await vi.waitFor(() => expect(service.pushed).toHaveLength(2));
});

test('sync 11: a browser that is gone is forgotten, a service that is away changes nothing', async () => {
	await allows(people.batu, 'phone');
	service.answersWith(503);
	await order();
	await vi.waitFor(() => expect(failed).toHaveLength(1));
	expect(await endpoints()).toEqual(['phone']);

	service.answersWith(410);
	uptime += 60_000;
	await order();
	await vi.waitFor(async () => expect(await endpoints()).toEqual([]));
});

test('sync 11: reading one’s own notices, or an order that is refused, wakes nobody', async () => {
	await allows(people.batu, 'phone');
	await allows(people.chilan, 'lan');
	const refused = await exchange.does(people.chilan, {
		name: 'order.place',
		input: exchange.order(goods, 2, { unitPrice: 1 })
	});
	expect(refused.ok).toBe(false);
	await order();
	await vi.waitFor(() => expect(service.pushed).toHaveLength(1));
	expect(service.pushed[0]?.path).toBe('/phone');
});

test('sync 6: a browser belongs to who signed in there last, and to nobody after they said no', async () => {
	const browser = subscription('shared');
	const put = (person: { id: string }) =>
		transaction(exchange.db, 'system:push', (tx) =>
			putSubscription(tx, person.id, browser, new Date().toISOString())
		);
	await put(people.batu);
	await put(people.chilan);
	await order();
	await unsubscribeFromPush(exchange.db, await actor(people.batu), browser.endpoint);
	expect(await endpoints()).toEqual(['shared']);
	await unsubscribeFromPush(exchange.db, await actor(people.chilan), browser.endpoint);
	expect(await endpoints()).toEqual([]);
	expect(service.pushed).toEqual([]);
});

test('the exchange calls the browsers’ own services alone, and knows only so many browsers of one member', async () => {
	const inside = subscription('x', 'https://127.0.0.1:5432');
	const tu = await actor(people.batu);
	expect(await subscribeToPush(exchange.db, tu, inside, new Date().toISOString())).toMatchObject({
		ok: false
	});
	for (let n = 0; n <= maxSubscriptions; n += 1)
		await subscribeToPush(
			exchange.db,
			tu,
			subscription(`b${n}`, 'https://fcm.googleapis.com'),
			new Date(Date.UTC(2026, 10, 1, 0, n)).toISOString()
		);
	expect(await endpoints()).toEqual(Array.from({ length: maxSubscriptions }, (_, n) => `b${n + 1}`));
});

const actor = (person: typeof people.batu) => exchange.actorNow(person, new Date().toISOString());

test('sync 11: news for a great many are sent some at a time', async () => {
	const members = [people.batu, people.chuba, people.chilan, people.anhminh, people.chihanh];
	for (const person of members)
		for (let n = 0; n < maxSubscriptions; n += 1) await allows(person, `${person.userName}-${n}`);
	const pusher = webPusher({
		db: exchange.db,
		contact: 'mailto:van-hanh@example.vn',
		failed: (error) => failed.push(error),
		agent: service.agent
	});
	await pusher.wake(new Set(members.map(({ id }) => id)));
	expect(failed).toEqual([]);
	expect(service.pushed).toHaveLength(members.length * maxSubscriptions);
	expect(service.mostAtOnce()).toBeLessThanOrEqual(16);
});

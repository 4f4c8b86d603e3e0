import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	businessOf,
	demoPassword,
	openExchange,
	people,
	type Exchange
} from '../../../../tests/world/exchange.ts';
import { validateSession } from '$lib/server/accounts/sessions.ts';
import { signIn } from '$lib/server/accounts/sign-in.ts';
import { anywhere } from '$lib/server/accounts/testing/origin.ts';
import { registerMember } from '$lib/server/accounts/members.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { findPublicListing, findPublicSeller } from '$lib/server/listings/service.ts';
import { write } from '$lib/server/sync/write.ts';
import { closeAccount, closingTies, eraseClosed } from './closing.ts';
import { ownData } from './own-data.ts';
import { readablePage } from './readable.ts';

const { batu, chuba, chilan, anhminh } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const removed: string[] = [];
const files = { delete: async (key: string) => void removed.push(key) };
const now = () => new Date().toISOString();
const enter = (name: string) => signIn(exchange.auth, { name, password: demoPassword, ...anywhere(now()) });

test('TG-16.5 while somebody waits the account stays, and says for whom', async () => {
	const onSale = await exchange.sells(batu);
	await exchange.must(chilan, { name: 'order.place', input: exchange.order(onSale, 1) });
	expect(await closingTies(exchange.db, batu.id)).toEqual(['orders', 'onSale']);
	expect(await closeAccount(exchange.db, batu.id, now())).toMatchObject({
		refusal: { code: 'still_needed', fields: { orders: 'still_needed', onSale: 'still_needed' } }
	});
	expect(await closeAccount(exchange.db, chilan.id, now())).toMatchObject({
		refusal: { fields: { orders: 'still_needed' } }
	});
	expect(await closingTies(exchange.db, anhminh.id)).toEqual(['office']);
});

test('TG-16.5 what is taken out holds all that is one’s own, and nothing of another', async () => {
	const data = await ownData(exchange.db, chilan.id, now());
	const text = JSON.stringify(data);
	for (const own of [chilan.name, chilan.phone, chilan.email, chilan.userName]) expect(text).toContain(own);
	expect(data.orders.length).toBe(1);
	expect(data.orderContacts.length).toBe(1);
	for (const other of [batu.phone, batu.email, batu.name]) expect(text).not.toContain(other);
	const page = readablePage({ ...data, profile: { name: '<script>alert(1)</script>' } });
	expect(page).not.toContain('<script');
	expect(page).toContain('Đơn hàng');
});

test('TG-16.5 LAW-data-subject closed: no way in, no name, free for the next; after three years the key is gone', async () => {
	const [order] = (await ownData(exchange.db, chilan.id, now())).orderContacts;
	await transaction(exchange.db, 'system:test', (tx) => tx`update orders set state = 'delivered'`);
	const session = await enter('chilan');
	if (!session.ok) throw new Error(session.refusal.code);
	expect(await closeAccount(exchange.db, chilan.id, now())).toEqual({ ok: true, value: undefined });
	expect(await validateSession(exchange.auth, session.value.sessionId)).toEqual({
		outcome: 'session',
		session: 'ended'
	});
	expect(await enter('chilan')).toMatchObject({ refusal: { code: 'wrong_credentials' } });
	expect(await closeAccount(exchange.db, chilan.id, now())).toMatchObject({ refusal: { code: 'not_found' } });
	const again = await write(exchange.db, { actorId: 'system:test', now: now() }, (ctx) =>
		registerMember(ctx, {
			name: 'Trần Lan',
			phone: chilan.phone,
			password: 'mật khẩu đủ dài',
			roles: ['buyer']
		})
	);
	expect(again.ok).toBe(true);

	// The order keeps where it went, as the law asks, until three years have passed.
	expect((await ownData(exchange.db, chilan.id, now())).orderContacts).toEqual([order]);
	expect(await eraseClosed(exchange.db, files, now())).toBe(0);
	const later = new Date(Date.now() + (3 * 366 + 1) * 86_400_000).toISOString();
	expect(await eraseClosed(exchange.db, files, later)).toBe(1);
	expect(await eraseClosed(exchange.db, files, later)).toBe(0);
	const { profile, orderContacts } = await ownData(exchange.db, chilan.id, now());
	expect({ profile, orderContacts }).toEqual({ profile: {}, orderContacts: [{ code: order?.code }] });
});

test('TG-16.5 TG-15.1 of a seller who closed nothing is public: no page, no goods, no line in the feed', async () => {
	const sold = await exchange.sells(chuba);
	expect(await findPublicSeller(exchange.db, businessOf(chuba))).not.toBeNull();
	expect(await closeAccount(exchange.db, chuba.id, now())).toMatchObject({
		refusal: { fields: { onSale: 'still_needed' } }
	});
	await exchange.must(chuba, { name: 'listing.withdraw', input: { listingId: sold.id, base: 2 } });
	expect(await closingTies(exchange.db, chuba.id)).toEqual([]);
	expect((await closeAccount(exchange.db, chuba.id, now())).ok).toBe(true);
	expect(await findPublicSeller(exchange.db, businessOf(chuba))).toBeNull();
	expect(await findPublicListing(exchange.db, sold.id)).toBeNull();
	expect(await exchange.feed('public', 'listings', sold.id)).toBeNull();
});

import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { demoPassword, openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { write } from '$lib/server/sync/write.ts';
import { keysLeft, loadKeyRoot, rewrapKeys } from './key-rotation.ts';
import { registerMember } from './members.ts';
import { destroyPersonKey, keyFor, seal, unseal, useMasterKey } from './sealing.ts';
import { signIn } from './sign-in.ts';
import { anywhere } from './testing/origin.ts';

const first = Buffer.alloc(32, 'a key for tests');
const now = '2026-11-22T01:00:00.000Z';
let exchange: Exchange;
const opened: Exchange[] = [];
beforeEach(async () => {
	exchange = await openExchange();
	opened.push(exchange);
});
afterAll(() => Promise.all(opened.map((one) => one.close())));

const inside = <T>(work: Parameters<typeof transaction<T>>[2]) =>
	transaction(exchange.db, 'system:test', work);

/** The program starts anew with these keys. */
async function restart(current: Buffer, others: readonly Buffer[]): Promise<void> {
	useMasterKey(current, others);
	await loadKeyRoot(exchange.db);
}

const enters = async () =>
	(await signIn(exchange.auth, { name: people.batu.phone, password: demoPassword, ...anywhere(now) })).ok;

async function rotate(current: Buffer, others: readonly Buffer[]): Promise<void> {
	await restart(current, others);
	await rewrapKeys(exchange.db, now);
}

test('LAW-data-subject after a rotation all is read with the new key alone, sign-in and web push included', async () => {
	const sealed = await inside((tx) => seal(tx, people.batu.id, 'Nguyễn Thị Tư'));
	const lasting = keyFor('web push');
	let before = first;
	for (const next of [randomBytes(32), randomBytes(32), randomBytes(32)]) {
		await rotate(next, [before]);
		expect(await keysLeft(exchange.db)).toBe(0);
		await restart(next, []);
		expect(await inside((tx) => unseal(tx, [sealed]))).toEqual(['Nguyễn Thị Tư']);
		expect(keyFor('web push')).toEqual(lasting);
		expect(await enters()).toBe(true);
		before = next;
	}
});

test('LAW-data-subject nothing is unreadable in the middle: half the keys old, half new, after a kill', async () => {
	const ids = Object.values(people)
		.slice(0, 4)
		.map(({ id }) => id);
	const sealed = await inside((tx) => Promise.all(ids.map((id) => seal(tx, id, `của ${id}`))));
	const next = randomBytes(32);
	await restart(next, [first]);
	// Somebody holds one row: the others go first, and the program dies before it comes to that one.
	await inside(async (tx) => {
		await tx`select from person_keys where account_id = ${people.batu.id} for update`;
		await rewrapKeys(exchange.db, now);
	});
	expect(await keysLeft(exchange.db)).toBe(1);
	for (const [current, others] of [
		[next, [first]],
		[first, [next]]
	] as const) {
		await restart(current, others);
		expect(await inside((tx) => unseal(tx, sealed))).toEqual(ids.map((id) => `của ${id}`));
		expect(await enters()).toBe(true);
	}
	await rotate(next, [first]);
	await restart(next, []);
	expect(await inside((tx) => unseal(tx, sealed))).toEqual(ids.map((id) => `của ${id}`));
});

test('who registers meanwhile is readable, who is erased stays erased', async () => {
	const next = randomBytes(32);
	await inside((tx) => destroyPersonKey(tx, people.chuba.id, now));
	await restart(next, [first]);
	const id = randomUUID();
	await Promise.all([
		rewrapKeys(exchange.db, now),
		write(exchange.db, { actorId: 'system:test', now }, (ctx) =>
			registerMember(ctx, {
				id,
				name: 'Người Mới',
				userName: 'nguoi_moi',
				password: 'mật khẩu đủ dài',
				roles: ['buyer']
			})
		)
	]);
	await restart(next, []);
	const [row] = await inside(
		(tx) => tx<{ wrapped: Uint8Array | null }[]>`
		select wrapped from person_keys where account_id = ${people.chuba.id}`
	);
	expect(row?.wrapped).toBeNull();
	const sealed = await inside((tx) => seal(tx, id, 'đọc được'));
	expect(await inside((tx) => unseal(tx, [sealed]))).toEqual(['đọc được']);
});

test('a key nobody has opens nothing, and says what to do', async () => {
	const sealed = await inside((tx) => seal(tx, people.batu.id, 'kín'));
	useMasterKey(randomBytes(32));
	await expect(inside((tx) => unseal(tx, [sealed]))).rejects.toThrow(/rotation/);
});

import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb, transaction, type Sql } from '$lib/server/db/pool.ts';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { blindIndex, createPersonKey, destroyPersonKey, seal, unseal, useMasterKey } from './sealing.ts';

const master = randomBytes(32);
let database: FreshDatabase;
let db: Sql;

beforeAll(async () => {
	useMasterKey(master);
	database = await freshDatabase();
	db = openDb({ url: database.appUrl, role: 'san_app' });
});

afterAll(async () => {
	await db.end();
	await database.drop();
});

async function person(): Promise<string> {
	const id = randomUUID();
	await transaction(db, id, async (tx) => {
		await tx`insert into accounts (id) values (${id})`;
		await createPersonKey(tx, id);
	});
	return id;
}

test('TG-16.2 what is sealed opens again, and the sealed text shows nothing of it', async () => {
	const tu = await person();
	await transaction(db, tu, async (tx) => {
		const sealed = await seal(tx, tu, 'Nguyễn Thị Tư, 0912 345 678');
		expect(sealed).not.toMatch(/Nguyễn|0912/);
		expect(await unseal(tx, [sealed])).toEqual(['Nguyễn Thị Tư, 0912 345 678']);
	});
});

test('TG-16.2 the same text sealed twice differs, so that equal phones cannot be found by comparing', async () => {
	const tu = await person();
	await transaction(db, tu, async (tx) => {
		expect(await seal(tx, tu, 'x')).not.toBe(await seal(tx, tu, 'x'));
	});
});

test('TG-16.2 a sealed text cannot be passed off as another person’s, nor be changed', async () => {
	const [tu, lan] = [await person(), await person()];
	await transaction(db, tu, async (tx) => {
		const sealed = await seal(tx, tu, 'của bà Tư');
		await expect(unseal(tx, [sealed.replace(tu, lan)])).rejects.toThrow();
		const last = sealed.at(-1) === 'A' ? 'B' : 'A';
		await expect(unseal(tx, [sealed.slice(0, -2) + last + last])).rejects.toThrow();
	});
});

test('LAW-data-subject destroying the key erases every copy and leaves other people readable', async () => {
	const [tu, lan] = [await person(), await person()];
	await transaction(db, tu, async (tx) => {
		const sealed = [await seal(tx, tu, 'một'), await seal(tx, lan, 'hai')];
		await destroyPersonKey(tx, tu, '2026-11-23T02:00:00.000Z');
		expect(await unseal(tx, sealed)).toEqual([null, 'hai']);
		await expect(seal(tx, tu, 'ba')).rejects.toThrow(/no key/);
		await createPersonKey(tx, tu);
		expect(await unseal(tx, sealed)).toEqual([null, 'hai']);
	});
});

test('TG-16.2 with another master key nothing opens and no name is found', async () => {
	const tu = await person();
	const index = blindIndex('0912345678');
	const sealed = await transaction(db, tu, (tx) => seal(tx, tu, 'x'));
	useMasterKey(randomBytes(32));
	try {
		await expect(transaction(db, tu, (tx) => unseal(tx, [sealed]))).rejects.toThrow();
		expect(blindIndex('0912345678').equals(index)).toBe(false);
	} finally {
		useMasterKey(master);
	}
});

test('TG-16.2 keys cannot be read by a transaction that names nobody', async () => {
	await person();
	await expect(db`select * from person_keys`).rejects.toThrow(/no actor/);
});

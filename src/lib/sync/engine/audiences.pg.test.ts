import { openTestDevice, type TestDevice } from '../test-world.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { transaction } from '$lib/server/db/pool.ts';
import type { CaseDoc } from '$lib/domain/moderation/schema.ts';
import { compactFeed } from '$lib/server/sync/queries.ts';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { readCases, readDocs, readMyListings } from '../reads.ts';
import { documentKey } from '../store/documents.ts';

let exchange: Exchange;
const open: TestDevice[] = [];

async function device(person: (typeof people)['batu']) {
	const opened = await openTestDevice(exchange, person);
	open.push(opened);
	return opened;
}

/** Everything that lies on the disk of a collection, deleted documents included. */
async function onDisk(of: TestDevice, collection: 'cases' | 'listings'): Promise<unknown[]> {
	const { dexieTable } = await of.store.docs[collection].storageInstance.internals;
	return dexieTable.toArray();
}

const asSystem = (sql: (tx: Parameters<Parameters<typeof transaction>[2]>[0]) => Promise<unknown>) =>
	transaction(exchange.db, 'system:test', sql);

beforeAll(async () => {
	exchange = await openExchange();
});
afterEach(async () => {
	for (const opened of open.splice(0)) await opened.close();
});
afterAll(() => exchange.close());

const listingOf = (doc: CaseDoc) => (doc.kind === 'listing' ? doc.listingId : null);

describe('sync 8: a device holds only what its user may see', () => {
	test('sync 8: an officer who leaves the agency loses its cases from the disk; coming back brings all', async () => {
		const { id } = await exchange.submits(people.batu, { title: 'Bưởi da xanh cù lao' });
		const minh = await device(people.anhminh);
		await minh.sync();
		expect((await readCases(minh.store)).map((view) => listingOf(view.case))).toContain(id);

		await asSystem((tx) => tx`update posts set valid_to = now() where account_id = ${people.anhminh.id}`);
		await minh.sync();
		expect(await readCases(minh.store)).toEqual([]);
		expect(await onDisk(minh, 'cases')).toEqual([]);
		expect((await minh.store.local.pulls.get('cases'))?.positions).not.toHaveProperty('agency:so-nnmt');

		await asSystem((tx) => tx`update posts set valid_to = null where account_id = ${people.anhminh.id}`);
		await minh.sync();
		expect((await readCases(minh.store)).map((view) => listingOf(view.case))).toContain(id);
	});

	test('sync 8: a purge cut short is finished by the next pull', async () => {
		await exchange.submits(people.batu, { title: 'Mãng cầu xiêm' });
		const minh = await device(people.anhminh);
		await minh.sync();
		// Killed after the position was forgotten and before the documents were removed.
		const pull = await minh.store.local.pulls.get('cases');
		if (!pull) throw new Error('cases were not pulled');
		await minh.store.local.pulls.put({ ...pull, positions: {}, purging: true });
		await asSystem((tx) => tx`update posts set valid_to = now() where account_id = ${people.anhminh.id}`);
		await minh.sync();
		expect(await onDisk(minh, 'cases')).toEqual([]);
		await asSystem((tx) => tx`update posts set valid_to = null where account_id = ${people.anhminh.id}`);
	});

	test('sync 8: one person with two projections of one thing sees it once, the newer one', async () => {
		const minh = await device(people.anhminh);
		const { id } = await exchange.submits(people.batu, { title: 'Sơ ri Gò Công' });
		await minh.sync();
		const [doc] = (await minh.store.docs.cases.find().exec()).filter((d) => listingOf(d.data) === id);
		if (!doc) throw new Error('no case');
		const older = doc.toMutableJSON();
		await minh.store.docs.cases.insert({
			...older,
			key: documentKey('agency:so-cong-thuong', older.id),
			audience: 'agency:so-cong-thuong',
			version: older.version - 1,
			data: { ...older.data, code: 'older' }
		});
		const seen = (await readCases(minh.store)).filter((view) => listingOf(view.case) === id);
		expect(seen.map((view) => view.case.code)).toEqual([older.data.code]);
	});

	test('sync 8: what leaves the public leaves the disk', async () => {
		const listing = await exchange.sells(people.batu, { title: 'Vú sữa Lò Rèn' });
		const lan = await device(people.chilan);
		await lan.sync();
		expect((await readDocs(lan.store, 'listings')).has(listing.id)).toBe(true);
		const mine = await exchange.feed(`user:${people.batu.id}`, 'mine', listing.id);
		await exchange.must(people.batu, {
			name: 'listing.withdraw',
			input: { listingId: listing.id, base: revOf(mine) }
		});
		await lan.sync();
		expect((await readDocs(lan.store, 'listings')).has(listing.id)).toBe(false);
		expect(JSON.stringify(await onDisk(lan, 'listings'))).not.toContain('Vú sữa Lò Rèn');
	});
});

describe('sync 7: a pull never skips a committed change', () => {
	test('sync 7: a transaction that began first and commits last arrives all the same', async () => {
		const lan = await device(people.chilan);
		await lan.sync();
		const slow = await exchange.submits(people.batu, { title: 'Chôm chôm nhãn' });
		let letGo: () => void = () => undefined;
		let began: () => void = () => undefined;
		const begun = new Promise<void>((resolve) => (began = resolve));
		const late = asSystem(async (tx) => {
			await tx`select pg_current_xact_id()`;
			began();
			await new Promise<void>((resolve) => (letGo = resolve));
			await tx`select feed_publish('notifications', ${slow.id}, array[${`user:${people.chilan.id}`}],
				array[${JSON.stringify(note(slow.id))}]::text[]::jsonb[])`;
		});
		await begun;
		const quick = randomUUID();
		await asSystem(
			(tx) => tx`select feed_publish('notifications', ${quick}, array[${`user:${people.chilan.id}`}],
				array[${JSON.stringify(note(quick))}]::text[]::jsonb[])`
		);
		await lan.sync();
		letGo();
		await late;
		await lan.sync();
		expect([...(await readDocs(lan.store, 'notifications')).keys()]).toEqual(
			expect.arrayContaining([slow.id, quick])
		);
	});

	test('sync 7: pages of two rows bring the same as one page', async () => {
		const { pullCollection } = await import('./pull.ts');
		const minh = await device(people.anhminh);
		await minh.sync();
		const whole = [...(await readDocs(minh.store, 'cases')).keys()].sort();
		expect(whole.length).toBeGreaterThan(2);
		await minh.close();
		const again = await device(people.anhminh);
		const { pull } = await import('$lib/server/sync/pull.ts');
		await pullCollection(
			again.store,
			{
				pull: async (request) =>
					pull(
						exchange.db,
						{ kind: 'actor', actor: again.actor, sessionId: 's' },
						request,
						new Date().toISOString()
					)
			},
			'cases',
			{ limit: 2 }
		);
		expect([...(await readDocs(again.store, 'cases')).keys()].sort()).toEqual(whole);
	});
});

describe('sync 9: tombstones do not stay for ever', () => {
	test('sync 9: a device that was away for long loses what is gone and keeps the rest', async () => {
		const lan = await device(people.chilan);
		const own = `user:${people.chilan.id}`;
		const [stays, goes] = [randomUUID(), randomUUID()];
		for (const id of [stays, goes])
			await asSystem(
				(tx) => tx`select feed_publish('notifications', ${id}, array[${own}],
					array[${JSON.stringify(note(id))}]::text[]::jsonb[])`
			);
		await lan.sync();
		lan.wire.up = false;
		await asSystem(
			(tx) => tx`select feed_publish('notifications', ${goes}, array[]::text[], array[]::jsonb[])`
		);
		await asSystem((tx) => compactFeed(tx, '2030-01-01T00:00:00Z', '60 days'));
		await asSystem((tx) => compactFeed(tx, '2030-03-15T00:00:00Z', '60 days'));
		const tombstones = await exchange.owner`select from sync_feed where doc_id = ${goes}`;
		expect(tombstones).toHaveLength(0);
		expect([...(await readDocs(lan.store, 'notifications')).keys()]).toContain(goes);

		lan.wire.up = true;
		await lan.sync();
		const seen = [...(await readDocs(lan.store, 'notifications')).keys()];
		expect(seen).toContain(stays);
		expect(seen).not.toContain(goes);
	});
});

describe('sync 13: a new epoch', () => {
	test('sync 13: everything is read again, what is gone is swept, nothing unsent is lost', async () => {
		const tu = await device(people.batu);
		await exchange.submits(people.batu, { title: 'Mận An Phước' });
		await tu.sync();
		const before = (await readMyListings(tu.store)).map((view) => view.id).sort();
		const key = documentKey(`user:${people.batu.id}`, randomUUID());
		const [any] = (await tu.store.docs.mine.find().exec()).map((doc) => doc.toMutableJSON());
		if (!any) throw new Error('bà Tư has no listing');
		// A document the restored server knows nothing of.
		await tu.store.docs.mine.insert({ ...any, key, id: key.split('|')[1] ?? '' });
		await exchange.owner`update exchange set epoch = gen_random_uuid()`;
		await tu.sync();
		expect((await readMyListings(tu.store)).map((view) => view.id).sort()).toEqual(before);
		expect(await tu.store.docs.mine.findOne(key).exec()).toBeNull();
	});
});

const revOf = (doc: unknown): number =>
	typeof doc === 'object' && doc !== null && 'rev' in doc && typeof doc.rev === 'number' ? doc.rev : 0;

const note = (id: string) => ({
	id,
	kind: 'order_new',
	subjectId: id,
	facts: {},
	at: '2026-11-22T01:00:00.000Z',
	readAt: null
});

// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyBusiness, emptyPerson } from '$lib/domain/businesses/empty.ts';
import { createDraft } from '../outbox/drafts.ts';
import type { Transport } from '../transport/transport.ts';
import { openStore, type Store } from '../store/store.ts';
import type { StateRow } from '../store/local.ts';
import { applyPage } from './apply-page.ts';
import { SyncEngine } from './engine.ts';
import { applySessionEnd } from './session.ts';

const here = { now: () => '2026-11-22T01:00:00.000Z', newId: () => randomUUID() };
const now = Date.parse(here.now());
let userId: string;
let store: Store;
beforeEach(async () => {
	userId = randomUUID();
	store = await openStore({ userId, multiInstance: false, prefix: `session-${randomUUID()}` });
});
afterEach(() => store.close());

const never = () => Promise.reject(new Error('nothing is asked any more'));
const silent: Transport = {
	pull: never,
	push: never,
	manifest: never,
	pack: never,
	session: never,
	events: () => () => undefined
};
const knownBusiness: NonNullable<StateRow['knownBusiness']> = {
	id: randomUUID(),
	rev: 1,
	state: 'confirmed',
	content: { ...emptyBusiness, name: 'Vườn bà Tư' },
	person: { ...emptyPerson, identityNumber: '082179000001' },
	departments: [],
	files: [],
	openSectors: [],
	closedSectors: [],
	papers: [],
	identity: { state: 'none', method: null, at: null, dutyFrom: '2027-01-01' },
	updatedAt: here.now()
};

test.each(['ended', 'locked', 'revoked'] as const)(
	'sync 6: a session that is %s takes along what the exchange said of the business',
	async (why) => {
		await store.local.state.update('this', { knownBusiness });
		await applySessionEnd(store, why, now);
		expect((await store.readState()).knownBusiness).toBeNull();
	}
);

test('sync 6: killed in the middle of that wipe, a device finishes it without a network', async () => {
	const doc = { id: 'a', kind: 'order_new', subjectId: 'a', facts: {}, at: here.now(), readAt: null };
	await applyPage(store, 'notifications', {
		outcome: 'page',
		rows: [{ audience: `user:${userId}`, id: 'a', version: 1, doc }],
		positions: { [`user:${userId}`]: { version: 1, id: 'a' } },
		more: false,
		horizon: 10,
		epoch: 'e1',
		serverTime: here.now()
	});
	const { listingId } = await createDraft(store, here);
	// What `applySessionEnd` writes first, and then the phone was dead.
	await store.changeState({ session: 'revoked' });
	const engine = new SyncEngine({ store, here, transport: silent });
	expect(await engine.round()).toBe('stopped');
	expect(await store.docs.notifications.find().exec()).toEqual([]);
	expect((await store.docs.drafts.find().exec()).map(({ id }) => id)).toEqual([listingId]);
});

// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { emptyListing } from '$lib/domain/listings/schema.ts';
import { keepPhoto } from '../blobs/photos.ts';
import { applyPage } from '../engine/apply-page.ts';
import { createDraft, queueDraftSave, typeIntoDraft, type Here } from '../outbox/drafts.ts';
import { enqueue, settle } from '../outbox/outbox.ts';
import { openStore } from '../store/store.ts';
import { diagnose } from './diagnostics.ts';

const here: Here = { now: () => '2026-11-22T01:00:00.000Z', newId: () => randomUUID() };

test('the diagnostics file holds counts and codes, and nothing that names a person, a thing or a device', async () => {
	const me = randomUUID();
	const store = await openStore({ userId: me, multiInstance: false, prefix: 'diagnose' });
	const { listingId } = await createDraft(store, here);
	await typeIntoDraft(store, here, listingId, {
		...emptyListing,
		title: 'Sầu riêng của bà Tư',
		place: 'Ấp Tân Sơn'
	});
	await queueDraftSave(store, here, listingId);
	await keepPhoto(store, { bytes: new ArrayBuffer(9), type: 'image/jpeg', thumb: null }, here.now());
	const order = await enqueue(
		store.local,
		{
			name: 'order.place',
			input: {
				orderId: randomUUID(),
				listingId: randomUUID(),
				listingRev: 1,
				quantity: 1,
				unitPrice: 1,
				contact: { name: 'Trần Ngọc Lan', phone: '0900000003', address: '12 Lê Lợi', wardCode: '' },
				payment: 'tien-mat',
				shipping: 'chanh-xe',
				note: 'Gọi trước khi giao'
			}
		},
		{ id: here.newId(), deviceTime: here.now() }
	);
	await settle(store.local, {
		id: order.id,
		outcome: 'refused',
		refusal: { code: 'price_changed', facts: { unitPrice: 2 } },
		receivedAt: here.now()
	});
	await applyPage(store, 'notifications', {
		outcome: 'page',
		rows: [],
		positions: { [`user:${me}`]: { version: 5, id: randomUUID() } },
		more: false,
		horizon: 9,
		epoch: randomUUID(),
		serverTime: here.now()
	});

	const storage = { usage: 1, quota: 2, persisted: true, failed: null };
	const told = await diagnose(store, storage, { now: here.now(), browser: 'a browser', networkUp: true });
	expect(JSON.parse(told)).toMatchObject({
		outbox: {
			byNameAndState: { 'draft.save waiting': 1, 'order.place refused': 1 },
			refusals: { price_changed: 1 }
		},
		drafts: { count: 1, withConflicts: 0 },
		photos: { byState: { on_device: 1 }, bytes: 9 },
		pulls: [{ collection: 'notifications', audiences: { user: 1 }, horizon: 9 }]
	});
	expect(told).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|[0-9a-f]{64}/);
	expect(told).not.toMatch(/0\d{9}/);
	for (const word of ['Sầu', 'Tư', 'Lan', 'Tân Sơn', 'Lê Lợi', 'Gọi', 'tien-mat'])
		expect(told).not.toContain(word);
	await store.close();
});

// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import { emptyListing } from '$lib/domain/listings/schema.ts';
import type { AnyCommand } from '../protocol/commands.ts';
import type { CommandAnswer, PushRequest } from '../protocol/wire.ts';
import { enqueue, refuseHere, retryRefused } from '../outbox/outbox.ts';
import { openStore, type Store } from '../store/store.ts';
import { pushBatch } from './push.ts';

const at = '2026-11-22T01:00:00.000Z';
const listingId = randomUUID();
let store: Store;
let left: PushRequest['commands'];
let refusal: Refusal | null;

beforeEach(async () => {
	store = await openStore({ userId: randomUUID(), multiInstance: false, prefix: `push-${randomUUID()}` });
	left = [];
	refusal = null;
});
afterEach(() => store.close());

const say = (command: AnyCommand) => enqueue(store.local, command, { id: randomUUID(), deviceTime: at });
const send = () =>
	pushBatch(
		store,
		{
			push: (request) => {
				left.push(...request.commands);
				const answers: CommandAnswer[] = [];
				for (const { id } of request.commands)
					if (refusal) answers.push({ id, outcome: 'refused', refusal, receivedAt: at });
				return Promise.resolve({ outcome: 'answers', answers, serverTime: at, epoch: 'e1' });
			}
		},
		new Set(),
		() => at
	);
const submit: AnyCommand = {
	name: 'listing.submit',
	input: { listingId, base: 1, content: { ...emptyListing, price: 1_000 } }
};
const withdraw: AnyCommand = { name: 'listing.withdraw', input: { listingId, base: 1 } };

test('sync 2: the exchange is not asked to wait for a command that was thrown away before it left', async () => {
	const submitted = await say(submit);
	expect((await say(withdraw)).after).toEqual([submitted.id]);
	await say({ name: 'draft.discard', input: { listingId, base: 1 } });
	await send();
	expect(left.map(({ name, after }) => [name, after])).toEqual([['listing.withdraw', []]]);
});

test('sync 2: what is tried again while what it builds on stays refused is refused here, and blocks nothing', async () => {
	const submitted = await say(submit);
	const asked = await say(withdraw);
	await refuseHere(store.local, submitted.seq, { code: 'photo_refused' }, at);
	await retryRefused(store.local, asked.id, { newId: randomUUID, deviceTime: at });
	await send();
	expect(left).toEqual([]);
	expect((await store.local.outbox.toArray()).map((row) => row.refusal?.code)).toEqual([
		'photo_refused',
		'depends_on_refused'
	]);
});

test('sync 13: text that is given back too late and has no working copy any more stays, refused', async () => {
	refusal = { code: 'stale_version' };
	const fields = { title: 'Sầu riêng Ri6' };
	const saved = await say({ name: 'draft.save', input: { listingId, base: 1, fields } });
	await store.local.outbox.update(saved.seq, { again: true, sent: true });
	await send();
	expect(await store.local.outbox.toArray()).toMatchObject([
		{ state: 'refused', refusal, input: { fields } }
	]);
});

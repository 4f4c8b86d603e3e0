// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptyListing } from '$lib/domain/listings/schema.ts';
import type { NeedContent } from '$lib/domain/needs/schema.ts';
import type { AnyCommand } from '../protocol/commands.ts';
import { firstState, LocalDb } from '../store/local.ts';
import { checkCommand } from './check-command.ts';
import { discard, enqueue, markSending, markWaiting, retryRefused, settle } from './outbox.ts';

let local: LocalDb;
beforeEach(async () => {
	local = new LocalDb(`outbox-${randomUUID()}`);
	await local.state.add(firstState(randomUUID()));
});
afterEach(() => local.delete());

const at = '2026-11-22T01:00:00.000Z';
const say = (command: AnyCommand, more: { after?: string[] } = {}) =>
	enqueue(local, command, { id: randomUUID(), deviceTime: at, ...more });

const save = (listingId: string, title: string, base = 0): AnyCommand => ({
	name: 'draft.save',
	input: { listingId, base, fields: { title } }
});
const advance = (orderId: string): AnyCommand => ({
	name: 'order.advance',
	input: {
		orderId,
		rev: 1,
		event: 'confirm',
		reason: '',
		carrier: '',
		trackingCode: '',
		shippingFee: null
	}
});
const wanted: NeedContent = {
	title: 'Cần mua xoài',
	categoryId: 'trai-cay',
	quantity: 20,
	unit: 'kg',
	rhythm: 'once',
	price: null,
	description: '',
	wardCode: '28261',
	until: '2026-12-20'
};
const refuse = (id: string) =>
	settle(local, {
		id,
		outcome: 'refused',
		refusal: { code: 'illegal_transition' },
		receivedAt: at
	});
const rows = () => local.outbox.orderBy('seq').toArray();

describe('sync 1: order and freezing', () => {
	test('sync 1: many commands at once get each their own place', async () => {
		const listings = Array.from({ length: 30 }, () => randomUUID());
		await Promise.all(listings.map((id) => say(save(id, 'Cam sành'))));
		const seqs = (await rows()).map((row) => row.seq);
		expect(seqs).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
	});

	test('sync 1: a number is never given twice, even after its command has gone', async () => {
		const first = await say(save(randomUUID(), 'Cam sành'));
		await discard(local, first.id);
		const second = await say(save(randomUUID(), 'Cam xoàn'));
		expect(second.seq).toBe(first.seq + 1);
	});

	test('sync 1: what has left the device is not replaced, only followed', async () => {
		const id = randomUUID();
		const first = await say(save(id, 'Cam'));
		await markSending(local, await rows());
		await markWaiting(local);
		await say(save(id, 'Cam sành'));
		expect((await rows()).map((row) => [row.id === first.id, row.sent, row.state])).toEqual([
			[true, true, 'waiting'],
			[false, false, 'waiting']
		]);
	});

	test('sync 1: a command discarded in another tab is not sent from an older list', async () => {
		const row = await say(advance(randomUUID()));
		await discard(local, row.id);
		expect(await markSending(local, [row])).toEqual([]);
	});

	test('sync 1: an answer that comes twice changes nothing', async () => {
		const row = await say(advance(randomUUID()));
		await markSending(local, [row]);
		const answer = {
			id: row.id,
			outcome: 'applied',
			version: 7,
			receipt: 'AB12',
			receivedAt: at
		} as const;
		await settle(local, answer);
		await refuse(row.id);
		expect(await rows()).toMatchObject([{ state: 'acknowledged', version: 7, refusal: null }]);
	});
});

describe('sync 2: refused, fixed, discarded', () => {
	test('sync 2: a chain is refused together and retried together, under new ids', async () => {
		const order = randomUUID();
		const first = await say(advance(order));
		const second = await say(advance(order));
		const third = await say(advance(order));
		expect(third.after).toEqual([first.id, second.id]);
		await markSending(local, [first]);
		await refuse(first.id);
		expect((await rows()).map((row) => row.refusal?.code)).toEqual([
			'illegal_transition',
			'depends_on_refused',
			'depends_on_refused'
		]);

		await retryRefused(local, first.id, { newId: randomUUID, deviceTime: at });
		const again = await rows();
		expect(again.map((row) => row.state)).toEqual(['waiting', 'waiting', 'waiting']);
		expect(again.map((row) => row.id)).not.toContain(first.id);
		expect(again[2]?.after).toEqual([again[0]?.id, again[1]?.id]);
		expect(again.every((row) => !row.sent)).toBe(true);
	});

	test('sync 2: acting anew answers the refusal', async () => {
		const order = randomUUID();
		const first = await say(advance(order));
		await markSending(local, [first]);
		await refuse(first.id);
		const second = await say(advance(order));
		expect((await rows()).map((row) => row.id)).toEqual([second.id]);
		expect(second.after).toEqual([]);
	});

	test('sync 2: what is refused stays where the store does not take the command that answers it', async () => {
		const order = randomUUID();
		const first = await say(advance(order));
		const second = await say(advance(order));
		await markSending(local, [first]);
		await refuse(first.id);
		const full = () => {
			throw new DOMException('full', 'QuotaExceededError');
		};
		local.outbox.hook('creating', full);
		await expect(say(advance(order))).rejects.toThrow('full');
		expect((await rows()).map((row) => row.id)).toEqual([first.id, second.id]);
	});

	test('sync 2: what was refused only because it built on the refused one goes with it', async () => {
		const id = randomUUID();
		const submit: AnyCommand = {
			name: 'need.submit',
			input: { needId: id, base: 0, content: wanted }
		};
		const first = await say(submit);
		await say({ name: 'need.close', input: { needId: id, base: 1 } });
		await markSending(local, [first]);
		await refuse(first.id);
		const again = await say(submit);
		expect((await rows()).map((row) => row.id)).toEqual([again.id]);
	});

	test('sync 2: discarding takes what builds on it along, and nothing that may be with the server', async () => {
		const order = randomUUID();
		const first = await say(advance(order));
		const second = await say(advance(order));
		await markSending(local, [first]);
		expect(await discard(local, first.id)).toBe(false);
		await refuse(first.id);
		expect(await discard(local, first.id)).toBe(true);
		expect(await rows()).toEqual([]);
		expect(await discard(local, second.id)).toBe(true);
	});

	test('sync 2: a newer text takes the place of one the exchange does not take', async () => {
		const id = randomUUID();
		const first = await say(save(id, 'Cam'));
		await local.outbox.update(first.seq, { state: 'quarantined', sent: true });
		await say(save(id, 'Cam sành'));
		expect(await rows()).toMatchObject([{ state: 'waiting', input: { fields: { title: 'Cam sành' } } }]);
	});

	test('sync 2: throwing a draft away takes its unsent saves along', async () => {
		const id = randomUUID();
		await say(save(id, 'Cam'));
		await say({ name: 'draft.discard', input: { listingId: id, base: 0 } });
		expect((await rows()).map((row) => row.name)).toEqual(['draft.discard']);
	});
});

describe('what is checked before it is queued', () => {
	test('an input is cleaned as the exchange would clean it', () => {
		const checked = checkCommand('draft.save', {
			listingId: randomUUID(),
			base: 0,
			fields: { title: '  Cam   sành\u0300 ' }
		});
		expect(checked).toMatchObject({
			ok: true,
			value: { input: { fields: { title: 'Cam sành\u0300'.normalize('NFC') } } }
		});
	});

	test('what is missing is named field by field', () => {
		const input = { listingId: randomUUID(), base: 0, content: { ...emptyListing, title: 'Cam sành' } };
		const checked = checkCommand('listing.submit', input);
		expect(checked.ok).toBe(false);
		expect(checked.ok ? {} : checked.refusal.fields).toHaveProperty(['content.price']);
	});
});

test('sync 13: what is sent once more under a new id is new to the exchange, whatever it had before', async () => {
	const row = await say(advance(randomUUID()));
	await local.outbox.update(row.seq, { again: true, sent: true });
	await refuse(row.id);
	await retryRefused(local, row.id, { newId: () => randomUUID(), deviceTime: at });
	const [fresh] = await local.outbox.toArray();
	expect(fresh?.again ?? false).toBe(false);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import { transaction } from '../db/pool.ts';
import { beginEpoch } from '../sync/epoch.ts';
import { readAnnounced } from '../sync/queries.ts';
import { write } from '../sync/write.ts';
import { notify } from './service.ts';

const { batu, chilan } = people;
const now = () => new Date().toISOString();
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange({ members: [batu, chilan] });
});
afterAll(() => exchange.close());

/** A line in the box of bà Tư, which a restore has lost and its command will make again. */
async function lostLine() {
	const by = { actorId: 'system:test', now: now(), commandId: randomUUID() };
	const subjectId = randomUUID();
	const make = () => write(exchange.db, by, (ctx) => notify(ctx, batu.id, 'order_new', subjectId, {}));
	await make();
	const [line] = await transaction(
		exchange.owner,
		'system:test',
		(tx) => tx<{ id: string }[]>`
			with lost as (delete from sync_feed where doc ->> 'subjectId' = ${subjectId})
			delete from notifications where subject_id = ${subjectId} returning id`
	);
	const id = line?.id ?? '';
	return {
		make,
		read: (person: Person) => exchange.must(person, { name: 'notification.read', input: { ids: [id] } }),
		shown: () => exchange.feed(`user:${batu.id}`, 'notifications', id)
	};
}

const restored = async () =>
	beginEpoch(exchange.owner, {
		from: (await readAnnounced(exchange.db)).epoch,
		now: now(),
		why: 'test'
	});

test('sync 13: a line that was read before it came back after a restore is read when it comes', async () => {
	const { make, read, shown } = await lostLine();
	await restored();
	await read(batu);
	expect(await shown()).toBeUndefined();
	await make();
	expect(await shown()).toMatchObject({ kind: 'order_new', readAt: expect.any(String) });
	await expect(make(), 'the same line twice is a fault').rejects.toThrow('already');
});

test('sync 13: nobody reads ahead for another', async () => {
	const { make, read, shown } = await lostLine();
	await restored();
	await read(chilan);
	await make();
	expect(await shown()).toMatchObject({ kind: 'order_new', readAt: null });
});

test('sync 13: where nothing may come back any more, nothing is noted of what is not there', async () => {
	const { make, read, shown } = await lostLine();
	await exchange.owner`update exchange set restored_at = restored_at - interval '2 days'`;
	await read(batu);
	await make();
	expect(await shown()).toMatchObject({ readAt: null });
});

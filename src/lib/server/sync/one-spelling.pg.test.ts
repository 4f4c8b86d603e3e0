import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needDocId } from '$lib/domain/needs/schema.ts';
import { dispatch } from '$lib/server/commands.ts';
import { protocolVersion } from '$lib/sync/protocol/version.ts';
import { pushRequest, type CommandAnswer } from '$lib/sync/protocol/wire.ts';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import { push } from './push.ts';

const { batu, chilan } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const now = () => new Date().toISOString();
let seq = 0;

/** Through the door a device knocks at: what it sends is read by the schemas of the wire. */
async function sends(
	person: Person,
	name: string,
	input: object,
	more: { id?: string; after?: string[] } = {}
): Promise<CommandAnswer> {
	const command = { id: randomUUID(), seq: ++seq, name, input, deviceTime: now(), after: [], ...more };
	const answer = await push(
		{ db: exchange.db, dispatch, now },
		{ kind: 'actor', actor: await exchange.actorNow(person, now()), sessionId: 'session' },
		pushRequest.parse({
			protocol: protocolVersion,
			actorId: person.id,
			deviceId: randomUUID(),
			commands: [command]
		})
	);
	const [one] = answer.outcome === 'answers' ? answer.answers : [];
	if (!one) throw new Error(answer.outcome);
	return one;
}

test('sync 7: an order sent under an id in capitals is one order to its seller, whatever becomes of it', async () => {
	const order = exchange.order(await exchange.sells(batu), 1);
	const loud = { ...order, orderId: order.orderId.toUpperCase(), listingId: order.listingId.toUpperCase() };
	expect(await sends(chilan, 'order.place', loud)).toMatchObject({ outcome: 'applied' });
	const cancel = { orderId: order.orderId, rev: 1, event: 'cancel', reason: 'Đặt nhầm' };
	const rest = { carrier: '', trackingCode: '', shippingFee: null };
	expect(await sends(chilan, 'order.advance', { ...cancel, ...rest })).toMatchObject({ outcome: 'applied' });
	const held = await exchange.db<{ id: string; state: string }[]>`
		select doc_id as id, doc ->> 'state' as state from sync_feed
		where collection = 'orders' and audience = ${`user:${batu.id}`}`;
	expect(held).toEqual([{ id: order.orderId, state: 'cancelled' }]);
});

test('sync 7: a need sent under an id in capitals comes back to who sent it', async () => {
	const needId = randomUUID();
	const sent = await sends(chilan, 'need.submit', {
		needId: needId.toUpperCase(),
		base: 0,
		content: exchange.need()
	});
	expect(sent).toMatchObject({ outcome: 'applied' });
	const own = needDocId({ kind: 'own', id: needId });
	expect(await exchange.feed(`user:${chilan.id}`, 'needs', own)).toMatchObject({ state: 'submitted' });
});

test('sync 1, 2: a command is known again, and found by what builds on it, in either spelling', async () => {
	const id = randomUUID();
	const input = { ids: [randomUUID()] };
	expect(await sends(chilan, 'notification.read', input, { id: id.toUpperCase() })).toMatchObject({
		id,
		outcome: 'applied'
	});
	expect(await sends(chilan, 'notification.read', input, { id })).toMatchObject({ outcome: 'duplicate' });
	const after = { after: [id.toUpperCase()] };
	expect(await sends(chilan, 'notification.read', input, after)).toMatchObject({ outcome: 'applied' });
});

import { openTestDevice, type TestDevice } from '../test-world.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { beginEpoch, readPlace } from '$lib/server/sync/epoch.ts';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { enqueue } from '../outbox/outbox.ts';
import type { AnyCommand } from '../protocol/commands.ts';
import { readCases, readNeeds, readNotifications, readReceipts, readUnsent } from '../reads.ts';

const { batu, chilan, anhminh } = people;
let exchange: Exchange;
const open: TestDevice[] = [];
beforeAll(async () => {
	exchange = await openExchange();
});
afterEach(async () => {
	for (const opened of open.splice(0)) await opened.close();
});
afterAll(() => exchange.close());

/** One device at a time: the others are put away. */
async function uses(person: typeof batu): Promise<TestDevice> {
	for (const before of open.splice(0)) await before.close();
	const device = await openTestDevice(exchange, person, { name: `needs-${person.userName}` });
	open.push(device);
	return device;
}
const say = (on: TestDevice, command: AnyCommand) =>
	enqueue(on.store.local, command, { id: on.here.newId(), deviceTime: on.here.now() });

test('TG-3.1 TG-3.4c TG-6.6: a need is posted without a network, approved, met with an offer and closed, each side on its own device', async () => {
	const goods = await exchange.sells(batu);
	const needId = randomUUID();
	const content = exchange.need();

	let lan = await uses(chilan);
	await lan.sync();
	lan.wire.up = false;
	await say(lan, { name: 'need.submit', input: { needId, base: 0, content } });
	expect(await lan.sync()).toBe('unreachable');
	expect((await readNeeds(lan.store)).own).toMatchObject([
		{ id: needId, need: null, sending: { input: { content }, command: { state: { at: 'waiting' } } } }
	]);
	// It arrives and nobody hears of it; then it goes again.
	lan.wire.up = true;
	lan.wire.loseReplies = 1;
	expect(await lan.sync()).toBe('unreachable');
	expect(await lan.sync()).toBe('done');
	const { board, own } = await readNeeds(lan.store);
	expect(board).toEqual([]);
	expect(own).toMatchObject([{ need: { state: 'submitted', rev: 1 }, sending: null }]);
	expect(await readReceipts(lan.store)).toMatchObject([{ name: 'need.submit', title: content.title }]);

	const minh = await uses(anhminh);
	await minh.sync();
	const [open] = (await readCases(minh.store)).flatMap((view) =>
		view.case.kind === 'need' ? [view.case] : []
	);
	expect(open).toMatchObject({ needId, content });
	await say(minh, {
		name: 'case.decide',
		input: { caseId: open?.id ?? '', listingRev: open?.subjectRev ?? 0, decision: 'approve', note: '' }
	});
	expect(await minh.sync()).toBe('done');

	const tu = await uses(batu);
	await tu.sync();
	const [seen] = (await readNeeds(tu.store)).board;
	expect(seen).toMatchObject({ id: needId, rev: 1, ...content });
	tu.wire.up = false;
	const offer = exchange.offer(needId, goods, { needRev: seen?.rev ?? 0 });
	await say(tu, { name: 'offer.send', input: offer });
	expect((await readNeeds(tu.store)).offers).toMatchObject([{ id: offer.offerId, offer: null }]);
	tu.wire.up = true;
	expect(await tu.sync()).toBe('done');
	expect((await readNeeds(tu.store)).offers).toMatchObject([{ offer: { state: 'sent' }, sending: null }]);

	lan = await uses(chilan);
	await lan.sync();
	expect((await readNeeds(lan.store)).own).toMatchObject([
		{ need: { state: 'approved', offers: [{ listing: { id: goods.id }, quantity: 50 }] } }
	]);
	expect((await readNotifications(lan.store)).map(({ kind }) => kind)).toContain('need_offered');
	await say(lan, { name: 'need.close', input: { needId, base: 1 } });
	expect(await lan.sync()).toBe('done');
	const after = await readNeeds(lan.store);
	expect(after.board).toEqual([]);
	expect(after.own).toMatchObject([{ need: { state: 'closed', offers: [] }, closing: null }]);
});

test('sync 2: a need that was refused takes the close along, and is sent again when it is mended', async () => {
	const lan = await uses(chilan);
	await lan.sync();
	const needId = randomUUID();
	await say(lan, { name: 'need.submit', input: { needId, base: 0, content: exchange.need({ unit: 'xe' }) } });
	await say(lan, { name: 'need.close', input: { needId, base: 1 } });
	expect(await lan.sync()).toBe('done');
	expect((await readUnsent(lan.store)).map(({ name, state }) => [name, state.at])).toEqual([
		['need.submit', 'refused'],
		['need.close', 'refused']
	]);
	await say(lan, { name: 'need.submit', input: { needId, base: 0, content: exchange.need() } });
	expect(await lan.sync()).toBe('done');
	expect((await readNeeds(lan.store)).own.find(({ id }) => id === needId)).toMatchObject({
		need: { state: 'submitted' },
		sending: null
	});
});

test('TG-15.1 sync 8: a device holds the board and what is its own person’s, and nothing of who looks for it', async () => {
	const needId = await exchange.looksFor(chilan);
	const tu = await uses(batu);
	await tu.sync();
	const { board, own, offers } = await readNeeds(tu.store);
	expect(board.map(({ id }) => id)).toContain(needId);
	expect(own).toEqual([]);
	expect(offers.every(({ offer }) => offer?.kind === 'offer')).toBe(true);
	const held = JSON.stringify((await tu.store.docs.needs.find().exec()).map((doc) => doc.toJSON()));
	for (const word of [chilan.id, chilan.name, chilan.phone]) expect(held).not.toContain(word);
});

test('sync 3, 13: an own need that is decided on while everything is read again stays, however many slow transactions follow each other', async () => {
	const needId = randomUUID();
	const lan = await uses(chilan);
	await say(lan, { name: 'need.submit', input: { needId, base: 0, content: exchange.need() } });
	for (const _ of [1, 2]) expect(await lan.sync()).toBe('done');
	const state = async () => (await readNeeds(lan.store)).own.find(({ id }) => id === needId)?.need?.state;

	const { epoch: from } = await readPlace(exchange.owner);
	await beginEpoch(exchange.owner, { from, now: new Date().toISOString(), why: 'a test' });
	const [first, second] = [await exchange.db.reserve(), await exchange.db.reserve()];
	const holdsBack = async (slow: typeof first) => {
		await slow`begin`;
		await slow`select pg_current_xact_id()`;
	};
	try {
		await holdsBack(first);
		expect(await exchange.decides(anhminh, needId, 'approve')).toMatchObject({ ok: true });
		expect(await lan.sync()).toBe('done');
		expect(await state()).toBe('submitted');
		await holdsBack(second);
		await first`commit`;
		// What it was changed to first is readable by now, and has been changed once more above the horizon.
		await exchange.must(chilan, { name: 'need.close', input: { needId, base: 1 } });
		expect(await lan.sync()).toBe('done');
		expect(await state()).toBe('submitted');
		await second`commit`;
		expect(await lan.sync()).toBe('done');
		expect(await state()).toBe('closed');
	} finally {
		for (const slow of [first, second]) {
			await slow`rollback`.catch(() => undefined);
			slow.release();
		}
	}
});

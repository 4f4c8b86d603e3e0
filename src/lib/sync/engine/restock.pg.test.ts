import { openTestDevice } from '../test-world.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { openDraft, queueDraftSave, readDraft, submitDraft, typeIntoDraft } from '../outbox/drafts.ts';
import { enqueue } from '../outbox/outbox.ts';
import { readMyListings } from '../reads.ts';

let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

test('TG-17.1 sync 4: stock said offline twice goes out once, and the text being written goes along', async () => {
	const { id } = await exchange.sells(people.batu, { stock: 12 });
	const tu = await openTestDevice(exchange, people.batu);
	await tu.sync();
	const view = async () => (await readMyListings(tu.store)).find((listing) => listing.id === id);
	const shown = () => exchange.feed('public', 'listings', id);
	const restock = (stock: number) =>
		enqueue(
			tu.store.local,
			{ name: 'listing.restock', input: { listingId: id, base: 2, stock } },
			{ id: tu.here.newId(), deviceTime: tu.here.now() }
		);

	tu.wire.up = false;
	await restock(70);
	await openDraft(tu.store, tu.here, id);
	await typeIntoDraft(tu.store, tu.here, id, { title: 'Sầu riêng Ri6 đầu mùa' });
	await queueDraftSave(tu.store, tu.here, id);
	await restock(80);
	expect((await view())?.restock).toMatchObject({ stock: 80, command: { state: { at: 'waiting' } } });
	expect(await shown()).toMatchObject({ stock: 12 });

	tu.wire.up = true;
	// The save first, then the stock on the version that made.
	await tu.sync();
	await tu.sync();
	expect(await shown()).toMatchObject({ stock: 80, title: 'Sầu riêng Ri6 Ngũ Hiệp' });
	await tu.sync();
	expect(await view()).toMatchObject({
		restock: null,
		state: 'revising',
		unsaved: false,
		content: { title: 'Sầu riêng Ri6 đầu mùa', stock: 80 }
	});
	expect(await readDraft(tu.store, id)).toMatchObject({ base: 4, conflicts: {}, content: { stock: 80 } });
	const said = await exchange.db`
		select data from audit_log where subject = ${`listing:${id}`} and action = 'listing.restocked'`;
	expect(said).toEqual([{ data: { from: 12, to: 80 } }]);
	await tu.close();
});

test('TG-17.1 sync 4: a text submitted while new stock waits carries that stock, and does not take it back', async () => {
	const { id } = await exchange.sells(people.batu, { stock: 12 });
	const tu = await openTestDevice(exchange, people.batu);
	await tu.sync();
	tu.wire.up = false;
	await enqueue(
		tu.store.local,
		{ name: 'listing.restock', input: { listingId: id, base: 2, stock: 70 } },
		{ id: tu.here.newId(), deviceTime: tu.here.now() }
	);
	await typeIntoDraft(tu.store, tu.here, id, { title: 'Sầu riêng Ri6 đầu mùa' });
	expect(await submitDraft(tu.store, tu.here, id)).toMatchObject({ ok: true });

	tu.wire.up = true;
	for (const _ of [1, 2, 3]) await tu.sync();
	expect(await exchange.feed('public', 'listings', id)).toMatchObject({ stock: 70 });
	expect((await readMyListings(tu.store)).find((listing) => listing.id === id)).toMatchObject({
		unsaved: false,
		content: { title: 'Sầu riêng Ri6 đầu mùa', stock: 70 }
	});
	expect(await readDraft(tu.store, id)).toBeNull();
	await tu.close();
});

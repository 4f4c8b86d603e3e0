import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { settleCases } from './moves.ts';

const { batu, anhminh } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const now = () => new Date().toISOString();

test('TG-3.2: a case that cannot be moved holds back no other, and is told', async () => {
	const [first, second] = [await exchange.submits(batu), await exchange.submits(batu)];
	const stuck = await exchange.caseOf(first.id);
	await exchange.db`update cases set assignee_id = ${anhminh.id} where state = 'open'`;
	await exchange.db`update posts set valid_to = now() - interval '1 hour', valid_from = now() - interval '2 hours'
		where account_id = ${anhminh.id}`;
	await exchange.owner`
		create function always_fails() returns trigger language plpgsql as $$ begin raise 'no'; end $$`;
	await exchange.owner.unsafe(
		`create trigger stuck before update on cases for each row when (old.id = '${stuck.id}')
		execute function always_fails()`
	);
	await expect(settleCases(exchange.db, now())).rejects.toThrow('1 of 2 cases could not be settled');
	expect((await exchange.caseOf(second.id)).assigneeId).toBeNull();
	expect((await exchange.caseOf(first.id)).assigneeId).toBe(anhminh.id);
});

test('TG-15.1 sync 13: a photo that has to come again is asked for at the approval, which works once it is here', async () => {
	const sent = await exchange.submits(batu, { title: 'Khóm Tân Phước' });
	const lost = sent.content.photos[0] ?? '';
	await transaction(
		exchange.db,
		'system:test',
		(tx) => tx`update uploads set state = 'receiving' where owner_id = ${batu.id} and sha256 = ${lost}`
	);
	const officer = people.bacsau;
	expect(await exchange.decides(officer, sent.id, 'approve')).toMatchObject({
		refusal: { code: 'files_awaited' }
	});
	await exchange.stores(batu, lost);
	expect(await exchange.decides(officer, sent.id, 'approve')).toMatchObject({ ok: true });
});

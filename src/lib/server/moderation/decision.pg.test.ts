import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import { ownSigner } from '$lib/server/audit/record.ts';
import { sealRound } from '$lib/server/audit/sealer.ts';
import { decisionOf } from './decision.ts';

let exchange: Exchange;
let caseId: string;
const receivedAt = '2026-07-20T02:00:00.000Z';
const decidedAt = '2026-07-21T03:00:00.000Z';
const deviceTime = '2026-07-21T02:40:00.000Z';
beforeAll(async () => {
	exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
	const sent = await exchange.submits(people.batu, { title: 'Bưởi da xanh' }, { now: receivedAt });
	caseId = (await exchange.caseOf(sent.id)).id;
	await exchange.decides(people.anhminh, sent.id, 'approve', { now: decidedAt, deviceTime });
	// What the seller changes afterwards is not what was decided on.
	await exchange.submits(
		people.batu,
		{ title: 'Bưởi năm roi' },
		{ id: sent.id, base: 2, now: '2026-07-22T02:00:00.000Z' }
	);
});
afterAll(() => exchange.close());

const asked = async (person: Person) =>
	decisionOf(exchange.db, await exchange.actorNow(person, decidedAt), caseId);

test('TG-19.5: a decision says who, when by both clocks, under which clause, and what was seen', async () => {
	expect(await asked(people.bacsau)).toMatchObject({
		ok: true,
		value: {
			state: 'approved',
			decidedByName: people.anhminh.name,
			decidedAt,
			deviceTime,
			receivedAt,
			clause: 'TG-10.2b',
			seen: { content: { title: 'Bưởi da xanh' }, submittedAt: receivedAt }
		}
	});
});

test('TG-19.5: each of its lines is told as sealed once it is', async () => {
	const steps = async () => {
		const found = await asked(people.bacsau);
		return found.ok ? found.value.steps : [];
	};
	const before = await steps();
	expect(before.map(({ action }) => action)).toEqual(['case.opened', 'case.approved']);
	expect(before.map(({ seal }) => seal)).toEqual([null, null]);
	await expect
		.poll(async () => {
			await sealRound({ db: exchange.db, signer: ownSigner(), now: () => decidedAt });
			return (await steps()).every(({ seal }) => seal?.at === decidedAt);
		})
		.toBe(true);
});

test('TG-3.4: another agency is not told of it, nor of an open case', async () => {
	expect(await asked(people.coyen)).toMatchObject({ refusal: { code: 'not_allowed' } });
	const open = await exchange.submits(people.batu, { title: 'Xoài cát' });
	caseId = (await exchange.caseOf(open.id)).id;
	expect(await asked(people.bacsau)).toMatchObject({ refusal: { code: 'not_found' } });
});

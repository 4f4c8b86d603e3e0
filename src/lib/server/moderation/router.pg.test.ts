import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import { retireDecidedCases } from './breaches.ts';
import { moderationRouter } from './router.ts';

const { batu, chilan, anhminh, chihanh, bacsau, coyen, quantri } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
});
afterAll(() => exchange.close());

const now = () => new Date().toISOString();
const asking = async (person: Person | null) =>
	moderationRouter.createCaller({
		db: exchange.db,
		auth: exchange.auth,
		now,
		caller:
			person === null
				? { kind: 'nobody' }
				: { kind: 'actor', actor: await exchange.actorNow(person, now()), sessionId: 'test' }
	});
const page = { agencyId: 'so-nnmt', after: null, limit: 10 };

describe('default deny', () => {
	test.each([
		['nobody', null, 'UNAUTHORIZED'],
		['a buyer', chilan, 'FORBIDDEN'],
		['a seller', batu, 'FORBIDDEN'],
		['an officer of another department', coyen, 'FORBIDDEN']
	])('TG-3.2 %s learns nothing of a department’s cases', async (_who, person, code) => {
		const api = await asking(person);
		await expect(api.history(page)).rejects.toMatchObject({ code });
		await expect(api.officers({ agencyId: 'so-nnmt' })).rejects.toMatchObject({ code });
	});

	test('TG-20.3 the overview is of one’s own units; the administration sees all, members nothing', async () => {
		const sent = await exchange.submits(batu);
		const unitsOf = async (person: Person) =>
			(await (await asking(person)).overview()).agencies.map((agency) => agency.id);
		expect(await unitsOf(anhminh)).toEqual(['so-nnmt']);
		expect(await unitsOf(coyen)).toEqual([]);
		expect(await unitsOf(quantri)).toEqual(['so-nnmt']);
		await expect((await asking(chilan)).overview()).rejects.toMatchObject({ code: 'FORBIDDEN' });
		await exchange.must(batu, { name: 'listing.withdraw', input: { listingId: sent.id, base: 2 } });
	});
});

test('TG-20.4 a supervisor reads every unit, each look on record; an officer’s own unit is no supervision', async () => {
	const looks = async (person: Person) => {
		const [row] = await exchange.db<{ n: number }[]>`
			select count(*)::int as n from audit_log
			where action = 'cases.looked-at' and subject = 'agency:so-nnmt' and actor = ${person.id}`;
		return row?.n;
	};
	await exchange.owner`update accounts set roles = '{supervisor}' where id = ${chilan.id}`;
	await (await asking(chilan)).history(page);
	await (await asking(chilan)).history(page);
	await (await asking(anhminh)).history(page);
	expect([await looks(chilan), await looks(anhminh)]).toEqual([2, 0]);
	await exchange.owner`update accounts set roles = '{buyer}' where id = ${chilan.id}`;
});

test('TG-19.5 a case can be handed to whoever holds a post in the unit', async () => {
	const officers = await (await asking(bacsau)).officers({ agencyId: 'so-nnmt' });
	expect(officers.map((officer) => [officer.accountId, officer.role]).sort()).toEqual(
		[
			[anhminh.id, 'officer'],
			[chihanh.id, 'officer'],
			[bacsau.id, 'lead']
		].sort()
	);
});

test('a case decided long ago leaves the devices and stays in the history', async () => {
	const sent = await exchange.submits(batu, { title: 'Mít Thái' });
	const { id } = await exchange.caseOf(sent.id);
	await exchange.decides(anhminh, sent.id, 'approve');
	expect(await retireDecidedCases(exchange.db, now())).toBe(0);
	await exchange.db`update cases set decided_at = decided_at - interval '15 days' where id = ${id}`;
	expect(await retireDecidedCases(exchange.db, now())).toBe(1);
	expect(await exchange.feed('agency:so-nnmt', 'cases', id)).toBeNull();
	expect(await retireDecidedCases(exchange.db, now())).toBe(0);
	const history = await (await asking(anhminh)).history(page);
	expect(history.items.map((item) => item.title)).toContain('Mít Thái');
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import { stableId } from '$lib/server/seed/people.ts';

const officer = (key: string, name: string): Person => ({
	id: stableId(`vinh-phuc:${key}`),
	userName: key,
	name,
	phone: '',
	email: '',
	roles: ['officer'],
	post: { agencyId: 'snnmt-vp', role: 'officer' }
});
const chiMai = officer('chimai', 'Nguyễn Thanh Mai');
const anhDung = officer('anhdung', 'Trần Anh Dũng');
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange({
		packId: 'vinh-phuc',
		members: [people.batu, chiMai, anhDung],
		now: '2026-01-01T00:00:00.000Z'
	});
});
afterAll(() => exchange.close());

test('TG-3.2 the second pack: other departments, another term and code, officers in turn, the same program', async () => {
	const categoryId = exchange.pack.categories.find((c) => c.sectorId === 'nong-lam-san')?.id;
	const holders = [];
	for (const day of ['06', '07', '08', '09']) {
		const sent = await exchange.submits(people.batu, { categoryId }, { now: `2026-07-${day}T02:00:00.000Z` });
		const opened = await exchange.caseOf(sent.id);
		expect(opened.agencyId).toBe('snnmt-vp');
		expect(opened.code).toMatch(/^VP-/);
		holders.push(opened.assigneeId);
		if (day === '06') expect(opened.lastDay).toBe('2026-07-13');
		// Round robin: deciding at once does not bring the next case back to the same officer.
		const holder = opened.assigneeId === chiMai.id ? chiMai : anhDung;
		await exchange.decides(holder, sent.id, 'approve', { now: `2026-07-${day}T03:00:00.000Z` });
	}
	expect(holders[0]).not.toBe(holders[1]);
	expect(holders.slice(2)).toEqual(holders.slice(0, 2));
});

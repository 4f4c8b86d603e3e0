import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import { applicant, openDesk } from '../../../../tests/world/registration.ts';
import type { AgencyChange } from '$lib/domain/agencies/changes.ts';
import { addDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { recordAgencyChange } from '$lib/server/agencies/changes.ts';
import { settleAgencies } from '$lib/server/agencies/settle.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { enforcing, ofBusiness, ofGoods } from '$lib/server/enforcement/test-world.ts';
import { requestRemedy } from '$lib/server/enforcement/remedies.ts';
import { viewOfOwner } from './projections.ts';

const { anhminh, coyen, batu, quantri } = people;
const [lan, tam, sauNho] = [applicant('Trần Ngọc Lan'), applicant('Lê Văn Tám'), applicant('Lê Thị Sáu')];
const now = () => new Date().toISOString();
const tomorrow = `${addDays(vietnamDay(now()), 1)}T03:00:00.000Z`;
let exchange: Exchange;

const opens = async () => {
	exchange = await openExchange({
		members: [batu, anhminh, coyen, quantri, lan, tam, sauNho],
		now: '2026-01-01T00:00:00.000Z'
	});
};
/** What its department is asked: both sectors were so-nnmt's until today. */
const sends = async (
	who: Person,
	sectors: string[],
	at = now(),
	more: { base?: number; intro?: string } = {}
) => {
	const id = businessIds.get(who.id) ?? randomUUID();
	businessIds.set(who.id, id);
	const content = { sectors, intro: more.intro ?? '' };
	const done = await openDesk(exchange).sends(who, id, { base: more.base ?? 0, content }, at);
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	return id;
};
const businessIds = new Map<string, string>();

/** Entered today for tomorrow, and tomorrow has come. */
async function comesTomorrow(change: AgencyChange) {
	const input = { change, reason: 'Theo nghị quyết của tỉnh', decision: '' };
	const done = await recordAgencyChange(exchange.db, await exchange.actorNow(quantri, now()), input, now());
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	await settleAgencies(exchange.db, tomorrow);
}
const gone = { agencyId: 'so-nnmt', on: vietnamDay(tomorrow) };

const casesOf = (subjectId: string) => exchange.db<
	{ id: string; code: string; agencyId: string; state: string; rev: number; dueAt: string }[]
>`select id, code, agency_id as "agencyId", state, subject_rev as rev, due_at as "dueAt"
	from cases where subject_id = ${subjectId} order by agency_id, code`;
const inUnit = async (subjectId: string, agencyId: string) => {
	const found = (await casesOf(subjectId)).find((one) => one.agencyId === agencyId);
	if (!found) throw new Error(`no case with ${agencyId}`);
	return found;
};
const approves = (officer: Person, open: { id: string; rev: number }) =>
	exchange.does(
		officer,
		{
			name: 'case.decide',
			input: {
				caseId: open.id,
				listingRev: open.rev,
				note: '',
				decision: 'approve',
				checked: ['so-dinh-danh', 'giay-phep']
			}
		},
		{ now: tomorrow }
	);
const mine = (who: Person) => transaction(exchange.db, who.id, (tx) => viewOfOwner(tx, who.id, tomorrow));

describe('a merger', () => {
	beforeAll(opens);
	afterAll(() => exchange.close());

	test('LAW-reform-2025 a registration received before a merger confirms its sectors after it', async () => {
		const id = await sends(lan, ['nong-san', 'banh-keo-do-uong']);
		const asked = await inUnit(id, 'so-nnmt');
		await comesTomorrow({ kind: 'merged', ...gone, successorId: 'so-cong-thuong' });
		// Both departments had been asked: their two cases now lie with one, each about its own sector.
		expect((await casesOf(id)).map(({ agencyId }) => agencyId)).toEqual(['so-cong-thuong', 'so-cong-thuong']);
		expect(await approves(anhminh, asked)).toMatchObject({ ok: true });
		expect(await mine(lan)).toMatchObject({
			openSectors: ['nong-san'],
			departments: expect.arrayContaining([
				expect.objectContaining({ state: 'approved', sectors: ['nong-san'] }),
				expect.objectContaining({ state: 'open', sectors: ['banh-keo-do-uong'] })
			])
		});
		expect(await exchange.feed('agency:so-cong-thuong', 'cases', asked.id)).toMatchObject({
			sectors: ['nong-san']
		});
	});
});

describe('a sector that goes to another department', () => {
	let [alone, both, late] = ['', '', ''];
	let [ofTheGoods, ofTheBusiness] = ['', ''];
	const before = new Map<string, Awaited<ReturnType<typeof inUnit>>>();
	const asks = (measureId: string, when: string) =>
		requestRemedy(exchange.db, batu.id, { measureId, text: 'Đã gỡ', files: [] }, when);

	beforeAll(async () => {
		businessIds.clear();
		await opens();
		alone = await sends(tam, ['nong-san']);
		both = await sends(lan, ['nong-san', 'sinh-vat-canh']);
		late = await sends(sauNho, ['nong-san', 'sinh-vat-canh'], '2026-11-02T03:00:00.000Z');
		for (const id of [alone, both]) before.set(id, await inUnit(id, 'so-nnmt'));
		const world = enforcing(exchange);
		ofTheGoods = await world.locks(anhminh, ofGoods(await exchange.sells(batu)));
		expect(await asks(ofTheGoods, now())).toMatchObject({ ok: true });
		ofTheBusiness = await world.locks(anhminh, ofBusiness(batu));
		expect(await asks(ofTheBusiness, now())).toMatchObject({ ok: true });
		await comesTomorrow({
			kind: 'sector_moved',
			...gone,
			sectorId: 'nong-san',
			toAgencyId: 'so-cong-thuong'
		});
	});
	afterAll(() => exchange.close());

	test('TG-3.2 a registration goes along with its term, and is decided there', async () => {
		const [after] = await casesOf(alone);
		expect(after).toEqual({ ...before.get(alone), agencyId: 'so-cong-thuong' });
		if (!after) throw new Error('the case is gone');
		expect(await exchange.feed('agency:so-nnmt', 'cases', after.id)).toBeNull();
		expect(await approves(anhminh, after)).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await approves(coyen, after)).toMatchObject({ ok: true });
		expect(await mine(tam)).toMatchObject({ openSectors: ['nong-san'] });
	});

	test('TG-3.2 of a registration about two sectors the one that goes gets a case of its own, received and due as it was', async () => {
		const stays = await inUnit(both, 'so-nnmt');
		const went = await inUnit(both, 'so-cong-thuong');
		expect(stays).toEqual(before.get(both));
		expect(went).toMatchObject({ state: 'open', rev: stays.rev, dueAt: stays.dueAt });
		expect(went.code).not.toBe(stays.code);
		expect(await exchange.feed('agency:so-nnmt', 'cases', stays.id)).toMatchObject({
			sectors: ['sinh-vat-canh']
		});
		expect(await exchange.feed('agency:so-cong-thuong', 'cases', went.id)).toMatchObject({
			sectors: ['nong-san']
		});
		expect(await settleAgencies(exchange.db, tomorrow)).toBe(0);

		// Each decides its own, whoever is first.
		expect(await approves(anhminh, went)).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await approves(anhminh, stays)).toMatchObject({ ok: true });
		expect(await mine(lan)).toMatchObject({ openSectors: ['sinh-vat-canh'] });
		expect(await approves(coyen, went)).toMatchObject({ ok: true });
		expect(await mine(lan)).toMatchObject({ openSectors: ['nong-san', 'sinh-vat-canh'] });
		// What both confirmed is not asked again.
		await sends(lan, ['nong-san', 'sinh-vat-canh'], tomorrow, { base: 1, intro: 'Mứt và kẹo' });
		expect(await casesOf(both)).toHaveLength(2);
	});

	test('TG-10.3b a part that was late before it went counts against the unit that let it pass', async () => {
		const counted = await exchange.db`
			select b.agency_id as agency from sla_breaches b join cases c on c.id = b.case_id where c.subject_id = ${late}`;
		expect(counted).toEqual([{ agency: 'so-nnmt' }, { agency: 'so-nnmt' }]);
	});

	test('TG-9.3a the reconfirmation of goods goes with their sector; the one of a business stays with whose measure it was', async () => {
		const [moved] = await casesOf(ofTheGoods);
		expect(moved).toMatchObject({ agencyId: 'so-cong-thuong' });
		expect(await casesOf(ofTheBusiness)).toMatchObject([{ agencyId: 'so-nnmt' }]);
		if (!moved) throw new Error('the case is gone');
		const answer = { caseId: moved.id, listingRev: moved.rev, note: 'Thiếu biên bản' } as const;
		const returns = (officer: Person) =>
			exchange.does(
				officer,
				{ name: 'case.decide', input: { ...answer, decision: 'return', reasonCodes: ['ly-do-khac'] } },
				{ now: tomorrow }
			);
		expect(await returns(anhminh)).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await returns(coyen)).toMatchObject({ ok: true });
		// Asked again after that day, it comes to the department of now at once.
		expect(await asks(ofTheGoods, tomorrow)).toMatchObject({ ok: true });
		expect((await casesOf(ofTheGoods)).map(({ agencyId, state }) => [agencyId, state])).toEqual([
			['so-cong-thuong', 'returned'],
			['so-cong-thuong', 'open']
		]);
	});
});

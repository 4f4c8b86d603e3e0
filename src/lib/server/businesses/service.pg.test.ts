import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openExchange, people, photo, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import {
	applicant,
	registration,
	openDesk,
	type BusinessDesk,
	type Changes
} from '../../../../tests/world/registration.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { looksAt } from '$lib/server/personal-data/looks.ts';
import { viewOfOwner } from './projections.ts';
import { revealPerson } from './reveal.ts';

const { anhminh, coyen, batu } = people;
const friday = '2026-11-20T03:00:00.000Z';
const monday = '2026-11-23T03:00:00.000Z';
let exchange: Exchange;
let desk: BusinessDesk;

const [lan, tam, sauNho, bay] = [
	applicant('Trần Ngọc Lan'),
	applicant('Lê Văn Tám'),
	applicant('Lê Thị Sáu'),
	applicant('Phan Văn Bảy')
];

beforeAll(async () => {
	exchange = await openExchange({
		members: [batu, anhminh, coyen, people.bacsau, people.chihanh, lan, tam, sauNho, bay],
		now: '2026-11-01T00:00:00.000Z'
	});
	desk = openDesk(exchange);
});
afterAll(() => exchange.close());

const sends = (who: Person, businessId: string, changes: Changes = {}, now = friday) =>
	desk.sends(who, businessId, changes, now);
const casesOf = (businessId: string) => desk.casesOf(businessId);
const decides = (
	officer: Person,
	businessId: string,
	decision: 'approve' | 'return' | 'refuse',
	more: { checked?: string[]; rev?: number; now?: string } = {}
) => desk.decides(officer, businessId, decision, { now: monday, ...more });
const mine = (who: Person) => transaction(exchange.db, who.id, (tx) => viewOfOwner(tx, who.id, monday));

describe('TG-7.2b a business and its departments', () => {
	const id = randomUUID();

	test('TG-7.2b each department whose sector is sold gets a case of its own, due in three working days', async () => {
		expect(await sends(lan, id)).toMatchObject({ ok: true });
		expect(await casesOf(id)).toMatchObject([
			{ agencyId: 'so-cong-thuong', state: 'open', round: 1, lastDay: '2026-11-26' },
			{ agencyId: 'so-nnmt', state: 'open', round: 1, lastDay: '2026-11-26' }
		]);
		expect(await mine(lan)).toMatchObject({ state: 'pending', rev: 1, openSectors: [] });
	});

	test('TG-16.2 the number is nowhere in the open: sealed for its owner, masked for the department', async () => {
		const [nn] = (await casesOf(id)).filter((one) => one.agencyId === 'so-nnmt');
		const doc = await exchange.feed('agency:so-nnmt', 'cases', nn?.id ?? '');
		expect(doc).toMatchObject({ kind: 'business', identityMask: '••• ••• 000', sectors: ['nong-san'] });
		const written = await transaction(
			exchange.db,
			'system:test',
			(tx) => tx<{ text: string }[]>`
				select string_agg(t.line, ' ') as text from (
					select doc::text as line from sync_feed
					union all select content::text from business_versions
					union all select data::text from audit_log
					union all select outcome::text from command_log) as t`
		);
		expect(written[0]?.text).toContain('Mứt nhà Lan');
		expect(written[0]?.text).not.toContain('082190000000');
		expect(written[0]?.text).not.toContain('Trần Ngọc Lan');
	});

	test('TG-16.2 who looks at the whole number is written down with what for, and its person reads it; another department cannot', async () => {
		const [nn] = (await casesOf(id)).filter((one) => one.agencyId === 'so-nnmt');
		const caseId = nn?.id ?? '';
		const said = { purpose: 'same_number', words: 'Số trùng với cơ sở bên xã Ngũ Hiệp' } as const;
		const look = async (who: Person) =>
			revealPerson(exchange.db, await exchange.actorNow(who, monday), caseId, said, monday);
		expect(await look(coyen)).toMatchObject({ ok: false });
		expect(await look(anhminh)).toEqual({
			ok: true,
			value: { identityNumber: '082190000000', representative: 'Trần Ngọc Lan' }
		});
		expect(
			await exchange.owner`select actor from audit_log where action = 'business.revealed' and subject = ${`business:${id}`}`
		).toEqual([{ actor: anhminh.id }]);
		expect(await looksAt(exchange.db, lan.id)).toMatchObject([
			{ what: 'identity', ...said, ref: nn?.code, post: { name: anhminh.name } }
		]);
		expect(await looksAt(exchange.db, tam.id)).toEqual([]);
		const stored = await transaction(exchange.db, 'system:test', (tx) => tx`select * from data_looks`);
		expect(JSON.stringify(stored)).not.toContain('Ngũ Hiệp');
	});

	test('TG-19.4 nobody confirms before the required lines of the check list are compared', async () => {
		expect(await decides(anhminh, id, 'approve', { checked: ['so-dinh-danh'] })).toMatchObject({
			refusal: { code: 'check_list_open', fields: { 'giay-phep': 'required' } }
		});
	});

	test('TG-3.4b sells in a sector only once its department confirmed; the other one asks for more meanwhile', async () => {
		expect(await decides(anhminh, id, 'approve')).toMatchObject({ ok: true });
		expect(await decides(coyen, id, 'return')).toMatchObject({ ok: true });
		expect(await mine(lan)).toMatchObject({
			state: 'confirmed',
			openSectors: ['nong-san'],
			departments: expect.arrayContaining([
				expect.objectContaining({ agencyId: 'so-nnmt', state: 'approved' }),
				expect.objectContaining({ agencyId: 'so-cong-thuong', state: 'returned' })
			])
		});
		const of = (sectorId: string) =>
			exchange.pack.categories.find((one) => one.sectorId === sectorId)?.id ?? '';
		await exchange.submits(lan, { categoryId: of('nong-san') }, { now: monday });
		await expect(
			exchange.submits(lan, { categoryId: of('banh-keo-do-uong') }, { now: monday })
		).rejects.toThrow('sector_not_confirmed');
	});

	test('TG-7.2b corrected and sent again: round two, and only for the department that asked', async () => {
		const before = registration(exchange.pack, { businessId: id }).content;
		const papers = before.papers.map((paper) => ({ ...paper, scope: 'Mứt, kẹo' }));
		expect(await sends(lan, id, { base: 1, content: { intro: 'Mứt và kẹo' } }, monday)).toMatchObject({
			ok: true
		});
		expect((await casesOf(id)).map((one) => [one.agencyId, one.round, one.state])).toEqual([
			['so-cong-thuong', 1, 'returned'],
			['so-cong-thuong', 2, 'open'],
			['so-nnmt', 1, 'approved']
		]);
		// A new paper is looked at by everybody, and what was confirmed goes on meanwhile.
		expect(await sends(lan, id, { base: 2, content: { papers } }, monday)).toMatchObject({ ok: true });
		expect((await casesOf(id)).map((one) => [one.agencyId, one.round, one.state])).toEqual([
			['so-cong-thuong', 1, 'returned'],
			['so-cong-thuong', 2, 'cancelled'],
			['so-cong-thuong', 3, 'open'],
			['so-nnmt', 1, 'approved'],
			['so-nnmt', 2, 'open']
		]);
		expect(await mine(lan)).toMatchObject({ rev: 3, openSectors: ['nong-san'] });
	});

	test('TG-7.2b a decision on an older version is told so, and so is a submission', async () => {
		expect(await decides(coyen, id, 'approve', { rev: 1 })).toMatchObject({
			refusal: { code: 'stale_version', facts: { rev: 3 } }
		});
		expect(await sends(lan, id, { base: 1 }, monday)).toMatchObject({ refusal: { code: 'stale_version' } });
	});

	test('TG-7.2b refused is said with reasons and closes that sector alone', async () => {
		expect(await decides(coyen, id, 'refuse')).toMatchObject({ ok: true });
		expect(await mine(lan)).toMatchObject({
			openSectors: ['nong-san'],
			departments: expect.arrayContaining([
				expect.objectContaining({
					agencyId: 'so-cong-thuong',
					state: 'refused',
					reasonCodes: ['khong-du-dieu-kien']
				})
			])
		});
	});
});

describe('TG-12 what is not taken', () => {
	test.each([
		[
			'a number with a wrong check digit',
			{ content: { kind: 'enterprise' }, person: { identityNumber: '0100233480' } },
			'person.identityNumber',
			'wrong_check_digit'
		],
		[
			'an old identity card',
			{ content: { kind: 'individual' }, person: { identityNumber: '310123456' } },
			'person.identityNumber',
			'wrong_length'
		],
		['an expired certificate', { content: { papers: expired() } }, 'papers.attp', 'paper_expired'],
		['a paper that is missing', { content: { papers: [] } }, 'papers.giay-dang-ky', 'paper_missing'],
		['a sector nobody handles', { content: { sectors: ['vu-khi'] } }, 'sectors', 'unknown_sector']
	] as const)('TG-12 %s', async (_what, changes, field, code) => {
		expect(await sends(tam, randomUUID(), changes as Changes)).toMatchObject({
			refusal: { code: 'invalid_input', fields: { [field]: code } }
		});
	});

	function expired() {
		return [
			{
				type: 'giay-dang-ky',
				number: '1',
				issuedBy: '',
				issuedOn: null,
				expiresOn: null,
				scope: '',
				files: [photo('a')]
			},
			{
				type: 'attp',
				number: '2',
				issuedBy: '',
				issuedOn: null,
				expiresOn: '2026-11-19',
				scope: '',
				files: [photo('b')]
			}
		];
	}

	test('LAW-tmdt-agreement another text than the one in force is not accepted; the version taken is kept', async () => {
		const input = registration(exchange.pack, { businessId: randomUUID() });
		const other = { ...input, agreement: { ...input.agreement, hash: 'a'.repeat(64) } };
		expect(
			await exchange.does(tam, { name: 'business.submit', input: other }, { now: friday })
		).toMatchObject({
			refusal: { code: 'agreement_changed' }
		});
		const id = randomUUID();
		await sends(bay, id, { person: { identityNumber: '082085000001' } });
		const kept = await transaction(
			exchange.db,
			bay.id,
			(tx) => tx<{ agreement: unknown }[]>`select agreement from business_versions where business_id = ${id}`
		);
		expect(kept).toEqual([{ agreement: { ...input.agreement, acceptedAt: friday } }]);
	});

	test('sync 5: another member’s picture of a paper is no evidence', async () => {
		const papers = registration(exchange.pack, { businessId: '' }).content.papers.map((paper) => ({
			...paper,
			files: [photo('chỉ của bà Tư')]
		}));
		await exchange.stores(batu, photo('chỉ của bà Tư'));
		const input = registration(exchange.pack, { businessId: randomUUID(), content: { papers } });
		expect(await exchange.does(tam, { name: 'business.submit', input }, { now: friday })).toMatchObject({
			refusal: { code: 'photo_missing' }
		});
	});

	test('somebody else’s business does not exist for anybody', async () => {
		const id = randomUUID();
		await sends(tam, id, { person: { identityNumber: '082085000002' } });
		expect(await sends(sauNho, id, { base: 1 })).toMatchObject({ refusal: { code: 'not_found' } });
	});
});

test('TG-7.1a the number of another person is told to the department and never to the applicant', async () => {
	const id = randomUUID();
	expect(await sends(sauNho, id)).toMatchObject({ ok: true });
	const [nn] = (await casesOf(id)).filter((one) => one.agencyId === 'so-nnmt');
	expect(await exchange.feed('agency:so-nnmt', 'cases', nn?.id ?? '')).toMatchObject({ sameNumber: 1 });
	expect(JSON.stringify(await mine(sauNho))).not.toMatch(/sameNumber|Mứt nhà Lan.*Mứt nhà Lan/);
});

test('TG-7.2b two submissions of one moment from two devices: one is taken, the other is told', async () => {
	const person = { identityNumber: '082085000003' };
	const [one, other] = [randomUUID(), randomUUID()];
	const who = people.batu;
	const base = { person, base: 0 };
	const own = (await exchange.actorNow(who, friday)).businessId ?? one;
	const done = await Promise.all([sends(who, own, base), sends(who, own, base), sends(who, other, base)]);
	expect(done.filter((answer) => answer.ok)).toHaveLength(1);
	expect(done.flatMap((answer) => (answer.ok ? [] : [answer.refusal.code])).sort()).toEqual([
		'stale_version',
		'stale_version'
	]);
});

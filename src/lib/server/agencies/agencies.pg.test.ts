import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import { endPost, givePost } from '$lib/server/accounts/service.ts';
import { dispatch } from '$lib/server/commands.ts';
import { write } from '$lib/server/sync/write.ts';
import { vietnamDay, addDays } from '$lib/domain/calendar/working-days.ts';
import type { AgencyChange } from '$lib/domain/agencies/changes.ts';
import { seedReference } from '$lib/server/seed/reference.ts';
import { caseHistory } from '$lib/server/moderation/overview.ts';
import { agenciesRouter } from './router.ts';
import { settleAgencies } from './settle.ts';

const { batu, chuba, anhminh, chihanh, bacsau, coyen, quantri, chilan } = people;
const now = () => new Date().toISOString();
const today = vietnamDay(now());
const tomorrow = addDays(today, 1);
const at = (day: string) => `${day}T03:00:00.000Z`;
const office = { phone: '0273 3873 269', email: 'so@san-tinh.example' };

let exchange: Exchange;
const asking = async (person: Person, when = now()) =>
	agenciesRouter.createCaller({
		db: exchange.db,
		auth: exchange.auth,
		now: () => when,
		caller: { kind: 'actor', actor: await exchange.actorNow(person, when), sessionId: 'test' }
	});
const changes = async (change: AgencyChange, by: Person = quantri) =>
	(await asking(by)).change({ change, reason: 'Theo nghị quyết của tỉnh', decision: 'NQ 01/NQ-HĐND' });
const must = async (change: AgencyChange) => {
	const done = await changes(change);
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	return done.value.id;
};
const postsOf = async (person: Person, when: string) => (await exchange.actorNow(person, when)).posts;
const events = (caseId: string) =>
	exchange.db<{ kind: string; data: unknown }[]>`
		select kind, data from case_events where case_id = ${caseId} order by id`;

describe('a merger', () => {
	beforeAll(async () => {
		exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
	});
	afterAll(() => exchange.close());

	test('LAW-reform-2025 on its day open cases move with their officers and terms, old ones keep their name', async () => {
		const old = await exchange.submits(batu, { title: 'Chôm chôm nhãn' });
		await exchange.decides(anhminh, old.id, 'approve');
		const sent = await exchange.submits(batu);
		const before = await exchange.caseOf(sent.id);
		await must({ kind: 'merged', agencyId: 'so-nnmt', on: tomorrow, successorId: 'so-cong-thuong' });

		// Planned: nothing has moved yet, and whoever asks for tomorrow is told.
		expect(await exchange.caseOf(sent.id)).toEqual(before);
		expect(await postsOf(anhminh, now())).toEqual([{ agencyId: 'so-nnmt', role: 'officer' }]);
		expect(await postsOf(anhminh, at(tomorrow))).toEqual([{ agencyId: 'so-cong-thuong', role: 'officer' }]);
		expect(await settleAgencies(exchange.db, now())).toBe(0);

		expect(await settleAgencies(exchange.db, at(tomorrow))).toBeGreaterThan(0);
		const after = await exchange.caseOf(sent.id);
		expect(after).toEqual({ ...before, agencyId: 'so-cong-thuong' });
		expect((await events(before.id)).at(-1)).toEqual({
			kind: 'moved',
			data: { from: 'so-nnmt', to: 'so-cong-thuong' }
		});
		expect(await exchange.feed('agency:so-nnmt', 'cases', before.id)).toBeNull();
		expect(await exchange.feed('agency:so-cong-thuong', 'cases', before.id)).toMatchObject({
			agencyId: 'so-cong-thuong',
			assignee: { id: before.assigneeId }
		});

		for (const person of [anhminh, chihanh, bacsau, coyen])
			expect(await exchange.told(person)).toContainEqual({
				kind: 'agency_changed',
				facts: { agencies: 'Sở Nông nghiệp và Môi trường → Sở Công Thương' }
			});
		expect((await exchange.told(batu)).map((one) => one.kind)).not.toContain('agency_changed');

		// The officer of before decides under the unit of now; what was decided before stays under its name.
		const done = await exchange.decides(anhminh, sent.id, 'approve', { now: at(tomorrow) });
		expect(done).toEqual({ ok: true, value: undefined });
		const { items } = await caseHistory(exchange.db, 'so-cong-thuong', null, 10);
		const nameOf = (code: string) => items.find((item) => item.code === code)?.agencyName;
		expect(nameOf(before.code)).toBe('Sở Công Thương');
		// The database's own day has not come: what is asked of it today is still with the old unit.
		const oldCode = (await exchange.caseOf(old.id)).code;
		const then = await caseHistory(exchange.db, 'so-nnmt', null, 10);
		expect(then.items.find((item) => item.code === oldCode)?.agencyName).toBe('Sở Nông nghiệp và Môi trường');
		const next = await exchange.submits(chuba, {}, { now: at(tomorrow) });
		expect((await exchange.caseOf(next.id)).agencyId).toBe('so-cong-thuong');
		const [line] = await exchange.db<{ n: number }[]>`
			select count(*)::int as n from audit_log where action in ('agency.merged', 'case.moved')
				and clause = 'LAW-reform-2025'`;
		expect(line?.n).toBeGreaterThanOrEqual(2);
	});
});

describe('a sector that moves', () => {
	let planned = '';
	beforeAll(async () => {
		exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
	});
	afterAll(() => exchange.close());

	test('TG-3.2 open cases of the sector go along on its day with their terms, decided and other ones stay', async () => {
		const sector = exchange.pack.categories[0]?.sectorId ?? '';
		const decided = await exchange.submits(batu, { title: 'Chôm chôm nhãn' });
		await exchange.decides(anhminh, decided.id, 'approve');
		const sent = await exchange.submits(batu);
		const other = exchange.pack.categories.find((one) => one.sectorId !== sector);
		const elsewhere = await exchange.submits(batu, { title: 'Thứ khác', categoryId: other?.id ?? '' });
		const before = await exchange.caseOf(sent.id);
		const beside = await exchange.caseOf(elsewhere.id);
		expect(before.agencyId).toBe('so-nnmt');
		planned = await must({
			kind: 'sector_moved',
			agencyId: 'so-nnmt',
			on: tomorrow,
			sectorId: sector,
			toAgencyId: 'so-cong-thuong'
		});

		// Planned: nothing has moved, and whoever asks for tomorrow is told.
		expect(await settleAgencies(exchange.db, now())).toBe(0);
		expect(await exchange.caseOf(sent.id)).toEqual(before);
		expect(await settleAgencies(exchange.db, at(tomorrow))).toBeGreaterThan(0);
		expect(await exchange.caseOf(sent.id)).toEqual({
			...before,
			agencyId: 'so-cong-thuong',
			assigneeId: null
		});
		expect((await exchange.caseOf(decided.id)).agencyId).toBe('so-nnmt');
		expect(await exchange.caseOf(elsewhere.id)).toEqual(beside);
		expect((await events(before.id)).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['moved']));
		expect(await exchange.feed('agency:so-nnmt', 'cases', before.id)).toBeNull();
		expect(await exchange.feed('agency:so-cong-thuong', 'cases', before.id)).toMatchObject({
			assignee: null
		});
		for (const person of [anhminh, coyen])
			expect((await exchange.told(person)).at(-1)).toMatchObject({
				kind: 'agency_changed',
				facts: { agencies: expect.stringContaining('Sở Nông nghiệp và Môi trường → Sở Công Thương') }
			});
		expect(await settleAgencies(exchange.db, at(tomorrow))).toBe(0);

		// Both units act on: the old one decides no more of this sector, and everything else of its own.
		expect(await exchange.decides(anhminh, sent.id, 'approve', { now: at(tomorrow) })).toMatchObject({
			refusal: { code: 'not_found' }
		});
		expect(await exchange.decides(coyen, sent.id, 'approve', { now: at(tomorrow) })).toMatchObject({
			ok: true
		});
		const next = await exchange.submits(chuba, {}, { now: at(tomorrow) });
		expect((await exchange.caseOf(next.id)).agencyId).toBe('so-cong-thuong');
		expect(await postsOf(anhminh, at(tomorrow))).toEqual([{ agencyId: 'so-nnmt', role: 'officer' }]);

		// The pack loaded again takes nothing back; both histories show it.
		await seedReference(exchange.owner, 'tien-giang');
		for (const agencyId of ['so-nnmt', 'so-cong-thuong'])
			expect((await (await asking(quantri)).detail({ agencyId }))?.changes[0]?.change.kind).toBe(
				'sector_moved'
			);
	});

	test('TG-3.2 a decision beside the move is taken by one unit: whichever comes first', async () => {
		const sector = exchange.pack.categories[0]?.sectorId ?? '';
		expect(await (await asking(quantri)).withdraw({ changeId: planned })).toMatchObject({ ok: true });
		const sent = await exchange.submits(chuba, { title: 'Mít tố nữ' });
		const [decided] = await Promise.all([
			exchange.decides(anhminh, sent.id, 'approve'),
			must({ kind: 'sector_moved', agencyId: 'so-nnmt', on: today, sectorId: sector, toAgencyId: 'so-y-te' })
		]);
		await settleAgencies(exchange.db, now());
		const { state, agencyId } = await exchange.caseOf(sent.id);
		expect([state, agencyId]).toEqual(decided.ok ? ['approved', 'so-nnmt'] : ['open', 'so-y-te']);
	});

	test('TG-3.2 an officer who is moved while a case is open: it goes back to the unit, and what was decided offline is refused', async () => {
		const sent = await exchange.submits(batu, { title: 'Vú sữa Lò Rèn' }, { now: now() });
		const open = await exchange.caseOf(sent.id);
		const { agencyId } = open;
		const post = { accountId: anhminh.id, agencyId, role: 'officer' as const };
		const by = { actorId: 'system:test', now: now() };
		if (agencyId !== 'so-nnmt')
			await write(exchange.db, by, (ctx) => givePost(ctx, { ...post, publicName: anhminh.name }));
		await exchange.owner`update cases set assignee_id = ${anhminh.id} where id = ${open.id}`;
		const pressed = now();
		await write(exchange.db, { ...by, now: now() }, async (ctx) => {
			await endPost(ctx, post);
			await givePost(ctx, { ...post, agencyId: 'so-khcn', publicName: anhminh.name });
		});
		const late = await exchange.decides(anhminh, sent.id, 'approve', { deviceTime: pressed });
		expect(late).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await exchange.caseOf(sent.id)).toMatchObject({
			state: 'open',
			agencyId,
			assigneeId: null,
			dueAt: open.dueAt
		});
	});
});

describe('from today on', () => {
	beforeAll(async () => {
		exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
	});
	afterAll(() => exchange.close());

	test('LAW-reform-2025 an officer who is deciding while the merger is entered decides once, under one unit', async () => {
		const sent = await exchange.submits(batu);
		const waiting = await exchange.submits(batu, { title: 'Ổi ruột hồng' });
		const open = await exchange.caseOf(sent.id);
		const actor = await exchange.actorNow(anhminh, now());
		let release = (): void => undefined;
		const released = new Promise<void>((resolve) => (release = resolve));
		let worked = (): void => undefined;
		const hasWorked = new Promise<void>((resolve) => (worked = resolve));
		const deciding = write(exchange.db, { actorId: anhminh.id, now: now() }, async (ctx) => {
			const done = await dispatch(
				{ ...ctx, actor },
				{
					name: 'case.decide',
					input: { caseId: open.id, listingRev: open.rev, decision: 'approve', note: '' }
				}
			);
			worked();
			await released;
			return done;
		});
		await hasWorked;
		const merging = must({ kind: 'merged', agencyId: 'so-nnmt', on: today, successorId: 'so-cong-thuong' });
		for (;;) {
			const [row] = await exchange.owner<{ waits: boolean }[]>`
				select exists (select from pg_locks where not granted) as waits`;
			if (row?.waits) break;
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
		release();
		expect(await deciding).toMatchObject({ ok: true });
		await merging;
		expect(await exchange.caseOf(sent.id)).toMatchObject({ state: 'approved', agencyId: 'so-nnmt' });
		expect(await exchange.caseOf(waiting.id)).toMatchObject({ state: 'open', agencyId: 'so-cong-thuong' });

		// What was decided a moment ago is on the devices of whoever works there now, under the name of then.
		const shown = await exchange.feed('agency:so-cong-thuong', 'cases', open.id);
		expect(shown).toMatchObject({ decision: { agencyName: 'Sở Nông nghiệp và Môi trường' } });
		expect(await exchange.feed('agency:so-nnmt', 'cases', open.id)).toBeNull();
		expect(await settleAgencies(exchange.db, now())).toBe(0);
		const { items } = await caseHistory(exchange.db, 'so-cong-thuong', null, 10);
		expect(items.find((item) => item.code === open.code)?.agencyName).toBe('Sở Nông nghiệp và Môi trường');
	});

	test('LAW-reform-2025 a decision that comes before the job moves its case along', async () => {
		const sent = await exchange.submits(batu, {}, { now: now() });
		// As if the minute's job had not come by yet.
		await exchange.owner`update cases set agency_id = 'so-nnmt' where listing_id = ${sent.id}`;
		expect(await exchange.decides(chihanh, sent.id, 'approve')).toMatchObject({ ok: true });
		expect(await exchange.caseOf(sent.id)).toMatchObject({ state: 'approved', agencyId: 'so-cong-thuong' });
	});

	test('LAW-reform-2025 after a second merger the case of two units ago is read under its own name', async () => {
		await must({
			kind: 'opened',
			agencyId: 'so-kinh-te',
			on: today,
			name: 'Sở Kinh tế',
			shortName: 'Kinh tế',
			agencyKind: 'department',
			address: 'phường Mỹ Tho',
			...office
		});
		const sent = await exchange.submits(batu, { title: 'Nhãn xuồng' });
		await must({ kind: 'merged', agencyId: 'so-cong-thuong', on: today, successorId: 'so-kinh-te' });
		expect(await exchange.caseOf(sent.id)).toMatchObject({ state: 'open', agencyId: 'so-kinh-te' });
		const { items } = await caseHistory(exchange.db, 'so-kinh-te', null, 50);
		expect(new Set(items.map((item) => item.agencyName))).toEqual(
			new Set(['Sở Nông nghiệp và Môi trường', 'Sở Công Thương'])
		);
		expect(await postsOf(anhminh, now())).toEqual([{ agencyId: 'so-kinh-te', role: 'officer' }]);
		expect(await exchange.decides(coyen, sent.id, 'return')).toMatchObject({ ok: true });

		// Loading the pack again takes none of it back.
		await seedReference(exchange.owner, 'tien-giang');
		const next = await exchange.submits(chuba);
		expect((await exchange.caseOf(next.id)).agencyId).toBe('so-kinh-te');
	});
});

describe('names, focal points and posts', () => {
	beforeAll(async () => {
		exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
	});
	afterAll(() => exchange.close());

	test('LAW-reform-2025 a decision keeps the name its unit had, the next one has the new', async () => {
		const first = await exchange.sells(batu);
		await must({
			kind: 'renamed',
			agencyId: 'so-nnmt',
			on: today,
			name: 'Sở Nông thôn',
			shortName: 'Nông thôn'
		});
		await exchange.owner`update cases set decided_at = decided_at - interval '2 days', received_at = received_at - interval '2 days'`;
		const second = await exchange.sells(batu, { title: 'Ổi nữ hoàng' });
		const { items } = await caseHistory(exchange.db, 'so-nnmt', null, 10);
		const codes = [(await exchange.caseOf(second.id)).code, (await exchange.caseOf(first.id)).code];
		expect(codes.map((code) => items.find((item) => item.code === code)?.agencyName)).toEqual([
			'Sở Nông thôn',
			'Sở Nông nghiệp và Môi trường'
		]);
		expect(await exchange.told(anhminh)).toContainEqual({
			kind: 'agency_changed',
			facts: { agencies: 'Sở Nông nghiệp và Môi trường → Sở Nông thôn' }
		});
	});

	test('CT-5.2 a focal point is on every device, the one before only on record', async () => {
		const focal = (name: string, on: string): AgencyChange => ({
			kind: 'focal_point',
			agencyId: 'so-y-te',
			on,
			name,
			...office
		});
		await must(focal('Bà Nguyễn Thị Hai', today));
		const planned = await must(focal('Ông Trần Văn Ba', tomorrow));
		const pointsNow = async () => {
			const doc = await exchange.feed('public', 'reference', 'pack');
			return JSON.stringify(doc).match(/Bà Nguyễn Thị Hai|Ông Trần Văn Ba/g);
		};
		expect(await pointsNow()).toEqual(['Bà Nguyễn Thị Hai', 'Ông Trần Văn Ba']);
		const detail = async () => (await asking(quantri)).detail({ agencyId: 'so-y-te' });
		expect(await detail()).toMatchObject({
			line: { focalPoint: { name: 'Bà Nguyễn Thị Hai' }, next: { kind: 'focal_point', on: tomorrow } }
		});
		expect(await (await asking(quantri)).withdraw({ changeId: planned })).toMatchObject({ ok: true });
		expect(await (await asking(quantri)).withdraw({ changeId: planned })).toMatchObject({ ok: false });
		expect(await pointsNow()).toEqual(['Bà Nguyễn Thị Hai']);
		expect((await detail())?.changes.map((one) => one.withdrawnAt !== null)).toEqual([true, false]);
	});

	test('TG-3.4 only the administrator changes agencies, only the lead of the unit says who stands in', async () => {
		const change: AgencyChange = {
			kind: 'renamed',
			agencyId: 'so-y-te',
			on: today,
			name: 'Sở X',
			shortName: 'X'
		};
		for (const person of [chilan, batu, anhminh, bacsau])
			await expect(changes(change, person)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		for (const person of [chilan, anhminh, bacsau])
			await expect((await asking(person)).list()).rejects.toMatchObject({ code: 'FORBIDDEN' });
		await expect((await asking(coyen)).detail({ agencyId: 'so-nnmt' })).rejects.toMatchObject({
			code: 'FORBIDDEN'
		});
		expect(await (await asking(bacsau)).detail({ agencyId: 'so-nnmt' })).toMatchObject({
			line: { officers: 3 }
		});
		const absence = {
			agencyId: 'so-nnmt',
			accountId: anhminh.id,
			substituteId: chihanh.id,
			from: today,
			to: tomorrow
		};
		for (const person of [chilan, anhminh, coyen])
			await expect((await asking(person)).setAbsence(absence)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		expect(await (await asking(bacsau)).setAbsence({ ...absence, agencyId: 'so-y-te' })).toMatchObject({
			refusal: { code: 'not_allowed' }
		});
	});

	test('TG-3.2 while an officer is away new cases go to the substitute, whose decision says so', async () => {
		const lead = await asking(bacsau);
		const absence = {
			agencyId: 'so-nnmt',
			accountId: anhminh.id,
			substituteId: bacsau.id,
			from: today,
			to: tomorrow
		};
		const old = await exchange.submits(batu, { title: 'Mận An Phước' });
		await exchange.owner`update cases set assignee_id = ${anhminh.id} where listing_id = ${old.id}`;
		const set = await lead.setAbsence(absence);
		if (!set.ok) throw new Error(JSON.stringify(set.refusal));
		expect(await lead.setAbsence({ ...absence, substituteId: chihanh.id })).toMatchObject({
			refusal: { fields: { from: 'overlap' } }
		});
		expect(
			await lead.setAbsence({ ...absence, accountId: bacsau.id, substituteId: anhminh.id })
		).toMatchObject({ refusal: { fields: { substituteId: 'circle' } } });
		expect(
			await lead.setAbsence({ ...absence, accountId: chihanh.id, substituteId: coyen.id })
		).toMatchObject({
			refusal: { fields: { substituteId: 'not_there' } }
		});

		const holders = [];
		const sent = [];
		for (const title of ['Cam sành', 'Bưởi da xanh']) {
			sent.push(await exchange.submits(batu, { title }));
			holders.push((await exchange.caseOf(sent.at(-1)?.id ?? '')).assigneeId);
		}
		expect(new Set(holders)).toEqual(new Set([chihanh.id, bacsau.id]));
		const forMinh = sent[holders.indexOf(bacsau.id)];
		for (const listing of [old, forMinh]) {
			if (!listing) throw new Error('nothing fell to anh Minh');
			expect(await exchange.decides(bacsau, listing.id, 'approve')).toMatchObject({ ok: true });
			const { id, code } = await exchange.caseOf(listing.id);
			expect(await exchange.feed('agency:so-nnmt', 'cases', id)).toMatchObject({
				decision: { by: { name: 'Võ Văn Sáu' }, insteadOf: 'Lê Quang Minh' }
			});
			const { items } = await caseHistory(exchange.db, 'so-nnmt', null, 50);
			expect(items.find((item) => item.code === code)?.decidedByName).toBe('Võ Văn Sáu (thay Lê Quang Minh)');
		}
		expect(await lead.endAbsence({ id: set.value.id })).toMatchObject({ ok: true });
		const back = await exchange.submits(batu, { title: 'Quýt hồng' });
		expect([anhminh.id, chihanh.id]).toContain((await exchange.caseOf(back.id)).assigneeId);
	});

	test('TG-3.2 an officer who leaves while holding a case leaves it to the unit, its term unchanged', async () => {
		const sent = await exchange.submits(batu, { title: 'Sa pô' });
		const held = await exchange.caseOf(sent.id);
		const by = { actorId: 'system:test', now: now() };
		const holder = held.assigneeId ?? '';
		await write(exchange.db, by, (ctx) => endPost(ctx, { accountId: holder, agencyId: 'so-nnmt' }));
		expect(await exchange.caseOf(sent.id)).toEqual({ ...held, assigneeId: null });
		expect(await exchange.feed('agency:so-nnmt', 'cases', held.id)).toMatchObject({ assignee: null });
		expect((await events(held.id)).at(-1)).toEqual({
			kind: 'reassigned',
			data: { from: holder, to: null, reason: 'post_ended' }
		});

		// A post that ends by its date does the same by itself.
		const leaver = anhminh.id === holder ? chihanh : anhminh;
		await exchange.owner`update cases set assignee_id = ${leaver.id} where id = ${held.id}`;
		await exchange.owner`update posts set valid_to = now() - interval '1 second' where account_id = ${leaver.id} and valid_to is null`;
		expect(await settleAgencies(exchange.db, now())).toBeGreaterThan(0);
		expect((await exchange.caseOf(sent.id)).assigneeId).toBeNull();
		await write(exchange.db, by, (ctx) =>
			givePost(ctx, { accountId: leaver.id, agencyId: 'so-nnmt', role: 'officer', publicName: leaver.name })
		);
		expect(await exchange.decides(leaver, sent.id, 'approve')).toMatchObject({ ok: true });
	});
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import type { ReferenceChange } from '$lib/domain/reference/changes.ts';
import { isOffered } from '$lib/domain/kernel/effective.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { seedReference } from '$lib/server/seed/reference.ts';
import { referenceRouter } from './router.ts';
import { settleDays } from './settle.ts';

const { batu, anhminh, chilan, quantri } = people;
/** A Monday; nothing but weekends is off for weeks. */
const now = '2026-12-07T02:00:00.000Z';
const decision = 'QĐ 12/QĐ-SCT ngày 4/12/2026';

let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
});
afterAll(() => exchange.close());

const asking = async (person: Person, when = now) =>
	referenceRouter.createCaller({
		db: exchange.db,
		auth: exchange.auth,
		now: () => when,
		caller: { kind: 'actor', actor: await exchange.actorNow(person, when), sessionId: 'test' }
	});
const record = async (change: ReferenceChange, when = now) =>
	(await asking(quantri, when)).change({ change, reason: 'Theo đề nghị của các sở', decision });
const must = async (change: ReferenceChange, when = now) => {
	const done = await record(change, when);
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	return done.value.id;
};
/** The pack as devices have it. */
const onDevices = async () => {
	const [row] = await exchange.owner<{ pack: { categories: { id: string; name: string }[] } }[]>`
		select doc -> 'pack' as pack from sync_feed where collection = 'reference' and doc_id = 'pack'`;
	return row?.pack.categories ?? [];
};

test('TG-3.4a: a kind of goods is added from a day, chosen by a seller, routed, and stays through a newer pack', async () => {
	await must({
		kind: 'added',
		itemId: 'trai-cay-say',
		on: '2026-12-08',
		entry: { list: 'categories', name: 'Trái cây sấy', sectorId: 'nong-san' }
	});
	expect((await onDevices()).map(({ id }) => id)).toContain('trai-cay-say');
	const goods = { title: 'Mít sấy giòn', categoryId: 'trai-cay-say' };
	await expect(exchange.submits(batu, goods, { now })).rejects.toThrow(/categoryId/);
	const sent = await exchange.submits(batu, goods, { now: '2026-12-08T02:00:00.000Z' });
	await exchange.decides(anhminh, sent.id, 'approve', { now: '2026-12-08T03:00:00.000Z' });
	const [row] = await exchange.owner<{ category: string; sector: string }[]>`
		select category_id as category, sector_id as sector from listings where id = ${sent.id}`;
	expect(row).toEqual({ category: 'trai-cay-say', sector: 'nong-san' });
	const uses = async () => (await asking(quantri)).uses({ list: 'categories', itemId: 'trai-cay-say' });
	expect(await uses()).toBe(1);
	// What nobody sees any more is not on sale, though what it was published with is kept.
	await exchange.owner`update listings set state = 'locked' where id = ${sent.id}`;
	expect(await uses()).toBe(0);

	await seedReference(exchange.owner, 'tien-giang', now);
	expect((await currentPack(exchange.db)).categories.map(({ id }) => id)).toContain('trai-cay-say');
});

test('TG-3.4a: what ends cannot be sent any more, keeps its name, and comes back', async () => {
	const { units } = await currentPack(exchange.db);
	const unit = units.find(({ id }) => id !== 'kg')?.id ?? '';
	await must({ kind: 'ended', list: 'units', itemId: unit, on: '2026-12-08' });
	const later = '2026-12-08T02:00:00.000Z';
	await exchange.submits(batu, { title: 'Còn được gửi', unit }, { now });
	await expect(exchange.submits(batu, { title: 'Không còn', unit }, { now: later })).rejects.toThrow(/unit/);
	await must({ kind: 'resumed', list: 'units', itemId: unit, on: '2026-12-09' }, later);
	await exchange.submits(batu, { title: 'Lại được', unit }, { now: '2026-12-09T02:00:00.000Z' });
	const found = (await currentPack(exchange.db)).units.find(({ id }) => id === unit);
	expect(found && isOffered(found, '2026-12-09')).toBe(true);
});

test('TG-3.4a, TG-10.2b: a day off moves the terms that run, says why, and a day taken back moves them again', async () => {
	const sent = await exchange.submits(batu, { title: 'Chôm chôm nhãn' }, { now });
	const before = await exchange.caseOf(sent.id);
	expect(before.lastDay).toBe('2026-12-10');
	await must({ kind: 'calendar', day: '2026-12-09', as: 'off', words: 'Nghỉ tránh bão' });
	const moved = await exchange.caseOf(sent.id);
	expect(moved.lastDay).toBe('2026-12-11');
	const docs = await exchange.owner<{ doc: { lastDay?: string; review?: { lastDay: string } } }[]>`
		select doc from sync_feed where doc is not null
			and (doc_id = ${before.id} or (collection = 'mine' and doc_id = ${sent.id}))`;
	expect(docs.map(({ doc }) => doc.lastDay ?? doc.review?.lastDay)).toEqual(['2026-12-11', '2026-12-11']);
	const [event] = await exchange.owner<{ data: object }[]>`
		select data from case_events where case_id = ${before.id} and kind = 'recounted'`;
	expect(event?.data).toEqual({ from: '2026-12-10', to: '2026-12-11' });

	// Counted again by the job: nothing more to do, until ten minutes have passed and it is not looked at any more.
	expect(await settleDays(exchange.db, now)).toBe(0);
	await must({ kind: 'calendar', day: '2026-12-09', as: 'usual', words: '' });
	expect((await exchange.caseOf(sent.id)).lastDay).toBe('2026-12-10');
	await settleDays(exchange.db, '2026-12-07T02:11:00.000Z');
	const [open] = await exchange.owner<{ n: number }[]>`
		select count(*)::int as n from reference_changes where kind = 'calendar' and settled_at is null`;
	expect(open?.n).toBe(0);
});

test('TG-3.4a, TG-10.2b: a day off that is recorded is told so, also when counting anew has to wait for the job', async () => {
	const sent = await exchange.submits(batu, { title: 'Nhãn xuồng' }, { now });
	await exchange.owner`alter table case_events add constraint shut check (kind <> 'recounted') not valid`;
	await must({ kind: 'calendar', day: '2026-12-09', as: 'off', words: 'Nghỉ tránh bão' });
	await exchange.owner`alter table case_events drop constraint shut`;
	expect((await exchange.caseOf(sent.id)).lastDay).toBe('2026-12-10');
	expect(await settleDays(exchange.db, now)).toBeGreaterThan(0);
	expect((await exchange.caseOf(sent.id)).lastDay).toBe('2026-12-11');
	await must({ kind: 'calendar', day: '2026-12-09', as: 'usual', words: '' });
});

test('TG-3.4a, TG-10.2b: what is overdue when a day off is added stays overdue', async () => {
	const sent = await exchange.submits(batu, { title: 'Quá hạn' }, { now: '2026-12-01T02:00:00.000Z' });
	const before = await exchange.caseOf(sent.id);
	await must({ kind: 'calendar', day: '2026-12-10', as: 'off', words: 'Nghỉ tránh bão' });
	expect(await exchange.caseOf(sent.id)).toMatchObject({ lastDay: before.lastDay, dueAt: before.dueAt });
	await must({ kind: 'calendar', day: '2026-12-10', as: 'usual', words: '' });
});

test('TG-3.4a: a planned change is taken back, with who made it and who took it back on record', async () => {
	const id = await must({ kind: 'ended', list: 'categories', itemId: 'mat-ong', on: '2026-12-20' });
	const admin = await asking(quantri);
	expect((await admin.view()).changes[0]).toMatchObject({
		id,
		madeByName: quantri.name,
		effectiveOn: '2026-12-20',
		withdrawnAt: null
	});
	expect(await admin.withdraw({ changeId: id })).toMatchObject({ ok: true });
	expect(await admin.withdraw({ changeId: id })).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
	const found = (await currentPack(exchange.db)).categories.find((one) => one.id === 'mat-ong');
	expect(found).not.toHaveProperty('effectiveTo');
	const lines = await exchange.owner<{ action: string; actor: string }[]>`
		select action, actor from audit_log where action like 'reference.%' and data ->> 'change' = ${id} order by id`;
	expect(lines).toEqual([
		{ action: 'reference.ended', actor: quantri.id },
		{ action: 'reference.change_withdrawn', actor: quantri.id }
	]);
});

test('TG-3.4a: two who change the same thing at once: one is first, the other is told', async () => {
	const change: ReferenceChange = { kind: 'ended', list: 'categories', itemId: 'mat-ong', on: '2026-12-21' };
	const done = await Promise.all([record(change), record(change)]);
	expect(done.filter(({ ok }) => ok)).toHaveLength(1);
	expect(done.find(({ ok }) => !ok)).toMatchObject({ refusal: { fields: { on: 'planned' } } });
});

test('TG-3.4a: nobody else sets anything up, and nothing on record is rewritten', async () => {
	for (const person of [batu, anhminh, chilan]) {
		const other = await asking(person);
		await expect(other.view()).rejects.toThrow(/FORBIDDEN/);
		await expect(
			other.change({ change: { kind: 'assignment', assignment: 'round_robin' }, reason: 'x', decision: '' })
		).rejects.toThrow(/FORBIDDEN/);
	}
	await expect(exchange.owner`delete from reference_changes`).rejects.toThrow();
	await expect(exchange.db`update reference_changes set reason = 'khác'`).rejects.toThrow(
		/permission denied/
	);
});

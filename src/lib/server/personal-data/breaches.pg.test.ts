import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import type { BreachRecord } from '$lib/domain/personal-data/breaches.ts';
import { breachDetail, breachRegister, matchingMembers } from './breach-views.ts';
import {
	addAffected,
	addNamed,
	closeBreach,
	dropAffected,
	markAuthorityTold,
	recordBreach,
	reviseBreach,
	tellMembers
} from './breaches.ts';

const { batu, chilan, chuba, quantri, anhminh } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const now = () => new Date().toISOString();
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const admin = () => exchange.actorNow(quantri, now());
const everyone = {
	role: 'any',
	registeredFrom: null,
	registeredTo: null,
	orderedFrom: null,
	orderedTo: null
} as const;
const notice = { words: 'Một tệp sao lưu bị tải trộm.', advice: 'Đổi mật khẩu, cảnh giác cuộc gọi lạ.' };

async function recorded(more: Partial<BreachRecord> = {}): Promise<string> {
	const id = randomUUID();
	const done = await recordBreach(
		exchange.db,
		await admin(),
		{
			id,
			foundAt: ago(1),
			what: 'Tệp sao lưu bị tải trộm',
			kinds: ['name', 'order_contact'],
			consequences: 'Có thể bị lừa đảo qua điện thoại',
			measures: 'Đã đổi khóa, đóng lỗ hổng',
			harmful: true,
			...more
		},
		now()
	);
	if (!done.ok) throw new Error(done.refusal.code);
	return id;
}
const detail = async (id: string) => {
	const found = await breachDetail(exchange.db, await admin(), id, now());
	if (!found.ok) throw new Error(found.refusal.code);
	return found.value;
};

test('LAW-data-breach, TG-16.6 from found to closed: authority and members told in time, every step on record', async () => {
	const id = await recorded();
	const actor = await admin();
	expect(await closeBreach(exchange.db, actor, { id, conclusions: 'Xong' }, now())).toMatchObject({
		refusal: { code: 'still_needed', fields: { authority: 'still_needed', affected: 'still_needed' } }
	});
	const goods = await exchange.sells(batu);
	await exchange.must(chilan, { name: 'order.place', input: exchange.order(goods, 1) });
	const buyers = { ...everyone, orderedFrom: '2020-01-01' };
	expect(await matchingMembers(exchange.db, id, buyers)).toBe(2);
	expect(await addAffected(exchange.db, actor, { id, criteria: buyers }, now())).toEqual({
		ok: true,
		value: { added: 2 }
	});
	expect(await matchingMembers(exchange.db, id, buyers)).toBe(0);
	const names = [chuba.phone, 'chilan', 'không có ai', ''];
	expect(await addNamed(exchange.db, actor, { id, names }, now())).toEqual({
		ok: true,
		value: { added: 1, unknown: ['không có ai'] }
	});
	const { notice: letter } = await detail(id);
	expect(letter).toContain('Tên, số điện thoại và nơi nhận của đơn hàng');
	expect(letter).toContain(': 3.');
	const told = { id, at: ago(0.5), to: 'A05, Bộ Công an', reference: '12/TB-SCT' };
	expect(await markAuthorityTold(exchange.db, actor, told, now())).toEqual({ ok: true, value: undefined });
	expect(await markAuthorityTold(exchange.db, actor, told, now())).toMatchObject({
		refusal: { code: 'already_decided' }
	});
	expect(await tellMembers(exchange.db, actor, { id, ...notice }, now())).toEqual({
		ok: true,
		value: { told: 3 }
	});
	for (const person of [batu, chilan, chuba])
		expect(
			(await exchange.messagesTo(person)).filter(({ template }) => template === 'data_breach')
		).toMatchObject([
			{ state: 'queued', address: person.email, params: { what: notice.words, advice: notice.advice } }
		]);
	expect(await exchange.messagesTo(anhminh)).toEqual([]);
	expect(await tellMembers(exchange.db, actor, { id, ...notice }, now())).toMatchObject({
		refusal: { code: 'illegal_transition' }
	});
	// Whoever is found later is told as well, alone, before it may be closed.
	expect(await addNamed(exchange.db, actor, { id, names: ['anhminh'] }, now())).toMatchObject({ ok: true });
	expect(await detail(id)).toMatchObject({ affected: 4, untold: 1 });
	expect(await closeBreach(exchange.db, actor, { id, conclusions: 'Đã khắc phục' }, now())).toMatchObject({
		refusal: { code: 'still_needed', fields: { members: 'still_needed' } }
	});
	expect(await tellMembers(exchange.db, actor, { id, ...notice }, now())).toEqual({
		ok: true,
		value: { told: 1 }
	});
	expect(await exchange.messagesTo(chuba)).toHaveLength(1);
	expect(await closeBreach(exchange.db, actor, { id, conclusions: 'Đã khắc phục' }, now())).toMatchObject({
		ok: true
	});
	expect(await dropAffected(exchange.db, actor, id, now())).toMatchObject({
		refusal: { code: 'illegal_transition' }
	});
	const steps = await exchange.owner<{ action: string }[]>`
		select distinct action from audit_log where subject = ${`breach:${id}`} order by 1`;
	expect(steps.map(({ action }) => action)).toEqual(
		['affected_added', 'authority_told', 'closed', 'members_told', 'opened', 'recorded'].map(
			(one) => `breach.${one}`
		)
	);
});

test('LAW-data-breach the hours run from when it was found, not from when it was written down', async () => {
	const id = await recorded({ foundAt: ago(80) });
	const { counts, items } = await breachRegister(exchange.db, now());
	expect(items[0]?.id).toBe(id);
	expect(counts.overdue).toBe(1);
	const actor = await admin();
	const told = { id, at: ago(1), to: 'A05', reference: '13' };
	expect(await markAuthorityTold(exchange.db, actor, { ...told, at: ago(81) }, now())).toMatchObject({
		refusal: { code: 'invalid_input' }
	});
	expect((await markAuthorityTold(exchange.db, actor, told, now())).ok).toBe(true);
	expect((await breachRegister(exchange.db, now())).counts).toMatchObject({ overdue: 0, toldLate: 1 });
	const future = new Date(Date.now() + 3_600_000).toISOString();
	expect(
		await recordBreach(
			exchange.db,
			actor,
			{ ...(await detail(id)), id: randomUUID(), kinds: ['name'], foundAt: future },
			now()
		)
	).toMatchObject({ refusal: { fields: { foundAt: 'in_future' } } });
});

test('LAW-data-breach of two who write it down anew the second sees that the first did; harmless ones close at once', async () => {
	const id = await recorded({ harmful: false });
	const actor = await admin();
	const { rev, what, consequences, measures } = await detail(id);
	const revision = {
		id,
		rev,
		what: `${what} lần hai`,
		kinds: ['name' as const],
		consequences,
		measures,
		harmful: false
	};
	expect((await reviseBreach(exchange.db, actor, revision, now())).ok).toBe(true);
	expect(await reviseBreach(exchange.db, actor, revision, now())).toMatchObject({
		refusal: { code: 'stale_version' }
	});
	expect(
		(await closeBreach(exchange.db, actor, { id, conclusions: 'Không ai bị ảnh hưởng' }, now())).ok
	).toBe(true);
});

test('LAW-data-breach nobody but an administrator or the operator keeps the register', async () => {
	const id = await recorded();
	const officer = await exchange.actorNow(anhminh, now());
	expect(await breachDetail(exchange.db, officer, id, now())).toMatchObject({
		refusal: { code: 'not_found' }
	});
	expect(await tellMembers(exchange.db, officer, { id, ...notice }, now())).toMatchObject({
		refusal: { code: 'not_allowed' }
	});
	expect(await addAffected(exchange.db, officer, { id, criteria: everyone }, now())).toMatchObject({
		ok: false
	});
});

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange } from '../../../../../tests/world/exchange.ts';
import { applicant, openDesk, type BusinessDesk } from '../../../../../tests/world/registration.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { viewOfOwner } from '../projections.ts';
import { useIdentityProvider, type IdentityAnswer, type IdentityQuestion } from './provider.ts';
import { askIdentities } from './service.ts';

const { anhminh, coyen } = people;
const before = '2026-12-28T03:00:00.000Z';
const lastInstant = '2026-12-31T16:59:59.999Z';
const duty = '2026-12-31T17:00:00.000Z';
const later = '2027-01-04T03:00:00.000Z';
const ticks = ['so-dinh-danh', 'giay-phep'];
const withIdentity = [...ticks, 'dinh-danh-dien-tu'];

let exchange: Exchange;
let desk: BusinessDesk;
const makers = ['An', 'Bình', 'Cúc', 'Dung', 'Én'].map((name) => applicant(name));
beforeAll(async () => {
	exchange = await openExchange({
		members: [people.batu, anhminh, coyen, people.bacsau, people.chihanh, ...makers],
		now: '2026-11-01T00:00:00.000Z'
	});
	desk = openDesk(exchange);
});
afterEach(() => useIdentityProvider(null));
afterAll(() => exchange.close());

const maker = (at: number) => makers[at] ?? people.batu;
const registers = async (at: number, now: string, base = 0, id: string = randomUUID()) => {
	const person = { identityNumber: `08219000010${at}` };
	const content = { sectors: ['nong-san'] };
	expect(await desk.sends(maker(at), id, { base, person, content }, now)).toMatchObject({ ok: true });
	return id;
};
const identity = async (at: number, now: string) =>
	(await transaction(exchange.db, maker(at).id, (tx) => viewOfOwner(tx, maker(at).id, now)))?.identity;
const first = (at: number, now: string) => exchange.submits(maker(at), {}, { now });
const answers = (...said: IdentityAnswer[]) => {
	const asked: IdentityQuestion[] = [];
	useIdentityProvider({
		ask(question) {
			asked.push(question);
			return Promise.resolve(
				said[Math.min(asked.length, said.length) - 1] ?? { outcome: 'later', reason: 'unreachable' }
			);
		}
	});
	return asked;
};

test('LAW-tmdt-identity by hand: to the last instant of 2026 it may be left open, then nobody begins to sell without', async () => {
	const id = await registers(0, before);
	expect(await desk.decides(anhminh, id, 'approve', { now: before, checked: ticks })).toMatchObject({
		ok: true
	});
	expect(await identity(0, before)).toMatchObject({ state: 'none', dutyFrom: '2027-01-01' });
	await first(0, lastInstant);
	await expect(first(0, duty)).rejects.toThrow('identity_needed');
	// The same registration saved again brings it to the officer, who compares and ticks.
	await registers(0, later, 1, id);
	expect(await desk.decides(anhminh, id, 'approve', { now: later, checked: ticks })).toMatchObject({
		refusal: { code: 'check_list_open', fields: { 'dinh-danh-dien-tu': 'required' } }
	});
	expect(await desk.decides(anhminh, id, 'approve', { now: later, checked: withIdentity })).toMatchObject({
		ok: true
	});
	expect(await identity(0, later)).toMatchObject({ state: 'verified', method: 'manual', at: later });
	await first(0, later);
});

test('LAW-tmdt-identity a provider is asked once it is connected, and another number starts at nothing', async () => {
	const asked = answers({ outcome: 'later', reason: 'http_503' }, { outcome: 'verified', reference: 'VN-1' });
	const id = await registers(1, before);
	expect(await askIdentities(exchange.db, () => before)).toBe(0);
	// Not at once again: a provider that is away is asked often at first and seldom later.
	expect(await askIdentities(exchange.db, () => before)).toBe(0);
	expect(await askIdentities(exchange.db, () => lastInstant)).toBe(1);
	expect(asked).toMatchObject([
		{ number: '082190000101', name: 'Trần Ngọc Lan', kind: 'household' },
		{ id: asked[0]?.id }
	]);
	expect(await identity(1, later)).toMatchObject({ state: 'verified', method: 'provider' });
	const person = { identityNumber: '082190000199' };
	await desk.sends(maker(1), id, { base: 1, person, content: { sectors: ['nong-san'] } }, later);
	expect(await identity(1, later)).toMatchObject({ state: 'asking', method: null, at: null });
});

test('LAW-tmdt-identity a verified number is asked about again when its person is called otherwise, at once', async () => {
	const asked = answers({ outcome: 'verified', reference: 'VN-4' });
	const id = await registers(4, before);
	await askIdentities(exchange.db, () => before);
	await registers(4, before, 1, id);
	expect(await identity(4, before)).toMatchObject({ state: 'verified' });
	await exchange.owner`delete from pgboss.job where name = 'identity-watch'`;
	const person = { identityNumber: '082190000104', representative: 'Trần Ngọc Lân' };
	await desk.sends(maker(4), id, { base: 2, person, content: { sectors: ['nong-san'] } }, before);
	expect(await identity(4, before)).toMatchObject({ state: 'asking', method: null });
	expect(await exchange.owner`select data from pgboss.job where name = 'identity-watch'`).toHaveLength(1);
	await askIdentities(exchange.db, () => before);
	expect(asked.map(({ name }) => name)).toEqual(['Trần Ngọc Lan', 'Trần Ngọc Lân']);
});

test('LAW-tmdt-identity a number under another name is refused, whatever is ticked', async () => {
	answers({ outcome: 'not_matched', reference: 'VN-2' });
	const id = await registers(2, later);
	await askIdentities(exchange.db, () => later);
	expect(await identity(2, later)).toMatchObject({ state: 'not_matched' });
	expect(await desk.decides(anhminh, id, 'approve', { now: later, checked: withIdentity })).toMatchObject({
		refusal: { code: 'identity_needed' }
	});
});

test('LAW-tmdt-identity an answer about a number that was changed meanwhile counts for nothing', async () => {
	const id = await registers(3, later);
	useIdentityProvider({
		async ask() {
			const person = { identityNumber: '082190000188' };
			await desk.sends(maker(3), id, { base: 2, person, content: { sectors: ['nong-san'] } }, later);
			return { outcome: 'verified', reference: 'VN-3' };
		}
	});
	await registers(3, later, 1, id);
	await askIdentities(exchange.db, () => later);
	expect(await identity(3, later)).toMatchObject({ state: 'asking' });
});

test('LAW-tmdt-identity who was opened by hand was compared by hand', async () => {
	await exchange.submits(people.batu, {}, { now: later });
	const view = await transaction(exchange.db, people.batu.id, (tx) => viewOfOwner(tx, people.batu.id, later));
	expect(view?.identity).toMatchObject({ state: 'verified', method: 'manual' });
});

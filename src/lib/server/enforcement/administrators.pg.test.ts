import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import type { Result } from '$lib/domain/kernel/refusal.ts';
import { closeAccount } from '$lib/server/personal-data/closing.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { answerProposal, proposeAdministrator } from '$lib/server/grants/service.ts';
import { openProposals } from '$lib/server/grants/people.ts';
import { stableId } from '$lib/server/seed/people.ts';
import { carryOutDue } from './jobs.ts';
import { enforcing, ofAccount } from './test-world.ts';

const { quantri } = people;
const another = (userName: string, name: string): Person => ({
	...quantri,
	id: stableId(`person:${userName}`),
	userName,
	name,
	phone: '',
	email: ''
});
const hoa = another('quantri2', 'Lý Thu Hoa');
const ba = another('quantri3', 'Mai Văn Ba');

let exchange: Exchange;
let does: ReturnType<typeof enforcing>;
beforeAll(async () => {
	exchange = await openExchange({ members: [quantri, hoa, ba] });
	does = enforcing(exchange);
});
afterAll(() => exchange.close());

/** These are administrators who can act, and nothing was done against anybody. */
const onlyThese = async (...active: readonly Person[]): Promise<void> => {
	await exchange.owner`update accounts set roles = '{buyer}', state = 'active'`;
	for (const { id } of active)
		await exchange.owner`update accounts set roles = '{administrator}' where id = ${id}`;
};
/** Nothing is under way against anybody. */
const calm = () =>
	transaction(exchange.db, 'system:test', async (tx) => {
		await tx`update measures set state = 'lifted', ended_at = now(), ended_by_name = 'thử'
			where state in ('noticed', 'in_force')`;
		await tx`update rights_proposals set state = 'declined', answered_by = 'system:test', answered_at = now()
			where state = 'open'`;
	});
beforeEach(calm);

const now = () => new Date().toISOString();
/** Accounts of nobody's sector are the main department's. */
const asMain = { agencyId: 'so-cong-thuong' } as const;
const locks = (by: Person, who: Person) => does.takes(by, ofAccount(who), asMain);
const why = (done: Result<unknown>) => (done.ok ? 'ok' : (done.refusal.facts?.why ?? done.refusal.code));
const acting = async (): Promise<string[]> =>
	(
		await exchange.db<{ id: string }[]>`
			select id from accounts where roles @> '{administrator}' and state = 'active'`
	).map(({ id }) => id);

async function proposed(by: Person, who: Person): Promise<string> {
	const input = { accountId: who.id, change: 'revoke', reason: 'Chuyển công tác' } as const;
	const done = await proposeAdministrator(exchange.db, await exchange.actorNow(by, now()), input, now());
	if (!done.ok) throw new Error(String(why(done)));
	const open = await openProposals(exchange.db, await exchange.actorNow(by, now()), now());
	return open.find(({ accountId }) => accountId === who.id)?.id ?? '';
}
const confirms = async (by: Person, proposalId: string) =>
	answerProposal(exchange.db, await exchange.actorNow(by, now()), { proposalId, yes: true }, now());

test('TG-9.2 TG-20.1 an administrator is locked by another, and the last who can act by nobody', async () => {
	await onlyThese(quantri, hoa);
	expect(why(await locks(quantri, hoa))).toBe('ok');
	expect(await acting()).toEqual([quantri.id]);
	// A session of before the lock, still on its way.
	await exchange.owner`update accounts set state = 'active' where id = ${hoa.id}`;
	const late = await exchange.actorNow(hoa, now());
	await exchange.owner`update accounts set state = 'locked' where id = ${hoa.id}`;
	expect(late.roles).toEqual(['administrator']);
	expect(why(await locks(hoa, quantri))).toBe('not_administrator');
	expect(await acting()).toEqual([quantri.id]);
});

test('TG-20.1 of two who lock each other at one moment the first to commit wins', async () => {
	for (let round = 0; round < 5; round++) {
		await onlyThese(quantri, hoa);
		const [mine, theirs] = await Promise.all([locks(quantri, hoa), locks(hoa, quantri)]);
		expect([why(mine), why(theirs)].sort()).toEqual(['not_administrator', 'ok']);
		expect(await acting()).toHaveLength(1);
		await calm();
	}
});

test('TG-20.1 two locks and a confirmed revocation at one moment leave somebody', async () => {
	for (let round = 0; round < 5; round++) {
		await onlyThese(quantri, hoa, ba);
		const proposal = await proposed(ba, quantri);
		const done = await Promise.all([confirms(hoa, proposal), locks(quantri, ba), locks(ba, hoa)]);
		expect(done.some(({ ok }) => ok)).toBe(true);
		expect((await acting()).length).toBeGreaterThanOrEqual(1);
		await calm();
	}
});

test('LAW-tmdt-notice a notice that runs out against the last administrator waits until there is another', async () => {
	await onlyThese(quantri, hoa);
	const done = await does.takes(quantri, ofAccount(hoa), { ...asMain, groundId: 'thong-tin-sai' });
	if (!done.ok) throw new Error(String(why(done)));
	expect(done.value.state).toBe('noticed');
	await exchange.owner`update accounts set roles = '{buyer}' where id = ${quantri.id}`;
	const later = new Date(Date.now() + 30 * 86_400_000).toISOString();
	expect(await carryOutDue(exchange.db, later)).toBe(0);
	expect(await does.stateOf(done.value.id)).toBe('noticed');
	expect(await acting()).toEqual([hoa.id]);
	await exchange.owner`update accounts set roles = '{administrator}' where id = ${quantri.id}`;
	expect(await carryOutDue(exchange.db, later)).toBe(1);
	expect(await acting()).toEqual([quantri.id]);
});

test('TG-16.5 TG-20.1 whoever holds an office cannot close the account, not even while it is being given', async () => {
	await onlyThese(quantri);
	expect(await closeAccount(exchange.db, quantri.id, now())).toMatchObject({
		refusal: { code: 'still_needed', fields: { office: 'still_needed' } }
	});
	// hoa closes the own account while quantri makes her an administrator and steps back to be one of two.
	await onlyThese(quantri, ba);
	const input = { accountId: hoa.id, change: 'grant', reason: 'Thay người nghỉ hưu' } as const;
	await proposeAdministrator(exchange.db, await exchange.actorNow(quantri, now()), input, now());
	const [open] = await openProposals(exchange.db, await exchange.actorNow(ba, now()), now());
	const [made, closed] = await Promise.all([
		confirms(ba, open?.id ?? ''),
		closeAccount(exchange.db, hoa.id, now())
	]);
	expect([made.ok, closed.ok].sort()).toEqual([false, true]);
	expect(
		await exchange.db`select from accounts where state = 'closed' and roles @> '{administrator}'`
	).toEqual([]);
});

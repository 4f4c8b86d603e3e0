import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import type { Result } from '$lib/domain/kernel/refusal.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { stableId } from '$lib/server/seed/people.ts';
import { openTestDevice } from '$lib/sync/test-world.ts';
import { openExchange, people, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import { findPeopleOfRights, openProposals, rightsOf } from './people.ts';
import {
	answerProposal,
	changeRole,
	confirmAtMachine,
	endOffice,
	giveOffice,
	proposeAdministrator
} from './service.ts';

const { batu, chilan, anhminh, bacsau, coyen, quantri } = people;
const second: Person = {
	...quantri,
	id: stableId('person:quantri2'),
	userName: 'quantri2',
	name: 'Lý Thu Hoa',
	phone: '',
	email: ''
};
const third: Person = {
	...second,
	id: stableId('person:quantri3'),
	userName: 'quantri3',
	name: 'Mai Văn Ba'
};

let exchange: Exchange;
const now = () => new Date().toISOString();
const as = (person: Person): Promise<Actor> => exchange.actorNow(person, now());
const reason = 'Theo quyết định phân công số 12';
const why = (done: Result<unknown>) => (done.ok ? 'ok' : (done.refusal.facts?.why ?? done.refusal.code));
const administrators = async (): Promise<string[]> =>
	(
		await exchange.db<{ id: string }[]>`
			select id from accounts where roles @> '{administrator}' and state = 'active'`
	).map(({ id }) => id);

beforeAll(async () => {
	exchange = await openExchange({
		members: [batu, chilan, anhminh, bacsau, coyen, quantri, second, third]
	});
});
afterAll(() => exchange.close());

describe('roles and posts', () => {
	test('TG-20.1 a role is given and taken with a reason, and all of it can be read later', async () => {
		const admin = await as(quantri);
		const input = { accountId: chilan.id, role: 'supervisor', reason } as const;
		expect(why(await changeRole(exchange.db, admin, true, input, now()))).toBe('ok');
		expect(why(await changeRole(exchange.db, admin, true, input, now()))).toBe('has_it');
		expect((await as(chilan)).roles).toEqual(['buyer', 'supervisor']);
		expect(why(await changeRole(exchange.db, admin, false, input, now()))).toBe('ok');
		expect(why(await changeRole(exchange.db, admin, false, input, now()))).toBe('has_it_not');
		expect((await as(chilan)).roles).toEqual(['buyer']);

		const read = await rightsOf(exchange.db, admin, chilan.id, now());
		expect(read?.changes).toMatchObject([
			{ kind: 'revoked', role: 'supervisor', reason, byName: quantri.name },
			{ kind: 'granted', role: 'supervisor', reason, byName: quantri.name }
		]);
		const lines = await exchange.db<{ action: string; actor: string; clause: string }[]>`
			select action, actor, clause from audit_log where subject = ${`account:${chilan.id}`} order by id`;
		expect(lines.slice(1)).toEqual([
			{ action: 'right.granted', actor: quantri.id, clause: 'TG-20.1' },
			{ action: 'right.revoked', actor: quantri.id, clause: 'TG-20.1' },
			{ action: 'rights.looked-at', actor: quantri.id, clause: 'TG-3.4' }
		]);
	});

	test('TG-20.1 nobody changes the own rights', async () => {
		const admin = await as(quantri);
		const role = { accountId: quantri.id, role: 'supervisor', reason } as const;
		const post = { accountId: quantri.id, agencyId: 'so-nnmt', role: 'lead', reason } as const;
		expect(why(await changeRole(exchange.db, admin, true, role, now()))).toBe('own_rights');
		expect(why(await giveOffice(exchange.db, admin, post, now()))).toBe('own_rights');
		expect(why(await endOffice(exchange.db, admin, post, now()))).toBe('own_rights');
	});

	test('sync 8: a revoked post takes its cases off the device at the next contact, and gives them back to the unit', async () => {
		const admin = await as(quantri);
		const post = { accountId: coyen.id, agencyId: 'so-nnmt', role: 'officer', reason } as const;
		expect(why(await giveOffice(exchange.db, admin, post, now()))).toBe('ok');
		expect(why(await giveOffice(exchange.db, admin, post, now()))).toBe('has_it');
		const sent = await exchange.submits(batu, { title: 'Xoài cát Hòa Lộc' });
		const { id: caseId } = await exchange.caseOf(sent.id);
		const device = await openTestDevice(exchange, coyen);
		const desk = async () => (await device.store.docs.cases.find().exec()).map((doc) => doc.data.id);
		try {
			await device.sync();
			expect(await desk()).toContain(caseId);
			if ((await exchange.caseOf(sent.id)).assigneeId !== coyen.id)
				await exchange.must(bacsau, {
					name: 'case.reassign',
					input: { caseId, toAccountId: coyen.id, reason: 'Chia việc' }
				});

			expect(why(await endOffice(exchange.db, admin, post, now()))).toBe('ok');
			expect(why(await endOffice(exchange.db, admin, post, now()))).toBe('has_it_not');
			expect((await exchange.caseOf(sent.id)).assigneeId).toBeNull();
			await device.sync();
			expect(await desk()).toEqual([]);
		} finally {
			await device.close();
		}
		// The post elsewhere, and its role, stay.
		expect(await as(coyen)).toMatchObject({
			roles: ['officer'],
			posts: [{ agencyId: 'so-cong-thuong', role: 'officer' }]
		});
	});

	test('an agency that does not exist has no posts, and a locked account gets none', async () => {
		const admin = await as(quantri);
		const post = { accountId: chilan.id, agencyId: 'so-mat-trang', role: 'officer', reason } as const;
		expect(why(await giveOffice(exchange.db, admin, post, now()))).toBe('not_found');
		await exchange.owner`update accounts set state = 'locked' where id = ${chilan.id}`;
		const real = { ...post, agencyId: 'so-nnmt' };
		expect(why(await giveOffice(exchange.db, admin, real, now()))).toBe('not_active');
		await exchange.owner`update accounts set state = 'active' where id = ${chilan.id}`;
	});
});

describe('who hears of it', () => {
	const letters = async (person: Person, since: number) => (await exchange.messagesTo(person)).slice(since);
	const count = async (person: Person) => (await exchange.messagesTo(person)).length;

	test('TG-20.1 whoever gets or loses a role or a post is written to, with the reason and by whom', async () => {
		const admin = await as(quantri);
		const before = await count(chilan);
		const role = { accountId: chilan.id, role: 'board', reason } as const;
		const post = { accountId: chilan.id, agencyId: 'so-nnmt', role: 'officer', reason } as const;
		await changeRole(exchange.db, admin, true, role, now());
		await changeRole(exchange.db, admin, false, role, now());
		await giveOffice(exchange.db, admin, post, now());
		await endOffice(exchange.db, admin, post, now());
		// What is refused tells nobody.
		await changeRole(exchange.db, admin, false, role, now());
		const by = { reason, byName: quantri.name };
		const agency = 'Sở Nông nghiệp và Môi trường';
		expect((await letters(chilan, before)).map(({ template, params }) => ({ template, params }))).toEqual([
			{ template: 'rights_changed', params: { kind: 'granted', role: 'board', agency: '', ...by } },
			{ template: 'rights_changed', params: { kind: 'revoked', role: 'board', agency: '', ...by } },
			{
				template: 'rights_changed',
				params: { kind: 'post_given', role: 'officer', agency: expect.stringContaining(agency), ...by }
			},
			{
				template: 'rights_changed',
				params: { kind: 'post_ended', role: 'officer', agency: expect.stringContaining(agency), ...by }
			}
		]);
		const inTheApp = (await exchange.told(chilan)).filter(({ kind }) => kind === 'rights_changed').slice(-4);
		expect(inTheApp.map(({ facts }) => [facts.change, facts.role, facts.by])).toEqual([
			['granted', 'board', quantri.name],
			['revoked', 'board', quantri.name],
			['post_given', 'officer', quantri.name],
			['post_ended', 'officer', quantri.name]
		]);
		expect(JSON.stringify(inTheApp)).not.toContain(reason);
	});

	test('TG-20.1 four eyes: the others hear that something waits, the proposer what became of it', async () => {
		const before = { mine: await count(quantri), theirs: await count(second), lan: await count(chilan) };
		const propose = async () => {
			const input = { accountId: chilan.id, change: 'grant', reason } as const;
			await proposeAdministrator(exchange.db, await as(quantri), input, now());
			const [open] = await openProposals(exchange.db, await as(quantri), now());
			return open?.id ?? '';
		};
		const answer = async (by: Person, yes: boolean) =>
			answerProposal(exchange.db, await as(by), { proposalId: await propose(), yes }, now());
		await answer(second, false);
		// Taken back: the proposer knows.
		await answer(quantri, false);
		await answer(second, true);
		expect((await letters(quantri, before.mine)).map(({ params }) => params)).toEqual([
			{ change: 'grant', agreed: false, byName: second.name, reason },
			{ change: 'grant', agreed: true, byName: second.name, reason }
		]);
		expect((await letters(second, before.theirs)).map(({ template }) => template)).toEqual(
			Array.from({ length: 3 }, () => 'rights_proposed')
		);
		expect((await letters(chilan, before.lan)).map(({ params }) => params)).toMatchObject([
			{ kind: 'granted', role: 'administrator', byName: second.name }
		]);
		const inTheApp = async (person: Person, what: string) =>
			(await exchange.told(person)).filter(({ kind }) => kind === what).map(({ facts }) => facts);
		expect(await inTheApp(second, 'rights_proposed')).toEqual(Array(3).fill({ by: quantri.name }));
		expect(await inTheApp(quantri, 'rights_answered')).toEqual([
			{ agreed: 'no', by: second.name },
			{ agreed: 'yes', by: second.name }
		]);
		await exchange.owner`update accounts set roles = '{buyer}' where id = ${chilan.id}`;
	});
});

describe('four eyes for the rights of an administrator', () => {
	const propose = async (by: Person, who: Person, change: 'grant' | 'revoke') => {
		const done = await proposeAdministrator(
			exchange.db,
			await as(by),
			{ accountId: who.id, change, reason },
			now()
		);
		if (!done.ok) throw new Error(String(why(done)));
		const open = await openProposals(exchange.db, await as(by), now());
		const found = open.find((one) => one.accountId === who.id && one.change === change);
		if (!found) throw new Error('the proposal is not there');
		return found.id;
	};
	const answer = async (by: Person, proposalId: string, yes = true) =>
		why(await answerProposal(exchange.db, await as(by), { proposalId, yes }, now()));

	test('TG-20.1 proposed by one, confirmed by another, and nothing before', async () => {
		const id = await propose(quantri, chilan, 'grant');
		expect((await as(chilan)).roles).toEqual(['buyer']);
		expect(await answer(quantri, id)).toBe('own_proposal');
		expect(
			why(
				await proposeAdministrator(
					exchange.db,
					await as(second),
					{ accountId: chilan.id, change: 'grant', reason },
					now()
				)
			)
		).toBe('proposed_already');
		expect(await answer(second, id)).toBe('ok');
		expect((await as(chilan)).roles).toEqual(['buyer', 'administrator']);
		expect(await answer(third, id)).toBe('proposal_closed');

		const back = await propose(second, chilan, 'revoke');
		expect(await answer(quantri, back, false)).toBe('ok');
		expect(await administrators()).toContain(chilan.id);
		expect(await answer(third, await propose(second, chilan, 'revoke'))).toBe('ok');
		expect(await administrators()).not.toContain(chilan.id);
	});

	test('a proposal nobody answered means nothing any more after three days', async () => {
		const id = await propose(quantri, chilan, 'grant');
		const late = new Date(Date.now() + 72 * 3_600_000).toISOString();
		const done = await answerProposal(exchange.db, await as(second), { proposalId: id, yes: true }, late);
		expect(why(done)).toBe('proposal_closed');
		expect(await openProposals(exchange.db, await as(second), late)).toEqual([]);
		expect(await answer(quantri, id, false)).toBe('ok');
	});

	test('TG-20.1 of administrators who unmake each other the first to commit wins, and one is always left', async () => {
		for (let round = 0; round < 5; round++) {
			const mine = await propose(quantri, second, 'revoke');
			const theirs = await propose(second, quantri, 'revoke');
			const answers = await Promise.all([answer(third, mine), answer(third, theirs)]);
			expect(answers.sort()).toEqual(['ok', 'proposer_gone']);
			expect(await administrators()).toHaveLength(2);
			await exchange.owner`
				update accounts set roles = '{administrator}' where id in (${quantri.id}, ${second.id})`;
			await transaction(
				exchange.db,
				'system:test',
				(tx) => tx`
					update rights_proposals set state = 'declined', answered_by = 'system:test', answered_at = now()
					where state = 'open'`
			);
		}
	});

	test('TG-20.1 the last administrator cannot lose it, and a first one is helped at the machine', async () => {
		await exchange.owner`update accounts set roles = '{buyer}' where id in (${second.id}, ${third.id})`;
		const admin = await as(quantri);
		const alone = { accountId: quantri.id, change: 'revoke', reason } as const;
		expect(why(await proposeAdministrator(exchange.db, admin, alone, now()))).toBe('last_administrator');

		const id = await propose(quantri, second, 'grant');
		expect(await answer(quantri, id)).toBe('own_proposal');
		expect(why(await confirmAtMachine(exchange.db, id, now()))).toBe('ok');
		expect((await administrators()).sort()).toEqual([quantri.id, second.id].sort());
		const again = await propose(quantri, third, 'grant');
		expect(why(await confirmAtMachine(exchange.db, again, now()))).toBe('not_administrator');
	});
});

describe('who is found, and by whom', () => {
	test('TG-3.4 those who work for the exchange are listed by department; a member is found by the whole name', async () => {
		const admin = await as(quantri);
		const find = async (name: string, agencyId = '') =>
			(await findPeopleOfRights(exchange.db, admin, { name, agencyId }, now())).map((one) => one.id);
		expect(await find('')).toEqual(expect.arrayContaining([anhminh.id, bacsau.id, coyen.id, quantri.id]));
		expect(await find('')).not.toContain(batu.id);
		expect((await find('', 'so-nnmt')).sort()).toEqual([anhminh.id, bacsau.id].sort());
		for (const name of ['batu', batu.phone, '0900 000 001', batu.email])
			expect(await find(name), name).toEqual([batu.id]);
		expect(await find('bat')).toEqual([]);
		expect(await find('không có ai')).toEqual([]);
		const [found] = await findPeopleOfRights(exchange.db, admin, { name: 'batu', agencyId: '' }, now());
		expect(found).toMatchObject({ name: batu.name, roles: ['buyer', 'seller'] });
		expect(JSON.stringify(found)).not.toContain(batu.phone);
	});

	test('LAW-data-subject a reason is read by its person and by administrators alone', async () => {
		const admin = await as(quantri);
		const input = { accountId: batu.id, role: 'board', reason } as const;
		await changeRole(exchange.db, admin, true, input, now());
		await changeRole(exchange.db, admin, false, input, now());
		const rows = (person: Person) =>
			transaction(
				exchange.db,
				person.id,
				(tx) => tx`select from rights_changes where account_id = ${batu.id}`
			);
		expect(await rows(batu)).toHaveLength(2);
		expect(await rows(quantri)).toHaveLength(2);
		for (const stranger of [chilan, anhminh]) expect(await rows(stranger)).toHaveLength(0);
	});
});

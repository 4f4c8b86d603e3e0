import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Actor, Role } from '../accounts/permissions.ts';
import { legalEvents, nextState } from '../kernel/machine.ts';
import { canAnswerProposal, canCarryOut, checkRoom, mostWaiting } from './rules.ts';
import { proposalAnswer, proposalSend } from './schema.ts';
import { eventOf, isWaiting, proposalMachine, proposalOutcomes, proposalStates } from './states.ts';

const proposalId = '00000000-0000-4000-8000-000000000001';
const who = (...roles: Role[]): Actor => ({ id: 'hoa', name: 'Hoa', roles, posts: [], businessId: null });

test('TG-3.4a: a proposal is answered once: what waits can be answered with every outcome, what is over with none', () => {
	for (const state of proposalStates)
		for (const outcome of proposalOutcomes) {
			const to = nextState(proposalMachine, state, eventOf[outcome]);
			expect(to, `${state} ${outcome}`).toMatchObject(isWaiting(state) ? { value: outcome } : { ok: false });
		}
	expect(proposalStates.filter((state) => legalEvents(proposalMachine, state).length === 0)).toEqual([
		'declined',
		'done',
		'withdrawn'
	]);
	expect(nextState(proposalMachine, 'considering', 'consider').ok).toBe(false);
});

test('TG-3.4a: what was accepted, and nothing else, is later carried out, once', () => {
	for (const state of proposalStates)
		expect(nextState(proposalMachine, state, 'carry_out'), state).toMatchObject(
			state === 'accepted' ? { value: 'done' } : { ok: false }
		);
	expect(legalEvents(proposalMachine, 'accepted')).toEqual(['carry_out']);
});

test.each(proposalStates.flatMap((state) => [true, false].map((senderLeft) => ({ state, senderLeft }))))(
	'TG-3.4a: $state, its sender gone: $senderLeft: who may say that it is done',
	({ state, senderLeft }) => {
		const proposal = { accountId: 'lan', state, senderLeft };
		const may = state === 'accepted' && !senderLeft;
		expect(canCarryOut(who('board'), proposal)).toBe(may);
		expect(canCarryOut(who('officer', 'lead'), proposal)).toBe(false);
		expect(canCarryOut(who('board'), { ...proposal, accountId: 'hoa' })).toBe(false);
	}
);

test('TG-3.4a: so many proposals of one person may wait, and not one more', () => {
	fc.assert(
		fc.property(fc.nat(100), (waiting) => {
			const room = checkRoom(waiting);
			expect(room.ok).toBe(waiting < mostWaiting);
			if (!room.ok)
				expect(room.refusal).toEqual({
					code: 'too_many_waiting',
					clause: 'TG-3.4a',
					facts: { most: mostWaiting }
				});
		})
	);
});

test.each<[Role[], boolean]>([
	[['board'], true],
	[['administrator'], true],
	[['board', 'seller'], true],
	[['officer', 'lead'], false],
	[['seller'], false],
	[['supervisor', 'operator'], false]
])('TG-3.4a: %s answers proposals of others: %s, and nobody answers the own', (roles, may) => {
	expect(canAnswerProposal(who(...roles), { accountId: 'lan' })).toBe(may);
	expect(canAnswerProposal(who(...roles), { accountId: 'hoa' })).toBe(false);
});

test.each([
	['x'.repeat(9), false],
	['  in mã vạch  ', true],
	['         a         ', false],
	['x'.repeat(2000), true],
	['x'.repeat(2001), false],
	['Dòng một.\nDòng hai.', true]
])('a proposal says something, and not a book: %j', (text, fits) =>
	expect(proposalSend.safeParse({ proposalId, topic: 'feature', text }).success).toBe(fits)
);

test('a proposal is about one of a few things, and an answer has an outcome', () => {
	const text = 'Thêm nút in mã vạch cho lô hàng.';
	expect(proposalSend.safeParse({ proposalId, topic: 'gossip', text }).success).toBe(false);
	expect(proposalSend.safeParse({ proposalId, topic: 'rule', text, name: 'Tư' }).success).toBe(false);
	expect(proposalAnswer.safeParse({ id: proposalId, outcome: 'seen', answer: text }).success).toBe(false);
	expect(proposalAnswer.parse({ id: proposalId, outcome: 'declined', answer: ` ${text} ` }).answer).toBe(
		text
	);
});

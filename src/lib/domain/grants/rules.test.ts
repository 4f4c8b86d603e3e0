import { expect, test } from 'vitest';
import {
	checkConfirmation,
	checkDecline,
	checkProposal,
	grantFaults,
	type Administrators,
	type Proposal
} from './rules.ts';

const now = '2026-11-22T02:00:00.000Z';
const later = '2026-11-25T02:00:00.000Z';
const all = (...ids: string[]): Administrators => ids.map((id) => ({ id, active: true }));
const proposal = (changes: Partial<Proposal> = {}): Proposal => ({
	accountId: 'yen',
	change: 'grant',
	proposedBy: 'tri',
	expiresAt: later,
	state: 'open',
	...changes
});
const why = (done: ReturnType<typeof checkProposal>) => (done.ok ? 'ok' : done.refusal.facts?.why);

test('TG-20.1 four eyes: nobody confirms the own proposal, another administrator does', () => {
	const two = all('tri', 'hoa');
	expect(why(checkConfirmation(proposal(), 'tri', two, now))).toBe('own_proposal');
	expect(why(checkConfirmation(proposal(), 'hoa', two, now))).toBe('ok');
	expect(why(checkConfirmation(proposal(), 'minh', two, now))).toBe('not_administrator');
	const locked = [...all('tri'), { id: 'hoa', active: false }];
	expect(why(checkConfirmation(proposal(), 'hoa', locked, now))).toBe('not_administrator');
});

test('TG-20.1 a proposal ends: with its time, its answer, or its proposer’s own rights', () => {
	const two = all('tri', 'hoa');
	expect(why(checkConfirmation(proposal(), 'hoa', two, later))).toBe('proposal_closed');
	expect(why(checkConfirmation(proposal({ state: 'declined' }), 'hoa', two, now))).toBe('proposal_closed');
	expect(why(checkConfirmation(proposal(), 'hoa', all('hoa', 'lan'), now))).toBe('proposer_gone');
});

test('TG-20.1 the last administrator who can act stays one', () => {
	const revoke = proposal({ change: 'revoke', accountId: 'tri', proposedBy: 'tri' });
	expect(why(checkProposal(revoke, all('tri')))).toBe('last_administrator');
	expect(why(checkProposal(revoke, [...all('tri'), { id: 'hoa', active: false }]))).toBe(
		'last_administrator'
	);
	expect(why(checkProposal(revoke, all('tri', 'hoa')))).toBe('ok');
});

test('TG-20.1 what a person has is not given again, and what they have not is not taken', () => {
	const two = all('tri', 'hoa');
	expect(why(checkProposal(proposal({ accountId: 'hoa' }), two))).toBe('has_it');
	expect(why(checkProposal(proposal({ change: 'revoke' }), two))).toBe('has_it_not');
	expect(why(checkProposal(proposal({ proposedBy: 'minh' }), two))).toBe('not_administrator');
});

test('TG-20.1 at the machine only an exchange with one administrator is helped', () => {
	expect(why(checkConfirmation(proposal(), null, all('tri'), now))).toBe('ok');
	expect(why(checkConfirmation(proposal(), null, all('tri', 'hoa'), now))).toBe('not_administrator');
	expect(why(checkConfirmation(proposal(), null, [...all('tri'), { id: 'hoa', active: false }], now))).toBe(
		'ok'
	);
});

test('a proposal is taken back by whoever made it, and declined by another administrator alone', () => {
	const two = all('tri', 'hoa');
	expect(why(checkDecline(proposal(), 'tri', two, now))).toBe('ok');
	expect(why(checkDecline(proposal(), 'hoa', two, now))).toBe('ok');
	expect(why(checkDecline(proposal(), 'minh', two, now))).toBe('not_administrator');
	expect(why(checkDecline(proposal(), 'tri', two, later))).toBe('proposal_closed');
	expect(grantFaults).toContain('proposal_closed');
});

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { proposalDocId, type ProposalDoc } from '$lib/domain/proposals/schema.ts';
import { newestById, type StoredDoc } from '../store/documents.ts';
import type { OutboxRow } from '../store/local.ts';
import { foldProposals } from './proposals.ts';

const at = '2026-11-22T01:00:00.000Z';
const proposalId = randomUUID();
const input = { proposalId, topic: 'feature' as const, text: 'Thêm nút in mã vạch cho lô hàng.' };

const sent = (over: Partial<Omit<OutboxRow, 'name' | 'input'>> = {}): OutboxRow => ({
	name: 'proposal.send',
	input,
	seq: 1,
	id: randomUUID(),
	subject: `proposal:${proposalId}`,
	deviceTime: at,
	after: [],
	blobs: [],
	state: 'waiting',
	sent: false,
	version: null,
	receipt: null,
	receivedAt: null,
	refusal: null,
	released: false,
	goods: null,
	...over
});
const known = (id: string, over: Partial<ProposalDoc> = {}): StoredDoc<ProposalDoc> => ({
	key: `user:x|${proposalDocId(id)}`,
	audience: 'user:x',
	id: proposalDocId(id),
	version: 9,
	round: 1,
	order: 0,
	data: {
		kind: 'proposal',
		id,
		code: 'TG-G42-17',
		topic: 'feature',
		text: input.text,
		state: 'sent',
		sentAt: at,
		answer: null,
		answeredBy: null,
		answeredAt: null,
		updatedAt: at,
		...over
	}
});
const fold = (rows: OutboxRow[], ...docs: StoredDoc<ProposalDoc>[]) =>
	foldProposals(newestById(docs), { rows, photos: new Map() });

test('TG-3.4a: a proposal is there from the tap on: on this device → acknowledged → with its code → answered', () => {
	expect(fold([sent()])).toMatchObject([
		{ id: proposalId, proposal: null, sending: { input, command: { state: { at: 'waiting' } } } }
	]);
	const acknowledged = sent({ state: 'acknowledged', version: 9, receipt: 'K7', receivedAt: at });
	expect(fold([acknowledged])).toMatchObject([
		{ sending: { command: { state: { at: 'acknowledged', receipt: 'K7' } } } }
	]);
	expect(fold([acknowledged], known(proposalId))).toMatchObject([
		{ proposal: { code: 'TG-G42-17' }, sending: null }
	]);
	const answered = known(proposalId, { state: 'accepted', answer: 'Sẽ làm trong quý tới.' });
	expect(fold([], answered)).toMatchObject([{ proposal: { state: 'accepted' }, sending: null }]);
});

test('sync 2: a refused proposal stays with its words and the reason', () => {
	const refused = sent({ state: 'refused', refusal: { code: 'too_many_waiting', facts: { most: 20 } } });
	expect(fold([refused])).toMatchObject([
		{ sending: { input, command: { state: { at: 'refused', refusal: { code: 'too_many_waiting' } } } } }
	]);
});

test('what was let go of is not shown again, and the newest comes first', () => {
	expect(fold([sent({ state: 'acknowledged', version: 9, released: true })])).toEqual([]);
	const [older, newer] = [randomUUID(), randomUUID()];
	const all = fold(
		[sent({ deviceTime: '2026-11-23T01:00:00.000Z' })],
		known(older, { sentAt: '2026-11-21T01:00:00.000Z' }),
		known(newer, { sentAt: '2026-11-24T01:00:00.000Z' })
	);
	expect(all.map(({ id }) => id)).toEqual([newer, proposalId, older]);
});

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
	needDocId,
	type NeedContent,
	type OwnNeed,
	type OwnOffer,
	type PublicNeed
} from '$lib/domain/needs/schema.ts';
import type { AnyCommand } from '../protocol/commands.ts';
import type { CollectionDoc } from '../protocol/collections.ts';
import { newestById, type StoredDoc } from '../store/documents.ts';
import type { OutboxRow } from '../store/local.ts';
import { answersRefusal, buildsOn, supersedes } from './dependencies.ts';
import { foldNeeds } from './needs.ts';

const at = '2026-11-22T01:00:00.000Z';
const [needId, offerId, listingId] = [randomUUID(), randomUUID(), randomUUID()];
const content: NeedContent = {
	title: 'Cần mua sầu riêng Ri6',
	categoryId: 'trai-cay',
	quantity: 200,
	unit: 'kg',
	rhythm: 'week',
	price: null,
	description: '',
	wardCode: '28249',
	until: '2026-12-30'
};

type More = Partial<Omit<OutboxRow, 'name' | 'input'>>;
const row = (command: AnyCommand, subject: string, over: More = {}): OutboxRow => ({
	...command,
	seq: 1,
	id: randomUUID(),
	subject,
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
const submit = (over: More = {}, input = { needId, base: 0, content }) =>
	row({ name: 'need.submit', input }, `need:${needId}`, over);
const close = (over: More = {}) =>
	row({ name: 'need.close', input: { needId, base: 1 } }, `need:${needId}`, over);
const offered = { offerId, needId, needRev: 1, listingId, quantity: 50 };
const send = (over: More = {}) => row({ name: 'offer.send', input: offered }, `offer:${offerId}`, over);
const withdraw = (over: More = {}) =>
	row({ name: 'offer.withdraw', input: { offerId } }, `offer:${offerId}`, over);

const stored = (data: CollectionDoc<'needs'>, version = 9): StoredDoc<CollectionDoc<'needs'>> => {
	const audience = data.kind === 'need' ? 'public' : 'user:x';
	const id = needDocId(data);
	return { key: `${audience}|${id}`, audience, id, version, round: 1, order: 0, data };
};
const own = (over: Partial<OwnNeed> = {}): OwnNeed => ({
	kind: 'own',
	id: needId,
	state: 'approved',
	rev: 1,
	content,
	review: null,
	offers: [],
	updatedAt: at,
	...over
});
const offer = (over: Partial<OwnOffer> = {}): OwnOffer => ({
	kind: 'offer',
	id: offerId,
	state: 'sent',
	droppedFor: null,
	need: { id: needId, title: content.title },
	listing: { id: listingId, title: 'Ri6', unit: 'kg' },
	quantity: 50,
	sentAt: at,
	updatedAt: at,
	...over
});
const shown = (over: Partial<PublicNeed> = {}): PublicNeed => ({
	kind: 'need',
	id: needId,
	rev: 1,
	...content,
	sectorId: 'nong-san',
	wardName: 'Phường Mỹ Tho',
	agency: { id: 'so-nnmt', name: 'Sở Nông nghiệp và Môi trường' },
	approvedAt: at,
	...over
});
const fold = (rows: OutboxRow[], ...docs: StoredDoc<CollectionDoc<'needs'>>[]) =>
	foldNeeds(newestById(docs), { rows, photos: new Map() });

test('TG-3.4c sync 3: a need is there from the tap on: on this device → acknowledged → as the exchange has it', () => {
	expect(fold([submit()])).toMatchObject({
		board: [],
		own: [{ id: needId, need: null, sending: { input: { content }, command: { state: { at: 'waiting' } } } }],
		offers: []
	});
	const acknowledged = submit({ state: 'acknowledged', version: 9, receipt: 'K7', receivedAt: at });
	expect(fold([acknowledged]).own).toMatchObject([
		{ sending: { command: { state: { at: 'acknowledged' } } } }
	]);
	expect(fold([acknowledged], stored(own({ state: 'submitted' }))).own).toMatchObject([
		{ need: { state: 'submitted' }, sending: null, closing: null }
	]);
});

test('sync 3, 8: what was closed here is closing until the exchange shows it, and the board is what everybody reads', () => {
	const docs = [stored(own()), stored(shown())];
	expect(fold([close()], ...docs)).toMatchObject({
		board: [{ id: needId }],
		own: [{ need: { state: 'approved' }, closing: { state: { at: 'waiting' } } }]
	});
	const done = close({ state: 'acknowledged', version: 10 });
	expect(fold([done], ...docs).own).toMatchObject([{ closing: { state: { at: 'acknowledged' } } }]);
	expect(fold([done], stored(own({ state: 'closed' }), 10)).own).toMatchObject([
		{ need: { state: 'closed' }, closing: null }
	]);
});

test('sync 2: what was refused stays with its words and the reason', () => {
	const refused = submit({ state: 'refused', refusal: { code: 'too_many_waiting', facts: { most: 20 } } });
	expect(fold([refused]).own).toMatchObject([
		{ sending: { input: { content }, command: { state: { at: 'refused' } } } }
	]);
	// Sent again after a return: the exchange's text and the new one beside it.
	const again = submit({}, { needId, base: 1, content: { ...content, quantity: 5 } });
	expect(fold([again], stored(own({ state: 'returned' }))).own).toMatchObject([
		{ need: { state: 'returned' }, sending: { input: { content: { quantity: 5 } } } }
	]);
});

test('TG-6.6 sync 3: an offer is there from the tap on, and says what was offered when it has come back', () => {
	const said = { id: offerId, needId, listingId, quantity: 50 };
	expect(fold([send()]).offers).toMatchObject([{ ...said, offer: null, sending: { input: offered } }]);
	const acknowledged = send({ state: 'acknowledged', version: 9 });
	expect(fold([acknowledged], stored(offer())).offers).toMatchObject([
		{ ...said, offer: { state: 'sent' }, sending: null, withdrawing: null }
	]);
	expect(fold([withdraw()], stored(offer())).offers).toMatchObject([
		{ ...said, withdrawing: { state: { at: 'waiting' } } }
	]);
	const taken = withdraw({ state: 'acknowledged', version: 10 });
	expect(fold([taken], stored(offer({ state: 'withdrawn' }), 10)).offers).toMatchObject([
		{ offer: { state: 'withdrawn' }, withdrawing: null }
	]);
});

test('what was let go of is not shown again, and the newest comes first everywhere', () => {
	expect(fold([submit({ state: 'acknowledged', version: 9, released: true })]).own).toEqual([]);
	expect(fold([withdraw({ state: 'refused' })]).offers).toEqual([]);
	expect(fold([close({ state: 'refused' })]).own).toEqual([]);
	const [older, newer] = [randomUUID(), randomUUID()];
	const late = '2026-11-24T01:00:00.000Z';
	const all = fold(
		[submit(), send()],
		stored(own({ id: older, updatedAt: '2026-11-21T01:00:00.000Z' })),
		stored(own({ id: newer, updatedAt: late })),
		stored(offer({ id: newer, updatedAt: late })),
		stored(shown({ id: older })),
		stored(shown({ id: newer, approvedAt: late }))
	);
	expect(all.own.map(({ id }) => id)).toEqual([newer, needId, older]);
	expect(all.offers.map(({ id }) => id)).toEqual([newer, offerId]);
	expect(all.board.map(({ id }) => id)).toEqual([newer, older]);
});

test('sync 2: a close makes no sense without the need, nor a withdrawal without the offer; what is mended takes the place', () => {
	expect(buildsOn(close(), submit())).toBe(true);
	expect(buildsOn(withdraw(), send())).toBe(true);
	expect(buildsOn(submit(), submit())).toBe(false);
	expect(supersedes(submit(), submit())).toBe(true);
	expect(supersedes(close(), submit())).toBe(false);
	expect(answersRefusal(submit(), submit({ state: 'refused' }))).toBe(true);
});
